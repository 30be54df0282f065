"""The work of a reading process: answer requests with the application's reading routes, one after the other."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from functools import partial

from starlette.types import ASGIApp, Message

from web.languages import use_language
from web.reading_processes.frames import (
    READ_AHEAD_BYTES,
    FrameKind,
    FrameStream,
    RequestHead,
    answer_bytes,
    frame_bytes,
    read_request,
    request_scope,
)
from web.reading_processes.reading_zygote import LOW_PRIORITY
from web.site import Site

SLOW_SECONDS = 0.5
"""Processor time after which a question is slow; one that only waits for its turn is not."""
SLOW_FIRST_SECONDS = 1.0
"""The same for the first question of a process, which opens the archive and may have to compile templates."""


def answer_requests(app: ASGIApp, site: Site, connection: socket.socket) -> None:
    """Answer the requests that come over a connection until the server closes it."""
    with suppress(OSError):
        asyncio.run(_answer_requests(app, site, connection))


async def _answer_requests(app: ASGIApp, site: Site, connection: socket.socket) -> None:
    stream, writer = await asyncio.open_connection(sock=connection, limit=READ_AHEAD_BYTES)
    frames = FrameStream(stream)
    lower_priority = partial(_lower_priority, writer)
    asyncio.get_running_loop().add_signal_handler(signal.SIGPROF, lower_priority)
    slow_seconds = SLOW_FIRST_SECONDS
    following = asyncio.ensure_future(frames.next())
    while frame := await following:
        following = asyncio.ensure_future(frames.next())
        if frame.kind is not FrameKind.REQUEST:
            continue  # it was to give up a request that had been answered when this came
        head, body = read_request(frame)
        if head.can_wait:
            lower_priority()
        answer = _Answer(site, writer, body)
        signal.setitimer(signal.ITIMER_PROF, slow_seconds)
        answering = asyncio.ensure_future(answer.make(app, head))
        await asyncio.wait({answering, following}, return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            answering.cancel()
            await asyncio.wait({answering})
            await site.settle()
        elif fault := answering.exception():  # the application has said so to the client; the next request is answered
            traceback.print_exception(fault, file=sys.stderr)
        signal.setitimer(signal.ITIMER_PROF, 0)
        slow_seconds = SLOW_SECONDS
        await answer.end()


def _lower_priority(writer: asyncio.StreamWriter) -> None:
    """Lower the priority of all threads of this process, and say so."""
    os.setpriority(os.PRIO_PGRP, 0, LOW_PRIORITY)
    writer.write(frame_bytes(FrameKind.SLOW))


class _Answer:
    """An answer on its way to the server."""

    def __init__(self, site: Site, writer: asyncio.StreamWriter, body: bytes) -> None:
        self._site, self._writer, self._body = site, writer, body
        self._unsent = b""
        self._is_whole = self._is_request_read = False

    async def make(self, app: ASGIApp, head: RequestHead) -> None:
        """Have the application answer a request."""
        use_language(head.language)
        self._site.note_name(head.archive_name)
        await app(request_scope(head), self._receive, self._send)

    async def end(self) -> None:
        """Send the end of the answer, or that there is no whole answer."""
        self._writer.write(self._unsent if self._is_whole else frame_bytes(FrameKind.BROKEN_OFF))
        await self._writer.drain()

    async def _receive(self) -> Message:
        """Return the body of the request; whoever asks again waits for ever: the server says when to give up."""
        if self._is_request_read:
            await asyncio.Event().wait()
        self._is_request_read = True
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._unsent = answer_bytes(message, self._site.known_name)
            return
        self._is_whole = not message.get("more_body", False)
        kind = FrameKind.LAST_PIECE if self._is_whole else FrameKind.PIECE
        self._unsent += frame_bytes(kind, message.get("body", b""))
        if not self._is_whole:  # the last piece waits until the application has ended, so that the next finds it free
            self._writer.write(self._unsent)
            self._unsent = b""
            await self._writer.drain()
