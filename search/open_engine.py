"""Opens the search engine that an archive's settings name."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name
from typing import cast

from corpus.catalogue import Catalogue
from corpus.engines import DEFAULT_ENGINE, ENGINES, engine_name
from corpus.errors import IndexStateError, UsageError
from corpus.lock import is_locked
from corpus.settings import Settings
from search.engine import Engine

_MADE_BY_A_RUN = {"index.missing", "index.other-version", "index.lacks-fields"}
"""Codes of errors that a run in progress removes by itself."""


def open_engine(folder: Path, settings: Settings) -> Engine:
    """Open the engine of the archive in ``folder``; modules of other engines are not imported.

    Raises:
        IndexStateError: the index is missing, of another version, being made for the first time, or damaged.
    """
    modules = ENGINES[engine_name(settings.engine)]
    try:
        return cast("Engine", resolve_name(modules.open_engine)(folder, settings))
    except IndexStateError as error:
        if error.code in _MADE_BY_A_RUN and is_locked(folder):
            raise IndexStateError("index.in-the-making", archive=folder) from error
        raise


def open_stored_engine(folder: Path, settings: Settings) -> tuple[Engine, Catalogue, str]:
    """Open the engine that settings name, with a catalogue of the documents that it stores and the archive's name.

    Raises:
        UsageError: the engine stores none.
        EngineError: nobody confirmed its address on this machine, or it does not answer.
        IndexStateError: the index is missing, of another version, or stores no documents.
    """
    modules = ENGINES[engine_name(settings.engine)]
    if not modules.open_stored:
        raise UsageError("engine.no-cluster", archive=folder, engine=settings.engine)
    return cast("tuple[Engine, Catalogue, str]", resolve_name(modules.open_stored)(folder, settings))


def load_engine() -> None:
    """Import the modules of the engine that archives have by default, for a process that others are forked from."""
    resolve_name(ENGINES[DEFAULT_ENGINE].open_engine)
