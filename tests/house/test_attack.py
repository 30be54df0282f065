"""Each part of `make attack` works, and finds nothing in a few trials."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import cli
from benchmarks.attack.__main__ import PARTS
from benchmarks.attack.attack_results import PartResult, load_results, save_results
from benchmarks.attack.container_growth import CONTAINERS, measure
from benchmarks.attack.planted.planted_archives import CALLS
from benchmarks.attack.reliability_page import write_page
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting, run_here, run_trials

QUICK = ("damage", "queries", "planted")
"""Parts that attack in this process, a few trials of which take a second."""


def faults(outcomes: Iterator[Outcome]) -> list[str]:
    results = list(outcomes)
    assert results
    return [f"{outcome.case}: {outcome.fault}" for outcome in results if outcome.fault]


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@pytest.mark.parametrize("name", QUICK)
def test_a_few_trials_find_no_fault(name: str, tmp_path: Path) -> None:
    part = PARTS[name]
    assert not faults(run_here(name, part, range(part.quick), 1, tmp_path))


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes minutes; set MUNIMENT_SLOW=1")
@pytest.mark.parametrize("name", [name for name in PARTS if name not in QUICK and PARTS[name].quick])
def test_trials_of_whole_processes_find_no_fault(name: str, tmp_path: Path) -> None:
    part = PARTS[name]
    assert not faults(run_trials(name, part, range(part.quick), 1, tmp_path, 2))


def test_planted_archives_are_opened_with_every_command() -> None:
    assert set(CALLS) == set(cli.COMMANDS)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="takes seconds; set MUNIMENT_SLOW=1")
@pytest.mark.parametrize("name", CONTAINERS)
def test_containers_are_measured_and_their_documents_found(name: str, tmp_path: Path) -> None:
    file_name, write, _ = CONTAINERS[name]
    assert measure(tmp_path / "archive", file_name, write, 20) > 0


def go_wrong(setting: Setting) -> Iterator[Outcome]:
    yield Outcome("case", f"number {setting.rng.randrange(1000)}", figures={"seconds": 1.5})
    if setting.number == 1:
        raise FaultError("a law is broken")
    if setting.number == 2:
        os.kill(os.getpid(), 9)


PART = Part("Tests", "nothing goes wrong", 4, 1, 60, go_wrong)


def test_faults_and_crashes_are_reported_with_their_number(tmp_path: Path) -> None:
    outcomes = list(run_trials("tests", PART, range(4), 7, tmp_path, 2))
    assert sum(not outcome.fault for outcome in outcomes) == 4
    found = {outcome.number: outcome.fault for outcome in outcomes if outcome.fault}
    assert found == {1: "a law is broken", 2: "the process ended with code -9"}
    assert not list((tmp_path).iterdir())


def test_a_trial_that_does_not_end_is_a_fault(tmp_path: Path) -> None:
    def wait(_: Setting) -> Iterator[Outcome]:
        time.sleep(60)
        yield Outcome("case", "never")

    (outcome,) = run_trials("tests", replace(PART, run=wait, seconds=0.3), [0], 7, tmp_path, 1)
    assert (outcome.outcome, outcome.number) == ("hung", 0)


def test_a_trial_is_made_from_seed_and_number_alone(tmp_path: Path) -> None:
    one = {outcome.number: outcome.outcome for outcome in run_here("tests", PART, [0, 3], 7, tmp_path)}
    assert one[3] == next(run_here("tests", PART, [3], 7, tmp_path)).outcome
    assert one[3] != next(run_here("tests", PART, [3], 8, tmp_path)).outcome


def test_the_page_has_each_part_with_figures_and_faults(tmp_path: Path) -> None:
    result = PartResult.begin(7, 2)
    for outcome in (Outcome("case", "good", figures={"seconds": 1.5}), Outcome("case", "fault", "a law is broken")):
        result.add(outcome)
    save_results({"tests": result}, tmp_path / "results.json")
    results = load_results(tmp_path / "results.json")
    assert results == {"tests": result}
    write_page({"tests": PART}, results, tmp_path / "page.md")
    text = (tmp_path / "page.md").read_text(encoding="utf-8")
    for words in (
        "| [Tests](#tests) | 2 | 1 |",
        "| case | 1 fault; 1 good |",
        "- case: seconds 1.50",
        "a law is broken",
        "seed 7",
    ):
        assert words in text
