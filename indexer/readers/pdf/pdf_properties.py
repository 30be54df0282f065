"""Properties of a PDF that pypdf reads: metadata (Info, XMP, language) and all values of a form."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PdfReadError, PyPdfError
from pypdf.generic import Field

from corpus.document import Candidate, Source
from indexer.metadata.person_names import split_names
from indexer.readers.property_values import edtf, iso_date, language_code, tidy
from indexer.text.cleaning import clean

T = TypeVar("T")

DAMAGE = (
    PyPdfError, PdfReadError, LimitReachedError, DependencyError, ValueError, LookupError, TypeError, AttributeError,
    AssertionError, ArithmeticError, RuntimeError, EOFError, OSError, MemoryError, struct.error, zlib.error,
)  # fmt: skip
"""Errors that pypdf raises for damaged files, and for large ones. Any other is a fault of ours and is not caught."""
PASSWORD_FLAG = 1 << 13
"""Flag of a text field whose value is shown as stars."""
MAX_OPTIONS = 1_000
"""Choices of one field that are searched for the chosen ones. Of a longer list the stored value is read."""
MAX_FORM_FIELDS = 20_000
"""Fields of a form that is read. PDFium compares each new field with all before: 20,000 take 3 s, 100,000 a minute."""
MAX_AUTHORS = 20
"""Authors taken from one property."""
_PDF_DATE = re.compile(r"(?:D:)?\"?(\d{4})(?:(\d{2})(?:(\d{2}))?)?(?=\D|\d{6}|\Z)")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every damaged object, which the state reports


class SharedReader:
    """The pypdf reader of a PDF, opened once: that takes longer than most of what is asked of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader: PdfReader | None = None

    def __call__(self) -> PdfReader:
        """Return the reader.

        Raises:
            one of `DAMAGE`: as `open_reader`.
        """
        self._reader = self._reader or open_reader(self._path)
        return self._reader

    def forget(self) -> None:
        """Have it opened anew, after whoever used it was interrupted."""
        self._reader = None


def read_properties(open_shared: Callable[[], PdfReader]) -> tuple[Candidate, ...]:
    """Read the file's own title, author, date and language; whatever is damaged is left out."""
    reader = attempt(open_shared, None)
    if reader is None:
        return ()
    return tuple(dict.fromkeys((*_from_xmp(reader), *from_info(_info(reader)), *_language(reader))))


def read_form_values(path: Path) -> tuple[str, ...] | None:
    """Return the values of all text and choice fields of a form, also of fields that no page shows.

    Returns:
        The values; None where the form has more than `MAX_FORM_FIELDS` fields.
    """
    fields: Mapping[str, Field] = attempt(lambda: open_reader(path).get_fields() or {}, {})
    return None if len(fields) > MAX_FORM_FIELDS else tuple(dict.fromkeys(_form_values(fields)))


def open_reader(path: Path) -> PdfReader:
    """Open a PDF with pypdf, with the empty password where it is encrypted.

    Raises:
        one of `DAMAGE`: it is damaged; a PdfReadError with "password" where the empty password is wrong.
    """
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfReadError("needs a password")
    return reader


def read_page_text(path: Path, index: int) -> str:
    """Return the text of one page by pypdf; ``""`` where the page is damaged."""

    def extract() -> str:
        return open_reader(path).pages[index].extract_text()

    return attempt(extract, "")


def attempt(read: Callable[[], T], default: T) -> T:
    """Return what a function reads, or the default where the file is damaged there."""
    try:
        return read()
    except DAMAGE:
        return default


def _info(reader: PdfReader) -> dict[str, str]:
    """Return the Info entries up to the first damaged one."""
    info: dict[str, str] = {}

    def fill() -> None:
        for key, value in (reader.metadata or {}).items():
            info[str(key).removeprefix("/")] = str(value or "")

    attempt(fill, None)
    return info


def from_info(info: Mapping[str, str]) -> Iterator[Candidate]:
    """Yield candidates from a PDF's Info entries (``Title``, ``Author``, ``CreationDate``, ``ModDate``)."""
    if title := tidy(unescape(info.get("Title", ""))):
        yield Candidate("title", title, Source.EMBEDDED, "pdf:Info/Title", confidence=0.6)
    for name in _names(info.get("Author", "")):
        yield Candidate("author", name, Source.EMBEDDED, "pdf:Info/Author", confidence=0.6)
    for key, confidence in (("CreationDate", 0.5), ("ModDate", 0.3)):
        printed = info.get(key, "")
        if date := edtf(_PDF_DATE.match(printed)):
            yield Candidate("date", date, Source.EMBEDDED, f"pdf:Info/{key}", printed, confidence)


def _from_xmp(reader: PdfReader) -> Iterator[Candidate]:
    xmp = attempt(lambda: reader.xmp_metadata, None)
    if xmp is None:
        return
    titles = _strings(lambda: xmp.dc_title)
    if title := tidy(unescape(next(iter(titles), ""))):
        yield Candidate("title", title, Source.EMBEDDED, "xmp:dc:title", confidence=0.7)
    for creator in _strings(lambda: xmp.dc_creator):
        for name in _names(creator):
            yield Candidate("author", name, Source.EMBEDDED, "xmp:dc:creator", confidence=0.7)
    for date in _strings(lambda: xmp.dc_date):
        if value := iso_date(date):
            yield Candidate("date", value, Source.EMBEDDED, "xmp:dc:date", date, 0.6)
    for language in _strings(lambda: xmp.dc_language):
        yield from _language_candidate(language, "xmp:dc:language")


def _names(printed: str) -> list[str]:
    """Return the names in a value; several authors are often in one, and signs may be encoded as in HTML."""
    return split_names(tidy(unescape(printed)))[:MAX_AUTHORS]


def _strings(read: Callable[[], object]) -> list[str]:
    """Return the strings of an XMP property; of a text in several languages, the default language first."""
    values = attempt(read, None)
    if isinstance(values, dict):
        values = [values.get("x-default"), *values.values()]
    return [str(value) for value in values if value] if isinstance(values, list) else []


def _language(reader: PdfReader) -> Iterator[Candidate]:
    value = attempt(lambda: str(reader.root_object.get("/Lang") or ""), "")
    yield from _language_candidate(value, "pdf:Lang")


def _language_candidate(value: str, detail: str) -> Iterator[Candidate]:
    if code := language_code(value):
        yield Candidate("language", code, Source.EMBEDDED, detail, value.strip(), 0.6)


def _form_values(fields: Mapping[str, Field]) -> Iterator[str]:
    for form_field in fields.values():
        flags = form_field.get("/Ff")
        is_password = isinstance(flags, int) and flags & PASSWORD_FLAG
        value = None if is_password or form_field.get("/FT") not in ("/Tx", "/Ch") else form_field.get("/V")
        labels = _option_labels(form_field)
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, str) and (text := clean(labels.get(entry, entry))):
                yield text


def _option_labels(form_field: Field) -> dict[str, str]:
    """Return the label that a viewer shows for each code of a field's options that has one."""
    options = form_field.get("/Opt")
    if not isinstance(options, list) or len(options) > MAX_OPTIONS:
        return {}

    def read_labels() -> dict[str, str]:
        pairs = [option.get_object() for option in options]
        return {
            str(pair[0].get_object()): str(pair[1].get_object())
            for pair in pairs
            if isinstance(pair, list) and len(pair) > 1
        }

    return attempt(read_labels, {})
