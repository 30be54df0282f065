"""Files attached to a PDF, those of a portfolio and those of file attachment annotations included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium

from corpus.document import EmbeddedDocument
from indexer.readers.embedded.embedded import check_size, printable
from indexer.readers.pdf.pdfium_annotations import open_annotations
from indexer.readers.reader_protocol import EmbeddedCopier, EmbeddedCopy, Limits, Unreadable


def find_attachments(
    document: pdfium.PdfDocument, annotated: Iterable[int], limits: Limits
) -> tuple[EmbeddedDocument, ...]:
    """Return the files attached to an open document.

    Args:
        document: the PDF.
        annotated: indexes of the pages with file attachment annotations. The caller collects them while
            the pages are open, as opening every page once more is slow.
        limits: ``embedded_documents`` caps their number.
    """
    names = (_name(attachment) for attachment in islice(_attachments(document, annotated), limits.embedded_documents))
    return tuple(EmbeddedDocument(_address(number, name), name) for number, name in enumerate(names, 1))


@contextmanager
def open_attachments(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a PDF to copy its attachments; an `indexer.readers.reader_protocol.ContainerOpener`."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Unreadable("file.damaged-pdf-unopened") from error
    try:
        attachments = _by_address(document)

        def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
            if address not in attachments:
                raise Unreadable("file.embedded-gone")
            name, attachment = attachments[address]
            try:
                data = bytes(attachment.get_data())
            except pdfium.PdfiumError as error:
                raise Unreadable("file.damaged-pdf-attachment") from error
            check_size(len(data), 0, limits)
            target.write(data)
            return EmbeddedCopy(name)

        yield copy
    finally:
        document.close()


def _by_address(document: pdfium.PdfDocument) -> dict[str, tuple[str, pdfium.PdfAttachment]]:
    """Return the name and the handle of every attachment by its address."""
    try:
        numbered = enumerate(_attachments(document, range(len(document))), 1)
        named = ((number, _name(attachment), attachment) for number, attachment in numbered)
        return {_address(number, name): (name, attachment) for number, name, attachment in named}
    except pdfium.PdfiumError as error:
        raise Unreadable("file.damaged-pdf-attachment") from error


def _address(number: int, name: str) -> str:
    return f"attachment {number}: {name}"


def _name(attachment: pdfium.PdfAttachment) -> str:
    try:
        return printable(attachment.get_name()) or "unnamed"
    except pdfium.PdfiumError:
        return "unnamed"


def _attachments(document: pdfium.PdfDocument, annotated: Iterable[int]) -> Iterator[pdfium.PdfAttachment]:
    for index in range(document.count_attachments()):
        with suppress(pdfium.PdfiumError):
            yield document.get_attachment(index)
    for page_index in annotated:
        yield from _annotation_files(document, page_index)


def _annotation_files(document: pdfium.PdfDocument, page_index: int) -> Iterator[pdfium.PdfAttachment]:
    try:
        page = document[page_index]
    except pdfium.PdfiumError:
        return
    for _, annotation in open_annotations(page):
        if pdfium.raw.FPDFAnnot_GetSubtype(annotation) == pdfium.raw.FPDF_ANNOT_FILEATTACHMENT:
            file = pdfium.raw.FPDFAnnot_GetFileAttachment(annotation)
            if file:
                yield pdfium.PdfAttachment(file, document)
    page.close()
