"""Write docs/reliability.md from the results of an attack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.attack.attack_results import PartResult
from benchmarks.attack.trials import Part
from benchmarks.figures_page.markdown_table import table

_HEAD = """# Reliability

Made by `make attack`, which does to Muniment what machines and people do to it: processes are killed, disks fail, bits
flip, files and queries are hostile, and whole archives are made to harm who opens them. Each part has a law, and every
trial checks it against a record of its own of what was put in. A trial depends on the seed and its number alone, and
is repeated with `python -m benchmarks.attack PART --seed SEED --number NUMBER`; only the moment at which a process is
killed depends on the machine as well.
"""


def write_page(parts: Mapping[str, Part], results: Mapping[str, PartResult], path: Path) -> None:
    """Write the page of all parts that have results."""
    sections = [part_section(name, part, results[name]) for name, part in parts.items() if name in results]
    path.write_text("\n".join([_HEAD, _summary(parts, results), *sections]), encoding="utf-8")


def _summary(parts: Mapping[str, Part], results: Mapping[str, PartResult]) -> str:
    rows = [
        [f"[{part.title}](#{part.title.lower().replace(' ', '-')})", f"{results[name].total():,}",
         f"{len(results[name].faults):,}"]
        for name, part in parts.items() if name in results
    ]  # fmt: skip
    return table(["attack", "tried", "faults"], rows)


def part_section(name: str, part: Part, result: PartResult) -> str:
    """Return the section of one part: its law, its outcomes and its faults."""
    return "\n".join(_lines(name, part, result))


def _lines(name: str, part: Part, result: PartResult) -> Iterator[str]:
    yield f"## {part.title}\n"
    yield f"Law: {part.law}.\n"
    rows = [
        [case, "; ".join(f"{count:,} {outcome}" for outcome, count in sorted(counts.items()))]
        for case, counts in sorted(result.outcomes.items())
    ]
    yield table(["attacked", "number and outcome"], rows)
    for case, figures in result.figures.items():
        yield f"- {case}: {', '.join(f'{name} {value:,.2f}' for name, value in figures.items())}"
    if result.figures:
        yield ""
    number = len(result.faults)
    faults = f"{number} {'fault' if number == 1 else 'faults'}" if number else "No fault"
    yield (
        f"{faults}. `{name}`, seed {result.seed}, {result.trials:,} trials in {result.seconds:,.0f} s on {result.when};"
        f" {result.machine}; {result.versions}.\n"
    )
    for fault in result.faults:
        yield f"- {' '.join(fault.split())[:600]}"
