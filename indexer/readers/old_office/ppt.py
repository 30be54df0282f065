"""PPT: slides of before 2007 are pages; speaker notes are boilerplate with the number of their slide."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from corpus.document import Candidate, DocumentText, Extraction, Page, Role, Source
from corpus.messages import message
from indexer.readers.old_office.ole_properties import OLE_DAMAGE, ole_properties
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import MIB, Limits, ReaderOutput, Unreadable, apply_limits, finish, number_pages
from indexer.text.cleaning import clean

MEDIA_TYPE = "application/vnd.ms-powerpoint"
MAX_DEPTH = 30
"""Levels of nested records that are followed."""
MAX_EDITS = 1_000
"""Savings of a file, each of which adds to the list of its parts, that are followed."""
_DOCUMENT, _LIST, _PERSIST, _NOTES_LINK, _USER_EDIT, _DIRECTORY = 1000, 4080, 1011, 1009, 4085, 6002
_TITLE_KINDS = frozenset({0, 6})  # of the heads of texts
_OUTLINE_REFERENCE, _TEXT_HEAD, _TEXT, _ANSI_TEXT, _STRING, _HEADERS_FOOTERS = 3998, 3999, 4000, 4008, 4026, 4057
_SLIDES, _NOTES = 0, 2  # instances of the list of texts
_CONTAINER = 15  # version of a record that contains records
_ENCRYPTED_TOKEN = 0xF3D1C4DF
_DAMAGE = (*OLE_DAMAGE, struct.error)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its version, instance and kind, and where its content begins and ends."""

    version: int
    instance: int
    kind: int
    start: int
    end: int


@dataclass(slots=True)
class _Outline:
    """An entry of the list of slides or notes: the number of its part, its slide, its texts and its title."""

    part: int
    slide: int
    title: str = ""
    texts: list[str] = field(default_factory=list)


