"""What a run has to do: known files against the files that are there. Pure: nothing is read or written here.

Content decides identity. A document follows its bytes: wherever a known digest turns up that is no longer where it
was, the file has moved, whatever stands on its old path now. Only bytes never seen before can be a new file, or a
new issue of the document on whose path they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath

from corpus.catalogue.file_records import FileRecord
from corpus.document import State
from corpus.folder_scan import Seen


class Step(StrEnum):
    """What is to be done about one file. The values are those of the run's summary."""

    ADD = "added"
    CHANGE = "changed"
    MOVE = "moved"
    COPY = "duplicate"
    LOSE = "removed"
    KEEP = "unchanged"
    RETRY = "retried"


EXTRACTING = frozenset({Step.ADD, Step.CHANGE, Step.RETRY})
"""Steps that always read the file."""


@dataclass(frozen=True, slots=True)
class Present:
    """A file that is there: its path as text, how it stands, and its digest (``""`` when it cannot be read)."""

    path: str
    seen: Seen
    digest: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One step.

    Attributes:
        step: what to do.
        present: the file that is there; for LOSE the one that took the path, if any.
        record: the record it concerns: of the same path for KEEP, CHANGE, RETRY, of the old one for MOVE and LOSE;
            for ADD and COPY the duplicate's record that the file had so far, or None.
    """

    step: Step
    present: Present | None
    record: FileRecord | None = None

    @property
    def returns(self) -> bool:
        """Whether a file that was gone stands where it stood."""
        here, before = self.present, self.record
        return self.step is Step.MOVE and bool(
            here and before and before.state is State.MISSING and before.path == here.path
        )

    @property
    def reads(self) -> bool:
        """Whether the file is to be read: also one that moved to a name with another ending, which says its format."""
        here, before = self.present, self.record
        if self.step is Step.MOVE and here and before:
            return ending(before.path) != ending(here.path)
        return self.step in EXTRACTING


@dataclass(frozen=True, slots=True)
class RunPlan:
    """All steps of a run, in the order they are to be taken."""

    actions: tuple[Action, ...]

    def counts(self) -> Counter[Step]:
        """How many files each step concerns: one that is there again is added, a copy that gives way not removed."""
        steps = (Step.ADD if action.returns else action.step for action in self.actions if not _gives_way(action))
        return Counter(steps)


@dataclass(slots=True)
class _Board:
    """The state of the matching, filled pass by pass."""

    retry: bool
    failing: frozenset[int]
    holders: set[str] = field(default_factory=set)  # contents that a file holds and, as far as known, could be read
    unread: set[str] = field(default_factory=set)  # contents of files that failed
    pool: dict[str, list[FileRecord]] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)

    def hold(self, record: FileRecord | None, digest: str) -> None:
        """Note that a file holds a content; without a record it is about to be read."""
        failed = record is not None and record.state is State.FAILED
        (self.unread if failed else self.holders).add(digest)


def ending(path: str) -> str:
    """What a file's name says of its format."""
    return PurePath(path).suffix.lower()


def plan(
    known: Sequence[FileRecord],
    present: Sequence[Present],
    *,
    expected: Callable[[str], bool],
    exists: Callable[[str], bool],
    retry_failed: bool = False,
    failing: Collection[int] = (),
) -> RunPlan:
    """Match ``known`` records with the files ``present`` (each path once).

    Args:
        known: every file record of the catalogue.
        present: the files found.
        expected: whether a path lies where this run looked, so that not being found means being gone.
        exists: whether a path that was not looked at is there.
        retry_failed: read failed files again, and those that hold documents which failed.
        failing: keys of the records of files that hold such documents.
    """
    board = _Board(retry_failed, frozenset(failing if retry_failed else ()))
    live = {record.path: record for record in known if record.state is not State.MISSING}
    here = {file.path: file for file in present}
    rest, copies = _settle(board, live, here)
    _pool(board, known, here, expected, exists)
    orphans = [*_settle_copies(board, copies), *_copies_elsewhere(board, live, here, expected, exists)]
    fresh = list(_follow_content(board, [*rest, *orphans]))
    _take_in(board, live, fresh)
    _lose(board, live, expected)
    order = {step: place for place, step in enumerate(_ORDER)}
    return RunPlan(tuple(sorted(board.actions, key=lambda action: order[action.step])))


# Records leave a path before others take it; copies come last, when what they copy has been read.
_ORDER = (Step.LOSE, Step.MOVE, Step.KEEP, Step.CHANGE, Step.RETRY, Step.ADD, Step.COPY)


