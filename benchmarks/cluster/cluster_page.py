"""The figures of docs/cluster.md, which are renewed in the page by themselves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.cluster.both_engines import MeasuredLoad
from benchmarks.cluster.judged_answers import JudgedAnswers
from benchmarks.figures_page.markdown_table import table

TITLE = "## Measured"
_SECTION = re.compile(rf"^{TITLE}\n.*?(?=\n## |\Z)", re.DOTALL | re.MULTILINE)

_HEAD = """By `make bench-cluster`, three nodes and the client on one machine of two cores. Times of processors count;
the clock shows what this one machine could do."""


@dataclass(frozen=True, slots=True)
class MeasuredClass:
    """The mean cost of a question of a class, in milliseconds: on the clock (the median), and of processors."""

    name: str
    wall: float
    client: float
    servers: float


def spell_figures(
    loads: Sequence[tuple[str, MeasuredLoad]],
    sizes: Sequence[int],
    classes: Sequence[Sequence[MeasuredClass]],
    judged: Sequence[JudgedAnswers],
) -> str:
    """Return the section with the figures of one run.

    Args:
        loads: each load with the name of its documents.
        sizes: numbers of paragraphs that were asked.
        classes: for each of them the classes of questions.
        judged: the judged collections.
    """
    parts = [TITLE, _HEAD, "Loading:", _load_table(loads)]
    parts += ["Questions over paragraphs, with two facets and without passages, in milliseconds a question:"]
    parts += [_class_table(sizes, classes)]
    if judged:
        parts += ["Judged collections:", _judged_table(judged)]
    return (
        "\n\n".join(part.rstrip() for part in [*parts, f"Measured on {dt.datetime.now().astimezone():%d %B %Y}."])
        + "\n"
    )


def _load_table(loads: Sequence[tuple[str, MeasuredLoad]]) -> str:
    head = ["documents", "number", "MB of text", "client s", "servers s", "clock s", "MB a client s", "index MB"]
    rows = [
        [name, f"{load.documents:,}", f"{load.megabytes:.1f}", f"{load.cost.client:.1f}", f"{load.cost.servers:.1f}",
         f"{load.cost.wall:.0f}", f"{load.megabytes / load.cost.client:.2f}", f"{load.index_megabytes:.0f}"]
        for name, load in loads
    ]  # fmt: skip
    return table(head, rows)


def _class_table(sizes: Sequence[int], classes: Sequence[Sequence[MeasuredClass]]) -> str:
    rows = [
        [row[0].name, *(f"{part.servers:.0f} / {part.client:.0f} / {part.wall:.0f}" for part in row)]
        for row in zip(*classes, strict=True)
    ]
    return table(["class", *(f"{size:,}: servers / client / clock" for size in sizes)], rows)


def _judged_table(judged: Sequence[JudgedAnswers]) -> str:
    head = ["collection", "questions", "nDCG@10 here", "on the cluster", "overlap of the first ten", "equal totals"]
    rows = [
        [row.name, str(row.questions), f"{row.local:.4f}", f"{row.cluster:.4f}", f"{row.overlap:.3f}",
         str(row.same_totals)]
        for row in judged
    ]  # fmt: skip
    return table(head, rows)


def renew_figures(page: str, section: str) -> str:
    """Return a page with its section of figures replaced."""
    return _SECTION.sub(lambda _: section, page)
