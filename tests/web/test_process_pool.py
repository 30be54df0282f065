"""The pool of reading processes alone, with processes that do nothing: who has one, when another is forked."""

from __future__ import annotations

import asyncio
import socket
from contextlib import ExitStack
from typing import cast

import pytest

from web.question_threads import BusyError
from web.reading_processes.pool_sizes import PoolSize
from web.reading_processes.process_pool import ProcessPool
from web.reading_processes.reading_zygote import ReadingZygote


class CountingZygote:
    """A process that forks, of which only the orders are noted."""

    def __init__(self) -> None:
        self.forked = 0
        self.ended: list[int] = []
        self.lowered: list[int] = []
        self.sockets = ExitStack()

    def fork(self) -> tuple[int, socket.socket]:
        """Return a number, and a socket to nobody."""
        self.forked += 1
        own_end, process_end = socket.socketpair()
        self.sockets.enter_context(process_end)
        return self.forked, own_end

    def end(self, number: int) -> None:
        """Note that a process is ended."""
        self.ended.append(number)

    def lower_priority(self, number: int) -> None:
        """Note that a process is to have low priority."""
        self.lowered.append(number)


def pool_of(zygote: CountingZygote, size: PoolSize) -> ProcessPool:
    return ProcessPool(cast("ReadingZygote", zygote), size)


@pytest.mark.parametrize(("has_low_priority", "numbers"), [(False, [1, 2]), (True, [1, 1])])
def test_a_slow_process_is_used_again_only_where_all_are_slow(has_low_priority: bool, numbers: list[int]) -> None:
    zygote = CountingZygote()

    async def ask_twice() -> list[int]:
        pool = pool_of(zygote, PoolSize(1, 2, has_low_priority=has_low_priority))
        first = await pool.take()
        first.is_slow = True
        pool.release(first)
        second = await pool.take()
        pool.close()
        return [first.number, second.number]

    with zygote.sockets:
        assert asyncio.run(ask_twice()) == numbers
    assert zygote.ended == ([] if has_low_priority else [1])


def test_who_came_last_has_a_process_of_the_reserve_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.reading_processes.process_pool.HELD_UP_SECONDS", 0.0)
    monkeypatch.setattr("web.reading_processes.process_pool.HASTE_SECONDS", 0.0)
    zygote = CountingZygote()

    async def ask() -> tuple[list[bool], int]:
        pool = pool_of(zygote, PoolSize(1, 2, reserve=1))
        turns = [asyncio.ensure_future(pool.take()) for _ in range(5)]
        async with asyncio.timeout(10):
            number = (await turns[-1]).number
        await asyncio.sleep(0.1)
        have_one = [turn.done() for turn in turns]
        for turn in turns:
            turn.cancel()
        pool.close()
        return have_one, number

    with zygote.sockets:
        assert asyncio.run(ask()) == ([True, True, False, False, True], 3)
    assert sorted(zygote.lowered) == [1, 2]


def test_those_who_have_waited_do_not_use_up_the_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.reading_processes.process_pool.HELD_UP_SECONDS", 0.0)
    monkeypatch.setattr("web.reading_processes.process_pool.NEWCOMER_SECONDS", 0.0)
    zygote = CountingZygote()

    async def ask() -> None:
        pool = pool_of(zygote, PoolSize(1, 1, reserve=5, max_wait_seconds=0.2))
        await pool.take()
        with pytest.raises(BusyError):
            await pool.take()
        pool.close()

    with zygote.sockets:
        asyncio.run(ask())


def test_who_has_waited_for_long_is_refused_and_the_next_is_served() -> None:
    zygote = CountingZygote()

    async def ask() -> tuple[list[object], int]:
        pool = pool_of(zygote, PoolSize(1, 1, max_wait_seconds=0.1))
        process = await pool.take()
        refused = await asyncio.gather(pool.take(), pool.take(), return_exceptions=True)
        waiting = asyncio.ensure_future(pool.take())
        await asyncio.sleep(0)
        pool.release(process)
        number = (await waiting).number
        pool.close()
        return [type(error) for error in refused], number

    with zygote.sockets:
        assert asyncio.run(ask()) == ([BusyError, BusyError], 1)
