"""Passages of real reports quote the words that the page prints, as another program reads the page."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from search import Passage, Request, open_archive

PASSAGES = 200
SEED = 15
WORD = re.compile(r"(?<!\w)[A-Za-z\u00c0-\u024f]+(?:[-\u2010\u2011][A-Za-z\u00c0-\u024f]+)*(?!\w)")
"""Words of Latin letters: the Arabic annexes have fonts that lack a code for some of their letters."""
DIVIDED = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-\s*$", re.MULTILINE)


@cache
def printed_page(file: Path, page: int) -> str:
    """The text of a page in its layout, by poppler."""
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    return unicodedata.normalize("NFKC", text).replace("\u2010", "-").replace("\u2011", "-")


def misquoted(passage: Passage, file: Path) -> list[str]:
    """The words of a passage that its pages do not print, neither on one line nor over the end of a line."""
    printed = "\n".join(
        printed_page(file, page) for page in range(passage.page, (passage.last_page or passage.page) + 1)
    )
    words, before_line_end = set(WORD.findall(printed)), set(DIVIDED.findall(printed))
    text = unicodedata.normalize("NFKC", passage.text).replace("\u2010", "-").replace("\u2011", "-")

    def is_printed(word: str) -> bool:
        parts = word.split("-")
        halves = (("-".join(parts[:cut]), "-".join(parts[cut:])) for cut in range(1, len(parts)))
        return word in words or any(first in before_line_end and second in words for first, second in halves)

    return [word for word in WORD.findall(text) if not is_printed(word)]


def is_legible(text: str, file: Path, page: int) -> bool:
    """Whether both programs read the letters of a page alike. Fonts without a code table they garble differently."""
    words, printed = WORD.findall(text), set(WORD.findall(printed_page(file, page)))
    return sum(word in printed for word in words) >= 0.95 * len(words)


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="slow; set MUNIMENT_SLOW=1")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext of poppler-utils")
def test_no_word_of_random_passages_is_misquoted(data: Path, all_reports_archive: tuple[Path, object]) -> None:
    draw = random.Random(SEED)
    folder, _ = all_reports_archive
    reports = sorted((data / "reports").rglob("*.pdf"))
    wrong: dict[str, list[str]] = {}
    count = 0
    with open_archive(folder) as archive:
        hits = archive.search(Request("format:pdf", limit=len(reports))).hits
        while count < PASSAGES:
            hit = draw.choice(hits)
            pages = archive.texts(hit.id)
            words = WORD.findall(draw.choice(pages).text)
            sought = [word for word in words if len(word) >= 5]
            if not sought:
                continue
            found = archive.search(Request(f'"{draw.choice(sought)}"', limit=3, passages=2)).hits
            for hit in found:
                texts = {page.number: page.text for page in archive.texts(hit.id)}
                for passage in hit.passages if hit.path.endswith(".pdf") and count < PASSAGES else ():
                    if is_legible(texts[passage.page], folder / hit.path, passage.page):
                        count += 1
                        if words := misquoted(passage, folder / hit.path):
                            wrong[f"{hit.path} p. {passage.page}: {passage.text}"] = words
    assert not wrong
