"""Detection of text: web pages, XML, mail and saved pages by their marks, all other text by its name."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.readers.encodings.ebcdic import is_ebcdic
from indexer.readers.encodings.wide_encodings import wide_encoding
from indexer.readers.formats import (
    ASS,
    CALENDAR,
    CARDS,
    FORMATS,
    HTML,
    LATEX,
    MAIL,
    MAILBOX,
    MHTML,
    RTF,
    SVG,
    TEXT,
    VTT,
    XML,
    Format,
)
from indexer.readers.mail.mail_marks import has_next_mail, is_mail, is_mailbox
from indexer.readers.package_detection import format_of_mimetype

TAIL_BYTES = 1024
"""Bytes from the end of a file that the end tag of a web page is searched for in."""
MAILBOX_BYTES = 1 << 20
"""Bytes from the beginning of a file named as one mail that a second mail is searched for in."""
MIN_HTML_TAGS = 3
"""Different HTML tags at the beginning of a text by which it is a web page without an html element."""
_HTML_WITHIN = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_HTML_END = re.compile(rb"</(?:html|body)\s*>\s*(?:<!--[^<>]*-->\s*)*\Z", re.IGNORECASE)
_XML_START = re.compile(rb"\A\s*<\?xml[\s?]")
_XML_ROOT = re.compile(rb"<(?:[\w.-]{1,80}:)?([A-Za-z_][\w.-]{0,80})(?=[\s/>])")
_XML_PROLOG = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!doctype[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_HTML_TAGS = frozenset(
    b"html head title body meta link base style script div span p br hr h1 h2 h3 h4 h5 h6 table tr td ul ol li dl dt"
    b" dd a b i u em strong font center img form pre blockquote section article nav header footer main".split()
)
_HTML_TAG = re.compile(rb"<(%b)[\s/>]" % b"|".join(sorted(_HTML_TAGS)), re.IGNORECASE)
_ODF_MIMETYPE = re.compile(rb"office:mimetype\s*=\s*[\"']([\w./-]{1,100})")
_HEADER_LINE = re.compile(rb"\A\s*[!-9;-~]{1,80}:[ \t\r\n]")
_SAVED_PAGE = re.compile(rb"^(?:Snapshot-Content-Location:|From:[ \t]*\"?<?\"?Saved by )", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"^Content-Type:[ \t]*(?:multipart/related|text/html)", re.IGNORECASE | re.MULTILINE)
_SENT = re.compile(rb"^(?:To|Received|Return-Path|Delivered-To|Message-ID):", re.IGNORECASE | re.MULTILINE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_CONTROLS = bytes(code for code in range(32) if code not in b"\b\t\n\x0b\f\r\x1a\x1b")
# Formats whose files are text; a file of another format that is text, has a wrong name.
_TEXTUAL = frozenset({HTML, MAIL, MHTML, MAILBOX, *(row for row in FORMATS if row.is_text)})
# Of these names the content may say more.
_AMBIGUOUS = frozenset({HTML, XML, SVG, MHTML, TEXT})
_TEXT_MARKS = (
    (b"BEGIN:VCALENDAR", CALENDAR), (b"BEGIN:VCARD", CARDS), (b"WEBVTT", VTT), (b"[Script Info]", ASS),
    (b"\\documentclass", LATEX), (b"{\\rtf", RTF),
)  # fmt: skip


def as_ascii(head: bytes) -> bytes:
    """Drop the byte order mark, and the zeros of UTF-16, so that ASCII tags can be recognised."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    if head.count(0) * 5 > len(head) * 2 and wide_encoding(head):
        return head.replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def is_prose(head: bytes, named: Format | None) -> bool:
    """Return whether a file that is named as a text begins like one, whatever magic number its words are."""
    return named is not None and named.is_text and len(head.translate(None, _CONTROLS + b"\0")) == len(head)


