"""Helpers of the tests of readers: make files, read them, and compare their text with a known one."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from lxml import html

from corpus.document import Extraction, Role


def write_file(path: Path, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def text_of(extraction: Extraction, *roles: Role) -> str:
    """Return the text of an extraction, or of its texts in these roles."""
    return "\n".join(page.text for page in extraction.text.all_texts if not roles or page.role in roles)


def candidate_values(extraction: Extraction, field: str) -> list[str]:
    """Return the candidates for a field, highest confidence first."""
    ranked = sorted((c for c in extraction.candidates if c.field == field), key=lambda c: -c.confidence)
    return [candidate.value for candidate in ranked]


def word_f1(text: str, known_text: str) -> float:
    """Return the F1 of the words of a text against those of a known text."""
    words, known_words = (Counter(re.findall(r"\w+", source.lower())) for source in (text, known_text))
    return 2 * (words & known_words).total() / max(words.total() + known_words.total(), 1)


def known_page_text(folder: Path) -> str:
    """Return the text of a saved web page's main part, as a person marked it."""
    tree = html.fromstring((folder / "expected.html").read_text("utf-8"))
    for element in tree.iter("p", "div", "li", "td", "br", "h1", "h2", "h3", "tr", "pre"):
        element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return str(tree.text_content())
