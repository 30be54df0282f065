"""The addresses of search engines that this user confirmed on this machine, kept in a file of the user's own.

An archive folder can come from anybody, and its settings can name any host. Nothing is sent there, and not even the
host's name is looked up, before the user has said for this archive that exactly this address is theirs.
"""

from __future__ import annotations

from pathlib import Path

from corpus.engine_address import EngineAddress
from corpus.errors import ArchiveError, EngineError
from corpus.trust.user_table import UserTable

_ENGINES = UserTable("engines.json")


def is_confirmed(archive: Path, address: EngineAddress) -> bool:
    """Return whether this user confirmed an address for an archive.

    Raises:
        EngineError: the user's file is damaged.
    """
    try:
        return address.text in _ENGINES.items(archive)
    except ArchiveError as error:
        raise EngineError(error.code, **error.parameters) from error


def confirmed_archives(address: EngineAddress) -> list[Path]:
    """Return the archives for which this user confirmed an index of the same name, on whatever nodes.

    The same nodes can be named in many ways.
    """
    ending = f"/{address.name}"
    return [archive for archive, texts in _ENGINES.archives().items() if any(text.endswith(ending) for text in texts)]


def confirm_engine(archive: Path, address: EngineAddress) -> None:
    """Remember that this user confirmed an address for an archive.

    Raises:
        OSError: the user's folder cannot be written.
    """
    _ENGINES.add(archive, [address.text])


def end_absent(address: EngineAddress) -> None:
    """Forget what was confirmed for folders that are no longer there, of indexes of the same name.

    An archive that has such an index may be one of these folders under a new name, and a copy of it that takes the old
    place would have the index too.

    Raises:
        OSError: the user's folder cannot be written.
    """
    ending = f"/{address.name}"
    _ENGINES.remove(lambda folder, text: text.endswith(ending) and not folder.exists())
