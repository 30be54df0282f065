"""The stems of a batch of documents are those of each document, counted word by word."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from indexer.index.buffer import Words
from indexer.index.opensearch.mapping import BODY_COUNT
from indexer.index.opensearch.stem_counts import count_stems, stem_term

FORMS = ("", "reports", "report", "nations", "national", "rapports", "été")
TAGS = ("en", "fr", "")
TEXTS = st.tuples(
    st.sampled_from([1.0, 0.3]), st.integers(0, len(TAGS) - 1), st.lists(st.integers(0, len(FORMS) - 1), max_size=12)
)


def words_of(documents: list[list[tuple[float, int, list[int]]]]) -> Words:
    words = Words()
    for texts in documents:
        words.texts.append(len(texts))
        for weight, tag, numbers in texts:
            words.weights.append(weight)
            words.tags.append(tag)
            words.stretches.append(len(numbers))
            words.numbers.extend(numbers)
    return words


@given(documents=st.lists(st.lists(TEXTS, max_size=4), max_size=5), factor=st.sampled_from([1, 3]))
def test_stems_of_a_batch_are_those_of_each_document(
    documents: list[list[tuple[float, int, list[int]]]], factor: int
) -> None:
    found = count_stems(words_of(documents), FORMS, TAGS)
    for number, texts in enumerate(documents):
        expected: Counter[str] = Counter()
        for weight, tag, numbers in texts:
            for form in filter(None, numbers):
                expected[stem_term(FORMS[form], TAGS[tag])] += round(weight * BODY_COUNT) * factor
        spelled = [token.split("|") for token in found.spell(number, "|", factor).split()]
        assert {stem: int(count) for stem, count in spelled} == expected
        assert len(spelled) == len(expected)
