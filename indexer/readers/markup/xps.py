"""XPS and OpenXPS: the glyphs of each page as lines of text."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import DocumentText, Extraction
from indexer.readers.office.ooxml import main_part, read_core_properties, read_optional_part
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/oxps"
_SEQUENCE = "FixedDocSeq.fdseq"
_MAX_SHIFT_EMS = 0.45  # of signs above or below the line
_MIN_SPACE_EMS = 0.12  # half of a narrow space
_MAX_GUESSED_GLYPHS = 12
"""Glyphs of unknown width in a run, beyond which nothing is said of the space behind it."""
_USUAL_EMS = {
    **dict.fromkeys("iljI.,;:'|!", 0.26), **dict.fromkeys("ftr()[]- ", 0.32), **dict.fromkeys("mwMW@%", 0.82),
}  # fmt: skip
"""Widths of letters in common fonts, in shares of the size, where a run does not state them."""


def read_xps(path: Path, limits: Limits) -> Extraction:
    """Read an XPS document.

    Raises:
        Unreadable: it is no zip package or has no pages, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        pages = [
            page
            for document in _sources(package, main_part(package, _SEQUENCE), "DocumentReference")
            for page in _sources(package, document, "PageContent")
        ]
        if not pages:
            raise Unreadable("file.missing-part", part=_SEQUENCE)
        texts, partial_reason = apply_limits((_page_text(package, page) for page in pages), limits)
        candidates = tuple(read_core_properties(package))
    return finish(ReaderOutput("xps", MEDIA_TYPE, candidates, partial_reason), DocumentText(number_pages(texts)))


def _sources(package: Package, name: str, tag: str) -> Iterator[str]:
    """Yield the parts that a part refers to, in order."""
    root = read_optional_part(package, name)
    for reference in () if root is None else root.iter(f"{{*}}{tag}"):
        source = posixpath.join("/", posixpath.dirname(name), reference.get("Source", ""))
        yield posixpath.normpath(source).lstrip("/")


def _page_text(package: Package, name: str) -> str:
    """Return the runs of glyphs in their order in the file; a run at another height begins a line."""
    root = read_optional_part(package, name)
    pieces: list[str] = []
    previous: _Run | None = None
    for glyphs in () if root is None else root.iter("{*}Glyphs"):
        run = _Run.of(glyphs)
        if run.text:
            pieces += ["" if previous is None else previous.separator(run), run.text]
            previous = run
    return clean("".join(pieces))


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of glyphs.

    Attributes:
        text: its characters.
        x: where its first glyph is, to the right, in the units of the page.
        y: the height of its line, downwards.
        size: of its font.
        width: of all its glyphs.
        guessed_glyphs: how many of them count as usual, since the file does not state how wide they are.
        is_right_to_left: whether it is written to the left.
    """

    text: str
    x: float
    y: float
    size: float
    width: float
    guessed_glyphs: int
    is_right_to_left: bool

    @classmethod
    def of(cls, glyphs: Any) -> _Run:
        """Return the run of a Glyphs element."""
        text = str(glyphs.get("UnicodeString", "")).removeprefix("{}")
        size = _number(glyphs.get("FontRenderingEmSize"))
        is_right_to_left = _number(glyphs.get("BidiLevel")) % 2 == 1
        ems, guessed = _ems(text, str(glyphs.get("Indices", "")))
        x, y = _number(glyphs.get("OriginX")), _number(glyphs.get("OriginY"))
        return cls(text, x, y, size, ems * size, guessed, is_right_to_left)

    def separator(self, following: _Run) -> str:
        """Return what is between this run and the following one: a line end, a space, or nothing within a word."""
        size = max(self.size, following.size)
        if abs(self.y - following.y) > _MAX_SHIFT_EMS * size:
            return "\n"
        if self.text[-1].isspace() or following.text[0].isspace():
            return ""
        is_other_way = self.is_right_to_left or following.is_right_to_left or following.x < self.x
        if not size or is_other_way or self.guessed_glyphs > _MAX_GUESSED_GLYPHS:
            return " "
        gap = following.x - self.x - self.width
        return "" if gap < _MIN_SPACE_EMS * size else " "


def _ems(text: str, indices: str) -> tuple[float, int]:
    """Return the width of a run in ems, and how many of its glyphs have no stated advance and count as usual."""
    advances = [entry.split(",")[1] if "," in entry else "" for entry in indices.split(";")[: len(text)]]
    advances += [""] * (len(text) - len(advances))
    widths = (
        _number(advance) / 100 if advance else _usual_ems(character)
        for character, advance in zip(text, advances, strict=False)
    )
    return sum(widths), advances.count("")


def _usual_ems(character: str) -> float:
    if character > "\u2e7f":
        return 1.0
    return _USUAL_EMS.get(character, 0.67 if character.isupper() else 0.5)


def _number(value: str | None) -> float:
    try:
        number = float(value or 0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0
