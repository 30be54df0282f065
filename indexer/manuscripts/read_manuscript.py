"""Read the text of a manuscript: a text as it is, anything else in a confined process, as hostile as any document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from corpus.document import Extraction
from corpus.errors import ArchiveError
from corpus.messages import message
from corpus.settings import Settings
from indexer.ingest.record import DescribedFile
from indexer.metadata.selection import Context
from indexer.readers.formats import DOC, DOCX, ODT, RTF
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.tasks import FileToRead, NamedTask
from indexer.sandbox.worker import WorkerSettings

TEXT_ENDINGS = (".csv", ".tsv", ".md", ".markdown", ".txt", ".text", "")
"""Endings of files that are text, read as UTF-8."""
MAX_MANUSCRIPT_BYTES = 80_000_000
_IN_PARAGRAPHS = frozenset(row.media_type for row in (DOC, DOCX, ODT, RTF))
"""Media types of word processors, which break lines as the window is wide: only paragraphs can be numbered."""


class Manuscript(NamedTuple):
    """The text of a manuscript, and whether each of its lines is a paragraph of the file."""

    text: str
    in_paragraphs: bool = False


def read_manuscript(path: Path, settings: Settings) -> Manuscript:
    """Return a manuscript, its pages and paragraphs apart.

    Raises:
        ArchiveError: the file cannot be read, is too large, or exceeds a limit.
    """
    try:
        size = path.stat().st_size
        if not path.is_file() or size > MAX_MANUSCRIPT_BYTES:
            raise ArchiveError("quote.unreadable", path=path, reason=message("quote.not-a-text"))
        if path.suffix.casefold() in TEXT_ENDINGS:
            return Manuscript(path.read_bytes().decode("utf-8-sig", "replace"))
    except OSError as error:
        raise ArchiveError("quote.unreadable", path=path, reason=error.strerror or error) from error
    return _read_confined(path, settings)


def _read_confined(path: Path, settings: Settings) -> Manuscript:
    limits = WorkerSettings(
        memory=settings.memory_mb << 20, cpu_seconds=settings.cpu_seconds, wall_seconds=settings.seconds
    )
    file = FileToRead(os.fspath(path.absolute()), path.name)
    job = Job(0, file, (file.file,))
    context = Context(categories=settings.categories, languages=settings.languages)
    (outcome,) = run_jobs([(job,)], NamedTask("extract", context), DescribedFile, limits)
    described = outcome.result
    extraction: Extraction | None = described.extraction if described else None
    texts = [page.text for page in extraction.text.all_texts] if extraction else []
    if not any(text.strip() for text in texts):
        reason = outcome.failure or (extraction.reason if extraction else "") or message("quote.not-a-text")
        raise ArchiveError("quote.unreadable", path=path, reason=reason)
    return Manuscript("\n\n".join(texts), extraction is not None and extraction.media_type in _IN_PARAGRAPHS)
