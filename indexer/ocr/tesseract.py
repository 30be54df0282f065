"""The program itself: whether it is there, and what it makes of one image."""

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

from indexer.text.cleaning import clean

SECONDS = 60.0
"""Time one page may take by the clock."""
ASKING = 10.0
"""Seconds it may take to say what it is."""
LEAST = 45.0
"""Mean confidence, of 100, below which what was read is noise: a photograph, a script it does not know."""
SURE = 75.0
"""Mean confidence below which it is worth trying once more in another way. Clean type gives 90 and more."""
ORIENTATION = "osd"
"""The traineddata by which it finds out that a page lies on its side."""

_VERSION = re.compile(r"tesseract v?(\d+(?:\.\d+)*)")
_WORD = "5"  # a row's level in the table it prints


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed tesseract.

    Attributes:
        path: of the program.
        version: e.g. ``5.3.0``.
        languages: its names of the languages it has, e.g. ``eng``.
        turns: whether it can tell that a page lies on its side.
    """

    path: str
    version: str
    languages: tuple[str, ...]
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Image:
    """What is to be read.

    Attributes:
        content: the image as PGM, or the file that is one.
        dpi: its resolution; 0 leaves that to the file.
        page: page of a TIFF file of several, from 0; -1 is the image itself.
    """

    content: bytes | Path
    dpi: int = 0
    page: int = -1


@dataclass(frozen=True, slots=True)
class Text:
    """What was read: the text, cleaned, and tesseract's mean confidence in it, from 0 to 100 and weighed by letters."""

    text: str = ""
    confidence: float = 0.0


class Trouble(Exception):  # noqa: N818 - the page's, and no error of ours
    """Tesseract cannot read an image; the reason is for a person."""


@cache
def installed() -> Tesseract | None:
    """The tesseract on the PATH; None where there is none that answers."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    version = _VERSION.search(_ask(program, "--version"))
    names = _ask(program, "--list-langs").splitlines()[1:]
    if version is None or not names:
        return None
    languages = tuple(name.strip() for name in names if name.strip() not in ("", ORIENTATION))
    return Tesseract(program, version[1], languages, ORIENTATION in names)


def _ask(program: str, option: str) -> str:
    try:
        answer = subprocess.run([program, option], capture_output=True, timeout=ASKING, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    # Old versions answer on standard error.
    return (answer.stdout or answer.stderr).decode("utf-8", "replace")


def read_image(engine: Tesseract, image: Image, languages: Sequence[str], until: float) -> Text:
    """Read an image; one that gives little is tried once more with its orientation looked at, if there is time.

    Args:
        engine: the program.
        image: what to read. A file must be an image by its first bytes: tesseract takes any other for a list of files.
        languages: its names, the likeliest first.
        until: when to give up, by `time.monotonic`.

    Raises:
        Trouble: it fails, or takes too long.
    """
    text = _read(engine, image, languages, (), until)
    if text.confidence >= SURE or not engine.turns:
        return text
    with suppress(Trouble):
        text = better(text, _read(engine, image, languages, ("--psm", "1"), until))
    return text


def better(one: Text, other: Text) -> Text:
    """The text that is surer and longer, the first where they are even."""
    return max(one, other, key=lambda text: text.confidence**2 * len(text.text) ** 0.5)


def _read(
    engine: Tesseract, image: Image, languages: Sequence[str], options: Sequence[str], until: float
) -> Text:  # fmt: skip
    command = [engine.path, "stdin", "stdout", "-l", "+".join(languages), *options]
    command += ["--dpi", str(image.dpi)] if image.dpi else []
    command += ["-c", f"tessedit_page_number={image.page}"] if image.page >= 0 else []
    left = until - time.monotonic()
    if left <= 0:
        raise Trouble("there was no time left")
    printed = _run([*command, "tsv"], image.content, left)
    return _text(printed.decode("utf-8", "replace"))


def _run(command: Sequence[str], content: bytes | Path, seconds: float) -> bytes:
    # It stays in the group of the worker, which is killed whole, and it starts no processes of its own.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        if isinstance(content, Path):
            with content.open("rb") as file:
                done = subprocess.run(
                    command, stdin=file, capture_output=True, timeout=seconds, env=environment, check=False
                )
        else:
            done = subprocess.run(
                command, input=content, capture_output=True, timeout=seconds, env=environment, check=False
            )
    except subprocess.TimeoutExpired as error:
        raise Trouble(f"tesseract took longer than {SECONDS:g} s") from error
    except OSError as error:
        raise Trouble(f"tesseract cannot be run: {error.strerror or error}") from error
    if done.returncode:
        raise Trouble(_why(done.returncode, done.stderr))
    return done.stdout


def _why(code: int, printed: bytes) -> str:
    if code < 0:
        with suppress(ValueError):
            return f"tesseract crashed with {signal.Signals(-code).name}"
    lines = printed.decode("utf-8", "replace").strip().splitlines()
    return f"tesseract: {lines[-1][:120]}" if lines else f"tesseract failed (code {code})"


def _text(table: str) -> Text:
    """Words of the table it prints, put back into lines and paragraphs."""
    paragraphs: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    weight = confidence = 0.0
    for place, sure, word in _words(table):
        paragraphs[place[:-1]][place[-1]].append(word)
        weight += len(word)
        confidence += sure * len(word)
    text = "\n\n".join("\n".join(" ".join(line) for line in lines.values()) for lines in paragraphs.values())
    return Text(clean(text, hyphens=True), confidence / weight if weight else 0.0)


def _words(table: str) -> Iterator[tuple[tuple[str, ...], float, str]]:
    """(page, block, paragraph and line), confidence and the word itself."""
    # Not splitlines(): a word may be any character that some take for the end of a line.
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD and cells[11].strip():
            with suppress(ValueError):
                yield tuple(cells[1:5]), max(0.0, float(cells[10])), cells[11].strip()
