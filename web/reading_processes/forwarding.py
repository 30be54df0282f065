"""Routes whose requests are forwarded to reading processes, and the way of their answers to the client."""

from __future__ import annotations

import asyncio

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import MunimentError, SlowAnswerError
from web.curate.forms import MAX_LISTING_BYTES
from web.reading_processes.frames import Frame, FrameKind, answer_body, answer_start, read_head, request_bytes
from web.reading_processes.pool_sizes import POOL_SIZES, ReadingWork
from web.reading_processes.process_pool import ProcessPool, ReadingProcess
from web.reading_processes.reading_zygote import ForkError, ReadingZygote
from web.site import MAX_ANSWER_SECONDS, Site

GRACE_SECONDS = 2.0
"""Time after that of an answer in which its process, which gives it up by itself, has to say so."""
MAX_BODY_BYTES = MAX_LISTING_BYTES + 1
"""Bytes of a body that are forwarded: one more than a form may have, so that the route itself refuses a longer one."""
STALLED_SECONDS = 60.0
"""Time after which an export is broken off whose client takes nothing of it."""


class ReadingProcesses:
    """The processes that answer reading requests for a site: a pool for each kind of work."""

    def __init__(self, zygote: ReadingZygote, site: Site) -> None:
        self._site = site
        self._pools = {work: ProcessPool(zygote, size) for work, size in POOL_SIZES.items()}

    def forwarded(self, route: Route, work: ReadingWork) -> Route:
        """Return a route whose requests are answered by the processes as that one would answer them."""
        endpoint = _ForwardingEndpoint(self, route.app, work)
        return Route(route.path, endpoint, methods=[*(route.methods or ())], name=route.name)

    async def answer(self, scope: Scope, body: bytes, send: Send, work: ReadingWork) -> None:
        """Have a request answered by a process. An answer that breaks off in the middle is left without its end.

        Raises:
            BusyError: too many others wait, or no process was free for long.
            SlowAnswerError, MunimentError: the process took too long, or was ended by the system.
            ForkError: processes cannot be forked any more.
        """
        pool = self._pools[work]
        exchange = _Exchange(pool, await pool.take(), self._site, send)
        try:
            can_wait = pool.size.has_low_priority
            await exchange.run(request_bytes(scope, body, self._site.known_name, can_wait=can_wait))
        except BaseException:  # the client went away, or this server ends
            exchange.give_up()
            raise

    def close(self) -> None:
        """Let the processes go."""
        for pool in self._pools.values():
            pool.close()


class _ForwardingEndpoint:
    """The end of a route whose requests are forwarded."""

    def __init__(self, processes: ReadingProcesses, own_app: ASGIApp, work: ReadingWork) -> None:
        self._processes, self._own_app, self._work = processes, own_app, work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request: by a process, or in a thread of the server where no process can be forked any more."""
        work = ReadingWork.EXPORT if _is_printed(scope) else self._work
        # The whole of it is read first: a process must not wait for a client that sends slowly.
        body = await _read_body(receive) if scope["method"] == "POST" else b""
        if body is None:
            return
        try:
            await self._processes.answer(scope, body, send, work)
        except ForkError:
            await self._own_app(scope, _received(body, receive), send)


class _Exchange:
    """A request with the process that answers it."""

    def __init__(self, pool: ProcessPool, process: ReadingProcess, site: Site, send: Send) -> None:
        self._pool, self._site, self._send = pool, site, send
        self._process: ReadingProcess | None = process
        self._head: Frame | None = None
        self._is_begun = False

    async def run(self, request: bytes) -> None:
        """Send the request, and pass the answer on to the client."""
        assert self._process is not None  # noqa: S101 (it is given back at the end)
        await self._process.ask(request)
        try:
            while frame := await self._process.receive(MAX_ANSWER_SECONDS + GRACE_SECONDS):
                if frame.kind is FrameKind.HEAD:
                    self._head = frame
                elif frame.kind is FrameKind.PIECE:
                    async with asyncio.timeout(STALLED_SECONDS):
                        await self._pass_on(frame, is_last=False)
                else:
                    self._pool.release(self._take_back())  # the client may be slow
                    await self._end(frame)
                    return
        except TimeoutError:
            self._break_off(SlowAnswerError("request.slow", seconds=MAX_ANSWER_SECONDS))
        else:
            self._break_off(MunimentError("web.answer-lost"))

    def give_up(self) -> None:
        """Give the process back, if it still has the request."""
        if self._process is not None:
            self._pool.give_up(self._take_back())

    async def _end(self, frame: Frame) -> None:
        """Send the last piece of the answer; without one, leave an answer that has begun without its end."""
        if frame.kind is FrameKind.LAST_PIECE:
            await self._pass_on(frame, is_last=True)
        elif not self._is_begun:
            raise MunimentError("web.internal")

    async def _pass_on(self, frame: Frame, *, is_last: bool) -> None:
        if self._head is not None:
            head = read_head(self._head)
            self._site.note_name(head.archive_name)
            self._head, self._is_begun = None, True
            await self._send(answer_start(head))
        await self._send(answer_body(frame.content, is_last=is_last))

    def _break_off(self, error: MunimentError) -> None:
        """End the process. The client is told why, or an answer that has begun is left without its end."""
        self._pool.end(self._take_back())
        if not self._is_begun:
            raise error

    def _take_back(self) -> ReadingProcess:
        process, self._process = self._process, None
        assert process is not None  # noqa: S101 (it is given back once)
        return process


async def _read_body(receive: Receive) -> bytes | None:
    """Return the body of a request, of a longer one `MAX_BODY_BYTES`; None where its client has gone away."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if len(body) >= MAX_BODY_BYTES or not message.get("more_body", False):
            return bytes(body[:MAX_BODY_BYTES])


def _received(body: bytes, receive: Receive) -> Receive:
    """Return a function that receives a body that was read already, and then what ``receive`` does."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return messages.pop() if messages else await receive()

    return receive_again


def _is_printed(scope: Scope) -> bool:
    """Return whether a search is asked for on one page to print: an export at the address of a question."""
    return scope["path"] == "/search" and b"view=print" in scope["query_string"].split(b"&")
