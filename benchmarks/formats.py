"""Count files by format and state, and write docs/formats.md: ``python -m benchmarks.formats DIR... [--write FILE]``.

The folders are indexed into an empty archive as a user would do it. The tables count, by format, files and the
documents found inside mail, web archives and ZIP files, as the catalogue then has them.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, open_catalogue
from corpus.document import State
from indexer.archivist.failures import FailureGroup, failures
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_events import Finished, Summary
from indexer.readers.formats import FORMATS, Format, by_name
from indexer.sandbox.process_count import available_cores

STATES = (State.INDEXED, State.PARTIAL, State.WITHOUT_TEXT, State.DUPLICATE, State.FAILED)
"""The columns of the tables: every state of a file that is not missing."""

HEAD = """# Formats

What Muniment reads. The endings are what a file is *called*; where its content says something else, content wins, so a
web page saved as `.pdf` is read as a web page. This page is made by `make formats`, the tables by counting.

| format | file names | read by | else by | holds documents |
|---|---|---|---|---|
"""

STATES_TEXT = """
`.doc` and `.ppt` are read by antiword or LibreOffice where one is installed. Images and scanned PDFs get their text
with `muniment index --ocr` where tesseract is ([ocr.md](ocr.md)).

## Every file gets a state

| state | means |
|---|---|
| indexed | read whole, searchable |
| partial | a limit was met or a part could not be read; what was read is searchable, the reason says what is missing |
| indexed-without-text | nothing in it to search for but title, date and file name: a scan, an empty form |
| duplicate | the same bytes as another document, which is searchable |
| failed | could not be read; `muniment failures` says why, `muniment index --retry-failed` tries again |

Each reader runs in a process of its own with limits on memory, processor time and wall time, which
[`muniment.toml`](archivist.md) sets. A file that exceeds them is given to the second reader, if there is one, and then
is *failed*: never the run.
"""


@dataclass(frozen=True, slots=True)
class FormatCounts:
    """The counts of one run over the folders.

    Attributes:
        files: number of files by format and state.
        parts: number of documents inside files by format and state.
        failures: failed files and documents inside files, grouped by reason.
        summary: the run's own summary.
        sound: whether `verify` found no difference.
        seconds: wall time of the run.
        peak_mb: peak memory of the parent process, in 2**20 bytes; its workers have limits.
    """

    files: Counter[tuple[str, str]]
    parts: Counter[tuple[str, str]]
    failures: tuple[FailureGroup, ...]
    summary: Summary
    sound: bool
    seconds: float
    peak_mb: float


def measure(folders: Sequence[Path]) -> FormatCounts:
    """Index ``folders`` into an empty archive and count."""
    with tempfile.TemporaryDirectory() as made:
        archive = Path(made)
        started = time.monotonic()
        *_, last = index(archive, folders)
        seconds = time.monotonic() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        assert isinstance(last, Finished)
        catalogue = open_catalogue(archive)
        files, parts = _files(catalogue), _parts(catalogue)
        catalogue.close()
        return FormatCounts(files, parts, failures(archive), last.summary, verify(archive).holds, seconds, peak)


def _files(catalogue: Catalogue) -> Counter[tuple[str, str]]:
    rows = catalogue.rows(
        "SELECT f.path, f.state, coalesce(d.format, '') FROM files f"
        " LEFT JOIN documents d ON d.file = f.key AND d.part = ''"
    )
    return Counter((form or _called(path), state) for path, state, form in rows)


def _called(path: str) -> str:
    row = by_name(path)
    return row.name if row else "other"


def _parts(catalogue: Catalogue) -> Counter[tuple[str, str]]:
    rows = catalogue.rows("SELECT format, state FROM documents WHERE part <> ''")
    return Counter((form or "other", state) for form, state in rows)


def write_page_text(measured: FormatCounts | None) -> str:
    """Return the page; without counts, the part that follows from the table of formats alone."""
    text = HEAD + "".join(map(_row, FORMATS)) + STATES_TEXT
    return text if measured is None else text + "".join(_figures(measured))


def _row(row: Format) -> str:
    endings = " ".join(f"`{ending}`" for ending in row.extensions)
    second = row.fallback[0] if row.fallback else ""
    return f"| {row.name} | {endings} | {row.reader[0]} | {second} | {'yes' if row.embedded_extractor else ''} |\n"


def _figures(measured: FormatCounts) -> Iterator[str]:
    done = measured.summary
    yield (
        "\n## Measured\n\nThe test documents (office files, PDFs, web pages, web archives, bombs, 500 languages):\n"
        f"{done.files} files, of them {done.added} added, {done.duplicate} duplicate, {done.failed} failed;\n"
        f"{sum(measured.parts.values())} more documents inside them; {measured.seconds:.0f} s on a machine of"
        f" {available_cores()} cores. The parent process took at most {measured.peak_mb:.0f} MB;\n"
        f"`verify` afterwards: {'no differences' if measured.sound else 'DIFFERENCES'}.\n"
    )
    yield from _table("Files", measured.files)
    yield from _table("Documents inside files", measured.parts)
    yield "\n### Reasons of failures\n\n| number | reason | formats |\n|---:|---|---|\n"
    for group in measured.failures:
        forms = Counter(_called(one.path.rpartition(" > ")[2]) for one in group.files)
        yield f"| {group.count} | {group.reason.replace('|', '/')} | {', '.join(sorted(forms))} |\n"


def _table(title: str, counts: Counter[tuple[str, str]]) -> Iterable[str]:
    yield f"\n### {title}\n\n| format | {' | '.join(state.value for state in STATES)} | all |\n"
    yield f"|---|{'---:|' * (len(STATES) + 1)}\n"
    for form in sorted({form for form, _ in counts}):
        row = [counts[form, state.value] for state in STATES]
        yield f"| {form} | {' | '.join(str(count or '') for count in row)} | {sum(row)} |\n"
    row = [sum(count for (_, state), count in counts.items() if state == column.value) for column in STATES]
    yield f"| **all** | {' | '.join(map(str, row))} | {sum(row)} |\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the folders of the command line, and print or write the page."""
    parser = argparse.ArgumentParser(prog="benchmarks.formats", description="Count files by format and state.")
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="documents to index")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page here rather than print it")
    options = parser.parse_args(arguments)
    text = write_page_text(measure(options.folders))
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
