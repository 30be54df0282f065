"""Searching is right: what an archive answers is what reading every page of it by hand would give.

The reference below knows no index. It reads the catalogue's pages and chosen metadata and tries each document in turn;
only the analyser is shared, since what counts as a word is one decision for the whole house.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial, reduce
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.catalogue.file_records import all_files
from corpus.dates.edtf import Date, parse_edtf
from corpus.document import SEARCHABLE, Document, Role
from corpus.document import Page as TextPage
from corpus.engines import DEFAULT_ENGINE
from corpus.settings import load_settings
from indexer.archivist.status import status
from indexer.ingest.run_events import Summary
from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, joined_words
from search import Archive, Filter, Request, SearchResult, Sort, open_archive
from search.archive_state import open_state
from search.planning.expansion import index_equivalents

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

EVERYTHING = 1000
FACETS = {
    "category": "category", "year": "date", "language": "language", "author": "author", "country": "country",
    "format": "format",
}  # fmt: skip


# --- the reference -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """A text as its words: in a row, in another with words printed in parts in one piece, as a set, and as stems."""

    row: tuple[str, ...]
    joined_row: tuple[str, ...]
    lines: tuple[str, str]
    all: frozenset[str]
    stems: frozenset[str]
    uncounted: frozenset[int]
    starts: frozenset[int]  # of texts that continue no page


def words(texts: Sequence[tuple[str, str]], continued: int = 0) -> Words:
    """The words of texts, each given with its language; the first ``continued`` may end inside a word of the next."""
    spoken = [(token, language) for text, language in texts for token in analysis.surface(text)]
    row = [token for token, _ in spoken]
    joined_row = list(row)
    joined = joined_words([text for text, _ in texts], continued)
    for word in joined:
        if JUMP_MARK in word.form or word.over_end:  # ways of phrases over the end of a page
            continue
        spoken.append((word.form, spoken[word.first][1]))
        between = joined_row[word.first + 1 : word.first + word.span]
        joined_row[word.first : word.first + word.span] = [word.form, *[""] * (word.span - 1)]
        if word.places:  # what is between its parts goes behind all texts
            joined_row += ["|", *(form for form, place in zip(between, range(word.first + 1, len(row)), strict=False)
                                  if place not in word.places)]  # fmt: skip
        if word.replaces:
            for place in word.parts:
                row[place] = ""
    uncounted = {place for word in joined for place in word.uncounted}
    ends = list(accumulate(len(analysis.surface(text)) for text, _ in texts))
    starts = frozenset(ends[max(continued, 1) - 1 : -1])
    known = frozenset({*row, *joined_row} - {""})
    stems = {analysis.stem(token, language) for token, language in set(spoken) if token in known}
    bounded, one_piece = (
        [f"| {token}".rstrip() if place in starts else token for place, token in enumerate(tokens)]
        for tokens in (row, joined_row)
    )
    lines = f" {' '.join(bounded)} ", f" {' '.join(filter(None, one_piece))} "
    return Words(tuple(row), tuple(joined_row), lines, known, frozenset(stems), frozenset(uncounted), starts)


@dataclass(frozen=True)
class ReadDocument:
    """A document as a person would find it in the archive."""

    document: Document
    languages: frozenset[str]
    texts: tuple[TextPage, ...]
    text: Words
    title: Words
    file: Words

    def values(self, field: str) -> set[str]:
        metadata = self.document.metadata
        return {self.document.format} if field == "format" else set(metadata.values(field))

    @property
    def date(self) -> Date | None:
        return parse_edtf(self.document.metadata.date.value) if self.document.metadata.date else None

    def facet(self, name: str) -> list[str]:
        if name != "year":
            return sorted(self.values(name)) or ["none"]
        if self.date is None:
            return ["none"]
        assert self.date.first
        assert self.date.last
        return [f"{year:04}" for year in range(self.date.first.year, self.date.last.year + 1)]


def read_document(document: Document, texts: Sequence[TextPage]) -> ReadDocument:
    metadata = document.metadata
    language = metadata.value("language")
    title = metadata.value("title")
    written = [(text.text, text.language or language) for text in texts]
    return ReadDocument(
        document, frozenset({language, *(spoken for _, spoken in written)}), tuple(texts),
        words(written, sum(text.role is Role.MAIN for text in texts)),
        words([(title, language)]), words([(document.path, language)]),
    )  # fmt: skip


def read_documents(folder: Path) -> dict[str, ReadDocument]:
    catalogue = open_catalogue(folder)
    try:
        searchable = [(key, document) for key, document in changed_since(catalogue, 0) if document.state in SEARCHABLE]
        texts = {key: list(document_text(catalogue, key).all_texts) for key, _ in searchable}
        return {document.id: read_document(document, texts[key]) for key, document in searchable}
    finally:
        catalogue.close()


read_once = cache(read_documents)
"""For archives that no test writes to."""


@dataclass(frozen=True)
class Test:
    """A condition on documents. ``facet`` is the field that all of it is about, if that field has a facet."""

    __test__ = False
    check: Callable[[ReadDocument], bool]
    facet: str = ""

    def __and__(self, other: Test) -> Test:
        return Test(lambda held: self.check(held) and other.check(held), shared(self, other))

    def __or__(self, other: Test) -> Test:
        return Test(lambda held: self.check(held) or other.check(held), shared(self, other))

    def __invert__(self) -> Test:
        return Test(lambda held: not self.check(held), self.facet)


def shared(one: Test, other: Test) -> str:
    return one.facet if one.facet == other.facet else ""


def in_words(check: Callable[[Words, ReadDocument], bool], field: str) -> Test:
    where = [field] if field else ["text", "title"]
    return Test(lambda held: any(check(getattr(held, name), held) for name in where))


def word(text: str, field: str = "") -> Test:
    form = analysis.fold(text)

    def stands(found: Words, held: ReadDocument) -> bool:
        return any(analysis.stem(form, language) in found.stems for language in held.languages)

    return in_words(stands, field)


def exact(text: str, field: str = "") -> Test:
    return in_words(lambda found, _: analysis.fold(text) in found.all, field)


def phrase(text: str, field: str = "") -> Test:
    asked = f" {' '.join(analysis.surface(text))} "
    return in_words(lambda found, _: any(asked in line for line in found.lines), field)


def _window_end(row: Sequence[str], start: int, size: int, found: Words) -> int:
    """Return where a window of so many words ends, of which the first is any and the others count."""
    end = start + 1
    while end < len(row) and end not in found.starts and (size > 1 or end in found.uncounted):
        size -= end not in found.uncounted
        end += 1
    return end


def near(text: str, distance: int, field: str = "") -> Test:
    asked = Counter(analysis.surface(text))
    window = asked.total() + distance

    def stands(found: Words, _: ReadDocument) -> bool:
        if not asked.keys() <= found.all:
            return False
        return any(
            asked <= Counter(row[start : _window_end(row, start, window, found)])
            for row in (found.row, found.joined_row)
            for start, token in enumerate(row)
            if token in asked
        )

    return in_words(stands, field)


def wild(pattern: str, field: str = "") -> Test:
    return in_words(lambda found, _: any(fnmatch.fnmatchcase(token, pattern) for token in found.all), field)


def fuzzy(text: str, distance: int, field: str = "") -> Test:
    return in_words(lambda found, _: any(edits(token, text, distance) for token in found.all), field)


@cache
def edits(word: str, other: str, limit: int) -> bool:
    """Tell whether at most ``limit`` edits (insert, delete, replace, swap neighbours) turn one word into the other."""
    if word == other:
        return True
    if not limit or abs(len(word) - len(other)) > limit:
        return False
    if word[:1] == other[:1] and word:
        return edits(word[1:], other[1:], limit)
    swapped = len(word) > 1 and len(other) > 1 and word[:2] == other[1::-1] and edits(word[2:], other[2:], limit - 1)
    return (
        swapped
        or edits(word[1:], other[1:], limit - 1)
        or edits(word[1:], other, limit - 1)
        or edits(word, other[1:], limit - 1)
    )


def value(field: str, *asked: str) -> Test:
    return Test(lambda held: bool(held.values(field) & set(asked)), field)


def without(field: str) -> Test:
    return Test(lambda held: not held.values(field), field)


def dated(first: str, last: str, *, within: bool = False) -> Test:
    low, high = dt.date.fromisoformat(first), dt.date.fromisoformat(last)

    def lies(held: ReadDocument) -> bool:
        date = held.date
        if date is None or date.first is None or date.last is None:
            return False
        inside = low <= date.first and date.last <= high
        return inside if within else date.first <= high and low <= date.last

    return Test(lies, "date")


def year(number: int, last: int = 0) -> Test:
    return dated(f"{number:04}-01-01", f"{last or number:04}-12-31")


EVER = Test(lambda _: True)
UNDATED = without("date")
IN_STATE = {
    name: Test(lambda held, state=state: held.document.state.value == state)  # type: ignore[misc]
    for name, state in (("scan", "indexed-without-text"), ("partial", "partial"), ("indexed", "indexed"))
}


@dataclass(frozen=True)
class Case:
    """A request, and the tests that all its documents meet."""

    request: Request
    tests: tuple[Test, ...]


def case(query: str, *tests: Test, **options: str | tuple[str, ...]) -> Case:
    """A query with the tests it means; ``category="-report"`` and the like are filters beside it."""
    narrowings = [
        Filter(name, one.removeprefix("-"), exclude=one.startswith("-"))
        for name, given in options.items()
        for one in ([given] if isinstance(given, str) else given)
    ]
    return Case(Request(query, tuple(narrowings), limit=EVERYTHING, facets=tuple(FACETS), passages=0), tests)


def every_word(text: str) -> tuple[Test, ...]:
    return tuple(word(one) for one in text.split())


REPORT, STATEMENT, SPEECH = (value("category", name) for name in ("report", "statement", "speech"))

CASES = (
    case("", EVER),
    case("*", EVER),
    case("human rights defenders", *every_word("human rights defenders")),
    case("date:2014..2015", year(2014, 2015)),
    case("-category:report", ~REPORT),
    case('"responsibility to protect"', phrase("responsibility to protect")),
    case("detain*", wild("detain*")),
    case("date:none", UNDATED),
    case("human AND rights", word("human"), word("rights")),
    case("torture OR genocide", word("torture") | word("genocide")),
    case("torture prevention OR defenders", (word("torture") & word("prevention")) | word("defenders")),
    case("torture (prevention OR defenders)", word("torture"), word("prevention") | word("defenders")),
    case("-torture", ~word("torture")),
    case("women NOT peace", word("women"), ~word("peace")),
    case("women -(peace OR security)", word("women"), ~(word("peace") | word("security"))),
    case("(women OR children) -(peace security)", word("women") | word("children"),
         ~(word("peace") & word("security"))),
    case("children -category:statement", word("children"), ~STATEMENT),
    case('"human rights" "civil society"', phrase("human rights"), phrase("civil society")),
    case('"human rights" OR "civil society"', phrase("human rights") | phrase("civil society")),
    case('-"human rights"', ~phrase("human rights")),
    case("=report", exact("report")),
    case("=reports -=report", exact("reports"), ~exact("report")),
    case("HUMAN Rights", *every_word("human rights")),
    case("sécurité", word("securite")),
    case("detention", word("detention")),
    case("the", word("the")),
    case("wom?n", wild("wom?n")),
    case("*tion", wild("*tion")),
    case("*soci*", wild("*soci*")),
    case("def*ers", wild("def*ers")),
    case("goverment~", fuzzy("goverment", 1)),
    case("defendres~", fuzzy("defendres", 1)),
    case("asembly~2", fuzzy("asembly", 2)),
    case('"freedom assembly"~5', near("freedom assembly", 5)),
    case('"rights human"~0', near("rights human", 0)),
    case("women NEAR/3 girls", near("women girls", 3)),
    case('"rights rights"~6', near("rights rights", 6)),
    case("civil-society", phrase("civil society")),
    case("title:statement", word("statement", "title")),
    case("title:statements rights", word("statement", "title"), word("rights")),
    case('title:"human rights"', phrase("human rights", "title")),
    case("title:(report OR statement) women", word("report", "title") | word("statement", "title"), word("women")),
    case("in:title human rights", word("human", "title"), word("rights", "title")),
    case("text:coalition -title:coalition", word("coalition", "text"), ~word("coalition", "title")),
    case("file:en", exact("en", "file")),
    case("file:stat*", wild("stat*", "file")),
    case("file:pdf rights", exact("pdf", "file"), word("rights")),
    case("has:date", ~UNDATED),
    case("-has:category", without("category")),
    case("has:author women", ~without("author"), word("women")),
    case("has:text", Test(lambda held: bool(held.text.row))),
    case("-has:country rights", without("country"), word("rights")),
    case("is:scan", IN_STATE["scan"]),
    case("is:indexed -is:partial", IN_STATE["indexed"], ~IN_STATE["partial"]),
    case("is:undated", UNDATED),
    case("language:fr,es,de", value("language", "fr", "es", "de")),
    case("-lang:en", ~value("language", "en")),
    case("lang:French OR lang:German", value("language", "fr", "de")),
    case("language:none", without("language")),
    case("category:statement,speech", STATEMENT | SPEECH),
    case("category:report,none", REPORT | without("category")),
    case("-category:report,speech", ~(REPORT | SPEECH)),
    case("category:statement -category:report", STATEMENT & ~REPORT),
    case("category:report category:speech", REPORT & SPEECH),
    case("category:report OR date:none", REPORT | UNDATED),
    case("category:report OR torture", REPORT | word("torture")),
    case("category:research-briefing", value("category", "research briefing")),
    case("type:report lang:en torture", REPORT, value("language", "en"), word("torture")),
    case("format:pdf -format:html", value("format", "pdf") & ~value("format", "html")),
    case('author:"barack obama" war', value("author", "Barack Obama"), word("war")),
    case("country:dz OR country:FR", value("country", "DZ", "FR")),
    case("date:2018-11", dated("2018-11-01", "2018-11-30")),
    case("date:2019,none", year(2019) | UNDATED),
    case("date:>2017 rights", dated("2018-01-01", "9999-12-31"), word("rights")),
    case("date:..2015-06", dated("0001-01-01", "2015-06-30")),
    case("date.within:2014-01..2016-06", dated("2014-01-01", "2016-06-30", within=True)),
    case("date.within:2021", dated("2021-01-01", "2021-12-31", within=True)),
    case("date:2019..2020 date:2020..2021", year(2019, 2020) & year(2020, 2021)),
    case("-date:2014..2016", ~year(2014, 2016)),
    case("torture", word("torture"), STATEMENT, category="statement"),
    case("rights", word("rights"), REPORT | SPEECH, category=("report", "speech")),
    case("rights", word("rights"), ~REPORT, category="-report"),
    case("rights", word("rights"), STATEMENT & ~SPEECH, category=("statement", "-speech")),
    case("", REPORT | without("category"), category=("report", "none")),
    case("", year(2016) | UNDATED, date=("2016", "none")),
    case("women", word("women"), STATEMENT | SPEECH, year(2014, 2019), category=("statement", "speech"),
         date="2014..2019"),
    case("women -lang:fr", word("women"), REPORT, value("language", "en") & ~value("language", "fr"),
         category="report", language="en"),
    case("category:statement rights", word("rights"), STATEMENT & REPORT, category="report"),
    case("date:2014..2019", year(2014, 2019) & year(2015, 2016), value("format", "pdf"), date="2015..2016",
         format="pdf"),
    case("", ~UNDATED, ~without("language"), ~without("category"), date="-none", language="-none", category="-none"),
    case("no-such-word-anywhere", phrase("no such word anywhere")),
    case("date:2999", year(2999)),
)  # fmt: skip


# --- the archives ------------------------------------------------------------------------------------------------


class Opened:
    """An archive as the program opens it, and every document in it as read by hand."""

    def __init__(self, folder: Path, archive: Archive) -> None:
        self.folder, self.archive, self.held = folder, archive, read_once(folder)

    def __repr__(self) -> str:
        return "Opened(…)"

    def ask(self, query: str = "", **options: object) -> SearchResult:
        return self.archive.search(replace(Request(query), **options))  # type: ignore[arg-type]

    def matching(self, tests: Sequence[Test]) -> set[str]:
        return {name for name, held in self.held.items() if all(test.check(held) for test in tests)}


ARCHIVES = ["sample_folder", "reports_archive", pytest.param("all_reports_archive", marks=pytest.mark.slow)]
ARCHIVES_AND_ENGINES = [
    ("sample_folder", DEFAULT_ENGINE),
    ("reports_archive", DEFAULT_ENGINE),
    ("sample_folder", "memory"),
    pytest.param(("all_reports_archive", DEFAULT_ENGINE), marks=pytest.mark.slow),
    pytest.param(("reports_archive", "memory"), marks=pytest.mark.slow),
]


def archive_folder(request: pytest.FixtureRequest, name: str) -> Path:
    folder: Path | tuple[Path, Summary] = request.getfixturevalue(name)
    return folder[0] if isinstance(folder, tuple) else folder


@pytest.fixture(scope="module", params=ARCHIVES)
def opened(request: pytest.FixtureRequest) -> Iterator[Opened]:
    folder = archive_folder(request, request.param)
    with open_archive(folder) as archive:
        yield Opened(folder, archive)


@pytest.fixture(scope="module", params=ARCHIVES_AND_ENGINES, ids="-".join)
def searched(request: pytest.FixtureRequest, memory_engine: str) -> Iterator[Opened]:
    """An archive as either engine opens it."""
    name, engine = request.param
    assert engine in {DEFAULT_ENGINE, memory_engine}
    folder = archive_folder(request, name)
    settings = replace(load_settings(folder), engine=engine)
    with Archive(partial(open_state, folder, settings)) as archive:
        yield Opened(folder, archive)


def facet_by_hand(opened: Opened, tests: Sequence[Test], name: str) -> Counter[str]:
    """Counts of a facet over what matches when its own selection is left out."""
    others = [test for test in tests if test.facet != FACETS[name]]
    return Counter(value for found in opened.matching(others) for value in opened.held[found].facet(name))


def counts(page: SearchResult, facet: str) -> dict[str, int]:
    return {row.value: row.count for row in page.facets[facet] if row.count}


# --- exactly the right documents ---------------------------------------------------------------------------------


def spelled(asked: Case) -> str:
    filters = [f"--{one.field}={'-' * one.exclude}{one.value}" for one in asked.request.filters]
    return " ".join([asked.request.query or "(all)", *filters])


@pytest.mark.parametrize("asked", CASES, ids=spelled)
def test_a_query_finds_and_counts_what_reading_everything_finds(searched: Opened, asked: Case) -> None:
    page = searched.archive.search(asked.request)
    assert {hit.id for hit in page.hits} == searched.matching(asked.tests)
    assert page.total == len(page.hits)
    for facet in FACETS:
        assert counts(page, facet) == facet_by_hand(searched, asked.tests, facet), facet


def test_a_date_is_found_from_its_first_day_to_its_last(searched: Opened) -> None:
    days = sorted(
        {day for held in searched.held.values() if held.date for day in (held.date.first, held.date.last) if day}
    )
    for middle in days[:: len(days) // 5 + 1]:
        for day in (middle - dt.timedelta(1), middle, middle + dt.timedelta(1)):
            for query, first, last in (
                (f"date:{day}", day, day), (f"date:..{day}", dt.date.min, day), (f"date:>={day}", day, dt.date.max),
                (f"date.within:..{day}", dt.date.min, day), (f"date.within:{day}..", day, dt.date.max),
            ):  # fmt: skip
                meant = dated(first.isoformat(), last.isoformat(), within="within" in query)
                page = searched.ask(query, limit=EVERYTHING, passages=0, facets=())
                assert {hit.id for hit in page.hits} == searched.matching([meant]), query


NO_HITS = {'"rights human"~0', "no-such-word-anywhere", "date:2999", "is:partial", "category:report category:speech",
           "category:statement rights --category=report"}  # fmt: skip


def test_nearly_every_query_finds_something_in_one_of_the_archives(
    sample_folder: Path, reports_archive: tuple[Path, Summary]
) -> None:
    held = [one for folder in (sample_folder, reports_archive[0]) for one in read_once(folder).values()]
    empty = {spelled(one) for one in CASES if not any(all(test.check(each) for test in one.tests) for each in held)}
    assert empty <= NO_HITS


# --- counts are what a click gives, for any question -------------------------------------------------------------


FREQUENT = 250


@cache
def frequent(folder: Path) -> list[str]:
    """Words of an archive, but for those that find others that mean the same, which has tests of its own."""
    widened = {form for term in index_equivalents(load_settings(folder).thesaurus) for form in term}
    seen = Counter(
        token
        for held in read_once(folder).values()
        for token in held.text.all
        if token.isalpha() and len(token) > 3 and token not in widened
    )
    return [token for token, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))[: FREQUENT * 4 : 4]]


Asked = tuple[str, Test]
Making = Callable[[Sequence[str]], Asked]
"""A query still to be filled with words of an archive."""

LEAVES: tuple[Callable[[str, str], Asked], ...] = (
    lambda one, _: (one, word(one)),
    lambda one, _: (f"={one}", exact(one)),
    lambda one, _: (f"title:{one}", word(one, "title")),
    lambda one, _: (f"{one[:4]}*", wild(f"{one[:4]}*")),  # few enough words not to meet the cap
    lambda one, _: (f"-{one}", ~word(one)),
    lambda one, _: (f'"of {one}"', phrase(f"of {one}")),
    lambda one, two: (f'"{one} {two}"~9', near(f"{one} {two}", 9)),
)


def leaf(made: Callable[[str, str], Asked], one: int, two: int) -> Making:
    return lambda vocabulary: made(vocabulary[one], vocabulary[two])


def all_of(parts: list[Making]) -> Making:
    def make(vocabulary: Sequence[str]) -> Asked:
        texts, tests = zip(*(part(vocabulary) for part in parts), strict=True)
        return f"({' '.join(texts)})", reduce(Test.__and__, tests)

    return make


def any_of(parts: list[Making]) -> Making:
    def make(vocabulary: Sequence[str]) -> Asked:
        texts, tests = zip(*(part(vocabulary) for part in parts), strict=True)
        return f"({' OR '.join(texts)})", reduce(Test.__or__, tests)

    return make


def none_of(part: Making) -> Making:
    def make(vocabulary: Sequence[str]) -> Asked:
        text, test = part(vocabulary)
        return f"-({text})", ~test

    return make


def joined(parts: st.SearchStrategy[Making]) -> st.SearchStrategy[Making]:
    several = st.lists(parts, min_size=2, max_size=3)
    return several.map(all_of) | several.map(any_of) | parts.map(none_of)


PLACES = st.integers(0, FREQUENT - 1)
FLAT = st.builds(leaf, st.sampled_from(LEAVES), PLACES, PLACES)
QUESTIONS = FLAT | joined(FLAT) | joined(FLAT | joined(FLAT))
EVERYTHING_ASKED: Making = lambda _: ("", EVER)  # noqa: E731 (a question among the others)


NARROWINGS = {
    "category": ["report", "statement", "speech", "research briefing", "none", "conference-report"],
    "date": ["2014", "2015", "2016..2019", "2018-11", "..2015", "2020..", "none"],
    "language": ["en", "fr", "de", "none"],
    "country": ["DZ", "france", "none"],
    "author": ["Barack Obama", "astrid holm", "none"],
    "format": ["pdf", "txt", "html"],
}  # fmt: skip


def filters(field: str) -> st.SearchStrategy[tuple[Filter, ...]]:
    one = st.builds(Filter, st.just(field), st.sampled_from(NARROWINGS[field]), st.sampled_from([False, False, True]))
    return st.lists(one, max_size=2).map(tuple)


FILTERS = st.fixed_dictionaries({field: st.just(()) | filters(field) for field in NARROWINGS})
SHARED_FIXTURE = [HealthCheck.function_scoped_fixture]


@settings(max_examples=40, deadline=None, suppress_health_check=SHARED_FIXTURE)
@given(QUESTIONS | st.just(EVERYTHING_ASKED), st.sampled_from(list(FACETS)), FILTERS, st.integers(0, 50))
def test_the_count_of_a_row_is_the_total_of_choosing_that_row_instead(
    searched: Opened, making: Making, facet: str, narrowed: dict[str, tuple[Filter, ...]], first: int
) -> None:
    query, _ = making(frequent(searched.folder))
    others = tuple(one for field, some in narrowed.items() if field != FACETS[facet] for one in some)
    page = searched.ask(query, filters=(*others, *narrowed[FACETS[facet]]), facets=(facet,), limit=0)
    rows = page.facets[facet]
    start = first % max(len(rows), 1)
    for row in (*rows[start:], *rows[:start])[:10]:
        instead = (*others, Filter(FACETS[facet], row.value))
        chosen = searched.ask(query, filters=instead, facets=(facet,), limit=EVERYTHING, passages=0)
        assert chosen.total == row.count == len(chosen.hits), row
        assert all(row.value.strip('"') in searched.held[hit.id].facet(facet) for hit in chosen.hits)
        assert [one.value for one in chosen.facets[facet] if one.selected] == [row.value]
        assert counts(chosen, facet) == counts(page, facet)


@settings(max_examples=60, deadline=None, suppress_health_check=SHARED_FIXTURE)
@given(QUESTIONS)
def test_any_query_finds_what_reading_everything_finds(searched: Opened, making: Making) -> None:
    query, test = making(frequent(searched.folder))
    page = searched.ask(query, facets=tuple(FACETS), limit=EVERYTHING, passages=0)
    expected = searched.matching([test])
    assert {hit.id for hit in page.hits} == expected, query
    assert not page.diagnostics
    for facet in ("category", "language", "country", "format"):
        assert sum(row.count for row in page.facets[facet]) == page.total == len(expected)
    assert sum(row.count for row in page.facets["year"]) >= page.total


AUTHORS = ("Holm, Astrid", "O’Neil, Seán", "Verrin & Arce")


def test_a_facet_row_can_be_chosen_whatever_its_value_contains(
    tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    for number, author in enumerate(AUTHORS):
        head = f"<title>Minutes {number}</title><meta name=author content='{author}'>"
        text = f"{head}<p>Those who met, and why: {number}."
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
    run_index(tmp_path)
    with open_archive(tmp_path) as archive:
        rows = archive.search(Request(facets=("author",))).facets["author"]
        assert {row.label for row in rows} == set(AUTHORS)
        for row in rows:
            asked = Request(filters=(Filter("author", row.value),), facets=("author",))
            chosen = archive.search(asked)
            assert [hit.authors for hit in chosen.hits] == [(row.label,)]
            assert [one.label for one in chosen.facets["author"] if one.selected] == [row.label]


# --- passages ----------------------------------------------------------------------------------------------------

READ = (
    ("human rights defenders", every_word("human rights defenders")),
    ('"responsibility to protect"', (phrase("responsibility to protect"),)),
    ("detain* OR =torture", (wild("detain*"), exact("torture"))),
    ('"freedom assembly"~5', (exact("freedom"), exact("assembly"))),
    ("goverment~ -category:speech", (fuzzy("goverment", 1),)),
    ("civil-society date:2014..2019", (phrase("civil society"),)),
    ("sécurité", (word("securite"),)),
)


@pytest.mark.parametrize(("query", "sought"), READ, ids=[query for query, _ in READ])
def test_passages_are_words_of_their_page_and_mark_what_was_sought(
    searched: Opened, query: str, sought: tuple[Test, ...]
) -> None:
    for hit in searched.ask(query, limit=40).hits:
        held = searched.held[hit.id]
        assert 1 <= len(hit.passages) <= 3
        for passage in hit.passages:
            texts = [without_hyphens(page.text) for page in held.texts if page.number == passage.page]
            assert any(without_hyphens(passage.text) in text for text in texts)  # a divided word may be shown whole
            assert list(passage.spans) == sorted(passage.spans)
            for start, end in passage.spans:
                shown = passage.text[start:end]  # a divided word is one word and two
                spelt = {shown, shown.replace("-", "")}
                marked = [read_document(held.document, [TextPage(passage.page, text)]) for text in spelt]
                assert any(test.check(replace(one, title=one.text)) for test in sought for one in marked), passage
        by_page = [read_document(held.document, [page]) for page in held.texts]
        on_a_page = any(test.check(page) for page in by_page for test in in_text(sought))
        assert bool(hit.passages[0].spans) == on_a_page, hit.title


def without_hyphens(text: str) -> str:
    return on_one_line(text).replace("-", "")


def on_one_line(text: str) -> str:
    """A text on one line, without blanks behind signs that may end a line inside a word."""
    return re.sub("(?<=[-\u2010/'\u2019]) ", "", " ".join(text.split()))


def in_text(tests: tuple[Test, ...]) -> list[Test]:
    """The same tests, the title left out of account."""
    untitled = words([])
    return [Test(lambda held, test=test: test.check(replace(held, title=untitled))) for test in tests]  # type: ignore[misc]


def test_a_wildcard_for_too_many_words_says_so_and_finds_nothing_wrong(opened: Opened) -> None:
    page = opened.ask("*e*", limit=EVERYTHING, passages=0)
    asked = wild("*e*")
    assert [one.kind.value for one in page.diagnostics] == ["limit"]
    assert {hit.id for hit in page.hits} <= opened.matching([asked])
    assert page.total > len(opened.held) * 0.9


# --- pages and orders of hits ------------------------------------------------------------------------------------


def order_by_hand(held: ReadDocument, sort: Sort) -> tuple[object, ...]:
    date = held.date
    if sort is Sort.TITLE:
        key = " ".join(held.title.row)
        return (not key, key.encode(), held.document.id)
    if date is None:
        return (1, 0, held.document.id)
    day = date.first or date.last
    assert day
    return (0, -day.toordinal() if sort is Sort.NEWEST else day.toordinal(), held.document.id)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST, Sort.TITLE])
@pytest.mark.parametrize("query", ["", "rights", "category:none,report"])
def test_hits_have_the_order_asked_for_with_the_undated_last(searched: Opened, query: str, sort: Sort) -> None:
    hits = searched.ask(query, sort=sort, limit=EVERYTHING, passages=0).hits
    assert hits
    assert [hit.id for hit in hits] == sorted(
        (hit.id for hit in hits), key=lambda name: order_by_hand(searched.held[name], sort)
    )
    if sort is not Sort.TITLE:
        undated = [hit.date is None for hit in hits]
        assert undated == sorted(undated)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", ["", "rights OR women", "detain* -category:report"])
def test_pages_of_hits_tile_the_whole_answer(searched: Opened, query: str, sort: Sort) -> None:
    whole = searched.ask(query, sort=sort, limit=EVERYTHING, passages=0)
    step = max(whole.total // 6, 3)
    pieces = [
        searched.ask(query, sort=sort, limit=step, offset=offset, passages=0)
        for offset in range(0, whole.total + step, step)
    ]
    assert [hit for piece in pieces for hit in piece.hits] == list(whole.hits)
    assert len({hit.id for hit in whole.hits}) == whole.total == pieces[-1].total


def test_the_best_come_first_and_equals_are_in_order_of_their_ids(searched: Opened) -> None:
    hits = searched.ask("rights women", any=True, limit=EVERYTHING, passages=0).hits
    assert {hit.id for hit in hits} == searched.matching([word("rights") | word("women")])
    assert [(-hit.score, hit.id) for hit in hits] == sorted((-hit.score, hit.id) for hit in hits)


def test_a_hit_describes_its_document_as_the_catalogue_does(searched: Opened) -> None:
    for hit in searched.ask(limit=EVERYTHING, passages=0).hits:
        held = searched.held[hit.id]
        title, date = held.document.metadata.title, held.document.metadata.date
        assert (hit.title, hit.date, hit.path) == (title and title.value, date and date.value, held.document.path)
        assert {hit.category} - {None} == held.values("category")
        assert {hit.language} - {None} == held.values("language")
        assert set(hit.authors) == held.values("author")


# --- what a run must show ----------------------------------------------------------------------------------------


def test_every_file_has_a_state_and_a_run_adds_up_to_the_files_it_found(
    reports_archive: tuple[Path, Summary], reports: Path
) -> None:
    archive, summary = reports_archive
    files = {str(path.resolve()) for path in reports.rglob("*") if path.is_file()}
    done = (summary.added, summary.changed, summary.moved, summary.duplicate, summary.failed, summary.unchanged)
    assert sum(done) == summary.files == len(files)
    assert sum(status(archive).files.values()) == summary.files
    catalogue = open_catalogue(archive)
    try:
        recorded = all_files(catalogue)
    finally:
        catalogue.close()
    assert files == {str(archive / file.path) for file in recorded}
    assert all(file.state for file in recorded)


def hold_unchanged(
    first: tuple[Path, Summary], folders: Sequence[Path], archive: Path, run_index: Callable[..., Summary]
) -> float:
    """Run a second time over the folders of a first run, and return the share of its time that this took."""
    folder, summary = first
    shutil.copytree(folder, archive, symlinks=True)
    started = time.process_time()  # this run starts no other process
    again = run_index(archive, *folders)
    share = (time.process_time() - started) / summary.seconds
    assert again.unchanged == again.files == summary.files
    assert (again.added, again.changed, again.moved, again.removed, again.failed) == (0, 0, 0, 0, 0)
    assert (again.documents, again.pages, again.characters) == (summary.documents, summary.pages, summary.characters)
    return share


def test_a_second_run_adds_nothing_and_takes_under_a_twentieth(
    reports_archive: tuple[Path, Summary], reports: Path, tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    assert hold_unchanged(reports_archive, [reports], tmp_path / "archive", run_index) < 0.05


@pytest.mark.slow
def test_a_second_run_over_all_files_takes_under_a_twentieth(
    all_reports_archive: tuple[Path, Summary], data: Path, tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    folders = [data / "reports", data / "statements"]
    assert hold_unchanged(all_reports_archive, folders, tmp_path / "archive", run_index) < 0.05


def test_a_renamed_folder_is_moved_and_not_removed_and_added(
    data: Path, tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    folder = tmp_path / "archive" / "upr"
    folder.mkdir(parents=True)
    for path in sorted((data / "reports" / "upr").iterdir())[:12]:
        shutil.copy2(path, folder)
    first = run_index(tmp_path / "archive")
    before = read_documents(tmp_path / "archive")
    folder.rename(folder.with_name("renamed"))
    second = run_index(tmp_path / "archive")
    assert first.added == second.moved == second.files == 12
    assert (second.added, second.removed, second.changed, second.failed) == (0, 0, 0, 0)
    after = read_documents(tmp_path / "archive")
    assert before.keys() == after.keys()
    assert {held.document.path.partition("/")[0] for held in after.values()} == {"renamed"}
