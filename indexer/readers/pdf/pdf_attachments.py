"""Files attached to a PDF, those of a portfolio and those pinned to a page as notes among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium

from corpus.document import EmbeddedDocument
from indexer.readers.embedded.embedded import check_size, printable
from indexer.readers.reader_protocol import Limits, Unreadable


def find_attachments(
    document: pdfium.PdfDocument, pinned: Iterable[int], limits: Limits
) -> tuple[EmbeddedDocument, ...]:
    """The files attached to an open document.

    Args:
        document: the PDF.
        pinned: indexes of the pages that have files pinned to them, see `has_pinned`; to look for them here would
            mean to load every page once more.
        limits: ``parts`` caps their number.
    """
    names = (_name(attachment) for attachment in islice(_attachments(document, pinned), limits.embedded_documents))
    return tuple(EmbeddedDocument(_address(number, name), name) for number, name in enumerate(names, 1))


def has_pinned(page: pdfium.PdfPage) -> bool:
    """Whether a file is pinned to a page."""
    for at in range(pdfium.raw.FPDFPage_GetAnnotCount(page)):
        note = pdfium.raw.FPDFPage_GetAnnot(page, at)
        kind = pdfium.raw.FPDFAnnot_GetSubtype(note)
        pdfium.raw.FPDFPage_CloseAnnot(note)
        if kind == pdfium.raw.FPDF_ANNOT_FILEATTACHMENT:
            return True
    return False


def extract_attachment(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy one attachment out; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged PDF") from error
    try:
        for number, attachment in enumerate(_attachments(document, range(len(document))), 1):
            name = _name(attachment)
            if _address(number, name) == address:
                data = bytes(attachment.get_data())
                check_size(len(data), 0, limits)
                target.write(data)
                return name
    except pdfium.PdfiumError as error:
        raise Unreadable("damaged PDF (the attachment cannot be taken out)") from error
    finally:
        document.close()
    raise Unreadable("no longer in the PDF")


def _address(number: int, name: str) -> str:
    return f"attachment {number}: {name}"


def _name(attachment: pdfium.PdfAttachment) -> str:
    try:
        return printable(attachment.get_name()) or "unnamed"
    except pdfium.PdfiumError:
        return "unnamed"


def _attachments(document: pdfium.PdfDocument, pages: Iterable[int]) -> Iterator[pdfium.PdfAttachment]:
    for index in range(document.count_attachments()):
        attachment = _attached(document, index)
        if attachment:
            yield attachment
    for index in pages:
        yield from _pinned(document, index)


def _attached(document: pdfium.PdfDocument, index: int) -> pdfium.PdfAttachment | None:
    try:
        return document.get_attachment(index)
    except pdfium.PdfiumError:
        return None


def _pinned(document: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfAttachment]:
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return
    for at in range(pdfium.raw.FPDFPage_GetAnnotCount(page)):
        note = pdfium.raw.FPDFPage_GetAnnot(page, at)
        if note and pdfium.raw.FPDFAnnot_GetSubtype(note) == pdfium.raw.FPDF_ANNOT_FILEATTACHMENT:
            file = pdfium.raw.FPDFAnnot_GetFileAttachment(note)
            if file:
                yield pdfium.PdfAttachment(file, document)
        pdfium.raw.FPDFPage_CloseAnnot(note)
    page.close()
