"""Parse the words of a listing: dates, categories, languages, countries, names and whole items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.categories import MAX_NAME_CHARACTERS
from corpus.dates.date_text import find_dates
from corpus.dates.edtf import parse_edtf, short_span
from corpus.dates.undated import says_undated
from corpus.field_values import stored_value
from corpus.fields import METADATA, Field, ValueKind
from corpus.listing import Item, ListingDiagnostic, Severity, fold_title
from corpus.messages import message
from indexer.metadata.selection import Context
from indexer.readers.formats import FORMATS
from indexer.text.cleaning import clean

DEFAULT_CONTEXT = Context()
"""The context of an archive without settings of its own."""

MAX_VALUE_CHARACTERS = 1000
"""Longest title, link or other value; anything longer is running text."""
MAX_FIELD_VALUES = 100
"""Most values of one field, such as authors; a hostile listing has as many as fit into its file."""
MAX_SHOWN_CHARACTERS = 80
"""Characters of a value that a message about it shows."""
MAX_DATE_LINE_CHARACTERS = 80
"""Longest line that can be a date with the words around it."""

FORMAT_WORDS = frozenset({*(row.name for row in FORMATS), "htm", "csv", "web", "word"})
"""Names of file formats, which some pages print where others have a category."""

# Words that a line can contain beside its date and still be a date line.
_WORDS_AROUND_DATES = (
    "date dated published publication posted issued released updated created on the of in le la el du del de den am vom"
    " il au publié publiée paru publicado publicada veröffentlicht pubblicato fecha data datum mis à jour actualizado"
    " kb mb ko mo kib mib page pages file download"
    " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur fri sat sun"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo"
    " montag dienstag mittwoch donnerstag freitag samstag sonntag segunda terça quarta quinta sexta feira"
    " понедельник вторник среда четверг пятница суббота воскресенье года год г 年 年度 fy"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " تاريخ"
)
_AROUND = frozenset({*_WORDS_AROUND_DATES.split(), *FORMAT_WORDS})
_SIZES = frozenset({"kb", "mb", "ko", "mo", "kib", "mib", "page", "pages"})
_UPDATE_WORDS = frozenset({"updated", "mis", "actualizado"})
_ISO_TIME = re.compile(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.+Z -]*")


def parse_lone_date(text: str, context: Context) -> str:
    """Return the date that ``text`` consists of, as EDTF; ``""`` when it contains anything else.

    Weekdays, "Published on", a file's size and the like are allowed beside the date.
    """
    line = text.strip()
    if not line or len(line) > MAX_DATE_LINE_CHARACTERS or "©" in line:
        return ""
    if exact := parse_edtf(_years_before_seasons(line)):
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
    if len(mentions) > 1 and not _UPDATE_WORDS.intersection(words):
        return ""
    figures = bool(_SIZES.intersection(words))
    alone = all(word in _AROUND or (figures and word.isdecimal()) for word in words)
    return mentions[0].date.edtf if alone else ""


def _years_before_seasons(text: str) -> str:
    """Return ``2021/2022`` for ``2021-22``, which is also EDTF's summer of 2021; other text as it is."""
    years = re.fullmatch(r"(\d{4})-(\d\d)", text)
    is_season = years and parse_edtf(text) and int(years[2]) > 12
    return (short_span(years[1], years[2]) or text) if years and is_season else text


def parse_date_and_category(text: str, context: Context) -> tuple[str, str, str] | None:
    """Parse a text that is a date and a category, such as ``Report, 6 August 2021``.

    Returns:
        (EDTF, words of the date, words of the category), or None when the text is anything else.
    """
    mentions = (
        find_dates(text, day_first=context.day_first, bare_years=True) if len(text) <= MAX_DATE_LINE_CHARACTERS else []
    )
    if len(mentions) != 1:
        return None
    rest = (text[: mentions[0].start] + " " + text[mentions[0].end :]).strip(" ,;:|()[]–—-·•/")
    return (mentions[0].date.edtf, mentions[0].printed, rest) if context.categories.match(rest) else None


def infer_day_first(values: Iterable[str]) -> bool | None:
    """Return whether a column writes the day first in dates like 04/03/2019.

    Returns:
        None when no date of the column, such as 25/03/2019, decides it.
    """
    pairs = [(int(a), int(b)) for value in values for a, b in re.findall(r"\b(\d{1,2})[/-](\d{1,2})[/-]\d{4}\b", value)]
    day, month = any(a > 12 >= b for a, b in pairs), any(b > 12 >= a for a, b in pairs)
    return day if day != month else None


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """An item, or None where nothing identifies its document, and diagnostics."""

    item: Item | None
    diagnostics: tuple[ListingDiagnostic, ...]


