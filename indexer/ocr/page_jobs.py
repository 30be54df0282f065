"""What travels between a run and its worker processes about pages to be recognised. Small, and loads no library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import State

READABLE = ("application/pdf", "image/png", "image/jpeg", "image/tiff")
"""Media types of documents that have pages to recognise."""
NOTHING = "OCR found nothing"
_MARK = "OCR "  # begins whatever is said of it in a reason


@dataclass(frozen=True, slots=True)
class OcrResult:
    """What became of one page.

    Attributes:
        number: the page's.
        text: what was recognised; ``""`` where nothing was, or nothing was to be.
        failure: why it could not be tried, for a person; else empty.
    """

    number: int
    text: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """A job: pages of one document to be recognised.

    Attributes:
        file: where the file is.
        part: address of the document inside it; empty for the file itself.
        numbers: of the pages.
        languages: tesseract's names of those to try.
        likely: BCP 47 code of the language to try first, or ``""``.
        coarse: render with less resolution, for what has cost too much before.
    """

    file: str
    part: str
    numbers: tuple[int, ...]
    languages: tuple[str, ...]
    likely: str = ""
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """A job: a document to be described anew with what was recognised in it.

    Attributes:
        file: where the file is.
        part: address of the document inside it; empty for the file itself.
        path: of the document, as the catalogue has it.
        readings: of the pages that were tried.
    """

    file: str
    part: str
    path: str
    readings: tuple[OcrResult, ...]


def judge(state: State, reason: str, readings: Iterable[OcrResult], *, lacking: bool) -> tuple[State, str]:
    """State and reason of a document after its pages have been tried.

    Args:
        state: what it was.
        reason: why; what an earlier attempt said is replaced.
        readings: of this attempt.
        lacking: whether there is still no text on any page.
    """
    earlier = reason.split(f"; {_MARK}", maxsplit=1)[0]
    earlier = "" if earlier.startswith(_MARK) else earlier
    trouble = _say_failed([reading for reading in readings if reading.failure])
    if lacking:
        return state, "; ".join(filter(None, (earlier, trouble or NOTHING)))
    kept = earlier if state is State.PARTIAL else ""
    partial = bool(kept or trouble)
    return (State.PARTIAL if partial else State.INDEXED), "; ".join(filter(None, (kept, trouble)))


def _say_failed(failed: list[OcrResult]) -> str:
    if not failed:
        return ""
    first = failed[0]
    if len(failed) == 1:
        return f"{_MARK}failed on page {first.number:,}: {first.failure}"
    return f"{_MARK}failed on {len(failed):,} pages, the first of them page {first.number:,}: {first.failure}"
