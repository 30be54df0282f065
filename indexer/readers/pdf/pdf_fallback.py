"""Fallback for PDFs that PDFium cannot read or crashes on: text by pypdf."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PdfReadError

from corpus.document import Extraction, Page
from indexer.readers.pdf.pdf_properties import DAMAGE, open_reader, read_properties
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, reason
from indexer.text.cleaning import clean
from indexer.text.running_heads import strip_running_heads

MEDIA_TYPE = "application/pdf"


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Read a PDF in Python, which is much slower, but cannot crash the process.

    Where pypdf meets its own caps on decompressed size, the pages before are kept and the document is PARTIAL.

    Raises:
        Unreadable: pypdf cannot open it either, or it needs a password.
    """
    reader, count = _open(path)
    lost: list[Unreadable] = []
    texts, cap_reason = apply_limits(_texts(reader, count, lost), limits)
    properties = read_properties(path, limits)
    pages = [Page(number, text, properties.label(number)) for number, text in enumerate(texts, 1)]
    if not any(texts) and lost:
        raise lost[0]
    partial_reason = cap_reason or "; ".join(error.reason for error in lost)
    empty_reason = reason("file.no-text-pages", pages=count)
    result = ReaderOutput("pypdf", MEDIA_TYPE, properties.candidates, partial_reason, empty_reason)
    return finish(result, strip_running_heads(pages))


def _open(path: Path) -> tuple[PdfReader, int]:
    try:
        reader = open_reader(path)
        count = len(reader.pages)
    except DAMAGE as error:
        if isinstance(error, PdfReadError) and "password" in str(error):
            raise Unreadable("file.password", final=True) from error
        raise Unreadable("file.damaged-pdf", error=_shorten(error)) from error
    if count == 0:
        raise Unreadable("file.damaged-pdf-no-pages")
    return reader, count


def _texts(reader: PdfReader, count: int, lost: list[Unreadable]) -> Iterator[str]:
    damaged = 0
    for index in range(count):
        try:
            yield clean(reader.pages[index].extract_text())
        except LimitReachedError:
            lost.append(Unreadable("file.page-too-large", page=index + 1))
            return
        except DAMAGE:
            damaged += 1
            yield ""
    if damaged:
        lost.append(Unreadable("file.lost-pages", count=damaged))


def _shorten(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__
