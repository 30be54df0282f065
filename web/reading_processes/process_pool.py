"""A pool of reading processes: who answers next, how many there are, and what becomes of slow and lost ones."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from web.question_threads import MAX_WAITING, BusyError
from web.reading_processes.frames import READ_AHEAD_BYTES, Frame, FrameKind, FrameStream, frame_bytes
from web.reading_processes.pool_sizes import PoolSize
from web.reading_processes.reading_zygote import ForkError, ReadingZygote

PATIENCE_SECONDS = 0.05
"""Time after which a request that waits looks again whether another process is needed."""
HELD_UP_SECONDS = 0.5
"""Time after which a process that still answers is counted as held up, and another is forked in its place for those who
wait. More processes than cores would make quick questions slower and take memory."""
GIVE_UP_SECONDS = 1.0
"""Time in which a process has to be back from a request that was given up."""
IDLE_SECONDS = 60.0
SWEEP_SECONDS = 15.0
HASTE_SECONDS = 0.1
"""Time between a process that was forked and the next from the reserve: at once they would only share the processor."""
NEWCOMER_SECONDS = 1.0
"""Time in which a request may have a process from the reserve. Slow ones that have come at once would else use it up,
and the next quick one would wait behind them."""


@dataclass(frozen=True, slots=True)
class _Turn:
    """A request that waits for a process, and the time on the monotonic clock since when it does."""

    process: asyncio.Future[ReadingProcess]
    since: float

    @property
    def waited_seconds(self) -> float:
        """Return how long it has waited."""
        return time.monotonic() - self.since


class ReadingProcess:
    """The server's side of a reading process."""

    def __init__(self, number: int, connection: socket.socket) -> None:
        self.number = number
        self.is_slow = False
        self.since = time.monotonic()
        """When it began what it does: to answer, or to be idle."""
        self._connection = connection
        self._frames: FrameStream | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def is_gone(self) -> bool:
        """Return whether the process has ended."""
        return self._frames is not None and self._frames.is_closed

    @property
    def is_held_up(self) -> bool:
        """Return whether the process is busy with a slow question."""
        return self.is_slow or time.monotonic() - self.since > HELD_UP_SECONDS

    async def ask(self, request: bytes) -> None:
        """Send the frame of a request."""
        if self._writer is None:
            stream, self._writer = await asyncio.open_connection(sock=self._connection, limit=READ_AHEAD_BYTES)
            self._frames = FrameStream(stream)
        self._writer.write(request)

    async def receive(self, seconds: float) -> Frame | None:
        """Return the next frame of the answer; None where the process has ended.

        Raises:
            TimeoutError: none has come in so many seconds.
        """
        if self._frames is None:
            return None
        async with asyncio.timeout(seconds):
            frame = await self._frames.next()
            while frame and frame.kind is FrameKind.SLOW:
                self.is_slow = True
                frame = await self._frames.next()
            return frame

    def give_up(self) -> None:
        """Tell the process that nobody wants its answer any more."""
        if self._writer is not None:
            self._writer.write(frame_bytes(FrameKind.GIVE_UP))

    def close(self) -> None:
        """Close the connection."""
        if self._writer is None:
            self._connection.close()
        else:
            self._writer.transport.abort()