def parse_item(words: Mapping[str, Sequence[str]], row: int, context: Context) -> ParsedItem:
    """Build an item from the words found for each field, using the first words that can be parsed.

    Args:
        words: words by field name; all of them are used for a field that can have several values.
        row: line or row of the item.
        context: the archive's lists and settings.
    """
    diagnostics: list[ListingDiagnostic] = []
    printed: list[tuple[str, str]] = []
    metadata: list[tuple[str, str]] = []
    cleaned = {
        field: [line for text in texts[: MAX_FIELD_VALUES + 1] if (line := clean_value(text))]
        for field, texts in words.items()
    }
    for field in METADATA:
        texts = cleaned.get(field.name, [])
        if field.several:
            values = split_values(texts)
            metadata += [(field.name, value) for value in values[:MAX_FIELD_VALUES]]
            if len(values) > MAX_FIELD_VALUES:
                too_many = message("listing.too-many-values", field=field.name, limit=MAX_FIELD_VALUES)
                diagnostics.append(ListingDiagnostic(Severity.WARNING, too_many, row))
            continue
        value, printed_words = _value(field, texts, context, diagnostics, row)
        metadata += [(field.name, value)] if value else []
        printed += [(field.name, printed_words)] if value and printed_words != value else []
    item = Item(
        row, tuple(metadata), _first(cleaned, "link"), _first(cleaned, "identifier"),
        _digest(_first(cleaned, "digest"), diagnostics, row), tuple(printed),
    )  # fmt: skip
    if item.title or item.link or item.identifier or item.digest:
        return ParsedItem(item, tuple(diagnostics))
    return ParsedItem(
        None, (*diagnostics, ListingDiagnostic(Severity.ERROR, message("listing.nothing-identifying"), row))
    )


def clean_value(text: str) -> str:
    """Return ``text`` as one clean line of at most `MAX_VALUE_CHARACTERS`. The function is idempotent."""
    line = " ".join(clean(text[: 4 * MAX_VALUE_CHARACTERS]).split())
    return clean(line[:MAX_VALUE_CHARACTERS])  # what stood before a blank or the cut may be cleaned away at an end


def split_values(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the values in ``Doe, Jane; Roe, Rex`` or ``Jane Doe | Rex Roe``, each once."""
    values = (value.strip() for text in texts for value in re.split(r"[;|]", text))
    return tuple(dict.fromkeys(filter(None, values)))


def drop_repeats(items: Iterable[Item]) -> tuple[tuple[Item, ...], list[ListingDiagnostic]]:
    """Return each item once, with a diagnostic for each repetition.

    Items repeat each other when they agree in title, date, language, link, id and digest.
    """
    first: dict[tuple[str, ...], Item] = {}
    diagnostics = []
    for item in items:
        version = (item.value("date"), item.value("language"))
        key = (fold_title(item.title), *version, item.link, item.identifier, item.digest)
        if key in first:
            repeated = message("listing.repeated", item=_shown(item.title or item.link), row=first[key].row)
            diagnostics.append(ListingDiagnostic(Severity.WARNING, repeated, item.row))
        else:
            first[key] = item
    return tuple(first.values()), diagnostics


def _first(cleaned: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(cleaned.get(field, ())), "")


def _value(
    field: Field, texts: Sequence[str], context: Context, diagnostics: list[ListingDiagnostic], row: int
) -> tuple[str, str]:
    """Return (value, printed words) of a field with one value, from the first words that can be parsed."""
    for text in texts:
        for words in (text, *_alternatives(field, text)):
            if field.value is ValueKind.DATE and says_undated(words):
                return "", ""
            value = _read(field, words, context)
            if value:
                if field.value is ValueKind.DATE and len(value) == 4 and len(words) > 7:
                    diagnostics.append(
                        ListingDiagnostic(Severity.INFO, message("listing.only-year", date=_shown(words)), row)
                    )
                return value, words
    if not texts:
        return "", ""
    if field.value is ValueKind.CATEGORY and len(texts[0]) <= MAX_NAME_CHARACTERS:
        diagnostics.append(ListingDiagnostic(Severity.WARNING, message("listing.new-category", category=texts[0]), row))
        return texts[0], texts[0]
    diagnostics.append(
        ListingDiagnostic(
            Severity.WARNING, message("listing.unknown-value", field=field.name, value=_shown(texts[0])), row
        )
    )
    return "", ""


def _shown(value: str) -> str:
    """Return a value as a message shows it."""
    return value if len(value) <= MAX_SHOWN_CHARACTERS else f"{value[:MAX_SHOWN_CHARACTERS]}…"


def _alternatives(field: Field, text: str) -> list[str]:
    return [] if field.value is ValueKind.DATE else [part.strip() for part in re.split(r"[;|]", text)]


def _read(field: Field, text: str, context: Context) -> str:
    if field.value is ValueKind.DATE:
        return parse_lone_date(text, context)
    return stored_value(field, text, context.categories) or ""


def _digest(text: str, diagnostics: list[ListingDiagnostic], row: int) -> str:
    if not text:
        return ""
    figures = text.lower().removeprefix("sha256:").strip()
    if re.fullmatch(r"[0-9a-f]{64}", figures):
        return f"sha256:{figures}"
    diagnostics.append(ListingDiagnostic(Severity.WARNING, message("listing.not-a-digest", digest=text[:80]), row))
    return ""
