"""ODT, ODP and ODG, packed or flat: text by page, headers and footers, comments as boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, DocumentText, Extraction, Page, Role
from indexer.readers.office.odf_properties import read_properties, read_root_properties, refuse_encrypted
from indexer.readers.office.page_flow import PageFlow
from indexer.readers.office.zip_package import Package, parse_xml
from indexer.readers.reader_protocol import MIB, Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

TEXT_TYPE = "application/vnd.oasis.opendocument.text"
SLIDES_TYPE = "application/vnd.oasis.opendocument.presentation"
DRAWING_TYPE = "application/vnd.oasis.opendocument.graphics"
SHEETS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OPENOFFICE = "http://openoffice.org/2000/"
_OPENOFFICE_NAMESPACE = re.compile(rb"http://openoffice\.org/2000/(\w+)")
MAX_SPACES = 100
"""Spaces that one text:s element is expanded to at most."""

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = f"{{{_NS}text:1.0}}", f"{{{_NS}table:1.0}}", f"{{{_NS}drawing:1.0}}"
_OFFICE, _STYLE, _SHOW = f"{{{_NS}office:1.0}}", f"{{{_NS}style:1.0}}", f"{{{_NS}presentation:1.0}}"
_SVG = f"{{{_NS}svg-compatible:1.0}}"
_BREAK = f"{{{_NS}xsl-fo-compatible:1.0}}break-before"
_PARAGRAPHS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SPACE, _TAB = f"{_TEXT}s", f"{_TEXT}tab"
_LINE_BREAK, _SOFT_PAGE_BREAK = f"{_TEXT}line-break", f"{_TEXT}soft-page-break"
_ROW, _SLIDE, _NOTE = f"{_TABLE}table-row", f"{_DRAW}page", f"{_TEXT}note-body"
_STYLE_NAME = f"{_TEXT}style-name"
# Read separately from the text around them, or not at all, as deleted text and outdated values of fields.
_REMARKS = (f"{_OFFICE}annotation", f"{_SVG}title", f"{_SVG}desc")  # comments, and descriptions of images
_READ_APART = frozenset({*_REMARKS, f"{_SHOW}notes", f"{_TEXT}note-body"})
_UNREAD = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_TEXT}sequence-decls", f"{_TEXT}ruby-text",
     f"{_TEXT}page-number", f"{_OFFICE}forms", f"{_OFFICE}scripts", f"{_OFFICE}event-listeners",
     f"{_OFFICE}binary-data"}
)  # fmt: skip
_SLIDE_DECLARATIONS = (f"{_SHOW}footer-decl", f"{_SHOW}header-decl")
_HEADER_FOOTER_TAGS = tuple(
    f"{_STYLE}{name}" for name in ("header", "header-left", "header-first", "footer", "footer-left")
)

# Texts of master slides; text in placeholders only names what belongs there.
_MASTER_FRAMES = etree.XPath(
    "//style:master-page/draw:frame[not(@presentation:placeholder='true')]",
    namespaces={"style": _STYLE[1:-1], "draw": _DRAW[1:-1], "presentation": _SHOW[1:-1]},
)


@dataclass(slots=True)
class _Flow(PageFlow):
    """The state of walking an ODF document."""

    page_break_styles: frozenset[str] = frozenset()  # a paragraph of these begins a page
    title_styles: frozenset[str] = frozenset()
    open_paragraphs: int = 0  # outside of paragraphs, white space only formats the XML

    def finish_element(self, tag: str) -> None:
        """Append what separates a finished element from the next."""
        if tag in _PARAGRAPHS:
            self.open_paragraphs -= 1
            self.pieces.append(" " if self.open_cells else "\n")
        elif tag in _CELLS:
            self.open_cells -= 1
            self.pieces.append("\t")
        elif tag == _ROW:
            self.pieces.append("\n")


def read_odt(path: Path, limits: Limits) -> Extraction:
    """Read a text document. Pages end at explicit page breaks and where the file records its page ends.

    Raises:
        Unreadable: it is no zip package or has no content, is encrypted or damaged, or exceeds a cap.
    """
    with _open(path, limits) as document:
        flow = _Flow(
            page_break_styles=_page_break_styles(document.root),
            title_styles=_title_styles(document.root, document.styles),
        )
        _walk(_body(document.root, "text"), flow)
        flow.finish_page()
        return _finish(document, flow, limits, TEXT_TYPE)


def read_odp(path: Path, limits: Limits) -> Extraction:
    """Read a presentation. Slides are pages; speaker notes are boilerplate with the number of their slide.

    Raises:
        Unreadable: as `read_odt`.
    """
    return _read_slides(path, limits, "presentation", SLIDES_TYPE)


def read_odg(path: Path, limits: Limits) -> Extraction:
    """Read the texts of a drawing.

    Raises:
        Unreadable: as `read_odt`.
    """
    return _read_slides(path, limits, "drawing", DRAWING_TYPE)


def read_sheets(path: Path, limits: Limits) -> Extraction:
    """Read a spreadsheet in one XML file, or one of OpenOffice.org 1. Each sheet is a page labelled with its name.

    Raises:
        Unreadable: as `read_odt`.
    """
    with _open(path, limits) as document:
        sheets = list(_body(document.root, "spreadsheet").iter(f"{_TABLE}table"))
        texts, partial_reason = apply_limits(map(_text, sheets), limits)
        names = [clean(sheet.get(f"{_TABLE}name", "")) for sheet in sheets]
        pages = [Page(number, text, names[number - 1]) for number, text in enumerate(texts, 1)]
        surrounding = _notes_and_remarks(document.root)
        result = ReaderOutput("odf", SHEETS_TYPE, document.candidates(), partial_reason)
        return finish(result, DocumentText.of((*pages, *surrounding)))


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of a document. In flat files, all are the one root element.

    Attributes:
        root: content of the document.
        styles: root of its styles, or None.
        package: the open package, or None where the document is flat.
    """

    root: Any
    styles: Any
    package: Package | None

    def candidates(self) -> tuple[Candidate, ...]:
        """Return the candidates that the document's properties state."""
        return tuple(read_properties(self.package) if self.package else read_root_properties(self.root))


