"""Detection of packages: by the main part of a zip file, and by the streams of an OLE file."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from indexer.readers.file_kinds import package_kind
from indexer.readers.formats import (
    DOC,
    DOCX,
    EPUB,
    JPEG,
    MSG,
    ODG,
    ODP,
    ODS,
    ODT,
    PAGE_RESOURCES,
    PNG,
    PPT,
    PPTX,
    TIFF,
    VSDX,
    WACZ,
    WARC,
    XLS,
    XLSX,
    XPS,
    ZIP,
    Format,
    by_name,
)

OLE_HEAD_BYTES = 1 << 20
"""Bytes of an old Office file that the names of its streams are searched for in."""
MAX_MIMETYPE_BYTES = 256
"""Longest member ``mimetype`` of a package that is read; a longer one is no media type."""
MAX_RELATIONS_BYTES = 1 << 20
"""Longest list of the relationships of a package that is read."""
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


def recognise_zip(path: Path, named: Format | None) -> Format | None:
    """Return the format of a package by its members; ZIP, a folder of documents, where it is no package.

    Returns:
        None for the package of a program that no reader knows.
    """
    try:
        with zipfile.ZipFile(path) as package:
            correct_member_names(package)
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


def correct_member_names(package: zipfile.ZipFile) -> None:
    """Rename the members of a package whose names have backslashes, which some programs write."""
    for info in package.filelist:
        if "\\" in info.filename:
            info.filename = info.filename.replace("\\", "/")
            package.NameToInfo.setdefault(info.filename, info)


def _contains_documents(names: Iterable[str]) -> bool:
    return any(by_name(name) not in {None, *_PACKAGE_RESOURCES} for name in names)


def _recognise_package(package: zipfile.ZipFile) -> Format | None:
    names = package.NameToInfo
    if row := _recognise_main_part(package):
        return row
    if "mimetype" in names:
        declared = _member(package, "mimetype", MAX_MIMETYPE_BYTES).decode("ascii", "replace").strip()
        if row := format_of_mimetype(declared):
            return row
    if "META-INF/container.xml" in names and any(name.endswith(".opf") for name in names):
        return EPUB
    holds_warc = any(name.startswith("archive/") and by_name(name) is WARC for name in names)
    return WACZ if holds_warc and "datapackage.json" in names else None


def format_of_mimetype(declared: str) -> Format | None:
    """Return the format that the ``mimetype`` of an OpenDocument file or a book states, or None."""
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


def recognise_old_office(path: Path, named: Format | None) -> Format | None:
    """Return the format by the file's name if that is an old Office format, else by its streams."""
    with path.open("rb") as file:
        head = file.read(OLE_HEAD_BYTES)
    if named in (DOC, PPT, XLS) or "EncryptedPackage".encode("utf-16-le") in head:
        return named
    return next(
        (row for stream, row in _OLE_STREAMS if stream.encode("utf-16-le") in head),
        named if named in _ZIP_FORMATS else None,
    )
