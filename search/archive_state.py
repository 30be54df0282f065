"""The state of an archive that questions are answered from: shared by threads, and replaced by a newer one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import is_undisclosed_since, main_page_counts
from corpus.catalogue.events import require_origin
from corpus.deferred import Deferred
from corpus.errors import ClosedArchiveError, IndexStateError
from corpus.field_values import known_spellings
from corpus.fields import FIELDS
from corpus.paths import FileIdentity, file_identity
from corpus.settings import SETTINGS_FILE, Settings, load_settings
from search.engine import Engine
from search.grammar.parse_context import KnownValues
from search.open_engine import open_engine
from search.planning.archive_values import ArchiveValues
from search.planning.check_arguments import check_request
from search.planning.expansion import Equivalents, index_equivalents
from search.planning.interpret import interpret_request
from search.query import Query, Value, leaves
from search.request import Request
from search.results import Diagnostic

if TYPE_CHECKING:
    from search.concordance.token_index import TokenIndex
    from search.planning.originals import name_originals
else:
    name_originals = Deferred("search.planning.originals:name_originals")

SettingsFiles = Mapping[Path, FileIdentity | None]
"""The files that settings were read from, and those that would have been had they been there."""


class Closable:
    """A value that a ``with`` statement closes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        raise NotImplementedError


class ArchiveState:
    """One state of an archive, opened.

    Attributes:
        settings: the archive's settings.
        catalogue: the catalogue, which always shows what was recorded last.
        engine: the engine over the index, which shows the index as it was at opening.
        users: number of questions that are being answered from this state, and one for the archive that shows it.
    """

    def __init__(self, settings: Settings, settings_files: SettingsFiles, catalogue: Catalogue, engine: Engine) -> None:
        self.settings, self.catalogue, self.engine = settings, catalogue, engine
        self.users = 1
        self._settings_files = settings_files
        self._last_change = catalogue.last_change()

    @cached_property
    def equivalents(self) -> Equivalents:
        """The terms that the words of a query are expanded by; see `search.planning.expansion`."""
        return index_equivalents(self.settings.thesaurus)

    @cached_property
    def known_values(self) -> KnownValues:
        """The spellings of categories, languages and countries that a query may use, by field; see `parse`."""
        return {field.name: partial(known_spellings, field, self.settings.categories) for field in FIELDS}

    @cached_property
    def used_values(self) -> ArchiveValues:
        """The values that documents have in keyword fields; see `parse`."""
        return ArchiveValues(self.engine)

    @cached_property
    def token_index(self) -> TokenIndex:
        """The counts of tokens in main texts, for researchers' tools; it takes milliseconds at its first use."""
        return self.engine.token_index(main_page_counts(self.catalogue, self.engine.change))

    def interpret(self, request: Request, *, expand: bool = True) -> tuple[Query, tuple[Diagnostic, ...]]:
        """Return the query tree of a request, with originals in place of their duplicates, and the remarks on it.

        Args:
            request: the request.
            expand: whether its words are expanded by equivalent terms.

        Raises:
            UsageError: a part of the request has a wrong type, is out of bounds, or names an unknown field or facet.
            CatalogueError: the catalogue is damaged.
        """
        check_request(request)
        today = dt.datetime.now().astimezone().date()
        equivalents = self.equivalents if expand else {}
        query, diagnostics = interpret_request(request, today, self.known_values, self.used_values, equivalents)
        if not any(isinstance(leaf, Value) and leaf.field == "id" for leaf in leaves(query)):
            return query, diagnostics
        named, notices = name_originals(self.catalogue, query)
        return named, (*diagnostics, *notices)

    def is_current(self) -> bool:
        """Return whether settings, catalogue file and index are still those that were opened."""
        has_settings = all(file_identity(path) == identity for path, identity in self._settings_files.items())
        return has_settings and self.catalogue.is_current() and self.engine.is_current()

    def has_new_changes(self) -> bool:
        """Return whether the catalogue recorded changes of documents since this was last asked."""
        before, self._last_change = self._last_change, self.catalogue.last_change()
        return before != self._last_change

    def close(self) -> None:
        """Close the index and the catalogue."""
        self.engine.close()
        self.catalogue.close()


class SharedState:
    """The state that an open archive shows: any thread may use it, and it can be replaced meanwhile.

    A state is closed when it was replaced and the last question that began with it has been answered.
    """

    def __init__(self, open_newest: Callable[[], ArchiveState]) -> None:
        self._open_newest = open_newest
        self._state: ArchiveState | None = open_newest()
        self._folder = self._state.catalogue.archive
        self._lock, self._replacing = Lock(), Lock()

    @contextmanager
    def use(self) -> Iterator[ArchiveState]:
        """Lend the state for one question.

        Raises:
            ClosedArchiveError: the archive is closed.
        """
        with self._lock:
            state = self._state
            if state is None:
                raise ClosedArchiveError("archive.closed", archive=self._folder)
            state.users += 1
        try:
            yield state
        finally:
            self._release(state)

    def refresh(self) -> bool:
        """Replace the state by the newest one, if it is another, and return whether anything changed."""
        with self._replacing, self.use() as state:
            if state.is_current():
                return state.has_new_changes()
            self._replace(self._open_newest())
            return True

    def close(self) -> None:
        """Refuse further questions, and close the state when none is being answered any more."""
        with self._replacing:
            self._replace(None)

    def _replace(self, newer: ArchiveState | None) -> None:
        with self._lock:
            state, self._state = self._state, newer
        if state is not None:
            self._release(state)

    def _release(self, state: ArchiveState) -> None:
        with self._lock:
            state.users -= 1
            is_last = state.users == 0
        if is_last:
            state.close()


def open_state(folder: Path, settings: Settings | None = None) -> ArchiveState:
    """Open the newest state of the archive in ``folder``, with its own settings unless others are given.

    Raises:
        SettingsError: its ``muniment.toml`` cannot be read.
        CatalogueError: nothing has been indexed there, or the catalogue is damaged.
        IndexStateError: the index is missing, of another version or another catalogue, or damaged, or a killed run left
            words in it of a document that was withdrawn or erased.
    """
    settings, files = read_settings(folder, settings)
    catalogue = open_catalogue(folder)
    try:
        engine = open_engine(folder, settings)
        try:
            if (
                catalogue.is_current()
            ):  # else another has just been put in its place, and is read with the next question
                require_origin(catalogue, engine.change, engine.origin)
            _require_undisclosed(folder, catalogue, engine)
            return ArchiveState(settings, files, catalogue, engine)
        except BaseException:
            engine.close()
            raise
    except BaseException:
        catalogue.close()
        raise


def read_settings(folder: Path, settings: Settings | None = None) -> tuple[Settings, SettingsFiles]:
    """Return the settings of the archive in ``folder``, or those that are given, and the files that they go by.

    Raises:
        SettingsError: its ``muniment.toml`` cannot be read.
    """
    settings_path = folder / SETTINGS_FILE
    files = {settings_path: file_identity(settings_path)}  # before reading it, so that a later change is noticed
    settings = settings or load_settings(folder)
    if skos_file := settings.thesaurus.skos_file:
        files[skos_file] = file_identity(skos_file)
    return settings, files


def _require_undisclosed(folder: Path, catalogue: Catalogue, engine: Engine) -> None:
    """Refuse an index with words of documents that were withdrawn or erased since it was written."""
    if engine.change < catalogue.last_change() and is_undisclosed_since(catalogue, engine.change):
        raise IndexStateError("index.discloses", archive=folder)
