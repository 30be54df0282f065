"""Groups of corrections that were made together: what they set, in how many documents, and whether it was undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue.events import LogEntry, correction_group, group_undoing
from indexer.archivist.transactions import read_transaction


@dataclass(frozen=True, slots=True)
class EditGroup:
    """Corrections that were made together, or that undid such.

    Attributes:
        at: UTC time in ISO 8601.
        who: name of the person, if given.
        documents: number of documents that were corrected.
        values: what was set, by field; empty for what an older version set, or an undoing.
        undoing: the corrections that undid these, if any did.
    """

    at: str
    who: str
    documents: int
    values: Mapping[str, str]
    undoing: EditGroup | None = None


def read_edit_group(archive: Path, group: str) -> EditGroup | None:
    """Return the corrections that the log has under a name; None where it has none.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        events, undoing = correction_group(catalogue, group), group_undoing(catalogue, group)
    return _group(events, _group(undoing)) if group and events else None


def _group(events: Sequence[LogEntry], undoing: EditGroup | None = None) -> EditGroup | None:
    if not events:
        return None
    values = events[0].detail.get("values", {})
    in_words = {name: "; ".join(map(str, of_field)) for name, of_field in values.items()}
    return EditGroup(events[0].at, str(events[0].detail.get("who", "")), len(events), in_words, undoing)