@contextmanager
def _open(path: Path, limits: Limits) -> Iterator[_Document]:
    if not is_flat(path):
        with Package(path, limits) as package:
            yield _Document(_content(package), _in_odf_namespaces(package.parse_optional("styles.xml")), package)
        return
    if path.stat().st_size > limits.member_bytes:
        raise Unreadable("file.too-large", mib=limits.member_bytes // MIB)
    root = parse_xml(path.read_bytes(), path.name)
    yield _Document(root, root, None)


def is_flat(path: Path) -> bool:
    """Return whether an OpenDocument file is one XML file and no package."""
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _read_slides(path: Path, limits: Limits, kind: str, media_type: str) -> Extraction:
    with _open(path, limits) as document:
        flow = _Flow()
        for slide in _body(document.root, kind).iter(_SLIDE):
            _walk(slide, flow)
            flow.finish_page()
        return _finish(document, flow, limits, media_type)


def _finish(document: _Document, flow: _Flow, limits: Limits, media_type: str) -> Extraction:
    texts, partial_reason = apply_limits(flow.pages, limits)
    objects = _embedded_objects(document.package) if document.package else ()
    surrounding = (*_headers_footers(document), *_notes_and_remarks(document.root), *objects)
    candidates = (*flow.title_candidates(), *document.candidates())
    text = DocumentText.of((*number_pages(texts), *surrounding))
    return finish(ReaderOutput("odf", media_type, candidates, partial_reason), text)


def _content(package: Package) -> Any:
    refuse_encrypted(package)
    root = package.parse("content.xml")
    if root is None:
        raise Unreadable("file.missing-part", part="content.xml")
    return _in_odf_namespaces(root)


def _in_odf_namespaces(root: Any) -> Any:
    """Return a part of an OpenOffice.org 1 file in the namespaces of OpenDocument."""
    if root is None or not any(uri.startswith(_OPENOFFICE) for uri in root.nsmap.values()):
        return root
    source = _OPENOFFICE_NAMESPACE.sub(rb"urn:oasis:names:tc:opendocument:xmlns:\1:1.0", etree.tostring(root))
    return parse_xml(source, "content.xml")


def _body(root: Any, kind: str) -> Any:
    body = root.find(f"{_OFFICE}body")
    if body is None:
        raise Unreadable("file.damaged-content")
    content = body.find(f"{_OFFICE}{kind}")
    return body if content is None else content


def _page_break_styles(root: Any) -> frozenset[str]:
    styles = root.iter(f"{_STYLE}style")
    breaking = (style for style in styles if any(properties.get(_BREAK) == "page" for properties in style))
    return frozenset(style.get(f"{_STYLE}name") for style in breaking)


def _title_styles(*roots: Any) -> frozenset[str]:
    """Return the names of the style Title and of the styles derived from it."""
    styles = [style for root in roots if root is not None for style in root.iter(f"{_STYLE}style")]
    derived = (style.get(f"{_STYLE}name") for style in styles if style.get(f"{_STYLE}parent-style-name") == "Title")
    return frozenset({"Title", *filter(None, derived)})


def _walk(root: Any, flow: _Flow) -> None:
    """Collect the text of an element without recursion, as nesting can exceed Python's stack."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        is_apart = element is not root and (tag in _UNREAD or tag in _READ_APART)
        if event == "start" and is_apart:
            if tag == _NOTE:
                flow.page_notes.append(_text(element))
            walk.skip_subtree()
        elif event == "start" and isinstance(tag, str):  # not an entity, which is never resolved
            _start(element, flow)
        elif event == "end" and isinstance(tag, str) and not is_apart:
            _end(element, flow)
        if event == "end" and flow.open_paragraphs and element is not root:
            flow.pieces.append(element.tail or "")


def _start(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS:
        if element.get(_STYLE_NAME) in flow.page_break_styles and any(map(str.strip, flow.pieces)):
            flow.finish_page()
        if not flow.title and flow.title_start is None and _is_title(element, flow):
            flow.title_start = len(flow.pieces)
    elif tag in _CELLS:
        flow.open_cells += 1
    elif tag == _SPACE:
        count = element.get(f"{_TEXT}c", "1")
        flow.pieces.append(" " * min(int(count[:6]) if count[:6].isdecimal() else 1, MAX_SPACES))
    elif tag == _SOFT_PAGE_BREAK and not flow.open_cells:
        flow.finish_page()
    elif tag in {_TAB, _LINE_BREAK}:
        flow.pieces.append("\t" if tag == _TAB else "\n")
    flow.open_paragraphs += tag in _PARAGRAPHS
    if flow.open_paragraphs:
        flow.pieces.append(element.text or "")


def _end(element: Any, flow: _Flow) -> None:
    tag = element.tag
    if tag in _PARAGRAPHS and flow.title_start is not None:
        flow.title = " ".join(clean("".join(flow.pieces[flow.title_start :])).split())
        flow.title_start = None
    flow.finish_element(tag)


def _is_title(element: Any, flow: _Flow) -> bool:
    if element.get(_STYLE_NAME) in flow.title_styles:
        return True
    box = element.getparent()
    frame = box.getparent() if box is not None else None
    return frame is not None and frame.get(f"{_SHOW}class") == "title"


def _text(element: Any) -> str:
    """Return the text of an element's paragraphs, or all of its text if it has none, as a formula."""
    flow = _Flow(open_paragraphs=int(next(element.iter(*_PARAGRAPHS), None) is None))
    _walk(element, flow)
    return clean("".join((*flow.pages, *flow.pieces)))


def _headers_footers(document: _Document) -> Iterator[Page]:
    styles = document.styles
    elements = [*document.root.iter(*_SLIDE_DECLARATIONS)]
    if styles is not None:
        elements += [*styles.iter(*_HEADER_FOOTER_TAGS), *_MASTER_FRAMES(styles)]
    texts = dict.fromkeys(filter(None, map(_text, elements)))
    if texts:
        yield Page(1, "\n".join(texts), role=Role.HEADER_FOOTER)


def _notes_and_remarks(root: Any) -> Iterator[Page]:
    """Yield speaker notes with the number of their slide, and comments."""
    for number, slide in enumerate(root.iter(_SLIDE), 1):
        notes = "\n".join(filter(None, map(_text, slide.iter(f"{_SHOW}notes"))))
        if notes:
            yield Page(number, notes, role=Role.BOILERPLATE)
    remarks = dict.fromkeys(filter(None, map(_text, root.iter(*_REMARKS))))
    if remarks:
        yield Page(1, "\n".join(remarks), role=Role.BOILERPLATE)


def _embedded_objects(package: Package) -> Iterator[Page]:
    """Yield the text of embedded charts, formulas and tables."""
    names = (name for name in package.names() if name.startswith("Object ") and name.endswith("/content.xml"))
    roots = (package.parse_optional(name) for name in names)
    texts = dict.fromkeys(filter(None, (_text(root) for root in roots if root is not None)))
    if texts:
        yield Page(1, "\n".join(texts), role=Role.BOILERPLATE)
