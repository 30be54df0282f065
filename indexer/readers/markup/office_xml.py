"""Properties and unread elements of documents that Office saved as XML, and as web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from corpus.document import Candidate
from indexer.readers.html.json_ld import plain
from indexer.readers.office.ooxml import CORE, CORE_PROPERTIES
from indexer.readers.office.xml_properties import PropertyRow, read_element_properties

MAX_PAGE_HEAD_CHARACTERS = 200_000
"""Characters from the beginning of a web page that the properties of Office are searched for in."""
_ROWS: tuple[PropertyRow, ...] = (
    ("title", ".//{*}Title", "office:Title", 0.6), ("author", ".//{*}Author", "office:Author", 0.6),
    ("date", ".//{*}Created", "office:Created", 0.5), ("date", ".//{*}LastSaved", "office:LastSaved (modified)", 0.3),
)  # fmt: skip
_SETTINGS = frozenset({"DocumentProperties", "CustomDocumentProperties", "OfficeDocumentSettings"})
_WORD_SETTINGS = frozenset(
    {"fonts", "styles", "lists", "docPr", "docSuppData", "docOleData", "shapeDefaults", "instrText", "delText", "tabs",
     "Fallback"}
)  # fmt: skip
_SHEET_SETTINGS = frozenset(
    {"Styles", "ExcelWorkbook", "WorksheetOptions", "Names", "DataValidation", "ComponentOptions"}
)
UNREAD_BY_ROOT: dict[str, frozenset[str]] = {
    "wordDocument": _SETTINGS | _WORD_SETTINGS, "Workbook": _SETTINGS | _SHEET_SETTINGS, "package": _WORD_SETTINGS,
}  # fmt: skip
"""Elements without text of the document, by the root: Word 2003, Excel 2003, and Word's flat package."""
_FLAT_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_PAGE_PROPERTIES = re.compile(r"<o:DocumentProperties>(?:(?!</o:DocumentProperties>).){0,20000}", re.DOTALL)
_PAGE_PROPERTY = re.compile(r"<o:(Title|Author|Created|LastSaved)>([^<>]{1,1000})<")


def read_office_properties(root: Any) -> tuple[Candidate, ...]:
    """Return the properties in a document that Word or Excel saved as XML, in the form of 2003 or as a package."""
    if root.tag == f"{_FLAT_PACKAGE}package":
        properties, rows = (
            root.find(f"{_FLAT_PACKAGE}part/{_FLAT_PACKAGE}xmlData/{CORE}coreProperties"),
            CORE_PROPERTIES,
        )
    else:
        properties, rows = root.find("{*}DocumentProperties"), _ROWS
    return () if properties is None else tuple(read_element_properties(properties, rows))


def is_unread_part(element: Any) -> bool:
    """Return whether an element is a part of a flat package that has no text of the document."""
    if element.tag != f"{_FLAT_PACKAGE}part":
        return False
    name = str(element.get(f"{_FLAT_PACKAGE}name") or "")
    return name.startswith("/docProps/") or name.endswith((".rels", "/styles.xml", "/settings.xml", "/fontTable.xml"))


def read_page_properties(source: str) -> Iterator[Candidate]:
    """Yield the properties in the source of a web page that Office saved, where they are in a comment."""
    block = _PAGE_PROPERTIES.search(source, 0, MAX_PAGE_HEAD_CHARACTERS)
    if block is None:
        return
    properties = etree.Element("DocumentProperties")
    for name, value in _PAGE_PROPERTY.findall(block.group()):
        etree.SubElement(properties, name).text = plain(value)
    yield from read_element_properties(properties, _ROWS)
