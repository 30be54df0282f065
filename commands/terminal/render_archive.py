"""Render an archive: its status, failures, verification, related documents and export as a bag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from commands.terminal.cells import labelled
from commands.terminal.render_metadata import render_conflict
from commands.terminal.terminal_text import (
    BOLD,
    LABEL_COLUMNS,
    MAX_COLUMNS,
    MAX_ROWS_OF_A_GROUP,
    PLAIN,
    count_hidden,
    megabytes,
    one_line,
    plain_screen,
    plural,
    state_label,
)
from corpus.catalogue.state_lists import StateEntry
from corpus.document import State
from corpus.fields import METADATA
from indexer.archivist.bagit.export_bag import Bag
from indexer.archivist.conflicts import DisputedDocument
from indexer.archivist.failures import FailureGroup
from indexer.archivist.related.language_versions import LanguageVersions
from indexer.archivist.related.near_duplicates import NearDuplicates
from indexer.archivist.status import Status
from indexer.archivist.verify.report import Balance, Report

SEARCHABLE, OTHERS, INDEX, FILES = "searchable", "others", "index", "files"
NOTICE = "notice"
UNDATED, WITHOUT_CATEGORY = "undated", "without category"
LISTED, WITHDRAWN = "listed, without a file here", "withdrawn"
COPIES_INSIDE = "inside files with the same bytes as another document"
READERS, READ_BEFORE = "readers", "read by an earlier version; 'muniment reread' reads them again"
UP_TO_DATE, NOT_UP_TO_DATE = "up to date", "not up to date"
UNKNOWN_NUMBER = "an unknown number of documents"
NOT_READ = "(by numbers and sizes; 'muniment verify' reads every byte)"
NO_FAILURES = "Everything could be read."
ONLY_WITHOUT_TEXT = "Every file was read. Without text:"
LIST_WITHOUT_TEXT = "To list them: muniment failures --all"
NO_CONFLICTS = "No document has conflicting metadata."
WITH_CONFLICTS = "with conflicting metadata"
SETTLE_CONFLICT = "The first value is in use. To settle a conflict: muniment edit ID --FIELD VALUE"
UNUSED = "unused"
NOTHING_LOST = "nothing is lost"
NOTHING_TO_CHECK = "no files to check"
BY_SIZE = "by presence and size only"
NO_DIFFERENCE = "no difference found; without --quick every byte is compared"
TOMBSTONES_ONLY = "left out, of which the bag has tombstones alone; --withdrawn puts them in"
NEARLY_SAME_TEXT = "with nearly the same text"
SEVERAL_LANGUAGES = "of documents that may be one document in several languages"
PART_LABELS = {
    "files catalogued and not missing": "catalogued and not missing",
    "listed only": "known from a listing alone",
    "filed": "with a file",
    "documents in the index": "in the index",
}
"""Labels of the parts of a sum whose names in JSON need its keys beside them; the others are states."""


def render_status(status: Status) -> str:
    """Render what an archive contains, and whether its index has all of it."""
    documents = [
        plural(status.documents, "document"), plural(status.pages, "page"), plural(status.characters, "character")
    ]  # fmt: skip
    lacking = _counted([(status.undated, UNDATED), (status.uncategorised, WITHOUT_CATEGORY)])
    others = _counted([
        (status.listed, LISTED), (status.withdrawn, WITHDRAWN), (status.copies_inside, COPIES_INSIDE),
    ])  # fmt: skip
    state = f"{UP_TO_DATE} {NOT_READ}" if status.index_current else f"{NOT_UP_TO_DATE}: {status.index_problem}"
    count = UNKNOWN_NUMBER if status.index_documents is None else plural(status.index_documents, "document")
    size = "" if status.index_bytes is None else f", {megabytes(status.index_bytes)}"
    index = f"{count}{size}, {state}"
    rows = [(SEARCHABLE, ", ".join(documents))]
    rows += [("", f"of them {lacking}")] if lacking else []
    rows += [(OTHERS, others)] if others else []
    if status.read_before:
        rows.append((READERS, f"{plural(status.read_before, 'document')} {READ_BEFORE}"))
    files = f"{sum(status.files.values()):,}{', by state:' if status.files else ''}"
    rows += [(INDEX, index), (FILES, files)]
    lines = [f"{BOLD}{one_line(status.name or status.archive)}{PLAIN}", ""]
    lines += [line for label, value in rows for line in labelled(label, value, "", MAX_COLUMNS)]
    lines += [f"{count:>{LABEL_COLUMNS + 8},}  {state_label(name)}" for name, count in status.files.items()]
    lines += [line for notice in status.notices for line in ("", *labelled(NOTICE, notice, "", MAX_COLUMNS))]
    return "\n".join(lines)


def _counted(counts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{count:,} {label}" for count, label in counts if count)


def render_state_list(state: State, entries: Sequence[StateEntry]) -> str:
    """Render all files and documents in a state, with what is known of them."""
    label = state_label(state)
    if not entries:
        return f"No document is {label}."
    rows = [f"{plural(len(entries), 'document')} {label}"]
    for entry in entries:
        title = entry.metadata.value("title")
        values = (entry.metadata.text(field.name) for field in METADATA if field.in_hits and field.name != "title")
        facts = " · ".join(filter(None, values))
        since = f"since {entry.since[:10]}" if entry.since else ""
        listed = dict.fromkeys(candidate.detail for candidate in entry.listed)
        links = dict.fromkeys(candidate.value for candidate in entry.listed if candidate.field == "link")
        described = f"{title}{f'  ({facts})' if facts else ''}"
        rows.append("    " + "  ".join(filter(None, (entry.document, entry.path or described))))
        details = (described if entry.path else "", entry.reason, since, *links, "; ".join(listed))
        rows += [f"        {detail}" for detail in details if detail]
    return plain_screen(rows)


def render_failures(groups: Sequence[FailureGroup], *, all_files: bool = False) -> str:
    """Render what could not be read, by reason.

    Args:
        groups: files by reason.
        all_files: show every file of a group, however many there are.
    """
    rows = (row for group in groups for row in _failure_group(group, len(group.files) if all_files else None))
    return plain_screen(rows) if groups else NO_FAILURES


def render_no_failures(without_text: int) -> str:
    """Render that every file was read in full.

    Args:
        without_text: documents that have no text.
    """
    if not without_text:
        return NO_FAILURES
    return f"{ONLY_WITHOUT_TEXT} {plural(without_text, 'document')}. {LIST_WITHOUT_TEXT}"


def _failure_group(group: FailureGroup, limit: int | None) -> Iterator[str]:
    limit = MAX_ROWS_OF_A_GROUP if limit is None else limit
    yield f"{group.count:,} × {group.reason}"
    for failure in group.files[:limit]:
        state = state_label(failure.state) if failure.state is not State.FAILED else ""
        reason = failure.reason if failure.reason != group.reason else ""
        attempts = f"tried {failure.attempts:,} times" if failure.attempts > 1 else ""
        facts = [state, reason, f"reader {failure.reader}" if failure.reader else "", attempts]
        yield f"    {failure.path}"
        if any(facts):
            yield f"        {'; '.join(filter(None, facts))}"
    yield from count_hidden(group.count, limit)


def render_conflicts(documents: Sequence[DisputedDocument]) -> str:
    """Render which documents have metadata that their sources disagree on, and how to settle it."""
    if not documents:
        return NO_CONFLICTS
    rows = [f"{plural(len(documents), 'document')} {WITH_CONFLICTS}"]
    for document in documents:
        rows.append(f"{document.id}  {document.path}")
        rows += [f"    {render_conflict(conflict)}" for conflict in document.conflicts]
    return plain_screen([*rows, SETTLE_CONFLICT])


def render_verification(report: Report, *, sizes_only: bool) -> str:
    """Render what `verify` found: every difference and what to do, then the sums, then the verdict.

    Args:
        report: what was found.
        sizes_only: whether files were compared by their sizes alone.
    """
    return plain_screen(_verification(report, sizes_only=sizes_only))


def _verification(report: Report, *, sizes_only: bool) -> Iterator[str]:
    for difference in report.differences:
        yield difference.kind if difference.kind == difference.place else f"{difference.kind}: {difference.place}"
        yield f"    {difference.message}"
        yield f"    {difference.advice}"
    if report.differences:
        yield ""
    yield from map(_balance, report.balances)
    for unused in report.orphaned_files:
        yield f"{UNUSED}: {unused.path}, {megabytes(unused.bytes)}, {unused.what}"
    yield ""
    verdict = _verdict(report, sizes_only=sizes_only)
    yield f"{_examined(report, sizes_only=sizes_only)}, in {report.seconds:.1f} s: {verdict}"


def _examined(report: Report, *, sizes_only: bool) -> str:
    """Return what was compared, and how closely."""
    if sizes_only:
        return f"{plural(report.files, 'file')} checked, {BY_SIZE}" if report.files else NOTHING_TO_CHECK
    compared = [f"{plural(report.files, 'file')} checked"] if report.files else [NOTHING_TO_CHECK]
    if report.digested:
        compared.append(f"{report.digested:,} read in full ({megabytes(report.bytes)})")
    if report.texts:
        compared.append(f"{plural(report.texts, 'stored text')} compared")
    return ", ".join(compared)


def _verdict(report: Report, *, sizes_only: bool) -> str:
    if not report.holds:
        return f"{plural(len(report.differences), 'difference')} found"
    return NO_DIFFERENCE if sizes_only else NOTHING_LOST


def _balance(balance: Balance) -> str:
    labels = [(count, PART_LABELS.get(name) or state_label(name)) for name, count in balance.parts]
    parts = " + ".join(f"{count:,} {label}" for count, label in labels) or "0"
    return f"{balance.label:<22} {balance.total:>9,} {'=' if balance.holds else '≠'} {parts}"


def render_versions(pairs: Sequence[NearDuplicates], groups: Sequence[LanguageVersions]) -> str:
    """Render which documents may be versions of one another: near-duplicates, then language versions."""
    rows = [f"{plural(len(pairs), 'pair')} of documents {NEARLY_SAME_TEXT}"]
    for pair in pairs:
        rows += [f"    {pair.score:.0%}  {pair.first} {pair.first_path}"]
        rows += [f"          {pair.second} {pair.second_path}"]
    rows += ["", f"{plural(len(groups), 'group')} {SEVERAL_LANGUAGES}"]
    for group in groups:
        rows += [f"    {group.score:.0%}  {group.reason}"]
        rows += [f"          {member.language or '?':<3} {member.id} {member.path}" for member in group.members]
    return plain_screen(rows)


def render_bag(bag: Bag) -> str:
    """Render what a bag contains."""
    how = "of them withdrawn" if bag.with_withdrawn else f"withdrawn {TOMBSTONES_ONLY}"
    withdrawn = f", {bag.withdrawn:,} {how}" if bag.withdrawn else ""
    documents = f"{plural(bag.documents, 'document')}{withdrawn}"
    return plain_screen([f"{bag.path}: {plural(bag.files, 'file')}, {megabytes(bag.bytes)}, {documents}"])
