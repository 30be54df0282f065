"""What an OpenDocument package says of itself in ``meta.xml``, and whether it is locked."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Candidate, Source
from indexer.readers.office.zip_package import Package
from indexer.readers.property_values import iso_date, language_code, tidy
from indexer.readers.reader_protocol import Unreadable

_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_PLACES = (
    ("title", f"{_DC}title", "dc:title", 0.7),
    ("author", f"{_META}initial-creator", "meta:initial-creator", 0.6),
    ("author", f"{_DC}creator", "dc:creator", 0.5),
    ("language", f"{_DC}language", "dc:language", 0.7),
    ("date", f"{_META}creation-date", "meta:creation-date", 0.5),
    ("date", f"{_DC}date", "dc:date (modified)", 0.3),
)
_NAMES = {"date": iso_date, "language": language_code}


def read_properties(package: Package) -> Iterator[Candidate]:
    """Candidates from ``meta.xml``, all EMBEDDED; none where it is missing or damaged."""
    try:
        root = package.parse("meta.xml")
    except Unreadable:
        return
    if root is None:
        return
    for field, tag, detail, confidence in _PLACES:
        printed = tidy(root.findtext(f".//{tag}") or "")
        if value := _NAMES.get(field, tidy)(printed):
            yield Candidate(field, value, Source.EMBEDDED, detail, printed if printed != value else "", confidence)


def refuse_encrypted(package: Package) -> None:
    """See that a package is not locked.

    Raises:
        Unreadable: its manifest says that its content is encrypted.
    """
    try:
        manifest = package.parse("META-INF/manifest.xml")
    except Unreadable:
        return
    for entry in () if manifest is None else manifest.iter(f"{_MANIFEST}file-entry"):
        named = entry.get(f"{_MANIFEST}full-path")
        if named == "content.xml" and entry.find(f"{_MANIFEST}encryption-data") is not None:
            raise Unreadable("needs a password", final=True)
    if manifest is not None and "encrypted-package" in package.names():
        raise Unreadable("needs a password", final=True)
