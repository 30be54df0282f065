"""Read what the rerank of the best documents (`search.ranking.bonus`) goes by: idfs, positions and length norms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.index import index_layout
from indexer.index.codec.array_file import Longs
from indexer.text import analysis
from search import query as q
from search.bm25f import saturate
from search.ranking.bonus import IN_TITLE, LOCAL_BITS, PASSAGE, Bonus, LengthNorms, TermPositions, compute_bonus
from search.ranking.query_terms import Term, salient_query_terms
from search.whoosh_engine.arrays.field_terms import FieldTerms, TermNumbers, row_table
from search.whoosh_engine.matching.index_fields import SURFACE
from search.whoosh_engine.matching.match_set import QueryContext
from search.whoosh_engine.matching.word_terms import spellings, word_frequencies


def bonus(query: q.Query, context: QueryContext, candidates: Longs) -> Bonus:
    """Return the bonus of each of ``candidates``, which are in ascending order.

    Raises:
        IndexStateError: the index is damaged.
    """
    terms = terms_of(query, context) if len(candidates) else []
    if not terms:
        nothing = np.zeros(len(candidates))
        return Bonus(nothing, nothing, nothing, nothing, nothing)
    positions = read_term_positions(context, terms, candidates)
    snapshot = context.snapshot
    norms = (snapshot.norms("text"), snapshot.norms("title"), snapshot.norms("text", PASSAGE))
    return compute_bonus(terms, positions, LengthNorms(*(of_all[candidates] for of_all in norms)))


def terms_of(query: q.Query, context: QueryContext) -> list[Term]:
    """Return the words of ``query`` that the rerank looks at.

    Raises:
        IndexStateError: the index is damaged.
    """

    def idf(text: str, form: str) -> float:
        return word_frequencies(context, text, form, "").counts.salient_idf(context.total)

    return salient_query_terms(query, idf)


def read_term_positions(context: QueryContext, terms: Sequence[Term], documents: Longs) -> TermPositions:
    """Read where ``terms`` occur in ``documents``, which ascend. Of a single term no positions are read.

    Raises:
        IndexStateError: the index is damaged.
    """
    snapshot, cells = context.snapshot, len(terms) * len(documents)
    rows = row_table(documents, snapshot.documents)
    frequencies, places = np.zeros(cells), []
    marked = [analysis.typed_marks(term.text) for term in terms]
    for name, weight, field, groups in _field_groups(context, terms, marked):
        found = field.occurrences(groups, rows, documents, with_positions=len(terms) > 1)
        if not len(found.rows):
            continue
        # The groups of a word are its form as typed, then its other spellings.
        cells_found = (found.terms >> 1) * len(documents) + found.rows
        typed = np.flatnonzero(found.terms & 1 == 0)
        by_row = weight / snapshot.norms(name)[documents]
        frequencies += np.bincount(cells_found[typed], by_row[found.rows[typed]] * found.weights[typed], cells)
        local = found.positions + IN_TITLE if name == "title" else found.positions
        places.append((np.repeat(cells_found, found.counts) << LOCAL_BITS) + local if len(terms) > 1 else local)
    joined = np.sort(np.concatenate([np.zeros(0, np.int64), *places]), kind="stable")
    return TermPositions(saturate(frequencies).reshape(len(terms), -1), joined)


def _field_groups(
    context: QueryContext, terms: Sequence[Term], marked: Sequence[str]
) -> Iterator[tuple[str, float, FieldTerms, list[TermNumbers]]]:
    """Yield each field of words with its weight and the groups of its terms, then the same of its words with marks.

    A word that is typed with marks occurs as typed where it has them, and not where it has others.
    """
    for name, weight in SURFACE[""]:
        field = context.snapshot.field(name)
        yield name, weight, field, _groups(context, field, terms, marked)
        if any(marked):
            with_marks = context.snapshot.field(index_layout.MARKED[name])
            absent = with_marks.find()
            found = (with_marks.find(form) if form else absent for form in marked)
            yield name, weight, with_marks, [numbers for typed in found for numbers in (typed, absent)]


def _groups(
    context: QueryContext, field: FieldTerms, terms: Sequence[Term], marked: Sequence[str]
) -> list[TermNumbers]:
    """Return for each term the numbers of its form as typed, if without marks, then those of its other spellings."""
    if len(terms) == 1:
        return [field.find(terms[0].form) if not marked[0] else field.find()]
    groups: list[TermNumbers] = []
    for term, with_marks in zip(terms, marked, strict=True):
        numbers = spellings(context, field.name, term.text, term.form)
        typed = field.find_among(numbers, term.form)
        others = ([n for n in here if n not in form] for here, form in zip(numbers, typed, strict=True))
        groups += [field.find() if with_marks else typed, tuple(others)]
    return groups