def _settle(
    board: _Board, live: dict[str, FileRecord], here: dict[str, Present]
) -> tuple[list[Present], list[tuple[Present, FileRecord]]]:
    """Files whose path holds what it held; returned are the others, and the copies and failures to be looked at."""
    rest: list[Present] = []
    copies: list[tuple[Present, FileRecord]] = []
    for file in here.values():
        record = live.get(file.path)
        if record is None or record.digest != file.digest:
            rest.append(file)
        elif record.state is State.DUPLICATE or (record.state is State.FAILED and board.retry):
            copies.append((file, record))
        else:
            step = Step.RETRY if record.key in board.failing else Step.KEEP
            board.actions.append(Action(step, file, record))
    return rest, copies


def _settle_copies(board: _Board, copies: list[tuple[Present, FileRecord]]) -> list[Present]:
    orphans: list[Present] = []
    retried: set[tuple[str, str]] = set()
    for file, record in copies:
        if record.state is State.FAILED:
            content = (file.digest, ending(file.path))
            again = file.digest and (file.digest in board.holders or content in retried)
            retried.add(content)
            board.unread.add(file.digest)
            board.actions.append(Action(Step.COPY if again else Step.RETRY, file, record))
    for file, record in copies:
        if record.state is State.DUPLICATE and file.digest in board.holders:
            board.actions.append(Action(Step.KEEP, file, record))
        elif record.state is State.DUPLICATE:
            orphans.append(file)
    return orphans


def _pool(
    board: _Board,
    known: Sequence[FileRecord],
    here: dict[str, Present],
    expected: Callable[[str], bool],
    exists: Callable[[str], bool],
) -> None:
    """Records whose content is no longer on their path; files of other folders hold their content where they are."""
    for record in known:
        if record.state is State.DUPLICATE or not record.digest:
            continue
        at_home = record.state is not State.MISSING and _at_home(record, here, expected, exists)
        if at_home:
            board.hold(record, record.digest)
        else:
            board.pool.setdefault(record.digest, []).append(record)


def _at_home(
    record: FileRecord, here: dict[str, Present], expected: Callable[[str], bool], exists: Callable[[str], bool]
) -> bool:
    if record.path in here:
        return here[record.path].digest == record.digest
    return not expected(record.path) and exists(record.path)


def _copies_elsewhere(
    board: _Board,
    live: dict[str, FileRecord],
    here: dict[str, Present],
    expected: Callable[[str], bool],
    exists: Callable[[str], bool],
) -> Iterator[Present]:
    """Copies where this run did not look, of contents it finds gone: they can stand in, as last recorded."""
    for record in live.values():
        wanted = record.digest in board.pool and record.digest not in board.holders
        unseen = record.path not in here and not expected(record.path)
        if record.state is State.DUPLICATE and wanted and unseen and exists(record.path):
            seen = Seen(Path(record.path), record.size, record.mtime_ns, record.ctime_ns)
            yield Present(record.path, seen, record.digest)


def _follow_content(board: _Board, newcomers: Iterable[Present]) -> Iterator[Present]:
    """Copies and moves; what has never been seen is yielded."""
    # Orphaned copies come last in the list, so that a file that really moved is preferred to them.
    for file in newcomers:
        if file.digest and file.digest in board.holders:
            board.actions.append(Action(Step.COPY, file))
        elif records := board.pool.get(file.digest):
            record = max(records, key=lambda record: _likeness(record, file))
            records.remove(record)
            board.moved.add(record.key)
            action = Action(Step.MOVE, file, record)
            board.hold(None if action.reads else record, file.digest)
            board.actions.append(action)
        elif file.digest and file.digest in board.unread:
            board.actions.append(Action(Step.COPY, file))
        else:
            board.holders.add(file.digest)
            yield file


def _likeness(record: FileRecord, file: Present) -> tuple[bool, bool, bool, bool]:
    same_name = PurePath(record.path).name == PurePath(file.path).name
    same_ending = ending(record.path) == ending(file.path)
    return record.path == file.path, same_name, same_ending, record.state is not State.MISSING


def _take_in(board: _Board, live: dict[str, FileRecord], fresh: list[Present]) -> None:
    for file in fresh:
        record = live.get(file.path)
        reissued = record is not None and record.key not in board.moved and record.state is not State.DUPLICATE
        board.actions.append(Action(Step.CHANGE, file, record) if reissued else Action(Step.ADD, file))


def _lose(board: _Board, live: dict[str, FileRecord], expected: Callable[[str], bool]) -> None:
    taken = {action.present.path: action.present for action in board.actions if action.present is not None}
    kept = {action.record.key for action in board.actions if action.record is not None}
    for record in live.values():
        if record.key not in kept and (record.path in taken or expected(record.path)):
            board.actions.append(Action(Step.LOSE, taken.get(record.path), record))


def _gives_way(action: Action) -> bool:
    copy = action.record is not None and action.record.state is State.DUPLICATE
    return action.step is Step.LOSE and action.present is not None and copy
