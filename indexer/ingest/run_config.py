"""The configuration of a run: the archive, its settings and the options it was started with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.settings import Settings
from indexer.metadata.selection import Context
from indexer.sandbox.process_count import process_count
from indexer.sandbox.worker import WorkerSettings


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a run.

    Attributes:
        dry_run: report what a run would do, and do nothing.
        retry_failed: read again the files that could not be read before, or only in part.
        retry_only: paths of recorded files to read again, with or without ``retry_failed``.
        jobs: processes that read files; 0 takes the setting, which by default is one a core.
        ocr: recognise the text of scanned pages.
        yes_missing: record files as missing even where more than half of the known ones are.
        name_files: name the files that are not as recorded in the summary, as a dry run always does.
        private: take other users' permissions away from the archive's data first.
        confirm_link: remember that this user made the link that the data folder is.
        new: make an archive of the folder even where it lies inside another archive.
    """

    dry_run: bool = False
    retry_failed: bool = False
    retry_only: frozenset[str] = frozenset()
    jobs: int = 0
    ocr: bool = False
    yes_missing: bool = False
    name_files: bool = False
    private: bool = False
    confirm_link: bool = False
    new: bool = False


DEFAULT_OPTIONS = Options()


@dataclass(frozen=True, slots=True)
class RunConfig:
    """The configuration of a run: the archive's folder, its settings and the options."""

    archive: Path
    settings: Settings
    options: Options

    def context(self) -> Context:
        """Return the archive's lists and settings that describing a document needs."""
        settings = self.settings
        return Context(settings.categories, settings.languages, settings.day_first, datetime.now(UTC).date())

    def worker_settings(self) -> WorkerSettings:
        """Return the number and the limits of the processes that read files."""
        settings = self.settings
        return WorkerSettings(
            processes=process_count(self.options.jobs, settings), memory=settings.memory_mb << 20,
            cpu_seconds=settings.cpu_seconds, wall_seconds=settings.seconds,
        )  # fmt: skip
