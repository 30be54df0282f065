"""The values that a cluster stores of every document, as arrays over all documents of one state of its index.

Documents are numbered by their ids, in the order of these as bytes. `read_document_table` makes the table from the hits
of a search that matches everything, page after page, which ask for `TABLE_FIELDS` as ``docvalue_fields``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.index.opensearch.token_strings import MAX_KEYWORD_CHARACTERS
from search.whoosh_engine.arrays.columns import KeywordColumn, build_keyword_column

TABLE_FIELDS = (
    "id",
    "title_key",
    "title_tokens",
    "main_tokens",
    "first_day",
    "last_day",
    *index_layout.KEYWORD_COLUMNS,
)
"""Fields of the cluster's index whose doc values the table has."""
_NUMBERS = {
    "main_tokens": 1 << 31,
    "title_tokens": 1 << 31,
    **dict.fromkeys(index_layout.NUMBER_COLUMNS, index_layout.OPEN_END),
}
"""The fields of numbers, with the greatest number in each."""


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """The documents of a cluster's index.

    Attributes:
        ids: the ids in UTF-8, ascending.
        main_tokens: the number of tokens of each one's main text.
        first_days, last_days: its days, as in `indexer.index.index_layout`.
        title_tokens: the number of tokens of its title.
        title_ranks: its rank by the folded words of its title; the number of documents where it has no title.
        keywords: its values, by keyword field.
    """

    ids: npt.NDArray[np.bytes_]
    main_tokens: Longs
    first_days: Longs
    last_days: Longs
    title_tokens: Longs
    title_ranks: Longs
    keywords: Mapping[str, KeywordColumn]

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.ids)

    def numbers(self, ids: Iterable[str]) -> Longs:
        """Return the numbers of documents by their ids, ascending; unknown ids are left out."""
        wanted = np.unique(np.array([document_id.encode(errors="replace") for document_id in ids], dtype=np.bytes_))
        if not len(self.ids):
            return np.zeros(0, np.int64)
        places = np.minimum(self.ids.searchsorted(wanted), len(self.ids) - 1)
        known: Longs = places[self.ids[places] == wanted]
        return known

    def names(self, documents: Longs) -> list[str]:
        """Return the ids of documents."""
        return [document_id.decode() for document_id in self.ids[documents].tolist()]


def read_document_table(pages: Iterable[Sequence[Mapping[str, Any]]]) -> DocumentTable:
    """Return the table of all documents from the hits of a cluster, in any order.

    Args:
        pages: lists of hits, each with ``fields``, which has a list of values for every field that the document has.

    Raises:
        ValueError: a hit is none that the mapping allows.
    """
    rows = _Rows()
    for page in pages:
        for hit in page:
            rows.add(hit.get("fields"))
    ids = np.array(rows.ids, dtype=np.bytes_)
    order = np.argsort(ids, kind="stable")
    if (ids[order][1:] == ids[order][:-1]).any():
        raise ValueError("two documents have one id")
    numbers = {name: np.array(values, np.int64)[order] for name, values in rows.numbers.items()}
    titles = [rows.titles[place] for place in order.tolist()]
    title_tokens = np.array([len(title.split()) for title in titles], np.int64)
    is_cut = np.array([len(title) >= MAX_KEYWORD_CHARACTERS for title in titles], bool)
    title_tokens[is_cut] = numbers["title_tokens"][is_cut]
    ranks = {title: rank for rank, title in enumerate(sorted(set(titles)))}
    title_ranks = np.array([ranks[title] if title.split() else len(titles) for title in titles], np.int64)
    keywords = {name: column.build(order) for name, column in rows.keywords.items()}
    first_days, last_days = (numbers[name] for name in index_layout.NUMBER_COLUMNS)
    return DocumentTable(ids[order], numbers["main_tokens"], first_days, last_days, title_tokens, title_ranks, keywords)


class _Values:
    """The values of a keyword field, a number for each document."""

    def __init__(self) -> None:
        self._codes: list[int] = []
        self._numbers: dict[str, int] = {}

    def add(self, values: Iterable[str]) -> None:
        joined = index_layout.SEPARATOR.join(values)
        self._codes.append(self._numbers.setdefault(joined, len(self._numbers)))

    def build(self, order: Longs) -> KeywordColumn:
        return build_keyword_column([(np.array(self._codes, np.int64)[order], list(self._numbers))])


class _Rows:
    """The values of documents, in the order in which they come."""

    def __init__(self) -> None:
        self.ids: list[bytes] = []
        self.titles: list[str] = []
        self.numbers: dict[str, list[int]] = {name: [] for name in _NUMBERS}
        self.keywords = {name: _Values() for name in index_layout.KEYWORD_COLUMNS}

    def add(self, fields: object) -> None:
        """Add a document.

        Raises:
            ValueError: it has no id, or a value of a wrong type or out of bounds.
        """
        if not isinstance(fields, Mapping):
            raise ValueError("a document has no fields")  # noqa: TRY004 (of an answer, which is not this program's)
        document_id, title = _text(fields, "id"), _text(fields, "title_key")
        if not document_id:
            raise ValueError("a document has no id")
        self.ids.append(document_id.encode(errors="replace"))
        self.titles.append(title)
        for name, limit in _NUMBERS.items():
            number = [*_values(fields, name, int), 0][0]
            if not 0 <= number <= limit:
                raise ValueError(f"{name} is out of bounds")
            self.numbers[name].append(number)
        for name, values in self.keywords.items():
            values.add(_values(fields, name, str))


def _text(fields: Mapping[str, object], name: str) -> str:
    return str([*_values(fields, name, str), ""][0])


def _values(fields: Mapping[str, object], name: str, kind: type) -> list[Any]:
    """Return the values of a field.

    Raises:
        ValueError: they are no list of values of this type.
    """
    values = fields.get(name, [])
    listed = values if isinstance(values, list) else [None]
    if any(type(value) is not kind for value in listed):
        raise ValueError(f"a value of {name} is of another type")
    return listed
