"""DOCX: the body page by page with its footnotes; headers and footers; comments as boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import DocumentText, Extraction, Page, Role
from corpus.messages import message
from indexer.readers.office.docx_numbering import Numbering, read_numbering
from indexer.readers.office.ooxml import (
    main_part,
    read_core_properties,
    read_optional_part,
    read_part,
    related_parts,
)
from indexer.readers.office.page_flow import PageFlow
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# A text box occurs twice (mc:Choice, mc:Fallback), moved text at its old and its new place: one of each is read.
_UNWANTED = (f"{_MC}Fallback", f"{_W}moveFrom", f"{_W}del", f"{_W}rt")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# Elements with text, and what separates it from the next: parts of formulas and values of charts are separate words.
_TEXTS = {f"{_W}t": "", f"{_A}t": "", f"{_M}t": " ", f"{_C}v": "\n"}
_CHARACTERS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_P, _A_P, _TC, _TR, _BR = f"{_W}p", f"{_A}p", f"{_W}tc", f"{_W}tr", f"{_W}br"
_RENDERED, _NOTE, _END_NOTE = f"{_W}lastRenderedPageBreak", f"{_W}footnoteReference", f"{_W}endnoteReference"
_PROPERTIES, _STYLE = f"{_W}pPr", f"{_W}pStyle"
_VISITED = (*_TEXTS, *_CHARACTERS, _P, _A_P, _TC, _TR, _BR, _RENDERED, _NOTE, _PROPERTIES)
# Programs that forget to relate a part give it its usual name.
_USUAL_NAMES = {
    "footnotes": re.compile(r"word/footnotes\.xml"), "endnotes": re.compile(r"word/endnotes\.xml"),
    "numbering": re.compile(r"word/numbering\.xml"), "styles": re.compile(r"word/styles\.xml"),
    "comments": re.compile(r"word/comments\.xml"), "header": re.compile(r"word/header\d*\.xml"),
    "footer": re.compile(r"word/footer\d*\.xml"), "diagramData": re.compile(r"word/diagrams/data\d*\.xml"),
    "chart": re.compile(r"word/charts/chart\d*\.xml"),
}  # fmt: skip


@dataclass(slots=True)
class _Flow(PageFlow):
    """The state of walking a DOCX document."""

    rendered: bool = False  # the file records where Word broke its pages
    notes: dict[str, str] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)


def read_docx(path: Path, limits: Limits) -> Extraction:
    """Read a DOCX file. Where Word recorded its page breaks, pages are the printed ones.

    Raises:
        Unreadable: it is no zip package or has no document, is encrypted or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        main = main_part(package, _BODY)
        root = read_part(package, main, _UNWANTED)
        if root is None:
            raise Unreadable("file.missing-part", part=main)
        parts = _parts(package, main)
        flow = _body(package, root, parts)
        texts, partial_reason = apply_limits(flow.pages, limits)
        pages = (*number_pages(texts), *_surrounding_texts(package, parts))
        candidates = (*flow.title_candidates(), *read_core_properties(package))
    return finish(ReaderOutput("docx", MEDIA_TYPE, candidates, partial_reason), DocumentText.of(pages))


def _parts(package: Package, main: str) -> dict[str, list[str]]:
    """Return the parts beside the body by kind: those that the body relates, and those of usual names."""
    parts = related_parts(package, main)
    for name in sorted(package.names()):
        for kind, usual_name in _USUAL_NAMES.items():
            if usual_name.fullmatch(name) and name not in parts.get(kind, ()):
                parts.setdefault(kind, []).append(name)
    return parts


