"""PPTX: slides are pages, the speaker's notes and the comments on a slide REST texts of that page."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from indexer.readers.office.ooxml import read_core_properties, read_optional_part, read_part
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_SHOW = "ppt/presentation.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACKS = (f"{_MC}Fallback",)  # repeat what mc:Choice says
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORDS = {f"{_A}t": "", f"{_M}t": " ", f"{_C}v": "\n", f"{_P}text": "\n"}
_PARAGRAPH, _CELL = f"{_A}p", f"{_A}tc"
_ENDS = {_PARAGRAPH: "\n", _CELL: "\t", f"{_A}tr": "\n", f"{_A}br": "\n", f"{_A}tab": "\t"}
_WALKED = (*_WORDS, *_ENDS)
_TITLES = frozenset({"title", "ctrTitle"})
# What stands on every slide of the show: its number, the date, the foot.
_EDGES = frozenset({"sldNum", "dt", "ftr", "hdr"})


@dataclass(frozen=True, slots=True)
class _Slide:
    """One slide: its tree, what hangs on it (kind to part name), and its number from 1."""

    root: Any
    parts: tuple[tuple[str, str], ...]
    number: int


def read_pptx(path: Path, limits: Limits) -> Extraction:
    """Read a presentation.

    Raises:
        Unreadable: no zip package, no presentation in it, encrypted, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        slides = list(_slides(package, limits))
        title = next(filter(None, (_title(slide.root) for slide in slides[:1])), "")
        edges = dict.fromkeys(filter(None, map(_lift_edges, slides)))
        texts, cap = apply_limits((_slide_text(package, slide) for slide in slides), limits)
        margin = (Page(1, "\n".join(edges), role=Role.HEADER_FOOTER),) if edges else ()
        pages = (*number_pages(texts), *margin, *_remarks(package, slides))
        named = (Candidate("title", title, Source.FIRST_PAGE, "title of the first slide", confidence=0.9),)
        candidates = (*(named if title else ()), *read_core_properties(package))
    return finish(ReadResult("pptx", MEDIA_TYPE, candidates, cap), DocumentText.of(pages))


def _slides(package: Package, limits: Limits) -> Iterator[_Slide]:
    """Slides in the order of the show, one more than the limits allow, so that the cap is seen."""
    show = read_part(package, _SHOW, _FALLBACKS)
    if show is None:
        raise Unreadable("damaged file (no ppt/presentation.xml in the package)")
    targets = {key: name for key, _, name in _relations(package, _SHOW)}
    names = [targets.get(entry.get(_ID, ""), "") for entry in show.iter(f"{_P}sldId")]
    number = 0
    for name in names[: limits.pages + 1]:
        root = read_optional_part(package, name, _FALLBACKS)
        if root is not None:
            number += 1
            yield _Slide(root, tuple((kind, target) for _, kind, target in _relations(package, name)), number)


def _relations(package: Package, name: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind (the last word of its type) and part name of everything a part refers to within the package."""
    folder, _, base = name.rpartition("/")
    root = read_optional_part(package, f"{folder}/_rels/{base}.rels", _FALLBACKS)
    for relation in () if root is None else root.iter(_RELATION):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], place


def _placeholder(shape: Any) -> str:
    found = shape.find(f".//{_P}nvPr/{_P}ph")
    return "" if found is None else str(found.get("type", "body"))


def _title(root: Any) -> str:
    texts = (_text(shape) for shape in root.iter(f"{_P}sp") if _placeholder(shape) in _TITLES)
    return " ".join(next(filter(None, texts), "").split())


def _lift_edges(slide: _Slide) -> str:
    """Take number, date and foot off a slide; the foot and the date are returned."""
    texts = []
    for shape in [shape for shape in slide.root.iter(f"{_P}sp") if _placeholder(shape) in _EDGES]:
        texts.append("" if _placeholder(shape) == "sldNum" else _text(shape))
        shape.getparent().remove(shape)
    return "\n".join(filter(None, texts))


def _slide_text(package: Package, slide: _Slide) -> str:
    hung = [name for kind, name in slide.parts if kind in {"chart", "diagramData"}]
    roots = (slide.root, *(read_optional_part(package, name, _FALLBACKS) for name in hung))
    return "\n".join(filter(None, (_text(root) for root in roots if root is not None)))


def _remarks(package: Package, slides: list[_Slide]) -> Iterator[Page]:
    """The speaker's notes and the comments of each slide."""
    for slide in slides:
        texts = [_notes(package, name) for kind, name in slide.parts if kind == "notesSlide"]
        comments = (read_optional_part(package, name, _FALLBACKS) for kind, name in slide.parts if kind == "comments")
        texts += [_text(root) for root in comments if root is not None]
        if found := "\n".join(filter(None, texts)):
            yield Page(slide.number, found, role=Role.BOILERPLATE)


def _notes(package: Package, name: str) -> str:
    root = read_optional_part(package, name, _FALLBACKS)
    if root is None:
        return ""
    shapes = (shape for shape in root.iter(f"{_P}sp") if _placeholder(shape) not in _EDGES)
    return "\n".join(filter(None, map(_text, shapes)))


def _text(root: Any) -> str:
    pieces: list[str] = []
    cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_WALKED):
        tag = element.tag
        if tag == _CELL:
            cells += 1 if event == "start" else -1
        if event == "start":
            continue
        if tag in _WORDS:
            pieces.append((element.text or "") + _WORDS[tag])
        else:
            pieces.append(" " if cells and tag == _PARAGRAPH else _ENDS[tag])
    return clean("".join(pieces))
