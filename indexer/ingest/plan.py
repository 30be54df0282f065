"""The plan of a run: known files compared with the files present. Pure: nothing is read or written here.

Content decides identity. A document follows its bytes: where a known digest turns up that is no longer at its path,
the file has moved, whatever is at the old path now. Only bytes never seen before are a new file, or a new version of
the document at their path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath

from corpus.catalogue.file_records import FileRecord
from corpus.document import State
from corpus.folder_scan import ScannedFile


class Step(StrEnum):
    """The step that a run takes for one file. The values are those of the run's summary."""

    ADD = "added"
    CHANGE = "changed"
    MOVE = "moved"
    COPY = "duplicate"
    REMOVE = "removed"
    REPLACE = "replaced"  # REMOVE where another file took the path; in counts and lists alone
    UNCHANGED = "unchanged"
    RETRY = "retried"
    REREAD = "reread"


EXTRACTING = frozenset({Step.ADD, Step.CHANGE, Step.RETRY, Step.REREAD})
"""Steps that always read the file."""

REREADING = frozenset({Step.RETRY, Step.REREAD})
"""Steps that read bytes which were read before."""


@dataclass(frozen=True, slots=True)
class PresentFile:
    """A file that is present.

    Attributes:
        path: as text, see `corpus.paths`.
        scanned: its size and times.
        digest: of its bytes; ``""`` when they cannot be read.
        reason: why they cannot be read.
    """

    path: str
    scanned: ScannedFile
    digest: str
    reason: str = ""

    @property
    def has_content(self) -> bool:
        """Return whether its bytes are known and there are any: empty files are no copies of one another."""
        return bool(self.digest) and self.scanned.size > 0


@dataclass(frozen=True, slots=True)
class Action:
    """A step for one file.

    Attributes:
        step: what to do.
        present: the file that is present; for REMOVE the one that took the path, if any.
        record: the record that the step changes. For UNCHANGED, CHANGE and RETRY it is the record of the same path, for
            MOVE and REMOVE that of the old path. For ADD and COPY it is the record of a file that was a duplicate until
            now, or None.
    """

    step: Step
    present: PresentFile | None
    record: FileRecord | None = None

    @property
    def returns(self) -> bool:
        """True when a file that was missing is back at its path."""
        present, record = self.present, self.record
        return self.step is Step.MOVE and bool(
            present and record and record.state is State.MISSING and record.path == present.path
        )

    @property
    def named_step(self) -> Step:
        """Return the step as people are told it."""
        is_replaced = self.step is Step.REMOVE and self.present is not None
        return Step.ADD if self.returns else Step.REPLACE if is_replaced else self.step

    @property
    def replaces_copy(self) -> bool:
        """Return whether the path of a copy is taken by another file, which loses nothing."""
        is_copy = self.record is not None and self.record.state is State.DUPLICATE
        return self.named_step is Step.REPLACE and is_copy

    @property
    def reads(self) -> bool:
        """True when the file is to be read.

        That includes a move to a name with another ending, which means another format.
        """
        present, record = self.present, self.record
        if self.step is Step.MOVE and present and record:
            return ending(record.path) != ending(present.path)
        return self.step in EXTRACTING


@dataclass(frozen=True, slots=True)
class RunPlan:
    """The actions of a run, in the order they are taken."""

    actions: tuple[Action, ...]

    def counts(self) -> Counter[Step]:
        """Return the number of files for each step.

        A file that returns is counted as added, and of files whose path another one took, copies are not counted.
        """
        return Counter(action.named_step for action in self.actions if not action.replaces_copy)

    def changes(self) -> tuple[Action, ...]:
        """Return the actions that people are told of one by one."""
        return tuple(
            action for action in self.actions if action.step is not Step.UNCHANGED and not action.replaces_copy
        )


def ending(path: str) -> str:
    """Return the ending of a file's name in lower case; files with another ending are of another format."""
    return PurePath(path).suffix.lower()


