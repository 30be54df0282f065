"""The site: what all routes share, the open archive, the threads that ask it, and the words of the interface."""

from __future__ import annotations

import os
from asyncio import CancelledError
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock
from typing import TypeVar

from corpus.errors import MunimentError
from corpus.trust.unsafe_characters import safe_text
from search.archive import Archive, open_archive
from search.deadline import answered_within
from web.access.guard import Access
from web.question_threads import QuestionThreads
from web.related_documents import RelatedDocuments

T = TypeVar("T")

SEARCH_THREADS = max(2, os.process_cpu_count() if hasattr(os, "process_cpu_count") else os.cpu_count() or 2)
"""Threads that answer searches. An archive may be asked from any number of them."""


MAX_ANSWER_SECONDS = 5.0
"""Time that an answer may take, and a part of an export."""


@dataclass(frozen=True, slots=True)
class OwnStore:
    """The store of the person who runs a site: whether its pages show it, and its folder where one is named."""

    is_shown: bool
    folder: Path | None = None


class Site:
    """An archive that is being served.

    Attributes:
        folder: the archive's folder.
        access: who may ask.
        read_only: whether the archivist's pages are left out.
        keeps_records: whether there are the pages on which whoever runs the server keeps searches and reviews.
        store_folder: folder that these are kept in; None is the user's own.
        searches: threads for questions that are answered soon.
        slow_work: a thread for exports and page images.
        related: what documents are related to.
        known_name: the archive's name for people; ``""`` before the archive was opened.
    """

    def __init__(
        self,
        folder: Path,
        access: Access,
        *,
        read_only: bool = False,
        search_threads: int = SEARCH_THREADS,
        store: OwnStore | None = None,
    ) -> None:
        self.folder, self.access, self.read_only = folder, access, read_only
        own_store = store or OwnStore(is_shown=not (read_only or access.proxy))
        self.keeps_records, self.store_folder = own_store.is_shown, own_store.folder
        self.searches = QuestionThreads(search_threads, "search")
        self.slow_work = QuestionThreads(1, "slow")
        self.related = RelatedDocuments(folder)
        self._archive: Archive | None = None
        self.known_name = ""
        self._folder_name = safe_text(folder.resolve().name)
        self._opening = Lock()

    @property
    def name(self) -> str:
        """Return the archive's name for people; without one, or before it could be opened, that of its folder."""
        return self.known_name or self._folder_name

    def note_name(self, name: str) -> None:
        """Note the archive's name as another process knows it, which may have opened the archive when this has not."""
        self.known_name = name or self.known_name

    @property
    def base(self) -> str:
        """Return the beginning of its addresses as people reach it, without a slash at the end."""
        return self.access.public_url.rstrip("/") or f"http://127.0.0.1:{self.access.port}"

    def archive(self) -> Archive:
        """Return the archive in its newest state, opened with the first question.

        Raises:
            ArchiveError, SettingsError, CatalogueError, IndexStateError: as `open_archive`.
        """
        with self._opening:
            is_new = self._archive is None
            archive = self._archive = self._archive or open_archive(self.folder)
        if not is_new:
            archive.refresh()
        self.known_name = archive.settings.name or self._folder_name
        return archive

    async def ask(self, question: Callable[[Archive], T]) -> T:
        """Return the answer to a question, asked in one of the threads.

        Raises:
            BusyError: too many questions wait.
            MunimentError: the archive cannot be opened, or as the question raises.
        """
        return await _finish_in_time(self.searches, lambda: question(self.archive()))

    async def export(self, work: Callable[[], T]) -> T:
        """Return what a part of an export returns, made in the thread for slow work.

        Raises:
            BusyError: too many others wait.
            MunimentError: as the work raises.
        """
        return await _finish_in_time(self.slow_work, work)

    async def settle(self) -> None:
        """Wait until work that was given up has ended, in a site with one thread of a kind."""
        for threads in (self.searches, self.slow_work):
            await threads.run(lambda: None)

    def close(self) -> None:
        """End the threads and close the archive."""
        self.searches.close()
        self.slow_work.close()
        if self._archive is not None:
            with suppress(MunimentError):
                self._archive.close()


async def _finish_in_time(threads: QuestionThreads, work: Callable[[], T]) -> T:
    """Return what ``work`` returns, which ends early where it is late, or where nobody waits for it any more."""
    unwanted = Event()

    def limited() -> T:
        with answered_within(MAX_ANSWER_SECONDS, unwanted):
            return work()

    try:
        return await threads.run(limited)
    except CancelledError:
        unwanted.set()
        raise
