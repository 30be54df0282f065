"""Text of a PDF's page in the order of its content, as PDFium returns it, with its words in one piece."""

from __future__ import annotations

import ctypes
import re
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.text.cleaning import join_spaced_letters

_LETTER_ALONE = re.compile(r"\n[^\W\d_]\r\n(?=[^\W\d_])")
_SPACED_LINE = re.compile(r"^[^\W\d_](?: [^\W_]){4,}(?: ?[.,:;!?])?(?=\r?$)", re.MULTILINE)
MIN_WORD_GAP_RATIO = 1.5
"""Distance between words of a letter-spaced line, at least, as a multiple of that between letters."""
MIN_DROP_CAP_RATIO = 1.6
"""Height of a drop cap, at least, as a multiple of that of the letter behind it."""
_NO_LINE_END, _NO_BLANK = "\0\0", "\u00ad"
"""Removed when the text is cleaned. Until then offsets in the text stay. Soft hyphens are no sign of a garbled text."""


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


def join_drop_caps(textpage: pdfium.PdfTextPage, text: str) -> str:
    """Return the text of a page, as long as it was, without the line's end behind a drop cap.

    It is a letter alone on its line, higher than the next letter, which is beside it.

    Args:
        textpage: the page.
        text: all its text, as PDFium returns it.
    """
    for match in _LETTER_ALONE.finditer(f"\n{text}"):
        letter, following = match.start(), match.end() - 1
        left, right, bottom, top = letter_box(textpage, letter)
        next_left, _, next_bottom, next_top = letter_box(textpage, following)
        is_high = top - bottom >= MIN_DROP_CAP_RATIO * (next_top - next_bottom) > 0
        if is_high and bottom < next_top and top > next_bottom and left < next_left < right + (top - bottom) / 2:
            text = text[: letter + 1] + _NO_LINE_END + text[following:]
    return text


def join_letter_spacing(textpage: pdfium.PdfTextPage, text: str) -> str:
    """Return the text of a page, as long as it was, without the blanks between the letters of letter-spaced lines.

    PDFium returns one blank for every distance, so how far the letters are apart tells where words end.

    Args:
        textpage: the page.
        text: all its text, as PDFium returns it.
    """
    pieces, done = [], 0
    for match in _SPACED_LINE.finditer(text):
        line = match.group()
        blanks = [place for place, sign in enumerate(line) if sign == " "]
        boxes = [letter_box(textpage, match.start() + place) for place in range(0, len(line), 2)]
        gaps = [after[0] - before[1] for before, after in pairwise(boxes)][: len(blanks)]
        letter_gap = median(gaps)
        wide = {place for place, gap in zip(blanks, gaps, strict=True) if gap >= MIN_WORD_GAP_RATIO * letter_gap}
        set_apart = "".join("  " if place in wide else sign for place, sign in enumerate(line))
        if letter_gap > 0 and join_spaced_letters(set_apart) != set_apart:
            joined = "".join(_NO_BLANK if place in set(blanks) - wide else sign for place, sign in enumerate(line))
            pieces += [text[done : match.start()], joined]
            done = match.end()
    return "".join((*pieces, text[done:])) if pieces else text


def letter_box(textpage: pdfium.PdfTextPage, text_index: int) -> tuple[float, float, float, float]:
    """Return the left, right, lower and upper edge of a character, given by its offset in the page's text."""
    box = raw.FS_RECTF()
    index = raw.FPDFText_GetCharIndexFromTextIndex(textpage, text_index)
    if index < 0 or not raw.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box)):
        return 0.0, 0.0, 0.0, 0.0
    return float(box.left), float(box.right), float(box.bottom), float(box.top)
