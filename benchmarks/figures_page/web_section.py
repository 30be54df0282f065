"""The section of docs/performance.md on `muniment serve`, which is renewed in the page by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures_page.markdown_table import table
from benchmarks.figures_page.results import Results
from benchmarks.served.page_times import BUDGETS, ServedFigure, ServedPage

TITLE = "## In the browser"
PART = "web"
_SECTION = re.compile(rf"^{TITLE}\n.*?(?=\n## |\Z)", re.DOTALL | re.MULTILINE)
_NEXT_SECTION = "\n## Random queries"

_HEAD = """{title}

`muniment serve`, asked over loopback by one client, one page after the other, and then by fifty people. Made by `make
bench-web`. Times are wall time as the client waits for the whole answer, and processor time of all processes of the
server for each request. *First asked*: each question once, and none before. Questions are single words, pairs and
phrases. Memory is that of all processes; what they share is counted once (PSS).
"""


def web_section(results: Results) -> Iterator[str]:
    """Yield the parts of the section; none if nothing was measured."""
    pages, figures = results.of("web-pages", ServedPage), results.of("web-figures", ServedFigure)
    if not pages or not figures:
        return
    yield _HEAD.format(title=TITLE)
    yield table(
        ["page", "requests", "p50, ms", "p95, ms", "of the processor, ms", "budget, ms", ""], map(_page_row, pages)
    )
    yield table(["", "measured", "bound", ""], map(_figure_row, figures))
    if PART in results.measured:
        yield f"Measured {results.measured[PART]}.\n"


def renew_web_section(page: str, results: Results, earlier: str = "") -> str:
    """Return a page with the section of these results in place of its own.

    Args:
        page: the page, which may have no such section yet.
        results: what was measured; the section of the earlier page is taken where it has nothing of the browser.
        earlier: the page that this one replaces.
    """
    section = "\n".join(web_section(results)).rstrip("\n")
    if not section and (kept := _SECTION.search(earlier)):
        section = kept[0].rstrip("\n")
    if not section:
        return page
    if _SECTION.search(page):
        return _SECTION.sub(lambda _: f"{section}\n", page)
    head, mark, rest = page.partition(_NEXT_SECTION)
    return f"{head}\n{section}\n{mark}{rest}" if mark else f"{page.rstrip()}\n\n{section}\n"


def write_web_section(results: Results, page: Path) -> None:
    """Renew the section in a file."""
    page.write_text(renew_web_section(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def _page_row(page: ServedPage) -> list[str]:
    p50, p95 = BUDGETS.get(page.name, (0.0, 0.0))
    bounds = [f"{name} ≤ {bound:g}" for name, bound in (("p50", p50), ("p95", p95)) if bound]
    is_met = page.p50 <= (p50 or page.p50) and page.p95 <= (p95 or page.p95)
    cpu = f"{page.cpu:.1f}" if page.cpu else ""
    return [page.name, f"{page.requests:,}", f"{page.p50:.1f}", f"{page.p95:.1f}", cpu, ", ".join(bounds),
            _judged(is_met=is_met) if bounds else ""]  # fmt: skip


def _figure_row(figure: ServedFigure) -> list[str]:
    bound = "" if figure.bound is None else f"≤ {figure.bound:,g} {figure.unit}".rstrip()
    judged = "" if figure.bound is None else _judged(is_met=figure.value <= figure.bound)
    return [figure.name, f"{figure.value:,.4g} {figure.unit}".rstrip(), bound, judged]


def _judged(*, is_met: bool) -> str:
    return "met" if is_met else "**missed**"
