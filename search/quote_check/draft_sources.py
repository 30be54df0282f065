"""Find the sources of quotations in a draft: ids with pages, the citations that ``cite`` writes, and footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

MAX_CITATION_CHARACTERS = 2_000
"""Characters after a quotation in which its source is looked for; a citation in CSL-JSON has as many."""
_ID = re.compile(r"(?<![\w.-])[a-z2-7]{10}(?![\w-])", re.IGNORECASE)
_NUMBER = r"[a-z]{0,3}-?[0-9]{1,6}(?:\s?[-–]\s?[0-9]{1,6})?|[ivxlcdm]{1,8}"
_PAGE = re.compile(
    rf"(?<!\w)(?:pp?\.|pages?:?|página|pág\.|seite|s\.|صفحة|\"locator\":)\s*\"?({_NUMBER})(?!\w)", re.IGNORECASE
)
_BARE_PAGE = re.compile(rf"\)\s*,\s*({_NUMBER})\s*,\s*[^;()]*?,\s*\Z", re.IGNORECASE)
"""The page of a note as Chicago has it, between the date in brackets and the name of the archive before the id."""
_DIRECT = re.compile(r"[\s.,;:!?…*_]*\^?[(\[]")
"""What may be between a quotation and the bracket right behind it."""
_UNKNOWN_ID = re.compile(r"[\s(\[{@]*(?:id:?\s*)?([a-z0-9]{8,12})(?=\s*(?:[.,:)\]]|\Z)|\s+p)")
_BARE_UNKNOWN_ID = re.compile(r"[\s.,;:]*([a-z2-7]{10}),?\s+pp?\.\s*[0-9]")
_ODD_WORD = re.compile(r"[0-9]|[bcdfghjklmnpqrstvwxz]{5}")
"""What ids have and words have not: digits, or five consonants in a row."""
_SEE_ALSO = re.compile(r"\s*(?:but\s+)?(?:see|cf|compare|voir|véase|vgl)\b", re.IGNORECASE)
_NOTE_MARKS = re.compile(r"[\s.,;:!?)\]*_]*((?:\[\^[^\]\s]{1,40}\],?\s?)+)")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_NOTE = re.compile(r"^[ \t]*\[\^([^\]\s]{1,40})\]:((?:[^\n]*\n?)(?:(?![ \t]*\n|[ \t]*\[\^)[^\n]+\n?)*)", re.MULTILINE)
_GAP = re.compile(r"\S[^\S\n]*\n[ \t]*\n")
"""The end of a paragraph, its last letter included."""
_REFERENCE_LINE = re.compile(
    r"^[ \t]*(?:\"(?:schema|citationID|citationItems|id|itemData|type|title|author|issued|genre|publisher|number"
    r"|language|number-of-pages|URL|accessed|archive|archive_location|note|locator|label|family|given|literal|date-parts|circa"
    r"|season)\":[^\n]*|\{\"(?:literal|family)[^\n]*|[A-Z][A-Z0-9]  - [^\n]*|[a-z]+ = \{[^\n]*)$",
    re.MULTILINE,
)
"""A line of a record for reference managers: CSL-JSON, RIS or BibTeX."""
SIGNATURE_DASHES = ("—", "–", "―", "-")
_SIGNATURE = re.compile(r"\n[ \t]*(?:[—–―]|-{1,3})[ \t]*([^\s—–―-][^\n]*)\s*\Z")
"""The last line of a block, behind a dash: who said it, or where it is."""
_SIGNATURE_DASH = re.compile(r"^[ \t]*[—–―-]", re.MULTILINE)
_INNER_MARK = re.compile('[“”‘’"]')
MAX_MARKED_TITLES = 200
"""Titles with quotation marks in them that are looked for in the whole draft."""
_PAIRED_MARKS = {"“": "”", "‘": "’", '"': '"', "«": "»", "„": "“", "'": "'"}


class SourceWork(NamedTuple):
    """A document as citations in a draft name it: title, symbol, and the short form of APA without its page."""

    title: str = ""
    symbol: str = ""
    short_form: str = ""


KnownWorks = Callable[[Collection[str]], Mapping[str, SourceWork]]
"""A function that returns the documents, by id, whose ids are among some words."""


class NamedSource(NamedTuple):
    """A document and a page as a draft names them."""

    document_id: str
    page: str


class DraftSources:
    """The sources that a draft names.

    Attributes:
        without_titles: the draft with blanks in place of the titles of documents that it cites.
        prose: the same without the records for reference managers.
    """

    def __init__(self, text: str, known_works: KnownWorks) -> None:
        self._text = text
        self._works = known_works({word.casefold() for word in _ID.findall(text)})
        self._titles = {_plain(work.title) for work in self._works.values() if work.title}
        self.without_titles = blanked(text, self._cited_titles())
        self.prose = _REFERENCE_LINE.sub(lambda match: " " * len(match[0]), self.without_titles)
        self._short_forms: dict[str, str] = {}
        for document_id, work in self._works.items():
            key = _plain(work.short_form)
            self._short_forms[key] = "" if key in self._short_forms else document_id
        self._notes = {match[1]: match.span(2) for match in _NOTE.finditer(text)}

    def is_title(self, words: str) -> bool:
        """Return whether words in quotation marks are the title of a document that the draft cites."""
        return _plain(words) in self._titles

    def hide(self, titles: Iterable[tuple[int, int]]) -> None:
        """Put blanks in place of more titles."""
        self.without_titles = blanked(self.without_titles, titles)

    def behind(self, end: int, following: int) -> list[NamedSource]:
        """Return the sources of a quotation that are behind it, before the next quotation or paragraph."""
        last = min(following, end + MAX_CITATION_CHARACTERS)
        tail = self._tail(end, last)
        marks = _NOTE_MARKS.match(tail)
        if marks:
            spans = [self._notes[name] for name in _NOTE_MARK.findall(marks[1]) if name in self._notes]
            notes = [(self.without_titles[start:stop], self._text[start:stop]) for start, stop in spans]
            if named := [source for note in notes for source in self._in_bracket(*note, is_direct=True)]:
                return named
        return self._in_tail(tail, end)

    def at_the_end(self, words: str) -> tuple[int, list[NamedSource]]:
        """Return where the sources at the end of a block begin, in a bracket or behind a dash, and the sources."""
        signed = _SIGNATURE.search(words)
        if signed and not _SIGNATURE_DASH.search(words, 0, signed.start()):
            return signed.start(), self._in_bracket(signed[1], signed[1], is_direct=True)
        line = words.rstrip().rstrip(".")
        if line[-1:] not in {")", "]"}:
            return len(words), []
        depth = 0
        for place in range(len(line) - 1, max(len(line) - MAX_CITATION_CHARACTERS, -1), -1):
            depth += (line[place] in ")]") - (line[place] in "([")
            if not depth:
                return place, self._in_bracket(line[place + 1 : -1], line[place + 1 : -1], is_direct=True)
        return len(words), []

    def _tail(self, end: int, last: int) -> str:
        tail = self.without_titles[end:last]
        gap = _GAP.search(tail)
        return tail[: gap.start() + 1] if gap else tail

    def _in_tail(self, tail: str, start: int) -> list[NamedSource]:
        """Return the sources of the first bracket that has any, else those that are named without brackets."""
        direct = _DIRECT.match(tail)
        place = direct.end() - 1 if direct else -1
        bare = _BARE_UNKNOWN_ID.match(tail)
        if bare and bare[1] not in self._works and _ODD_WORD.search(bare[1]):
            return [NamedSource(bare[1], _page_near(tail, bare.start(1)))]
        known = self._first_known(tail)
        for first, last in _brackets(tail):
            if known and known.start() < first:
                break
            original = self._text[start + first + 1 : start + last]
            if named := self._in_bracket(tail[first + 1 : last], original, is_direct=first == place):
                return named
        return self._known(tail)

    def _in_bracket(self, plain: str, original: str, *, is_direct: bool) -> list[NamedSource]:
        """Return the sources that a bracket or a footnote names: ids, short forms of APA, and ids of no document."""
        if known := self._known(plain):
            return known
        named = []
        for start, end in _pieces(plain):
            short = re.sub(rf",\s*pp?\.\s*(?:{_NUMBER})\W*\Z", "", original[start:end], flags=re.IGNORECASE)
            piece = plain[start:end]
            if document_id := self._short_forms.get(_plain(short), ""):
                named.append(NamedSource(document_id, _page_near(original[start:end], end)))
            elif (match := _UNKNOWN_ID.match(piece)) and _is_like_an_id(
                match[1], piece[match.end() :], is_direct=is_direct
            ):
                named.append(NamedSource(match[1], _page_near(piece, match.start(1))))
        return named

    def _known(self, text: str) -> list[NamedSource]:
        """Return the known documents that a text names first, one or more with semicolons between them."""
        named: list[NamedSource] = []
        pieces = [text[start:end] for start, end in _pieces(text)]
        for piece in pieces:
            match = self._first_known(piece)
            if match and not (named and _SEE_ALSO.match(piece)):
                named.append(self._named(piece, match))
            elif not match and (unknown := _UNKNOWN_ID.match(piece)):
                if _is_like_an_id(unknown[1], piece[unknown.end() :], is_direct=False):
                    named.append(NamedSource(unknown[1], _page_near(piece, unknown.start(1))))
            elif named:
                break
        first = self._first_known(text)
        if not first or all(source.document_id not in self._works for source in named):
            return []
        if len({source.document_id for source in named}) == 1 and not any(source.page for source in named):
            return [self._named(text, first)]
        paged = {source.document_id for source in named if source.page}
        return list(dict.fromkeys(source for source in named if source.page or source.document_id not in paged))

    def _first_known(self, text: str) -> re.Match[str] | None:
        return next((match for match in _ID.finditer(text) if match[0].casefold() in self._works), None)

    def _named(self, piece: str, match: re.Match[str]) -> NamedSource:
        document_id = match[0].casefold()
        page = _page_near(piece, match.start())
        bare = _BARE_PAGE.search(piece, 0, match.start()) if not page else None
        if bare and bare[1] != self._works[document_id].symbol:
            page = bare[1]
        return NamedSource(document_id, page)

    def _cited_titles(self) -> Iterator[tuple[int, int]]:
        """Yield where the titles of cited documents are, each before its id, with the quotation marks around them."""
        marked = [work.title for work in self._works.values() if _INNER_MARK.search(work.title)][:MAX_MARKED_TITLES]
        if marked:  # in short forms, which are far from the id
            titles = "|".join(r"\s+".join(map(re.escape, title.split())) for title in marked)
            yield from (match.span() for match in re.finditer(f"“(?:{titles})”", self._text))
        patterns: dict[str, re.Pattern[str]] = {}
        lowest = 0
        for match in _ID.finditer(self._text):
            document_id = match[0].casefold()
            work = self._works.get(document_id)
            if work is None or not work.title:
                continue
            pattern = patterns.setdefault(document_id, re.compile(r"\s+".join(map(re.escape, work.title.split()))))
            start = max(lowest, match.start() - MAX_CITATION_CHARACTERS)
            lowest = match.end()
            *_, title = [None, *pattern.finditer(self._text, start, match.start())]
            if title:
                opening, closing = (
                    self._text[title.start() - 1 : title.start()],
                    self._text[title.end() : title.end() + 1],
                )
                has_marks = bool(opening) and _PAIRED_MARKS.get(opening) == closing
                yield title.start() - has_marks, title.end() + has_marks


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks in place of some stretches, and with its line ends."""
    parts, place = [], 0
    for start, end in sorted(spans):
        if start >= place:
            parts += [text[place:start], re.sub(r"[^\n]", " ", text[start:end])]
            place = end
    return "".join((*parts, text[place:]))


