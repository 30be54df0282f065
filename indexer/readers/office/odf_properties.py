"""Metadata of an OpenDocument package, and the refusal of encrypted ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.document import Candidate
from indexer.readers.office.xml_properties import read_element_properties, read_xml_properties
from indexer.readers.office.zip_package import Package
from indexer.readers.reader_protocol import Unreadable

_DC = "{http://purl.org/dc/elements/1.1/}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_PROPERTIES = (
    ("title", f".//{_DC}title", "dc:title", 0.7),
    ("author", f".//{_META}initial-creator", "meta:initial-creator", 0.6),
    ("author", f".//{_DC}creator", "dc:creator", 0.5),
    ("language", f".//{_DC}language", "dc:language", 0.7),
    ("date", f".//{_META}creation-date", "meta:creation-date", 0.5),
    ("date", f".//{_DC}date", "dc:date (modified)", 0.3),
)


def read_properties(package: Package) -> Iterator[Candidate]:
    """Yield the candidates in ``meta.xml``; none where it is missing or damaged."""
    return read_xml_properties(package, "meta.xml", _PROPERTIES)


def read_root_properties(root: Any) -> Iterator[Candidate]:
    """Yield the candidates in the root element of a document in one XML file."""
    head = root.find(f"{_OFFICE}meta")
    return read_element_properties(head, _PROPERTIES) if head is not None else iter(())


def refuse_encrypted(package: Package) -> None:
    """Refuse a package whose manifest marks its content as encrypted.

    Raises:
        Unreadable: it needs a password.
    """
    manifest = package.parse_optional("META-INF/manifest.xml")
    if manifest is None:
        return
    for entry in manifest.iter(f"{_MANIFEST}file-entry"):
        name = entry.get(f"{_MANIFEST}full-path")
        if name == "content.xml" and entry.find(f"{_MANIFEST}encryption-data") is not None:
            raise Unreadable("file.password", final=True)
    if "encrypted-package" in package.names():
        raise Unreadable("file.password", final=True)
