"""Subtitles, SRT and WebVTT: the spoken lines without their times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.document import Extraction
from indexer.readers.plain.text import finish_text, load_text
from indexer.readers.reader_protocol import Limits

_TIMES = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>\n]{1,100})>")
_MARKUP = re.compile(r"</?(?:[a-zA-Z][^<>\n]{0,200}|\d[\d:.]{0,20})?>|\{\\[^{}\n]{0,100}\}")
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
