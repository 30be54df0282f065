"""iCalendar and vCard: the values of their content lines (RFC 5545, RFC 6350), without ids and pictures."""

from __future__ import annotations

import html
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Candidate, Extraction
from indexer.readers.encoding import decode
from indexer.readers.head_values import head_candidates
from indexer.readers.plain.text import finish_text, text_of_bytes
from indexer.readers.reader_protocol import Limits, read_capped

_LINE = re.compile(r"(?:[\w-]+\.)?([A-Za-z0-9-]+)((?:;[^:;\"]*(?:\"[^\"]*\"[^:;\"]*)*)*):(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")
_TIME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})\S*)?")
_COMMON_NAME = re.compile(r";CN=(?:\"([^\"]+)\"|([^;:]+))", re.IGNORECASE)
_UNSHOWN = frozenset(
    {"begin", "end", "version", "prodid", "uid", "calscale", "method", "dtstamp", "created", "last-modified",
     "sequence", "status", "transp", "class", "priority", "rrule", "exdate", "rdate", "trigger", "action", "rev", "key",
     "photo", "logo", "sound", "tzid", "tzoffsetfrom", "tzoffsetto", "tzname", "tzurl", "attach", "recurrence-id"}
)  # fmt: skip
_EVENTS = frozenset({"vevent", "vtodo", "vjournal"})
# Lines are folded after 75 bytes, which may be within a character of UTF-8.
_FOLD_WITHIN_CHARACTER = re.compile(rb"(?<=[\x80-\xff])\r?\n[ \t](?=[\x80-\xbf])")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_TIMES = frozenset({"dtstart", "dtend", "due", "bday", "anniversary"})
_CALENDAR_FIELDS = {"summary": "title", "dtstart": "date", "due": "date", "organizer": "author"}
_CARD_FIELDS = {"fn": "title"}


MAX_TITLE_NAMES = 3
"""Names of persons in the title of a file of several cards."""


@dataclass(frozen=True, slots=True)
class _Property:
    """One content line: its name in small letters, its parameters as written, its value for people."""

    name: str
    parameters: str
    value: str


def read_calendar(path: Path, limits: Limits) -> Extraction:
    """Read an iCalendar file. Where it has one event, title, date and organiser are the document's.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, "text/calendar", _EVENTS, _CALENDAR_FIELDS)


def read_cards(path: Path, limits: Limits) -> Extraction:
    """Read a vCard file. Its title is the name of the person, or the names of the first persons.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, "text/vcard", frozenset({"vcard"}), _CARD_FIELDS)


def _read(path: Path, limits: Limits, media_type: str, kinds: frozenset[str], fields: dict[str, str]) -> Extraction:
    data, partial_reason = read_capped(path, limits)
    text = text_of_bytes(_FOLD_WITHIN_CHARACTER.sub(b"", data))
    lines: list[str] = []
    entries: list[tuple[str, str]] = []
    components, zone = 0, False
    for item in _properties(text):
        components += item.name == "begin" and item.value.lower() in kinds
        if item.name in {"begin", "end"} and item.value.lower() == "vtimezone":
            zone = item.name == "begin"
        if item.name == "end" and lines and lines[-1]:
            lines.append("")
        if zone or item.name in _UNSHOWN or (item.name == "n" and "vcard" in kinds):
            continue
        name = _COMMON_NAME.search(item.parameters)
        shown = f"{name.group(1) or name.group(2)} {item.value}" if name else item.value
        lines.append(shown)
        if item.name in fields:
            entries.append((fields[item.name], (name.group(1) or name.group(2)) if name else item.value))
    candidates: tuple[Candidate, ...] = ()
    if components > 1 and fields is _CARD_FIELDS:
        names = list(dict.fromkeys(name for _, name in entries if name))
        shown = "; ".join(names[:MAX_TITLE_NAMES]) + " …" * (len(names) > MAX_TITLE_NAMES)
        candidates = tuple(head_candidates([("title", shown)], "properties", 0.8))
    elif components == 1:
        candidates = tuple(head_candidates(entries, "properties", 0.8))
    return finish_text(media_type, "\n".join(lines) if components else text, candidates, partial_reason, limits)


def _properties(text: str) -> Iterator[_Property]:
    for line in _unfolded(text):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        name, parameters, value = match.group(1).lower(), match.group(2), match.group(3)
        if "QUOTED-PRINTABLE" in parameters.upper():
            value = decode(quopri.decodestring(value.encode("utf-8", "replace")))
        elif "ENCODING=B" in parameters.upper():
            continue
        if name in _TIMES and (time := _TIME.match(value)):
            value = "-".join(time.group(1, 2, 3)) + (f" {time.group(4)}:{time.group(5)}" if time.group(4) else "")
        else:
            # A semicolon separates the parts of a name or an address.
            value = " ".join(part for part in re.split(r"(?<!\\);", value) if part) if name in {"adr", "org"} else value
            value = _ESCAPE.sub(lambda escape: "\n" if escape.group(1) in "nN" else escape.group(1), value)
            if name == "x-alt-desc":  # the description as a web page
                value = html.unescape(_TAG.sub(" ", value))
        yield _Property(name, parameters, value.strip())


def _unfolded(text: str) -> Iterator[str]:
    """Yield the content lines, each joined from the lines it was folded into."""
    pieces: list[str] = []
    for line in text.split("\n"):
        if line.startswith((" ", "\t")) and pieces:
            pieces.append(line[1:])
        elif pieces and pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0].upper():
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [line]
    yield "".join(pieces)
