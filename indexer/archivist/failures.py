"""Files and documents that could not be read, grouped by reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.catalogue.state_lists import Failure, failures_in_states
from corpus.document import State
from corpus.messages import Message, message, render
from corpus.messages.recognition import RecognisedSentence, recognised_parts, translate_separator
from indexer.archivist.transactions import read_transaction

_COPY = re.compile(r"the same bytes as .*?: (?=\S)")
_DETAIL = re.compile(r"\s*\([^()]*\)|:\s.*")
_NAME = re.compile(r"\S*[\w/]\.[A-Za-z]\w*|\S+/\S+")
_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")
_SAME_NUMBER = 20
"""Put for each number in a reason, so that "1 page" and "3 pages" are the same words in every language."""

REASON_KINDS: Mapping[str, str] = {
    f"file.{reason}": f"failures.kind-{kind}"
    for kind, reasons in {
        "no-text-pages": "no-text-pages",
        "no-text-scanned": "no-text-scanned",
        "garbled": "garbled",
        "lost-pages": "lost-pages",
        "beginning": "first-bytes first-pages first-characters first-page-characters first-documents first-mail-parts",
        "annotations": "many-fields first-annotations giant-annotation first-drawings first-annotation-characters",
        "too-large": "too-large unpacks-too-far part-too-large part-unpacks-too-far package-too-large too-many-members"
        " page-too-large sheet-too-large too-many-attributes result-too-large",
        "clock": "wall-time",
        "computing": "cpu-time",
        "ended": "reader-ended",
        "lost-part": "lost-chapters lost-sheet lost-records records-broken-off",
        "left-out": "left-out",
    }.items()
    for reason in reasons.split()
}
"""Reasons that have a sentence without numbers, ``failures.kind-…``."""
REASON_ADVICE: Mapping[str, str] = {
    f"file.{reason}": advice and f"failures.advice-{advice}"
    for advice, reasons in {
        "password": "password rights kind-locked",
        "empty": "empty",
        "no-reader": "no-reader binary renamed-office not-image not-mail",
        "converter": "no-converter-doc",
        "again": "wall-time reader-ended reader-crashed reader-stopped reader-hindered reader-failed unavailable"
        " converter-failed converter-time slow-properties slow-attachments slow-annotations slow-title",
        "ocr": "no-text-scanned no-text-image garbled",
        "damaged": "broken-xml lost-chapters lost-sheet lost-records lost-pages lost-archive records-broken-off"
        " rest-damaged rest-damaged-content missing-part record-cut record-too-long no-record mail-text-cut",
        "limit": "first-bytes first-pages first-characters first-page-characters first-documents first-mail-parts"
        " too-large unpacks-too-far part-too-large part-unpacks-too-far package-too-large too-many-members"
        " page-too-large sheet-too-large too-deep cpu-time memory result-too-large",
        "": "kind-unpack kind-export kind-sound kind-no-text xfa-form encrypted-mail lock-file left-out no-text"
        " no-text-page no-text-mail no-text-sheets no-text-pages no-documents no-documents-archive no-captures"
        " unsupported-compression unsupported-encoding sheets-unformatted nested-markup nested-json",
    }.items()
    for reason in reasons.split()
}
"""Advice on each reason, ``failures.advice-…``; ``""`` where the reason itself says what to do, or nothing is wrong."""
_LEFT_OUT_KIND = "file.left-out-"
"""The beginning of the codes of what was left out of a web archive, listed after that reason."""
_DAMAGED = "failures.advice-damaged"
_HELPED_BY_READING = frozenset({"failures.advice-again", "failures.advice-converter"})


@dataclass(frozen=True, slots=True)
class FailureAdvice:
    """Advice on a reason: what to do, if anything is known, and whether to read the file again can help."""

    what: Message | None
    can_retry: bool


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Failures with the same reason, apart from names and numbers in it."""

    reason: str
    count: int
    files: tuple[Failure, ...]


def failures(archive: Path, states: Collection[State] = (State.FAILED,)) -> tuple[FailureGroup, ...]:
    """Return the files and documents in one of ``states``, grouped by reason, largest group first.

    Ask for PARTIAL and WITHOUT_TEXT as well to see all that is not searchable in full.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    by_reason: dict[str, list[Failure]] = defaultdict(list)
    with read_transaction(archive) as catalogue:
        for failure in failures_in_states(catalogue, [State(state) for state in states]):
            by_reason[reason_class(failure.reason)].append(failure)
    groups = [FailureGroup(reason, len(members), tuple(members)) for reason, members in by_reason.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.reason)))


def reason_class(reason: str, language: str = "en") -> str:
    """Return a reason in a language, without names, numbers, and details in brackets or after a colon."""
    said: dict[str, str] = {}
    for separator, text, recognised in recognised_parts(_COPY.sub("", reason)):
        if not (recognised and recognised.what.code.startswith(_LEFT_OUT_KIND)):
            said.setdefault(_part_class(text, recognised, language), separator)
    first, *others = said
    spoken = "".join([first, *(translate_separator(said[other], language) + other for other in others)])
    return spoken or render(message("failures.none"), language)


def _part_class(text: str, recognised: RecognisedSentence | None, language: str) -> str:
    if recognised and recognised.what.code in REASON_KINDS:
        return render(Message(REASON_KINDS[recognised.what.code]), language)
    spoken = replace(recognised, what=_same_numbers(recognised.what)).in_language(language) if recognised else text
    part = render(message("failures.part"), language)
    return " ".join(_NUMBER.sub("…", _NAME.sub(part, _DETAIL.sub("", spoken))).split())


def _same_numbers(what: Message) -> Message:
    values = {
        name: _SAME_NUMBER if isinstance(value, int | float) else value for name, value in what.parameters.items()
    }
    return Message(what.code, values)


def advice_on(reason: str) -> FailureAdvice:
    """Return what to do about a file that could not be read, or not in full, for a reason."""
    parts = [part.what.code for _, _, part in recognised_parts(_COPY.sub("", reason)) if part]
    codes = [code for code in parts if not code.startswith(_LEFT_OUT_KIND)]
    known = [REASON_ADVICE.get(code, _DAMAGED if code.startswith("file.damaged") else None) for code in codes]
    advice = next(filter(None, known), "")
    can_retry = not known or any(one is None or one in _HELPED_BY_READING for one in known)
    return FailureAdvice(Message(advice) if advice else None, can_retry)
