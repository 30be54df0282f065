"""Parse a document's source: a header of ``key: value`` lines, ``---``, and a body in simple Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath

from corpus.dates.months import month_names

SOURCES = Path(__file__).with_name("sources")
"""The texts, one file a document."""


class BlockKind(StrEnum):
    """The kind of a block of the body."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of the body.

    Attributes:
        kind: see `BlockKind`.
        text: its words, ``*so*`` where emphasised; a numbered item keeps no number here.
        number: of a numbered item, as written.
        rows: of a table; the first contains the headings.
    """

    kind: BlockKind
    text: str = ""
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SampleSource:
    """One document as its author wrote it.

    Attributes:
        stem: the source's file name without its ending: ``declaration.fr``.
        header: every header line; a key that is not there reads as the empty string.
        blocks: the body.
    """

    stem: str
    header: dict[str, str] = field(default_factory=dict)
    blocks: tuple[TextBlock, ...] = ()

    def __getitem__(self, key: str) -> str:
        return self.header.get(key, "")

    @property
    def path(self) -> PurePosixPath:
        """Return the path of the made file, relative to the archive."""
        return PurePosixPath(self["path"])

    @property
    def layout(self) -> frozenset[str]:
        """The layout words this document asks for."""
        return frozenset(self["layout"].split())

    @property
    def printed(self) -> str:
        """Return the date as printed on the document, in its language, or ``""`` when undated."""
        return self["printed"] or print_date(self["date"], self["language"])


SITE = {
    "en": "Harbour Coalition for Equal Dignity",
    "fr": "Coalition du Havre pour l'égale dignité",
    "es": "Coalición del Puerto por la Igual Dignidad",
}
"""The coalition's name in its languages."""

ORDER = {"en": "{day} {month} {year}", "fr": "{day} {month} {year}", "es": "{day} de {month} de {year}"}


def print_date(edtf: str, language: str, *, padded: bool = False) -> str:
    """Return a date in words: ``6 July 2021``, ``06 July 2021`` when padded, ``2019–2022`` for a range."""
    if "/" in edtf or "-" not in edtf:
        return edtf.replace("/", "–")
    year, month, *days = edtf.split("-")
    name = month_names(language)[int(month) - 1]
    if not days:
        return f"{name} {year}"
    day = days[0] if padded else str(int(days[0]))
    return ORDER[language].format(day=day, month=name, year=year)


def split_emphasis(text: str) -> Iterator[tuple[str, bool]]:
    """The runs of a text as typeset, with curled quotes, each with whether it is emphasised."""
    for index, run in enumerate(_curl_quotes(text).split("*")):
        if run:
            yield run, index % 2 == 1


def _curl_quotes(text: str) -> str:
    opened = re.sub(r'(?<![\w.,;:!?])"(?=\w)', "\u201c", text)
    return opened.replace('"', "\u201d").replace("'", "\u2019")


def strip_emphasis(text: str) -> str:
    """The text without its marks of emphasis."""
    return text.replace("*", "")


def read_source(path: Path) -> SampleSource:
    """Read one source file."""
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    pairs = (line.partition(":") for line in head.splitlines())
    header = {key.strip(): value.strip() for key, _, value in pairs}
    parts = (part.strip("\n") for part in re.split(r"\n{2,}", body))
    blocks = tuple(block for part in parts if part for block in _read_blocks(part))
    return SampleSource(path.name.removesuffix(".md"), header, blocks)


def read_sources(folder: Path) -> list[SampleSource]:
    """Return the sources of a folder, ordered by the paths of the files made from them."""
    return sorted((read_source(path) for path in folder.glob("*.md")), key=lambda source: source["path"])


def _read_blocks(part: str) -> Iterator[TextBlock]:
    lines = part.splitlines()
    if lines[0].startswith("|"):
        yield TextBlock(BlockKind.TABLE, rows=tuple(_read_row(line) for line in lines))
        return
    for line in lines:
        yield _read_line(line)


def _read_row(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))


def _read_line(line: str) -> TextBlock:
    mark, _, rest = line.partition(" ")
    if mark in MARKS:
        return TextBlock(MARKS[mark], rest)
    if re.fullmatch(r"\d+\.", mark):
        return TextBlock(BlockKind.NUMBER, rest, number=mark)
    return TextBlock(BlockKind.PARAGRAPH, line)


MARKS = {"##": BlockKind.HEADING, "###": BlockKind.SUBHEADING, "-": BlockKind.BULLET}
