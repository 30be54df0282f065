"""The table of what worker processes do: loaded in them by name, so that the parent never loads a reader's library."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from corpus.document import EmbeddedDocument


@dataclass(frozen=True, slots=True)
class FileToRead:
    """One file to read: where it is, its path as the catalogue has it, and which document inside it is wanted."""

    file: str
    path: str
    part: EmbeddedDocument | None = None


TASKS = {
    "extract": "indexer.ingest.extract:extract",
    "ocr": "indexer.ingest.ocr_tasks:recognise",
    "ocr-finish": "indexer.ingest.ocr_tasks:finish",
}
"""Task by name; each takes a context, a payload, and whether it is the second attempt."""


def task(name: str, context: object) -> Callable[[Any, bool], Any]:
    """The task ``name`` with its context, ready to be sent to a worker."""
    return partial(_do, name, context)


def _do(name: str, context: object, payload: object, again: bool) -> Any:  # noqa: FBT001 (a worker calls it so)
    module, _, function = TASKS[name].partition(":")
    return getattr(importlib.import_module(module), function)(context, payload, again)
