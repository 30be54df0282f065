"""Read metadata candidates from the first page of a document: the title, the byline, the category."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.categories import Categories
from corpus.countries import country_code
from corpus.document import Candidate, Page, Source
from corpus.messages import message
from indexer.metadata.front_page_dates import TOP_CHARACTERS
from indexer.metadata.person_names import is_person_name, only_byline_names, split_names
from indexer.metadata.title_heading import find_heading
from indexer.metadata.title_patterns import ADJECTIVE, LINKING, MEETING
from indexer.metadata.title_rules import (
    clean_title,
    is_address,
    is_date_line,
    is_junk_title,
    names_kind_of_document,
)
from indexer.text.text_density import has_letters

FIRST_PAGE_CHARACTERS = 6000
"""Characters of the first page that are searched for labels and headings."""


def first_page_text(pages: Sequence[Page]) -> str:
    """Return the beginning of the first page that has text, of the first five."""
    for page in pages[:5]:
        if has_letters(page.text[:FIRST_PAGE_CHARACTERS], 40):
            return page.text[:FIRST_PAGE_CHARACTERS]
    return pages[0].text[:FIRST_PAGE_CHARACTERS] if pages else ""


def first_page_headers(headers_footers: Sequence[Page]) -> str:
    """Return the headers and footers of the first page."""
    return "\n".join(page.text[:500] for page in headers_footers if page.number == 1)[:2000]


def has_official_letterhead(text: str) -> bool:
    """Return whether the page has the letterhead of an institution that dates and numbers its documents."""
    return bool(_OFFICIAL.search(text[:FIRST_PAGE_CHARACTERS]))


_OFFICIAL = re.compile(r"^(?:.{0,60}[ \t])?distr\b\.?|^official records, \d{4}\s*$", re.IGNORECASE | re.MULTILINE)


def first_page_titles(text: str, large_type_titles: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the title on the page, guided by the lines in large type (``large_type_titles``)."""
    large_type = tuple(candidate.value for candidate in large_type_titles)
    heading = find_heading(text, large_type, official=has_official_letterhead(text))
    if heading:
        yield Candidate(
            "title", clean_title(heading.text), Source.FIRST_PAGE, heading.detail, confidence=heading.confidence
        )


def is_record_of_meeting(text: str) -> bool:
    """Return whether one of the first lines is the title of an official record."""
    return any(MEETING.fullmatch(line.strip()) for line in text[:TOP_CHARACTERS].split("\n")[:6])


def is_senders_name(text: str, title: Candidate) -> bool:
    """Return whether a title in large type is the name of who sends a letter: its address is below the first lines."""
    if title.source is not Source.FIRST_PAGE or names_kind_of_document(title.value):
        return False
    lines = [line.strip() for line in text[:TOP_CHARACTERS].split("\n") if line.strip()][:5]
    last = title.value.split("\n")[-1].strip()
    return last in lines[:4] and is_address("".join(lines[lines.index(last) + 1 :][:1]))


def subject_title(text: str) -> Iterator[Candidate]:
    """Yield the subject that a memorandum or letter states among its first lines."""
    for line in text[:TOP_CHARACTERS].split("\n")[:MAX_SUBJECT_LINES]:
        match = _SUBJECT.match(line.strip())
        if match and not is_junk_title(match[1]) and not is_date_line(match[1], words=0):
            yield Candidate(
                "title", clean_title(match[1]), Source.FIRST_PAGE, str(message("detail.subject")), line.strip(), 0.85
            )
            return


MAX_SUBJECT_LINES = 20
"""Lines of the first page among which a subject is sought."""
_SUBJECT = re.compile(
    r"(?:subject|objet|betreff|betr\.|asunto|тема|oggetto|assunto|onderwerp|الموضوع|事由|主题)\s?[:：]\s?(\S.*)",
    re.IGNORECASE,
)


def title_country(title: str) -> Iterator[Candidate]:
    """Yield the country that a whole part of the title names: ``Report of the Working Group: Andorra``."""
    parts = [part for part in re.split(r"[:,–—]| - ", title) if len(part.strip()) > 3]
    codes = {code for part in parts if (code := country_code(part))}
    if len(codes) == 1:
        yield Candidate("country", codes.pop(), Source.FIRST_PAGE, str(message("detail.in-title")), title, 0.5)


