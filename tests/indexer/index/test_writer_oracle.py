from __future__ import annotations

import shutil
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.catalogue.events import EventKind
from corpus.catalogue.save_documents import set_state
from corpus.document import SEARCHABLE, State
from corpus.errors import IndexStateError
from indexer.index import index_layout, parallel_build, schema, update_index
from indexer.index.entry import IndexEntry, entry, spell_out
from indexer.index.manifest import Manifest, index_path, read_manifest, write_manifest
from indexer.ingest.run_events import Summary
from indexer.text import analysis
from indexer.text.joined_words import JUMP_MARK, joined_words
from tests.support import is_current

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

TEXTS = [
    "The committee is deeply concerned.",
    "Concern, concerned, concerning: l’été",
    "人権保護 and “rights”",
    "— … —",
    "In 10,000 words of the U.N. the com-\nmittee wel-\ncomed 10.000.",
    "x",
]


def postings(directory: Path) -> dict[Any, Any]:
    """Every posting of live documents as stock Whoosh reads it, and each document's columns."""
    with_positions = {*index_layout.WORDS, *(name for names in index_layout.VARIANTS for name in names.values())}
    index = whoosh_index.open_dir(str(directory))
    made: dict[Any, Any] = {}
    with index.reader() as reader:
        for leaf, _ in reader.leaf_readers() if reader.doc_count() else ():
            names = {number: leaf.stored_fields(number)["id"] for number in leaf.all_doc_ids()}
            for field, term, number, weight, value in leaf.iter_postings():
                if number in names:
                    kept = (
                        index.schema[field].format.decode_positions(value) if field in with_positions else value or b""
                    )
                    made[field, term, names[number]] = round(weight, 3), kept
            for field, kind in index.schema.items():
                column = leaf.column_reader(field) if kind.column_type else {}
                for number, name in names.items():
                    made[field, name] = kind.column_type and column[number], leaf.doc_field_length(number, field) or 0
    return made


def stock(directory: Path, catalogue: Catalogue) -> dict[Any, Any]:
    """The index stock ``add_document`` makes of the catalogue's documents, with a column for every document."""
    joined: dict[Any, Any] = {}
    made = whoosh_index.create_in(str(directory), schema.schema()).writer()
    for key, document in changed_since(catalogue, 0):
        if document.state in SEARCHABLE:
            indexed = entry(document, document_text(catalogue, key))
            made.add_document(**spell_out(indexed))
            joined |= {
                (*field_and_term, document.id): found for field_and_term, found in variant_postings(indexed).items()
            }
    made.commit()
    return postings(directory) | joined


def variant_postings(indexed: IndexEntry) -> dict[Any, Any]:
    """The postings of words that a document prints in parts, and of words with marks, which Whoosh cannot make."""
    positions: defaultdict[Any, list[int]] = defaultdict(list)
    for name, field in index_layout.JOINED.items():
        texts = indexed.texts[name]
        ends = list(accumulate(len(analysis.surface(stretch.text)) for stretch in texts))
        words = joined_words([stretch.text for stretch in texts], sum(stretch.continued for stretch in texts))
        uncounted = {(place, JUMP_MARK, 1) for word in words for place in word.uncounted}
        for first, form, span in [*((word.first, word.form, word.span) for word in words), *uncounted]:
            language = texts[bisect_right(ends, first)].language or indexed.language
            stem = analysis.stem(form, analysis.tag(language))
            for term_field, term in ((field, form), (index_layout.JOINED_STEMS[name], stem)):
                positions[term_field, f"{term}{index_layout.SPAN_MARK}{span}".encode()].append(first)
        for word in words:
            if word.marked:
                positions[index_layout.MARKED[name], word.marked.encode()].append(word.first)
    for name, field in index_layout.MARKED.items():
        spelled = (spelling for stretch in indexed.texts[name] for spelling in analysis.spellings(stretch.text))
        for position, spelling in enumerate(spelled):
            if spelling.marked:
                positions[field, spelling.marked.encode()].append(position)
    return {key: (float(len(firsts)), sorted(firsts)) for key, firsts in positions.items()}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, run_index: Callable[..., Summary]) -> Path:
    folder = tmp_path_factory.mktemp("written")
    files = folder / "files"
    files.mkdir()
    for number, text in enumerate(TEXTS):
        (files / f"2019 statement {number}.txt").write_text(text, encoding="utf-8")
    run_index(folder / "archive", files)
    return folder / "archive"


@pytest.fixture
def catalogue(tmp_path: Path, archive: Path) -> Iterator[Catalogue]:
    shutil.copytree(archive, tmp_path / "archive", symlinks=True)
    opened = open_catalogue(tmp_path / "archive", write=True)
    yield opened
    opened.close()


def catch_up(catalogue: Catalogue) -> list[int]:
    return list(update_index.catch_up(catalogue))