def plan(  # noqa: PLR0913 (what a run knows of files, each by its name)
    known: Sequence[FileRecord],
    present: Sequence[PresentFile],
    *,
    expected: Callable[[str], bool],
    exists: Callable[[str], bool],
    is_inside: Callable[[str], bool] = lambda _: False,
    retry_failed: bool = False,
    to_retry: Collection[int] = (),
) -> RunPlan:
    """Match known records with the files present.

    Args:
        known: every file record of the catalogue.
        present: the files found, each path once.
        expected: whether a path is where this run looked, so that a file not found there is gone.
        exists: whether there is a file at a path that was not looked at.
        is_inside: whether a digest is that of a document inside a file. A file with these bytes is a copy of it.
        retry_failed: read failed files again.
        to_retry: keys of the records of further files to read again.
    """
    matching = _Matching(
        present={file.path: file for file in present},
        live={record.path: record for record in known if record.state is not State.MISSING},
        expected=expected, exists=exists, is_inside=is_inside, retry_failed=retry_failed,
        to_retry=frozenset(to_retry),
    )  # fmt: skip
    unmatched, copies_and_failures = matching.match_paths()
    matching.find_displaced(known)
    orphans = [*matching.match_copies_and_failures(copies_and_failures), *matching.copies_elsewhere()]
    # Orphaned copies come last, so that a file that really moved is preferred to them.
    matching.add_new(list(matching.match_contents([*unmatched, *orphans])))
    matching.remove_unmatched()
    return RunPlan(tuple(sorted(matching.actions, key=lambda action: _RANKS[action.step])))


# Records leave a path before others take it; copies come last, when what they copy has been read.
_ORDER = (Step.REMOVE, Step.MOVE, Step.UNCHANGED, Step.CHANGE, Step.RETRY, Step.REREAD, Step.ADD, Step.COPY)
_RANKS = {step: rank for rank, step in enumerate(_ORDER)}


