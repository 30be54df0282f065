"""The plan of a run: known files compared with files present, in every way a folder can change."""

from __future__ import annotations

from functools import partial
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


def plan_run(known: list[FileRecord], files: list[PresentFile], *, retry_failed: bool = False) -> RunPlan:
    return plan(known, files, expected=lambda _: True, exists=lambda _: False, retry_failed=retry_failed)


def steps(run_plan: RunPlan) -> dict[str, str]:
    return {label(action): action.step.value for action in run_plan.actions}


def label(action: Action) -> str:
    if action.present and action.step is not Step.REMOVE:
        return action.present.path
    assert action.record
    return f"-{action.record.path}"


def test_a_new_file_is_added() -> None:
    assert steps(plan_run([], [present("a", "1")])) == {"a": "added"}


def test_a_file_with_the_same_bytes_is_unchanged() -> None:
    assert steps(plan_run([record(1, "a", "1")], [present("a", "1")])) == {"a": "unchanged"}


def test_new_bytes_at_a_known_path_are_a_new_version_of_its_document() -> None:
    assert steps(plan_run([record(1, "a", "1")], [present("a", "2")])) == {"a": "changed"}


def test_known_bytes_at_another_path_have_moved() -> None:
    assert steps(plan_run([record(1, "a", "1")], [present("b", "1")])) == {"b": "moved"}


def test_a_missing_file_is_removed() -> None:
    assert steps(plan_run([record(1, "a", "1")], [])) == {"-a": "removed"}


def test_a_file_with_the_bytes_of_a_document_inside_one_is_its_copy() -> None:
    files = [present("a.zip", "zip"), present("b", "1")]
    known = [record(1, "a.zip", "zip")]
    inside = partial(plan, present=files, expected=lambda _: True, exists=lambda _: False, is_inside={"1"}.__contains__)
    assert steps(inside(known)) == {"a.zip": "unchanged", "b": "duplicate"}
    known.append(record(2, "b", "1", State.DUPLICATE))
    assert steps(inside(known)) == {"a.zip": "unchanged", "b": "unchanged"}
    moved = [*known[:1], record(2, "c", "1")]
    assert steps(inside(moved)) == {"a.zip": "unchanged", "b": "moved"}


def test_the_second_file_with_the_same_bytes_is_a_duplicate() -> None:
    assert steps(plan_run([], [present("a", "1"), present("b", "1")])) == {"a": "added", "b": "duplicate"}


def test_two_files_that_change_places_have_both_moved() -> None:
    run_plan = plan_run([record(1, "a", "1"), record(2, "b", "2")], [present("a", "2"), present("b", "1")])
    assert steps(run_plan) == {"a": "moved", "b": "moved"}


def test_files_renamed_in_a_row_keep_their_documents() -> None:
    known = [record(1, "a", "1"), record(2, "b", "2")]
    run_plan = plan_run(known, [present("a", "0"), present("b", "1"), present("c", "2")])
    assert steps(run_plan) == {"a": "added", "b": "moved", "c": "moved"}


def test_a_copy_inherits_the_document_of_an_original_that_is_gone() -> None:
    known = [record(1, "a", "1"), record(2, "b", "1", State.DUPLICATE)]
    run_plan = plan_run(known, [present("b", "1")])
    assert [(action.step, action.record.key if action.record else 0) for action in run_plan.actions] == [
        (Step.REMOVE, 2),
        (Step.MOVE, 1),
    ]
    assert run_plan.counts() == {Step.MOVE: 1}


def test_a_document_follows_its_bytes_to_the_copy_that_still_has_them() -> None:
    known = [record(1, "a", "1"), record(2, "b", "1", State.DUPLICATE)]
    run_plan = plan_run(known, [present("a", "2"), present("b", "1")])
    assert steps(run_plan)["b"] == "moved"
    assert steps(run_plan)["a"] == "added"


def test_a_file_that_returns_is_recognised_at_any_path() -> None:
    known = [record(1, "a", "1", State.MISSING)]
    for path in ("a", "b"):
        run_plan = plan_run(known, [present(path, "1")])
        assert [action.step for action in run_plan.actions] == [Step.MOVE]


def test_a_failed_file_is_read_again_only_when_asked() -> None:
    known = [record(1, "a", "1", State.FAILED)]
    assert steps(plan_run(known, [present("a", "1")])) == {"a": "unchanged"}
    assert steps(plan_run(known, [present("a", "1")], retry_failed=True)) == {"a": "retried"}


def test_files_not_looked_at_are_neither_removed_nor_forgotten() -> None:
    known = [record(1, "far/a", "1")]
    run_plan = plan(known, [present("b", "1")], expected=lambda _: False, exists=lambda _: True)
    assert steps(run_plan) == {"b": "duplicate"}
    run_plan = plan(known, [present("b", "1")], expected=lambda _: False, exists=lambda _: False)
    assert steps(run_plan) == {"b": "moved"}
    run_plan = plan(known, [], expected=lambda _: False, exists=lambda _: False)
    assert steps(run_plan) == {}


PATHS = st.sampled_from("abcdef")
FOLDERS = st.dictionaries(PATHS, st.sampled_from("1234"), max_size=6)


@given(FOLDERS, FOLDERS)
def test_every_file_and_every_record_has_one_action(before: dict[str, str], after: dict[str, str]) -> None:
    known, originals = [], set()
    for key, (path, digest) in enumerate(sorted(before.items()), 1):
        state = State.DUPLICATE if digest in originals else State.INDEXED
        originals.add(digest)
        known.append(record(key, path, digest, state))
    run_plan = plan_run(known, [present(path, digest) for path, digest in sorted(after.items())])
    paths = [action.present.path for action in run_plan.actions if action.present and action.step is not Step.REMOVE]
    assert sorted(paths) == sorted(after)
    keys = [action.record.key for action in run_plan.actions if action.record]
    assert sorted(keys) == [record.key for record in known]
    counts = run_plan.counts()
    assert counts.total() - counts[Step.REMOVE] - counts[Step.REPLACE] == len(after)
