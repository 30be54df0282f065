"""Opens the search engine that an archive's settings name."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name
from typing import cast

from corpus.engines import ENGINES, engine_name
from corpus.settings import Settings
from search.engine import Engine


def open_engine(folder: Path, settings: Settings) -> Engine:
    """Open the engine of the archive in ``folder``; modules of other engines are not imported.

    Raises:
        IndexStateError: the index is missing, of another version, or damaged.
    """
    modules = ENGINES[engine_name(settings.engine)]
    return cast("Engine", resolve_name(modules.open_engine)(folder, settings))
