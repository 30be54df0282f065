"""The same archive on both engines: equal totals, facets, hits and notices, and equal tables of the tools."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.compare_answers import queries_of
from corpus.sample import ARCHIVE as SAMPLE
from indexer.index.index_backend import open_backend
from muniment import Archive, Filter, KwicOptions, Request, Sort, kwic, open_archive, trend
from search import query as q
from search.grammar.parse import parse
from search.opensearch_engine import cluster_reader, cluster_state, leaf_slots, term_listing
from search.opensearch_engine.second_look import matching_documents
from search.word_statistics.collocates import collocates
from search.word_statistics.comparison import compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import frequencies
from tests.cluster.moved_archives import index_folder, move_to_cluster, rebuild
from tests.cluster.random_requests import RequestDraw
from tests.search.grammar.test_query_docs import TODAY, lines
from tests.support import DATA

Pair = tuple[Path, Path]
Archives = tuple[Archive, Archive]
SEED, RANDOM_REQUESTS = 20, 2000
TOP, LEAST_OVERLAP = 10, 0.9
SLOW = ("reports", "languages")
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


def write_sample(folder: Path) -> None:
    """Write the sample archive, with texts in which words are divided."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")


def copy_data(*names: str) -> Callable[[Path], None]:
    """Return a function that copies folders of third-party documents, and skips where they are missing."""

    def copied(folder: Path) -> None:
        for name in names:
            if not (DATA / name).is_dir():
                pytest.skip(f"no folder {DATA / name}: MUNIMENT_TEST_DATA names the third-party documents")
            shutil.copytree(DATA / name, folder / name)

    return copied


