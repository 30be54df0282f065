"""An archive of small texts, each with a word that no other has, and an independent record of what must be found."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.attack.trials import FaultError
from corpus.paths import DATA_FOLDER
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search.archive import open_archive
from search.request import Request
from search.results import Hit

SETTINGS = "[index]\ncommit_words = 3000\n"
"""Settings under which so little text fills a segment that documents are indexed while files are read."""

CORRECTED = "A corrected title"
"""Beginning of the titles that edits give."""

_WORDS = (
    "assembly",
    "charter",
    "mandate",
    "detention",
    "protest",
    "journalist",
    "court",
    "appeal",
    "border",
    "refugee",
    "council",
    "letter",
    "annex",
    "monitor",
    "minister",
    "treaty",
    "witness",
    "hearing",
    "report",
    "resolution",
    "article",
    "freedom",
    "prison",
    "lawyer",
    "election",
    "observer",
    "statement",
)
_WORDS_OF_A_TEXT = 150


class MarkedArchive:
    """An archive with the texts in its folder, and what was recorded about them.

    Attributes:
        archive: the archive's folder.
        marks: the marker of each file, by the file's name; several files may be copies of one text.
        titles: by marker, the titles of which the document has one: two while an edit may or may not have been made.
        withdrawn: markers of withdrawn documents; the value is None while it may or may not be withdrawn.
        retired: markers that no file has any more.
        rng: random numbers.
    """

    def __init__(self, archive: Path, rng: random.Random) -> None:
        self.archive = archive
        self.marks: dict[str, str] = {}
        self.titles: dict[str, set[str]] = {}
        self.withdrawn: dict[str, bool | None] = {}
        self.retired: set[str] = set()
        self.rng = rng
        self._count = 0
        self._events: list[str] = []

    @classmethod
    def create(cls, archive: Path, rng: random.Random, texts: int) -> MarkedArchive:
        """Create an archive with some texts, not yet indexed."""
        archive.mkdir(parents=True)
        (archive / "muniment.toml").write_text(SETTINGS, encoding="utf-8")
        marked = cls(archive, rng)
        for _ in range(texts):
            marked.add()
        return marked

    def copy_to(self, archive: Path, rng: random.Random) -> MarkedArchive:
        """Copy the archive with what is recorded about it."""
        shutil.copytree(self.archive, archive, symlinks=True)
        copied = copy.deepcopy(self)
        copied.archive, copied.rng = archive, rng
        return copied

    def add(self) -> str:
        """Add a text, and return its marker."""
        name = f"{self.rng.choice(('letters', 'minutes', 'notes'))}/{self._next()}.{self.rng.choice(('txt', 'md'))}"
        return self._write(name)

    def change_folder(self) -> None:
        """Add, change, move, copy and delete some texts; those with corrections are only moved."""
        for _ in range(self.rng.randint(1, 5)):
            self.add()
        for name in self._some(2, free=True):
            self.retired.add(self.marks[name])
            self._write(name)
        for name in self._some(2):
            target = f"moved/{self._next()}{Path(name).suffix}"
            self._place(target)
            (self.archive / name).rename(self.archive / target)
            self.marks[target] = self.marks.pop(name)
        for name in self._some(1, free=True):
            copy = f"copies/{self._next()}{Path(name).suffix}"
            shutil.copyfile(self.archive / name, self._place(copy))
            self.marks[copy] = self.marks[name]
        for name in self._some(2, free=True):
            if len(self.marks) > 8:
                (self.archive / name).unlink()
                mark = self.marks.pop(name)
                if mark not in self.marks.values():
                    self.retired.add(mark)

    def document_ids(self) -> dict[str, str]:
        """Return the ids of the catalogue's documents by the names of their files."""
        return dict(
            _rows(self.archive, "SELECT files.path, documents.id FROM documents JOIN files ON files.key = file")
        )

    def some_document(self) -> tuple[str, str]:
        """Return the marker and the id of a document that is recorded, chosen at random."""
        ids = self.document_ids()
        return self.rng.choice(sorted((mark, ids[name]) for name, mark in self.marks.items() if name in ids))

    def shown_titles(self, document_id: str) -> frozenset[str]:
        """Return the title that a hit of a document shows, as a set; none where it is not found."""
        with open_archive(self.archive) as opened:
            return frozenset(hit.title for hit in opened.search(Request(f"id:{document_id}", passages=0)).hits)

    def check(self) -> None:
        """Check that nothing was lost: catalogue, files and index agree, and each marker is found where it has to be.

        Raises:
            FaultError: something was lost, or is found that should not be.
        """
        report = verify(self.archive)
        if not report.holds:
            raise FaultError(f"verify: {[(one.kind, one.place, str(one.message)) for one in report.differences][:3]}")
        with open_archive(self.archive) as opened:
            for problem in self._lost(lambda query: opened.search(Request(query, facets=(), passages=0)).hits):
                raise FaultError(problem)
        events = read_events(self.archive)
        if events[: len(self._events)] != self._events:
            raise FaultError("the log is not a continuation of what it was")
        self._events = events

    def _lost(self, search: Callable[[str], Sequence[Hit]]) -> Iterator[str]:
        searchable = set(self.marks.values()) - {mark for mark, hidden in self.withdrawn.items() if hidden}
        for mark in [*self.marks.values(), *self.retired]:
            hits = search(f"={mark}")
            names = {name for name, other in self.marks.items() if other == mark}
            if self.withdrawn.get(mark, False) is None:
                self.withdrawn[mark] = not hits
                searchable -= set() if hits else {mark}
            wanted = 1 if mark in searchable else 0
            if len(hits) != wanted:
                yield f"{mark} of {sorted(names)} is found {len(hits)} times, not {wanted}; {self._recorded(names)}"
            elif hits and hits[0].path not in names:
                yield f"{mark} is found in {hits[0].path}, not in {sorted(names)}"
            elif hits and (titles := self.titles.get(mark)):
                if hits[0].title not in titles:
                    yield f"{mark} has the title {hits[0].title!r}, not {sorted(titles)}"
                self.titles[mark] = {hits[0].title}
                if not hits[0].title.startswith(CORRECTED):  # the edit was not made, so listings may change the title
                    del self.titles[mark]

    def _recorded(self, names: set[str]) -> list[tuple[str, str]]:
        rows = _rows(self.archive, "SELECT path, state || ' ' || reason FROM files")
        return [row for row in rows if row[0] in names]

    def _some(self, most: int, *, free: bool = False) -> list[str]:
        bound = {*self.titles, *self.withdrawn} if free else set()
        names = sorted(name for name, mark in self.marks.items() if mark not in bound)
        return self.rng.sample(names, min(self.rng.randint(0, most), len(names)))

    def _next(self) -> str:
        self._count += 1
        return f"text{self._count:04}"

    def _place(self, name: str) -> Path:
        path = self.archive / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def _write(self, name: str) -> str:
        self._count += 1
        mark = f"mark{self._count:05}"
        words = self.rng.choices(_WORDS, k=_WORDS_OF_A_TEXT)
        words.insert(self.rng.randrange(len(words)), mark)
        self._place(name).write_text(f"{' '.join(words[:6]).capitalize()}\n\n{' '.join(words[6:])}\n", encoding="utf-8")
        self.marks[name] = mark
        return mark


