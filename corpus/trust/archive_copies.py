"""Copies of an archive's folder, which have its log and name its index on a cluster: one folder alone writes there."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from corpus.catalogue import open_catalogue
from corpus.catalogue.events import event_fingerprint
from corpus.engine_address import EngineAddress
from corpus.errors import ArchiveError, MunimentError
from corpus.settings import load_settings
from corpus.trust.confirmed_engines import confirmed_archives


def require_sole_owner(archive: Path, address: EngineAddress) -> None:
    """Refuse the index of an archive for a copy of it, as long as the folder that was copied is searched there.

    Raises:
        ArchiveError: this folder is such a copy.
    """
    log = _log(archive)
    for other in confirmed_archives(address):
        if log and _log(other) == log and _is_searched_at(other, address) and not other.samefile(archive):
            raise ArchiveError("engine.copy", archive=archive, original=other, address=address.text)


def _log(archive: Path) -> str:
    """Return what a catalogue and its copies have in common; ``""`` without one that can be read."""
    with suppress(MunimentError, OSError), closing(open_catalogue(archive)) as catalogue:
        return event_fingerprint(catalogue, 1)
    return ""


def _is_searched_at(archive: Path, address: EngineAddress) -> bool:
    with suppress(MunimentError):
        return load_settings(archive).engine.endswith(f"/{address.name}")
    return False
