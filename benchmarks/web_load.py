"""Measure `muniment serve` from outside: ``python -m benchmarks.web_load``, or ``make bench-web``.

A server of its own answers a bounded client over loopback: pages first asked and asked again, while files are brought
in, and fifty people who each ask once a second beside one slow question and one export. Everything random is seeded.
The archive of made-up documents is kept in ``build/bench-web``.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.corpora.text_rows import TextRow, generate_rows

PEOPLE = 50
RATE_STEPS = (50, 75, 100, 150, 200, 300)
"""Requests a second that are tried until the slowest hundredth takes more than a second."""
SLOW_QUESTION = "/search?q=" + "+OR+".join(f"{letter}*" for letter in "bcdfglmnprst") + "&size=100"
BUDGETS = {
    "start to first answer": (None, 1200), "results, first asked": (30, 100), "results, asked again": (30, 100),
    "results while files are brought in": (30, 100), "facets alone": (5, None), "suggest": (3, None),
    "document": (20, 60),
}  # fmt: skip
"""The most milliseconds of the median and of the 95th of a hundred, from the design; None for no such bound."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its status, its bytes, and the seconds that it took."""

    status: int
    body: bytes
    seconds: float


class Client:
    """A client that keeps one connection and asks one thing at a time."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answered:
        """Ask for an address, and return the whole answer."""
        started = time.perf_counter()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
        reader, writer = self._streams
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nAuthorization: Bearer {self._token}\r\n\r\n"
        writer.write(head.encode())
        header = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", header)
        body = await reader.readexactly(int(length[1])) if length else await _chunks(reader)
        return Answered(int(header.split()[1]), body, time.perf_counter() - started)

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readline()
    await reader.readline()
    return b"".join(parts)


def make_archive(folder: Path, documents: int) -> list[TextRow]:
    """Index made-up documents in a folder, unless it has them, and return them."""
    rows = list(generate_rows(documents))
    if not (folder / ".muniment").exists():
        for row in rows:
            path = folder / row.category / f"{row.id}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{row.title}\n\n{row.date}\n\n{row.text}\n", encoding="utf-8")
        _muniment(folder, "index", "-q")
    return rows


def _muniment(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "muniment", "--archive", str(folder), *arguments], check=True)


@contextmanager
def served(folder: Path) -> Iterator[tuple[int, str, float]]:
    """Serve an archive, and yield port, token and the seconds until it had answered once."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "muniment", "--archive", str(folder), "serve", "--port", "8760"]
    environment = os.environ | {"XDG_STATE_HOME": str(folder.parent / "state")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        line = next(text for text in server.stderr if "token=" in text)
        port, token = int(line.split(":")[2].partition("/")[0]), line.partition("token=")[2].split()[0]
        asyncio.run(_ask_once(port, token))
        try:
            yield port, token, time.perf_counter() - started
        finally:
            server.terminate()


async def _ask_once(port: int, token: str) -> None:
    client = Client(port, token)
    assert (await client.get("/")).status == 200
    client.close()


def _words(rows: Sequence[TextRow], count: int, seed: int) -> list[str]:
    """Draw pairs of words that occur together."""
    rng = random.Random(seed)
    return [" ".join(rng.sample(rng.choice(rows).text.lower().replace(".", "").split(), 2)) for _ in range(count)]


async def one_after_the_other(port: int, token: str, paths: Sequence[str]) -> list[float]:
    """Return the seconds that each address takes, asked one after the other."""
    client = Client(port, token)
    answers = [await client.get(path) for path in paths]
    client.close()
    assert {answer.status for answer in answers} == {200}
    return [answer.seconds for answer in answers]


async def people(port: int, token: str, paths: Sequence[str], rate: float, seconds: float) -> tuple[list[float], int]:
    """Return the seconds of every answer to `PEOPLE` clients who ask ``rate`` times a second together, and errors."""
    times: list[float] = []
    errors = 0
    until = time.perf_counter() + seconds
    rng = random.Random(7)

    async def person(number: int) -> None:
        nonlocal errors
        client = Client(port, token)
        await asyncio.sleep(number / rate)
        while time.perf_counter() < until:
            started = time.perf_counter()
            answer = await client.get(rng.choice(paths))
            errors += answer.status != 200
            times.append(answer.seconds)
            await asyncio.sleep(max(0.0, started + PEOPLE / rate - time.perf_counter()))
        client.close()

    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return times, errors


async def crowd(port: int, token: str, paths: Sequence[str], seconds: float) -> dict[str, float]:
    """Return how fifty people fare beside one question that takes as long as it may, and one export."""
    slow, export = Client(port, token), Client(port, token)
    answering = asyncio.gather(
        people(port, token, paths, PEOPLE, seconds), slow.get(SLOW_QUESTION), export.get("/search.csv")
    )
    (times, errors), slow_answer, exported = await answering
    return {
        "requests": len(times), "errors": errors, "p50 ms": percentile(times, 0.5), "p95 ms": percentile(times, 0.95),
        "p99 ms": percentile(times, 0.99), "slow question s": round(slow_answer.seconds, 2),
        "export s": round(exported.seconds, 2), "export rows": exported.body.count(b"\n") - 1,
    }  # fmt: skip


def percentile(times: Sequence[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    ordered = sorted(times)
    return round(1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)], 1)


def measure(folder: Path, rows: Sequence[TextRow], requests: int, seconds: float) -> Iterator[tuple[str, object]]:
    """Yield the name and the value of each figure."""
    with served(folder) as (port, token, start):
        yield "start to first answer", {"ms": round(1000 * start)}
        results = [f"/search?q={quote_plus(words)}" for words in _words(rows, requests, 1)]

        def times(paths: Sequence[str]) -> list[float]:
            return asyncio.run(one_after_the_other(port, token, paths))

        yield "results, first asked", _figures(times(results))
        yield "results, asked again", _figures(times(results))
        yield "facets alone", _figures(times([f"{path}&size=0".replace("/search", "/search.json") for path in results]))
        yield "suggest", _figures(times([f"/suggest?q={words.split()[0][:4]}" for words in _words(rows, requests, 2)]))
        yield "document", _figures(times(_documents(port, token, results)))
        with _bringing_in(folder):
            yield "results while files are brought in", _figures(times(results))
        yield "fifty people, a minute", asyncio.run(crowd(port, token, results, seconds))
        yield "most requests a second", _most(lambda rate: people(port, token, results, rate, seconds / 6))


def _documents(port: int, token: str, results: Sequence[str]) -> list[str]:
    async def links() -> list[str]:
        client = Client(port, token)
        pages = [(await client.get(path)).body.decode() for path in results[:50]]
        client.close()
        links = [link for page in pages for link in re.findall(r'href="(/documents/[^"]+page=\d+)"', page)[:2]]
        return [link.replace("&amp;", "&") for link in links]

    return asyncio.run(links())


@contextmanager
def _bringing_in(folder: Path) -> Iterator[None]:
    """Bring new files in for as long as the block takes."""
    for row in generate_rows(300, seed=time.time_ns() % 1000):
        (folder / f"new-{row.id}.txt").write_text(f"{row.title}\n\n{row.text}\n", encoding="utf-8")
    command = [sys.executable, "-m", "muniment", "--archive", str(folder), "index", "-q"]
    with subprocess.Popen(command) as run:
        yield
        run.wait()
    for path in folder.glob("new-*.txt"):
        path.unlink()
    _muniment(folder, "index", "-q")


def _most(load: Callable[[float], Coroutine[None, None, tuple[list[float], int]]]) -> dict[str, float]:
    """Return the highest rate that was tried at which the slowest hundredth took at most a second."""
    held: dict[str, float] = {}
    for rate in RATE_STEPS:
        times, errors = asyncio.run(load(rate))
        if errors or percentile(times, 0.99) > 1000:
            break
        held = {"requests a second": rate, "p99 ms": percentile(times, 0.99)}
    return held


def _figures(times: Sequence[float]) -> dict[str, float]:
    return {"requests": len(times), "p50 ms": percentile(times, 0.5), "p95 ms": percentile(times, 0.95)}


def main() -> None:
    """Print each figure, with the budget where there is one."""
    parser = argparse.ArgumentParser(description="Measure muniment serve from outside.")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--work", type=Path, default=Path("build/bench-web"))
    options = parser.parse_args()
    folder = options.work.absolute() / f"archive-{options.documents}"
    rows = make_archive(folder, options.documents)
    for name, figures in measure(folder, rows, options.requests, options.seconds):
        p50, p95 = BUDGETS.get(name, (None, None))
        bounds = ", ".join(f"{label} <= {most} ms" for label, most in (("p50", p50), ("p95", p95)) if most)
        print(f"{name}: {json.dumps(figures)}{f'  (budget {bounds})' if bounds else ''}", flush=True)


if __name__ == "__main__":
    main()
