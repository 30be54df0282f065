"""The corpora and indexes of a run, made when a part needs them and kept for the next run."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_catalogue, fill_index
from benchmarks.corpora.document_folders import archive_rows, index_folders
from benchmarks.corpora.questions import SAMPLED_DOCUMENTS, Session, draw_sessions
from benchmarks.corpora.text_rows import LOG_LENGTH, TextRow, generate_rows, read_rows, sample_rows, write_rows
from benchmarks.engines import ARRAYS, OURS
from benchmarks.engines.engine_process import interpreter
from benchmarks.measures import writing
from benchmarks.measures.writing import WritingCost
from benchmarks.scale import Scale
from corpus.errors import MunimentError
from indexer.index.manifest import index_path

DOCUMENT_FOLDERS = ("reports", "statements")
"""Folders of real documents in MUNIMENT_TEST_DATA that are searched with passages."""


@dataclass(slots=True)
class Workspace:
    """The folder of a run, its corpus, and the indexes that were made in it.

    Attributes:
        folder: folder of corpora, indexes and results.
        given: the corpus of the command line, or None.
        engines: names of the engines that take part.
        keeps_indexes: use Muniment's indexes of an earlier run, too; those of its peers are always kept.
        made: folders of Muniment's indexes that were made in this run.
    """

    folder: Path
    given: Path | None
    engines: Sequence[str]
    scale: Scale
    keeps_indexes: bool = False
    made: set[Path] = field(default_factory=set)

    @property
    def corpus(self) -> Path:
        """Return the corpus of the command line, or a generated one."""
        return self.given or self.generated(self.scale.documents)

    def generated(self, documents: int, log_length: tuple[float, float] = LOG_LENGTH) -> Path:
        """Return a generated corpus of a number of documents."""
        name = "generated" if log_length == LOG_LENGTH else "short"
        return self._file(f"{name}-{documents}.jsonl", lambda: generate_rows(documents, length=log_length))

    def documents(self) -> Path:
        """Return the corpus of the real documents in MUNIMENT_TEST_DATA, or a generated one in place of them."""
        folders = self._document_folders()
        if not (folders and self.scale.real_documents):
            return self.generated(min(self.scale.documents, 1000))
        archive = self.index_folder("documents", OURS)
        return self._file("documents.jsonl", lambda: archive_rows(self._archive_of_folders(archive, folders)))

    def _document_folders(self) -> list[Path]:
        data = Path(os.environ.get("MUNIMENT_TEST_DATA") or "missing")
        return [data / name for name in DOCUMENT_FOLDERS if (data / name).is_dir()]

    def _file(self, name: str, rows: Callable[[], Iterable[TextRow]]) -> Path:
        path = self.folder / name
        if not path.exists():
            write_rows(iter(rows()), path.with_suffix(".part"))
            path.with_suffix(".part").rename(path)
        return path

    def sessions(self, corpus: Path) -> list[Session]:
        """Return the questions of a corpus."""
        return draw_sessions(sample_rows(corpus, SAMPLED_DOCUMENTS), self.scale.questions)

    def index_folder(self, corpus_name: str, engine: str, snippets: int = 0) -> Path:
        """Return the folder of an engine's index of a corpus, another one where the texts are stored for snippets."""
        return self.folder / f"{corpus_name}{'-stored' if snippets else ''}" / engine.replace(",", "").replace(" ", "-")

    def archive(self, corpus: Path) -> Path:
        """Return the archive of a corpus, its index made anew unless indexes are kept."""
        archive = self.index_folder(corpus.stem, OURS)
        if archive in self.made or (self.keeps_indexes and index_path(archive).exists()):
            return archive
        if corpus.stem == "documents":
            self._archive_of_folders(archive, self._document_folders())
        else:
            try:
                fill_index(self.catalogue(corpus))
            except MunimentError:  # the catalogue of another version is made anew
                shutil.rmtree(archive)
                fill_index(self.catalogue(corpus))
        self.made.add(archive)
        return archive

    def catalogue(self, corpus: Path) -> Path:
        """Return the archive of a corpus, with a complete catalogue, and perhaps without an index."""
        archive = self.index_folder(corpus.stem, OURS)
        complete = archive.with_suffix(".complete")
        if not (archive.exists() and complete.exists()):
            shutil.rmtree(archive, ignore_errors=True)
            fill_catalogue(archive, read_rows(corpus))
            complete.touch()
        return archive

    def _archive_of_folders(self, archive: Path, folders: Sequence[Path]) -> Path:
        if archive not in self.made:
            index_folders(archive, folders)
            self.made.add(archive)
        return archive

    def indexes(self, corpus: Path, snippets: int = 0) -> dict[str, Path]:
        """Return the folder of each engine's index of a corpus; indexes of peers are made once."""
        peers = [name for name in self.engines if name not in {OURS, ARRAYS}]
        self.costs(corpus, peers, snippets)
        folders = {name: self.index_folder(corpus.stem, name, snippets) for name in peers}
        return ({OURS: self.archive(corpus)} if OURS in self.engines else {}) | folders

    def costs(
        self, corpus: Path, engines: Sequence[str], snippets: int = 0, anew: Sequence[str] = ()
    ) -> list[WritingCost]:
        """Return the cost of each engine's index, made now where it is missing or in ``anew``."""
        folders = {name: self.index_folder(corpus.stem, name, snippets) for name in engines if interpreter(name)}
        missing = {name: folder for name, folder in folders.items() if name in anew or not _cost_file(folder).exists()}
        for cost in writing.measure(corpus, missing, snippets) if missing else ():
            _cost_file(folders[cost.engine]).write_text(json.dumps(asdict(cost)), encoding="utf-8")
        return [WritingCost(**json.loads(_cost_file(folder).read_text("utf-8"))) for folder in folders.values()]


def _cost_file(folder: Path) -> Path:
    return folder.with_suffix(".cost.json")
