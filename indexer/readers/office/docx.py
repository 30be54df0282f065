"""DOCX: the body with its footnotes page by page, heads and feet apart, comments after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from indexer.readers.office.docx_numbering import Numbering, read_numbering
from indexer.readers.office.ooxml import read_core_properties, read_optional_part, read_part
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

# A text box stands twice (mc:Choice, mc:Fallback), moved text where it was and where it is: one of each is read.
_SKIPPED = (f"{_MC}Fallback", f"{_W}moveFrom", f"{_W}del", f"{_W}rt")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# What follows a piece of text: parts of a formula and values of a chart stand apart.
_WORDS = {f"{_W}t": "", f"{_A}t": "", f"{_M}t": " ", f"{_C}v": "\n"}
_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_P, _A_P, _TC, _TR, _BR = f"{_W}p", f"{_A}p", f"{_W}tc", f"{_W}tr", f"{_W}br"
_RENDERED, _NOTE, _END_NOTE = f"{_W}lastRenderedPageBreak", f"{_W}footnoteReference", f"{_W}endnoteReference"
_PROPERTIES, _STYLE = f"{_W}pPr", f"{_W}pStyle"
_WALKED = (*_WORDS, *_SIGNS, _P, _A_P, _TC, _TR, _BR, _RENDERED, _NOTE, _PROPERTIES)
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_DIAGRAMS = re.compile(r"word/(?:diagrams/data\d*|charts/chart\d*)\.xml")


@dataclass(slots=True)
class _Flow:
    """Text under way: finished pages, the page in hand, and what the walk has seen."""

    rendered: bool = False  # the file records where its pages broke
    notes: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    cells: int = 0
    numbering: Numbering = field(default_factory=Numbering)
    titled: int | None = None  # piece at which a paragraph of style Title began
    title: str = ""

    def turn(self) -> None:
        """Finish the page in hand, its footnotes at its foot."""
        text = "".join(self.pieces)
        self.pages.append(clean("\n".join((text, *self.noted))))
        self.pieces, self.noted, self.titled = [], [], None


def read_docx(path: Path, limits: Limits) -> Extraction:
    """Read a DOCX file. Where Word has recorded its page breaks, pages are the printed ones.

    Raises:
        Unreadable: no zip package, no document in it, encrypted, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        root = read_part(package, _BODY, _SKIPPED)
        if root is None:
            raise Unreadable("damaged file (no word/document.xml in the package)")
        flow = _body(package, root)
        texts, cap = apply_limits(flow.pages, limits)
        pages = (*number_pages(texts), *_around(package))
        candidates = (*_title(flow), *read_core_properties(package))
    return finish(ReadResult("docx", MEDIA_TYPE, candidates, cap), DocumentText.of(pages))


def _body(package: Package, root: Any) -> _Flow:
    flow = _Flow(
        rendered=next(root.iter(_RENDERED), None) is not None,
        notes=_notes(package, "word/footnotes.xml", "footnote"),
        numbering=read_numbering(
            read_optional_part(package, "word/numbering.xml", _SKIPPED),
            read_optional_part(package, "word/styles.xml", _SKIPPED),
        ),
    )
    _walk(root, flow)
    flow.noted.extend(_notes(package, "word/endnotes.xml", "endnote").values())
    flow.noted.extend(filter(None, (_text(package, name) for name in package.names() if _DIAGRAMS.fullmatch(name))))
    flow.turn()
    return flow


def _notes(package: Package, name: str, tag: str) -> dict[str, str]:
    root = read_optional_part(package, name, _SKIPPED)
    if root is None:
        return {}
    return {note.get(f"{_W}id", ""): text for note in root.iter(f"{_W}{tag}") if (text := _element_text(note))}


def _around(package: Package) -> Iterator[Page]:
    edges = dict.fromkeys(_text(package, name) for name in sorted(package.names()) if _EDGES.fullmatch(name))
    if margin := "\n".join(filter(None, edges)):
        yield Page(1, margin, role=Role.HEADER_FOOTER)
    if comments := _text(package, "word/comments.xml"):
        yield Page(1, comments, role=Role.BOILERPLATE)


def _text(package: Package, name: str) -> str:
    root = read_optional_part(package, name, _SKIPPED)
    return "" if root is None else _element_text(root)


def _element_text(element: Any) -> str:
    flow = _Flow(rendered=True)
    _walk(element, flow)
    return clean("".join(flow.pieces))


def _title(flow: _Flow) -> tuple[Candidate, ...]:
    return (Candidate("title", flow.title, Source.FIRST_PAGE, "style Title", confidence=0.9),) if flow.title else ()


def _walk(root: Any, flow: _Flow) -> None:
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=_WALKED):
        if event == "start":
            _enter(element, flow)
        else:
            _leave(element.tag, flow)


def _enter(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _WORDS:
        flow.pieces.append((element.text or "") + _WORDS[tag])
    elif tag in _SIGNS:
        # A tab stop's definition (w:tabs) is no tab.
        flow.pieces.append("" if element.getparent().tag == f"{_W}tabs" else _SIGNS[tag])
    elif tag == _TC:
        flow.cells += 1
    elif tag == _BR:
        _break(element, flow)
    elif tag == _RENDERED:
        flow.turn()
    elif tag == _NOTE:
        flow.noted.append(flow.notes.pop(element.get(f"{_W}id", ""), ""))
    elif tag == _PROPERTIES:
        _begin(element, flow)


def _begin(properties: Any, flow: _Flow) -> None:
    style = properties.find(_STYLE)
    if not flow.title and style is not None and style.get(f"{_W}val", "").lower() == "title":
        flow.titled = len(flow.pieces)
    elif label := flow.numbering.label(properties):
        flow.pieces.append(f"{label} ")


def _break(element: Any, flow: _Flow) -> None:
    if element.get(f"{_W}type") == "page" and not flow.rendered:
        flow.turn()
    else:
        flow.pieces.append("\n")


def _leave(tag: str, flow: _Flow) -> None:
    if tag in {_P, _A_P}:
        if flow.titled is not None:
            flow.title = clean("".join(flow.pieces[flow.titled :])).replace("\n", " ")
            flow.titled = None
        flow.pieces.append(" " if flow.cells else "\n")
    elif tag == _TC:
        flow.cells -= 1
        flow.pieces.append("\t")
    elif tag == _TR:
        flow.pieces.append("\n")
