"""The language of a text, worked out from its letters by py3langid among the languages an archive expects."""

from __future__ import annotations

from copy import copy
from functools import lru_cache

from py3langid import langid

from corpus.languages import LABELS

SAMPLE = 4000
"""Characters read, from the middle of the text: openings are full of names, symbols and other languages."""
MIN_LETTERS = 20
"""Texts with fewer letters say too little."""


def detect(text: str, allowed: tuple[str, ...] | None = None) -> tuple[str, float] | None:
    """The language of ``text`` and how sure that is, from 0 to 1; None when there is too little text to tell.

    Args:
        text: the main text.
        allowed: BCP 47 codes to choose among; None or empty is every language known.
    """
    sample = middle(text)
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    code, confidence = _identifier(tuple(sorted(allowed or ()))).classify(sample)
    return str(code), round(min(float(confidence), 1.0), 3)


def middle(text: str) -> str:
    """About `SAMPLE` characters from the middle of ``text``, beginning and ending between words."""
    if len(text) <= SAMPLE:
        return text
    start = (len(text) - SAMPLE) // 2
    piece = text[start : start + SAMPLE]
    first, last = piece.find(" "), piece.rfind(" ")
    return piece[first + 1 : last] if 0 <= first < last else piece


@lru_cache(maxsize=1)
def _model() -> langid.LanguageIdentifier:
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=16)
def _identifier(allowed: tuple[str, ...]) -> langid.LanguageIdentifier:
    """The model limited to ``allowed``, sharing its tables with the whole one."""
    model = _model()
    known = set(model.labels) & set(allowed or LABELS)
    limited = copy(model)
    limited.set_languages(sorted(known or set(model.labels) & set(LABELS)))
    return limited
