"""The whole error tree, and the program's exit codes. An error carries one line for the user, a hint and a code.

    MunimentError                   1
    |-- ArchiveError                1   the folder, its settings or a lock
    |   |-- SettingsError           1   muniment.toml says something impossible
    |   `-- LockedError             1   another run has locked the archive
    |-- CatalogueError              1   the catalogue cannot be opened or believed
    |-- IndexStateError             1   the index is missing, stale, foreign or corrupt
    |-- UnknownDocumentError        1   no document has that id
    |-- EngineError                 5   a search engine on other machines does not answer, or not in full
    `-- UsageError                  2   the command was called with something that makes no sense
        |-- SlowAnswerError         2   an answer took longer than it may
        `-- ClosedArchiveError      2   an archive was asked after it was closed

A bad *file* is never an error here: it is data, kept in the catalogue as state and reason. Nor is a difference that
``muniment verify`` finds: the command prints its report and ends with `ExitCode.DIFFERENCES`.
"""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import ClassVar, Self

from corpus.messages import Message, message, render, render_hint


class ExitCode(IntEnum):
    """The exit codes of the program. Scripts depend on them."""

    DONE = 0, "the command did what it was asked"
    ERROR = 1, "something could not be done; standard error says what and what to do"
    USAGE = 2, "the command line makes no sense"
    FAILED_FILES = 3, "'index --strict': files could not be read"
    DIFFERENCES = 4, "'verify': files, catalogue and index differ; 'check-quotes': a quotation is not verbatim"
    UNAVAILABLE = 5, "the search engine of the archive is on other machines and does not answer, or not in full"
    INTERRUPTED = 130, "interrupted by Ctrl-C; what was recorded so far is kept"

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        """Make a code that knows its meaning."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member


class MunimentError(Exception):
    """Root of every error that the program raises on purpose.

    Args:
        code: the error's row in `corpus.messages`, whose sentence says what was wrong and where and whose hint says
            what to do.
        parameters: values for the placeholders of sentence and hint.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.ERROR

    def __init__(self, code: str, /, **parameters: object) -> None:
        sentence = message(code, **parameters)
        self.message = render(sentence)
        self.hint = render_hint(sentence)
        self.code = code
        self.parameters = parameters
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what the error is made from anew in another process, with its notes."""
        return partial(type(self), self.code, **self.parameters), (), self.__dict__

    @classmethod
    def of(cls, what: Message) -> Self:
        """Return the error whose code and parameters are those of a message."""
        return cls(what.code, **what.parameters)


class ArchiveError(MunimentError):
    """The archive folder cannot be used."""


class MissingFilesError(ArchiveError):
    """A folder, or more known files than anybody deletes at once, cannot be found: a disk may not be connected."""


class SettingsError(ArchiveError):
    """``muniment.toml`` cannot be read or says something impossible."""


class LockedError(ArchiveError):
    """Another run is writing to this archive."""


class CatalogueError(MunimentError):
    """The catalogue cannot be opened, is damaged, or was written by another version."""


class IndexStateError(MunimentError):
    """The index is missing, stale, foreign or corrupt."""


class UnknownDocumentError(MunimentError):
    """The error for an id that no document of the archive has."""


class EngineError(MunimentError):
    """A search engine on other machines is not confirmed, does not answer, or does not answer in full."""

    exit_code: ClassVar[ExitCode] = ExitCode.UNAVAILABLE


class UsageError(MunimentError):
    """The call itself makes no sense."""

    exit_code: ClassVar[ExitCode] = ExitCode.USAGE


class SlowAnswerError(UsageError):
    """The answer took longer than whoever asked for it allowed."""


class ClosedArchiveError(UsageError):
    """The archive was asked or refreshed after it was closed."""
