"""Keys by which values of keyword fields are compared."""

from __future__ import annotations

import re

from corpus.fields import MISSING
from indexer.text import analysis

SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_]+")
"""Runs of spaces, hyphens, dashes and underscores, which are alike in keyword values."""


def value_key(value: str) -> str:
    """Return the key by which keyword values are compared: folded, with hyphens and underscores as spaces.

    ``none`` and the empty value have the same key, since a query cannot tell them apart.
    """
    key = " ".join(analysis.fold(piece) for piece in SEPARATORS.split(value) if piece)
    return "" if key == MISSING else key