class ProcessPool:
    """Processes that answer one request each, and the requests that wait for one."""

    def __init__(self, zygote: ReadingZygote, size: PoolSize) -> None:
        self._zygote, self.size = zygote, size
        self._processes: set[ReadingProcess] = set()
        self._idle: list[ReadingProcess] = []
        self._waiting: deque[_Turn] = deque()
        self._forked_at = 0.0
        self._settling: set[asyncio.Task[None]] = set()
        self._sweeping: asyncio.TimerHandle | None = None

    async def take(self) -> ReadingProcess:
        """Return a process that is free, the one that was used last; `release`, `give_up` or `end` gives it back.

        Raises:
            BusyError: too many others wait, or none was free for long.
            ForkError: processes cannot be forked any more.
        """
        process = self._free_process() or await self._wait_for_process()
        process.since = time.monotonic()
        return process

    def release(self, process: ReadingProcess) -> None:
        """Take back a process whose answer is complete."""
        if process.is_gone or (process.is_slow and not self.size.has_low_priority):
            self.end(process)
            return
        process.since = time.monotonic()
        self._hand_over(process)

    def give_up(self, process: ReadingProcess) -> None:
        """Take back a process whose answer nobody waits for any more."""
        if process.is_slow:
            self.end(process)
            return
        process.give_up()
        settling = asyncio.get_running_loop().create_task(self._settle(process))
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)

    def end(self, process: ReadingProcess) -> None:
        """End a process, and fork others for those who wait."""
        process.close()
        self._zygote.end(process.number)
        self._processes.discard(process)
        if self._waiting:
            self._fork_for_waiting()

    def close(self) -> None:
        """Let all processes go; their zygote ends them."""
        for settling in self._settling:
            settling.cancel()
        if self._sweeping:
            self._sweeping.cancel()
        for process in self._processes:
            process.close()

    def _free_process(self) -> ReadingProcess | None:
        while self._idle:
            process = self._idle.pop()
            if not process.is_gone:
                return process
            self.end(process)
        return self._fork() if not self._waiting and self._needs_another() else None

    def _needs_another(self) -> bool:
        """Return whether so many processes are held up that another is to be forked."""
        if len(self._processes) >= self.size.most:
            return False
        return sum(not process.is_held_up for process in self._processes) < self.size.ready

    def _needs_reserve(self) -> bool:
        """Return whether a process of the reserve is to be forked for whoever came last, because slow ones go first."""
        is_next = time.monotonic() - self._forked_at > HASTE_SECONDS
        if not is_next or not self._waiting or self._waiting[-1].waited_seconds > NEWCOMER_SECONDS:
            return False
        if len(self._processes) >= self.size.most + self.size.reserve:
            return False
        held_up = [process.is_held_up for process in self._processes]
        return all(held_up) or (any(held_up) and self._waiting[0].waited_seconds > HELD_UP_SECONDS)

    async def _wait_for_process(self) -> ReadingProcess:
        if len(self._waiting) >= MAX_WAITING:
            raise BusyError("web.busy")
        turn = _Turn(asyncio.get_running_loop().create_future(), time.monotonic())
        self._waiting.append(turn)
        try:
            while not turn.process.done():
                if turn.waited_seconds > self.size.max_wait_seconds:
                    raise BusyError("web.busy")
                await asyncio.wait({turn.process}, timeout=PATIENCE_SECONDS)
                self._fork_for_waiting()
            return turn.process.result()
        except asyncio.CancelledError:
            if turn.process.done() and turn.process.exception() is None:
                self._hand_over(turn.process.result())
            raise
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    def _hand_over(self, process: ReadingProcess) -> None:
        """Give a free process to whoever waits longest, or keep it."""
        if self._waiting:
            self._waiting.popleft().process.set_result(process)
        else:
            self._idle.append(process)

    def _fork(self) -> ReadingProcess:
        process = ReadingProcess(*self._zygote.fork())
        self._processes.add(process)
        self._forked_at = time.monotonic()
        if self._sweeping is None:
            self._sweep()
        return process

    def _fork_for_waiting(self) -> None:
        """Fork processes for those who wait, as many as are needed; where none can be forked, tell all who wait."""
        try:
            while self._waiting and self._needs_another():
                self._hand_over(self._fork())
            if self._needs_reserve():
                _lower_priorities(self._processes, self._zygote)
                process = self._fork()
                self._waiting.pop().process.set_result(process)
        except ForkError as error:
            for turn in self._waiting:
                turn.process.set_exception(error)
            self._waiting.clear()

    async def _settle(self, process: ReadingProcess) -> None:
        """Wait until a process has given up its request, or end it."""
        try:
            async with asyncio.timeout(GIVE_UP_SECONDS):
                while frame := await process.receive(GIVE_UP_SECONDS):
                    if frame.kind in {FrameKind.LAST_PIECE, FrameKind.BROKEN_OFF}:
                        self.release(process)
                        return
        except TimeoutError:
            pass
        self.end(process)

    def _sweep(self) -> None:
        """End processes that are not needed any more, or that have ended by themselves."""
        late = time.monotonic() - IDLE_SECONDS
        kept = 0 if self.size.has_low_priority else self.size.ready
        for process in [*self._idle]:
            is_spare = process.since < late and len(self._processes) > kept
            if process.is_gone or is_spare:
                self._idle.remove(process)
                self.end(process)
        self._sweeping = asyncio.get_running_loop().call_later(SWEEP_SECONDS, self._sweep)


def _lower_priorities(processes: Iterable[ReadingProcess], zygote: ReadingZygote) -> None:
    """Lower the priority of the processes that are held up, so that the one forked next has the processor first."""
    for process in processes:
        if process.is_held_up and not process.is_slow:
            process.is_slow = True
            zygote.lower_priority(process.number)
