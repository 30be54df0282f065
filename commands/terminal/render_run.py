"""Render how a run goes and what it did."""

from __future__ import annotations

from commands.terminal.terminal_text import one_line, plural, state_label
from corpus.document import State
from indexer.ingest.run_events import PlannedFile, Scanned, Summary

DRY_RUN = "Nothing was changed. A run would report:"
NOTHING_FOUND = "nothing found"
COUNT_LABELS = {
    "added": "added", "changed": "changed", "moved": "moved", "duplicate": "duplicate", "failed": "failed",
    "unchanged": "unchanged",
}  # fmt: skip
"""Counts of a summary, in the order they are shown."""
READ_LABELS = {"without_text": "without text", "partial": "partial"}
"""Counts of a summary that concern files which were read."""
GONE_LABELS = {"removed": "removed", "replaced": "replaced by other files"}
"""Counts of a summary that concern files which are gone."""
STEP_LABELS = {
    "added": "new", "changed": "changed", "moved": "moved", "duplicate": "copy", "retried": "again",
    "removed": "missing", "replaced": "gone, and another file is in its place",
}  # fmt: skip
"""The words by which the list of files says the step that a run takes with a file."""
WAS = "was"
OLD_NAMES_SAID_SO = "only the old names said it; 'muniment log --kind moved' shows it, and 'muniment edit' sets it"
BAR_COLUMNS = 24


def render_summary(summary: Summary, *, dry_run: bool) -> str:
    """Render what a run did, leaving out every count that is zero."""
    counts = ", ".join(_counts(summary, COUNT_LABELS)) or NOTHING_FOUND
    gone = ", ".join(_counts(summary, GONE_LABELS))
    lines = [one_line(_planned(file)) for file in summary.planned]
    lines += [f"{plural(summary.files, 'file')}: {counts}{f'; {gone}' if gone else ''}"]
    if read := _counts(summary, READ_LABELS):
        lines.append(f"of the files read: {', '.join(read)}")
    if summary.lost:
        lost = ", ".join(_lost(field, count) for field, count in summary.lost.items())
        lines.append(f"{lost}: {OLD_NAMES_SAID_SO}")
    if dry_run:
        return "\n".join([DRY_RUN, *lines])
    lines.append(
        f"the archive now contains {plural(summary.documents, 'document')}, {plural(summary.pages, 'page')},"
        f" {plural(summary.characters, 'character')}; this took {summary.seconds:.1f} s"
    )
    return "\n".join(lines)


def _planned(file: PlannedFile) -> str:
    was = f" ({WAS} {file.was})" if file.was else ""
    return f"{STEP_LABELS[file.step]}: {file.path}{was}"


def _lost(field: str, count: int) -> str:
    owners, possessive = plural(count, "document"), "its" if count == 1 else "their"
    return f"{owners} lost {possessive} {field}"


def _counts(summary: Summary, labels: dict[str, str]) -> list[str]:
    return [f"{count:,} {label}" for name, label in labels.items() if (count := getattr(summary, name))]


def render_reindex(summary: Summary) -> str:
    """Render what a rebuild of the index did."""
    return f"The index now contains {plural(summary.documents, 'document')}; this took {summary.seconds:.1f} s."


def render_reread(summary: Summary) -> str:
    """Render what reading documents again did."""
    failed = f", {summary.failed:,} could not be" if summary.failed else ""
    return (
        f"{plural(summary.reread, 'file')} read again{failed}; the text of {plural(summary.changed_texts, 'document')}"
        f" changed; this took {summary.seconds:.1f} s"
    )


def render_scan(scanned: Scanned) -> str:
    """Render which folders could not be read, and how many files were skipped on purpose."""
    lines = [
        one_line(f"{path}: {reason}; documents recorded from it are kept as they are")
        for path, reason in scanned.blocked
    ]
    if scanned.skipped:
        reasons = sorted({reason for _, reason in scanned.skipped})
        lines.append(one_line(f"skipped: {len(scanned.skipped):,} ({', '.join(reasons)})"))
    return "\n".join(lines)


def render_file(path: str, state: State, reason: str) -> str:
    """Render what became of one file, and why."""
    return one_line(f"{path}: {state_label(state)}: {reason}")


def render_notice(path: str, notice: str) -> str:
    """Render something worth knowing about a file."""
    return one_line(f"{path}: {notice}")


def render_ocr_count(pages: int) -> str:
    """Render how many pages OCR was tried on."""
    return f"OCR tried on {plural(pages, 'page')}"


def render_progress(stage: str, done: int, total: int, unit: str, rate: float) -> str:
    """Render how far a stage has come, how fast it goes and how long it will take."""
    bar = "#" * (BAR_COLUMNS * done // max(total, 1))
    remaining = f", {(total - done) / rate:.0f} s left" if 0 < done < total else ""
    return f"{stage} [{bar:<{BAR_COLUMNS}}] {done} of {total} {unit}, {rate:.0f}/s{remaining}"