def bring_up(archive: Path, folders: tuple[Path, ...] = ()) -> None:
    """Index an archive in this process."""
    for _ in index(archive, folders, Options(jobs=1)):
        pass


def read_events(archive: Path) -> list[str]:
    """Return every event of an archive's log, in order, as text."""
    return [json.dumps(row) for row in _rows(archive, "SELECT number, at, kind, path, document, detail FROM events")]


def _rows(archive: Path, sql: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"file:{archive / DATA_FOLDER / 'catalogue.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def check_bag(bag: Path, marked: MarkedArchive, *, withdrawn: bool = False) -> None:
    """Check that a bag contains every file of an archive, those of withdrawn documents only where they were asked for.

    Raises:
        FaultError: it does not, or a digest of its manifest is wrong.
    """
    lines = (bag / "manifest-sha256.txt").read_text(encoding="utf-8").splitlines()
    digests = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, digest in digests.items():
        if _digest(bag / name) != digest:
            raise FaultError(f"{name} in the bag is not what its manifest says")
    for name, mark in marked.marks.items():
        is_wanted = withdrawn or not marked.withdrawn.get(mark, False)
        if (_digest(marked.archive / name) in digests.values()) != is_wanted:
            raise FaultError(f"the bag {'lacks' if is_wanted else 'contains the withdrawn'} {name}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
