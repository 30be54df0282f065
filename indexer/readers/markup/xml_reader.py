"""XML of any vocabulary: the text of its elements, and the metadata where its root is known."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.document import Candidate, Extraction
from indexer.readers.encoding import decode_document, refuse_binary
from indexer.readers.head_values import head_candidates
from indexer.readers.markup.office_xml import UNREAD_BY_ROOT, is_unread_part, read_office_properties
from indexer.readers.markup.xml_entities import expand_entities
from indexer.readers.markup.xml_heads import read_head
from indexer.readers.plain.text import finish_text
from indexer.readers.reader_protocol import Limits, read_capped, reason

XML_TYPE = "application/xml"
SVG_TYPE = "image/svg+xml"

MAX_TREE_CHARACTERS = 20_000_000
"""Longest document that is parsed to a tree, which takes up to 40 bytes of memory for each character."""
HEAD_CHARACTERS = 200_000
"""Characters of a document without a tree that its metadata are searched for in."""

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!\[CDATA\[|\]\]>|<[/!]?(?:[\w.-]{1,80}:)?([\w.-]{1,80})[^<>]*(?:>|\Z)",
    re.DOTALL,
)
_LINE_ENDS = re.compile(r"\n[ \n]*")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,31}));")
# Elements within a line in JATS, TEI, DocBook, SVG and web pages. Of all others each begins a line of its own, unless
# text of the element around it is beside it.
_INLINE = frozenset(
    {"String", "SP", "HYP",
     "Data", "r", "t", "a", "abbr", "acronym", "b", "bold", "choice", "cit", "cite", "code", "date", "del", "em",
     "emphasis", "emph", "expan", "ext-link", "foreign", "hi", "i", "ins", "italic", "link", "monospace",
     "named-content", "num", "orig", "persName", "personname", "phrase", "placeName", "q", "quote", "ref", "reg",
     "roman", "rs", "s", "sc", "seg", "span", "strong", "styled-content", "sub", "subscript", "sup",
     "superscript", "term", "tspan", "u", "ulink", "underline", "w", "xref", "forename", "surname",
     "given-names", "firstname", "name", "def", "docDate", "docNumber", "docTitle", "docType", "docProponent",
     "person", "organization", "location", "role", "subfield"}
)  # fmt: skip
# Programs, styles and bytes written as letters.
_UNREAD = frozenset(
    {
        "script",
        "style",
        "binData",
        "binary",
        "binary-data",
        "binaryData",
        "metadata",
        "namedview",
        "controlfield",
        "leader",
    }
)
# Of RSS, Atom and KML: web pages as escaped text.
_FEED_HTML = frozenset({"title", "subtitle", "description", "summary", "content", "encoded", "Snippet"})
_TEXT_ATTRIBUTES = ("text", "title", "label", "alt")
# Attributes that are text wherever they occur: of outlines, mind maps and the lines of scanned pages (ALTO).
_CONTENT_ATTRIBUTES = ("text", "TEXT", "_note")
_LINE_BREAKS = {"br": "\n", "break": "\n", "SP": " "}
_CELLS = frozenset({"td", "th", "cell", "entry", "Cell"})


def read_xml(path: Path, limits: Limits) -> Extraction:
    """Read an XML file. The text of one that is not well-formed is what stands between its tags.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, XML_TYPE)


