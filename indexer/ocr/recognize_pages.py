"""Pages recognised one after the other, and what was recognised put into what a reader gave."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Extraction, Page, State
from indexer.metadata.language_detection import detect_language
from indexer.ocr.page_jobs import READABLE, OcrResult, judge
from indexer.ocr.rendering import DPI, images_of
from indexer.ocr.tesseract import LEAST, SECONDS, SURE, Image, Tesseract, Text, Trouble, better, installed, read_image
from indexer.ocr.tesseract_languages import CODES, NAMES
from indexer.readers.reader_protocol import Limits, has_text
from indexer.text.cleaning import strip_running_heads
from indexer.text.text_density import FEW_LETTERS, count_letters

NAME = "tesseract"
NOT_INSTALLED = "tesseract is not installed"
TELLING, CERTAIN = 150, 0.95
"""Letters of a text, and sureness of its language, from which on that decides how it and the next page are read."""


@dataclass(slots=True)
class _Reader:
    """Tesseract, the languages to try, and the one that the pages so far were in.

    One language is read in half the time of four and with fewer mistakes. Even in the wrong one a page of the same
    script comes out well enough for its language to be told, though without the right accents.
    """

    engine: Tesseract
    languages: tuple[str, ...]
    likely: tuple[str, ...] = ()

    def read(self, image: Image) -> Text:
        """A page's text, read in the likely language, and where that was the wrong one, again."""
        until = time.monotonic() + SECONDS
        guess = self.likely or self.languages[:1]
        text = read_image(self.engine, image, guess, until)
        told = self._tell(text)
        if told:
            self.likely = told
        # What is too short to tell is read in all of them, unless the pages before have told.
        wanted = told or (self.likely if text.confidence >= SURE else ()) or self.languages
        if wanted == guess:
            return text
        with suppress(Trouble):
            text = better(text, read_image(self.engine, image, wanted, until))
        return text

    def _tell(self, text: Text) -> tuple[str, ...]:
        """Tesseract's names of the language of a text, where that is plain."""
        codes = {CODES[name] for name in self.languages if name in CODES}
        if len(codes) < 2 or text.confidence < LEAST or count_letters(text.text) < TELLING:
            return ()
        found = detect_language(text.text, tuple(codes))
        return self._names(found[0]) if found and found[1] >= CERTAIN else ()

    def _names(self, code: str) -> tuple[str, ...]:
        return tuple(name for name in NAMES.get(code, ()) if name in self.languages)


def recognise_pages(
    path: Path, numbers: Sequence[int], languages: Sequence[str], limits: Limits, *, likely: str = "", dpi: int = DPI
) -> Iterator[OcrResult]:
    """Recognise pages of a PDF or image file, one at a time and each within its own time.

    Args:
        path: the file.
        numbers: of the pages, from 1.
        languages: tesseract's names of those to try; after a page of text the next are read in its language first.
        limits: caps; ``page_characters`` cuts a page's text.
        likely: BCP 47 code of the language to read in first, where the document's is known.
        dpi: resolution of rendered pages.
    """
    engine = installed()
    if engine is None or not languages:
        why = NOT_INSTALLED if engine is None else "tesseract has none of the languages"
        yield from (OcrResult(number, failure=why) for number in numbers)
        return
    reader = _Reader(engine, tuple(languages), tuple(name for name in NAMES.get(likely, ()) if name in languages))
    for shot in images_of(path, numbers, limits, dpi):
        if shot.image is None:
            yield OcrResult(shot.number, failure=shot.failure)
            continue
        try:
            text = reader.read(shot.image)
        except Trouble as trouble:
            yield OcrResult(shot.number, failure=str(trouble))
        else:
            yield OcrResult(shot.number, text.text[: limits.page_characters] if text.confidence >= LEAST else "")


def pages_wanting(extraction: Extraction) -> tuple[int, ...]:
    """Numbers of the pages that may be scans: hardly a letter, and not from OCR already.

    Whether there is anything on them to recognise is seen when they are rendered.
    """
    if extraction.media_type not in READABLE or extraction.state is State.FAILED:
        return ()
    return tuple(
        page.number for page in extraction.text.pages if not page.ocr and count_letters(page.text) < FEW_LETTERS
    )


def ocr(extraction: Extraction, path: Path, languages: Sequence[str], limits: Limits | None = None) -> Extraction:
    """Recognise the pages of a document that want it; see `complete`.

    Args:
        extraction: what the reader gave.
        path: the file.
        languages: tesseract's names of those to try.
        limits: caps, the usual ones by default.
    """
    wanting = pages_wanting(extraction)
    return complete(extraction, tuple(recognise_pages(path, wanting, languages, limits or Limits())))


def complete(extraction: Extraction, readings: Iterable[OcrResult]) -> Extraction:
    """Put what was recognised in the place of pages without text, each marked ``ocr``.

    The state becomes INDEXED when there is text now, and stays WITHOUT_TEXT otherwise; pages that could not be tried
    make a document with text PARTIAL. What the reader gave stands where OCR gave fewer letters.
    """
    found = {reading.number: reading for reading in readings}
    if not found or extraction.state is State.FAILED:
        return extraction
    pages = tuple(_with_text(page, found.get(page.number)) for page in extraction.text.pages)
    text = replace(extraction.text, pages=pages)
    if all(page.ocr for page in text.all_texts if page.text):
        stripped = strip_running_heads(pages)
        headers_footers = (*text.headers_footers, *stripped.headers_footers)
        text = replace(text, pages=stripped.pages, headers_footers=headers_footers)
    lacking = not any(has_text(page.text) for page in text.all_texts)
    state, reason = judge(extraction.state, extraction.reason, found.values(), lacking=lacking)
    return replace(extraction, reader=f"{extraction.reader}+{NAME}", text=text, state=state, reason=reason)


def _with_text(page: Page, reading: OcrResult | None) -> Page:
    if reading is None or count_letters(reading.text) <= count_letters(page.text):
        return page
    return replace(page, text=reading.text, ocr=True)
