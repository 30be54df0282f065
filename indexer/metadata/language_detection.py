"""Detect the language of a text with py3langid, among the languages that an archive expects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import cast

from py3langid import langid

from corpus.document import DocumentText, Page
from corpus.languages import LANGUAGE_NAMES
from indexer.metadata.langid_model import ArrayLanguageIdentifier
from indexer.text import analysis
from indexer.text.stop_words import function_words
from indexer.text.text_density import has_letters

SAMPLE_CHARACTERS = 4000
"""Characters that are read, from the middle. Beginnings are full of names, symbols and other languages."""
MIN_LETTERS = 20
"""Letters that a text needs for its language to be detected."""
PAGE_SAMPLE_CHARACTERS = 600
"""Characters of a page that are read; fewer than of a document, which has many pages."""
MIN_PAGE_LETTERS = 150
"""Letters that a page needs to have another language than its document."""
MIN_PAGE_CONFIDENCE = 0.9
"""Confidence that another language of a page needs."""
MIN_SURE_FUNCTION_WORDS = 0.08
"""Share of function words below which a text has hardly any: names contain a few, such as "de" and "van"."""
MAX_CAPITALISED_SHARE = 0.4
"""Share of capitalised words from which a text is a list of names."""
MIN_FUNCTION_WORDS = 0.15
"""Share of function words that a text in a language has at least; in prose it is a third or more."""


def detect_language(text: str, allowed: tuple[str, ...] | None = None) -> tuple[str, float] | None:
    """Return the language of ``text`` and the confidence, 0 to 1; None for a text with too few letters.

    Args:
        text: the main text.
        allowed: BCP 47 codes to choose among; None or empty is every language known.
    """
    sample = middle_of_text(text)
    if not has_letters(sample, MIN_LETTERS):
        return None
    code, confidence = _identifier(tuple(sorted(allowed or ()))).classify(sample)
    return str(code), round(min(float(confidence), 1.0), 3)


def is_sure_of_language(text: str, code: str, confidence: float, declared: str) -> bool:
    """Return whether a detected language outranks the one that the file declares.

    Lists of names and numbers look like any language. So the text needs function words of the detected language; where
    those are not known, it needs to be written in small letters and without function words of the declared language.

    Args:
        text: the text that the language was detected in.
        code: BCP 47 code of the detected language.
        confidence: of the detection.
        declared: BCP 47 code of the language that the file declares.
    """
    sample = middle_of_text(text)
    if code == declared or not _is_latin(sample) or not (words := analysis.surface(sample)):
        return True
    if function_words(code):
        return _function_word_share(words, code) >= MIN_SURE_FUNCTION_WORDS
    printed = re.findall(r"[^\W\d_]{2,}", sample)
    capitalised = sum(word[0].isupper() for word in printed)
    is_list = capitalised >= MAX_CAPITALISED_SHARE * len(printed)
    speaks_declared = _function_word_share(words, declared) >= MIN_SURE_FUNCTION_WORDS
    return confidence >= MIN_PAGE_CONFIDENCE and not is_list and not speaks_declared


def _is_latin(text: str) -> bool:
    """Return whether most letters are Latin; a language of another script is recognised by its script."""
    letters = [character for character in text if character.isalpha()]
    return 2 * sum(character < "\u0250" for character in letters) >= len(letters)


def detect_page_languages(text: DocumentText, language: str, allowed: tuple[str, ...] | None = None) -> DocumentText:
    """Return a document's text, its pages marked with their language where it is not the document's.

    A page with enough function words of the document's language is in that language. Another language needs enough of
    its own function words, where they are known, because tables and lists of names look like any language.

    Args:
        text: of the document; a single page is always in the document's language.
        language: BCP 47 code of the document's language; ``""`` where it is not known.
        allowed: as for `detect_language`.
    """
    if len(text.pages) < 2:
        return text
    pages = (replace(page, language=_other_language(page, language, allowed)) for page in text.pages)
    return replace(text, pages=tuple(pages))


def _other_language(page: Page, language: str, allowed: tuple[str, ...] | None) -> str:
    sample = middle_of_text(page.text, PAGE_SAMPLE_CHARACTERS)
    words = analysis.surface(sample)
    if _speaks(words, language) or not has_letters(sample, MIN_PAGE_LETTERS):
        return ""
    code, confidence = detect_language(sample, allowed) or ("", 0.0)
    plausible = not function_words(code) or _speaks(words, code)
    return code if code != language and confidence >= MIN_PAGE_CONFIDENCE and plausible else ""


def _speaks(words: Sequence[str], language: str) -> bool:
    return sum(map(function_words(language).__contains__, words)) >= MIN_FUNCTION_WORDS * len(words)


def _function_word_share(words: Sequence[str], language: str) -> float:
    return sum(map(function_words(language).__contains__, words)) / len(words)


def middle_of_text(text: str, size: int = SAMPLE_CHARACTERS) -> str:
    """Return about ``size`` characters from the middle of ``text``, cut between words."""
    if len(text) <= size:
        return text
    start = (len(text) - size) // 2
    piece = text[start : start + size]
    first, last = piece.find(" "), piece.rfind(" ")
    return piece[first + 1 : last] if 0 <= first < last else piece


@lru_cache(maxsize=1)
def _model() -> ArrayLanguageIdentifier:
    return cast(ArrayLanguageIdentifier, ArrayLanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True))


@lru_cache(maxsize=16)
def _identifier(allowed: tuple[str, ...]) -> ArrayLanguageIdentifier:
    """Return the model limited to ``allowed``; it shares its tables with the whole model."""
    model = _model()
    supported = set(model.labels) & set(allowed or LANGUAGE_NAMES)
    limited = copy(model)
    limited.set_languages(sorted(supported or set(model.labels) & set(LANGUAGE_NAMES)))
    return limited
