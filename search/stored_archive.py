"""The state of an archive whose documents are read from its cluster, on a machine that does not have its catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.errors import EngineError, IndexStateError
from search.archive_state import ArchiveState, read_settings
from search.open_engine import open_stored_engine

CLUSTER = "cluster"
"""Names the cluster that an archive's settings name."""


def open_stored_state(folder: Path, read_from: str) -> ArchiveState:
    """Open the newest state of an archive from what its cluster stores.

    Args:
        folder: the folder with the archive's settings, if it has any; its catalogue is not looked at.
        read_from: `CLUSTER`, or the address of one, as an engine's setting.

    Raises:
        SettingsError: the folder's ``muniment.toml`` cannot be read.
        UsageError: the settings name an engine that stores no documents.
        EngineError: nobody confirmed the address on this machine, or the cluster does not answer.
        IndexStateError: the index is missing, of another version, or stores no documents.
    """
    settings, files = read_settings(folder)
    if read_from != CLUSTER:
        settings = replace(settings, engine=read_from)
    try:
        engine, catalogue, name = open_stored_engine(folder, settings)
    except EngineError as error:
        if error.code != "engine.unconfirmed":
            raise
        raise EngineError("engine.unconfirmed-reader", **error.parameters) from error
    except IndexStateError as error:
        if error.code != "index.missing":
            raise
        raise IndexStateError("engine.no-index", address=error.parameters["directory"]) from error
    return ArchiveState(replace(settings, name=settings.name or name), files, catalogue, engine)
