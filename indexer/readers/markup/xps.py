"""XPS and OpenXPS: the glyphs of each page as lines of text."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.document import DocumentText, Extraction
from indexer.readers.office.ooxml import main_part, read_core_properties, read_optional_part
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/oxps"
_SEQUENCE = "FixedDocSeq.fdseq"


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
    height = None
    for glyphs in () if root is None else root.iter("{*}Glyphs"):
        text = glyphs.get("UnicodeString", "").removeprefix("{}")
        if text:
            origin = _number(glyphs, "OriginY")
            pieces += ["" if height is None else " " if height == origin else "\n", text]
            height = origin
    return clean("".join(pieces))


def _number(glyphs: Any, name: str) -> float:
    try:
        return float(glyphs.get(name, "0"))
    except ValueError:
        return 0.0
