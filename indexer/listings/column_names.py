"""The column names of fields in listings: our own, Dublin Core's and those usual in spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus.fields import METADATA
from corpus.listing import fold_title

_COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    **{field.name: field.column_names for field in METADATA},
    "link": (
        "link", "url", "uri", "href", "file", "path", "filename", "file name", "lien", "fichier", "enlace", "archivo",
        "source",
    ),
    "identifier": ("identifier", "id", "symbol", "identifiant", "identificador"),
    "digest": ("digest", "sha256", "sha 256", "checksum", "hash"),
}  # fmt: skip
"""Column names of each field, the most trusted first; of two columns for one field it decides."""

_PREFIX = re.compile(
    r"\s*(?:(?:dcterms|dc|schema|dct)[:.]|https?://purl\.org/dc/(?:terms|elements/1\.1)/)", re.IGNORECASE
)


def field_of_column(name: str) -> str:
    """Return the field of a column, label or key such as ``dcterms:issued``; ``""`` for unknown names."""
    return _table().get(fold_title(_PREFIX.sub("", name[:200])), "")


def column_rank(name: str) -> int:
    """Return the place of a column name among those of its field; a lower one is more trusted."""
    spellings = [fold_title(spelling) for spelling in _COLUMN_NAMES.get(field_of_column(name), ())]
    key = fold_title(_PREFIX.sub("", name[:200]))
    return spellings.index(key) if key in spellings else len(spellings)


@cache
def _table() -> Mapping[str, str]:
    table = {
        fold_title(_PREFIX.sub("", name)): field.name
        for field in METADATA
        for name in (field.name, *field.aliases, field.label, field.term)
    }
    return table | {fold_title(name): field for field, names in _COLUMN_NAMES.items() for name in names}
