"""Access to annotations through PDFium's C interface: each one opened and closed, its strings, its visibility."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

MAX_STRING_BYTES = 64 << 20
"""Largest string that is copied, in UTF-16: 16 times the text that a page may have."""


def open_annotations(page: pdfium.PdfPage) -> Iterator[tuple[int, Any]]:
    """Yield the number and the handle of each annotation of a page; the handle is valid until the next one."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                yield number, annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def annotation_string(annotation: Any, key: bytes) -> str:
    """Return a text entry of an annotation, given as a string, a name or a stream; ``""`` where there is none."""
    return pdfium_string(raw.FPDFAnnot_GetStringValue, annotation, key)


def has_giant_string(annotation: Any, key: bytes) -> bool:
    """Return whether a text entry of an annotation is too long to be copied."""
    return bool(raw.FPDFAnnot_GetStringValue(annotation, key, None, 0) > MAX_STRING_BYTES)


def pdfium_string(function: Callable[..., int], *arguments: object) -> str:
    """Return the string that a function of PDFium writes as UTF-16; ``""`` where it is too long to be copied."""
    size = function(*arguments, None, 0)
    if not 2 < size <= MAX_STRING_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def is_out_of_sight(annotation: Any) -> bool:
    """Return whether an annotation is shown neither on the screen nor in print."""
    flags = raw.FPDFAnnot_GetFlags(annotation)
    if flags & raw.FPDF_ANNOT_FLAG_HIDDEN:
        return True
    return bool(flags & raw.FPDF_ANNOT_FLAG_NOVIEW) and not flags & raw.FPDF_ANNOT_FLAG_PRINT
