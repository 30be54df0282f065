"""ODT and ODP: text page by page or slide by slide, heads and feet apart, comments and speaker's notes after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from indexer.readers.office.odf_properties import read_properties, refuse_encrypted
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

TEXT_TYPE = "application/vnd.oasis.opendocument.text"
SLIDES_TYPE = "application/vnd.oasis.opendocument.presentation"
MOST_SPACES = 100
"""Spaces that one element may stand for."""

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
_OFFICE, _STYLE, _SHOW = f"{{{_NS}office:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}presentation:1.0}}"
_SVG = f"{{{_NS}svg-compatible:1.0}}"
_BREAK = f"{{{_NS}xsl-fo-compatible:1.0}}break-before"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SPACE, _TAB, _LINE, _SOFT = f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break", f"{_TEXT}soft-page-break"
_ROW, _SLIDE, _NOTE = f"{_TABLE}table-row", f"{_DRAW}page", f"{_TEXT}note-body"
_STYLE_NAME = f"{_TEXT}style-name"
# Read apart from the text that flows around them, or not at all: what was struck out, what a field once said.
_REMARKS = (f"{_OFFICE}annotation", f"{_SVG}title", f"{_SVG}desc")  # comments, and pictures described in words
_ASIDE = frozenset({*_REMARKS, f"{_SHOW}notes", f"{_TEXT}note-body"})
_UNREAD = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_TEXT}sequence-decls", f"{_TEXT}ruby-text",
     f"{_TEXT}page-number", f"{_OFFICE}forms", f"{_OFFICE}scripts", f"{_OFFICE}event-listeners"}
)  # fmt: skip
_DECLARED = (f"{_SHOW}footer-decl", f"{_SHOW}header-decl")
_EDGES = tuple(f"{_STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left"))

# What a master slide itself says; its placeholders only say what belongs there.
_MASTERS = etree.XPath(
    "//style:master-page/draw:frame[not(@presentation:placeholder='true')]",
    namespaces={"style": _STYLE[1:-1], "draw": _DRAW[1:-1], "presentation": _SHOW[1:-1]},
)


@dataclass(slots=True)
class _Flow:
    """Text under way: finished pages, the page in hand, and the notes that go to its foot."""

    breaking: frozenset[str] = frozenset()  # styles of paragraphs that begin a page
    titles: frozenset[str] = frozenset()
    pages: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    cells: int = 0
    inside: int = 0  # paragraphs around the place; between blocks characters only lay the file out
    titled: int | None = None  # piece at which a title began
    title: str = ""

    def turn(self) -> None:
        """Finish the page in hand, its footnotes at its foot."""
        self.pages.append(clean("\n".join(("".join(self.pieces), *self.noted))))
        self.pieces, self.noted, self.titled = [], [], None

    def part(self, tag: str) -> None:
        """What stands behind a finished element."""
        if tag in _PARAGRAPHS:
            self.inside -= 1
            self.pieces.append(" " if self.cells else "\n")
        elif tag in _CELLS:
            self.cells -= 1
            self.pieces.append("\t")
        elif tag == _ROW:
            self.pieces.append("\n")


def read_odt(path: Path, limits: Limits) -> Extraction:
    """Read a text document. Pages break where the writer has broken them and where the file records its page ends.

    Raises:
        Unreadable: no zip package, no content in it, encrypted, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        root = _content(package)
        flow = _Flow(_breaking(root), _titles(root, package.parse_optional("styles.xml")))
        _walk(_body(root, "text"), flow)
        flow.turn()
        return _conclude(package, root, flow, limits, TEXT_TYPE)


def read_odp(path: Path, limits: Limits) -> Extraction:
    """Read a presentation: slides are pages, the speaker's notes a REST text of their slide.

    Raises:
        Unreadable: as `read_odt`.
    """
    with Package(path, limits) as package:
        root = _content(package)
        flow = _Flow()
        for slide in _body(root, "presentation").iter(_SLIDE):
            _walk(slide, flow)
            flow.turn()
        return _conclude(package, root, flow, limits, SLIDES_TYPE)


def _conclude(package: Package, root: Any, flow: _Flow, limits: Limits, media_type: str) -> Extraction:
    texts, cap = apply_limits(flow.pages, limits)
    around = (*_margins(package, root), *_asides(root), *_embedded(package))
    candidates = (*_title(flow), *read_properties(package))
    return finish(ReadResult("odf", media_type, candidates, cap), DocumentText.of((*number_pages(texts), *around)))


def _content(package: Package) -> Any:
    refuse_encrypted(package)
    root = package.parse("content.xml")
    if root is None:
        raise Unreadable("damaged file (no content.xml in the package)")
    return root


