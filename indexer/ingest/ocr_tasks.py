"""The OCR tasks of worker processes: recognise pages, and describe a document with their text."""

from __future__ import annotations

from dataclasses import replace

from corpus.document import Extraction, State
from corpus.messages import message
from indexer.ingest.extract import describe_extraction
from indexer.ingest.record import DescribedFile
from indexer.metadata.selection import Context
from indexer.ocr.page_jobs import CompletionJob, OcrResult, PageJob
from indexer.ocr.recognise_pages import add_recognised_text, recognise_pages
from indexer.ocr.rendering import COARSE_DPI, DPI
from indexer.readers import read, retry
from indexer.readers.embedded.embedded_reader import document_file
from indexer.readers.reader_protocol import Limits, Unreadable


def recognise(_: Context, job: PageJob, use_fallback: bool) -> tuple[OcrResult, ...] | None:  # noqa: FBT001 (a worker calls it so)
    """Recognise pages of a document.

    Returns:
        A result for each page. None when asked for a fallback: there is none, and the caller then sends one job for
        each page.
    """
    if use_fallback:
        return None
    try:
        with document_file(job.file, job.address) as file:
            dpi = COARSE_DPI if job.coarse else DPI
            results = recognise_pages(
                file, job.numbers, job.languages, Limits(), first_language=job.first_language, dpi=dpi
            )
            return tuple(results)
    except (Unreadable, OSError) as error:
        return tuple(OcrResult(number, failure=_reason(error)) for number in job.numbers)


def finish(context: Context, job: CompletionJob, use_fallback: bool) -> DescribedFile | None:  # noqa: FBT001 (a worker calls it so)
    """Read a document again, add the recognised text, and describe it by that.

    Args:
        context: the archive's lists and settings.
        job: the document and its recognised pages.
        use_fallback: read it with the fallback reader, since the first one failed.

    Returns:
        The document. None where there is no fallback reader.
    """
    try:
        with document_file(job.file, job.address) as file:
            extraction = retry(file) if use_fallback else read(file)
    except (Unreadable, OSError) as error:
        extraction = Extraction("", "", state=State.FAILED, reason=_reason(error))
    if extraction is None:
        return None
    if job.address:
        # Addresses of documents inside this one start at this one, not at its file. They were recorded when the file
        # was read.
        extraction = replace(extraction, embedded=())
    return describe_extraction(context, add_recognised_text(extraction, job.results), job.path)


def _reason(error: Unreadable | OSError) -> str:
    return error.reason if isinstance(error, Unreadable) else str(message("file.unavailable", cause=error.strerror))