def read_ppt(path: Path, limits: Limits) -> Extraction:
    """Read a PowerPoint file of before 2007.

    Raises:
        Unreadable: it is encrypted, damaged or too large.
    """
    if path.stat().st_size > limits.total_bytes:
        raise Unreadable("file.too-large", mib=limits.total_bytes // MIB)
    try:
        with closing(olefile.OleFileIO(path)) as file:
            user = file.openstream("Current User").read() if file.exists("Current User") else b""
            if user[12:16] == struct.pack("<I", _ENCRYPTED_TOKEN) or file.exists("EncryptedSummary"):
                raise Unreadable("file.password", final=True)
            data = file.openstream("PowerPoint Document").read()
    except _DAMAGE as error:
        raise Unreadable("file.damaged-old-office") from error
    presentation = _Presentation(data)
    try:
        presentation.read(int.from_bytes(user[16:20], "little"))
    except _DAMAGE:
        presentation.slides, presentation.notes = [], []
    if not any(presentation.slides):  # its lists are damaged: all its texts, in order, whatever they belong to
        presentation.slides = ["\n".join(presentation.texts(0, len(data), 0))]
    texts, cap_reason = apply_limits(map(clean, presentation.slides), limits)
    notes = tuple(Page(number, clean(text), role=Role.BOILERPLATE) for number, text in presentation.notes)
    margins = (Page(1, clean(presentation.margin), role=Role.HEADER_FOOTER),) if presentation.margin else ()
    title = tidy(presentation.title)
    title_candidate = (
        Candidate("title", title, Source.FIRST_PAGE, str(message("detail.first-slide")), confidence=0.9),
    )
    candidates = (*(title_candidate if title else ()), *ole_properties(path))
    result = ReaderOutput("ppt", MEDIA_TYPE, candidates, cap_reason)
    return finish(result, DocumentText(number_pages(texts), margins, notes))


class _Presentation:
    """The texts of the stream of a presentation.

    Attributes:
        slides: the text of each slide.
        notes: the speaker notes, with the number of their slide.
        margin: the header and footer that slides share.
        title: the title of the first slide.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.slides: list[str] = []
        self.notes: list[tuple[int, str]] = []
        self.margin = ""
        self.title = ""

    def read(self, last_edit: int) -> None:
        """Read the slides in their order, by the list of parts that the last saving of the file begins.

        Raises:
            struct.error: the lists are damaged.
        """
        parts, document_part = self._parts(last_edit)
        document = self._record(parts[document_part])
        outlines: dict[int, list[_Outline]] = {}
        for record in self._records(document.start, document.end):
            if record.kind == _LIST:
                outlines.setdefault(record.instance, []).extend(self._outlines(record))
            elif record.kind == _HEADERS_FOOTERS:
                strings = (entry for entry in self._records(record.start, record.end) if entry.kind == _STRING)
                self.margin = self.margin or "\n".join(self._text(entry) for entry in strings)
        numbers: dict[int, int] = {}
        for number, outline in enumerate(outlines.get(_SLIDES, []), 1):
            numbers[outline.slide] = number
            self.title = outline.title if number == 1 else self.title
            self.slides.append(self._part_text(parts, outline))
        for outline in outlines.get(_NOTES, []):
            if text := self._part_text(parts, outline):
                self.notes.append((numbers.get(self._noted_slide(parts, outline), 1), text))

    def texts(self, start: int, end: int, depth: int, outline: _Outline | None = None) -> Iterator[str]:
        """Yield the texts of records; of an outline's slide the texts of the outline that they refer to."""
        for record in self._records(start, end):
            if record.kind in {_TEXT, _ANSI_TEXT}:
                yield self._text(record)
            elif record.kind == _OUTLINE_REFERENCE and outline:
                (number,) = struct.unpack_from("<i", self._data, record.start)
                if 0 <= number < len(outline.texts):
                    yield outline.texts[number]
            elif record.version == _CONTAINER and depth < MAX_DEPTH:
                yield from self.texts(record.start, record.end, depth + 1, outline)

    def _parts(self, edit: int) -> tuple[dict[int, int], int]:
        """Return the offset of each part of the file, the newest, and the number of the document's part."""
        parts: dict[int, int] = {}
        document_part = 0
        for _ in range(MAX_EDITS):
            record = self._record(edit)
            if record.kind != _USER_EDIT:
                break
            earlier, directory, part = struct.unpack_from("<8xIII", self._data, record.start)
            document_part = document_part or part
            for number, offset in self._directory(self._record(directory)):
                parts.setdefault(number, offset)
            if not 0 < earlier < edit:
                break
            edit = earlier
        return parts, document_part

    def _directory(self, directory: _Record) -> Iterator[tuple[int, int]]:
        position = directory.start
        while position + 4 <= directory.end:
            (head,) = struct.unpack_from("<I", self._data, position)
            position += 4
            for number in range(head >> 20):
                yield (head & 0xFFFFF) + number, struct.unpack_from("<I", self._data, position)[0]
                position += 4

    def _outlines(self, record: _Record) -> list[_Outline]:
        outlines: list[_Outline] = []
        is_title = False
        for entry in self._records(record.start, record.end):
            if entry.kind == _PERSIST:
                part, slide = struct.unpack_from("<I8xI", self._data, entry.start)
                outlines.append(_Outline(part, slide))
            elif entry.kind in {_TEXT, _ANSI_TEXT} and outlines:
                outlines[-1].texts.append(self._text(entry))
                if is_title and not outlines[-1].title:
                    outlines[-1].title = outlines[-1].texts[-1]
            elif entry.kind == _TEXT_HEAD:
                is_title = self._data[entry.start] in _TITLE_KINDS
        return outlines

    def _part_text(self, parts: dict[int, int], outline: _Outline) -> str:
        texts: list[str] = []
        if outline.part in parts:
            part = self._record(parts[outline.part])
            texts = list(self.texts(part.start, part.end, 0, outline))
        # A "*" is in place of the number of the slide or the date.
        all_texts = (*(text for text in outline.texts if text not in texts), *texts)
        return "\n".join(text for text in all_texts if text.strip(" *\n"))

    def _noted_slide(self, parts: dict[int, int], outline: _Outline) -> int:
        if outline.part not in parts:
            return 0
        part = self._record(parts[outline.part])
        link = next((record for record in self._records(part.start, part.end) if record.kind == _NOTES_LINK), None)
        return int.from_bytes(self._data[link.start : link.start + 4], "little") if link else 0

    def _record(self, offset: int) -> _Record:
        head, kind, size = struct.unpack_from("<HHI", self._data, offset)
        return _Record(head & 15, head >> 4, kind, offset + 8, min(offset + 8 + size, len(self._data)))

    def _records(self, start: int, end: int) -> Iterator[_Record]:
        while start + 8 <= end:
            record = self._record(start)
            yield record
            start = record.end

    def _text(self, record: _Record) -> str:
        data = self._data[record.start : record.end]
        text = data.decode("latin-1" if record.kind == _ANSI_TEXT else "utf-16-le", "replace")
        return text.replace("\r", "\n").replace("\x0b", "\n")
