"""Recognise pages one after the other, each in its language, and put their texts into a document."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Extraction, Page, Role, State
from corpus.messages import message
from indexer.metadata.language_detection import detect_language
from indexer.ocr.page_jobs import OcrResult, outcome_of_ocr
from indexer.ocr.rendering import DPI, prepare_pages
from indexer.ocr.tesseract import (
    GOOD_CONFIDENCE,
    MIN_CONFIDENCE,
    PAGE_SECONDS,
    PageImage,
    RecognisedText,
    RecognitionError,
    Tesseract,
    better_text,
    installed_tesseract,
    recognise_image,
)
from indexer.ocr.tesseract_languages import LANGUAGE_CODES, TESSERACT_NAMES
from indexer.readers.reader_protocol import Limits, has_text
from indexer.text.garbled.garbled_text import garbled_reason, looks_garbled
from indexer.text.running_heads import strip_running_heads
from indexer.text.text_density import MIN_TYPED_LETTERS, count_letters

READER_NAME = "tesseract"

MIN_DETECTION_LETTERS = 150
"""Fewest letters of a page whose detected language decides how it and the next page are read."""

MIN_DETECTION_CERTAINTY = 0.95
"""Lowest certainty, of 1, at which the detected language decides."""


@dataclass(slots=True)
class _PageReader:
    """Tesseract, the languages to try, and the language that the pages so far were in.

    One language takes half the time of four and makes fewer mistakes. Even read in the wrong one, a page of the same
    script comes out well enough for its language to be detected, though without the right accents.
    """

    engine: Tesseract
    languages: tuple[str, ...]
    expected: tuple[str, ...] = ()

    def read(self, image: PageImage) -> RecognisedText:
        """Return the text of a page, read in the expected language and, where that was wrong, in its own."""
        deadline = time.monotonic() + PAGE_SECONDS
        tried = self.expected or self.languages[:1]
        text = recognise_image(self.engine, image, tried, deadline)
        detected = self._detect(text)
        if detected:
            self.expected = detected
        # A text too short for detection is read in all languages, unless it is good in that of the pages before.
        languages = detected or (self.expected if text.confidence >= GOOD_CONFIDENCE else ()) or self.languages
        if languages == tried:
            return text
        with suppress(RecognitionError):
            text = better_text(text, recognise_image(self.engine, image, languages, deadline))
        return text

    def _detect(self, text: RecognisedText) -> tuple[str, ...]:
        """Return tesseract's names of the language of a text, or none where it is uncertain."""
        codes = {LANGUAGE_CODES[name] for name in self.languages if name in LANGUAGE_CODES}
        too_little = text.confidence < MIN_CONFIDENCE or count_letters(text.text) < MIN_DETECTION_LETTERS
        if len(codes) < 2 or too_little:
            return ()
        detected = detect_language(text.text, tuple(codes))
        if not detected or detected[1] < MIN_DETECTION_CERTAINTY:
            return ()
        return tuple(name for name in TESSERACT_NAMES.get(detected[0], ()) if name in self.languages)


def recognise_pages(
    path: Path,
    numbers: Sequence[int],
    languages: Sequence[str],
    limits: Limits,
    *,
    first_language: str = "",
    dpi: int = DPI,
) -> Iterator[OcrResult]:
    """Recognise pages of a PDF or image file, one at a time and each within its own time limit.

    Args:
        path: the file.
        numbers: of the pages, from 1.
        languages: tesseract's names of those to try; after a page of text the next are read in its language first.
        limits: ``page_characters`` cuts a page's text.
        first_language: BCP 47 code of the language to read in first, where the document's is known.
        dpi: resolution of rendered pages.
    """
    engine = installed_tesseract()
    if engine is None or not languages:
        failure = str(message("ocr.no-tesseract" if engine is None else "ocr.no-language"))
        yield from (OcrResult(number, failure=failure) for number in numbers)
        return
    expected = tuple(name for name in TESSERACT_NAMES.get(first_language, ()) if name in languages)
    reader = _PageReader(engine, tuple(languages), expected)
    for page in prepare_pages(path, numbers, limits, dpi):
        if page.image is None:
            yield OcrResult(page.number, failure=page.failure)
            continue
        try:
            text = reader.read(page.image)
        except RecognitionError as error:
            yield OcrResult(page.number, failure=str(error))
        else:
            legible = text.confidence >= MIN_CONFIDENCE
            yield OcrResult(page.number, text.text[: limits.page_characters] if legible else "")


def add_recognised_text(extraction: Extraction, results: Iterable[OcrResult]) -> Extraction:
    """Put recognised text in the place of pages without text or with garbled text, each marked ``ocr``.

    The state becomes INDEXED when there is text now, and stays WITHOUT_TEXT otherwise. Pages that could not be tried
    make a document with text PARTIAL. A page keeps the reader's text where OCR found fewer letters.
    """
    by_number = {result.number: result for result in results}
    if not by_number or extraction.state is State.FAILED:
        return extraction
    garbled_before = garbled_reason(page.text for page in extraction.text.pages if not page.ocr)
    pages = tuple(_with_text(page, by_number.get(page.number)) for page in extraction.text.pages)
    garbled_after = garbled_reason(page.text for page in pages if not page.ocr)
    text = replace(extraction.text, pages=pages)
    if all(page.ocr for page in text.all_texts if page.text and page.role is not Role.ANNOTATION):
        stripped = strip_running_heads(pages)
        headers_footers = (*text.headers_footers, *stripped.headers_footers)
        text = replace(text, pages=stripped.pages, headers_footers=headers_footers)
    lacks_text = not any(has_text(page.text) for page in text.all_texts if page.role is not Role.ANNOTATION)
    earlier = extraction.reason
    if garbled_before and garbled_before != garbled_after:
        reasons = earlier.replace(garbled_before, garbled_after).split("; ")
        earlier = "; ".join(filter(None, reasons))
    state, reason = outcome_of_ocr(extraction.state, earlier, by_number.values(), lacks_text=lacks_text)
    return replace(extraction, reader=f"{extraction.reader}+{READER_NAME}", text=text, state=state, reason=reason)


def _with_text(page: Page, result: OcrResult | None) -> Page:
    if result is None:
        return page
    least = MIN_TYPED_LETTERS if looks_garbled(page.text) else count_letters(page.text) + 1
    if count_letters(result.text) < least:
        return page
    return replace(page, text=result.text, ocr=True)
