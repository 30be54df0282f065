"""Metadata of a PDF, read by pypdf: Info, XMP, language, page labels, form values."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PdfReadError, PyPdfError

from corpus.document import Candidate, Page, Role, Source
from indexer.readers.property_values import edtf, iso_date, language_code, tidy
from indexer.readers.reader_protocol import Limits
from indexer.text.cleaning import clean

T = TypeVar("T")

DAMAGE = (
    PyPdfError, PdfReadError, LimitReachedError, DependencyError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, AssertionError, ArithmeticError, RecursionError, NotImplementedError, OSError,
)  # fmt: skip
"""Errors that pypdf raises for damaged files. Any other is a fault of ours and is not caught."""
_PDF_DATE = re.compile(r"(?:D:)?\"?(\d{4})(?:(\d{2})(?:(\d{2}))?)?(?=\D|\d{6}|\Z)")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every damaged object, which the state reports


@dataclass(frozen=True, slots=True)
class Properties:
    """Embedded metadata of one PDF.

    Attributes:
        candidates: of title, author, date and language, all EMBEDDED.
        labels: page numbers as printed, in page order; empty where the file has none.
        form: the values of its form fields, or None.
    """

    candidates: tuple[Candidate, ...] = ()
    labels: tuple[str, ...] = ()
    form: Page | None = None

    def label(self, number: int) -> str | None:
        """Return the printed number of a physical page; None where it is the same number, or there is none."""
        label = self.labels[number - 1] if number <= len(self.labels) else ""
        return label if label and label != str(number) else None


def read_properties(path: Path, limits: Limits) -> Properties:
    """Read the file's own metadata; whatever is damaged is left out."""
    reader = _attempt(lambda: open_reader(path), None)
    if reader is None:
        return Properties()
    candidates = dict.fromkeys((*_from_xmp(reader), *from_info(_info(reader)), *_language(reader)))
    no_labels: tuple[str, ...] = ()
    labels = _attempt(lambda: _labels(reader, limits), no_labels)
    return Properties(tuple(candidates), labels, _attempt(lambda: _form(reader), None))


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

    return _attempt(extract, "")


def _attempt(read: Callable[[], T], default: T) -> T:
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

    _attempt(fill, None)
    return info


def from_info(info: Mapping[str, str]) -> Iterator[Candidate]:
    """Yield candidates from a PDF's Info entries (``Title``, ``Author``, ``CreationDate``, ``ModDate``)."""
    for key, field in (("Title", "title"), ("Author", "author")):
        if value := tidy(info.get(key, "")):
            yield Candidate(field, value, Source.EMBEDDED, f"pdf:Info/{key}", confidence=0.6)
    for key, confidence in (("CreationDate", 0.5), ("ModDate", 0.3)):
        printed = info.get(key, "")
        if date := edtf(_PDF_DATE.match(printed)):
            yield Candidate("date", date, Source.EMBEDDED, f"pdf:Info/{key}", printed, confidence)


def _from_xmp(reader: PdfReader) -> Iterator[Candidate]:
    xmp = _attempt(lambda: reader.xmp_metadata, None)
    if xmp is None:
        return
    titles = _strings(lambda: xmp.dc_title)
    if title := tidy(next(iter(titles), "")):
        yield Candidate("title", title, Source.EMBEDDED, "xmp:dc:title", confidence=0.7)
    for creator in _strings(lambda: xmp.dc_creator):
        if name := tidy(creator):
            yield Candidate("author", name, Source.EMBEDDED, "xmp:dc:creator", confidence=0.7)
    for date in _strings(lambda: xmp.dc_date):
        if value := iso_date(date):
            yield Candidate("date", value, Source.EMBEDDED, "xmp:dc:date", date, 0.6)
    for language in _strings(lambda: xmp.dc_language):
        yield from _language_candidate(language, "xmp:dc:language")


def _strings(read: Callable[[], object]) -> list[str]:
    """Return the strings of an XMP property; of a text in several languages, the default language first."""
    values = _attempt(read, None)
    if isinstance(values, dict):
        values = [values.get("x-default"), *values.values()]
    return [str(value) for value in values if value] if isinstance(values, list) else []


def _language(reader: PdfReader) -> Iterator[Candidate]:
    value = _attempt(lambda: str(reader.root_object.get("/Lang") or ""), "")
    yield from _language_candidate(value, "pdf:Lang")


def _language_candidate(value: str, detail: str) -> Iterator[Candidate]:
    if code := language_code(value):
        yield Candidate("language", code, Source.EMBEDDED, detail, value.strip(), 0.6)


def _labels(reader: PdfReader, limits: Limits) -> tuple[str, ...]:
    if "/PageLabels" not in reader.root_object or len(reader.pages) > limits.pages:
        return ()
    return tuple(tidy(label) for label in reader.page_labels)


def _form(reader: PdfReader) -> Page | None:
    if "/AcroForm" not in reader.root_object:
        return None
    fields = reader.get_form_text_fields() or {}
    values = dict.fromkeys(clean(str(value)) for value in fields.values() if value)
    return Page(1, "\n".join(filter(None, values)), role=Role.BOILERPLATE) if any(values) else None
