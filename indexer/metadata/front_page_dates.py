"""Read the date of a document from its first page: behind a label, on a line of its own, or in a date line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.countries import country_code
from corpus.dates.date_text import Mention, find_dates
from corpus.dates.edtf import Precision
from corpus.deferred import deferred_pattern
from corpus.document import Candidate, Source
from corpus.messages import message
from indexer.metadata.title_rules import is_date_line

TOP_CHARACTERS = 1500
"""Characters at the top of the first page in which a date needs no label."""
MAX_LABEL_CHARACTERS = 100
"""Longest text that a label's pattern can match, which bounds the search before each date."""


@dataclass(frozen=True, slots=True)
class DateOptions:
    """The options for parsing dates: ``day_first`` from the settings, and the ``latest`` day allowed."""

    day_first: bool | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Label:
    name: str
    pattern: re.Pattern[str]
    gap: int  # most characters between the label and the date
    confidence: float
    source: Source

    def reach(self, mention: Mention) -> tuple[int, int]:
        """Return the (start, end) offsets between which a label of this date can be."""
        return max(mention.start - self.gap - MAX_LABEL_CHARACTERS, 0), mention.start + 1


def _label(name: str, pattern: str, gap: int = 24, confidence: float = 0.9, source: Source = Source.LABELLED) -> _Label:
    return _Label(name, re.compile(pattern, re.IGNORECASE | re.MULTILINE), gap, confidence, source)


_CHANGED = (
    r"(?:(?:last|page) )?(?:updated|revised|modified|changed)|dernière (?:mise à jour|modification)|mis à jour"
    r"|(?:última )?actualiza(?:ción|do)|(?:zuletzt |letzte )?(?:geändert|aktualisier(?:t|ung)|änderung)|обновлено"
)
_PLACE = r"[^\W\d_][\w’' .-]{1,30}"
_LABELS: tuple[_Label, ...] = (
    _label("Distr.", r"\bdistr\b\.?(?=\W)", 160, 1.0),
    _label("Date of publication",
           r"\b(?:publication date|date of publication|date published|date of issue|issue date)\b"),
    _label("Published", r"^\W{0,3}(?:first )?(?:published|issued|released|posted)(?: online)?(?: on)?\b\s?:?"),
    _label("Publié", r"^\W{0,3}(?:publiée?|date de publication|paru|publié en ligne)(?: le)?\b\s?:?"),
    _label("Publicado", r"^\W{0,3}(?:publicad[oa]|fecha de publicación|data de publicação|pubblicato"
                        r"|data di pubblicazione)(?: el| em| il)?\b\s?:?"),
    _label("Veröffentlicht", r"\b(?:veröffentlicht|ausgegeben|erschienen|ausgefertigt|verkündet)"
                             r"(?: zu \w{2,20})?(?: am)?\b\s?:?"),
    _label("Date", r"^\W{0,3}(?:date|datum|fecha|data|dated|stand|as of|التاريخ|تاريخ)\s?:", 24),
    _label("Fait à", rf"\bfait à {_PLACE}, ?le\b", 6),
    _label("Done at", rf"^\W{{0,3}}(?:done|signed) (?:at|in) {_PLACE},? (?:on )?(?:this )?", 6, 0.8),
    _label("Hecho en", rf"\b(?:hecho en|feito em|fatto a) {_PLACE}, ?(?:el|a|em|il)?\b", 6, 0.8),
    _label("den", rf"^\W{{0,3}}{_PLACE}, den\b", 4, 0.8),
    _label("le", rf"^\W{{0,3}}{_PLACE}, le\b", 4, 0.8),
    _label("Delivered", r"^\W{0,3}(?:(?:speech|statement|remarks|address) )?(?:delivered|given|made) (?:on|at)\b",
           80, 0.7),
    # The day of the last change, which any other date of the document outranks.
    _label("Last updated", rf"^\W{{0,3}}{_CHANGED}(?: on)?\b\s?:?", 12, 0.5, Source.TEXT),
)  # fmt: skip


