"""Ask random queries, and check the laws of answers: round trip, page through, facet counts, time."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attack.marked_archive import bring_up
from benchmarks.attack.random_queries import QueryDrawing
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.errors import MunimentError
from corpus.sample import ARCHIVE as SAMPLE
from indexer.text.analysis import tokens
from search.archive import Archive, open_archive
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.parse import MAX_QUERY_CHARACTERS, parse
from search.grammar.unparse import to_text
from search.query import DateRange, Has, Query, Value, children
from search.request import Filter, Request, Sort
from search.results import SearchResult

QUERIES_OF_A_TRIAL = 50
"""Queries that one process asks."""

MAX_CPU_SECONDS = 2.0
"""Processor time that one answer of the sample archive may take."""

_FACETS = {"category": "category", "year": "date", "language": "language"}
"""The field of each facet that is clicked on."""
_ALL = 1000
_CLICKS = 2


def prepare(base: Path) -> None:
    """Index the sample archive."""
    archive = base / "archive"
    archive.mkdir()
    bring_up(archive, (SAMPLE,))


def run_queries(setting: Setting) -> Iterator[Outcome]:
    """Ask queries, each of which has a seed of its own."""
    with open_archive(setting.base / "archive") as archive:
        words, values = _words(archive), _values(archive)
        for _ in range(QUERIES_OF_A_TRIAL):
            rng = random.Random(setting.rng.getrandbits(64))
            text = QueryDrawing(words, values, rng).query()
            started = time.process_time()
            try:
                kind = _check(archive, text, rng)
            except FaultError as fault:
                yield Outcome("query", "fault", f"{text!r}: {fault}")
            else:
                yield Outcome(kind, _how_long(time.process_time() - started))


def _words(archive: Archive) -> list[str]:
    hits = archive.search(Request(limit=20, passages=0)).hits
    return [
        page.text[token.start : token.end]
        for hit in hits for page in archive.texts(hit.id)[:1] for token in list(tokens(page.text))[:200]
    ]  # fmt: skip


def _values(archive: Archive) -> dict[str, list[str]]:
    facets = archive.search(Request(limit=0, facets=("category", "language", "author", "country", "format"))).facets
    return {name: [row.value for row in rows if row.value != "none"] or ["x"] for name, rows in facets.items()}


def _check(archive: Archive, text: str, rng: random.Random) -> str:
    """Check every law for one query, and return what kind of query it is."""
    today = _today()
    parsed = parse(text, today=today)
    if normalise(parsed.query) != parsed.query or not paraphrase(parsed.query):
        raise FaultError("its tree is not in normal form, or has no paraphrase")
    written = to_text(parsed.query)
    # Escapes may make the text of a very long query longer than is read.
    if len(written) <= MAX_QUERY_CHARACTERS and parse(written, today=today).query != parsed.query:
        raise FaultError(f"its text {written!r} is read as another query")
    if any(not 0 <= one.start <= one.end <= len(text) for one in parsed.diagnostics):
        raise FaultError("a diagnostic is about a place outside the query")
    request = Request(
        text, any=rng.random() < 0.2, sort=rng.choice(list(Sort)), limit=_ALL, facets=tuple(_FACETS), passages=0,
        expand=rng.choice((None, False)),
    )  # fmt: skip
    result = _answer(archive, request)
    _check_pages(archive, request, result, rng)
    _check_facets(archive, request, result, rng)
    if result.diagnostics:
        return "with diagnostics"
    return "understood, with hits" if result.total else "understood, without hits"


def _answer(archive: Archive, request: Request) -> SearchResult:
    started = time.process_time()
    try:
        result = archive.search(request)
    except MunimentError as error:
        raise FaultError(f"refused: {error}") from error
    if time.process_time() - started > MAX_CPU_SECONDS:
        raise FaultError(f"took {time.process_time() - started:.1f} s")
    return result


def _changed(request: Request, **values: object) -> Request:
    names = ("query", "filters", "any", "sort", "limit", "offset", "facets", "passages", "expand")
    return Request(**{name: values.get(name, getattr(request, name)) for name in names})  # type: ignore[arg-type]


def _check_pages(archive: Archive, request: Request, result: SearchResult, rng: random.Random) -> None:
    """Check that the pages of an answer together are the answer, and that hits have passages with right spans."""
    ids = [hit.id for hit in result.hits]
    if len(ids) != len(set(ids)) or len(ids) != result.total:
        raise FaultError(f"{len(ids)} hits, {len(set(ids))} different ones, and a total of {result.total}")
    size = rng.choice((1, 2, 7, 20))
    size = max(size, -(-len(ids) // 5))
    paged: list[str] = []
    for offset in range(0, len(ids), size):
        page = _answer(archive, _changed(request, limit=size, offset=offset, facets=(), passages=2))
        if page.total != result.total:
            raise FaultError(f"the total is {page.total} on a page and {result.total} on the list")
        paged += [hit.id for hit in page.hits]
        for passage in (passage for hit in page.hits for passage in hit.passages):
            if any(not 0 <= start < end <= len(passage.text) for start, end in passage.spans):
                raise FaultError(f"a span outside its passage: {passage}")
    if paged != ids:
        raise FaultError(f"pages of {size} give other hits or another order than the list")


def _check_facets(archive: Archive, request: Request, result: SearchResult, rng: random.Random) -> None:
    """Check that a click on a row of a facet finds as many documents as the row says, and leaves the other rows."""
    typed = set(_filtered_fields(parse(request.query, today=_today()).query))
    rows = [
        (name, field, row)
        for name, field in _FACETS.items() if field not in typed for row in result.facets.get(name, ())
    ]  # fmt: skip
    for name, field, row in rng.sample(rows, min(_CLICKS, len(rows))):
        clicked = _answer(archive, _changed(request, filters=(Filter(field, row.value),), limit=0, facets=(name,)))
        if clicked.total != row.count:
            raise FaultError(f"the row {name}={row.value} says {row.count}, a click finds {clicked.total}")
        counts = {other.value: other.count for other in clicked.facets[name] if other.count}
        if counts != {other.value: other.count for other in result.facets[name] if other.count}:
            raise FaultError(f"a click on {name}={row.value} changes the rows of its facet")


def _filtered_fields(query: Query) -> Iterator[str]:
    """Yield the fields that a query filters by. Rows of such a facet count without that filter."""
    match query:
        case Value(field, _) | Has(field):
            yield field
        case DateRange():
            yield "date"
    for part in children(query):
        yield from _filtered_fields(part)


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()


def _how_long(seconds: float) -> str:
    return next((f"laws hold, in {limit} ms" for limit in (100, 1000) if seconds * 1000 < limit), "laws hold, slower")


QUERIES = Part(
    title="Queries",
    law=(
        "a query is written and read back unchanged, its pages together are its list, a click on a facet finds what"
        f" the row says, and no answer takes more than {MAX_CPU_SECONDS:.0f} s of processor time"
    ),
    trials=200,
    quick=1,
    seconds=300,
    run=run_queries,
    prepare=prepare,
)