def test_the_index_equals_that_of_stock_whoosh(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "stock").mkdir()
    assert postings(index_path(catalogue.archive)) == stock(tmp_path / "stock", catalogue)
    assert is_current(catalogue)
    assert catch_up(catalogue) == []


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_the_index_of_real_statements_is_what_stock_whoosh_makes_of_them(
    data: Path, run_index: Callable[..., Summary], tmp_path: Path
) -> None:
    files = sorted(path for path in (data / "statements").rglob("*") if path.suffix in {".html", ".txt", ".docx"})
    run_index(tmp_path / "archive", *files[:: max(1, len(files) // 6)])
    catalogue = open_catalogue(tmp_path / "archive")
    (tmp_path / "stock").mkdir()
    assert postings(index_path(catalogue.archive)) == stock(tmp_path / "stock", catalogue)
    catalogue.close()


def test_small_commits_give_the_same_index_as_a_large_one(catalogue: Catalogue) -> None:
    before = postings(index_path(catalogue.archive))
    (catalogue.archive / "muniment.toml").write_text("[index]\ncommit_words = 1\n", encoding="utf-8")
    assert list(update_index.rebuild(catalogue)) == [1, 2, 3, 4, 5, 6]
    assert postings(index_path(catalogue.archive)) == before


def test_processes_side_by_side_write_the_same_index_as_one(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = postings(index_path(catalogue.archive))
    monkeypatch.setattr(parallel_build, "MIN_PARALLEL_CHARACTERS", 0)
    (catalogue.archive / "muniment.toml").write_text("[index]\ncommit_words = 8\n", encoding="utf-8")
    done = list(update_index.rebuild(catalogue, jobs=2))
    assert done == sorted(set(done))
    assert done[-1] == 6
    assert len(done) > 1
    assert postings(index_path(catalogue.archive)) == before
    assert is_current(catalogue)


SIZES = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 500)), min_size=1, max_size=40)


@given(SIZES, st.integers(2, 5), st.integers(1, 800))
def test_stretches_cover_all_changes_once_and_none_is_too_large(
    steps: list[tuple[int, int]], workers: int, most: int
) -> None:
    changes = list(accumulate((step - 1 for step, _ in steps), initial=7))[1:]  # some changes concern several documents
    sizes = [(change, size + 1) for change, (_, size) in zip(changes, steps, strict=True)]
    total = sum(size for _, size in sizes)
    stretches = [stretch for found in parallel_build.rounds(sizes, total, 5, workers, most) for stretch in found]
    assert [after for after, _ in stretches] == [5, *(last for _, last in stretches[:-1])]
    assert all(after < last for after, last in stretches)
    assert stretches[-1][1] == changes[-1]
    heaviest = max(sum(size for change, size in sizes if change == one) for one in changes)
    for after, last in stretches:
        assert sum(size for change, size in sizes if after < change <= last) <= most + heaviest


def test_a_run_that_died_before_its_manifest_repeats_the_commit(
    catalogue: Catalogue,
) -> None:
    directory = index_path(catalogue.archive)
    before = postings(directory)
    write_manifest(directory, Manifest())
    assert not is_current(catalogue)
    assert catch_up(catalogue) == [len(TEXTS)]
    assert postings(directory) == before
    assert read_manifest(directory).documents == len(TEXTS)


def test_a_withdrawn_document_leaves_the_index_and_comes_back(catalogue: Catalogue) -> None:
    directory = index_path(catalogue.archive)
    before = postings(directory)
    key, document = next(changed_since(catalogue, 0))
    for state, documents in ((State.WITHDRAWN, len(TEXTS) - 1), (document.state, len(TEXTS))):
        set_state(catalogue, key, state, None, EventKind.CHANGED)
        assert catch_up(catalogue) == [1]
        assert read_manifest(directory).documents == documents
        assert any(document.id in place for place in postings(directory)) == (documents == len(TEXTS))
    assert postings(directory) == before


def test_an_index_that_cannot_be_written_is_told_and_stays_as_it_was(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = index_path(catalogue.archive)
    before = postings(directory)
    key, document = next(changed_since(catalogue, 0))
    set_state(catalogue, key, document.state, None, EventKind.CHANGED)

    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("indexer.index.segment._write_columns", fail)
    with pytest.raises(IndexStateError, match="no space left"):
        catch_up(catalogue)
    assert postings(directory) == before


def test_a_damaged_index_is_told_and_never_a_traceback(catalogue: Catalogue) -> None:
    directory = index_path(catalogue.archive)
    key, document = next(changed_since(catalogue, 0))
    set_state(catalogue, key, document.state, None, EventKind.CHANGED)
    (segment,) = directory.glob("*.mun")
    good = segment.read_bytes()
    for size in (0, 5, 20, segment.stat().st_size // 2, segment.stat().st_size - 3):
        segment.write_bytes(good)
        with segment.open("r+b") as file:
            file.truncate(size)
        with pytest.raises(IndexStateError):
            catch_up(catalogue)
