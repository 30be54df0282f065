"""Find the title among the lines of a first page.

Official documents begin in a fixed order: letterhead, session, agenda item and its name, title, who reports. That order
separates the title from the item above it, and typical first words of running text from the text below. Lines that the
reader found in one larger type are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.messages import message
from indexer.metadata.plain_heading import find_plain_heading
from indexer.metadata.title_patterns import (
    ADJECTIVE,
    AGENDA,
    CLUTTER,
    COMMITTEE,
    DRAFT,
    END,
    LINKING,
    MEETING,
    NUMBERED,
    ORIGINAL_LANGUAGE,
    REPORTED,
    RESOLUTION_ADOPTED,
    SELF_TITLED,
    SESSION,
    SPONSORED,
)  # fmt: skip
from indexer.metadata.title_rules import clean_title, is_date_line, is_junk_title, is_letterhead, shorten_title

MIN_SENTENCE_WORDS = 8
"""Words from which a part that ends with a full stop is running text."""
MAX_TITLE_LINES = 8
"""Lines that one part of a heading has at most."""
MAX_HEADING_LINES = 60
"""Lines of the first page among which the heading is sought."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title, the way it was found, and the confidence in it."""

    text: str
    detail: str
    confidence: float


def find_heading(text: str, runs: Sequence[str], *, official: bool) -> Heading | None:
    """Return the title among the lines of a first page; None where no heading is recognised.

    Args:
        text: the page.
        runs: lines that the reader found together in large type, one below the other.
        official: whether the page has an institution's letterhead.
    """
    lines = [line.strip() for line in text.split("\n")[: MAX_HEADING_LINES * 2]]
    filled = [line for line in lines if line][:MAX_HEADING_LINES]
    headed = any(_HEADED.match(line) for line in filled[:6])
    begins_record = bool(filled) and bool(MEETING.fullmatch(filled[0]))
    has_session = headed and any(SESSION.fullmatch(line) or MEETING.fullmatch(line) for line in filled)
    if official or begins_record or has_session:
        return _official(filled, runs)
    title = find_plain_heading(lines)
    return Heading(title, str(message("detail.first-lines")), 0.5) if title else None


_NAME = (
    r"(?:a )?united|(?:united )?nations(?: unies)?|naciones unidas|организация объединенных наций|объединенные нации"
    r"|联合国"
    r"|الأمم المتحدة"
)
_HEAD = re.compile(rf"\W*(?:(?i:{_NAME})(?: [A-Z]{{1,4}}(?:/.+)?)?|[A-Z]{{1,4}}/[\w./() -]+)\W*")
_HEADED = re.compile(_NAME, re.IGNORECASE)
_DISTR = re.compile(r"(?:.*\s)?distr\b.*", re.IGNORECASE)
_CONTENTS_HEADINGS = frozenset({"provisional agenda", "ordre du jour provisoire", "programa provisional"})
"""Headings of a list that a report or note begins with."""
MAX_GENERIC_CHARACTERS = 64
"""Longest "Report of the ..." that names only its author, so that the title needs the part before it."""


_CORRECTION = re.compile(r"corrigendum|rectificatif|correcci[oó]n|исправление|更正|تصويب", re.IGNORECASE)
"""The line that alone tells a correction from the document that it corrects."""


