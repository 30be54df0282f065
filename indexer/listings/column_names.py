"""The names a listing may give its fields: ours, Dublin Core's and those people write in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.fields import BY_ALIAS, DESCRIBED
from corpus.listing import fold

# In order of trust: of two columns for one field the earlier spelling decides.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "titre", "título", "titel", "titolo", "name", "document title"),
    "date": (
        "date", "issued", "date issued", "published", "publication date", "date published", "date of publication",
        "dateissued", "datepublished", "document date", "fecha", "fecha de publicación", "date de publication",
        "datum", "data", "created", "available", "year", "année", "año",
    ),
    "category": ("category", "type", "document type", "catégorie", "categoría", "tipo", "kategorie", "cat"),
    "language": ("language", "lang", "languages", "langue", "idioma", "sprache", "lingua"),
    "author": ("author", "authors", "creator", "creators", "by", "auteur", "auteurs", "autor", "autores", "autora"),
    "country": ("country", "area", "spatial", "coverage", "pays", "país", "land"),
    "link": (
        "link", "url", "uri", "href", "file", "path", "filename", "file name", "lien", "fichier", "enlace", "archivo",
        "source",
    ),
    "identifier": ("identifier", "id", "symbol", "identifiant", "identificador"),
    "digest": ("digest", "sha256", "sha 256", "checksum", "hash"),
}  # fmt: skip

_PREFIX = re.compile(
    r"\s*(?:(?:dcterms|dc|schema|dct)[:.]|https?://purl\.org/dc/(?:terms|elements/1\.1)/)", re.IGNORECASE
)


def field_of(name: str) -> str:
    """Field that a column, label or key called ``name`` holds, such as ``dcterms:issued`` or ``Título``; or ``""``."""
    return _table().get(fold(_PREFIX.sub("", name[:200])), "")


def rank(name: str) -> int:
    """Place of a spelling among those of its field; lower is more to be trusted."""
    spellings = [fold(spelling) for spelling in _SPELLINGS.get(field_of(name), ())]
    key = fold(_PREFIX.sub("", name[:200]))
    return spellings.index(key) if key in spellings else len(spellings)


@cache
def _table() -> Mapping[str, str]:
    described = {field.name for field in DESCRIBED}
    table = {fold(alias): field.name for alias, field in BY_ALIAS.items() if field.name in described}
    for field in DESCRIBED:
        table |= {fold(field.label): field.name, fold(_PREFIX.sub("", field.term)): field.name}
    return table | {fold(spelling): field for field, spellings in _SPELLINGS.items() for spelling in spellings}