def read_svg(path: Path, limits: Limits) -> Extraction:
    """Read the texts of an SVG drawing, and its title and description.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, SVG_TYPE)


def _read(path: Path, limits: Limits, media_type: str) -> Extraction:
    data, partial_reason = read_capped(path, limits)
    source = xml_source(data)
    is_tree = len(source) <= MAX_TREE_CHARACTERS
    root = parse_source(source) if is_tree else None
    if root is None and is_tree:
        root = parse_source(_ENTITY.sub(_as_printed, source))
    if root is not None:
        text = _LINE_ENDS.sub("\n", "".join(_pieces(root)))
        return finish_text(media_type, text, _candidates(root), partial_reason, limits, "xml")
    broken_reason = reason("file.broken-xml") if is_tree else ""
    candidates = _candidates(parse_source(source[:HEAD_CHARACTERS], recover=True))
    return finish_text(media_type, _without_tags(source), candidates, partial_reason or broken_reason, limits, "xml")


def _candidates(root: Any) -> Iterator[Candidate]:
    if root is not None:
        office = read_office_properties(root)
        entries, vocabulary = read_head(root) if not office else ((), "")
        yield from office or head_candidates(entries, vocabulary, 0.95)


def xml_source(data: bytes) -> str:
    """Return the source of an XML file without its declaration, with HTML's entities as characters.

    Raises:
        Unreadable: the content is binary.
    """
    declared = _ENCODING.search(data[:1000])
    text = decode_document(data, declared.group(1).decode("ascii", "replace") if declared else "")
    refuse_binary(text)
    source = _DECLARATION.sub("", text.replace("\0", "").removeprefix("\ufeff"))
    return _ENTITY.sub(_character, expand_entities(source))


def _character(match: re.Match[str]) -> str:
    name = match.group(1)
    return match.group() if name in _XML_ENTITIES else html.entities.html5.get(f"{name};", match.group())


def _as_printed(match: re.Match[str]) -> str:
    """Return an entity as the characters that it is written with, since nothing says what it stands for."""
    return match.group() if match.group(1) in _XML_ENTITIES else f"&amp;{match.group(1)};"


def parse_source(source: str, *, recover: bool = False) -> Any:
    """Return the root element without resolving entities, or None where the source is not well-formed.

    Args:
        source: of the document.
        recover: whether to return what can be read of a source that is not well-formed.
    """
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False,
        remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip
    try:
        return etree.fromstring(source.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _pieces(root: Any) -> Iterator[str]:
    """Yield the text of all elements in order, with line ends around those that are not within a line."""
    is_feed = _name(root) in {"rss", "feed", "RDF", "kml"}
    is_office = _name(root) in UNREAD_BY_ROOT
    unread = _UNREAD | UNREAD_BY_ROOT.get(_name(root), frozenset())
    walk = etree.iterwalk(root, events=("start", "end"))
    breaks: list[str] = []  # of each open element: what surrounds it
    mixed = [False]  # of each open element: whether text is beside its children
    for event, element in walk:
        name = _name(element)
        if event == "start":
            is_tab = is_office and name == "tab"
            is_inline = name in _INLINE or mixed[-1] or is_tab
            breaks.append("" if is_inline else "\t" if name in _CELLS else "\n")
            mixed.append(_is_mixed(element))
            if name == "pb":
                yield "\f"
            line_break = "\t" * is_tab or _LINE_BREAKS.get(name, "\n" if breaks[-1] == "\n" else "")
            is_unread = not name or name in unread or is_unread_part(element)  # without a name: an entity
            yield from (line_break, "" if is_unread else _text(element, name, is_feed=is_feed))
            if is_unread:
                walk.skip_subtree()
        else:
            mixed.pop()
            closing = breaks.pop()
            yield closing or ("" if mixed[-1] or name not in _NAMES else " ")
            if element is not root:
                yield element.tail or "" if mixed[-1] else " " * bool(element.tail) * (not closing)


# Parts of a name or a title, which some vocabularies write without a space between them.
_NAMES = frozenset({"forename", "surname", "given-names", "firstname", "subfield"})


def _text(element: Any, name: str, *, is_feed: bool) -> str:
    text = str(element.text or "")
    if is_feed and name in _FEED_HTML and "<" in text:
        return _without_tags(text)
    if text.strip():
        return text
    if name == "String":  # a word of ALTO, whose first part has the whole of a divided word
        return (
            "" if element.get("SUBS_TYPE") == "HypPart2" else element.get("SUBS_CONTENT") or element.get("CONTENT", "")
        )
    # An outline or a form has its words in attributes.
    if content := [value for key in _CONTENT_ATTRIBUTES if (value := element.get(key))]:
        return "\n".join(content)
    return "" if len(element) else next((str(element.get(key)) for key in _TEXT_ATTRIBUTES if element.get(key)), "")


def _is_mixed(element: Any) -> bool:
    if (element.text or "").strip():
        return True
    return any((child.tail or "").strip() for child in element)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _without_tags(source: str) -> str:
    """Return the text between the tags of XML that cannot be parsed, or is too large to be kept as a tree."""

    def character(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else 0
        named = html.entities.html5.get(f"{name};", " ")
        return named if name else chr(code) if 0 < code < 0x110000 else " "

    text = _MARKUP.sub(lambda tag: "" if tag.group(1) in _INLINE else "\n", source)
    text = _REFERENCE.sub(character, text)
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)
