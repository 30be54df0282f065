"""Terms as a cluster stores them: analysed here, and cut there at spaces alone.

Several terms at one position are joined by `STACK`. Words with the marks that folding drops begin with `MARKED`, words
that are printed in parts (`indexer.text.joined_words`) with `JOINED` and end with the number of positions that they
take. `HOLE` is the position of a part of a word that is indexed in one piece. Cleaned texts contain no such characters.
"""

from __future__ import annotations

import hashlib

STACK, MARKED, JOINED, HOLE = "\x01", "\x02", "\x03", "\x04"

BESIDE = frozenset({STACK, MARKED, JOINED, HOLE})
"""The characters that no word begins with."""

MAX_KEYWORD_CHARACTERS = 8191
"""Longest keyword that is stored whole: Lucene takes 32,766 bytes, and a character is up to four."""
_KEPT_CHARACTERS = 200
"""Characters at the beginning of a longer one that are kept before the digest that tells it from others."""

_WHITE_SPACE = str.maketrans({" ": "\u00a0", "\x1c": "\x05", "\x1d": "\x06", "\x1e": "\x07", "\x1f": "\x08"})
"""Characters that Java takes for white space and that are in terms, and what stands for them."""


def cluster_term(term: str) -> str:
    """Return a folded word, or another term of the index, without characters at which the cluster would cut it."""
    return term.translate(_WHITE_SPACE)


def marked_term(spelling: str) -> str:
    """Return the term of a word with its marks."""
    return MARKED + cluster_term(spelling)


def joined_prefix(form: str) -> str:
    """Return what the terms of a joined word begin with, whatever their span."""
    return f"{JOINED}{cluster_term(form)}{JOINED}"


def joined_term(form: str, span: int) -> str:
    """Return the term of a joined word that takes ``span`` positions."""
    return f"{joined_prefix(form)}{span}"


def split_joined(term: str) -> tuple[str, int] | None:
    """Return what the term of a joined word begins with and its span; None for any other term."""
    head, mark, span = term.rpartition(JOINED)
    is_joined = mark and head.startswith(JOINED) and span.isdecimal() and len(span) < 4
    return (head + mark, int(span)) if is_joined else None


def keyword_term(key: str) -> str:
    """Return a folded keyword as it is stored and looked for: a very long one as its beginning and a digest.

    The digest is of the whole, so equal keywords stay equal and others different; folding what this returns changes
    nothing.
    """
    if len(key) <= MAX_KEYWORD_CHARACTERS:
        return key
    digest = hashlib.sha256(key.encode(errors="replace")).hexdigest()
    return f"{key[:_KEPT_CHARACTERS].rstrip()} {digest[:32]}"
