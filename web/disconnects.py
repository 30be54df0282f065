"""Requests whose client goes away: what is done for them is given up, so that others have their turn sooner."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class GiveUpOnDisconnect:
    """The layer that cancels the answer to a client that has gone away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or give it up. Changes are never given up: whoever sent a form meant it."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        messages: asyncio.Queue[Message] = asyncio.Queue()
        answer = asyncio.ensure_future(self.app(scope, messages.get, send))
        watch = asyncio.ensure_future(_pass_on(receive, messages))
        try:
            await asyncio.wait({answer, watch}, return_when=asyncio.FIRST_COMPLETED)
            if not answer.done():
                answer.cancel()
                with suppress(asyncio.CancelledError):
                    await answer
                return
            answer.result()
        finally:
            watch.cancel()


async def _pass_on(receive: Receive, messages: asyncio.Queue[Message]) -> None:
    """Pass the messages of a request on until its client goes away."""
    while True:
        message = await receive()
        await messages.put(message)
        if message["type"] == "http.disconnect":
            return
