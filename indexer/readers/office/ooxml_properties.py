"""What an Office package says of itself in its core properties."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Candidate, Source
from indexer.readers.office.zip_package import Package
from indexer.readers.property_values import iso_date, language_code, tidy
from indexer.readers.reader_protocol import Unreadable

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PLACES = (
    ("title", f"{_DC}title", "dc:title", 0.7),
    ("author", f"{_DC}creator", "dc:creator", 0.6),
    ("language", f"{_DC}language", "dc:language", 0.7),
    ("category", f"{_CORE}category", "cp:category", 0.6),
    ("date", f"{_TERMS}created", "dcterms:created", 0.5),
    ("date", f"{_TERMS}modified", "dcterms:modified", 0.3),
)
_NAMES = {"date": iso_date, "language": language_code}


def read_properties(package: Package) -> Iterator[Candidate]:
    """Candidates from ``docProps/core.xml``, all EMBEDDED; none where it is missing or damaged."""
    try:
        root = package.parse("docProps/core.xml")
    except Unreadable:
        return
    if root is None:
        return
    for field, tag, detail, confidence in _PLACES:
        printed = tidy(root.findtext(tag) or "")
        if value := _NAMES.get(field, tidy)(printed):
            yield Candidate(field, value, Source.EMBEDDED, detail, printed if printed != value else "", confidence)
