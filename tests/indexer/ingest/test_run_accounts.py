"""What a run foretells, and what it must not forget: the archivist's own words."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue import documents as catalogue_documents
from corpus.document import Candidate, Document, Source
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.run_events import Summary
from indexer.metadata.selection import choose
from search import Request, open_archive
from tests.support import is_current

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
PLAIN_WORDS = "strategy/plain-words.docx"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"

Run = Callable[..., Summary]


def told(summary: Summary) -> dict[str, int]:
    """The counts of a summary that are not zero, apart from what the archive holds in all."""
    names = ("added", "changed", "moved", "duplicate", "failed", "unchanged", "removed")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


@contextmanager
def opened(archive: Path, *, write: bool = False) -> Iterator[Catalogue]:
    catalogue = open_catalogue(archive, write=write)
    try:
        yield catalogue
    finally:
        catalogue.close()


def kept(archive: Path) -> dict[str, Document]:
    """Every document of the catalogue by its path, whatever its state; the index must be up with all of them."""
    with opened(archive) as catalogue:
        assert is_current(catalogue)
        return {document.path: document for _, document in catalogue_documents.changed_since(catalogue, 0)}


def found(archive: Path, query: str = "") -> set[str]:
    """Paths of what a search gives."""
    with open_archive(archive) as opened_archive:
        hits = [hit.path for hit in opened_archive.search(Request(query, limit=100)).hits]
    assert len(hits) == len(set(hits))
    return set(hits)


def test_a_dry_run_of_a_new_archive_writes_nothing(folder: Path, run: Run) -> None:
    assert told(run(folder, dry_run=True)) == {"added": 4}
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
    assert told(predicted) == told(run(papers)) == {
        "added": 2, "changed": 1, "moved": 1, "duplicate": 1, "removed": 1,
    }  # fmt: skip


def correct(archive: Path, path: str, *given: Candidate) -> None:
    with opened(archive, write=True) as catalogue, catalogue.batch():
        name = next(
            document.id for _, document in catalogue_documents.changed_since(catalogue, 0) if document.path == path
        )
        key = catalogue_documents.key_of(catalogue, name)
        every = (*given, *catalogue_documents.candidates(catalogue, key))
        catalogue_documents.save_candidates(catalogue, key, every, choose(every))
        catalogue_documents.touch(catalogue, key, catalogue.log("edited", document=name))


def test_what_the_archivist_and_the_listing_said_outlives_a_new_issue_a_move_and_a_failure(
    papers: Path, run: Run
) -> None:
    correct(
        papers, LETTER, Candidate("title", "The right title", Source.CORRECTION),
        Candidate("date", "", Source.CORRECTION), Candidate("category", "toolkit", Source.LISTING, "resources.html"),
    )  # fmt: skip

    def stands(path: str) -> bool:
        metadata = kept(papers)[path].metadata
        title, category = metadata.title, metadata.category
        return bool(title and category and not metadata.date) and (
            (title.value, title.source) == ("The right title", Source.CORRECTION)
            and (category.value, category.detail) == ("toolkit", "resources.html")
        )

    (papers / LETTER).write_text("Another letter of 4 March 2019\n\nA statement about other things.")
    assert told(run(papers)) == {"changed": 1, "unchanged": 3}
    assert stands(LETTER)
    assert found(papers, 'title:"right title" category:toolkit date:none') == {LETTER}
    (papers / LETTER).rename(papers / "speeches" / "2020-01-01.txt")
    assert told(run(papers)) == {"moved": 1, "unchanged": 3}
    assert stands("speeches/2020-01-01.txt")
    (papers / "speeches" / "2020-01-01.txt").write_bytes(bytes(range(256)) * 20)
    assert told(run(papers)) == {"failed": 1, "unchanged": 3}
    (papers / "speeches" / "2020-01-01.txt").write_text("Readable again, 5 May 2021.")
    assert told(run(papers)) == {"changed": 1, "unchanged": 3}
    assert stands("speeches/2020-01-01.txt")
