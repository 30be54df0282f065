"""Make tables in CSV that people open in a spreadsheet; ``import`` reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.catalogue.state_lists import StateEntry
from corpus.fields import METADATA
from corpus.trust.table_cells import table_line

_COLUMNS = ("id", *(field.name for field in METADATA), "link", "file", "reason", "since", "listed_in")


def state_table(entries: Iterable[StateEntry]) -> Iterator[str]:
    """Yield a line for the names of the columns, then one for each file or document in a state."""
    yield table_line(_COLUMNS)
    for entry in entries:
        link = next((candidate.value for candidate in entry.listed if candidate.field == "link"), "")
        listed_in = "; ".join(dict.fromkeys(candidate.detail for candidate in entry.listed))
        values = (entry.metadata.text(field.name) for field in METADATA)
        yield table_line((entry.document, *values, link, entry.path, entry.reason, entry.since, listed_in))
