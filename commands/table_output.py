"""Print tables in CSV that people open in a spreadsheet; ``import`` reads them back."""

from __future__ import annotations

from collections.abc import Iterable

import click

from corpus.catalogue.state_lists import StateEntry
from corpus.fields import METADATA
from corpus.trust.table_cells import table_line

_COLUMNS = ("id", *(field.name for field in METADATA), "link", "file", "reason", "since", "listed_in")


def print_state_table(entries: Iterable[StateEntry]) -> None:
    """Print the files and documents in a state, a line each, below the names of the columns."""
    click.echo(table_line(_COLUMNS), nl=False)
    for entry in entries:
        link = next((candidate.value for candidate in entry.listed if candidate.field == "link"), "")
        listed_in = "; ".join(dict.fromkeys(candidate.detail for candidate in entry.listed))
        values = (entry.metadata.text(field.name) for field in METADATA)
        click.echo(
            table_line((entry.document, *values, link, entry.path, entry.reason, entry.since, listed_in)), nl=False
        )
