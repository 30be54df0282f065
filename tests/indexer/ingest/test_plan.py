"""Known files against files that are there: every way a folder can change."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue.file_records import FileRecord
from corpus.document import State
from corpus.folder_scan import ScannedFile
from indexer.ingest.plan import Action, PresentFile, RunPlan, Step, plan


def record(key: int, path: str, digest: str, state: State = State.INDEXED) -> FileRecord:
    return FileRecord(key, path, 1, 1, 1, digest, state)


def present(path: str, digest: str) -> PresentFile:
    return PresentFile(path, ScannedFile(Path(path), 1, 1, 1), digest)


def make(known: list[FileRecord], here: list[PresentFile], *, retry_failed: bool = False) -> RunPlan:
    return plan(known, here, expected=lambda _: True, exists=lambda _: False, retry_failed=retry_failed)


def steps(made: RunPlan) -> dict[str, str]:
    return {where(action): action.step.value for action in made.actions}


def where(action: Action) -> str:
    if action.present and action.step is not Step.REMOVE:
        return action.present.path
    assert action.record
    return f"-{action.record.path}"


def test_a_new_file_is_added() -> None:
    assert steps(make([], [present("a", "1")])) == {"a": "added"}


def test_a_file_as_it_was_is_unchanged() -> None:
    assert steps(make([record(1, "a", "1")], [present("a", "1")])) == {"a": "unchanged"}


def test_new_bytes_on_a_known_path_are_a_new_issue_of_its_document() -> None:
    assert steps(make([record(1, "a", "1")], [present("a", "2")])) == {"a": "changed"}


def test_known_bytes_on_another_path_have_moved() -> None:
    assert steps(make([record(1, "a", "1")], [present("b", "1")])) == {"b": "moved"}


def test_a_file_that_is_gone_is_removed() -> None:
    assert steps(make([record(1, "a", "1")], [])) == {"-a": "removed"}


def test_the_second_file_with_the_same_bytes_is_a_duplicate() -> None:
    assert steps(make([], [present("a", "1"), present("b", "1")])) == {"a": "added", "b": "duplicate"}


def test_two_files_that_change_places_have_both_moved() -> None:
    made = make([record(1, "a", "1"), record(2, "b", "2")], [present("a", "2"), present("b", "1")])
    assert steps(made) == {"a": "moved", "b": "moved"}


def test_files_that_move_up_a_place_keep_their_documents() -> None:
    known = [record(1, "a", "1"), record(2, "b", "2")]
    made = make(known, [present("a", "0"), present("b", "1"), present("c", "2")])
    assert steps(made) == {"a": "added", "b": "moved", "c": "moved"}


def test_a_copy_inherits_the_document_of_an_original_that_is_gone() -> None:
    known = [record(1, "a", "1"), record(2, "b", "1", State.DUPLICATE)]
    made = make(known, [present("b", "1")])
    assert [(action.step, action.record.key if action.record else 0) for action in made.actions] == [
        (Step.REMOVE, 2),
        (Step.MOVE, 1),
    ]
    assert made.counts() == {Step.MOVE: 1}


def test_a_document_stays_with_its_bytes_when_only_a_copy_still_has_them() -> None:
    known = [record(1, "a", "1"), record(2, "b", "1", State.DUPLICATE)]
    made = make(known, [present("a", "2"), present("b", "1")])
    assert steps(made)["b"] == "moved"
    assert steps(made)["a"] == "added"


def test_a_file_that_comes_back_is_recognised_wherever_it_stands() -> None:
    known = [record(1, "a", "1", State.MISSING)]
    for path in ("a", "b"):
        made = make(known, [present(path, "1")])
        assert [action.step for action in made.actions] == [Step.MOVE]


def test_a_failed_file_is_read_again_only_when_asked() -> None:
    known = [record(1, "a", "1", State.FAILED)]
    assert steps(make(known, [present("a", "1")])) == {"a": "unchanged"}
    assert steps(make(known, [present("a", "1")], retry_failed=True)) == {"a": "retried"}


def test_what_was_not_looked_at_is_neither_removed_nor_forgotten() -> None:
    known = [record(1, "far/a", "1")]
    made = plan(known, [present("b", "1")], expected=lambda _: False, exists=lambda _: True)
    assert steps(made) == {"b": "duplicate"}
    made = plan(known, [present("b", "1")], expected=lambda _: False, exists=lambda _: False)
    assert steps(made) == {"b": "moved"}
    made = plan(known, [], expected=lambda _: False, exists=lambda _: False)
    assert steps(made) == {}


PATHS = st.sampled_from("abcdef")
FOLDERS = st.dictionaries(PATHS, st.sampled_from("1234"), max_size=6)


@given(FOLDERS, FOLDERS)
def test_every_file_has_one_step_and_every_record_one_fate(before: dict[str, str], after: dict[str, str]) -> None:
    known, originals = [], set()
    for key, (path, digest) in enumerate(sorted(before.items()), 1):
        state = State.DUPLICATE if digest in originals else State.INDEXED
        originals.add(digest)
        known.append(record(key, path, digest, state))
    made = make(known, [present(path, digest) for path, digest in sorted(after.items())])
    taken = [action.present.path for action in made.actions if action.present and action.step is not Step.REMOVE]
    assert sorted(taken) == sorted(after)
    fates = [action.record.key for action in made.actions if action.record]
    assert sorted(fates) == [one.key for one in known]
    assert made.counts().total() - made.counts()[Step.REMOVE] == len(after)