def _plain(text: str) -> str:
    """Return the letters and digits of a text, by which titles and short forms are compared."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost brackets of a text open and close."""
    depth, first = 0, 0
    for match in re.finditer(r"[(\[)\]]", text):
        if match[0] in "([":
            first = match.start() if not depth else first
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield first, match.start()
    if depth:
        yield first, len(text)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text between semicolons outside of brackets."""
    depth, start = 0, 0
    for match in re.finditer(r"[(\[)\];]", text):
        if match[0] == ";" and depth <= 0:
            yield start, match.start()
            start = match.end()
        depth += (match[0] in "([") - (match[0] in ")]")
    yield start, len(text)


def _page_near(text: str, place: int) -> str:
    """Return the page that is named nearest to a place, ``""`` for none."""
    pages = [(abs(match.start() - place), match[1]) for match in _PAGE.finditer(text)]
    return min(pages)[1] if pages else ""


def _is_like_an_id(word: str, behind: str, *, is_direct: bool) -> bool:
    """Return whether a word that is no id was meant as one: a name before a page begins with a capital."""
    has_page = bool(re.match(r"[\s,.:]*(?:pp?\.|page|\Z)", behind)) and bool(_PAGE.search(behind))
    is_odd = bool(_ODD_WORD.search(word)) and not word.isdigit()
    if re.fullmatch(r"[a-z2-7]{10}", word):
        return has_page or (is_direct and is_odd)
    return has_page and is_odd
