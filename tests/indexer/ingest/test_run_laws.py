"""After any changes to a folder the archive is as if only its last state had been indexed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import changed_since
from corpus.catalogue.file_records import FileRecord, all_files
from corpus.document import SEARCHABLE, State
from indexer.index.manifest import index_path
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import found_paths, is_current, opened_catalogue

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

EXAMPLES = 8
"""Sequences tried; each costs about a second."""

NAMES = ("a.txt", "speeches/b.txt", "2019-05-06 c.txt", "report d.md", "minutes.dat")
CONTENTS = (
    "A letter to nobody\n\nOn 4 March 2019 nothing was said about torture.\n",
    "Statement by the co-chair\n\nWe are here to speak of equal dignity.\n",
    "The year 2017 in detention\n\nSome words on places of detention and those who visit them.\n",
    "\x00\x01\x02 no text at all \x00\x00\x00\x07",
)

name, content = st.sampled_from(NAMES), st.sampled_from(CONTENTS)
Change = tuple[str, ...]
changes = st.one_of(
    st.tuples(st.just("write"), name, content),
    st.tuples(st.sampled_from(("move", "copy", "swap")), name, name),
    st.tuples(st.just("delete"), name),
)
rounds = st.lists(st.lists(changes, min_size=1, max_size=5), min_size=1, max_size=4)


def carry_out(folder: Path, change: Change) -> None:
    """Make one change to the folder, unless it is impossible."""
    what, first, *rest = change
    path = folder / first
    path.parent.mkdir(parents=True, exist_ok=True)
    if what == "write":
        path.write_text(rest[0])
        return
    target = folder / rest[0] if rest else path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or (path == target and what != "delete"):
        return
    if what == "delete":
        path.unlink()
    elif what == "move":
        path.rename(target)
    elif what == "copy":
        shutil.copyfile(path, target)
    elif target.exists():
        for old, new in ((path, folder / "between"), (target, path), (folder / "between", target)):
            old.rename(new)


def bring_up(folder: Path) -> None:
    list(index(folder, (), Options(jobs=1, yes_missing=True)))


def described(catalogue: Catalogue) -> set[tuple[object, ...]]:
    """Return path, state, content and chosen metadata of every searchable document."""
    digests = {record.path: record.digest for record in all_files(catalogue) if record.state is not State.MISSING}
    return {
        (document.path, document.state, document.format, digests[document.path], document.metadata)
        for _, document in changed_since(catalogue, 0)
        if document.state in SEARCHABLE
    }


def present_files(folder: Path) -> list[FileRecord]:
    with opened_catalogue(folder) as catalogue:
        return [record for record in all_files(catalogue) if record.state is not State.MISSING]


def check_consistency(catalogue: Catalogue, folder: Path) -> None:
    """Check that every file has a record, every copy a document, and the index the searchable documents."""
    live = [record for record in all_files(catalogue) if record.state is not State.MISSING]
    present = {str(path.relative_to(folder)) for path in folder.glob("[!.]*") if path.is_file()}
    present |= {str(path.relative_to(folder)) for path in folder.glob("[!.]*/**/*") if path.is_file()}
    assert {record.path for record in live} == present
    documents = dict(changed_since(catalogue, 0))
    originals = [record for record in live if record.state in SEARCHABLE]
    assert len({record.digest for record in originals}) == len(originals)
    for copy in (record for record in live if record.state is State.DUPLICATE):
        assert copy.duplicate_of
        assert documents[copy.duplicate_of].path in {
            original.path for original in originals if original.digest == copy.digest
        }
    assert is_current(catalogue)
    with whoosh_index.open_dir(str(index_path(folder))).reader() as reader:
        entries = sorted(fields["id"] for _, fields in reader.iter_docs())
    assert entries == sorted(document.id for document in documents.values() if document.state in SEARCHABLE)


def check_states(live: list[FileRecord], folder: Path) -> None:
    """Check that a query for a state finds the documents that the catalogue has in it, and no others."""
    copied = {record.digest for record in live if record.state is State.DUPLICATE}
    originals = [record for record in live if record.state is not State.DUPLICATE]
    with_copies = {record.path for record in originals if record.state in SEARCHABLE and record.digest in copied}
    assert found_paths(folder, "is:duplicate") == with_copies
    for state in State:
        if state is not State.DUPLICATE:
            in_state = {record.path for record in originals if record.state is state and state in SEARCHABLE}
            assert found_paths(folder, f"is:{state}") == in_state


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rounds)
def test_the_archive_ends_as_if_indexed_from_scratch(history: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as base:
        lived, fresh = Path(base) / "lived", Path(base) / "fresh"
        lived.mkdir()
        for changes_between_runs in history:
            for change in changes_between_runs:
                carry_out(lived, change)
            bring_up(lived)
            check_states(present_files(lived), lived)
        catalogue = open_catalogue(lived)
        check_consistency(catalogue, lived)
        # Which of several files with the same bytes came first is history: the others are left out of the new archive.
        for record in all_files(catalogue):
            if record.state not in {State.DUPLICATE, State.MISSING}:
                (fresh / record.path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(lived / record.path, fresh / record.path)
        fresh.mkdir(exist_ok=True)
        bring_up(fresh)
        anew = open_catalogue(fresh)
        note(str(history))
        assert described(catalogue) == described(anew)
        catalogue.close()
        anew.close()
