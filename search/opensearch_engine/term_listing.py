"""The words that a pattern or a misspelling stands for in an index on a cluster, as many as are searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter

from corpus.errors import UsageError
from indexer.index.opensearch.token_strings import BESIDE, JOINED, cluster_term
from search.opensearch_engine.cluster_reader import LISTED_TERMS, Body, ClusterReader
from search.opensearch_engine.term_counts import TermCounts
from search.ranking.collection_statistics import ExpandedWords
from search.term_patterns import count_edits
from search.whoosh_engine.arrays.lexicon import FUZZY_CAP, WILDCARD_CAP

MAX_LISTED = 500_000
"""Words that a pattern may stand for; of more, nobody could say which are in most documents in reasonable time."""

FuzzyWords = tuple[Mapping[int, Sequence[str]], int]
"""The words that are searched, by number of edits, and how many there are."""

_KEPT = 64
"""Patterns, and misspelled words, whose words are kept: the passages of an answer ask for those of its query again."""
_LUCENE_LETTERS = 5
"""Shortest word whose like words the cluster lists; it takes no very short words for like ones."""
_ANY = "[^\x01-\x08]"
"""Any character of a word; what is beside words begins with others."""
_RESERVED = re.compile(r"[.?+*|{}\[\]()\"\\#@&<>~^$-]")
_WILD = re.compile(r"([*?])")


def word_regexp(pattern: str) -> str:
    """Return a folded word pattern as a regular expression of Lucene."""
    pieces = {"*": f"{_ANY}*", "?": _ANY}
    return "".join(
        pieces.get(piece) or escape(cluster_term(piece)) for piece in _WILD.split(re.sub(r"\*+", "*", pattern))
    )


def escape(text: str) -> str:
    """Return a text as a regular expression of Lucene that matches it alone."""
    return _RESERVED.sub(lambda found: f"\\{found.group()}", text)


def regexp(field: str, expression: str) -> Body:
    """Return the query for the first terms of a field that a regular expression matches."""
    rewrite = f"top_terms_{LISTED_TERMS}"
    return {"regexp": {field: {"value": expression, "rewrite": rewrite, "max_determinized_states": 50_000}}}


def list_terms(reader: ClusterReader, field: str, expression: str, pattern: str) -> list[str]:
    """Return all terms of a field that a regular expression matches, in the order of their bytes.

    Args:
        reader: the index.
        field: the field.
        expression: the regular expression.
        pattern: as people know it.

    Raises:
        UsageError: they are more than `MAX_LISTED`.
    """
    found = list(islice(iterate_terms(reader, field, expression), MAX_LISTED + 1))
    if len(found) > MAX_LISTED:
        raise UsageError("engine.wide-pattern", pattern=pattern, limit=MAX_LISTED)
    return found


def iterate_terms(reader: ClusterReader, field: str, expression: str) -> Iterator[str]:
    """Yield the terms of a field that a regular expression matches, in the order of their bytes."""
    asked, last = expression, b""
    while True:
        terms, is_cut = reader.terms(field, [regexp(field, asked)])
        if terms and terms[0].encode() <= last:
            reader.refuse("the same terms twice")
        yield from terms
        if not is_cut or not terms:
            return
        last = terms[-1].encode()
        asked = f"({expression})&({_behind(terms[-1])})"


def _behind(term: str) -> str:
    """Return a regular expression for all terms behind one in the order of bytes, which is that of code points."""
    parts = [f"{escape(term)}.+"]
    for place, letter in enumerate(term):
        if letter < "\U0010ffff":
            parts.append(f"{escape(term[:place])}[{_in_set(chr(ord(letter) + 1))}-\U0010ffff].*")
    return "|".join(parts)


def _in_set(letter: str) -> str:
    return f"\\{letter}" if not letter.isalnum() else letter


class TermListing:
    """Expands patterns and misspelled words in one state of an index; the last ones are kept. Any thread may use it.

    Args:
        reader: the index.

    Attributes:
        expand_pattern: returns the words that a pattern stands for in an index field of words, at most `WILDCARD_CAP`:
            of more, those in most documents.
        expand_fuzzy: returns the words within some edits of a folded word in an index field of words, by edits, at most
            `FUZZY_CAP`, and how many there are.
    """

    def __init__(self, reader: ClusterReader) -> None:
        self._reader, self._counts = reader, TermCounts(reader)
        self.expand_pattern: Callable[[str, str], ExpandedWords] = lru_cache(_KEPT)(self._expand_pattern)
        self.expand_fuzzy: Callable[[str, str, int], FuzzyWords] = lru_cache(_KEPT)(self._expand_fuzzy)

    def _expand_pattern(self, field: str, pattern: str) -> ExpandedWords:
        terms = list_terms(self._reader, field, word_regexp(pattern), pattern)
        return ExpandedWords(frozenset(self._counts.most_frequent(field, terms, WILDCARD_CAP)), len(terms))

    def _expand_fuzzy(self, field: str, word: str, distance: int) -> FuzzyWords:
        near = list_near(self._reader, field, word, distance)
        tiers: dict[int, list[str]] = {}
        room = FUZZY_CAP
        for edits, rows in groupby(near, key=itemgetter(0)):
            tiers[edits] = self._counts.most_frequent(field, [term for _, term in rows], room)
            room -= len(tiers[edits])
            if not room:
                break
        return tiers, len(near)


def list_near(reader: ClusterReader, field: str, word: str, distance: int, first: int = 0) -> list[tuple[int, str]]:
    """Return the words within some edits of a folded word, each with its number of edits; the nearest first.

    Args:
        reader: the index.
        field: an index field of words.
        word: the word.
        distance: most edits, up to 2.
        first: so many letters at the beginning are alike.
    """
    asked = cluster_term(word)
    found = ((count_edits(term, asked, distance), term) for term in _like(reader, field, asked, distance, first))
    return sorted((edits, term) for edits, term in found if edits <= distance)


def _like(reader: ClusterReader, field: str, word: str, distance: int, first: int) -> list[str]:
    """Return all words within some edits of one, and perhaps others."""
    if not distance:
        return [word]
    if len(word) >= _LUCENE_LETTERS:
        near: dict[str, object] = {
            "value": word, "fuzziness": distance, "prefix_length": first, "transpositions": True,
            "rewrite": f"top_terms_{LISTED_TERMS}",
        }  # fmt: skip
        terms, is_cut = reader.terms(field, [{"fuzzy": {field: near}}])
        if not is_cut:
            return [term for term in terms if term[0] not in BESIDE]
    # The nearest words of a large archive may be more than one request lists: all words of a like length are compared.
    head = escape(word[:first])
    least, most = max(len(word) - distance - first, 0), len(word) + distance - first
    return list_terms(reader, field, f"{head}{_ANY}{{{least},{most}}}", f"{word}~{distance}")


def joined_regexp(pattern: str) -> str:
    """Return a regular expression for the terms of joined words that match a folded word pattern."""
    return f"{JOINED}{word_regexp(pattern)}{JOINED}[0-9]+"
