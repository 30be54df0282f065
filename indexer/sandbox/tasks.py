"""The table of tasks of worker processes, loaded there by name, so that the parent loads no reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name
from typing import Any

from corpus.document import EmbeddedDocument

TASKS = {
    "extract": "indexer.ingest.extract:extract",
    "ocr": "indexer.ingest.ocr_tasks:recognise",
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


def task(name: str, context: object) -> Callable[[Any, bool], Any]:
    """Return the task ``name`` with its context, ready to be sent to a worker."""
    return partial(_run, name, context)


def _run(name: str, context: object, payload: object, use_fallback: bool) -> Any:  # noqa: FBT001 (a worker calls it so)
    return resolve_name(TASKS[name])(context, payload, use_fallback)
