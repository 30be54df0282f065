"""What a worker does about pages to be recognised; see `indexer.sandbox.tasks`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.document import Extraction, State
from indexer.ingest.extract import describe_extraction
from indexer.ingest.record import ReadOutcome
from indexer.metadata.selection import Context
from indexer.ocr.page_jobs import Completion, OcrResult, Pages
from indexer.ocr.recognize_pages import complete, recognise_pages
from indexer.ocr.rendering import COARSE_DPI, DPI
from indexer.readers import read, retry
from indexer.readers.embedded.embedded_reader import embedded_file
from indexer.readers.reader_protocol import Limits, Unreadable


def recognise(_: Context, job: Pages, again: bool) -> tuple[OcrResult, ...] | None:  # noqa: FBT001 (a worker calls it so)
    """Recognise some pages of a document. There is no second way: whoever asks then asks for one page at a time."""
    if again:
        return None
    try:
        with _located(job.file, job.part) as file:
            dpi = COARSE_DPI if job.coarse else DPI
            return tuple(recognise_pages(file, job.numbers, job.languages, Limits(), likely=job.likely, dpi=dpi))
    except Unreadable as error:
        return tuple(OcrResult(number, failure=error.reason) for number in job.numbers)
    except OSError as error:
        return tuple(OcrResult(number, failure=f"cannot be read: {error.strerror}") for number in job.numbers)


def finish(context: Context, job: Completion, again: bool) -> ReadOutcome | None:  # noqa: FBT001 (a worker calls it so)
    """Read a document again, put in what was recognised, and describe it by that.

    ``again`` says that the first reader has died on it: the second is used, and None returned where there is none.
    """
    try:
        with _located(job.file, job.part) as file:
            extraction = retry(file) if again else read(file)
    except Unreadable as error:
        extraction = Extraction("", "", state=State.FAILED, reason=error.reason)
    except OSError as error:
        extraction = Extraction("", "", state=State.FAILED, reason=f"cannot be read: {error.strerror}")
    if extraction is None:
        return None
    # A part's own parts carry addresses that lead nowhere from here; they have been seen when it was first read.
    made = complete(replace(extraction, embedded=()) if job.part else extraction, job.readings)
    return describe_extraction(context, made, job.path)


@contextmanager
def _located(file: str, part: str) -> Iterator[Path]:
    if not part:
        yield Path(file)
        return
    with embedded_file(Path(file), part) as copy:
        yield copy
