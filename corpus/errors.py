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

from corpus.messages import TABLES, message, render, render_hint


class MunimentError(Exception):
    """Root of every error that the program raises on purpose.

    Args:
        code: the error's row in `corpus.messages`, whose sentence says what was wrong and where and whose hint says
            what to do.
        hint: only with a sentence in place of a code.
        parameters: values for the placeholders of sentence and hint.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: str, hint: str = "", /, **parameters: object) -> None:
        said = message(code, **parameters)
        known = code in TABLES["en"]
        self.message = render(said) if known else code
        self.hint = render_hint(said) if known else hint
        self.code = code if known else ""
        self.parameters = parameters
        super().__init__(self.message)


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
