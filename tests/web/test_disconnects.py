"""A client that goes away frees its work; a change that it sent is made all the same."""

from __future__ import annotations

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from web.disconnects import GiveUpOnDisconnect


@pytest.mark.parametrize(("method", "is_given_up"), [("GET", True), ("POST", False)])
def test_the_answer_to_a_client_that_went_away_is_given_up(method: str, is_given_up: bool) -> None:
    outcome = []

    async def app(_: Scope, __: Receive, ___: Send) -> None:
        try:
            await asyncio.sleep(0.2)
            outcome.append("answered")
        except asyncio.CancelledError:
            outcome.append("given up")
            raise

    messages: list[Message] = [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return messages.pop(0)

    async def send(_: Message) -> None: ...

    asyncio.run(GiveUpOnDisconnect(app)({"type": "http", "method": method}, receive, send))
    assert outcome == ["given up" if is_given_up else "answered"]
