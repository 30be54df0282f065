"""What a run did and what an archive holds, as a person reads it on a terminal. Pure text in, pure text out."""

from __future__ import annotations

from commands.terminal.text import BOLD, MOST_COLUMNS, PLAIN, TALLY, fact, line, plural
from indexer.archivist.status import Status
from indexer.ingest.run_events import Scanned, Summary


def summary(done: Summary, *, dry_run: bool) -> str:
    """What a run did, in two lines; nothing that is zero is told."""
    counts = [
        (done.added, "added"), (done.changed, "changed"), (done.moved, "moved"), (done.duplicate, "duplicate"),
        (done.failed, "failed"), (done.unchanged, "unchanged"),
    ]  # fmt: skip
    told = ", ".join(f"{count:,} {name}" for count, name in counts if count) or "nothing found"
    lines = [f"{plural(done.files, 'file')}: {told}" + (f"; {done.removed:,} removed" if done.removed else "")]
    if notes := [f"{n:,} {what}" for n, what in ((done.without_text, "without text"), (done.partial, "partial")) if n]:
        lines.append(f"of those read: {', '.join(notes)}")
    if dry_run:
        return "\n".join(["Nothing was done. A run would find", *lines])
    lines.append(
        f"the archive holds {plural(done.documents, 'document')}, {plural(done.pages, 'page')},"
        f" {plural(done.characters, 'character')}; this took {done.seconds:.1f} s"
    )
    return "\n".join(lines)


def scanned(event: Scanned) -> list[str]:
    """What could not be looked at; what was left out on purpose is only counted."""
    lines = [line(f"{path}: {reason}; what lies there is left as it was recorded") for path, reason in event.blocked]
    if event.passed:
        reasons = sorted({reason for _, reason in event.passed})
        lines.append(line(f"left out: {len(event.passed)} ({', '.join(reasons)})"))
    return lines


def read(path: str, state: str, reason: str) -> str:
    """What became of one file, where there is something to say about it."""
    return line(f"{path}: {state}: {reason}")


def status(state: Status) -> str:
    """What an archive holds, and whether its index has all of it."""
    lines = [f"{BOLD}{line(state.name or state.archive)}{PLAIN}", ""]
    documents = [
        plural(state.documents, "document"), plural(state.pages, "page"), plural(state.characters, "character")
    ]  # fmt: skip
    lines += fact("to search", ", ".join(documents), "", MOST_COLUMNS)
    counts = ((state.undated, "undated"), (state.uncategorised, "without category"))
    if lacking := [f"{count:,} {what}" for count, what in counts if count]:
        lines += fact("", "of them " + ", ".join(lacking), "", MOST_COLUMNS)
    beside = ((state.listed, "listed and not here"), (state.withdrawn, "withdrawn"))
    if unseen := [f"{count:,} {what}" for count, what in beside if count]:
        lines += fact("beside", ", ".join(unseen), "", MOST_COLUMNS)
    size = f"{state.index_bytes / 1_000_000:.1f} MB"
    fresh = "up to date" if state.index_current else f"not up to date: {state.index_problem}"
    told = f"{plural(state.index_documents, 'document')}, {size}, {fresh}"
    lines += fact("index", told, "", MOST_COLUMNS)
    lines += fact("files", f"{sum(state.files.values()):,} seen, each in one state:", "", MOST_COLUMNS)
    lines += [f"{count:>{TALLY + 8},}  {name}" for name, count in state.files.items()]
    return "\n".join(lines)
