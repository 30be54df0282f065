"""The table of tasks of worker processes, loaded there by name, so that the parent loads no reader."""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any

from corpus.document import EmbeddedDocument

TASKS = {
    "extract": "indexer.ingest.extract:extract",
    "listing": "indexer.listings.confined_listing:read_task",
    "ocr": "indexer.ingest.ocr_tasks:recognise",
    "page-image": "indexer.page_images.render_page:render_task",
    "ocr-finish": "indexer.ingest.ocr_tasks:finish",
}
"""Function of each task; each takes a context, a payload, and whether to use its fallback."""


@dataclass(frozen=True, slots=True)
class FileToRead:
    """A file to read.

    Attributes:
        file: its location.
        path: its path as the catalogue has it.
        embedded: the document inside it that is wanted; None for the file itself.
    """

    file: str
    path: str
    embedded: EmbeddedDocument | None = None


PREPARATIONS = {
    "extract": "indexer.ingest.extract:prepare",
    "page-image": "indexer.page_images.render_page:prepare",
}
"""Function that loads what a task needs for a payload, for tasks that are done in many short processes."""


@dataclass(frozen=True, slots=True)
class NamedTask:
    """A task of the table with its context, ready to be sent to a worker."""

    name: str
    context: object

    def __call__(self, payload: object, use_fallback: bool) -> Any:  # noqa: FBT001 (a worker calls it so)
        """Do the task."""
        return resolve_name(TASKS[self.name])(self.context, payload, use_fallback)

    def prepare(self, payload: object) -> None:
        """Load what the task needs for a payload, which is not read."""
        if self.name in PREPARATIONS:
            resolve_name(PREPARATIONS[self.name])(self.context, payload)
