"""VSDX: the texts of a Visio drawing; each of its pages is a page labelled with its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.document import DocumentText, Extraction, Page
from indexer.readers.office.ooxml import main_part, read_core_properties, read_optional_part, related_parts, relations
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.ms-visio.drawing.main+xml"
_DOCUMENT = "visio/document.xml"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_vsdx(path: Path, limits: Limits) -> Extraction:
    """Read a drawing.

    Raises:
        Unreadable: it is no zip package or has no pages, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        pages = list(_pages(package))
        texts, partial_reason = apply_limits((_page_text(package, name) for _, name in pages), limits)
        candidates = tuple(read_core_properties(package))
    labelled = (Page(number, text, pages[number - 1][0] or None) for number, text in enumerate(texts, 1))
    return finish(ReaderOutput("vsdx", MEDIA_TYPE, candidates, partial_reason), DocumentText(tuple(labelled)))


def _pages(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the names of the pages and of their parts, in order."""
    lists = related_parts(package, main_part(package, _DOCUMENT)).get("pages", [])
    root = read_optional_part(package, lists[0]) if lists else None
    if root is None:
        raise Unreadable("file.missing-part", part="visio/pages/pages.xml")
    targets = {relation_id: name for relation_id, _, name in relations(package, lists[0])}
    for page in root.iterfind("{*}Page"):
        reference = page.find("{*}Rel")
        if reference is not None and (name := targets.get(reference.get(_ID, ""))):
            yield clean(page.get("Name") or page.get("NameU") or ""), name


def _page_text(package: Package, name: str) -> str:
    root = read_optional_part(package, name)
    texts: Iterator[Any] = iter(()) if root is None else root.iter("{*}Text")
    return clean("\n".join("".join(text.itertext()).strip() for text in texts))
