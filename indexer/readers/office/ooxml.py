"""Shared by DOCX, PPTX and XLSX: relationships, core properties, and parts in the strict form of ISO 29500."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.document import Candidate
from indexer.readers.office.xml_properties import PropertyRow, read_xml_properties
from indexer.readers.office.zip_package import Package
from indexer.readers.package_detection import MAIN_PART_RELATIONS
from indexer.readers.reader_protocol import Unreadable

# Strict files differ from transitional ones in their namespaces only.
_STRICT = "http://purl.oclc.org/ooxml/"
_STRICT_NAMESPACE = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml|presentationml|spreadsheetml|officeDocument)/"
)
_TRANSITIONAL_NAMESPACE = rb"http://schemas.openxmlformats.org/\1/2006/"

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
"""The namespace of the core properties of a package."""
CORE_PROPERTIES: tuple[PropertyRow, ...] = (
    ("title", f"{_DC}title", "dc:title", 0.7),
    ("author", f"{_DC}creator", "dc:creator", 0.6),
    ("language", f"{_DC}language", "dc:language", 0.7),
    ("category", f"{CORE}category", "cp:category", 0.6),
    ("date", f"{_TERMS}created", "dcterms:created", 0.5),
    ("date", f"{_TERMS}modified", "dcterms:modified", 0.3),
)
"""The rows of `read_element_properties` for the core properties of a package."""


def read_core_properties(package: Package) -> Iterator[Candidate]:
    """Yield the candidates in ``docProps/core.xml``; none where it is missing or damaged."""
    return read_xml_properties(package, "docProps/core.xml", CORE_PROPERTIES)


def relations(package: Package, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the id, type (last step of its URI) and part name of a part's relations within the package.

    Args:
        package: the open package.
        name: the part's member name; ``""`` for the package itself.
    """
    folder, _, base = name.rpartition("/")
    root = read_optional_part(package, posixpath.join(folder, "_rels", f"{base}.rels"))
    for relation in () if root is None else root.iter(_RELATIONSHIP):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            part_name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield relation.get("Id", ""), relation.get("Type", "").rpartition("/")[2], part_name


def main_part(package: Package, usual_name: str) -> str:
    """Return the part that the package states to be its document, else the usual one."""
    names = set(package.names())
    stated = (name for _, kind, name in relations(package, "") if kind in MAIN_PART_RELATIONS and name in names)
    return next(stated, usual_name)


def related_parts(package: Package, name: str) -> dict[str, list[str]]:
    """Return the names of the parts that a part is related to, by the type of the relation."""
    parts: dict[str, list[str]] = {}
    for _, kind, part in relations(package, name):
        parts.setdefault(kind, []).append(part)
    return parts


def read_part(package: Package, name: str, unwanted: tuple[str, ...] = ()) -> Any:
    """Return the root element of a part in transitional namespaces, or None where there is no such part.

    Args:
        package: the open package.
        name: the part's member name.
        unwanted: tags of elements that are removed with everything in them.

    Raises:
        Unreadable: the part is damaged, encrypted or beyond a cap.
    """
    root = package.parse(name)
    if root is None:
        return None
    if any(uri.startswith(_STRICT) for uri in root.nsmap.values()):
        source = _STRICT_NAMESPACE.sub(_TRANSITIONAL_NAMESPACE, etree.tostring(root))
        root = etree.fromstring(source, etree.XMLParser(resolve_entities=False))
    for element in list(root.iter(*unwanted)) if unwanted else ():
        element.getparent().remove(element)
    return root


def read_optional_part(package: Package, name: str, unwanted: tuple[str, ...] = ()) -> Any:
    """Return the root element as `read_part` does, or None where the part is missing or damaged."""
    try:
        return read_part(package, name, unwanted)
    except Unreadable:
        return None