def _official(lines: list[str], runs: Sequence[str]) -> Heading | None:
    body, item = _below_letterhead(lines)
    parts = [_Part(part, clean_title(part)) for part in _parts(body, runs) if not is_date_line(part, words=3)]
    titled = [part for part in parts if len(part.title) > 1 and not is_letterhead(part.title)]
    title = _composed(titled, item=item)
    if title and any(map(_CORRECTION.fullmatch, body[:MAX_HEADING_LINES])):
        title = f"{title}: {next(line for line in body if _CORRECTION.fullmatch(line))}"
    title = shorten_title(title)
    is_sentence = title.endswith(".") and len(title.split()) >= MIN_SENTENCE_WORDS
    if is_junk_title(title) or is_sentence or LINKING.search(title) or COMMITTEE.fullmatch(title):
        return None  # no title is better than half a sentence, or the name of who meets
    return Heading(title, str(message("detail.official-heading")), 0.9)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the heading: its words as they are printed, and as a title."""

    printed: str
    title: str


def _below_letterhead(lines: list[str]) -> tuple[list[str], bool]:
    """Return the lines below letterhead, session and agenda item, and whether an item's name is first."""
    content = _without_letterhead(lines)
    last, item = -1, False
    for index, line in enumerate(content[:40]):
        agenda = bool(AGENDA.fullmatch(line))
        if agenda or SESSION.fullmatch(line):
            last, item = index, agenda
        elif last >= 0 and index > last + 12:
            break
    body = [line for line in content[last + 1 :] if not CLUTTER.fullmatch(line)]
    while body and (is_date_line(body[0], words=3) or _is_letterhead(body[0])):
        body = body[1:]
    return body, item


def _without_letterhead(lines: list[str]) -> list[str]:
    """Return the lines without letterheads, each from the institution's name to its language or date."""
    content: list[str] = []
    index = 0
    while index < len(lines):
        end = _letterhead_end(lines, index) if _HEAD.fullmatch(lines[index]) else index
        if end == index:
            content.append(lines[index])
        index = max(end, index + 1)
    return [line for line in content if not CLUTTER.fullmatch(line)]


def _is_letterhead(line: str) -> bool:
    return bool(_HEAD.fullmatch(line)) or is_letterhead(line)


def _letterhead_end(lines: list[str], start: int) -> int:
    """Return the index after the letterhead that begins at ``start``; ``start`` where none begins."""
    window = lines[start : start + 18]
    distr = next((i for i, line in enumerate(window) if _DISTR.fullmatch(line)), None)
    if distr is None:
        return start
    for i in range(distr, min(distr + 7, len(window))):
        if ORIGINAL_LANGUAGE.fullmatch(window[i]):
            return start + i + 1
    dated = (i for i in range(distr, min(distr + 5, len(window))) if is_date_line(window[i], words=4))
    return start + next(dated, distr) + 1


def _parts(lines: list[str], runs: Sequence[str]) -> list[str]:
    """Join lines into parts of the heading, up to the beginning of the text."""
    set_together = [_key(run) for run in runs]
    parts: list[str] = []
    index = 0
    while index < len(lines) and len(parts) < 8 and not (END.match(lines[index]) and not NUMBERED.match(lines[index])):
        is_run = _key(lines[index]) in set_together
        end = _run_end(lines, index, set_together) or (index + 1 if is_run else 0)
        # A change of the type's size ends a part, but within a sentence that cannot end there.
        if not end or LINKING.search(lines[end - 1]) or ADJECTIVE.search(lines[end - 1]):
            end = _joined_end(lines, index, end or index + 1)
        parts.append(" ".join(lines[index:end]))
        index = end
    return parts


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _run_end(lines: list[str], start: int, runs: Sequence[str]) -> int:
    """Return the index after the lines that form a run or the beginning of one; 0 where none does."""
    joined = ""
    for end in range(start, min(start + MAX_TITLE_LINES, len(lines))):
        if end > start and _ends_before(lines[end - 1], lines[end]):
            return end if any(run.startswith(joined) for run in runs) else 0
        joined += _key(lines[end])
        if end > start and joined and joined in runs:
            return _without_last_name(lines, start, end + 1)
    return 0


def _ends_before(line: str, following: str) -> bool:
    """Return whether ``following`` begins the text. Words such as "pursuant to" do not in the midst of a sentence."""
    return bool(END.match(following)) and not following[:1].islower() and not LINKING.search(line)


def _without_last_name(lines: list[str], start: int, end: int) -> int:
    """Return ``end`` without a last line after a footnote mark, a separate part (``Review* / Andorra``)."""
    marked = end - start > 1 and _FOOTNOTE_MARK.search(lines[end - 2])
    return end - 1 if marked else end


