"""Text written on the pages of a PDF: notes, typed-on text, comments, stamps, form values and visible signatures.

It is kept apart from the page's own text. Left out are links, labels of buttons, passwords, and what is hidden on the
screen and in print, since none of it is text on the page; names of writers and types of notes, since they repeat; and
states that a reviewer set.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.document import Page, Role
from indexer.readers.pdf.pdf_drawn_text import MAX_PAGE_DRAWINGS, read_drawn_text
from indexer.readers.pdf.pdf_forms import read_form_fields
from indexer.readers.pdf.pdfium_annotations import (
    annotation_string,
    has_giant_string,
    is_out_of_sight,
    open_annotations,
)
from indexer.readers.reader_protocol import Limits, reason
from indexer.text.cleaning import clean

MAX_ANNOTATIONS = 20_000
"""Annotations of a document that are read, links not counted: half a second of processor time."""
MAX_EXAMINED_ANNOTATIONS = 1_000_000
"""Annotations of a document whose type is looked at, which takes two seconds. All pages may share one long list."""
MAX_DRAWN_PAGES = 500
"""Pages of a document whose drawn annotations are read: each is loaded twice more."""

_WITHOUT_CONTENTS = frozenset({raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_PRINTERMARK, raw.FPDF_ANNOT_TRAPNET})
"""Types of annotations whose ``Contents`` are no text of a person."""
_DRAWN = frozenset({
    raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WATERMARK, raw.FPDF_ANNOT_LINE,
    raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_REDACT,
})  # fmt: skip
"""Types of annotations whose drawing may have words of its own. Other drawings are icons and marks."""
_STAMP_NAMES = frozenset({
    "Approved", "Experimental", "NotApproved", "AsIs", "Expired", "NotForPublicRelease", "Confidential", "Final",
    "Sold", "Departmental", "ForComment", "TopSecret", "Draft", "ForPublicRelease",
})  # fmt: skip
"""Names of the stamps of ISO 32000, which a viewer draws where the file has no drawing."""
_BLOCK_END = re.compile(r"</(?:p|div|li)>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class PageAnnotations:
    """The annotations of a document, collected while its pages are open.

    Attributes:
        limits: ``page_characters`` caps the text of a page's annotations, ``characters`` that of all.
        attachment_pages: indexes of the pages with file attachment annotations, in order.
        form_pages: indexes of the pages with form fields, in order.
        partial_reason: why not all were read, or ``""``.
    """

    limits: Limits
    attachment_pages: list[int] = field(default_factory=list)
    form_pages: list[int] = field(default_factory=list)
    partial_reason: str = ""
    _notes: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _values: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _drawn: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _examined: int = 0
    _read: int = 0

    def add_page(self, page: pdfium.PdfPage, index: int) -> None:
        """Collect the annotations of an open page."""
        if self.partial_reason:
            return
        for number, annotation in open_annotations(page):
            if self._examined >= MAX_EXAMINED_ANNOTATIONS or self._read >= MAX_ANNOTATIONS:
                self.partial_reason = reason("file.first-annotations", count=self._read)
                return
            self._examined += 1
            subtype = raw.FPDFAnnot_GetSubtype(annotation)
            if subtype != raw.FPDF_ANNOT_LINK:
                self._read += 1
                self._add(annotation, subtype, index, number)

    def _add(self, annotation: Any, subtype: int, index: int, number: int) -> None:
        if subtype == raw.FPDF_ANNOT_WIDGET and index not in self.form_pages[-1:]:
            self.form_pages.append(index)
        if subtype == raw.FPDF_ANNOT_FILEATTACHMENT and index not in self.attachment_pages[-1:]:
            self.attachment_pages.append(index)
        if subtype in _WITHOUT_CONTENTS or is_out_of_sight(annotation):
            return
        if has_giant_string(annotation, b"Contents"):
            self.partial_reason = reason("file.giant-annotation", page=index + 1)
        contents = _contents(annotation)
        if contents:
            self._notes[index][contents] = None
        if subtype in _DRAWN and (not contents or subtype == raw.FPDF_ANNOT_STAMP):
            if raw.FPDFAnnot_HasKey(annotation, b"AP"):
                self._drawn[index].add(number)
            elif (name := annotation_string(annotation, b"Name")) in _STAMP_NAMES:
                self._notes[index][_INNER_CAPITAL.sub(" ", name)] = None

    def add_form_fields(self, document: pdfium.PdfDocument, other_values: Iterable[str]) -> None:
        """Collect what form fields show.

        Args:
            document: the PDF.
            other_values: all values of the form; those that no page shows count as written on the first one.
        """
        known: set[str] = set()
        for form_field in read_form_fields(document, self.form_pages):
            self._values[form_field.page].update(dict.fromkeys(filter(None, map(clean, form_field.values))))
            known.update(map(clean, form_field.known))
            if form_field.signature is not None:
                self._drawn[form_field.page].add(form_field.signature)
        self._values[0].update(dict.fromkeys(value for value in other_values if value not in known))

    def add_drawings(self, document: pdfium.PdfDocument) -> None:
        """Collect the words that annotations draw, except those known already. Their pages lose their annotations."""
        for index in sorted(self._drawn)[:MAX_DRAWN_PAGES]:
            known = _squeezed("".join(self._notes[index]))
            numbers = sorted(self._drawn[index])
            if len(numbers) > MAX_PAGE_DRAWINGS:
                self.partial_reason = reason("file.first-drawings", count=MAX_PAGE_DRAWINGS, page=index + 1)
            text = read_drawn_text(document, index, set(numbers[:MAX_PAGE_DRAWINGS]))
            lines = [line for line in text.split("\n") if line and _squeezed(line) not in known]
            if lines:
                self._notes[index]["\n".join(lines)] = None

    def pages(self, label: Callable[[int], str | None]) -> tuple[Page, ...]:
        """Return the text of each page's annotations.

        Args:
            label: function from a page's number to its printed number.
        """
        return tuple(self._pages(label))

    def _pages(self, label: Callable[[int], str | None]) -> Iterator[Page]:
        room = self.limits.characters
        for index in sorted({*self._notes, *self._values}):
            text = "\n\n".join(filter(None, (*self._notes[index], "\n".join(self._values[index]))))
            cut = text[: min(room, self.limits.page_characters)]
            if len(cut) < len(text):
                self.partial_reason = reason("file.first-annotation-characters", count=len(cut), page=index + 1)
            room -= len(cut)
            if cut:
                yield Page(index + 1, cut, label(index + 1), Role.ANNOTATION)


def _contents(annotation: Any) -> str:
    """Return the text of a note, plain or else rich; ``""`` for a state that a reviewer set."""
    if raw.FPDFAnnot_HasKey(annotation, b"StateModel"):
        return ""
    return clean(annotation_string(annotation, b"Contents")) or plain_text(annotation_string(annotation, b"RC"))


def plain_text(rich_text: str) -> str:
    """Return the text of a note in XHTML, a paragraph to a line."""
    return clean(html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", rich_text))))


def _squeezed(text: str) -> str:
    return _SPACES.sub("", text).casefold()
