"""The jobs that a run sends to its worker processes for OCR, and what they return. It loads no library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import State
from corpus.messages import message

OCR_MEDIA_TYPES = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
"""Media types of documents whose pages OCR can recognise."""

_ADDED_REASON = re.compile(r"(?:\A|; )OCR (?:found|failed)")
"""Beginning of a reason that `outcome_of_ocr` added, which a later attempt replaces."""


@dataclass(frozen=True, slots=True)
class OcrResult:
    """The result for one page.

    Attributes:
        number: the page's.
        text: what was recognised; ``""`` where there is nothing to recognise, or nothing legible.
        failure: why the page could not be tried, as a sentence; else empty.
    """

    number: int
    text: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class PageJob:
    """A job: pages of one document to be recognised.

    Attributes:
        file: location of the file.
        address: of the document inside it; empty for the file itself.
        numbers: of the pages.
        languages: tesseract's names of those to try.
        first_language: BCP 47 code of the language to try first, or ``""``.
        coarse: render at a lower resolution, for pages on which a first attempt died.
    """

    file: str
    address: str
    numbers: tuple[int, ...]
    languages: tuple[str, ...]
    first_language: str = ""
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class CompletionJob:
    """A job: a document to be described again with the text that was recognised in it.

    Attributes:
        file: location of the file.
        address: of the document inside it; empty for the file itself.
        path: of the document, as the catalogue has it.
        results: of the pages that were tried.
    """

    file: str
    address: str
    path: str
    results: tuple[OcrResult, ...]


def outcome_of_ocr(
    state: State, reason: str, results: Iterable[OcrResult], *, lacks_text: bool
) -> tuple[State, str]:  # fmt: skip
    """Return the state and the reason of a document after OCR.

    Args:
        state: its state before.
        reason: of that state; what an earlier attempt added is replaced.
        results: of the pages tried.
        lacks_text: whether there is still no text on any page.
    """
    earlier = _ADDED_REASON.split(reason, maxsplit=1)[0]
    failure = _describe_failures([result for result in results if result.failure])
    if lacks_text:
        return state, "; ".join(filter(None, (earlier, failure or str(message("ocr.no-text")))))
    earlier_reason = earlier if state is State.PARTIAL else ""
    is_partial = bool(earlier_reason or failure)
    return (State.PARTIAL if is_partial else State.INDEXED), "; ".join(filter(None, (earlier_reason, failure)))


def _describe_failures(failed: list[OcrResult]) -> str:
    if not failed:
        return ""
    first = failed[0]
    if len(failed) == 1:
        return str(message("ocr.failed-page", page=first.number, reason=first.failure))
    return str(message("ocr.failed-pages", count=len(failed), page=first.number, reason=first.failure))
