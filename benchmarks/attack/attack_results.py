"""The results of an attack: counts of outcomes and every fault, saved as JSON, so that parts can be run again."""

from __future__ import annotations

import json
import platform
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import sqlite_version

from benchmarks.attack.trials import Outcome
from corpus import VERSION
from indexer.sandbox.process_count import available_cores

MAX_FAULTS = 50
"""Faults of a part that are kept."""


@dataclass(slots=True)
class PartResult:
    """The result of one part.

    Attributes:
        seed: of its random numbers.
        trials: number of trials.
        machine, versions: where and with what it was run.
        when: day and time.
        seconds: wall time.
        outcomes: number of outcomes by case and outcome.
        faults: what was wrong, with the trial's number.
        figures: measured numbers by case.
    """

    seed: int
    trials: int
    machine: str
    versions: str
    when: str
    seconds: float = 0.0
    outcomes: dict[str, dict[str, int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    figures: dict[str, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def begin(cls, seed: int, trials: int) -> PartResult:
        """Return the result of a part that is about to be run."""
        system = f"{platform.system()} {platform.release()} on {platform.machine()}, {available_cores()} cores"
        versions = f"Muniment {VERSION}, Python {platform.python_version()}, SQLite {sqlite_version}"
        return cls(seed, trials, system, versions, f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        counts = Counter(self.outcomes.get(outcome.case, {}))
        counts[outcome.outcome] += 1
        self.outcomes[outcome.case] = dict(counts)
        if outcome.fault and len(self.faults) < MAX_FAULTS:
            self.faults.append(f"trial {outcome.number}, {outcome.case}: {outcome.fault}")
        if outcome.figures:
            self.figures[outcome.case] = outcome.figures

    def total(self) -> int:
        """Return the number of outcomes."""
        return sum(sum(counts.values()) for counts in self.outcomes.values())


def save_results(results: dict[str, PartResult], path: Path) -> None:
    """Save the results of parts by name."""
    path.write_text(json.dumps({name: asdict(result) for name, result in results.items()}, indent=1), encoding="utf-8")


def load_results(path: Path) -> dict[str, PartResult]:
    """Load the results in ``path``, or none; those that another version of the attack wrote are dropped."""
    if not path.exists():
        return {}
    table = json.loads(path.read_text(encoding="utf-8"))
    fields = PartResult.__dataclass_fields__.keys()
    return {name: PartResult(**values) for name, values in table.items() if values.keys() == fields}
