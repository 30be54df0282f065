"""The whole error tree. Every error carries one line for the user, a hint and an exit code.

    MunimentError                   1
    |-- ArchiveError                1   the folder, its settings or a lock
    |   |-- SettingsError           1   muniment.toml says something impossible
    |   `-- LockedError             1   another run holds the archive
    |-- CatalogueError              1   the catalogue cannot be opened or believed
    |-- IndexStateError             1   the index is missing, stale, foreign or corrupt
    |-- UnknownDocumentError        1   no document has that id
    |-- UsageError                  2   the command was called with something that makes no sense
    `-- DifferenceError             4   verify found that the books do not balance

A bad *file* is never an error here: it is data, kept in the catalogue as state and reason.
"""

from __future__ import annotations

from typing import ClassVar


class MunimentError(Exception):
    """Root of everything this house raises on purpose.

    Args:
        message: what was wrong and where, in one line.
        hint: what to do about it, in one line; may be empty.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ArchiveError(MunimentError):
    """The archive folder cannot be used."""


class SettingsError(ArchiveError):
    """``muniment.toml`` cannot be read or says something impossible."""


class LockedError(ArchiveError):
    """Another run is writing to this archive."""


class CatalogueError(MunimentError):
    """The catalogue cannot be opened, is damaged, or was written by another version."""


class IndexStateError(MunimentError):
    """The index is missing, stale, foreign or corrupt."""


class UnknownDocumentError(MunimentError):
    """No document of this archive has the id asked for."""


class UsageError(MunimentError):
    """The call itself makes no sense."""

    exit_code: ClassVar[int] = 2


class DifferenceError(MunimentError):
    """Files, catalogue and index disagree."""

    exit_code: ClassVar[int] = 4
