"""Check quotations against the texts of an archive, from the page that each names to the whole archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from corpus.catalogue.events import EventKind
from corpus.document import UNDISCLOSED, State
from corpus.errors import UsageError
from corpus.messages import Message, message
from indexer.text import analysis
from search.archive import Archive
from search.archive_state import ArchiveState
from search.deadline import check_deadline
from search.quote_check.document_pages import DocumentPages, ReadDocument
from search.quote_check.markdown_text import without_markup
from search.quote_check.nearest_words import NearestStretch, is_unique, nearest_words, word_changes
from search.quote_check.quote_candidates import QuoteCandidates
from search.quote_check.quote_values import (
    CheckedQuote,
    Quotation,
    QuotePlace,
    QuoteReport,
    QuoteResult,
    WordChange,
)
from search.quote_check.quoted_words import find_words, stripped

MAX_QUOTATIONS = 10_000
"""Quotations that are checked at a time; a thesis has some hundreds."""
MAX_QUOTE_CHARACTERS = 100_000
"""Longest quotation that is looked for."""
MIN_WORDS = 4
"""Fewest words of a quotation that names no document: shorter ones are in many texts, and often no quotations."""

_REPLACED = (EventKind.CHANGED, EventKind.REREAD)


class _Found(NamedTuple):
    """The place of a quotation in a document."""

    page: int
    text: str
    is_exact: bool


class _Near(NamedTuple):
    """The nearest place in a document."""

    page: int
    words: NearestStretch


def check_quotes(archive: Archive, quotations: Iterable[Quotation], most: int = MAX_QUOTATIONS) -> QuoteReport:
    """Check quotations: whether each stands where it says, word for word, and if not, what became of it.

    Near matches are reported and never taken for the quotation. No text of a withdrawn document is read.

    Args:
        archive: the archive.
        quotations: the quotations.
        most: the number of quotations that are checked at a time.

    Raises:
        UsageError: there are more.
        SlowAnswerError: the time that an answer may take is over.
        CatalogueError: the catalogue is damaged.
        IndexStateError: the index is damaged.
    """
    checked: list[CheckedQuote] = []
    ignored = 0
    with archive.shared.use() as state:
        checker = _Checker(state)
        for quotation in quotations:
            check_deadline()
            if len(checked) + ignored >= most:
                raise UsageError("quote.too-many", most=most)
            words = len(analysis.surface(quotation.text[:MAX_QUOTE_CHARACTERS]))
            if not words or (not quotation.document_id and words < MIN_WORDS):
                ignored += 1
            else:
                checked.append(checker.check(quotation))
    return QuoteReport(tuple(checked), ignored)


def require_checked(report: QuoteReport) -> None:
    """Refuse a report of which nothing can be learnt, as no quotation was checked.

    Raises:
        UsageError: there were no quotations, or short ones alone that name no document.
    """
    if not report.quotes:
        raise UsageError("quote.none-checked", count=report.ignored) if report.ignored else UsageError("quote.none")


class _Checker:
    """Checks one quotation after the other."""

    def __init__(self, state: ArchiveState) -> None:
        self._pages, self._candidates = DocumentPages(state), QuoteCandidates(state)

    def check(self, quotation: Quotation) -> CheckedQuote:
        """Return what is found of a quotation, as it is written or, where that is not found, without its markup."""
        checked = self._check(quotation)
        plain = without_markup(quotation.text)
        if checked.result is QuoteResult.VERBATIM or plain == quotation.text:
            return checked
        unmarked = self._check(replace(quotation, text=plain))
        return checked if unmarked.result is QuoteResult.NOT_FOUND else replace(unmarked, quotation=quotation)

    def _check(self, quotation: Quotation) -> CheckedQuote:
        if len(quotation.text) > MAX_QUOTE_CHARACTERS:
            note = message("quote.too-long", most=MAX_QUOTE_CHARACTERS)
            return CheckedQuote(quotation, QuoteResult.NOT_FOUND, notes=(note,))
        quote = stripped(quotation.text)
        named = self._pages.read(quotation.document_id) if quotation.document_id else None
        if named is None:
            checked = self._check_archive(quotation, quote)
            unknown = (message("quote.unknown-document", id=quotation.document_id),) if quotation.document_id else ()
            return replace(checked, notes=(*unknown, *checked.notes))
        if named.document.state in UNDISCLOSED:
            code = "quote.erased" if named.document.state is State.ERASED else "quote.withdrawn"
            return CheckedQuote(quotation, QuoteResult.WITHDRAWN, notes=(message(code, id=named.document.id),))
        return self._check_document(quotation, quote, named)

    def _check_document(self, quotation: Quotation, quote: str, named: ReadDocument) -> CheckedQuote:
        """Look for a quotation on the page that it names, in the whole document, then in others."""
        notes = tuple(_notes(quotation, named))
        if place := _found_in(named, quote, quotation.page):
            checked = _checked(quotation, named, place)
            return replace(checked, notes=(*notes, *checked.notes))
        near = _nearest_in(named, quote)
        changed = change_of_text(quotation, named)
        notes = (changed, *notes) if changed else notes
        if elsewhere := self._elsewhere(quote, named.document.id):
            checked = _checked(quotation, *elsewhere)
            return replace(checked, result=QuoteResult.OTHER_DOCUMENT, notes=(*notes, *checked.notes))
        result = QuoteResult.TEXT_CHANGED if changed else QuoteResult.ALTERED
        reported = _reported(quotation, named, near, result)
        return replace(reported, notes=(*notes, *reported.notes))

    def _check_archive(self, quotation: Quotation, quote: str) -> CheckedQuote:
        """Look for a quotation in all documents."""
        if elsewhere := self._elsewhere(quote, ""):
            checked = _checked(quotation, *elsewhere)
            wrong = bool(quotation.document_id)
            return replace(checked, result=QuoteResult.OTHER_DOCUMENT) if wrong else checked
        nearest: list[tuple[ReadDocument, _Near]] = []
        for document_id in self._candidates.with_rare_words(quote):
            candidate = self._disclosed(document_id)
            if candidate and (near := _nearest_in(candidate, quote)):
                nearest.append((candidate, near))
        if not nearest:
            return CheckedQuote(quotation, QuoteResult.NOT_FOUND)
        nearest.sort(key=lambda one: one[1].words.distance)
        document, best = nearest[0]
        following = min([best.words.next_distance, *(near.words.distance for _, near in nearest[1:])])
        best = best._replace(words=best.words._replace(next_distance=following))
        return _reported(quotation, document, best, QuoteResult.ALTERED)

    def _elsewhere(self, quote: str, besides: str) -> tuple[ReadDocument, _Found] | None:
        """Return a document that has a quotation, an exact one if there is one."""
        if len(analysis.surface(quote)) < MIN_WORDS:
            return None
        other = None
        for document_id in self._candidates.with_phrase(quote):
            document = self._disclosed(document_id) if document_id != besides else None
            found = _found_in(document, quote) if document else None
            if document and found and found.is_exact:
                return document, found
            other = other or ((document, found) if document and found else None)
        return other

    def _disclosed(self, document_id: str) -> ReadDocument | None:
        document = self._pages.read(document_id)
        return None if document is None or document.document.state in UNDISCLOSED else document


def _found_in(document: ReadDocument, quote: str, page: str = "") -> _Found | None:
    """Return where a document has a quotation: on the page that is named before all others, exactly before nearly."""
    words = frozenset(analysis.surface(document.as_line(quote)(quote)))
    named = document.pages(page) if page else []
    texts = [(text.page.number, text.page.text) for text in document.texts if text.page.number in named]
    likely = document.likely(words)
    found = [one for number, text in [*texts, *likely] if (one := _found_on(document, number, text, quote))]
    return min(found, key=lambda one: (bool(named) and one.page not in named, not one.is_exact), default=None)


def _found_on(document: ReadDocument, number: int, text: str, quote: str) -> _Found | None:
    line, as_line = " ".join(quote.split()), document.as_line(quote)
    if len(line) > 1 and f" {line} " in f" {' '.join(text.split())} ":
        return _Found(number, as_line(quote), is_exact=True)
    found = find_words(text, quote)
    return _Found(number, as_line(text[found.start : found.end]), found.is_exact) if found else None


def _nearest_in(document: ReadDocument, quote: str) -> _Near | None:
    """Return the nearest place of a document, and how near the next best is."""
    as_line = document.as_line(quote)
    words = frozenset(analysis.surface(as_line(quote)))
    places = [
        _Near(number, near)
        for number, text in document.likely(words)
        if (near := nearest_words(text, quote, as_line)) is not None
    ]
    if not places:
        return None
    best = min(places, key=lambda place: place.words.distance)
    others = [place.words.distance for place in places if place.words.text != best.words.text]
    following = min([best.words.next_distance, *others])
    return best._replace(words=best.words._replace(next_distance=following))


def _checked(quotation: Quotation, document: ReadDocument, found: _Found) -> CheckedQuote:
    """Return the result for a quotation that is in a document."""
    place = QuotePlace(
        document.document.id,
        document.title,
        found.page,
        document.label(found.page),
        found.text,
        document.document.is_paged,
    )
    result = QuoteResult.VERBATIM if found.is_exact else QuoteResult.SPACING
    if quotation.page and found.page not in document.pages(quotation.page):
        result = QuoteResult.OTHER_PAGE
    if found.is_exact:
        return CheckedQuote(quotation, result, place)
    return CheckedQuote(quotation, result, place, _changes(document, quotation.text, found.text))


def _reported(quotation: Quotation, document: ReadDocument, near: _Near | None, result: QuoteResult) -> CheckedQuote:
    """Return the result for a quotation that is not in a document, with the nearest words where they are unique."""
    if near is None or not is_unique(near.words, quotation.text):
        notes = (message("quote.look-alikes"),) if near else ()
        missing = QuoteResult.NOT_FOUND if result is QuoteResult.ALTERED else result
        return CheckedQuote(quotation, missing, notes=notes)
    text = near.words.text
    place = QuotePlace(
        document.document.id, document.title, near.page, document.label(near.page), text, document.document.is_paged
    )
    return CheckedQuote(quotation, result, place, _changes(document, quotation.text, text), near.words.distance)


def _changes(document: ReadDocument, quote: str, printed: str) -> tuple[WordChange, ...]:
    return word_changes(document.as_line(quote)(quote), printed)


def change_of_text(quotation: Quotation, document: ReadDocument) -> Message | None:
    """Return in what way the text of a document has changed since a quotation was taken, None where it has not."""
    if quotation.digest and document.digest and not document.digest.startswith(_hexadecimal(quotation.digest)):
        return message("quote.other-digest", id=document.document.id)
    recognised = 0
    for event in document.history:
        recognised += event.kind == EventKind.RECOGNISED
        is_new = event.kind in _REPLACED or (event.kind == EventKind.RECOGNISED and recognised > 1)
        if is_new and (not quotation.taken or event.at[:10] >= quotation.taken):
            code = "quote.reissued" if event.kind == EventKind.CHANGED else "quote.read-anew"
            return message(code, day=event.at[:10])
    return None


def _notes(quotation: Quotation, document: ReadDocument) -> Iterator[Message]:
    """Yield what became of the file of a document whose text is kept."""
    if document.document.state is State.MISSING:
        yield message("quote.missing-file")
    moved = [event for event in document.history if event.kind == EventKind.MOVED]
    if moved:
        yield message("quote.moved", day=moved[-1].at[:10])
    if quotation.page and not document.pages(quotation.page):
        code = "quote.no-such-page" if document.document.is_paged else "quote.no-pages"
        yield message(code, page=quotation.page)


def _hexadecimal(digest: str) -> str:
    return digest.strip().casefold().removeprefix("sha256:")
