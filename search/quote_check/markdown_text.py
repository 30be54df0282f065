"""Tell the prose of a draft in Markdown from code, comments, tags and titles of links, and words from their marks."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,30}|#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6});")
_LATEX_QUOTATION = re.compile(r"``(?=[^`\s])((?:[^`\n]|\n(?![ \t]*\n))*?)(?<=[^\s`])''(?!')")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?=[\w-]+:)(?:[^\n]*\S[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")
_BACKTICKS = re.compile(r"(?<!\\)`+")
_LATEX_CLOSING = re.compile(r"\w[.,;:!?]?'(?!\w)")
_ADDRESS = r"(?:[^\s()]|\([^\s()]*\))*"
_TAG = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
_LINK_TITLE = re.compile(rf"\]\([ ]?{_ADDRESS}\s+(\"[^\"\n]*\"|'[^'\n]*')[ ]?\)")
_DEFINED_LINK_TITLE = re.compile(
    r"^ {0,3}\[[^\]\[^\n][^\]\[\n]*\]:[ \t]*\S+[ \t]+(\"[^\"\n]*\"|'[^'\n]*')[ \t]*$", re.MULTILINE
)
_COMMENT_START, _COMMENT_END = "<!--", "-->"

_LINK = re.compile(rf"!?\[([^\[\]]*)\]\([ ]?{_ADDRESS}(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ ]?\)")
_CODE_MARKS = re.compile(r"`+([^`]+)`+")
_EMPHASIS = (
    re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]*[^\s*\\])\1(?!\*)"),
    re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]*[^\s_\\])\1(?!\w)"),
)
_BREAK = re.compile(r"<br\s*/?>|\\(?=\n)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
MAX_NESTED_MARKS = 3
"""Marks of emphasis in one another that are taken off: bold, italic, and both."""


def plain_draft(text: str) -> str:
    """Return a draft with signs in place of the entities of HTML, and with “ ” where LaTeX has `` and ''."""
    return _LATEX_QUOTATION.sub(r"“\1”", _ENTITY.sub(_sign, text))


def _sign(entity: re.Match[str]) -> str:
    sign = html.unescape(entity[0])
    return sign if sign.isprintable() or sign in "\u00a0\u00ad" else entity[0]


def unread_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a draft that no reader sees as prose: code, front matter, comments, tags, link titles."""
    if front := _FRONT_MATTER.match(text):
        yield front.span()
    fences = list(_fenced_code(text))
    yield from fences
    yield from _inline_code(text, fences)
    yield from _comments(text)
    yield from (tag.span() for tag in _TAG.finditer(text))
    for pattern in (_LINK_TITLE, _DEFINED_LINK_TITLE):
        yield from (title.span(1) for title in pattern.finditer(text))


def without_markup(words: str) -> str:
    """Return quoted words without emphasis, links, marks of code, tags and escapes."""
    plain = _BREAK.sub(" ", words)
    plain = _TAG.sub("", _CODE_MARKS.sub(r"\1", _LINK.sub(r"\1", plain)))
    for _ in range(MAX_NESTED_MARKS):
        for pattern in _EMPHASIS:
            plain = pattern.sub(r"\2", plain)
    return _ESCAPE.sub(r"\1", plain)


def _fenced_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the blocks of code between fences; a fence that nothing closes hides nothing."""
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        sign = fence[1][0]
        if opening is None:
            opening = fence if sign == "~" or "`" not in fence[2] else None
        elif sign == opening[1][0] and len(fence[1]) >= len(opening[1]) and not fence[2].strip():
            yield opening.start(), fence.end()
            opening = None


def _inline_code(text: str, fences: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between equal runs of backticks inside a paragraph, but none that LaTeX has as quotations."""
    starts = [start for start, _ in fences]
    begin = 0
    for gap in _PARAGRAPH_END.finditer(text):
        runs = [
            run for run in _BACKTICKS.finditer(text, begin, gap.start())
            if not (place := bisect_right(starts, run.start())) or run.start() >= fences[place - 1][1]
        ]  # fmt: skip
        by_length: defaultdict[int, list[int]] = defaultdict(list)
        for run in runs:
            by_length[len(run[0])].append(run.start())
        begin = gap.end()
        place = 0
        for run in runs:
            alike = by_length[len(run[0])]
            following = bisect_right(alike, run.start())
            if run.start() < place or following == len(alike):
                continue
            code = text[run.end() : alike[following]]
            if code.count("'") % 2 and _LATEX_CLOSING.search(code):
                continue
            place = alike[following] + len(run[0])
            yield run.start(), place


def _comments(text: str) -> Iterator[tuple[int, int]]:
    place = text.find(_COMMENT_START)
    while place >= 0 and (end := text.find(_COMMENT_END, place)) >= 0:
        yield place, end + len(_COMMENT_END)
        place = text.find(_COMMENT_START, end)
