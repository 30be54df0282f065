"""EPUB: the chapters of a book in reading order, each a page, and the metadata of its package."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from corpus.document import Candidate, DocumentText, Extraction, Source
from indexer.readers.encoding import decode
from indexer.readers.html.html_reader import body_text, parse, refuse_hostile
from indexer.readers.office.zip_package import Package
from indexer.readers.property_values import iso_date, language_code, tidy
from indexer.readers.reader_protocol import Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages, reason

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENC = "{http://www.w3.org/2001/04/xmlenc#}"
_CHAPTER_TYPES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
# These obfuscate fonts against copying and leave the text readable.
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
MAX_AUTHORS = 20
MAX_DATES = 10
_PARSERS = {"date": iso_date, "language": language_code}


def read_epub(path: Path, limits: Limits) -> Extraction:
    """Read a book.

    Raises:
        Unreadable: it is no zip package or no book, is locked or damaged, or exceeds a cap.
    """
    with Package(path, limits) as package:
        document_name = _package_document(package)
        root = package.parse(document_name)
        if root is None:
            raise Unreadable("file.damaged-book")
        chapters = list(dict.fromkeys(_chapters(root, posixpath.dirname(document_name))))
        _refuse_locked(package, chapters)
        lost: list[str] = []
        texts, cap_reason = apply_limits(_texts(package, chapters, lost), limits)
        candidates = tuple(_properties(root))
    if chapters and len(lost) == len(chapters):
        raise Unreadable("file.damaged-chapters")
    lost_reason = reason("file.lost-chapters", lost=len(lost), chapters=len(chapters)) if lost else ""
    result = ReaderOutput("epub", MEDIA_TYPE, candidates, cap_reason or lost_reason)
    return finish(result, DocumentText(number_pages(texts)))


def _package_document(package: Package) -> str:
    container = package.parse("META-INF/container.xml")
    rootfile = None if container is None else container.find(f".//{_CONTAINER}rootfile")
    name = str(rootfile.get("full-path", "")) if rootfile is not None else ""
    return name or next((name for name in package.names() if name.endswith(".opf")), "")


def _chapters(root: Any, folder: str) -> Iterator[str]:
    """Yield the names of the chapters in the order of the spine, or else of the manifest."""
    items = {item.get("id", ""): item for item in root.iter(f"{_OPF}item")}
    spine = [items.get(entry.get("idref", "")) for entry in root.iter(f"{_OPF}itemref")]
    listed = [item for item in spine if item is not None] or list(items.values())
    for item in listed:
        if item.get("media-type", "").strip().lower() in _CHAPTER_TYPES:
            # Only looked up among the members, so a path that leads outside finds nothing.
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _refuse_locked(package: Package, chapters: list[str]) -> None:
    root = package.parse_optional("META-INF/encryption.xml")
    for entry in () if root is None else root.iter(f"{_ENC}EncryptedData"):
        method, reference = entry.find(f"{_ENC}EncryptionMethod"), entry.find(f".//{_ENC}CipherReference")
        is_font = method is not None and method.get("Algorithm", "") in _FONT_ALGORITHMS
        if not is_font and reference is not None and unquote(reference.get("URI", "")) in chapters:
            raise Unreadable("file.rights", final=True)


def _texts(package: Package, chapters: list[str], lost: list[str]) -> Iterator[str]:
    for name in chapters:
        try:
            yield _chapter(package, name)
        except Unreadable:
            lost.append(name)
            yield ""


def _chapter(package: Package, name: str) -> str:
    data = package.read(name)
    if not data:
        raise Unreadable("file.missing-part", part=name)
    source = decode(data)
    refuse_hostile(source)
    return body_text(parse(source))


def _properties(root: Any) -> Iterator[Candidate]:
    for field, tag, confidence in (("title", "title", 0.9), ("author", "creator", 0.9), ("language", "language", 0.9)):
        for element in list(root.iter(f"{_DC}{tag}"))[: MAX_AUTHORS if field == "author" else 1]:
            printed = tidy(element.text or "")
            if value := _PARSERS.get(field, tidy)(printed):
                yield Candidate(
                    field, value, Source.EMBEDDED, f"dc:{tag}", printed if printed != value else "", confidence
                )
    for element in list(root.iter(f"{_DC}date"))[:MAX_DATES]:
        event = element.get(f"{_OPF}event", "publication").lower()
        printed = tidy(element.text or "")
        if value := iso_date(printed):
            detail = "dc:date" if event in {"publication", "original-publication"} else f"dc:date ({event}: modified)"
            yield Candidate("date", value, Source.EMBEDDED, detail, printed, 0.8 if detail == "dc:date" else 0.3)
