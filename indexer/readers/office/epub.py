"""EPUB: the chapters of a book in reading order, each a page, and what its package says of it."""

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
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages

MEDIA_TYPE = "application/epub+zip"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENC = "{http://www.w3.org/2001/04/xmlenc#}"
_TEXTS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
# Fonts are scrambled by these so that they cannot be lifted; the text is open.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_NAMES = {"date": iso_date, "language": language_code}


def read_epub(path: Path, limits: Limits) -> Extraction:
    """Read a book.

    Raises:
        Unreadable: no zip package, no book in it, locked, damaged, or beyond a cap.
    """
    with Package(path, limits) as package:
        place = _package_document(package)
        root = package.parse(place)
        if root is None:
            raise Unreadable("damaged file (no package document)")
        chapters = list(dict.fromkeys(_chapters(root, posixpath.dirname(place))))
        _refuse_locked(package, chapters)
        lost: list[str] = []
        texts, cap = apply_limits(_texts(package, chapters, lost), limits)
        candidates = tuple(_properties(root))
    if chapters and len(lost) == len(chapters):
        raise Unreadable("damaged file (no chapter can be read)")
    damaged = f"{len(lost):,} of {len(chapters):,} chapters could not be read" if lost else ""
    return finish(ReadResult("epub", MEDIA_TYPE, candidates, cap or damaged), DocumentText(number_pages(texts)))


def _package_document(package: Package) -> str:
    container = package.parse("META-INF/container.xml")
    found = None if container is None else container.find(f".//{_CONTAINER}rootfile")
    place = str(found.get("full-path", "")) if found is not None else ""
    return place or next((name for name in package.names() if name.endswith(".opf")), "")


def _chapters(root: Any, folder: str) -> Iterator[str]:
    """Names of the chapters in the order of the spine; of a book without one, in that of the manifest."""
    items = {item.get("id", ""): item for item in root.iter(f"{_OPF}item")}
    spine = [items.get(entry.get("idref", "")) for entry in root.iter(f"{_OPF}itemref")]
    listed = [item for item in spine if item is not None] or list(items.values())
    for item in listed:
        if item.get("media-type", "").strip().lower() in _TEXTS:
            # Taken as a name to look up in the package, wherever it may point.
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _refuse_locked(package: Package, chapters: list[str]) -> None:
    root = package.parse_optional("META-INF/encryption.xml")
    for entry in () if root is None else root.iter(f"{_ENC}EncryptedData"):
        method, place = entry.find(f"{_ENC}EncryptionMethod"), entry.find(f".//{_ENC}CipherReference")
        scrambled = method is not None and method.get("Algorithm", "") in _FONTS
        if not scrambled and place is not None and unquote(place.get("URI", "")) in chapters:
            raise Unreadable("locked (digital rights management)", final=True)


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
        raise Unreadable("missing")
    source = decode(data)
    refuse_hostile(source)
    return body_text(parse(source))


def _properties(root: Any) -> Iterator[Candidate]:
    for field, tag, confidence in (("title", "title", 0.9), ("author", "creator", 0.9), ("language", "language", 0.9)):
        for element in list(root.iter(f"{_DC}{tag}"))[: 20 if field == "author" else 1]:
            printed = tidy(element.text or "")
            if value := _NAMES.get(field, tidy)(printed):
                yield Candidate(
                    field, value, Source.EMBEDDED, f"dc:{tag}", printed if printed != value else "", confidence
                )
    for element in list(root.iter(f"{_DC}date"))[:10]:
        event = element.get(f"{_OPF}event", "publication").lower()
        printed = tidy(element.text or "")
        if value := iso_date(printed):
            detail = "dc:date" if event in {"publication", "original-publication"} else f"dc:date ({event}: modified)"
            yield Candidate("date", value, Source.EMBEDDED, detail, printed, 0.8 if detail == "dc:date" else 0.3)
