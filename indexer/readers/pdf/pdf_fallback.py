"""PDF text by pypdf, for files on which PDFium fails or dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError

from corpus.document import Extraction, Page
from indexer.readers.pdf.pdf_properties import DAMAGE, open_reader, read_properties
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean, strip_running_heads

MEDIA_TYPE = "application/pdf"


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF in Python: slower by far, yet no page can bring the process down.

    pypdf stops at its own caps on decompressed size; what was read until then is kept and the document is partial.

    Raises:
        Unreadable: pypdf cannot open it either, or it wants a password.
    """
    reader, count = _open(path)
    problems: list[str] = []
    texts, cap = apply_limits(_texts(reader, count, problems), limits)
    properties = read_properties(path, limits)
    pages = [Page(number, text, properties.label(number)) for number, text in enumerate(texts, 1)]
    if not any(texts) and problems:
        raise Unreadable(problems[0])
    result = ReadResult("pypdf", MEDIA_TYPE, properties.candidates, cap or "; ".join(problems), _why_empty(count))
    return finish(result, strip_running_heads(pages))


def _why_empty(count: int) -> str:
    return f"no text on any of {count:,} page{'s' if count != 1 else ''}"


def _open(path: Path) -> tuple[PdfReader, int]:
    try:
        reader = open_reader(path)
        count = len(reader.pages)
    except DAMAGE as error:
        needs_password = isinstance(error, PdfReadError) and "password" in str(error)
        reason = "needs a password" if needs_password else f"damaged PDF ({_shorten(error)})"
        raise Unreadable(reason, final=needs_password) from error
    if count == 0:
        raise Unreadable("damaged PDF (no pages)")
    return reader, count


def _texts(reader: PdfReader, count: int, problems: list[str]) -> Iterator[str]:
    damaged = 0
    for index in range(count):
        try:
            yield clean(reader.pages[index].extract_text(), hyphens=True)
        except LimitReachedError:
            problems.append(f"page {index + 1} unpacks to more than is safe; only what stands before it was read")
            return
        except DAMAGE:
            damaged += 1
            yield ""
    if damaged:
        problems.append(f"{damaged:,} damaged page{'s' if damaged != 1 else ''} could not be read")


def _shorten(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
