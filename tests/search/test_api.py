"""The Python API of an archive: what it refuses, and what it returns."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from corpus.errors import ArchiveError, CatalogueError, IndexStateError, MunimentError, UnknownDocumentError, UsageError
from indexer.ingest.run_events import Summary
from search.presentation.json_format import document_json, page_json


@cache
def opened(folder: Path) -> search.Archive:
    return search.open_archive(folder)


def test_a_folder_that_is_missing_or_no_archive_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such folder") as missing:
        search.open_archive(tmp_path / "nowhere")
    with pytest.raises(CatalogueError, match="not an archive yet") as empty:
        search.open_archive(str(tmp_path))
    assert missing.value.hint
    assert empty.value.hint
    assert not list(tmp_path.iterdir())


def test_an_archive_is_closed_after_a_with_statement(sample_folder: Path) -> None:
    with search.open_archive(sample_folder) as archive:
        hit = archive.search(search.Request("torture", limit=1)).hits[0]
        assert archive.document(hit.id).path == hit.path
    with pytest.raises(MunimentError):
        archive.document(hit.id)


@pytest.mark.parametrize("document_id", ["", "nosuch", "' OR 1=1", "\udcff", "a" * 10_000])
def test_an_id_of_no_document_is_reported_as_unknown(sample_folder: Path, document_id: str) -> None:
    with search.open_archive(sample_folder) as archive:
        for read in (archive.document, archive.texts, archive.view):
            with pytest.raises(UnknownDocumentError):
                read(document_id)


@pytest.mark.parametrize(
    "request_",
    [
        search.Request(limit=-1), search.Request(limit=1001), search.Request(offset=-1), search.Request(passages=-1),
        search.Request(facets=("colour",)), search.Request(facets=("category", "date")),
        search.Request(filters=(search.Filter("colour", "red"),)), search.Request(filters=(search.Filter("in", "a"),)),
        search.Request(filters=(search.Filter("date", "2019..2017"),)),
    ],
)  # fmt: skip
def test_a_request_out_of_bounds_is_refused(sample_folder: Path, request_: search.Request) -> None:
    with search.open_archive(sample_folder) as archive, pytest.raises(UsageError) as refused:
        archive.search(request_)
    assert refused.value.hint
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"sort": "newest"}, "sort has to be Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST, Sort.TITLE; it is 'newest'."),
        ({"query": None}, "query has to be text; it is None."),
        ({"limit": "10"}, "limit has to be a whole number from 0 to 1,000; it is '10'."),
        ({"limit": True}, "limit has to be a whole number from 0 to 1,000; it is True."),
        ({"offset": -1}, "offset has to be a whole number from 0; it is -1."),
        ({"offset": 2**200}, "offset has to be a whole number from 0; it is a very large number."),
        ({"filters": search.Filter("category", "report")}, ("filters has to be a tuple of muniment.Filter; "
         "it is a value of type Filter.")),
        ({"filters": ("category", "report")}, "filters has to be a tuple of muniment.Filter; it is 'category'."),
        ({"filters": (search.Filter("category", 5),)}, "the value of a filter has to be text; it is 5."),  # type: ignore[arg-type]
        ({"facets": "category"}, ("facets has to be a tuple of category, year, language, author, country, format; "
         "it is 'category'.")),
        ({"expand": 1}, "expand has to be True, False or None; it is 1."),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_named_with_what_it_takes(
    sample_folder: Path, arguments: dict[str, Any], told: str
) -> None:
    with search.open_archive(sample_folder) as archive, pytest.raises(UsageError) as refused:
        archive.search(search.Request(**arguments))
    assert refused.value.message == told


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-2, 12), st.floats(), st.text(max_size=12), st.binary(),
    st.sampled_from(["category", "date", "author", "2019..", "none", "torture", "is:failed", "newest"]),
    st.just(object()), st.just(int), st.sampled_from(search.Sort), st.lists(st.text(max_size=3), max_size=2),
    st.dates(), st.just(float("nan")), st.just(Path("/nowhere")), st.dictionaries(st.text(max_size=1), st.none()),
)  # fmt: skip
PARTS = [field.name for field in dataclasses.fields(search.Request)]
REQUESTS = st.builds(
    lambda arguments: search.Request(**arguments),
    st.dictionaries(
        st.sampled_from(PARTS),
        ANYTHING
        | st.builds(search.Filter, ANYTHING, ANYTHING, ANYTHING | st.booleans()).map(lambda one: (one,))
        | st.lists(ANYTHING, max_size=2).map(tuple),
        max_size=3,
    ),
)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_argument_raises_an_error_from_the_inside(sample_folder: Path, data: st.DataObject) -> None:
    archive, some = opened(sample_folder), data.draw(ANYTHING)
    some_id = data.draw(ANYTHING | st.just(archive.search(search.Request(limit=1)).hits[0].id))
    request = data.draw(REQUESTS | ANYTHING)
    calls: list[Callable[[], object]] = [
        lambda: archive.search(request), lambda: archive.explain(request, some_id), lambda: archive.suggest(some),
        lambda: archive.suggest("tor", some), lambda: archive.similar(some_id, some), lambda: archive.document(some_id),
        lambda: archive.texts(some_id), lambda: archive.view(some_id, page=some), lambda: search.plain(some),
        lambda: archive.view(some_id, withdrawn=some),
        lambda: archive.view(some_id, query=some), lambda: search.open_archive(some).close(),
    ]  # fmt: skip
    for call in calls:
        with suppress(MunimentError):
            call()


@pytest.mark.parametrize("query", ["", '"', "(((", "-", "\udcff", "\x00", "a" * 9_000, "*" * 500, "title:", "~5 ^ OR"])
def test_no_query_raises_and_every_answer_can_be_written_as_json(sample_folder: Path, query: str) -> None:
    with search.open_archive(sample_folder) as archive:
        answer = archive.search(search.Request(query, limit=2))
        assert answer.text == query
        assert json.loads(json.dumps(page_json(answer)))["total"] == answer.total
        for field in ("category", "date", "language", "author", "title"):
            archive.search(search.Request(filters=(search.Filter(field, query),), limit=0))


def test_answers_are_frozen_values(sample_folder: Path) -> None:
    with search.open_archive(sample_folder) as archive:
        answer = archive.search(search.Request("torture", limit=1))
        with pytest.raises(dataclasses.FrozenInstanceError):
            answer.total = 0  # type: ignore[misc]
        assert dataclasses.replace(archive.search(search.Request("torture", limit=1)), took_ms=answer.took_ms) == answer


def test_a_document_is_shown_page_by_page_with_the_matches_of_a_query(sample_folder: Path) -> None:
    with search.open_archive(sample_folder) as archive:
        hit = archive.search(search.Request('"places of detention" format:pdf', limit=1)).hits[0]
        number = hit.passages[0].page
        view = archive.view(hit.id, page=number, query='"places of detention"')
        assert {text.number for text in view.texts} == {number}
        matches = [text.text[a:b] for text, spans in zip(view.texts, view.spans, strict=True) for a, b in spans]
        assert {" ".join(match.casefold().split()) for match in matches} == {"places of detention"}
        assert json.loads(json.dumps(document_json(view)))["id"] == hit.id
        assert archive.view(hit.id, query='"open').diagnostics
        with pytest.raises(UsageError, match="has no page 999"):
            archive.view(hit.id, page=999)


def test_the_index_of_another_archive_is_refused_before_any_search(
    sample_folder: Path, tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    (tmp_path / "only.txt").write_text("The only document of another archive.", encoding="utf-8")
    run_index(tmp_path)
    index = (tmp_path / ".muniment" / "index").resolve()
    shutil.rmtree(index)
    shutil.copytree((sample_folder / ".muniment" / "index").resolve(), index)
    with pytest.raises(IndexStateError, match="the catalogue only those up to") as caught:
        search.open_archive(tmp_path)
    assert "reindex" in caught.value.hint


def test_documents_in_the_index_but_not_in_the_catalogue_are_an_error(papers: Path) -> None:
    with sqlite3.connect(papers / ".muniment" / "catalogue.db") as catalogue:
        assert catalogue.execute("DELETE FROM documents").rowcount
    with (
        search.open_archive(papers) as archive,
        pytest.raises(CatalogueError, match="the catalogue does not have") as caught,
    ):
        archive.search(search.Request())
    assert "reindex" in caught.value.hint


def test_an_answer_has_a_bounded_number_of_passages_and_says_so(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.presentation.present_matches.MAX_PASSAGES", 6)
    with search.open_archive(sample_folder) as archive:
        request = search.Request("the", any=True, limit=3, passages=9)
        result = archive.search(request)
        assert len(result.hits) == 3
        assert all(len(hit.passages) <= 2 for hit in result.hits)
        (notice,) = [row for row in result.diagnostics if row.kind == "limit"]
        assert str(notice.message).startswith("An answer has at most 6 passages, here 2 of each hit.")
        assert not archive.search(replace(request, passages=2)).diagnostics
