"""The program tesseract: whether it is installed, and the text it recognises in an image."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.messages import message
from indexer.text.cleaning import clean

PAGE_SECONDS = 60.0
"""Time one page may take by the clock."""

QUERY_SECONDS = 10.0
"""Time tesseract may take to report its version or its languages."""

MIN_CONFIDENCE = 45.0
"""Lowest mean confidence, of 100, of text that is kept. Less is noise, as from a photograph or an unknown script."""

GOOD_CONFIDENCE = 75.0
"""Lowest mean confidence without a second attempt in another way. Clean type has 90 and more."""

ORIENTATION_DATA = "osd"
"""The traineddata with which tesseract detects that a page lies on its side."""

_VERSION = re.compile(r"tesseract v?(\d+(?:\.\d+)*)")
_WORD_LEVEL = "5"  # of a row in the table that tesseract prints


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract.

    Attributes:
        path: of the program.
        version: e.g. ``5.3.0``.
        languages: its names of the languages it has, e.g. ``eng``.
        detects_orientation: whether it can detect that a page lies on its side.
    """

    path: str
    version: str
    languages: tuple[str, ...]
    detects_orientation: bool = False


@dataclass(frozen=True, slots=True)
class PageImage:
    """The image of a page.

    Attributes:
        content: the image as PGM, or the file that is one.
        dpi: its resolution; 0 leaves that to the file.
        page: the page of a TIFF file of several, from 0; -1 is the image itself.
    """

    content: bytes | Path
    dpi: int = 0
    page: int = -1


@dataclass(frozen=True, slots=True)
class RecognisedText:
    """The cleaned text of an image, and tesseract's mean confidence (0 to 100), weighted by word length."""

    text: str = ""
    confidence: float = 0.0


class RecognitionError(Exception):
    """A page cannot be recognised. It fails that page only.

    Args:
        code: the reason's row in `corpus.messages`.
        parameters: values for the placeholders of its sentence.
    """

    def __init__(self, code: str, /, **parameters: object) -> None:
        super().__init__(str(message(code, **parameters)))


@cache
def installed_tesseract() -> Tesseract | None:
    """Return the tesseract on the PATH, or None where there is none that answers."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    version = _VERSION.search(_query(program, "--version"))
    names = [line.strip() for line in _query(program, "--list-langs").splitlines()[1:]]
    if version is None or not names:
        return None
    languages = tuple(name for name in names if name not in ("", ORIENTATION_DATA))
    return Tesseract(program, version[1], languages, ORIENTATION_DATA in names)


def _query(program: str, option: str) -> str:
    try:
        answer = subprocess.run([program, option], capture_output=True, timeout=QUERY_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    # Old versions answer on standard error.
    return (answer.stdout or answer.stderr).decode("utf-8", "replace")


def recognise_image(
    engine: Tesseract, image: PageImage, languages: Sequence[str], deadline: float
) -> RecognisedText:  # fmt: skip
    """Recognise the text of an image.

    After a poor result it is tried once more with orientation detection, if there is time.

    Args:
        engine: the program.
        image: the image. A file must be one by its first bytes: tesseract takes any other for a list of file names.
        languages: tesseract's names, the likeliest first.
        deadline: when to give up, by `time.monotonic`.

    Raises:
        RecognitionError: tesseract fails, or takes too long.
    """
    text = _recognise(engine, image, languages, (), deadline)
    if text.confidence >= GOOD_CONFIDENCE or not engine.detects_orientation:
        return text
    with suppress(RecognitionError):
        text = better_text(text, _recognise(engine, image, languages, ("--psm", "1"), deadline))
    return text


def better_text(first: RecognisedText, second: RecognisedText) -> RecognisedText:
    """Return the text of higher confidence and greater length, the first where they are equal."""
    return max(first, second, key=lambda text: text.confidence**2 * len(text.text) ** 0.5)


def _recognise(
    engine: Tesseract, image: PageImage, languages: Sequence[str], options: Sequence[str], deadline: float
) -> RecognisedText:  # fmt: skip
    command = [engine.path, "stdin", "stdout", "-l", "+".join(languages), *options]
    command += ["--dpi", str(image.dpi)] if image.dpi else []
    command += ["-c", f"tessedit_page_number={image.page}"] if image.page >= 0 else []
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise RecognitionError("ocr.no-time")
    table = _run([*command, "tsv"], image.content, seconds)
    return _join_words(table.decode("utf-8", "replace"))


def _run(command: Sequence[str], content: bytes | Path, seconds: float) -> bytes:
    # It stays in the group of the worker, which is killed whole, and it starts no processes of its own.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        if isinstance(content, Path):
            with content.open("rb") as file:
                completed = subprocess.run(
                    command, stdin=file, capture_output=True, timeout=seconds, env=environment, check=False
                )
        else:
            completed = subprocess.run(
                command, input=content, capture_output=True, timeout=seconds, env=environment, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise RecognitionError("ocr.too-slow", seconds=PAGE_SECONDS) from error
    except OSError as error:
        raise RecognitionError("ocr.not-started", cause=error.strerror or error) from error
    if completed.returncode:
        raise _failure(completed.returncode, completed.stderr)
    return completed.stdout


def _failure(code: int, printed: bytes) -> RecognitionError:
    """Return the error for a failed tesseract: its signal, last line of output or exit code."""
    if code < 0:
        with suppress(ValueError):
            return RecognitionError("ocr.crashed", signal=signal.Signals(-code).name)
    lines = printed.decode("utf-8", "replace").strip().splitlines()
    if lines:
        return RecognitionError("ocr.tesseract-failed", cause=lines[-1][:120])
    return RecognitionError("ocr.exit-code", code=code)


def _join_words(table: str) -> RecognisedText:
    """Join the words of the table that tesseract prints into lines and paragraphs."""
    paragraphs: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    total_length = weighted_confidence = 0.0
    for position, confidence, word in _words(table):
        paragraphs[position[:-1]][position[-1]].append(word)
        total_length += len(word)
        weighted_confidence += confidence * len(word)
    text = "\n\n".join("\n".join(" ".join(line) for line in lines.values()) for lines in paragraphs.values())
    return RecognisedText(clean(text), weighted_confidence / total_length if total_length else 0.0)


def _words(table: str) -> Iterator[tuple[tuple[str, ...], float, str]]:
    """Yield each word as (page, block, paragraph and line), confidence and the word itself."""
    # Not splitlines(): a word may contain characters that it takes for the end of a line.
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD_LEVEL and cells[11].strip():
            with suppress(ValueError):
                yield tuple(cells[1:5]), max(0.0, float(cells[10])), cells[11].strip()
