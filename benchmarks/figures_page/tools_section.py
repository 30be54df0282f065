"""The section of docs/performance.md on researchers' tools, which is renewed in the page by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from benchmarks.figures_page.markdown_table import table

TITLE = "## Words counted"
_SECTION = re.compile(rf"^{TITLE}\n.*?(?=\n## |\Z)", re.DOTALL | re.MULTILINE)
_NEXT_SECTION = "\n## The engine alone"

_HEAD = """Processor time of one process, the least of several runs, made by `make bench-tools`. The first rows
are of an archive of reports, those from the trends on of 10,000 speeches with 27.9 million words in six segments.
"""
_FOOT = """Every posting list is read once for frequencies and comparisons, and every position for collocates: a million
at a time, so that memory does not grow with the archive. Windows are marked in two bytes for each word of the documents
with the query, at most 32 million words at a time.
"""


def tools_section(rows: Iterable[Sequence[str]], measured: str) -> str:
    """Return the section.

    Args:
        rows: what was measured, the figure, its budget, and whether it is met.
        measured: when and where.
    """
    figures = table(["measured", "figure", "budget", "met"], rows)
    return "\n".join([TITLE, "", _HEAD, figures, _FOOT, f"Measured {measured}."])


def renew_tools_section(page: str, section: str) -> str:
    """Return a page with a section in place of its own; it is put before the engine's where the page has none."""
    if _SECTION.search(page):
        return _SECTION.sub(lambda _: f"{section}\n", page)
    head, mark, rest = page.partition(_NEXT_SECTION)
    return f"{head.rstrip()}\n\n{section}\n{mark}{rest}"


def kept_tools_section(earlier: str, page: str) -> str:
    """Return a new page with the section of the one that it replaces, where that has one."""
    kept = _SECTION.search(earlier)
    return renew_tools_section(page, kept[0].rstrip("\n")) if kept else page
