"""A bounded client over loopback: one connection that is kept, one request at a time, and a time for each answer."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAX_SECONDS = 60.0
"""Time after which a request counts as failed."""
MAX_LINE_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its status, 0 where there was none, its body, and the seconds that it took."""

    status: int
    body: bytes
    seconds: float


class LoopbackClient:
    """A client that keeps one connection, as a browser does."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answered:
        """Ask for an address, and return the whole answer; a connection that fails is an answer without a status."""
        started = time.perf_counter()
        try:
            async with asyncio.timeout(MAX_SECONDS):
                status, body = await self._exchange(path)
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.LimitOverrunError):
            self.close()
            status, body = 0, b""
        return Answered(status, body, time.perf_counter() - started)

    async def _exchange(self, path: str) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=MAX_LINE_BYTES)
        reader, writer = self._streams
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAuthorization: Bearer {self._token}\r\n\r\n"
        writer.write(head.encode())
        header = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", header)
        body = await reader.readexactly(int(length[1])) if length else await _chunks(reader)
        return int(header.split()[1]), body

    def close(self) -> None:
        """Close the connection; the next request opens another one."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


async def ask_in_turn(
    port: int, token: str, paths: Iterable[str], is_over: Callable[[], bool] = lambda: False
) -> list[Answered]:
    """Ask for addresses one after the other over one connection until something is over, and return the answers.

    Raises:
        ValueError: one of them was not answered with 200.
    """
    client = LoopbackClient(port, token)
    answers = []
    for path in paths:
        answers.append(await client.get(path))
        if answers[-1].status != 200:
            raise ValueError(f"{path} was answered with {answers[-1].status}: {answers[-1].body[:500]!r}")
        if is_over():
            break
    client.close()
    return answers