def _joined_end(lines: list[str], start: int, end: int) -> int:
    while end < min(start + 2 * MAX_TITLE_LINES, len(lines)) and _continues(lines[end - 1], lines[end], lines[start]):
        end += 1
    return end


def _is_new(line: str) -> bool:
    return bool(
        SELF_TITLED.match(line)
        or DRAFT.match(line)
        or NUMBERED.match(line)
        or END.match(line)
        or MEETING.fullmatch(line)
    )


def _continues(line: str, following: str, first: str = "") -> bool:
    """Return whether ``following`` is in the same sentence as ``line`` above it; ``first`` begins their part."""
    if SPONSORED.match(line) or (DRAFT.match(following) and not LINKING.search(line)):
        return False
    if (LINKING.search(line) or ADJECTIVE.search(line)) and not NUMBERED.match(following):
        return True
    if _is_new(following) or (REPORTED.match(following) and not following[:1].islower()):
        return False
    capitals = line.isupper() and following.isupper() and len(line) >= 40
    cut = line.count("(") > line.count(")")
    tail = following.rstrip(" *∗") in ("Periodic Review", "Review")
    named = _NAME_WITH_BRACKET.match(following) and bool(DRAFT.match(line))
    sponsors = first.count(",") >= 2 and not DRAFT.match(first) and bool(SPONSORED.match(following))
    return (
        bool(named)
        or following[:1].islower()
        or capitals
        or cut
        or tail
        or sponsors
        or following.startswith("(")
        or _fills_unspaced_line(line, following)
        or (bool(SELF_TITLED.match(first)) and _WITHOUT_CASE.match(following) is not None)
    )


_WITHOUT_CASE = re.compile(r"[\u0600-\u06ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FOOTNOTE_MARK = re.compile(r"[*∗]\s*$")
_NAME_WITH_BRACKET = re.compile(r"[A-Z][\w-]+ \([A-Z]")


def _fills_unspaced_line(line: str, following: str) -> bool:
    """Return whether a line of Chinese characters is so long that its sentence goes on in the next line."""
    return len(_HAN.findall(line)) >= 24 and bool(_HAN.match(following))


def _composed(parts: list[_Part], *, item: bool) -> str:
    """Return the title from the parts of an official heading; ``""`` where none of them is one."""
    titles = [part.title for part in parts]
    for index, part in enumerate(parts):
        following = titles[index + 1] if index + 1 < len(parts) else ""
        if NUMBERED.match(part.title) or SELF_TITLED.match(part.title) or MEETING.fullmatch(part.title):
            return part.title
        if SPONSORED.match(part.printed) or DRAFT.match(part.title):
            act = DRAFT.match(part.title) or DRAFT.search(
                part.title, max(part.title.rfind(":"), part.title.rfind("："))
            )
            kind = act[0] if act else ""
            subject = following or (titles[0] if index else "")
            return f"{kind[:1].upper()}{kind[1:]}: {subject}" if subject else part.title if index else ""
        if RESOLUTION_ADOPTED.match(part.title) and following:
            return following
    reported = [index for index, title in enumerate(titles) if REPORTED.match(title)]
    from_somebody = [index for index in reported if titles[index].casefold() not in _CONTENTS_HEADINGS]
    if reported:
        return _reported(titles, (from_somebody or reported)[-1], item=item)
    named = [title for title in titles[1 if item and len(titles) > 1 else 0 :] if not COMMITTEE.fullmatch(title)]
    return named[0] if named else ""


def _reported(titles: list[str], index: int, *, item: bool) -> str:
    title = titles[index]
    is_titled = index > (1 if item else 0) or (
        index == 1 and len(title) <= MAX_GENERIC_CHARACTERS and not _says_on_what(title)
    )
    if index and is_titled:
        return f"{titles[index - 1]}: {title}"
    follows = titles[index + 1] if index + 1 < len(titles) else ""
    named = 0 < len(follows) <= 60 and not follows.endswith(".") and not REPORTED.match(follows)
    return f"{title}: {follows}" if named else title


def _says_on_what(part: str) -> bool:
    return bool(re.search(r"\bon (?:the|its|their|a)\b", part))
