"""Values of the form fields of a PDF, with the page that shows them: typed text, choices, ticked boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.readers.pdf.pdf_properties import MAX_OPTIONS, PASSWORD_FLAG
from indexer.readers.pdf.pdfium_annotations import annotation_string, is_out_of_sight, open_annotations, pdfium_string

_NOT_TICKED = ("", "Off")
"""States of a box that is not ticked."""
_FORM_INFO_VERSION = 2
"""Version of PDFium's form interface without JavaScript and XFA."""
_MERE_TICK = re.compile(r"(?:yes|on|true|checked|choice|x|oui|sí|si|ja|да)?[\W\d_]*", re.IGNORECASE)
"""States of a box that say only that it is ticked."""


@dataclass(frozen=True, slots=True)
class FormField:
    """A form field on a page.

    Attributes:
        page: the page's index.
        values: what the field shows; empty where it shows nothing, or is hidden.
        known: values of the field in the file, also where it is hidden; for a choice its code as well.
        signature: number of the annotation, where the field is a signature that is drawn; else None.
    """

    page: int
    values: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    signature: int | None = None


def has_only_xfa(document: pdfium.PdfDocument) -> bool:
    """Return whether a PDF is a dynamic XFA form, whose pages only ask the reader to use another viewer."""
    return bool(raw.FPDF_GetFormType(document) == raw.FORMTYPE_XFA_FULL)


def read_form_fields(document: pdfium.PdfDocument, pages: Sequence[int]) -> Iterator[FormField]:
    """Yield the form fields of a document.

    Args:
        document: the PDF.
        pages: indexes of the pages with form fields.
    """
    with _open_form(document) as form:
        for index in pages:
            try:
                page = document[index]
            except pdfium.PdfiumError:
                continue
            try:
                for number, annotation in open_annotations(page):
                    if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_WIDGET:
                        yield _field(form, annotation, index, number)
            finally:
                page.close()


@contextmanager
def _open_form(document: pdfium.PdfDocument) -> Iterator[Any]:
    # PdfDocument.init_forms would also prepare every page that is opened afterwards for display.
    info = raw.FPDF_FORMFILLINFO(version=_FORM_INFO_VERSION)
    form = raw.FPDFDOC_InitFormFillEnvironment(document, info)
    try:
        yield form
    finally:
        if form:
            raw.FPDFDOC_ExitFormFillEnvironment(form)


def _field(form: Any, annotation: Any, page: int, number: int) -> FormField:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    is_hidden = is_out_of_sight(annotation)
    own_type = annotation_string(annotation, b"FT") if kind <= raw.FPDF_FORMFIELD_UNKNOWN else ""
    if kind == raw.FPDF_FORMFIELD_SIGNATURE or own_type == "Sig":
        is_drawn = not is_hidden and raw.FPDFAnnot_HasKey(annotation, b"AP")
        return FormField(page, signature=number if is_drawn else None)
    if own_type in ("Tx", "Ch"):  # the form's list of fields lacks it
        stored = annotation_string(annotation, b"V")
        return FormField(page, () if is_hidden else (stored,), (stored,))
    stored = pdfium_string(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    values = _shown_values(form, annotation, kind, stored)
    return FormField(page, () if is_hidden else values, (stored, *values))


def _shown_values(form: Any, annotation: Any, kind: int, stored: str) -> tuple[str, ...]:
    if kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return tuple(_chosen_options(form, annotation)) or (stored,)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return _ticked_value(form, annotation, stored)
    is_password = raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & PASSWORD_FLAG
    return (stored,) if kind == raw.FPDF_FORMFIELD_TEXTFIELD and not is_password else ()


def _chosen_options(form: Any, annotation: Any) -> Iterator[str]:
    """Yield the labels of the chosen options, which a viewer shows in place of their stored values."""
    count = raw.FPDFAnnot_GetOptionCount(form, annotation)
    for option in range(count if count <= MAX_OPTIONS else 0):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, option):
            yield pdfium_string(raw.FPDFAnnot_GetOptionLabel, form, annotation, option)


def _ticked_value(form: Any, annotation: Any, stored: str) -> tuple[str, ...]:
    """Return the value of a ticked box or, where that says nothing, the description of the box."""
    state = annotation_string(annotation, b"AS")
    if state in _NOT_TICKED:
        return ()
    value = state if stored in _NOT_TICKED else stored  # PDFium empties the value of a box without drawings
    if not _MERE_TICK.fullmatch(value):
        return (value,)
    return (pdfium_string(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation),)
