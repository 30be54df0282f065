"""Find the title among the lines of a first page.

Official documents begin in a fixed order: letterhead, session, agenda item and its name, title, who reports. That order
separates the title from the item above it, and typical first words of running text from the text below. Lines that the
reader found in one larger type are joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.metadata.title_rules import clean_title, is_date_line, is_junk_title, is_letterhead, shorten_title

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
        runs: lines that the reader found together in large type, joined by spaces.
        official: whether the page has an institution's letterhead.
    """
    lines = [line.strip() for line in text.split("\n")[: MAX_HEADING_LINES * 2]]
    filled = [line for line in lines if line][:MAX_HEADING_LINES]
    headed = any(line.casefold().startswith("united nations") for line in filled[:6])
    if official or (headed and any(_SESSION.fullmatch(line) for line in filled)):
        return _official(filled, runs)
    return _plain(lines)


_NUMBER_WORD = r"(?:[^\W\d_]+(?:-[^\W\d_]+)?|\d+(?:st|nd|rd|th)?)"
_SESSION = re.compile(
    rf"(?:(?:resumed |annual |regular |organizational )?(?:{_NUMBER_WORD} )?(?:emergency special |special |regular "
    rf"|annual |resumed )?"
    rf"(?:session|year)(?: \d{{4}})?\s?){{1,2}}",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:agenda items?|items?) [\w(), ]{1,60}(?: of the (?:provisional agenda|preliminary list|agenda)\W*)?",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\W*(?:(?i:(?:a )?united|(?:united )?nations)(?: [A-Z]{1,4}(?:/.+)?)?|[A-Z]{1,4}/[\w./() -]+)\W*")
