"""Subtitles, SRT, WebVTT and ASS: the spoken lines without their times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Extraction
from indexer.readers.head_values import head_candidates
from indexer.readers.plain.text import finish_text, load_text
from indexer.readers.reader_protocol import Limits

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>\n]{1,100})>")
_MARKUP = re.compile(r"</?(?:[a-zA-Z][^<>\n]{0,200}|\d[\d:.]{0,20})?>|\{\\[^{}\n]{0,100}\}")
_ASS_TITLE = re.compile(r"^Title:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_ASS_UNTITLED = re.compile(r"(?:Default Aegisub file|<?untitled>?|New subtitles)\Z", re.IGNORECASE)
_ASS_COLUMNS: tuple[str, ...] = (
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
)
_MAX_ASS_COLUMNS = 30
_ASS_BREAK = re.compile(r"\\[Nn]")
_ASS_DRAWING = re.compile(r"\{[^{}\n]{0,200}\\p[1-9][^{}\n]{0,200}\}[^{\n]*")  # a shape in place of words
_UNSPOKEN = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)(?:[ \t].*)?\Z")
_CHARACTERS = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "", "&rlm;": ""}
_REFERENCE = re.compile("|".join(_CHARACTERS))


def read_srt(path: Path, limits: Limits) -> Extraction:
    """Read an SRT file.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, "application/x-subrip")


def read_vtt(path: Path, limits: Limits) -> Extraction:
    """Read a WebVTT file.

    Raises:
        Unreadable: the content is binary.
    """
    return _read(path, limits, "text/vtt")


def read_ass(path: Path, limits: Limits) -> Extraction:
    """Read an ASS or SSA file: the texts of its dialogue, with the speakers' names, and its title.

    Raises:
        Unreadable: the content is binary.
    """
    text, partial_reason = load_text(path, limits)
    dialogue = "\n".join(_dialogue(text))
    title = _ASS_TITLE.search(text)
    entries = [("title", title.group(1))] if title and not _ASS_UNTITLED.match(title.group(1)) else []
    candidates = head_candidates(entries, "script info")
    return finish_text("text/x-ssa", dialogue or text, candidates, partial_reason, limits, "subtitles")


def _dialogue(text: str) -> Iterator[str]:
    """Yield the spoken lines in the order of the file. The line "Format:" of the events names their columns."""
    columns = _ASS_COLUMNS
    is_event = False
    for line in text.split("\n"):
        key, _, values = line.partition(":")
        if line.startswith("["):
            is_event = line.strip().lower() == "[events]"
        elif is_event and key == "Format":
            columns = tuple(column.strip().lower() for column in values.split(",")[:_MAX_ASS_COLUMNS])
        elif is_event and key == "Dialogue":
            event = dict(zip(columns, (value.strip() for value in values.split(",", len(columns) - 1)), strict=False))
            spoken = _ASS_BREAK.sub("\n", _ASS_DRAWING.sub("", event.get("text", "")))
            spoken = "\n".join(filter(None, map(_plain, spoken.split("\n"))))
            if spoken:
                yield f"{event['name']}: {spoken}" if event.get("name") else spoken


def _read(path: Path, limits: Limits, media_type: str) -> Extraction:
    text, partial_reason = load_text(path, limits)
    spoken = "\n".join(_spoken_lines(text)) if _TIMES.search(text) else text
    return finish_text(media_type, spoken, (), partial_reason, limits, "subtitles")


def _spoken_lines(text: str) -> Iterator[str]:
    """Yield the lines of every block after its line of times; blocks of notes and styles have none."""
    is_spoken = False
    pending: list[str] = []  # of a block whose times have not been met
    for line in (*text.split("\n"), ""):
        if _TIMES.match(line):
            pending, is_spoken = [], True
        elif not line.strip():
            # A block without times is kept where it is no remark: files made by hand have them.
            yield from _unremarkable(pending)
            pending, is_spoken = [], False
        elif is_spoken:
            if spoken := _plain(line):
                yield spoken
        else:
            pending.append(line)


def _unremarkable(lines: list[str]) -> Iterator[str]:
    if lines and not _UNSPOKEN.match(lines[0]) and not all(line.strip().isdecimal() for line in lines):
        yield from filter(None, map(_plain, lines))


def _plain(line: str) -> str:
    line = _MARKUP.sub("", _VOICE.sub(r"\1: ", line))
    return _REFERENCE.sub(lambda match: _CHARACTERS[match.group()], line).strip()
