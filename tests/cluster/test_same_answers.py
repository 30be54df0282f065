"""The same archive on both engines: equal totals, facets, hits and notices, and equal tables of the tools."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.compare_answers import queries_of
from indexer.index.index_backend import open_backend
from muniment import Archive, Filter, KwicOptions, Request, Sort, kwic, open_archive, trend
from search.word_statistics.collocates import collocates
from search.word_statistics.comparison import compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import frequencies
from tests.cluster.moved_archives import index_folder, move_to_cluster

FACETS = ("category", "year", "language", "author", "country", "format")
TEXTS = {
    "divided.txt": "The exami-\nnation of 10,000 votes by the U.N. was abso-\nlutely fair. Co-\noperation, "
    "co-operation. ISBN 978-0-306-40615-7. A heart-to-heart talk with A/HRC/47/1 and 10 000 votes.",
    "pages.txt": "A long inves-\ftigation of the coun-\ncil. The council met. L'État et l'été, le détenu."
    "\fetat ete detenu",
    "chinese.txt": "人权保护是联合国的工作。人权理事会在日内瓦举行会议。",
    "japanese.txt": "人権の保護は国連の仕事です。人権理事会はジュネーブで開かれます。",
    "thai.txt": "สิทธิมนุษยชนเป็นเรื่องของทุกคน สภาสิทธิมนุษยชน",
    "arabic.txt": "حقوق الإنسان للجميع. عقد مجلس حقوق الإنسان دورته في جنيف.",
    "hindi.txt": "मानवाधिकार सबके लिए हैं। परिषद की बैठक जिनेवा में हुई।",
    "korean.txt": "인권은 모두를 위한 것이다. 인권이사회는 제네바에서 열렸다.",
    "russian.txt": "Права человека для всех. Ещё один совет прав человека.",
    "german.txt": "Die Menschenrechte gelten für alle. Der Menschenrechts-\nrat tagt in Genf. Straße, STRASSE.",
    "turkish.txt": "İnsan hakları herkes içindir. Işık ve ılık su. İNSAN",
    "greek.txt": "Τα ανθρώπινα δικαιώματα είναι για όλους. ΑΝΘΡΩΠΙΝΑ",
}
QUERIES = [
    "", "*", "zzqqzz", "--", '"the of"', "human rights", "rights NEAR/3 human", '"human rights human"~9', "=été", "été",
    "=Etat", "examination", '"examination of"', '"of 10000 votes"', '"10,000 votes"', "10000", "10000 NEAR/2 votes",
    '"by the un was"', "UN", "absolutely", '"absolutely fair"', "cooperation", '"co-operation"', "978-0-306-40615-7",
    "9780306406157", "heart-to-heart", "A/HRC/47/1", "inves*", "investigation", '"investigation of the council"',
    "coun?il", "*ation", "m?n*", "rihgts~", "examinaton~2", "abslutely~", "人权", '"人权理事会"', "人権", "สิทธิ", "حقوق",
    '"حقوق الإنسان"', "मानवाधिकार", "인권",
    "прав", "ещё", "еще", "menschenrechtsrat", "strasse", "straße", "insan", "ışık",
    "ανθρωπινα",
    "date:none", "-date:none", "has:author", "-has:author", "language:fr", "category:none", "id:zzzzzzzzzz",
    "file:statements", "file:state*", "title:rights^3 OR report", "in:title rights", "NOT rights", "rights -report",
    "(rights OR report) council", "date:2019..", "date.within:2018..2020", "is:partial", "WHO", "who",
]  # fmt: skip


@pytest.fixture(scope="module")
def archives(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, Archive]]:
    """Yield an archive on the engine of this machine, and its copy on the cluster."""
    folder = tmp_path_factory.mktemp("here")
    shutil.copytree(Path("corpus/sample/archive"), folder, dirs_exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    index_folder(folder)
    moved = tmp_path_factory.mktemp("there")
    shutil.copytree(folder, moved, dirs_exist_ok=True)
    move_to_cluster(moved, f"{cluster}test-same-answers-{os.getpid()}")
    with ExitStack() as opened:
        opened.callback(open_backend(moved).remove)
        yield opened.enter_context(open_archive(folder)), opened.enter_context(open_archive(moved))


@pytest.fixture(scope="module")
def drawn(archives: tuple[Archive, Archive], tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], list[str]]:
    """Return a function that draws so many queries of each kind from the texts of the archive."""
    return partial(queries_of, tmp_path_factory.getbasetemp() / "here0")


def answer(archive: Archive, request: Request) -> dict[str, Any]:
    result = asdict(archive.search(request))
    del result["took_ms"]
    return result


def unlike(archives: tuple[Archive, Archive], queries: list[str], **options: Any) -> list[object]:
    """Return the queries whose answers differ in more than the order of hits, with both answers."""
    found: list[object] = []
    for query in queries:
        here, there = (answer(archive, Request(query, facets=FACETS, limit=1000, **options)) for archive in archives)
        ids, other_ids = ({hit["id"] for hit in one.pop("hits")} for one in (here, there))
        if (here, ids) != (there, other_ids):
            found.append((query, here, there, ids ^ other_ids))
    return found


def test_every_query_form_has_the_same_totals_facets_and_hits(archives: tuple[Archive, Archive]) -> None:
    assert unlike(archives, QUERIES, passages=0) == []


@pytest.mark.parametrize("options", [{"any": True}, {"expand": True}, {"sort": Sort.NEWEST}, {"sort": Sort.TITLE}])
def test_every_way_to_ask_has_the_same_answers(archives: tuple[Archive, Archive], options: dict[str, Any]) -> None:
    assert unlike(archives, QUERIES[::3], passages=0, **options) == []


def test_drawn_queries_have_the_same_totals_facets_and_hits(
    archives: tuple[Archive, Archive], drawn: Callable[[int], list[str]]
) -> None:
    assert unlike(archives, drawn(6), passages=0) == []


@pytest.mark.slow
def test_two_thousand_drawn_queries_have_the_same_answers(
    archives: tuple[Archive, Archive], drawn: Callable[[int], list[str]]
) -> None:
    queries = drawn(68)
    assert len(queries) >= 2000
    assert unlike(archives, queries, passages=0) == []


def test_the_first_hits_are_the_same_in_nearly_every_case(
    archives: tuple[Archive, Archive], drawn: Callable[[int], list[str]]
) -> None:
    shares = []
    for query in [*QUERIES, *drawn(3)]:
        here, there = ([hit.id for hit in archive.search(Request(query, passages=0)).hits] for archive in archives)
        shares.append(len({*here} & {*there}) / len(here) if here else 1.0)
    assert sum(shares) / len(shares) >= 0.98


def test_scores_and_passages_of_words_are_those_of_one_machine(archives: tuple[Archive, Archive]) -> None:
    for query in ("human rights", '"human rights"', "investigation of the council", "rights NEAR/3 human", "detention"):
        here, there = (archive.search(Request(query)).hits for archive in archives)
        assert [replace(hit, score=round(hit.score or 0, 5)) for hit in here] == [
            replace(hit, score=round(hit.score or 0, 5)) for hit in there
        ]


def test_filters_of_several_facets_ignore_their_own(archives: tuple[Archive, Archive]) -> None:
    known = archives[0].search(Request("", facets=FACETS, limit=0)).facets
    chosen = tuple(Filter("category", row.value) for row in known["category"][:2])
    for filters in (chosen, (*chosen, Filter("language", "en"), Filter("date", "2018..", exclude=True))):
        assert unlike(archives, ["", "rights", "report OR council"], passages=0, filters=filters) == []


Tool = Callable[[Archive], object]
TOOLS: dict[str, Tool] = {
    "kwic of a word": lambda archive: kwic(archive, Request("rights"), KwicOptions(limit=200)),
    "kwic of a phrase": lambda archive: kwic(archive, Request('"human rights"'), KwicOptions(limit=200)),
    "kwic of a beginning": lambda archive: kwic(archive, Request("detain*"), KwicOptions(limit=200)),
    "kwic of a divided word": lambda archive: kwic(archive, Request("examination"), KwicOptions(limit=200)),
    "trend": lambda archive: trend(archive, [Request("rights"), Request("report")]),
    "frequencies": lambda archive: frequencies(archive, Request("rights")),
    "collocates": lambda archive: collocates(archive, Request("rights")),
    "comparison": lambda archive: compare(archive, Request(""), "date:..2018", None),
    "first use": lambda archive: first_use(archive, Request("council")),
    "suggestions": lambda archive: [archive.suggest(text) for text in ("rig", "human r", "exam", "council de")],
    "similar documents": lambda archive: [
        hit.id for hit in archive.similar(archive.search(Request("rights")).hits[0].id).hits
    ],
    "explanation": lambda archive: archive.explain(
        Request("human rights"), archive.search(Request("human rights")).hits[0].id
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_gives_the_same_table(archives: tuple[Archive, Archive], tool: str) -> None:
    here, there = (TOOLS[tool](archive) for archive in archives)
    assert plain(here) == plain(there)


def plain(value: object) -> object:
    """Return a value as lists and dictionaries, numbers to nine digits, without the time that it took."""
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: plain(getattr(value, name))
            for name in value.__dataclass_fields__
            if name not in {"took_ms", "archive"}
        }
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value
