"""The table of fields. Queries, index, listings, corrections, JSON, facets, options and docs derive from it.

A new row of kind KEYWORD is the whole change (``tests/house/test_new_field.py`` adds one). A row of another kind also
needs a place in the index schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MISSING = "none"
"""The value that queries and facets write for documents without a value."""
YEAR_FACET = "year"
"""The facet of the date field. Its values are years, in the order of time."""


class FieldKind(StrEnum):
    """The way a field is searched."""

    TEXT = "text"  # analysed words
    KEYWORD = "keyword"  # whole values, compared folded
    DATE = "date"  # EDTF spans


class ValueKind(StrEnum):
    """The way a typed value is parsed and a stored one is shown; see `corpus.field_values`."""

    PLAIN = "plain"  # any text
    NAME = "name"  # a person or body; a comma may be part of it, as in "Doe, Jane"
    DATE = "date"  # EDTF, or a date in words
    CATEGORY = "category"  # a name of the archive's list, or one of its aliases
    LANGUAGE = "language"  # a BCP 47 code, or the language's name
    COUNTRY = "country"  # an ISO 3166-1 code, or the country's name


@dataclass(frozen=True, slots=True)
class Field:
    """One row of the table.

    Attributes:
        name: the name in the query language, the index and JSON.
        kind: how it is searched.
        label: for people.
        term: Dublin Core term it corresponds to, or ``""``.
        help: the content of the field, as a noun phrase for the query-language page and ``--help``.
        aliases: other spellings accepted in queries and listings.
        value: how its values are read and shown.
        facet: name of its facet in results, or ``""``; the date field's facet is ``year``.
        described: whether it is metadata, chosen from candidates with provenance.
        correctable: whether ``edit`` can correct it.
        several: whether a document can have more than one value.
        missing: label of the facet row for documents without a value.
        column_names: other names of its column in listings, the most trusted first.
        json_key: key of its values in JSON where it is not ``name``; with ``several`` the values are a list.
        in_hits: whether the hits of a search carry its value.
        position: place among the metadata in JSON and on screens, which keep the order of the first version; rows
            without one follow in the order of the table.
        placeholder: shown in place of the value in ``--help``.
    """

    name: str
    kind: FieldKind
    label: str
    term: str
    help: str
    aliases: tuple[str, ...] = ()
    value: ValueKind = ValueKind.PLAIN
    facet: str = ""
    described: bool = False
    correctable: bool = False
    several: bool = False
    missing: str = ""
    column_names: tuple[str, ...] = ()
    json_key: str = ""
    in_hits: bool = True
    position: int = 99
    placeholder: str = "NAME"

    @property
    def key(self) -> str:
        """Return the JSON key of the field's value or values."""
        return self.json_key or self.name

    @property
    def facet_label(self) -> str:
        """Return the heading of the field's facet for people."""
        return self.facet.capitalize() if self.kind is FieldKind.DATE else self.label


FIELDS: tuple[Field, ...] = (
    Field("text", FieldKind.TEXT, "Text", "", "the text of the document"),
    Field(
        "title", FieldKind.TEXT, "Title", "dcterms:title", "the title", described=True, correctable=True,
        position=1,
        column_names=("title", "titre", "título", "titel", "titolo", "name", "document title"),
    ),
    Field("file", FieldKind.TEXT, "File", "", "the file's name and folders", aliases=("path", "filename")),
    Field(
        "category", FieldKind.KEYWORD, "Category", "dcterms:type", "the category: a name from the archive's list",
        aliases=("type", "cat"), value=ValueKind.CATEGORY, facet="category", described=True, correctable=True,
        missing="(no category)", position=3,
        column_names=("category", "type", "document type", "catégorie", "categoría", "tipo", "kategorie", "cat"),
    ),
    Field(
        "date", FieldKind.DATE, "Date", "dcterms:issued", "the date: 2019, 2019-03, 2019-03-04 or 2017..2019",
        aliases=("year",), value=ValueKind.DATE, facet=YEAR_FACET, described=True, correctable=True,
        missing="(undated)", position=2, placeholder="WHEN",
        column_names=(
            "date", "issued", "date issued", "published", "publication date", "date published", "date of publication",
            "dateissued", "datepublished", "document date", "fecha", "fecha de publicación", "date de publication",
            "datum", "data", "created", "available", "year", "année", "año",
        ),
    ),
    Field(
        "language", FieldKind.KEYWORD, "Language", "dcterms:language", "the language: its code or name",
        aliases=("lang",), value=ValueKind.LANGUAGE, facet="language", described=True, correctable=True,
        missing="(no language)", position=4, placeholder="CODE",
        column_names=("language", "lang", "languages", "langue", "idioma", "sprache", "lingua"),
    ),
    Field(
        "author", FieldKind.KEYWORD, "Author", "dcterms:creator", "the author: the name, or a part of it",
        aliases=("by", "authors", "creator"), value=ValueKind.NAME, facet="author", described=True, correctable=True,
        several=True, missing="(no author)", json_key="authors", position=6,
        column_names=(
            "author", "authors", "creator", "creators", "by", "auteur", "auteurs", "autor", "autores", "autora",
        ),
    ),
    Field(
        "country", FieldKind.KEYWORD, "Country", "dcterms:spatial", "the country: its ISO code or name",
        aliases=("area",), value=ValueKind.COUNTRY, facet="country", described=True, correctable=True,
        missing="(no country)", in_hits=False, position=5, placeholder="CODE",
        column_names=("country", "area", "spatial", "coverage", "pays", "país", "land"),
    ),
    Field(
        "format", FieldKind.KEYWORD, "Format", "dcterms:format", "the file format: pdf, html, docx",
        facet="format",
    ),
    Field("id", FieldKind.KEYWORD, "Id", "dcterms:identifier", "the document's id"),
    Field(
        "state", FieldKind.KEYWORD, "State", "", "the state of the document, such as partial or duplicate",
    ),
)  # fmt: skip

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
"""Every field by its name."""

BY_ALIAS: dict[str, Field] = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Every field by each spelling a query may use."""

FACETS: tuple[Field, ...] = tuple(field for field in FIELDS if field.facet)
"""The fields results can be counted and filtered by, in the order they are shown."""

BY_FACET: dict[str, Field] = {field.facet: field for field in FACETS}
"""The fields that have a facet by the facet's name."""

METADATA: tuple[Field, ...] = tuple(
    sorted((field for field in FIELDS if field.described), key=lambda field: field.position)
)
"""The metadata fields, each chosen from candidates with provenance, in the order of JSON and screens."""

CORRECTABLE: tuple[Field, ...] = tuple(field for field in FIELDS if field.correctable)
"""The fields that ``edit`` can correct."""