def is_text(head: bytes) -> bool:
    """Return whether a file that begins with these bytes may be text, which its reader decides."""
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    text = head.rstrip(b"\0\x1a") or head  # as `encoding.refuse_binary`
    zeros = text.count(0)
    controls = len(text) - len(text.translate(None, _CONTROLS)) - zeros
    is_single_byte = zeros * 5 <= len(text) * 2 and controls * 50 <= len(text) - zeros
    return is_single_byte or bool(wide_encoding(head)) or is_ebcdic(head)


def recognise_text(head: bytes, named: Format | None, path: Path) -> Format:
    """Return the format of a text by its marks, else by its name; plain text where neither says more."""
    # A single mail can begin with the "From " line of the mailbox that it was taken from.
    if is_mailbox(head) and (named is not MAIL or has_next_mail(_beginning(path))):
        return MAILBOX
    if row := _recognise_mail(head, named):
        return row
    is_marked = _XML_START.match(head) is not None or named is None or named in _AMBIGUOUS or named not in _TEXTUAL
    if is_marked and (row := _recognise_markup(head, named, path)):
        return row
    if named is MHTML:
        return MAIL if _HEADER_LINE.match(head) else TEXT
    if named is not None and named in _TEXTUAL and named not in _AMBIGUOUS:
        return named
    return next((row for mark, row in _TEXT_MARKS if head.lstrip().startswith(mark)), TEXT)


def _recognise_mail(head: bytes, named: Format | None) -> Format | None:
    if _is_saved_page(head, named):
        return MHTML
    # In a file that is named as another text, the headers can be an example.
    is_free = named in (None, TEXT, MAILBOX) or (named is HTML and not _HTML_WITHIN.search(head))
    return MAIL if is_free and is_mail(head) else None


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAILBOX_BYTES)


def _is_saved_page(head: bytes, named: Format | None) -> bool:
    if (named in _TEXTUAL and named not in {*_AMBIGUOUS, MAIL}) or not _HEADER_LINE.match(head):
        return False
    if _SAVED_PAGE.search(head):
        return True
    return named is not MAIL and bool(_RELATED.search(head)) and not _SENT.search(head)


def _recognise_markup(head: bytes, named: Format | None, path: Path) -> Format | None:
    """Return the format of XML by its root, and of a web page that begins with something else; else None."""
    body = _XML_PROLOG.sub(b"", head).lstrip()
    root = _XML_ROOT.match(body)
    name = root.group(1) if root else b""
    is_xml = bool(_XML_START.match(head)) or named in {XML, SVG} or b"xmlns" in body.partition(b">")[0]
    if name == b"document" and (mimetype := _ODF_MIMETYPE.search(head)):
        return format_of_mimetype(mimetype.group(1).decode("ascii")) or XML
    if name == b"svg":
        return SVG
    if named is HTML or (not is_xml and _contains_page(head, path)):
        return HTML
    if is_xml:
        return XML
    is_fragment = name.lower() in _HTML_TAGS and len({tag.lower() for tag in _HTML_TAG.findall(body)}) >= MIN_HTML_TAGS
    if is_fragment and named is not TEXT:
        return HTML
    return XML if named is None and head.lstrip().startswith(b"<") and _ends_with(path, name) else None


def _ends_with(path: Path, name: bytes) -> bool:
    """Return whether a file ends with the end tag of this element, as XML and SGML do."""
    return bool(name) and re.search(rb"</(?:[\w.-]{1,80}:)?%b\s*>\s*\Z" % re.escape(name), _tail(path)) is not None


def _contains_page(head: bytes, path: Path) -> bool:
    """Return whether a web page begins within the head, behind the warnings of a program that made it."""
    start = _HTML_WITHIN.search(head)
    if start is None:
        return False
    if head.lstrip().startswith(b"<"):
        return True
    # Programs contain pages as well, but do not end with them.
    return _HTML_END.search(_tail(path)) is not None


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL_BYTES, 0))
        return file.read(TAIL_BYTES)
