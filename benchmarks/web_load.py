"""Measure `muniment serve` from outside: ``python -m benchmarks.web_load [--corpus FILE.jsonl.gz]``.

``make bench-web`` calls it. The archive of 10,000 documents is made of a corpus, or of generated texts, and kept in
``build/bench-web`` between runs. The figures are saved beside those of ``make bench`` and shown by the same page,
docs/performance.md. ``--quick`` takes less than a minute, shows that every part works, and writes nothing. Everything
random is seeded.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures_page.results import empty_results, load_results, save_results
from benchmarks.figures_page.web_section import PART, web_section, write_web_section
from benchmarks.run import RESULTS_FILE
from benchmarks.served.page_times import QUICK_WEB, ServedPage, WebScale, measure
from benchmarks.served.served_archive import make_archive


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print each figure at once and then the section, and write it into the page after a whole run."""
    options = _parser().parse_args(arguments)
    scale = QUICK_WEB if options.quick else WebScale()
    options.work.mkdir(parents=True, exist_ok=True)
    kept = options.results / RESULTS_FILE
    results = empty_results() if options.quick else load_results(kept)
    archive = make_archive(options.work.absolute(), options.documents or scale.documents, options.corpus)
    results.stamp(PART)
    pages, figures = [], []
    for row in measure(archive, scale):
        print(row, flush=True)
        if isinstance(row, ServedPage):
            pages.append(row)
        else:
            figures.append(row)
    results.rows |= {"web-pages": pages, "web-figures": figures}
    print("\n".join(web_section(results)), flush=True)
    if not options.quick:
        options.results.mkdir(parents=True, exist_ok=True)
        save_results(results, kept)
        write_web_section(results, options.page)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.web_load", description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", type=Path, help="a JSON object a line: id, title, date, category, text")
    parser.add_argument("--documents", type=int, help="documents of the archive; 10,000 by default")
    parser.add_argument(
        "--quick", action="store_true", help="a few documents and seconds, to see that every part works"
    )
    parser.add_argument("--work", type=Path, default=Path("build/bench-web"), help="folder of the archive")
    parser.add_argument("--results", type=Path, default=Path("build/bench"), help="folder of the figures of make bench")
    parser.add_argument("--page", type=Path, default=Path("docs/performance.md"), help="page that has the section")
    return parser


if __name__ == "__main__":
    main()
