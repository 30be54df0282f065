"""Dry runs predict runs, and no run loses corrections or what listings say."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.save_documents import save_candidates, touch
from corpus.document import Candidate, Source
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.run_events import Summary
from indexer.metadata.selection import choose_metadata
from tests.support import (
    BAN,
    CLOSING,
    LETTER,
    PLAIN_WORDS,
    changed_counts,
    documents_by_path,
    found_paths,
    opened_catalogue,
)

Run = Callable[..., Summary]


def test_a_dry_run_of_a_new_archive_writes_nothing(folder: Path, run: Run) -> None:
    assert changed_counts(run(folder, dry_run=True)) == {"added": 4}
    assert not (folder / ".muniment").exists()


def test_a_dry_run_says_what_the_run_then_does(papers: Path, run: Run) -> None:
    (papers / CLOSING).rename(papers / "away.txt")
    run(papers)
    (papers / "away.txt").unlink()
    run(papers)
    changes: list[Callable[[], object]] = [
        lambda: shutil.copyfile(SAMPLE / CLOSING, papers / "away.txt"),  # back where it was last
        lambda: (papers / LETTER).write_text("A new letter."),
        lambda: (papers / BAN).rename(papers / "ban.html"),
        lambda: shutil.copyfile(papers / "ban.html", papers / "copy.html"),
        (papers / PLAIN_WORDS).unlink,
        lambda: (papers / "new.txt").write_text("Something new."),
    ]
    for change in changes:
        change()
    before = (papers / ".muniment" / "catalogue.db").read_bytes()
    predicted = run(papers, dry_run=True)
    assert (papers / ".muniment" / "catalogue.db").read_bytes() == before
    assert changed_counts(predicted) == changed_counts(run(papers)) == {
        "added": 2, "changed": 1, "moved": 1, "duplicate": 1, "removed": 1,
    }  # fmt: skip


def test_empty_files_are_failures_and_no_copies_of_one_another(folder: Path, run: Run) -> None:
    for name in ("hollow.pdf", "hollow.txt", "second.txt"):
        (folder / name).touch()
    predicted = run(folder, dry_run=True)
    assert changed_counts(predicted) == changed_counts(run(folder)) == {"added": 4, "failed": 3}
    (folder / "third.txt").touch()
    assert changed_counts(run(folder, dry_run=True)) == changed_counts(run(folder)) == {"failed": 1, "unchanged": 7}


def correct(archive: Path, path: str, *corrections: Candidate) -> None:
    with opened_catalogue(archive, write=True) as catalogue, catalogue.batch():
        document_id = next(
            document.id for _, document in catalogue_documents.changed_since(catalogue, 0) if document.path == path
        )
        key = catalogue_documents.key_of(catalogue, document_id)
        all_candidates = (*corrections, *catalogue_documents.candidates(catalogue, key))
        save_candidates(catalogue, key, all_candidates, choose_metadata(all_candidates))
        touch(catalogue, key, log_event(catalogue, EventKind.CORRECTED, document_id=document_id))


def test_corrections_and_listings_survive_changes_moves_and_failures(papers: Path, run: Run) -> None:
    correct(
        papers, LETTER, Candidate("title", "The right title", Source.CORRECTION),
        Candidate("date", "", Source.CORRECTION), Candidate("category", "toolkit", Source.LISTING, "resources.html"),
    )  # fmt: skip

    def is_kept(path: str) -> bool:
        metadata = documents_by_path(papers)[path].metadata
        title, category = metadata.title, metadata.category
        return (
            title is not None and (title.value, title.source) == ("The right title", Source.CORRECTION)
            and category is not None and (category.value, category.detail) == ("toolkit", "resources.html")
            and not metadata.date
        )  # fmt: skip

    (papers / LETTER).write_text("Another letter of 4 March 2019\n\nA statement about other things.")
    assert changed_counts(run(papers)) == {"changed": 1, "unchanged": 3}
    assert is_kept(LETTER)
    assert found_paths(papers, 'title:"right title" category:toolkit date:none') == {LETTER}
    (papers / LETTER).rename(papers / "speeches" / "2020-01-01.txt")
    assert changed_counts(run(papers)) == {"moved": 1, "unchanged": 3}
    assert is_kept("speeches/2020-01-01.txt")
    (papers / "speeches" / "2020-01-01.txt").write_bytes(bytes(range(256)) * 20)
    assert changed_counts(run(papers)) == {"failed": 1, "unchanged": 3}
    (papers / "speeches" / "2020-01-01.txt").write_text("Readable again, 5 May 2021.")
    assert changed_counts(run(papers)) == {"changed": 1, "unchanged": 3}
    assert is_kept("speeches/2020-01-01.txt")
