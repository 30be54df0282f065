"""Format detection: by a file's first bytes, the members of its package, the marks of a text, and its name last."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from indexer.readers.embedded.decompression import BZIP2_MAGIC, GZIP_MAGIC, decompress_head, is_compressed
from indexer.readers.embedded.tar_folder import is_tar
from indexer.readers.encodings.wide_encodings import wide_encoding
from indexer.readers.file_kinds import is_known_binary, package_kind
from indexer.readers.formats import (
    BZIP2,
    CALENDAR,
    CARDS,
    DOC,
    DOCX,
    EPUB,
    FORMATS,
    GZIP,
    HTML,
    JPEG,
    LATEX,
    MAIL,
    MAILBOX,
    MHTML,
    MSG,
    ODG,
    ODP,
    ODS,
    ODT,
    PAGE_RESOURCES,
    PDF,
    PNG,
    PPT,
    PPTX,
    RTF,
    SAFARI_ARCHIVE,
    SVG,
    TAR,
    TEXT,
    TIFF,
    TNEF,
    VSDX,
    VTT,
    WACZ,
    WARC,
    XLS,
    XLSX,
    XML,
    XPS,
    XZ,
    ZIP,
    Format,
    by_name,
)  # fmt: skip
from indexer.readers.mail.mail_marks import is_mail, is_mailbox

HEAD_BYTES = 4096
"""Bytes from the beginning of a file that magic numbers and tags are searched for in."""
TAIL_BYTES = 256
"""Bytes from the end of a file that the end tag of a web page is searched for in."""
MIN_HTML_TAGS = 3
"""Different HTML tags at the beginning of a text by which it is a web page without an html element."""
OLE_HEAD_BYTES = 1 << 20
"""Bytes of an old Office file that the names of its streams are searched for in."""
MAX_MIMETYPE_BYTES = 256
"""Longest member ``mimetype`` of a package that is read; a longer one is no media type."""
MAX_RELATIONS_BYTES = 1 << 20
"""Longest list of the relationships of a package that is read."""

_HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.DOTALL)
_HTML_WITHIN = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_HTML_END = re.compile(rb"</(?:html|body)\s*>\s*(?:<!--[^<>]*-->\s*)?\Z", re.IGNORECASE)
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
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"{\\rtf", RTF),
    (b"WARC/", WARC),
    (b"filedesc:", WARC),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
)
_OLE_STREAMS = (
    ("__properties_version1.0", MSG),
    ("WordDocument", DOC),
    ("PowerPoint Document", PPT),
    ("Workbook", XLS),
    ("Book", XLS),
)
_MAIN_PARTS = (
    ("word/document.xml", DOCX), ("ppt/presentation.xml", PPTX), ("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSX),
    ("visio/document.xml", VSDX), ("FixedDocSeq.fdseq", XPS), ("FixedDocumentSequence.fdseq", XPS),
)  # fmt: skip
_MAIN_FOLDERS = {"word": DOCX, "ppt": PPTX, "xl": XLSX, "visio": VSDX}
MAIN_PART_RELATIONS = frozenset({"officeDocument", "document", "fixedrepresentation"})
"""Last steps of the types by which a package refers to its main part: Office's, Visio's, those of XPS."""
# Media types of main parts, by a piece that only they have.
_MAIN_PART_TYPES = (
    (b"wordprocessingml.", DOCX), (b"ms-word.", DOCX), (b"presentationml.", PPTX), (b"ms-powerpoint.", PPTX),
    (b"spreadsheetml.", XLSX), (b"ms-excel.", XLSX), (b"ms-visio.", VSDX), (b"fixeddocumentsequence", XPS),
)  # fmt: skip
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(rb"(Type|Target|PartName|ContentType|TargetMode)\s*=\s*[\"']([^\"'<>]*)[\"']")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^<>]*>")
_ZIP_FORMATS = (DOCX, PPTX, XLSX, ODT, ODP, ODS, ODG, VSDX, XPS, EPUB, WACZ)
_SUN_XML = "application/vnd.sun.xml"
_BY_MIMETYPE = {
    **{row.media_type: row for row in (ODT, ODP, ODS, ODG, EPUB)},
    f"{_SUN_XML}.writer": ODT, f"{_SUN_XML}.impress": ODP, f"{_SUN_XML}.calc": ODS, f"{_SUN_XML}.draw": ODG,
}  # fmt: skip
# Formats that a program's own packages contain as well, so that they make no folder of documents.
_PACKAGE_RESOURCES = frozenset({*PAGE_RESOURCES, PNG, JPEG, TIFF})
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_CONTROLS = bytes(code for code in range(32) if code not in b"\b\t\n\x0b\f\r\x1a\x1b")
# Formats whose files are text; a file of another format that is text, has a wrong name.
_TEXTUAL = frozenset({HTML, MAIL, MHTML, MAILBOX, *(row for row in FORMATS if row.is_text)})
# Of these names the content may say more.
_AMBIGUOUS = frozenset({HTML, XML, SVG, MHTML, TEXT})
_TEXT_MARKS = (
    (b"BEGIN:VCALENDAR", CALENDAR), (b"BEGIN:VCARD", CARDS), (b"WEBVTT", VTT), (b"\\documentclass", LATEX),
    (b"{\\rtf", RTF),
)  # fmt: skip


def recognise(path: Path) -> Format | None:
    """Return the format of a file by its first bytes, else by its name; None where no reader knows it.

    Any text is of a format: that of its marks, that of its name, or plain text.

    Raises:
        OSError: the file cannot be opened.
    """
    named = by_name(path.name)
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    row = _recognise_magic(head, named)
    return row if row is not None else _recognise_content(path, head, named)


def _recognise_content(path: Path, head: bytes, named: Format | None) -> Format | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _recognise_zip(path, named)
    if head.startswith(_OLE_MAGIC):
        return _recognise_old_office(path, named)
    if is_known_binary(head):
        return None
    if _is_text(head):
        return _recognise_text(_as_ascii(head), named, path)
    # A damaged file is what its name says. A binary one that is named like a text is told by its reader.
    return named


def _recognise_magic(head: bytes, named: Format | None) -> Format | None:
    if head.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in head):
        return PDF
    if _HTML.match(_as_ascii(head)):
        return HTML
    if is_compressed(head):
        return _recognise_compressed(head, named)
    if is_tar(head):
        return TAR
    if head.startswith(b"bplist00") and b"WebMainResource" in head:
        return SAFARI_ARCHIVE
    return next((row for magic, row in _MAGIC if head.startswith(magic)), None)


def _recognise_compressed(head: bytes, named: Format | None) -> Format:
    inner = decompress_head(head, HEAD_BYTES)
    if not inner and named in {WARC, TAR}:  # damaged
        return named
    if inner.startswith((b"WARC/", b"filedesc:")):
        return WARC
    if is_tar(inner):
        return TAR
    return GZIP if head.startswith(GZIP_MAGIC) else BZIP2 if head.startswith(BZIP2_MAGIC) else XZ


def _as_ascii(head: bytes) -> bytes:
    """Drop the byte order mark, and the zeros of UTF-16, so that ASCII tags can be recognised."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_text(head: bytes) -> bool:
    """Return whether a file that begins with these bytes may be text; its reader decides when it has decoded it."""
    if head.startswith(_BYTE_ORDER_MARKS):
        return True
    zeros = head.count(0)
    controls = len(head) - len(head.translate(None, _CONTROLS)) - zeros
    is_single_byte = zeros * 5 <= len(head) * 2 and controls * 50 <= len(head) - zeros
    return is_single_byte or bool(wide_encoding(head))