@dataclass(slots=True)
class _Matching:
    """The matching of records with files, filled pass by pass.

    Attributes:
        present: the files present, by path.
        live: the records of files that are not missing, by path.
        expected, exists, is_inside, retry_failed, to_retry: as for `plan`.
        digests_in_place: digests of the files whose path is matched, without those that are known to be unreadable.
        failed: digests of files that could not be read.
        displaced: records of files whose content is no longer at their path, by digest.
        actions: those found so far.
        moved: keys of the records that moved.
    """

    present: dict[str, PresentFile]
    live: dict[str, FileRecord]
    expected: Callable[[str], bool]
    exists: Callable[[str], bool]
    is_inside: Callable[[str], bool]
    retry_failed: bool
    to_retry: frozenset[int]
    digests_in_place: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    displaced: dict[str, list[FileRecord]] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)

    def match_paths(self) -> tuple[list[PresentFile], list[tuple[PresentFile, FileRecord]]]:
        """Settle the files whose content is that of their path's record.

        Returns:
            The files with other content, and the copies and failures, which need a closer look.
        """
        unmatched: list[PresentFile] = []
        copies_and_failures: list[tuple[PresentFile, FileRecord]] = []
        for file in self.present.values():
            record = self.live.get(file.path)
            if record is None or record.digest != file.digest:
                unmatched.append(file)
            elif record.state is State.DUPLICATE or (record.state is State.FAILED and self._retries(record)):
                copies_and_failures.append((file, record))
            else:
                step = Step.RETRY if record.key in self.to_retry else Step.UNCHANGED
                self.actions.append(Action(step, file, record))
        return unmatched, copies_and_failures

    def _retries(self, failed: FileRecord) -> bool:
        return self.retry_failed or failed.key in self.to_retry

    def find_displaced(self, known: Sequence[FileRecord]) -> None:
        """Collect the records whose content is no longer at their path, and the contents that still are."""
        for record in known:
            if record.state is State.DUPLICATE or not record.digest:
                continue
            if record.state is not State.MISSING and self._is_in_place(record):
                self._mark_in_place(record, record.digest)
            else:
                self.displaced.setdefault(record.digest, []).append(record)

    def match_copies_and_failures(self, pairs: list[tuple[PresentFile, FileRecord]]) -> list[PresentFile]:
        """Settle failed files that are retried, and copies whose original is in place.

        Returns:
            The copies whose original is not in place.
        """
        orphans: list[PresentFile] = []
        retried: set[tuple[str, str]] = set()
        for file, record in pairs:
            if record.state is State.FAILED:
                content = (file.digest, ending(file.path))
                repeats = file.has_content and (file.digest in self.digests_in_place or content in retried)
                retried.add(content)
                self.failed.add(file.digest)
                self.actions.append(Action(Step.COPY if repeats else Step.RETRY, file, record))
        for file, record in pairs:
            if record.state is State.DUPLICATE and self._has_original(file.digest):
                self.actions.append(Action(Step.UNCHANGED, file, record))
            elif record.state is State.DUPLICATE:
                orphans.append(file)
        return orphans

    def copies_elsewhere(self) -> Iterator[PresentFile]:
        """Yield the recorded copies outside the scanned folders that can replace an original that is gone."""
        for record in self.live.values():
            can_replace = record.digest in self.displaced and record.digest not in self.digests_in_place
            unseen = record.path not in self.present and not self.expected(record.path)
            if record.state is State.DUPLICATE and can_replace and unseen and self.exists(record.path):
                status = ScannedFile(Path(record.path), record.size, record.mtime_ns, record.ctime_ns)
                yield PresentFile(record.path, status, record.digest)

    def match_contents(self, files: Iterable[PresentFile]) -> Iterator[PresentFile]:
        """Settle files whose content is known, as copies or moves, and yield those whose content is new."""
        for file in files:
            if file.has_content and file.digest in self.digests_in_place:
                self.actions.append(Action(Step.COPY, file))
            elif records := self.displaced.get(file.digest):
                record = max(records, key=lambda record: _similarity(record, file))
                records.remove(record)
                self.moved.add(record.key)
                action = Action(Step.MOVE, file, record)
                self._mark_in_place(None if action.reads else record, file.digest)
                self.actions.append(action)
            elif file.has_content and (file.digest in self.failed or self.is_inside(file.digest)):
                self.actions.append(Action(Step.COPY, file))
            else:
                self.digests_in_place.add(file.digest)
                yield file

    def add_new(self, files: list[PresentFile]) -> None:
        """Add files with new content, as new versions of the documents at their paths where there are any."""
        for file in files:
            record = self.live.get(file.path)
            has_document = record is not None and record.key not in self.moved and record.state is not State.DUPLICATE
            self.actions.append(Action(Step.CHANGE, file, record) if has_document else Action(Step.ADD, file))

    def remove_unmatched(self) -> None:
        """Remove the records without an action whose folder was scanned or whose path another file has taken."""
        present_by_path = {action.present.path: action.present for action in self.actions if action.present is not None}
        matched = {action.record.key for action in self.actions if action.record is not None}
        for record in self.live.values():
            if record.key not in matched and (record.path in present_by_path or self.expected(record.path)):
                self.actions.append(Action(Step.REMOVE, present_by_path.get(record.path), record))

    def _has_original(self, digest: str) -> bool:
        return digest in self.digests_in_place or self.is_inside(digest)

    def _is_in_place(self, record: FileRecord) -> bool:
        if record.path in self.present:
            return self.present[record.path].digest == record.digest
        return not self.expected(record.path) and self.exists(record.path)

    def _mark_in_place(self, record: FileRecord | None, digest: str) -> None:
        """Note that a file has this content. Without a record it is about to be read."""
        failed = record is not None and record.state is State.FAILED
        (self.failed if failed else self.digests_in_place).add(digest)


def _similarity(record: FileRecord, file: PresentFile) -> tuple[bool, bool, bool, bool]:
    same_name = PurePath(record.path).name == PurePath(file.path).name
    same_ending = ending(record.path) == ending(file.path)
    return record.path == file.path, same_name, same_ending, record.state is not State.MISSING
