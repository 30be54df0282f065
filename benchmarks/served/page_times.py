"""Measure the pages of a server: what each costs when asked alone, beside other work, and when many people ask."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise, repeat
from statistics import median
from urllib.parse import quote_plus, urljoin

from benchmarks.corpora.text_rows import TextRow
from benchmarks.measures.answering import percentile
from benchmarks.served.crowd import PEOPLE, crowd_beside_slow_work, highest_rate
from benchmarks.served.loopback_client import Answered, ask_in_turn
from benchmarks.served.served_archive import ServedArchive, Server

_SLOW_WORDS = 120
"""Words of the slow question. With 60 it was answered after 2 of the 5 s that it is to take."""
EXPORT = "/search.csv"
_AGAIN = "results, asked again"
CURATE_PAGES = {
    "curate: overview": "/curate", "curate: bring in": "/curate/files", "curate: failures": "/curate/failures",
    "curate: log": "/curate/log", "curate: log, 1,000 events": "/curate/log?limit=1000",
    "curate: queue, undated": "/curate/queue", "curate: queue, uncategorised": "/curate/queue?list=uncategorised",
    "curate: queue, sources that disagree": "/curate/queue?list=conflicts",
    "curate: queue, values of low confidence": "/curate/queue?list=uncertain",
    "curate: queue, language versions": "/curate/queue?list=versions",
    "curate: bulk edit": "/curate/bulk?q=peace&field=author&value=Ada", "curate: export": "/curate/export",
    "curate: listing": "/curate/listing",
}  # fmt: skip
"""The archivist's pages that are measured."""
_CURATE_REQUESTS = 10
BUDGETS: dict[str, tuple[float, float]] = {
    "results, first asked": (30, 100), _AGAIN: (30, 100),
    "results, beside a running `index`": (30, 100), "results, beside a running export": (30, 100),
    "facets alone (JSON)": (5, 0), "suggestions": (3, 0), "document, a page with marks": (20, 60),
    "image of a page, first asked": (120, 0), "image of a page, asked again": (5, 0),
    **dict.fromkeys(CURATE_PAGES, (100, 0)),
}  # fmt: skip
"""The most milliseconds of the median and of 95 in a hundred; 0 is no bound."""


@dataclass(frozen=True, slots=True)
class WebScale:
    """The sizes of a run.

    Attributes:
        documents: documents of the archive.
        requests: questions that are asked.
        seconds: how long the crowd asks.
        step_seconds: how long each rate is tried.
        starts: times that the server is started.
    """

    documents: int = 10_000
    requests: int = 300
    seconds: float = 60.0
    step_seconds: float = 8.0
    starts: int = 3


QUICK_WEB = WebScale(documents=300, requests=20, seconds=3.0, step_seconds=0.5, starts=1)


@dataclass(frozen=True, slots=True)
class ServedPage:
    """The times of one kind of page, in milliseconds.

    Attributes:
        name: of the kind, a key of `BUDGETS`.
        requests: number of answers.
        p50: median of the wall time that the client waits.
        p95: the time that 95 in a hundred do not exceed.
        cpu: processor time of the server for each request.
    """

    name: str
    requests: int
    p50: float
    p95: float
    cpu: float


@dataclass(frozen=True, slots=True)
class ServedFigure:
    """A figure of a server, with the most that it may be, if there is a bound."""

    name: str
    value: float
    unit: str = ""
    bound: float | None = None


