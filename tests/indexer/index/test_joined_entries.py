"""The joined words in the index are those of the analyser, also where many documents are analysed together."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from indexer.index.terms.joined_entries import JoinedEntries, WaitingJoinedWords
from indexer.index.terms.term_ids import HOLE, Vocabulary
from indexer.text import analysis
from indexer.text.joined_words import BOUNDARY_MARK, JUMP_MARK, joined_words

WORDS = [
    "light",
    "house",
    "lighthouse",
    "light-house",
    "Keeper",
    "é",
    "Tür",
    "12",
    "345",
    "U",
    "S",
    "灯塔",
    "등대지기",
    "등",
    "x",
]
GAPS = [" ", "-\n", "-\n", "\u2010\n\t", "-", ".", ",", "\n", "\n\n", "\u00ac\n", "-\n* ", "-\n12\n"]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=20).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)
DOCUMENTS = st.lists(st.tuples(st.lists(TEXTS, max_size=4), st.integers(0, 4)), max_size=4)


@given(DOCUMENTS)
def test_the_index_joins_the_words_that_the_analyser_joins(documents: Sequence[tuple[list[str], int]]) -> None:
    waiting, vocabulary, joined = WaitingJoinedWords(), Vocabulary(), JoinedEntries()
    for texts, continued in documents:
        waiting.add(texts, min(continued, len(texts)))
    every = [text for texts, _ in documents for text in texts]
    if not every:
        return
    analysed = vocabulary.read(every, 64, waiting.offsets())
    marked = waiting.resolve(analysed, vocabulary, joined, 0)
    expected, expected_marked, forms, base = set(), [], [], 0
    for texts, continued in documents:
        tokens = [form for text in texts for form in analysis.surface(text)]
        for word in joined_words(texts, min(continued, len(texts))):
            expected.add((base + word.first, word.form, word.span))
            expected_marked += [(base + word.first, word.marked)] if word.marked else []
            expected.update((base + part, JUMP_MARK, 1) for part in word.uncounted)
            if word.replaces:
                for part in word.parts:
                    tokens[part] = ""
                tokens[word.first] = word.form
        counts = [len(analysis.surface(text)) for text in texts]
        starts = {sum(counts[:number]) for number in range(max(continued, 1), len(texts)) if counts[number]}
        expected.update((base + start, BOUNDARY_MARK, 1) for start in starts - {0})
        forms += tokens
        base += len(tokens)
    entries = zip(joined.places, joined.numbers, joined.spans, strict=True)
    assert sorted((place, vocabulary.forms[number], span) for place, number, span in entries) == sorted(expected)
    marked_words = zip(marked.places.tolist(), (vocabulary.forms[number] for number in marked.numbers), strict=True)
    assert sorted(marked_words) == sorted(expected_marked)
    assert [vocabulary.forms[number] for number in analysed.numbers] == forms
    assert sorted(joined.holes) == [place for place, number in enumerate(analysed.numbers) if number == HOLE]
