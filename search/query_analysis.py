"""Read from a query what engines must agree on: stems, blanks, days, corrections and salient terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from corpus.dates.edtf import Date
from indexer.index.index_layout import OPEN_END, OPEN_START
from indexer.text import analysis
from indexer.text.stop_words import is_function_word
from search import query as q
from search.bm25f import FUNCTION_WEIGHT, inverse_frequency
from search.term_patterns import word_patterns

MIN_CORRECTED_LETTERS = 3
"""Shortest word that spelling correction is tried on."""
MIN_LETTERS_FOR_TWO_EDITS = 6
"""Shortest word that may differ from its correction by two edits. A shorter one may differ by one."""
MAX_SALIENT_LOOKUPS = 150
"""Stems whose document frequency is looked up to rank salient terms: those with most weight."""
MIN_SALIENT_DOCUMENTS = 2
"""Fewest documents with a salient term. A word of one document cannot find another."""


def is_blank(query: q.Query) -> bool:
    """Report whether a query contains no word (``"--"``, ``...``) and no filter.

    An And or a Not ignores a blank part; elsewhere it matches nothing.
    """
    return all(map(_is_blank_leaf, q.leaves(query)))


def _is_blank_leaf(leaf: q.Query) -> bool:
    match leaf:
        case q.Word(text) | q.Phrase(text) | q.Near(text) | q.Fuzzy(text):
            return not analysis.surface(text)
        case q.Wildcard(pattern):
            return not word_patterns(pattern)
    return False


def stems_by_weight(text: str, form: str, tags: Sequence[str]) -> Mapping[float, list[str]]:
    """Return the language-tagged stems of a word, grouped by their weight in the score.

    A stem weighs `FUNCTION_WEIGHT` where the word is a function word of the stem's language, else 1. A word typed in
    capitals (``WHO``) is a name and weighs 1 in every language.

    Args:
        text: the word as typed.
        form: the word folded.
        tags: the language tags of the index's stems.
    """
    stems: dict[float, set[str]] = {}
    is_name = text.isupper() and len(text) > 1
    for tag in tags:
        weight = FUNCTION_WEIGHT if is_function_word(form, tag) and not is_name else 1.0
        stems.setdefault(weight, set()).add(analysis.stem(form, tag))
    return {weight: sorted(group) for weight, group in stems.items()}


def day_bounds(span: q.DateRange) -> tuple[int, int]:
    """Return the first and last day of a span as ordinals, with the calendar's end for an open one."""
    return _ordinal(span.first, "first", OPEN_START), _ordinal(span.last, "last", OPEN_END)


def _ordinal(date: Date | None, side: str, missing: int) -> int:
    day = getattr(date, side) if date else None
    return day.toordinal() if day else missing


def correction_edits(word: str) -> int:
    """Return the most edits by which a word may differ from its correction, 0 for words too short.

    A correction has the word's first letter, which is nearly always right (Yannakoudakis and Fawthrop 1983). Of several
    the one with fewest edits is the likeliest, then the one in most documents.
    """
    if len(word) < MIN_CORRECTED_LETTERS:
        return 0
    return 2 if len(word) >= MIN_LETTERS_FOR_TWO_EDITS else 1


def rank_salient_terms(
    weights: Mapping[str, float], language: str, limit: int, frequency: Callable[[str], int], total: int
) -> tuple[tuple[str, float], ...]:
    """Rank folded words by weight × idf, best first; see `search.engine.Engine.salient_terms`.

    Args:
        weights: the words with their weights.
        language: BCP 47 code of the text that they are from.
        limit: most words to return.
        frequency: returns the number of documents whose text contains a stem.
        total: number of documents in the index.
    """
    tag = analysis.tag(language)
    summed: dict[str, float] = {}
    spellings: dict[str, str] = {}
    for word, weight in weights.items():
        if is_function_word(word, language) or (word.isascii() and len(word) < 2):
            continue
        stem = analysis.stem(word, tag)
        summed[stem] = summed.get(stem, 0.0) + weight
        if stem not in spellings or weight > weights[spellings[stem]]:
            spellings[stem] = word
    heaviest = sorted(summed, key=lambda stem: (-summed[stem], stem))
    frequencies = {stem: frequency(stem) for stem in islice(heaviest, MAX_SALIENT_LOOKUPS)}
    terms = (
        (spellings[stem], summed[stem] * inverse_frequency(documents, total))
        for stem, documents in frequencies.items()
        if documents >= MIN_SALIENT_DOCUMENTS
    )
    return tuple(sorted(terms, key=lambda term: (-term[1], term[0]))[:limit])
