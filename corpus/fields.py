"""THE table of fields. Schema, query fields, facets, command-line help and docs all derive from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """How a field is searched."""

    TEXT = "text"  # analysed words
    KEYWORD = "keyword"  # whole values, compared folded
    DATE = "date"  # EDTF spans


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table.

    Attributes:
        name: the name in the query language, the index and JSON.
        kind: how it is searched.
        label: for people.
        term: Dublin Core term it corresponds to, or ``""``.
        help: one line for the query-language page.
        aliases: other spellings accepted in queries and listings.
        facet: name of its facet in results, or ``""``; the date field's facet is ``year``.
        described: whether it is metadata chosen from candidates.
        missing: label of the facet row for documents without a value.
    """

    name: str
    kind: FieldKind
    label: str
    term: str
    help: str
    aliases: tuple[str, ...] = ()
    facet: str = ""
    described: bool = False
    missing: str = ""


FIELDS: tuple[Field, ...] = (
    Field("text", FieldKind.TEXT, "Text", "", "words in the document's text"),
    Field("title", FieldKind.TEXT, "Title", "dcterms:title", "words in the title", described=True),
    Field("file", FieldKind.TEXT, "File", "", "words in the file's name or folder", aliases=("path", "filename")),
    Field(
        "category", FieldKind.KEYWORD, "Category", "dcterms:type", "a category of the archive's list, or none",
        aliases=("type", "cat"), facet="category", described=True, missing="(no category)",
    ),
    Field(
        "date", FieldKind.DATE, "Date", "dcterms:issued", "a year, month, day or range; none finds the undated",
        aliases=("year",), facet="year", described=True, missing="(undated)",
    ),
    Field(
        "language", FieldKind.KEYWORD, "Language", "dcterms:language", "a language code such as en, fr, ar",
        aliases=("lang",), facet="language", described=True, missing="(no language)",
    ),
    Field(
        "author", FieldKind.KEYWORD, "Author", "dcterms:creator", "a whole author's name",
        aliases=("by", "authors", "creator"), facet="author", described=True, missing="(no author)",
    ),
    Field(
        "country", FieldKind.KEYWORD, "Country", "dcterms:spatial", "a country by its ISO code or name",
        aliases=("area",), facet="country", described=True, missing="(no country)",
    ),
    Field("format", FieldKind.KEYWORD, "Format", "dcterms:format", "pdf, html, docx, txt …", facet="format"),
    Field("id", FieldKind.KEYWORD, "Id", "dcterms:identifier", "one document by its id"),
    Field("state", FieldKind.KEYWORD, "State", "", "what became of the file; write is:partial, is:scan"),
)  # fmt: skip

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
"""Every field by its name."""

BY_ALIAS: dict[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Every field by each spelling a query may use."""

FACETS: tuple[Field, ...] = tuple(field for field in FIELDS if field.facet)
"""The fields results can be counted by, in the order they are shown."""

DESCRIBED: tuple[Field, ...] = tuple(field for field in FIELDS if field.described)
"""The metadata fields, each chosen from candidates with provenance."""