def measure(archive: ServedArchive, scale: WebScale) -> Iterator[ServedPage | ServedFigure]:
    """Yield the figures of a server, each when it was measured."""
    yield ServedFigure(f"documents, made of {archive.corpus_name}", scale.documents)
    starts, memory = [], []
    for _ in range(scale.starts):
        with archive.serve() as server:
            starts.append(server.start_seconds)
            memory.append(server.memory_mb())
    yield ServedFigure("start to first answer", 1000 * median(starts), "ms", 1200)
    yield ServedFigure("memory after the first answer, of all processes", median(memory), "MB", 120)
    questions = draw_addresses(archive.rows, scale.requests)
    with archive.serve() as server:
        pages: dict[str, ServedPage] = {}
        for page in _alone(server, archive.rows, questions):
            pages[page.name] = page
            yield page
        yield from _first_visit(server, questions[:50])
        beside_export = _beside_export(server, questions)
        yield beside_export
        ratio = beside_export.p50 / pages[_AGAIN].p50
        yield ServedFigure("results beside a running export, p50, times that alone", ratio, "", 2)
        yield from _crowd(server, archive.rows, questions, scale)
        yield ServedFigure("memory after all this, of all processes", server.memory_mb(), "MB")
        yield ServedFigure(
            "memory after all this, of all processes, beside mapped files", server.memory_mb("Pss_Anon"), "MB"
        )
        yield _beside_index(archive, server, questions, scale.documents // 10)
    archive.tidy()


def draw_addresses(rows: Sequence[TextRow], count: int, seed: int = 1) -> list[str]:
    """Draw questions: two words of one document, one word, or two words that follow each other, as a phrase."""
    rng = random.Random(seed)
    addresses: dict[str, None] = {}
    while len(addresses) < count:
        words = re.findall(r"\w{4,}", rng.choice(rows).text.lower()) or ["none"]
        phrase = '"{} {}"'.format(*rng.choice([*pairwise(words), (words[0], words[0])]))
        pair = f"{rng.choice(words)} {rng.choice(words)}"
        addresses[f"/search?q={quote_plus(rng.choice((pair, pair, rng.choice(words), phrase)))}"] = None
    return list(addresses)


def slow_question(rows: Sequence[TextRow]) -> str:
    """Return the address of a question that takes longer than an answer may: many pairs of the commonest words."""
    counts = Counter(word for row in rows[:200] for word in re.findall(r"\w+", row.text.lower()))
    words = [word for word, _ in counts.most_common(_SLOW_WORDS)]
    pairs = zip(words, words[_SLOW_WORDS // 2 :], strict=False)
    return "/search?q=" + quote_plus(" ".join(f"({a} NEAR/1000 {b})" for a, b in pairs))


def _alone(server: Server, rows: Sequence[TextRow], questions: Sequence[str]) -> Iterator[ServedPage]:
    facets = [f"{path}&size=0".replace("/search", "/search.json") for path in questions]
    rng = random.Random(3)
    words = [rng.choice(re.findall(r"\w{4,}", rng.choice(rows).text.lower()) or ["none"]) for _ in questions]
    yield _page("results, first asked", server, questions)
    yield _page(_AGAIN, server, questions)
    yield _page("facets alone (JSON)", server, facets)
    yield _page("suggestions", server, [f"/suggest?q={quote_plus(word[:4])}" for word in words])
    yield _page("document, a page with marks", server, _document_addresses(server, questions[:60]))
    images = _image_addresses(server)
    yield _page("image of a page, first asked", server, images)
    yield _page("image of a page, asked again", server, images)
    for name, path in CURATE_PAGES.items():
        yield _page(name, server, [path] * _CURATE_REQUESTS)


def _first_visit(server: Server, questions: Sequence[str]) -> Iterator[ServedFigure]:
    """Yield the bytes of a page of results with all that a browser loads for it."""
    pages = asyncio.run(ask_in_turn(server.port, server.token, questions))
    largest = max(pages, key=lambda page: len(page.body)).body.decode()
    links = re.findall(r'<(?:link [^>]*(?:stylesheet|icon)[^>]*href|script [^>]*src|img [^>]*src)="([^"]+)"', largest)
    files = asyncio.run(ask_in_turn(server.port, server.token, [urljoin("/search", link) for link in links]))
    sizes = Counter[str]()
    for link, file in zip(links, files, strict=True):
        sizes[link.rpartition(".")[2]] += len(file.body)
    yield ServedFigure("results, first visit: requests", 1 + len(links), "", 4)
    yield ServedFigure("results, first visit: page (median)", median(len(page.body) for page in pages) / 1024, "KiB")
    yield ServedFigure(
        "results, first visit: all, with the largest page", (len(largest.encode()) + sizes.total()) / 1024, "KiB", 60
    )
    yield ServedFigure("results, first visit: style", sizes["css"] / 1024, "KiB", 8)
    yield ServedFigure("results, first visit: script", sizes["js"] / 1024, "KiB", 6)


def _crowd(
    server: Server, rows: Sequence[TextRow], questions: Sequence[str], scale: WebScale
) -> Iterator[ServedFigure]:
    """Yield how a crowd fares beside slow questions and exports, and the rate that is too high for the server."""
    times, slow, export = asyncio.run(
        crowd_beside_slow_work(server, questions, scale.seconds, slow_question(rows), EXPORT)
    )
    crowd = f"{PEOPLE} people for {scale.seconds:.0f} s"
    yield ServedFigure(f"{crowd}: requests", len(times.seconds))
    yield ServedFigure(f"{crowd}: errors", times.errors, "", 0)
    yield ServedFigure(f"{crowd}: p50", times.at(0.5), "ms")
    yield ServedFigure(f"{crowd}: p95", times.at(0.95), "ms")
    yield ServedFigure(f"{crowd}: p99", times.at(0.99), "ms", 1000)
    yield ServedFigure("slow questions meanwhile, one after the other, given up after 5 s", len(slow))
    yield ServedFigure("the slowest of them", max(slow), "s")
    yield ServedFigure("exports of all documents meanwhile, one after the other", len(export))
    kept, broken = highest_rate(server, questions, scale.step_seconds)
    yield ServedFigure("requests a second, the most that were tried with p99 under 1 s", kept)
    yield ServedFigure("requests a second at which p99 passed 1 s; 0 if at none that was tried", broken)


def _times(name: str, answers: Sequence[Answered], cpu_seconds: float) -> ServedPage:
    seconds = [answer.seconds for answer in answers]
    p50, p95 = (1000 * percentile(seconds, share) for share in (0.5, 0.95))
    return ServedPage(name, len(answers), p50, p95, 1000 * cpu_seconds / len(answers))


def _page(name: str, server: Server, paths: Sequence[str]) -> ServedPage:
    """Return the times of addresses that are asked one after the other."""
    before = server.processor_seconds()
    answers = asyncio.run(ask_in_turn(server.port, server.token, paths))
    return _times(name, answers, server.processor_seconds() - before)


def _beside_export(server: Server, questions: Sequence[str]) -> ServedPage:
    """Return the times of questions while one export after the other is made."""
    is_over = False

    async def asking() -> list[Answered]:
        nonlocal is_over
        answers = await ask_in_turn(server.port, server.token, questions)
        is_over = True
        return answers

    async def both() -> list[Answered]:
        exports = ask_in_turn(server.port, server.token, repeat(EXPORT), lambda: is_over)
        answers, _ = await asyncio.gather(asking(), exports)
        return answers

    return _times("results, beside a running export", asyncio.run(both()), 0.0)


def _beside_index(archive: ServedArchive, server: Server, questions: Sequence[str], documents: int) -> ServedPage:
    """Return the times of questions while new files are indexed, until that ends."""
    with archive.bringing_in(documents) as run:
        before = server.processor_seconds()
        answers = asyncio.run(ask_in_turn(server.port, server.token, cycle(questions), lambda: run.poll() is not None))
        return _times("results, beside a running `index`", answers, server.processor_seconds() - before)


def _document_addresses(server: Server, questions: Sequence[str]) -> list[str]:
    """Return the pages that the first hits of some questions lead to."""
    pages = [page.body.decode() for page in asyncio.run(ask_in_turn(server.port, server.token, questions))]
    links = [link for page in pages for link in re.findall(r'href="(/documents/[^"]+page=\d+)"', page)[:2]]
    return [link.replace("&amp;", "&") for link in dict.fromkeys(links)]


def _image_addresses(server: Server) -> list[str]:
    """Return the images of the pages of the PDFs."""
    (answer,) = asyncio.run(ask_in_turn(server.port, server.token, ["/search.json?format=pdf&size=100"]))
    hits = json.loads(answer.body)["hits"]
    return [f"/documents/{hit['id']}/page/{number}.png" for hit in hits for number in range(1, hit["pages"] + 1)]
