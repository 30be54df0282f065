"""Collect the metadata candidates of a document, each with its provenance.

Candidates of low confidence are kept for people to see and are not chosen (`indexer.metadata.selection`): no date is
better than a wrong one. Neither a file's time nor the day it was filed is ever a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from corpus.dates.edtf import parse_edtf
from corpus.document import SOURCE_ORDER, Candidate, Extraction, Page, Source
from corpus.field_values import stored_value
from corpus.fields import BY_NAME, ValueKind
from corpus.messages import message
from indexer.metadata import front_page, front_page_dates
from indexer.metadata.language_detection import SAMPLE_CHARACTERS, detect_language, is_sure_of_language
from indexer.metadata.selection import Context, choose_metadata, path_candidates
from indexer.metadata.title_patterns import AGENDA, COMMITTEE, CONJUNCTION, LINKING, SESSION
from indexer.metadata.title_rules import clean_title, is_junk_title, names_state
from indexer.text.divided_words import join_divided_words

MAIL_SUBJECT = "mail Subject"
"""Detail of a mail's subject, which is a title whatever it says."""
FILE_DATE_CONFIDENCE = 0.2
"""Highest confidence of a file's own dates: a scanned PDF can be decades younger than its document."""

UNSURE_CONFIDENCE = 0.2
"""Highest confidence of a language that a text without sentences looks like, where the file declares another."""


def collect_candidates(extraction: Extraction, path: PurePath | str, context: Context) -> tuple[Candidate, ...]:
    """Return all candidates for a document's metadata; junk has confidence 0 and ``junk`` in its detail.

    Args:
        extraction: the reader's result.
        path: of the file, relative to the archive.
        context: the archive's lists and settings.
    """
    pages = extraction.text.pages
    text = join_divided_words(front_page.first_page_text(pages), [page.text for page in pages])
    letterhead = f"{front_page.first_page_headers(extraction.text.headers_footers)}\n{text}"
    official = front_page.has_official_letterhead(letterhead) or front_page.is_record_of_meeting(text)
    whole = (
        _with_whole_words(candidate, pages)
        for candidate in extraction.candidates
        if candidate.field != "title" or not front_page.is_senders_name(text, candidate)
    )
    collected = [_normalised(candidate, context, official=official) for candidate in whole]
    collected += _from_first_page(text, letterhead, extraction, context)
    collected += _from_text(extraction, context)
    from_path = path_candidates(path, context)
    collected += _from_title(choose_metadata((*collected, *from_path)).title, context)
    hints = _hints(text, choose_metadata((*collected, *from_path)).title, context)
    return tuple(dict.fromkeys((*collected, *hints, *from_path)))


def _with_whole_words(candidate: Candidate, pages: Sequence[Page]) -> Candidate:
    """Return a title of several lines with its divided words whole, spelt as elsewhere in the document."""
    if candidate.source is not Source.FIRST_PAGE or "\n" not in candidate.value:
        return candidate
    whole = join_divided_words(candidate.value, (page.text for page in pages))
    return replace(candidate, value=" ".join(whole.split()))


def _normalised(candidate: Candidate, context: Context, *, official: bool) -> Candidate:
    """Return a reader's candidate with its value in stored form, or marked as junk."""
    value = " ".join(candidate.value.split())
    field = BY_NAME[candidate.field]
    if field.name == "title":
        return _normalised_title(candidate, value, official=official)
    if field.value is ValueKind.DATE:
        return _normalised_date(candidate, context)
    if field.value is ValueKind.NAME:
        return _normalised_author(replace(candidate, value=value), official=official)
    stored = stored_value(field, value, context.categories)
    if stored is None:
        return _as_junk(candidate)
    printed = candidate.printed if stored == candidate.value else candidate.printed or value
    return replace(candidate, value=stored, printed=printed)


def _normalised_title(candidate: Candidate, value: str, *, official: bool) -> Candidate:
    """Return a title as it is shown; junk, half sentences of a page, and organs' names are marked."""
    if candidate.detail == MAIL_SUBJECT and any(map(str.isalnum, value)):
        return replace(candidate, value=clean_title(value))  # also one of three letters, as it was written
    if is_junk_title(value):
        return _as_junk(candidate)
    title = clean_title(value)
    if candidate.source is Source.FIRST_PAGE:
        is_cut = LINKING.search(title.rstrip(" .…")) or CONJUNCTION.match(title) or title[:1].islower()
        if is_cut or SESSION.fullmatch(title) or AGENDA.fullmatch(title):
            return _as_junk(candidate, "detail.no-whole-title")
        if names_state(title):
            return _as_junk(candidate, "detail.publisher")
        if official and COMMITTEE.fullmatch(title):
            return _as_junk(candidate, "detail.meeting")
    return replace(candidate, value=title)


def _as_junk(candidate: Candidate, code: str = "detail.junk") -> Candidate:
    return replace(_remarked(candidate, code), confidence=0.0)


def _remarked(candidate: Candidate, code: str) -> Candidate:
    """Return a candidate whose detail also says why the value counts for less."""
    return replace(candidate, detail=str(message(code, detail=candidate.detail)).strip())


def _normalised_date(candidate: Candidate, context: Context) -> Candidate:
    date = parse_edtf(candidate.value)
    if date is None:
        return _as_junk(candidate)
    if context.latest and date.first and date.first > context.latest:
        return _as_junk(candidate, "detail.too-late")
    if candidate.source is Source.EMBEDDED and _OF_THE_FILE.search(candidate.detail):
        confidence = min(candidate.confidence, FILE_DATE_CONFIDENCE)
        return replace(_remarked(candidate, "detail.of-the-file"), confidence=confidence)
    return replace(candidate, value=date.edtf)