_BYLINE = re.compile(
    r"(?:by|par|por|author|speaker|president|written by|delivered by|remarks by)\s?:?\s"
    r"((?:(?:Mr|Ms|Mrs|Dr|Prof|H\.E|Sir)\.? )?[A-ZÀ-Þ][\w’'.-]*(?: (?:[a-z]{2,3} )?[A-ZÀ-Þ][\w’'.-]*){1,3})"
)


def byline_authors(text: str, titles: Sequence[Candidate], *, official: bool) -> Iterator[Candidate]:
    """Yield the persons that one of the first lines names as authors or speaker, unless it is part of a heading.

    Args:
        text: the page.
        titles: titles of the document.
        official: whether the page has an institution's letterhead, whose notes are about the document.
    """
    lines = [line.strip()[:120] for line in text[:TOP_CHARACTERS].split("\n")[:10]]
    before = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        match = _BYLINE.fullmatch(line[:1].lower() + line[1:])
        names = only_byline_names(line) or (split_names(match[1]) if match else _names_at_office(line, following))
        names = names or ([] if official else _marked_names(line))
        if names and not any(map(is_junk_title, names)) and not _is_in_heading(before, line, following, titles):
            for name in names:
                yield Candidate("author", name, Source.FIRST_PAGE, str(message("detail.near-top")), line, 0.7)
            return
        before = line or before


def _is_in_heading(before: str, line: str, following: str, titles: Sequence[Candidate]) -> bool:
    """Return whether a line goes on from half a sentence above it, or is a line of a title."""
    if before[-1:].isalpha() and (LINKING.search(before) or ADJECTIVE.search(before)):
        return True
    beside = [_letters(f"{before} {line}")] if before else []
    beside += [_letters(f"{line} {following}")] if following else []
    return any(
        _letters(line) in map(_letters, title.value.split("\n"))
        or any(piece in _letters(title.value) for piece in beside)
        for title in titles
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def _names_at_office(line: str, following: str) -> list[str]:
    """Return the person in ``Jane Doe, University of Oslo``, where an address is on the next line."""
    name, _, office = line.partition(", ")
    return [name] if _OFFICE.search(office) and is_address(following) and is_person_name(name) else []


def _marked_names(line: str) -> list[str]:
    """Return the persons in ``Jane Doe1, Rex Roe2*``, whose marks refer to notes about them."""
    parts = re.split(r"(?<=[\d*†‡])(?:\s?[,;]| and| &) ", line)
    names = [
        match[1] for part in parts if (match := re.fullmatch(r"(.*[^\W\d_])(?:\d{1,2}(?:,\d{1,2})*|[*†‡])+", part))
    ]
    are_names = len(names) == len(parts) and all(map(is_person_name, names))
    return names if are_names and not any(map(country_code, names)) else []


_OFFICE = re.compile(
    r"universi|institut|college|centre|center|faculty|department|hochschule|école|escuela|факультет", re.IGNORECASE
)


def first_page_category(text: str, categories: Categories) -> Iterator[Candidate]:
    """Yield the category in one of the first short lines: ``Statement by ...``, ``Research briefing``."""
    lines = (line.strip() for line in text[:TOP_CHARACTERS].split("\n"))
    short = [line for line in lines if 4 <= len(line) <= 120][:12]
    for line in short:
        if category := categories.match(line):
            yield Candidate("category", category, Source.FIRST_PAGE, str(message("detail.own-line")), line, 0.6)
            return
    for line in short:
        announced = _ANNOUNCED.match(line)
        if announced and (category := categories.recognise(line)):
            yield Candidate("category", category, Source.FIRST_PAGE, str(message("detail.opening-words")), line, 0.5)
            return


_ANNOUNCED = re.compile(
    r"(?:\w+ ){0,3}?(?:statement|speech|address|remarks|report|briefing|proposal|toolkit|strategy|plan|call|appeal"
    r"|déclaration|discours"
    r"|allocution|rapport|declaración|discurso|informe|llamamiento)s? (?:by|of|on|for|to|par|de|du|des|sur|por|sobre"
    r"|al?|à)\b",
    re.IGNORECASE,
)