SOURCES: dict[str, Callable[[Path], None]] = {
    "sample": write_sample, "reports": copy_data("statements", "reports"), "languages": copy_data("languages/udhr"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["sample", *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def folders(cluster: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Pair]:
    """Yield the folders of an archive on this machine, and of its copy on the cluster."""
    here, there = (tmp_path_factory.mktemp(f"{request.param}-{place}") for place in ("here", "there"))
    SOURCES[request.param](here)
    index_folder(here)
    rebuild(here)  # states of documents that were replaced during the run count in scores until they are merged away
    shutil.copytree(here, there, dirs_exist_ok=True)
    try:
        move_to_cluster(there, f"{cluster}test-same-{request.param}-{os.getpid()}")
        yield here, there
    finally:
        open_backend(there).remove()


@pytest.fixture(scope="module")
def archives(folders: Pair) -> Iterator[Archives]:
    """Yield an archive on the engine of this machine, and its copy on the cluster."""
    with open_archive(folders[0]) as here, open_archive(folders[1]) as there:
        yield here, there


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    """Return the name of the archive that a test asks."""
    return str(request.node.callspec.params["folders"])


def answer(archive: Archive, request: Request) -> dict[str, Any]:
    result = asdict(archive.search(request))
    del result["took_ms"]
    return result


def unlike(archives: Archives, queries: Iterable[str], **options: Any) -> list[object]:
    """Return the queries whose answers differ in more than the order of hits, with both answers."""
    return compare_all(archives, [Request(query, facets=FACETS, limit=1000, **options) for query in queries])[0]


def compare_all(archives: Archives, requests: Sequence[Request]) -> tuple[list[object], list[float]]:
    """Return the requests whose answers differ, with both, and of each one by relevance its share of equal first hits.

    Hits by relevance are compared as a set; those in another order, in that order.
    """
    differing, shares = list[object](), list[float]()
    for request in requests:
        here, there = (answer(archive, request) for archive in archives)
        ids, other_ids = ([hit["id"] for hit in one.pop("hits")] for one in (here, there))
        if request.sort is Sort.RELEVANCE:
            shares.append(len({*ids[:TOP]} & {*other_ids[:TOP]}) / len(ids[:TOP]) if ids else 1.0)
            ids, other_ids = sorted(ids), sorted(other_ids)
        if (here, ids) != (there, other_ids):
            differing.append((request, here, there, {*ids} ^ {*other_ids}))
    return differing, shares


def hold(archives: Archives, requests: Sequence[Request], kind: str, figures: list[str]) -> None:
    """Show how many answers to some requests differ; none may, and the first hits are to be nearly the same."""
    differing, shares = compare_all(archives, requests)
    mean = sum(shares) / len(shares)
    figures.append(
        f"{kind}: {len(requests)} requests, {len(differing)} differ; the first {TOP} of {len(shares)} by relevance"
        f" overlap by {mean:.3f}"
    )
    assert differing == []
    assert mean >= LEAST_OVERLAP


def test_every_query_form_has_the_same_totals_facets_and_hits(archives: Archives) -> None:
    assert unlike(archives, QUERIES, passages=0) == []


@pytest.mark.parametrize("kind", ["examples", "examples-any", "problems"])
def test_every_example_of_the_query_language_is_answered_alike(archives: Archives, kind: str) -> None:
    assert unlike(archives, [row[0] for row in lines(kind)], passages=0, any=kind == "examples-any") == []


@pytest.mark.parametrize("options", [{"any": True}, {"expand": True}, {"sort": Sort.NEWEST}, {"sort": Sort.TITLE}])
def test_every_way_to_ask_has_the_same_answers(archives: Archives, options: dict[str, Any]) -> None:
    assert unlike(archives, QUERIES[::3], passages=0, **options) == []


def test_drawn_queries_have_the_same_answers(archives: Archives, folders: Pair, kind: str, figures: list[str]) -> None:
    queries = queries_of(folders[0], 6)
    hold(archives, [Request(query, facets=FACETS, limit=1000, passages=0) for query in queries], kind, figures)


@pytest.mark.slow
def test_random_requests_have_the_same_answers(
    archives: Archives, folders: Pair, kind: str, figures: list[str]
) -> None:
    hold(archives, list(RequestDraw(folders[0], SEED).requests(RANDOM_REQUESTS)), kind, figures)


def test_random_requests_contain_every_kind_of_query(archives: Archives, folders: Pair) -> None:
    kinds = set[type]()
    for request in RequestDraw(folders[0], SEED).requests(400):
        waiting = [parse(request.query, any=request.any, today=TODAY).query]
        while waiting:
            kinds.add(type(waiting[-1]))
            waiting += q.children(waiting.pop())
    assert set(get_args(q.Query)) <= {*kinds, q.Nothing}


def test_phrases_with_many_ways_are_looked_up_in_the_texts(archives: Archives, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = list[q.TextLeaf]()

    def noted(leaf: q.TextLeaf, *rest: Any) -> list[str]:
        looked_up.append(leaf)
        return matching_documents(leaf, *rest)

    monkeypatch.setattr(leaf_slots, "MAX_PATHS", 0)
    monkeypatch.setattr(cluster_state, "matching_documents", noted)
    runs = ["ill-treat*", "self-*", "heart-to-heart~", "human-rihgts~1", "inves*-of", "=heart-to-heart", "co-oper*"]
    assert unlike(archives, [*runs, *QUERIES], passages=0) == []
    assert {type(leaf) for leaf in looked_up} == {q.Word, q.Phrase, q.Wildcard, q.Fuzzy}


def test_patterns_whose_words_fill_many_pages_are_equal(
    archives: Archives, folders: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cluster_reader, term_listing):
        monkeypatch.setattr(module, "LISTED_TERMS", 5)
    with open_archive(folders[1]) as anew:
        assert unlike((archives[0], anew), ["*-of", "of-*", "e*", "?o", "rihgts~2", "de~", *QUERIES], passages=0) == []


def test_scores_and_passages_of_words_are_those_of_one_machine(archives: Archives) -> None:
    for query in ("human rights", '"human rights"', "investigation of the council", "rights NEAR/3 human", "detention"):
        here, there = (archive.search(Request(query)).hits for archive in archives)
        assert [replace(hit, score=round(hit.score or 0, 5)) for hit in here] == [
            replace(hit, score=round(hit.score or 0, 5)) for hit in there
        ]


def test_filters_of_several_facets_ignore_their_own(archives: Archives) -> None:
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
    # In an archive of many languages those with nearly equal scores change places (docs/cluster.md, What differs).
    "similar documents": lambda archive: sorted(
        hit.id for hit in archive.similar(archive.search(Request("rights")).hits[0].id).hits
    ),
    "explanation": lambda archive: archive.explain(
        Request("human rights"), archive.search(Request("human rights")).hits[0].id
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_gives_the_same_table(archives: Archives, tool: str) -> None:
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
