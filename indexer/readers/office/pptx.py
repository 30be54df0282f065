"""PPTX: slides are pages; speaker notes and comments are boilerplate with the number of their slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from corpus.messages import message
from indexer.readers.office.ooxml import main_part, read_core_properties, read_optional_part, read_part, relations
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PRESENTATION = "ppt/presentation.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACKS = (f"{_MC}Fallback",)  # repeats mc:Choice for older programs
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TEXTS = {f"{_A}t": "", f"{_M}t": " ", f"{_C}v": "\n", f"{_P}text": "\n"}
_PARAGRAPH, _CELL = f"{_A}p", f"{_A}tc"
_SEPARATORS = {_PARAGRAPH: "\n", _CELL: "\t", f"{_A}tr": "\n", f"{_A}br": "\n", f"{_A}tab": "\t"}
_VISITED = (*_TEXTS, *_SEPARATORS)
_TITLE_PLACEHOLDERS = frozenset({"title", "ctrTitle"})
# Placeholders for what recurs on every slide: number, date, footer and header.
_HEADER_FOOTER_PLACEHOLDERS = frozenset({"sldNum", "dt", "ftr", "hdr"})


@dataclass(frozen=True, slots=True)
class _Slide:
    """One slide: its tree, the parts related to it as (type, part name), and its number from 1."""

    root: Any
    related: tuple[tuple[str, str], ...]
    number: int


def read_pptx(path: Path, limits: Limits) -> Extraction:
    """Read a presentation.

    Raises:
        Unreadable: it is no zip package or has no presentation, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        slides = list(_slides(package, limits))
        title = next(filter(None, (_title(slide.root) for slide in slides[:1])), "")
        headers_footers = dict.fromkeys(filter(None, map(_remove_headers_footers, slides)))
        texts, partial_reason = apply_limits((_slide_text(package, slide) for slide in slides), limits)
        recurring = (Page(1, "\n".join(headers_footers), role=Role.HEADER_FOOTER),) if headers_footers else ()
        pages = (*number_pages(texts), *recurring, *_notes_and_comments(package, slides))
        title_candidate = (
            Candidate("title", title, Source.FIRST_PAGE, str(message("detail.first-slide")), confidence=0.9),
        )
        candidates = (*(title_candidate if title else ()), *read_core_properties(package))
    return finish(ReaderOutput("pptx", MEDIA_TYPE, candidates, partial_reason), DocumentText.of(pages))


def _slides(package: Package, limits: Limits) -> Iterator[_Slide]:
    """Yield the slides in order, one more than the limits allow, so that the cap is noticed."""
    main = main_part(package, _PRESENTATION)
    presentation = read_part(package, main, _FALLBACKS)
    if presentation is None:
        raise Unreadable("file.missing-part", part=main)
    targets = {relation_id: name for relation_id, _, name in relations(package, main)}
    names = [targets.get(entry.get(_ID, ""), "") for entry in presentation.iter(f"{_P}sldId")]
    number = 0
    for name in names[: limits.pages + 1]:
        root = read_optional_part(package, name, _FALLBACKS)
        if root is not None:
            number += 1
            related = tuple((relation_type, target) for _, relation_type, target in relations(package, name))
            yield _Slide(root, related, number)


def _placeholder(shape: Any) -> str:
    placeholder = shape.find(f".//{_P}nvPr/{_P}ph")
    return "" if placeholder is None else str(placeholder.get("type", "body"))


def _title(root: Any) -> str:
    texts = (_text(shape) for shape in root.iter(f"{_P}sp") if _placeholder(shape) in _TITLE_PLACEHOLDERS)
    return " ".join(next(filter(None, texts), "").split())


def _remove_headers_footers(slide: _Slide) -> str:
    """Remove number, date, header and footer from a slide, and return all of them but the number."""
    texts = []
    for shape in [shape for shape in slide.root.iter(f"{_P}sp") if _placeholder(shape) in _HEADER_FOOTER_PLACEHOLDERS]:
        texts.append("" if _placeholder(shape) == "sldNum" else _text(shape))
        shape.getparent().remove(shape)
    return "\n".join(filter(None, texts))


def _slide_text(package: Package, slide: _Slide) -> str:
    diagrams = [name for relation_type, name in slide.related if relation_type in {"chart", "diagramData"}]
    roots = (slide.root, *(read_optional_part(package, name, _FALLBACKS) for name in diagrams))
    return "\n".join(filter(None, (_text(root) for root in roots if root is not None)))


def _notes_and_comments(package: Package, slides: list[_Slide]) -> Iterator[Page]:
    """Yield the speaker notes and comments of each slide."""
    for slide in slides:
        texts = [_notes(package, name) for relation_type, name in slide.related if relation_type == "notesSlide"]
        comments = [name for relation_type, name in slide.related if relation_type == "comments"]
        roots = [read_optional_part(package, name, _FALLBACKS) for name in comments]
        texts += [_text(root) for root in roots if root is not None]
        if text := "\n".join(filter(None, texts)):
            yield Page(slide.number, text, role=Role.BOILERPLATE)


def _notes(package: Package, name: str) -> str:
    root = read_optional_part(package, name, _FALLBACKS)
    if root is None:
        return ""
    shapes = (shape for shape in root.iter(f"{_P}sp") if _placeholder(shape) not in _HEADER_FOOTER_PLACEHOLDERS)
    return "\n".join(filter(None, map(_text, shapes)))


def _text(root: Any) -> str:
    pieces: list[str] = []
    open_cells = 0
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_VISITED):
        tag = element.tag
        if tag == _CELL:
            open_cells += 1 if event == "start" else -1
        if event == "start":
            continue
        if tag in _TEXTS:
            pieces.append((element.text or "") + _TEXTS[tag])
        else:
            pieces.append(" " if open_cells and tag == _PARAGRAPH else _SEPARATORS[tag])
    return clean("".join(pieces))