def _recognise_text(head: bytes, named: Format | None, path: Path) -> Format:
    """Return the format of a text by its marks, else by its name; plain text where neither says more."""
    # A single mail can begin with the "From " line of the mailbox that it was taken from.
    if is_mailbox(head) and named is not MAIL:
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
    return MAIL if named in (None, TEXT, MAILBOX) and is_mail(head) else None


def _is_saved_page(head: bytes, named: Format | None) -> bool:
    if not _HEADER_LINE.match(head):
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
        return _by_mimetype(mimetype.group(1).decode("ascii")) or XML
    if name == b"svg":
        return SVG
    if named is HTML or (not is_xml and _contains_page(head, path)):
        return HTML
    if is_xml:
        return XML
    is_fragment = name.lower() in _HTML_TAGS and len({tag.lower() for tag in _HTML_TAG.findall(body)}) >= MIN_HTML_TAGS
    return HTML if is_fragment and named is not TEXT else None


def _contains_page(head: bytes, path: Path) -> bool:
    """Return whether a web page begins within the head, behind the warnings of a program that made it."""
    start = _HTML_WITHIN.search(head)
    if start is None:
        return False
    if head.lstrip().startswith(b"<"):
        return True
    # Programs contain pages as well, but do not end with them.
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL_BYTES, 0))
        return _HTML_END.search(file.read(TAIL_BYTES)) is not None


