"""The researchers' tools have equal values on both engines: from arrays on disk, and from reading every document."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import partial

import pytest

from corpus.sample import ARCHIVE as SAMPLE
from corpus.settings import load_settings
from muniment import Archive, Filter, KwicOptions, LineKey, Request, Within, kwic, open_archive, trend
from search.archive_state import open_state
from search.concordance.concordance_values import SORT_KEYS
from search.concordance.counted_node import count_node
from search.trends.trend_values import TrendStep
from search.word_statistics.collocates import CollocateOptions, collocates
from search.word_statistics.comparison import ComparisonOptions, compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import FrequencyOptions, frequencies
from search.word_statistics.windows import WindowUnit
from tests.memory_engine import MemoryEngine
from tests.search.concordance.test_counted_node import plain_texts, random_queries
from tests.search.test_joined_words import TEXTS

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

SCRIPTS = {
    "arabic.txt": "حقوق الإنسان للجميع. عقد مجلس حقوق الإنسان دورته في جنيف.",
    "chinese.txt": "人权保护是联合国的工作。人权理事会在日内瓦举行会议。",
    "greek.txt": "Τα ανθρώπινα δικαιώματα είναι για όλους. ΑΝΘΡΩΠΙΝΑ",
    "hindi.txt": "मानवाधिकार सबके लिए हैं। परिषद की बैठक जिनेवा में हुई।",
    "russian.txt": "Права человека для всех. Ещё один совет прав человека.",
    "thai.txt": "สิทธิมนุษยชนเป็นเรื่องของทุกคน สภาสิทธิมนุษยชน",
}

QUERIES = (
    "detention", "Reports", "house", "=été", "=Türme", "=Tür", "türme", "torture OR prison", "rights -prison",
    "title:report rights", '"human rights"', '"the right to"', '"of the" OR "the right"', "light-house",
    '"the light-house and"', "rights NEAR/3 human", "the NEAR/0 of", "the NEAR/6 the", "keeper NEAR/5 lighthouse",
    "47500 NEAR/5 service", "detain*", "*tion", "m?n*", "human-right*", "lighth*", "detentoin~", "lighthousse~2",
    "lighthouse", '"in the lighthouse and"', '"a welllit lamp"', "harbour", "welllit", "international", "breakwater",
    "quarantine", "stormtossed", '"the quaran tine and"', "wickmaker", "47,500", "47500", '"47 500 copies"', "uk",
    "u.k.", "0198526636", "Bevölkerung", '"some 47500 lamps of the u.k. service"',
    "人权", '"人权理事会"', "灯塔", "法院和灯塔管理", '"院和灯塔管理员"', "人民", "등대지기",
    '"국가인권위원회의 권고를"', "인권*", "حقوق", '"حقوق الإنسان"', "मानवाधिकार", "прав", "ещё",
    "человека NEAR/2 прав", "ανθρωπινα", "สิทธิ",
)  # fmt: skip

Archives = tuple[Archive, Archive]


@pytest.fixture(scope="module")
def archives(
    tmp_path_factory: pytest.TempPathFactory, run_index: Callable[..., object], memory_engine: str
) -> Iterator[Archives]:
    """The sample with texts of several scripts and with divided words, as either engine opens it."""
    folder = tmp_path_factory.mktemp("mixed")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    for name, text in {**TEXTS, **SCRIPTS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    run_index(folder)
    in_memory = replace(load_settings(folder), engine=memory_engine)
    with open_archive(folder) as on_disk, Archive(partial(open_state, folder, in_memory)) as read_whole:
        with read_whole.shared.use() as state:
            assert isinstance(state.engine, MemoryEngine)
        yield on_disk, read_whole


def values(answer: object) -> object:
    """Return an answer as plain values, numbers to nine digits, which sums in another order leave alike."""
    if is_dataclass(answer):
        return {field.name: values(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, list | tuple):
        return [values(part) for part in answer]
    return float(f"{answer:.9g}") if isinstance(answer, float) else answer


def check(archives: Archives, tool: Callable[[Archive], object]) -> object:
    """Return what a tool answers on both engines, which has to be the same."""
    on_disk, read_whole = (values(tool(archive)) for archive in archives)
    assert on_disk == read_whole
    return on_disk


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("stemmed", [False, True], ids=["written", "stemmed"])
def test_lines_with_their_pages_are_the_same(archives: Archives, query: str, stemmed: bool) -> None:
    options = KwicOptions(sort=(LineKey.LEFT_1, LineKey.RIGHT_1), group=LineKey.NODE, limit=300, stemmed=stemmed)
    check(archives, partial(kwic, request=Request(query), options=options))


def test_the_queries_find_lines_and_pages(archives: Archives) -> None:
    found = {query: kwic(archives[0], Request(query)) for query in QUERIES}
    assert {query for query, lines in found.items() if not lines.total} <= {"=Tür"}
    assert {line.page for lines in found.values() for line in lines.lines} >= {None, 1, 2, 3}


@pytest.mark.parametrize("within", list(Within))
@pytest.mark.parametrize("key", SORT_KEYS)
def test_lines_in_every_order_and_place_are_the_same(archives: Archives, within: Within, key: LineKey) -> None:
    options = KwicOptions(sort=(key,), within=within, limit=300, sample=60, seed=5)
    check(archives, partial(kwic, request=Request('report OR "the square" OR rights'), options=options))


def test_places_of_drawn_queries_are_the_same(archives: Archives) -> None:
    with archives[0].shared.use() as state, archives[1].shared.use() as other:
        for query in random_queries(plain_texts(state), 60, 11):
            for stemmed in (False, True):
                places = [count_node(one, Request(query), stemmed=stemmed).occurrences for one in (state, other)]
                rows = [
                    sorted(zip(one.token_index.document_ids(found.documents), found.positions.tolist(),
                               found.lengths.tolist(), strict=True))
                    for one, found in zip((state, other), places, strict=True)
                ]  # fmt: skip
                assert rows[0] == rows[1], query


@pytest.mark.parametrize("step", list(TrendStep))
def test_trends_are_the_same(archives: Archives, step: TrendStep) -> None:
    for first in range(0, len(QUERIES), 6):
        requests = [Request(query) for query in QUERIES[first : first + 6]]
        check(archives, partial(trend, requests=requests, step=step))


@pytest.mark.parametrize("within", list(WindowUnit))
def test_collocates_are_the_same(archives: Archives, within: WindowUnit) -> None:
    for place, query in enumerate(QUERIES[list(WindowUnit).index(within) :: len(WindowUnit)]):
        options = CollocateOptions(4, within, 1, function_words=place % 2 == 0, stemmed=place % 4 == 0)
        check(archives, partial(collocates, request=Request(query), options=options))


@pytest.mark.parametrize("asked", [Request(), Request("rights"), Request(filters=(Filter("category", "statement"),))])
def test_frequencies_and_comparisons_are_the_same(archives: Archives, asked: Request) -> None:
    for function_words in (False, True):
        listed = FrequencyOptions(min_hits=1, function_words=function_words)
        compared = ComparisonOptions(2, 1, function_words=function_words)
        check(archives, partial(frequencies, request=asked, options=listed))
        check(archives, partial(compare, request=asked, a="date:..2018", options=compared))


def test_first_uses_are_the_same(archives: Archives) -> None:
    for query in QUERIES[::3]:
        check(archives, partial(first_use, request=Request(query)))