def labelled_dates(text: str, date_options: DateOptions) -> Iterator[Candidate]:
    """Yield the date after each label on the page, the nearest one."""
    mentions = find_dates(text, day_first=date_options.day_first, latest=date_options.latest)
    for label in _LABELS:
        # Searching only before the dates rules out most labels without a search of the whole page.
        near = any(label.pattern.search(text, *label.reach(mention)) for mention in mentions)
        match = label.pattern.search(text) if near else None
        if match and (mention := _following(mentions, match.end(), label.gap)):
            detail = str(message("detail.label", name=label.name))
            yield Candidate("date", mention.date.edtf, label.source, detail, mention.printed, label.confidence)


def _following(mentions: Sequence[Mention], label_end: int, gap: int) -> Mention | None:
    return next((mention for mention in mentions if 0 <= mention.start - label_end <= gap), None)


def unlabelled_dates(text: str, date_options: DateOptions) -> Iterator[Candidate]:
    """Yield dates near the top that have no label.

    A date on a line of its own, with at most a place or a reference number beside it, is the document's. So is the
    first date before the text of a report from a place or behind a kind of document, unless the page is a list of
    these: ``London, 12 May 2004 – The guards``, ``Report to the Council, 3 July 1998``. A date inside a sentence or
    brackets more often belongs to something else: its confidence is too low to be chosen.
    """
    top = text[:TOP_CHARACTERS]
    lines = [
        _DateLine.around(mention, top)
        for mention in find_dates(top, day_first=date_options.day_first, latest=date_options.latest)[:MAX_TOP_DATES]
    ]
    for line in lines:
        date = line.mention.date
        confidence, detail = 0.2, "detail.first-page-text"
        if line.is_alone():
            confidence = 0.7 if date.precision is Precision.DAY else 0.5
            detail = "detail.own-line"
        elif line is lines[0] and line.is_beside_text() and not any(other.is_beside_text() for other in lines[1:]):
            confidence, detail = 0.5, "detail.date-line"
        yield Candidate("date", date.edtf, Source.FIRST_PAGE, str(message(detail)), line.mention.printed, confidence)


MAX_TOP_DATES = 5
"""Dates at the top of a page that are examined."""
MAX_KIND_CHARACTERS = 120
"""Longest line of a kind of document, the body it is for, and its date."""


@dataclass(frozen=True, slots=True)
class _DateLine:
    """A date with the text of its line, and the first letter of the next line."""

    mention: Mention
    before: str
    after: str
    next_letter: str

    @classmethod
    def around(cls, mention: Mention, text: str) -> _DateLine:
        """Return the line of a date in a text."""
        start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
        end = end if end >= 0 else len(text)
        before, after = text[start : mention.start].strip(), text[mention.end : end].strip()
        return cls(mention, before, after, text[end + 1 : end + 2])

    def is_alone(self) -> bool:
        """Return whether the line says only when and where, and perhaps under which number."""
        if self.mention.date.precision is Precision.RANGE and not _is_double_issue(self.mention):
            return False  # the days of an event
        line = f"{self.before} {self.mention.printed} {self.after}"
        if not _DEPENDENT.search(line.strip()) and (is_date_line(line, words=3) or self._names_country()):
            return True
        if _PLACE_AND_WORD_FOR_DAY.fullmatch(self.before):
            return len(self.after.split()) <= 1
        is_one_sided = not (self.before and self.after)
        return is_one_sided and _REFERENCE.fullmatch(self.before or self.after) is not None

    def _names_country(self) -> bool:
        """Return whether a place with its country is before the date and nothing behind it."""
        place, _, country = self.before.rstrip(" ,").rpartition(", ")
        is_place = bool(place) and len(self.before) <= MAX_KIND_CHARACTERS and place[0].isupper()
        return is_place and not self.after and country_code(country) is not None

    def is_beside_text(self) -> bool:
        """Return whether the day is between a place and the text, or ends the line of a kind of document."""
        if self.mention.date.precision is not Precision.DAY:
            return False
        if _BEGINNING_OF_REPORT.match(self.after):
            return bool(_PLACE_BEFORE.fullmatch(self.before)) and not _TREATY.search(self.before)
        is_cut_sentence = self.before[:1].islower() or self.next_letter.islower()
        is_kind = not self.after.strip(" .)") and self.before.endswith((",", "(")) and not is_cut_sentence
        return is_kind and len(self.before) <= MAX_KIND_CHARACTERS and bool(_KIND_BEFORE.match(self.before))


