"""The Python API of an archive: what it refuses, and what it returns."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import search
from corpus.errors import ArchiveError, CatalogueError, MunimentError, UnknownDocumentError, UsageError
from indexer.ingest.run_events import Summary
from search.presentation.json_format import document_json, page_json


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
    ],
)  # fmt: skip
def test_a_request_out_of_bounds_is_refused(sample_folder: Path, request_: search.Request) -> None:
    with search.open_archive(sample_folder) as archive, pytest.raises(UsageError) as refused:
        archive.search(request_)
    assert refused.value.hint


@pytest.mark.parametrize("query", ["", '"', "(((", "-", "\udcff", "\x00", "a" * 9_000, "*" * 500, "title:", "~5 ^ OR"])
def test_no_query_raises_and_every_answer_can_be_written_as_json(sample_folder: Path, query: str) -> None:
    with search.open_archive(sample_folder) as archive:
        answer = archive.search(search.Request(query, limit=2))
        assert answer.text == query
        assert json.loads(json.dumps(page_json(answer)))["total"] == answer.total
        for field in ("category", "date", "language", "colour", "title"):
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


def test_documents_in_the_index_but_not_in_the_catalogue_are_an_error(
    sample_folder: Path, tmp_path: Path, run_index: Callable[..., Summary]
) -> None:
    (tmp_path / "only.txt").write_text("The only document of another archive.", encoding="utf-8")
    run_index(tmp_path)
    index = (tmp_path / ".muniment" / "index").resolve()
    shutil.rmtree(index)
    shutil.copytree((sample_folder / ".muniment" / "index").resolve(), index)
    with (
        search.open_archive(tmp_path) as archive,
        pytest.raises(CatalogueError, match="the catalogue does not have") as caught,
    ):
        archive.search(search.Request("torture"))
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
