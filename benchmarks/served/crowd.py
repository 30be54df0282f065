"""Many people at once: each asks at a steady pace over a connection of its own, whatever the answers take."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.measures.answering import percentile
from benchmarks.served.loopback_client import LoopbackClient
from benchmarks.served.served_archive import Server

PEOPLE = 50
RATE_STEPS = (20, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400)
"""Requests a second that are tried, one step after the other."""
MAX_P99_SECONDS = 1.0
SETTLING_SECONDS = 1.0
"""Rest between two steps, so that none begins with the queue of the one before."""


@dataclass(frozen=True, slots=True)
class CrowdTimes:
    """The answers to a crowd: seconds from when each request was due, and the number of errors."""

    seconds: tuple[float, ...]
    errors: int

    def at(self, share: float) -> float:
        """Return a percentile in milliseconds."""
        return 1000 * percentile(self.seconds, share)


async def crowd(server: Server, paths: Sequence[str], rate: float, seconds: float, delay: float = 0.0) -> CrowdTimes:
    """Have `PEOPLE` clients ask ``rate`` times a second together, and return how long each answer took.

    A request that is due while its client still waits is asked right after, and its time counts from when it was due:
    a slow server is not spared the requests that it keeps people from asking.
    """
    times: list[float] = []
    errors = 0
    rng = random.Random(7)
    begin = time.perf_counter() + delay
    turns = max(int(rate * seconds / PEOPLE), 1)

    async def person(number: int) -> None:
        nonlocal errors
        client = LoopbackClient(server.port, server.token)
        for turn in range(turns):
            due = begin + (turn * PEOPLE + number) / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            answer = await client.get(rng.choice(paths))
            errors += answer.status != 200
            times.append(time.perf_counter() - due)
        client.close()

    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return CrowdTimes(tuple(times), errors)


async def crowd_beside_slow_work(
    server: Server, paths: Sequence[str], seconds: float, slow: str, export: str
) -> tuple[CrowdTimes, list[float], list[float]]:
    """Return how a crowd fares, each asking once a second, beside slow questions and exports, one after the other.

    Returns:
        The times of the crowd, and the seconds of each slow question and of each export meanwhile.

    Raises:
        ValueError: an export was not answered.
    """
    return await asyncio.gather(
        crowd(server, paths, PEOPLE, seconds),
        _ask_again_and_again(server, slow, seconds, {200, 422}),  # given up in time is an answer
        _ask_again_and_again(server, export, seconds, {200}),
    )


async def _ask_again_and_again(server: Server, path: str, seconds: float, statuses: set[int]) -> list[float]:
    """Ask the same for so many seconds, and return how long each answer took.

    Raises:
        ValueError: the status of an answer is another.
    """
    client = LoopbackClient(server.port, server.token)
    end = time.perf_counter() + seconds
    times = []
    while time.perf_counter() < end:
        answer = await client.get(path)
        if answer.status not in statuses:
            raise ValueError(f"{path} was answered with {answer.status}")
        times.append(answer.seconds)
    client.close()
    return times


def highest_rate(server: Server, paths: Sequence[str], seconds: float) -> tuple[int, int]:
    """Return the last rate at which the slowest hundredth took at most a second, and the first at which it took more.

    Either is 0 where no step was such a one.
    """
    kept = 0
    for rate in RATE_STEPS:
        times = asyncio.run(crowd(server, paths, rate, seconds))
        if times.errors or times.at(0.99) > 1000 * MAX_P99_SECONDS:
            return kept, rate
        kept = rate
        time.sleep(SETTLING_SECONDS)
    return kept, 0
