"""Attack Muniment and write docs/reliability.md: ``python -m benchmarks.attack [PART...] [--quick] [--seed NUMBER]``.

``make attack`` calls it. Every trial is made from the seed, the part and its number alone, so that one that found a
fault is run again by ``python -m benchmarks.attack PART --seed SEED --number NUMBER``.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.attack.attack_results import PartResult, load_results, save_results
from benchmarks.attack.container_growth import CONTAINER_GROWTH
from benchmarks.attack.damage import DAMAGE
from benchmarks.attack.hostile_files import HOSTILE_FILES
from benchmarks.attack.kills import KILLS
from benchmarks.attack.planted.planted_archives import PLANTED_ARCHIVES
from benchmarks.attack.query_laws import QUERIES
from benchmarks.attack.reliability_page import part_section, write_page
from benchmarks.attack.storage_faults import STORAGE_FAULTS
from benchmarks.attack.trials import Part, run_trials
from indexer.sandbox.process_count import available_cores

PARTS: dict[str, Part] = {
    "kills": KILLS,
    "storage": STORAGE_FAULTS,
    "damage": DAMAGE,
    "queries": QUERIES,
    "files": HOSTILE_FILES,
    "planted": PLANTED_ARCHIVES,
    "containers": CONTAINER_GROWTH,
}
"""The parts in the order in which they are run."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts of the command line, print what each found, and write the page after a whole run.

    Returns:
        The number of faults.
    """
    options = _parser().parse_args(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    print(f"seed {seed}", flush=True)
    kept = options.work / "results.json"
    results = load_results(kept)
    faults = 0
    with tempfile.TemporaryDirectory(prefix="muniment-attack-", dir=options.scratch) as scratch:
        os.environ["XDG_STATE_HOME"] = str(Path(scratch) / "state")
        for name in options.parts or PARTS:
            result = _run(name, seed, Path(scratch), options)
            faults += len(result.faults)
            print(part_section(name, PARTS[name], result), flush=True)
            if options.number is None and not options.quick:
                results[name] = result
                save_results(results, kept)
    if not (options.parts or options.quick) or options.page:
        write_page(PARTS, results, options.page or Path("docs") / "reliability.md")
    return faults


def _run(name: str, seed: int, work: Path, options: argparse.Namespace) -> PartResult:
    part = PARTS[name]
    trials = part.quick if options.quick else part.trials
    trials = (min(options.trials, trials) if part.alone else options.trials) if options.trials else trials
    numbers = range(trials) if options.number is None else [options.number]
    started = time.monotonic()
    result = PartResult.begin(seed, len(numbers))
    for outcome in run_trials(name, part, numbers, seed, work, options.jobs):
        result.add(outcome)
        if outcome.fault:
            print(f"{name} --seed {seed} --number {outcome.number}: {outcome.case}: {outcome.fault}", flush=True)
    result.seconds = round(time.monotonic() - started, 1)
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.attack", description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="a few trials, to see that every part works")
    parser.add_argument("--seed", type=int, help="the seed of all random numbers; without it, another in every run")
    parser.add_argument("--number", type=int, help="only the trial of this number")
    parser.add_argument("--trials", type=int, help="so many trials of each part")
    parser.add_argument("--jobs", type=int, default=available_cores(), help="trials that run side by side")
    parser.add_argument("--work", type=Path, default=Path("build/attack"), help="folder of the results")
    parser.add_argument("--scratch", type=Path, help="folder for the archives under attack; by default a temporary one")
    parser.add_argument("--page", type=Path, help="file to write the page into, even after some parts only")
    return parser


if __name__ == "__main__":
    raise SystemExit(min(main(), 1))
