"""Documents are indexed on this machine when a question looks into them: once, privately, and up to a bound."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from corpus.catalogue import open_catalogue
from corpus.errors import ClosedArchiveError, IndexStateError, SlowAnswerError, UsageError
from indexer.index import index_layout
from indexer.index.manifest import index_path
from indexer.index.segment import write_segment
from search.deadline import answered_within
from search.opensearch_engine import document_texts, scratch_index
from search.opensearch_engine.document_texts import CatalogueTexts
from search.opensearch_engine.scratch_index import ScratchIndex
from search.whoosh_engine.arrays.snapshot import Snapshot, open_snapshot


@pytest.fixture
def private_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files that no other test uses."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def whole(sample_folder: Path) -> Iterator[Snapshot]:
    with closing(open_snapshot(index_path(sample_folder))) as snapshot:
        yield snapshot


def ids_of(snapshot: Snapshot) -> list[str]:
    return [document_id.decode() for document_id in snapshot.strings("id").tolist()]


def terms_of(snapshot: Snapshot, field: str, number: int) -> dict[bytes, list[int]]:
    """Return the terms of a field in one document, with their positions."""
    terms = snapshot.field(field)
    numbers = terms.beginning_with("")
    listed = [term for segment in terms.terms(numbers) for term in segment]
    places = terms.places([terms.find(term.decode()) for term in dict.fromkeys(listed)], np.array([number]))
    found = zip(dict.fromkeys(listed), places, strict=True)
    return {term: (here - (number << 32)).tolist() for term, here in found if len(here)}


def test_a_document_has_the_words_that_the_index_of_the_archive_has(sample_folder: Path, whole: Snapshot) -> None:
    ids = ids_of(whole)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        found = scratch.documents(ids[10:14])
        for document_id in ids[10:14]:
            for field in (*index_layout.WORDS, *index_layout.JOINED.values(), *index_layout.MARKED.values()):
                here = terms_of(found.snapshot, field, found.numbers[document_id])
                assert here == terms_of(whole, field, ids.index(document_id))


def test_what_is_in_the_index_is_neither_read_again_nor_renumbered(
    sample_folder: Path, whole: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ids_of(whole)
    monkeypatch.setattr(scratch_index, "_MAX_SEGMENTS", 2)  # so that segments are merged
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        before: dict[str, int] = {}
        for count in range(4, len(ids) + 1, 4):
            found = scratch.documents(ids[:count])
            assert dict(found.numbers) | before == found.numbers
            assert len(found.snapshot.segments()) <= 2
            before = dict(found.numbers)
        named = ids_of(found.snapshot)
        assert [named[number] for number in before.values()] == list(before)
        monkeypatch.setattr(document_texts, "open_catalogue", None)
        assert scratch.documents(reversed(ids)).numbers == before


def test_no_file_of_the_index_remains_and_none_is_readable_by_others(
    sample_folder: Path, whole: Snapshot, private_temp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = []

    def watched(folder: Path, *values: object) -> object:
        modes.append(folder.stat().st_mode & 0o777)
        return write(folder, *values)  # type: ignore[arg-type]

    write = write_segment
    monkeypatch.setattr(scratch_index, "write_segment", watched)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        found = scratch.documents(ids_of(whole))
        assert modes == [0o700]
        assert not [*private_temp.iterdir()]
        assert len(found.snapshot.field("text").postings(found.snapshot.field("text").find("the")).ids)


def test_unknown_and_later_changed_documents_are_left_out(sample_folder: Path, whole: Snapshot) -> None:
    ids = ids_of(whole)
    with closing(open_catalogue(sample_folder)) as catalogue:
        changes = dict(catalogue.rows("SELECT id, changed FROM documents"))
    change = sorted(changes[document_id] for document_id in ids)[len(ids) // 2]
    with closing(ScratchIndex(CatalogueTexts(sample_folder), change)) as scratch:
        numbers = scratch.documents([*ids, "nobody", "' OR 1=1 --"]).numbers
    assert set(numbers) == {document_id for document_id in ids if changes[document_id] <= change}


def test_the_oldest_give_way_where_there_is_no_room(
    sample_folder: Path, whole: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ids_of(whole)
    monkeypatch.setattr(scratch_index, "MAX_CHARACTERS", 60_000)
    monkeypatch.setattr(scratch_index, "BATCH_CHARACTERS", 10_000)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        for start in range(0, len(ids), 4):
            found = scratch.documents(ids[start : start + 4])
            assert set(found.numbers) == set(ids[start : start + 4])
            assert found.snapshot.documents < len(ids)
        with pytest.raises(UsageError, match="more than 60,000 characters"):
            scratch.documents(ids)
        assert len(scratch.documents(ids[:4]).numbers) == 4


def test_threads_that_ask_at_once_get_their_documents(
    sample_folder: Path, whole: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = ids_of(whole)
    monkeypatch.setattr(scratch_index, "BATCH_CHARACTERS", 10_000)
    texts = CatalogueTexts(sample_folder)
    with (
        closing(ScratchIndex(texts, whole.change)) as scratch,
        ThreadPoolExecutor(6) as threads,
    ):
        for found in threads.map(lambda start: scratch.documents(ids[start::3]), [0, 1, 2, 0, 1, 2]):
            named = ids_of(found.snapshot)
            assert all(named[number] == document_id for document_id, number in found.numbers.items())
        assert len(scratch.documents(ids).numbers) == len(ids)


def test_a_late_answer_ends_and_keeps_what_was_read(
    sample_folder: Path, whole: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scratch_index, "BATCH_CHARACTERS", 1)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        with answered_within(1e-9), pytest.raises(SlowAnswerError):
            scratch.documents(ids_of(whole))
        assert scratch.documents([]).snapshot.documents


def test_a_full_disk_is_told_and_leaves_the_index_as_it_was(
    sample_folder: Path, whole: Snapshot, private_temp: Path
) -> None:
    ids = ids_of(whole)
    with closing(ScratchIndex(CatalogueTexts(sample_folder), whole.change)) as scratch:
        scratch.documents(ids[:2])
        shutil.rmtree(private_temp)
        with pytest.raises(IndexStateError, match="temporary"):
            scratch.documents(ids[:4])
        assert set(scratch.documents(ids[:2]).numbers) == set(ids[:2])


def test_a_closed_index_answers_nothing(sample_folder: Path, whole: Snapshot) -> None:
    scratch = ScratchIndex(CatalogueTexts(sample_folder), whole.change)
    scratch.documents(ids_of(whole)[:2])
    scratch.close()
    with pytest.raises(ClosedArchiveError):
        scratch.documents(ids_of(whole)[:2])