def _body(package: Package, root: Any, parts: dict[str, list[str]]) -> _Flow:
    def optional(kind: str) -> Any:
        return read_optional_part(package, parts[kind][0], _UNWANTED) if kind in parts else None

    flow = _Flow(
        rendered=next(root.iter(_RENDERED), None) is not None,
        notes=_notes(optional("footnotes"), "footnote"),
        numbering=read_numbering(optional("numbering"), optional("styles")),
    )
    _walk(root, flow)
    flow.page_notes.extend(_notes(optional("endnotes"), "endnote").values())
    diagrams = (*parts.get("diagramData", ()), *parts.get("chart", ()))
    flow.page_notes.extend(filter(None, (_text(package, name) for name in diagrams)))
    flow.finish_page()
    return flow


def _notes(root: Any, tag: str) -> dict[str, str]:
    if root is None:
        return {}
    return {note.get(f"{_W}id", ""): text for note in root.iter(f"{_W}{tag}") if (text := _element_text(note))}


def _surrounding_texts(package: Package, parts: dict[str, list[str]]) -> Iterator[Page]:
    names = sorted((*parts.get("header", ()), *parts.get("footer", ())))
    headers_footers = dict.fromkeys(_text(package, name) for name in names)
    if text := "\n".join(filter(None, headers_footers)):
        yield Page(1, text, role=Role.HEADER_FOOTER)
    if comments := "\n".join(filter(None, (_text(package, name) for name in parts.get("comments", ())))):
        yield Page(1, comments, role=Role.BOILERPLATE)


def _text(package: Package, name: str) -> str:
    root = read_optional_part(package, name, _UNWANTED)
    return "" if root is None else _element_text(root)


def _element_text(element: Any) -> str:
    flow = _Flow(rendered=True)
    _walk(element, flow)
    return clean("".join(flow.pieces))


def _walk(root: Any, flow: _Flow) -> None:
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_VISITED):
        if event == "start":
            _start(element, flow)
        else:
            _end(element.tag, flow)


def _start(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _TEXTS:
        flow.pieces.append((element.text or "") + _TEXTS[tag])
    elif tag in _CHARACTERS:
        # Within w:tabs the element defines a tab stop.
        flow.pieces.append("" if element.getparent().tag == f"{_W}tabs" else _CHARACTERS[tag])
    elif tag == _TC:
        flow.open_cells += 1
    elif tag == _BR:
        _break(element, flow)
    elif tag == _RENDERED:
        flow.finish_page()
    elif tag == _NOTE:
        flow.page_notes.append(flow.notes.pop(element.get(f"{_W}id", ""), ""))
    elif tag == _PROPERTIES:
        _start_paragraph(element, flow)


_FIRST_HEADINGS = frozenset({"heading1", "berschrift1", "titre1", "ttulo1", "titolo1", "kop1", "rubrik1", "1"})
"""Names of the style of first headings that Word writes in several languages."""


def _start_paragraph(properties: Any, flow: _Flow) -> None:
    element = properties.find(_STYLE)
    style = "" if element is None else element.get(f"{_W}val", "").lower()
    label = flow.numbering.label(properties)
    if not flow.title and style == "title":
        flow.title_start, flow.title_detail = len(flow.pieces), str(message("detail.title-style"))
    elif label:
        flow.pieces.append(f"{label} ")
    elif style in _FIRST_HEADINGS and not flow.title and not flow.pages and not "".join(flow.pieces).strip():
        flow.title_start, flow.title_detail = len(flow.pieces), str(message("detail.heading-style"))


def _break(element: Any, flow: _Flow) -> None:
    if element.get(f"{_W}type") == "page" and not flow.rendered:
        flow.finish_page()
    else:
        flow.pieces.append("\n")


def _end(tag: str, flow: _Flow) -> None:
    if tag in {_P, _A_P}:
        if flow.title_start is not None:
            flow.title = clean("".join(flow.pieces[flow.title_start :])).replace("\n", " ")
            flow.title_start = None
        flow.pieces.append(" " if flow.open_cells else "\n")
    elif tag == _TC:
        flow.open_cells -= 1
        flow.pieces.append("\t")
    elif tag == _TR:
        flow.pieces.append("\n")
