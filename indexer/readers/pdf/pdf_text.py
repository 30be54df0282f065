"""Text of a PDF's page in the order of its content, as PDFium returns it."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw


def page_text(textpage: pdfium.PdfTextPage) -> str:
    r"""Return all text of a page, with ``\r\n`` line ends.

    The same as ``PdfTextPage.get_text_range``, which takes four times as long: it makes an array type for each length.
    """
    count = raw.FPDFText_CountChars(textpage)
    if count < 1:
        return ""
    data = bytearray(4 * (count + 1))  # of 2 bytes a character; PDFium may return pairs of surrogates
    length = raw.FPDFText_GetText(textpage, 0, count, ctypes.byref(ctypes.c_ushort.from_buffer(data)))
    return data[: 2 * max(length - 1, 0)].decode("utf-16-le", "ignore")