def _body(root: Any, kind: str) -> Any:
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise Unreadable("damaged file (content.xml has no body)")
    found = body.find(f"{_OFFICE}{kind}")
    return body if found is None else found


def _breaking(root: Any) -> frozenset[str]:
    styles = root.iter(f"{_STYLE}style")
    return frozenset(s.get(f"{_STYLE}name") for s in styles if any(p.get(_BREAK) == "page" for p in s))


def _titles(*roots: Any) -> frozenset[str]:
    """Names of the styles that are Title or made from it."""
    styles = [style for root in roots if root is not None for style in root.iter(f"{_STYLE}style")]
    made = (style.get(f"{_STYLE}name") for style in styles if style.get(f"{_STYLE}parent-style-name") == "Title")
    return frozenset({"Title", *filter(None, made)})


def _walk(root: Any, flow: _Flow) -> None:
    """Take the text of an element, without recursion: documents can be nested deeper than Python's stack."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        aside = element is not root and (tag in _UNREAD or tag in _ASIDE)
        if event == "start" and aside:
            if tag == _NOTE:
                flow.noted.append(_text(element))
            walk.skip_subtree()
        elif event == "start" and isinstance(tag, str):  # else it is an entity, which is never resolved
            _enter(element, flow)
        elif event == "end" and isinstance(tag, str) and not aside:
            _leave(element, flow)
        if event == "end" and flow.inside and element is not root:
            flow.pieces.append(element.tail or "")


def _enter(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS:
        if element.get(_STYLE_NAME) in flow.breaking and any(map(str.strip, flow.pieces)):
            flow.turn()
        if not flow.title and flow.titled is None and _is_title(element, flow):
            flow.titled = len(flow.pieces)
    elif tag in _CELLS:
        flow.cells += 1
    elif tag == _SPACE:
        count = element.get(f"{_TEXT}c", "1")
        flow.pieces.append(" " * min(int(count[:6]) if count[:6].isdecimal() else 1, MOST_SPACES))
    elif tag == _SOFT and not flow.cells:
        flow.turn()
    elif tag in {_TAB, _LINE}:
        flow.pieces.append("\t" if tag == _TAB else "\n")
    flow.inside += tag in _PARAGRAPHS
    if flow.inside:
        flow.pieces.append(element.text or "")


def _leave(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS and flow.titled is not None:
        flow.title = " ".join(clean("".join(flow.pieces[flow.titled :])).split())
        flow.titled = None
    flow.part(tag)


def _is_title(element: Any, flow: _Flow) -> bool:
    if element.get(_STYLE_NAME) in flow.titles:
        return True
    box = element.getparent()
    frame = box.getparent() if box is not None else None
    return frame is not None and frame.get(f"{_SHOW}class") == "title"


def _text(element: Any) -> str:
    """All text of an element; of one that has no paragraphs (a formula, a description) every character."""
    flow = _Flow(inside=int(next(element.iter(*_PARAGRAPHS), None) is None))
    _walk(element, flow)
    return clean("".join((*flow.pages, *flow.pieces)))


def _title(flow: _Flow) -> tuple[Candidate, ...]:
    return (Candidate("title", flow.title, Source.FIRST_PAGE, "style Title", confidence=0.9),) if flow.title else ()


def _margins(package: Package, root: Any) -> Iterator[Page]:
    styles = package.parse_optional("styles.xml")
    elements = [*root.iter(*_DECLARED), *(() if styles is None else (*styles.iter(*_EDGES), *_MASTERS(styles)))]
    texts = dict.fromkeys(filter(None, map(_text, elements)))
    if texts:
        yield Page(1, "\n".join(texts), role=Role.HEADER_FOOTER)


def _asides(root: Any) -> Iterator[Page]:
    """Speaker's notes with the number of their slide, and comments."""
    for number, slide in enumerate(root.iter(_SLIDE), 1):
        notes = "\n".join(filter(None, map(_text, slide.iter(f"{_SHOW}notes"))))
        if notes:
            yield Page(number, notes, role=Role.BOILERPLATE)
    remarks = dict.fromkeys(filter(None, map(_text, root.iter(*_REMARKS))))
    if remarks:
        yield Page(1, "\n".join(remarks), role=Role.BOILERPLATE)


def _embedded(package: Package) -> Iterator[Page]:
    """Charts, formulas and tables that are documents within the document."""
    names = (name for name in package.names() if name.startswith("Object ") and name.endswith("/content.xml"))
    roots = (package.parse_optional(name) for name in names)
    texts = dict.fromkeys(filter(None, (_text(root) for root in roots if root is not None)))
    if texts:
        yield Page(1, "\n".join(texts), role=Role.BOILERPLATE)