# Creation and modification dates of PDF, XMP and office files, but not the dc:date of a book or an issued date.
_OF_THE_FILE = re.compile(r"creat|modif|moddate|xmp:|changed|saved|pdf:", re.IGNORECASE)


def _normalised_author(candidate: Candidate, *, official: bool) -> Candidate:
    if not _is_person_or_body(candidate.value):
        return _as_junk(candidate)
    if candidate.source is Source.EMBEDDED and _OFFICE.fullmatch(candidate.value):
        return _as_junk(candidate, "detail.office")
    if official and candidate.source is Source.EMBEDDED:
        # Documents of an institution are typed by its staff, who are not their authors.
        return replace(_remarked(candidate, "detail.typist"), confidence=min(candidate.confidence, 0.2))
    return candidate


_MACHINES = re.compile(
    r".*\b(?:xerox|ricoh|konica|minolta|kyocera|lexmark|scansnap|workcentre|imagerunner|laserjet|officejet|acrobat|pdfmaker"
    r"|distiller|pdfcreator|quarkxpress|indesign|openoffice|libreoffice|ghostscript|abbyy|finereader)\b.*"
    r"|(?:canon|sharp|brother|epson|toshiba|panasonic|samsung|hp)\s(?=.*(?:\d|[a-z][A-Z])).*|canon ir\b.*",
    re.IGNORECASE,
)
"""Scanners, copiers and programs, which write their names into files."""
_OFFICE = re.compile(r"[A-Z]{2,8}(?:[/-][A-Z]{2,8}){0,3}")
"""An office's short name in a file's properties."""
_NOT_AUTHORS = re.compile(
    r"(?:microsoft|adobe|acrobat|windows|office|user|admin|administrator|default|owner|author|unknown|anonymous|none|root"
    r"|guest|super ?user|cms\w*|staff|newsroom|editorial(?: team| staff| board)?|web ?team|press office|news desk"
    r"|contributors?|(?:la )?rédaction|redaktion|redacción|redazione|редакция|编辑部|本报"
    r"|hp|dell|lenovo|acer|asus|toshiba|sony|pc|scan|scanner|xerox|canon|ricoh|print|printer|test|temp|webmaster|editor"
    r"|[a-z]+ ?(?:user|pc|corporation|inc\.?|admin))\W*",
    re.IGNORECASE,
)


_UNSPACED_NAME = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af·・\s]{2,20}")


def _is_person_or_body(name: str) -> bool:
    """Return whether a name can be an author's: it is not a log-in, a machine, a program or an address."""
    letters = sum(map(str.isalpha, name))
    signs = re.sub(r"[\s.,’'-]", "", name)  # "Wu, J. R." has few letters
    if _UNSPACED_NAME.fullmatch(name):
        return True
    if (
        not letters >= 3
        or len(name) > 200
        or letters < 0.6 * len(signs)
        or _NOT_AUTHORS.fullmatch(name)
        or _MACHINES.fullmatch(name)
    ):
        return False
    return (
        bool(" " in name or (name[0].isupper() and not re.search(r"[\d_\\/@.]|[a-z][A-Z]", name))) and "://" not in name
    )


def _from_first_page(text: str, letterhead: str, extraction: Extraction, context: Context) -> Iterator[Candidate]:
    date_options = front_page_dates.DateOptions(context.day_first, context.latest)
    runs = [c for c in extraction.candidates if c.field == "title" and c.source is Source.FIRST_PAGE]
    yield from front_page_dates.labelled_dates(letterhead, date_options)
    yield from front_page_dates.unlabelled_dates(text, date_options)
    titles = (*front_page.first_page_titles(text, runs), *front_page.subject_title(text))
    yield from titles
    stated = [c for c in (*extraction.candidates, *titles) if c.field == "title"]
    official = front_page.has_official_letterhead(letterhead)
    yield from front_page.byline_authors(text, stated, official=official)


def _from_title(title: Candidate | None, context: Context) -> Iterator[Candidate]:
    """Yield the category and country in the chosen title, unless it comes from the file's name."""
    if title is None or title.source in (Source.FILE_NAME, Source.FOLDER):
        return
    source = max(title.source, Source.FIRST_PAGE, key=SOURCE_ORDER.index)
    if category := context.categories.recognise(title.value):
        yield Candidate("category", category, source, str(message("detail.title-word")), title.value, 0.7)
    yield from front_page.title_country(title.value)


def _hints(text: str, title: Candidate | None, context: Context) -> Iterator[Candidate]:
    """Yield candidates of last resort: years in the title, and the first words of the text.

    They depend on the text alone, so they stay valid when the file is moved or renamed.
    """
    date_options = front_page_dates.DateOptions(context.day_first, context.latest)
    hints = list(front_page.first_page_category(text, context.categories))
    if title and title.source is not Source.FILE_NAME:
        hints += front_page_dates.title_years(title.value, date_options)
    yield from (replace(hint, source=Source.HINT) for hint in hints)


def _from_text(extraction: Extraction, context: Context) -> Iterator[Candidate]:
    main = [page.text for page in extraction.text.pages]
    middle = len(main) // 2
    sample = "\n".join(main[max(middle - 1, 0) : middle + 2])
    if len(sample) < SAMPLE_CHARACTERS // 2:
        sample = "\n".join(main)
    if detected := detect_language(sample, context.languages):
        code, confidence = detected
        code_of_detail = "detail.from-text"
        declared = next((each.value for each in extraction.candidates if each.field == "language" and each.value), "")
        if declared and not is_sure_of_language(sample, code, confidence, declared):
            code_of_detail, confidence = "detail.from-names", min(confidence, UNSURE_CONFIDENCE)
        yield Candidate("language", code, Source.TEXT, str(message(code_of_detail)), confidence=confidence)