def _is_double_issue(mention: Mention) -> bool:
    """Return whether a span is that of a periodical, as May/June 1999."""
    return "/" in mention.printed and all(len(part) == len("1999-05") for part in mention.date.edtf.split("/"))


_REFERENCE = deferred_pattern(
    r"\W*(?:(?:our |your |notre |votre |nuestra |unser )?(?:ref(?:erence|erencia|érence)?|réf|az|aktenzeichen|исх|вх)\b"
    r"(?:[. ]{0,2}(?:no|nr|n[°º]|№))?|no|nr|n[°º]|№)[.:\s]{0,3}[\w./()-]{0,30}\d[\w./()-]{0,30}\W{0,5}",
    re.IGNORECASE,
)
_PLACE_NAME = (
    r"[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]*"
    r"(?:[ ’'./-]{1,2}(?:[^\W\d_a-zß-öø-ÿа-яё][^\W\d_]*|of|and|de|la|du|del|am|an|der|sur|les|na|nad)){0,4}"
)
_PLACE_BEFORE = deferred_pattern(
    rf"(?:\W{{0,2}}{_PLACE_NAME}(?:, {_PLACE_NAME})?)\s?[,，،(（]?(?: (?:le|den|el|a|il))?"
)
_PLACE_AND_WORD_FOR_DAY = deferred_pattern(rf"\W{{0,2}}(?:{_PLACE_NAME}, ?){{1,2}}(?:dnia|dne|dňa|dana|ngày)")
_BEGINNING_OF_REPORT = deferred_pattern(
    r"(?:г(?:\.|ода))?[)）]?\s?(?:\([^()]{2,30}\)\s?)?(?:[–—―]{1,2}|--?\s)\s*[^\sa-z]"
)
_TREATY = deferred_pattern(
    r"\b(?:convention|treat(?:y|ies)|agreement|accords?|protocol|covenant|charter|pact|declaration|constitution|convenio"
    r"|tratado|traité|abkommen|vertrag)\b",
    re.IGNORECASE,
)
_KIND_BEFORE = deferred_pattern(
    r"\W{0,3}(?:[^\W\d_][\w’'-]* ){0,2}?(?:report|statement|speech|address|remarks|lecture|testimony|submission"
    r"|memorandum|paper|letter|note|briefing|rapport|déclaration|discours|allocution|intervention|bericht|rede|erklärung"
    r"|vortrag|informe|declaración|discurso|ponencia|relazione|relatório|доклад|заявление|выступление|речь|отч[её]т|справка"
    r"|raport|verslag|sprawozdanie|zpráva|rapor)\b",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    # Who printed or changed a page, or counts its versions, wrote another day.
    r"[()\[\]]|^\W*(?:of|vom|von|du|del|dated|since|until|from|seit|bis|in|and|or"
    rf"|printed|downloaded|retrieved|accessed|viewed|consulté|imprimé|impreso|gedruckt|abgerufen|распечатано|version|{_CHANGED})\b"
    r"|[,;]\s*$",
    re.IGNORECASE,
)


def title_years(title: str, date_options: DateOptions) -> Iterator[Candidate]:
    """Yield the year or years in a title, a hint of the date where nothing else is known."""
    mentions = find_dates(title, day_first=date_options.day_first, latest=date_options.latest, bare_years=True)
    if len(mentions) == 1:
        mention = mentions[0]
        confidence = 0.35 if mention.date.precision in (Precision.DAY, Precision.MONTH) else 0.3
        yield Candidate(
            "date", mention.date.edtf, Source.FIRST_PAGE, str(message("detail.in-title")), mention.printed, confidence
        )
