"""Metadata that an XML member of a zip package states about the document, as candidates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.document import Candidate, Source
from indexer.readers.office.zip_package import Package
from indexer.readers.property_values import iso_date, language_code, tidy

_PARSERS = {"date": iso_date, "language": language_code}

PropertyRow = tuple[str, str, str, float]
"""A metadata field, the ElementPath of its element, the name shown as provenance, and the confidence."""


def read_xml_properties(package: Package, member: str, rows: tuple[PropertyRow, ...]) -> Iterator[Candidate]:
    """Yield one EMBEDDED candidate for each row whose element has a usable value.

    Yields nothing where the member is missing or damaged.
    """
    root = package.parse_optional(member)
    return read_element_properties(root, rows) if root is not None else iter(())


def read_element_properties(root: Any, rows: tuple[PropertyRow, ...]) -> Iterator[Candidate]:
    """Yield EMBEDDED candidates of each row whose element below ``root`` has a usable value."""
    for field, element_path, detail, confidence in rows:
        printed = tidy(root.findtext(element_path) or "")
        # Office writes several authors in one property.
        for part in printed.split(";") if field == "author" else (printed,):
            if value := _PARSERS.get(field, tidy)(part):
                yield Candidate(field, value, Source.EMBEDDED, detail, printed if printed != value else "", confidence)
