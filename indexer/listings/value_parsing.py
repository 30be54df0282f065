"""From the words of a listing to values: dates that stand alone, categories, languages, countries, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.date_text import find_dates
from corpus.dates import parse_edtf
from corpus.field_values import stored_value
from corpus.fields import METADATA, Field, ValueKind
from corpus.listing import Item, ListingDiagnostic, Severity, fold_title
from indexer.metadata.selection import Context
from indexer.text.cleaning import clean

DEFAULT_CONTEXT = Context()
"""What is known of an archive that says nothing about itself."""

MAX_VALUE_CHARACTERS = 1000
"""Characters of a title, a link or any other value; what is longer is text."""
MAX_DATE_LINE_CHARACTERS = 80
"""Characters of a line that is nothing but a date and the words around one."""

# Words that may stand beside a date without making its line anything else.
_AROUND_WORDS = (
    "date dated published publication posted issued released updated created on the of in le la el du del de den am vom"
    " il au publié publiée paru publicado publicada veröffentlicht pubblicato fecha data datum mis à jour actualizado"
    " pdf doc docx odt rtf html epub ppt pptx xls xlsx zip kb mb ko mo kib mib page pages file download"
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur fri sat sun"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag segunda terça quarta quinta sexta feira"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " تاريخ"
)
_AROUND = frozenset(_AROUND_WORDS.split())
_SIZES = frozenset({"kb", "mb", "ko", "mo", "kib", "mib", "page", "pages"})
_RENEWED = frozenset({"updated", "mis", "actualizado"})
_ISO_TIME = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.+Z -]*")
FORMAT_WORDS = frozenset(
    {"pdf", "doc", "docx", "odt", "rtf", "html", "htm", "epub", "ppt", "pptx", "xls", "xlsx", "ods", "odp", "zip"}
    | {"csv", "txt", "web", "word"}
)  # fmt: skip
"""Words that name a file's format, which some pages call its type."""


def parse_lone_date(text: str, context: Context) -> str:
    """The one date that ``text`` as a whole is, as EDTF; ``""`` when it is anything else or more than that.

    Weekdays, "Published on", a file's size and the like may stand beside it.
    """
    line = text.strip()
    if not line or len(line) > MAX_DATE_LINE_CHARACTERS or "©" in line:
        return ""
    if exact := parse_edtf(line):
        return exact.edtf
    if stamp := _ISO_TIME.fullmatch(line):
        return stamp[1] if parse_edtf(stamp[1]) else ""
    mentions = find_dates(line, day_first=context.day_first, bare_years=True)
    if not mentions:
        return ""
    rest = line
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    words = re.findall(r"\w+", rest.casefold())
    if len(mentions) > 1 and not _RENEWED.intersection(words):
        return ""
    figures = bool(_SIZES.intersection(words))
    alone = all(word in _AROUND or (figures and word.isdecimal()) for word in words)
    return mentions[0].date.edtf if alone else ""


def parse_date_and_category(text: str, context: Context) -> tuple[str, str, str] | None:
    """(EDTF, its words, the category's words) of a text that is a date and a category: ``Report, 6 August 2021``."""
    mentions = (
        find_dates(text, day_first=context.day_first, bare_years=True) if len(text) <= MAX_DATE_LINE_CHARACTERS else []
    )
    if len(mentions) != 1:
        return None
    rest = (text[: mentions[0].start] + " " + text[mentions[0].end :]).strip(" ,;:|()[]–—-·•/")
    return (mentions[0].date.edtf, mentions[0].printed, rest) if context.categories.match(rest) else None