_DISTR = re.compile(r"(?:.*\s)?distr\b.*", re.IGNORECASE)
_ORIGINAL = re.compile(r"original\s?:.*", re.IGNORECASE)
_CLUTTER = re.compile(
    r"(?:GE\.)?\d\d-\d{4,6}X?(?:\s*\([A-Z]\))?(?:\s*\d{6})*|\*?\d{6,8}\*?|\*\S{5,12}\*|[\W\d]+|page \d+|\[.*\]"
    r"|(?:english|french|spanish|arabic|russian|chinese)(?: only)?|(?:general|limited|restricted)|official records.*"
    r"|supplement no.*",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:summary|contents|introduction|abstract|executive summary|addendum|corrigendum)\W*$|(?:[IVX]+"
    r"|[A-Z0-9]{1,2})[.)]\s|[*∗†]+\s?\S"
    r"|\d{1,2} note\b|_{3,}|rapporteur\b|(?:I|We) (?:have|write|am|would|should|enclose|refer)\b"
    r"|(?:up)?on (?:the )?(?:instructions?|behalf)\b"
    r"|with reference to|in (?:a letter|connection|accordance|adopting)|pursuant to|adopted (?:by|at|on)\b"
    r"|(?-i:The(?: (?:[A-Z][\w-]+|and|of|on|the)){1,7},$)"
    r"|the (?:secretary-general|present) |the following|having |recalling|whereas|noting|\(signed\)|submitted by\b"
    r"|prepared by\b"
    r"|president:|chair|dear |excellenc|mr\.|madam|ladies",
    re.IGNORECASE,
)
_LINKING = re.compile(
    r"(?:[,;:&(–-]|\b(?:a|an|and|as|at|by|for|from|in|into|its|of|on|or|the|their|through|to|with|under|de|del|des"
    r"|du|la|le|les|et"
    r"|en|y|e|da|do|dos|el|los|las|sur|pour|para|der|die|das|und|von|zum|zur|für|im))$",
    re.IGNORECASE,
)
_SELF = re.compile(
    r"(?:(?:identical )?letters? dated|notes? verbales? dated|(?:joint |written )?statement (?:submitted )?by"
    r"|statement submitted"
    r"|information submitted|resolution \d+)\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(r"draft (?:resolution|decision)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\d+/\d+\.\s+\S")
_BY = re.compile(
    r"(?:[\w-]+ ){0,4}?(?:report|note|comments|communication|provisional agenda|study|progress report)s?\b(?: (?:of"
    r"|by|on|from|submitted)\b|$)",
    re.IGNORECASE,
)
_GENERIC = 64
"""Longest "Report of the ..." that names only its author, so that the title needs the part before it."""


def _official(lines: list[str], runs: Sequence[str]) -> Heading | None:
    body, item = _below_letterhead(lines)
    parts = [clean_title(part) for part in _parts(body, runs) if not is_date_line(part, words=3)]
    title = shorten_title(_composed([part for part in parts if len(part) > 2], item=item))
    return None if is_junk_title(title) else Heading(title, "heading of an official first page", 0.9)


def _below_letterhead(lines: list[str]) -> tuple[list[str], bool]:
    """Return the lines below letterhead, session and agenda item, and whether an item's name is first."""
    content = _without_letterhead(lines)
    last, item = -1, False
    for index, line in enumerate(content[:40]):
        agenda = bool(_AGENDA.fullmatch(line))
        if agenda or _SESSION.fullmatch(line):
            last, item = index, agenda
        elif last >= 0 and index > last + 12:
            break
    body = [line for line in content[last + 1 :] if not _CLUTTER.fullmatch(line)]
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
    return [line for line in content if not _CLUTTER.fullmatch(line)]


def _is_letterhead(line: str) -> bool:
    return bool(_HEAD.fullmatch(line)) or is_letterhead(line)


def _letterhead_end(lines: list[str], start: int) -> int:
    """Return the index after the letterhead that begins at ``start``; ``start`` where none begins."""
    window = lines[start : start + 18]
    distr = next((i for i, line in enumerate(window) if _DISTR.fullmatch(line)), None)
    if distr is None:
        return start
    for i in range(distr, min(distr + 7, len(window))):
        if _ORIGINAL.fullmatch(window[i]):
            return start + i + 1
    dated = (i for i in range(distr, min(distr + 5, len(window))) if is_date_line(window[i], words=4))
    return start + next(dated, distr) + 1


def _parts(lines: list[str], runs: Sequence[str]) -> list[str]:
    """Join lines into parts of the heading, up to the beginning of the text."""
    set_together = [_key(run) for run in runs]
    parts: list[str] = []
    index = 0
    while (
        index < len(lines) and len(parts) < 8 and not (_END.match(lines[index]) and not _NUMBERED.match(lines[index]))
    ):
        end = _joined_end(lines, index, _run_end(lines, index, set_together) or index + 1)
        parts.append(" ".join(lines[index:end]))
        index = end
    return parts


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _run_end(lines: list[str], start: int, runs: Sequence[str]) -> int:
    """Return the index after the lines that form a run or the beginning of one; 0 where none does."""
    joined = ""
    for end in range(start, min(start + 8, len(lines))):
        if end > start and _END.match(lines[end]):
            return end if any(run.startswith(joined) for run in runs) else 0
        joined += _key(lines[end])
        if end > start and joined and joined in runs:
            return _without_last_name(lines, start, end + 1)
    return 0


def _without_last_name(lines: list[str], start: int, end: int) -> int:
    """Return ``end`` without a last line after a footnote mark, a separate part (``Review* / Andorra``)."""
    marked = end - start > 1 and re.search(r"[*∗]\s*$", lines[end - 2])
    return end - 1 if marked else end


def _joined_end(lines: list[str], start: int, end: int) -> int:
    while end < min(start + 8, len(lines)) and _continues(lines[end - 1], lines[end]) and not _is_new(lines[end]):
        end += 1
    return end


def _is_new(line: str) -> bool:
    return bool(_SELF.match(line) or _DRAFT.match(line) or _NUMBERED.match(line) or _END.match(line))


def _continues(line: str, following: str) -> bool:
    capitals = line.isupper() and following.isupper() and len(line) >= 40
    cut = line.count("(") > line.count(")")
    tail = following.rstrip(" *∗") in ("Periodic Review", "Review")
    named = re.match(r"[A-Z][\w-]+ \([A-Z]", following) and bool(_DRAFT.match(line))
    return (
        bool(named)
        or following[:1].islower()
        or bool(_LINKING.search(line))
        or capitals
        or cut
        or tail
        or following.startswith("(")
    )


def _composed(parts: list[str], *, item: bool) -> str:
    """Return the title from the parts of an official heading."""
    for index, part in enumerate(parts):
        if _NUMBERED.match(part) or _SELF.match(part):
            return part
        if _DRAFT.match(part):
            return f"Draft resolution: {parts[index + 1]}" if index + 1 < len(parts) else part
    reported = next((index for index, part in enumerate(parts) if _BY.match(part)), None)
    if reported is not None:
        return _reported(parts, reported, item=item)
    return parts[1] if item and len(parts) > 1 else parts[0] if parts else ""


def _reported(parts: list[str], index: int, *, item: bool) -> str:
    part = parts[index]
    titled = index > (1 if item else 0) or (index == 1 and len(part) <= _GENERIC and not _says_on_what(part))
    if index and titled:
        return f"{parts[index - 1]}: {part}"
    follows = parts[index + 1] if index + 1 < len(parts) else ""
    named = 0 < len(follows) <= 60 and not follows.endswith(".") and not _BY.match(follows)
    return f"{part}: {follows}" if named else part


def _says_on_what(part: str) -> bool:
    return bool(re.search(r"\bon (?:the|its|their|a)\b", part))


def _plain(lines: list[str]) -> Heading | None:
    """Return the first lines before an empty line, when they look like a heading and not like text."""
    blocks = _blocks(lines)
    for block, following in zip(blocks[:3], [*blocks[1:], [""]], strict=False):
        part = " ".join(block)
        if len(part) > 200 or len(block) > 4 or _continues(part, following[0]):
            return None
        if len(part.split()) >= 2 and not is_junk_title(part) and not _NO_HEADING.search(part) and not _END.match(part):
            return Heading(clean_title(part), "first lines of the first page", 0.5)
    return None


_NO_HEADING = re.compile(
    r"[.,;:!…]$|[.!?] {1,3}[A-ZÀ-Þ(]|[.!]\)$|^[a-zà-ÿ]|^[\w ]{2,20}: "
    r"|^(?i:good (?:morning|afternoon|evening)|thank|hello|welcome|my |fellow|dear)"
)


def _blocks(lines: list[str]) -> list[list[str]]:
    """Return the groups of lines that are ended by an empty line."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line and not _CLUTTER.fullmatch(line):
            blocks[-1].append(line)
        elif not line and blocks[-1]:
            blocks.append([])
    return blocks[:-1]
