"""What a PDF says of itself, read by pypdf: Info, XMP, language, page labels, form values."""

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

# pypdf meets damaged files with these; anything else is a fault of ours and must be seen.
DAMAGE = (
    PyPdfError, PdfReadError, LimitReachedError, DependencyError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, AssertionError, ArithmeticError, RecursionError, NotImplementedError, OSError,
)  # fmt: skip
_PDF_DATE = re.compile(r"(?:D:)?\"?(\d{4})(?:(\d{2})(?:(\d{2}))?)?(?=\D|\d{6}|\Z)")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every damaged object; the state says enough


@dataclass(frozen=True, slots=True)
class Properties:
    """Embedded metadata of one PDF.

    Attributes:
        candidates: of title, author, date and language, all EMBEDDED.
        labels: page numbers as printed, in page order; empty where the file has none.
        form: values filled into its form, or None.
    """

    candidates: tuple[Candidate, ...] = ()
    labels: tuple[str, ...] = ()
    form: Page | None = None

    def label(self, number: int) -> str | None:
        """The printed number of a physical page; None where it has none of its own."""
        label = self.labels[number - 1] if number <= len(self.labels) else ""
        return label if label and label != str(number) else None


def read_properties(path: Path, limits: Limits) -> Properties:
    """What pypdf can make of the file's own metadata; whatever is damaged is left out."""
    reader = _attempt(lambda: open_reader(path), None)
    if reader is None:
        return Properties()
    no_info: dict[str, str] = {}
    candidates = dict.fromkeys(
        (*_from_xmp(reader), *from_info(_attempt(lambda: _info(reader), no_info)), *_language(reader))
    )
    no_labels: tuple[str, ...] = ()
    labels = _attempt(lambda: _labels(reader, limits), no_labels)
    return Properties(tuple(candidates), labels, _attempt(lambda: _form(reader), None))


def open_reader(path: Path) -> PdfReader:
    """A pypdf reader, the empty password tried.

    Raises:
        one of `DAMAGE`; PdfReadError with "password" in it when the empty one does not open the file.
    """
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PdfReadError("needs a password")
    return reader


def read_page_text(path: Path, index: int) -> str:
    """Text of one page by pypdf, ``""`` where it cannot either."""

    def extract() -> str:
        return open_reader(path).pages[index].extract_text()

    return _attempt(extract, "")


def _attempt(work: Callable[[], T], otherwise: T) -> T:
    try:
        return work()
    except DAMAGE:
        return otherwise


def _info(reader: PdfReader) -> dict[str, str]:
    info: dict[str, str] = {}

    def fill() -> None:
        for key, value in (reader.metadata or {}).items():
            info[str(key).removeprefix("/")] = str(value or "")

    _attempt(fill, None)
    return info


def from_info(info: Mapping[str, str]) -> Iterator[Candidate]:
    """Candidates from a PDF's Info entries (``Title``, ``Author``, ``CreationDate``, ``ModDate``)."""
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


def _strings(work: Callable[[], object]) -> list[str]:
    """What an XMP property holds, as strings; of a text in several languages the default one first."""
    found = _attempt(work, None)
    if isinstance(found, dict):
        found = [found.get("x-default"), *found.values()]
    return [str(value) for value in found if value] if isinstance(found, list) else []


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