def infer_day_first(values: Iterable[str]) -> bool | None:
    """How a column writes 04/03/2019, when another of its dates (``25/03/2019``) can be read one way only."""
    found = [(int(a), int(b)) for value in values for a, b in re.findall(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b", value)]
    day, month = any(a > 12 >= b for a, b in found), any(b > 12 >= a for a, b in found)
    return day if day != month else None


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """An item, or None where nothing is left of it, and what was odd."""

    item: Item | None
    diagnostics: tuple[ListingDiagnostic, ...]


def parse_item(words: Mapping[str, Sequence[str]], row: int, context: Context) -> ParsedItem:
    """Make an item of the words found for each field: the first that can be read stands.

    Args:
        words: words by field name; of ``author`` every one counts.
        row: where it stands.
        context: the archive's lists and settings.
    """
    odd: list[ListingDiagnostic] = []
    printed: list[tuple[str, str]] = []
    metadata: list[tuple[str, str]] = []
    tidy = {field: [one for text in texts if (one := clean_value(text))] for field, texts in words.items()}
    for field in METADATA:
        texts = tidy.get(field.name, [])
        if field.several:
            metadata += [(field.name, value) for value in split_values(texts)]
            continue
        value, words_there = _value(field, texts, context, odd, row)
        metadata += [(field.name, value)] if value else []
        printed += [(field.name, words_there)] if value and words_there != value else []
    item = Item(
        row, tuple(metadata), _first(tidy, "link"), _first(tidy, "identifier"),
        _digest(_first(tidy, "digest"), odd, row), tuple(printed),
    )  # fmt: skip
    if item.title or item.link or item.identifier or item.digest:
        return ParsedItem(item, tuple(odd))
    return ParsedItem(None, (*odd, ListingDiagnostic(Severity.ERROR, "no title, link, id or digest: left out", row)))


def clean_value(text: str) -> str:
    """One line of clean text, cut at `MAX_VALUE_CHARACTERS`."""
    return " ".join(clean(text[: 4 * MAX_VALUE_CHARACTERS]).split())[:MAX_VALUE_CHARACTERS]


def split_values(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the values in ``Doe, Jane; Roe, Rex`` or ``Jane Doe | Rex Roe``, each once."""
    values = (value.strip() for text in texts for value in re.split(r"[;|]", text))
    return tuple(dict.fromkeys(filter(None, values)))


def drop_repeats(items: Iterable[Item]) -> tuple[tuple[Item, ...], list[ListingDiagnostic]]:
    """The items, each once; a repetition says the same of everything that tells documents apart."""
    first: dict[tuple[str, ...], Item] = {}
    odd = []
    for item in items:
        version = (item.value("date"), item.value("language"))
        key = (fold_title(item.title), *version, item.link, item.identifier, item.digest)
        if key in first:
            odd.append(
                ListingDiagnostic(
                    Severity.WARNING, f"said before, at {first[key].row}: {item.title or item.link}", item.row
                )
            )
        else:
            first[key] = item
    return tuple(first.values()), odd


def _first(tidy: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(tidy.get(field, ())), "")


def _value(
    field: Field, texts: Sequence[str], context: Context, odd: list[ListingDiagnostic], row: int
) -> tuple[str, str]:
    """(value, words as they stand) of a field that has one value: that of the first words that can be read."""
    for text in texts:
        for one in (text, *_alternatives(field, text)):
            value = _read(field, one, context)
            if value:
                if field.value is ValueKind.DATE and len(value) == 4 and len(one) > 7:
                    odd.append(ListingDiagnostic(Severity.INFO, f"of the date {one!r} only the year is certain", row))
                return value, one
    if not texts:
        return "", ""
    if field.value is ValueKind.CATEGORY:
        odd.append(
            ListingDiagnostic(Severity.WARNING, f"category {texts[0]!r} is not in the archive's list; kept", row)
        )
        return texts[0], texts[0]
    odd.append(ListingDiagnostic(Severity.WARNING, f"{field.name} {texts[0]!r} cannot be read; left out", row))
    return "", ""


def _alternatives(field: Field, text: str) -> list[str]:
    return [] if field.value is ValueKind.DATE else [part.strip() for part in re.split(r"[;|]", text)]


def _read(field: Field, text: str, context: Context) -> str:
    if field.value is ValueKind.DATE:
        return parse_lone_date(text, context)
    return stored_value(field, text, context.categories) or ""


def _digest(text: str, odd: list[ListingDiagnostic], row: int) -> str:
    if not text:
        return ""
    figures = text.lower().removeprefix("sha256:").strip()
    if re.fullmatch(r"[0-9a-f]{64}", figures):
        return f"sha256:{figures}"
    odd.append(ListingDiagnostic(Severity.WARNING, f"digest {text[:80]!r} is not a SHA-256; left out", row))
    return ""