def _recognise_zip(path: Path, named: Format | None) -> Format | None:
    """Return the format of a package by its members; ZIP, a folder of documents, where it is no package.

    Returns:
        None for the package of a program that no reader knows.
    """
    try:
        with zipfile.ZipFile(path) as package:
            if row := _recognise_package(package):
                return row
            names = package.NameToInfo
    except _ZIP_DAMAGE:
        return named
    if named in _ZIP_FORMATS:
        return named
    ending = path.suffix.lower().rstrip(" .")
    known = package_kind(names, "" if named is ZIP else ending)
    if named is ZIP:
        # A folder may have been packed that contains a program; documents of one program are no folder.
        return None if known and "iWork" in known[0] else ZIP
    if known:
        return None
    return ZIP if not ending or _contains_documents(names) else None


def _contains_documents(names: Iterable[str]) -> bool:
    return any(by_name(name) not in {None, *_PACKAGE_RESOURCES} for name in names)


def _recognise_package(package: zipfile.ZipFile) -> Format | None:
    names = package.NameToInfo
    if row := _recognise_main_part(package):
        return row
    if "mimetype" in names:
        declared = _member(package, "mimetype", MAX_MIMETYPE_BYTES).decode("ascii", "replace").strip()
        if row := _by_mimetype(declared):
            return row
    if "META-INF/container.xml" in names and any(name.endswith(".opf") for name in names):
        return EPUB
    holds_warc = any(name.startswith("archive/") and by_name(name) is WARC for name in names)
    return WACZ if holds_warc and "datapackage.json" in names else None


def _by_mimetype(declared: str) -> Format | None:
    # The media types of templates and master documents add a suffix: …text-template, …text-master.
    return next(
        (
            row
            for media_type, row in _BY_MIMETYPE.items()
            if declared == media_type or declared.startswith((f"{media_type}-", f"{media_type}."))
        ),
        None,
    )


def _recognise_main_part(package: zipfile.ZipFile) -> Format | None:
    """Return the format of a package by the part that it states to be its document, else by its usual name."""
    names = package.NameToInfo
    for relation in _attributes(_member(package, "_rels/.rels", MAX_RELATIONS_BYTES), _RELATION):
        main = relation.get(b"Target", b"").decode("utf-8", "replace").lstrip("/").removeprefix("./")
        if relation.get(b"Type", b"").rpartition(b"/")[2].decode("ascii", "replace") not in MAIN_PART_RELATIONS:
            continue
        if main not in names or relation.get(b"TargetMode") == b"External":
            continue
        for part in _attributes(_member(package, "[Content_Types].xml", MAX_RELATIONS_BYTES), _OVERRIDE):
            if part.get(b"PartName", b"").decode("utf-8", "replace").lstrip("/") == main:
                media_type = part.get(b"ContentType", b"").lower()
                if row := next((row for piece, row in _MAIN_PART_TYPES if piece in media_type), None):
                    return row
        if row := _MAIN_FOLDERS.get(main.partition("/")[0]):
            return row
    return next((row for part, row in _MAIN_PARTS if part in names), None)


def _member(package: zipfile.ZipFile, name: str, size: int) -> bytes:
    """Return a small member; no bytes where there is none or it is too large."""
    info = package.NameToInfo.get(name)
    if info is None or info.file_size > size:
        return b""
    with package.open(info) as member:
        return member.read(size)


def _attributes(source: bytes, tag: re.Pattern[bytes]) -> Iterable[dict[bytes, bytes]]:
    text = source.replace(b"\0", b"")  # of UTF-16, which some programs write
    return (dict(_ATTRIBUTE.findall(match.group())) for match in tag.finditer(text))


def _recognise_old_office(path: Path, named: Format | None) -> Format | None:
    """Return the format by the file's name if that is an old Office format, else by its streams."""
    with path.open("rb") as file:
        head = file.read(OLE_HEAD_BYTES)
    if named in (DOC, PPT, XLS) or "EncryptedPackage".encode("utf-16-le") in head:
        return named
    return next(
        (row for stream, row in _OLE_STREAMS if stream.encode("utf-16-le") in head),
        named if named in _ZIP_FORMATS else None,
    )
