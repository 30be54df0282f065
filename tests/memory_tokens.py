"""A second `TokenIndex`, for tests, in plain Python, which reads every token of every document for every count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from indexer.index.index_layout import ANCHOR_TOKENS
from indexer.text import analysis
from search import query as q
from search.concordance.token_index import NodePlaces, TokenStreams
from search.match_positions import Longs, TextLanguages
from search.word_statistics.formulas import deviation_of_proportions
from search.word_statistics.word_counts import NeighbourCounts, Windows, WordCounts, WordIndex
from tests.search.concordance.plain_counts import LanguageOf, PlainText

if TYPE_CHECKING:
    from tests.memory_engine import MemoryDocument


def _longs(numbers: Iterable[int]) -> Longs:
    return np.fromiter(numbers, np.int64)


def _language_of(languages: TextLanguages | None) -> LanguageOf | None:
    return (lambda text: languages.texts.get(text, languages.document)) if languages else None


class MemoryTokenIndex:
    """Counts tokens of documents in memory, whose number is their place; see `TokenIndex`."""

    def __init__(self, documents: Sequence[MemoryDocument]) -> None:
        self._documents = documents
        self._texts = {name: [document.texts[name] for document in documents] for name in ("text", "title")}
        self.main_tokens = _longs(len(text.tokens) for text in self._texts["text"])
        self.first_days = _longs(document.span[0] for document in documents)
        self.last_days = _longs(document.span[1] for document in documents)
        self.word_index: WordIndex = MemoryWordIndex(self._texts["text"])
        self._anchors: dict[int, tuple[Longs, Sequence[Longs]]] = {}

    def matching(self, query: q.Query) -> Longs:
        return _longs(number for number, document in enumerate(self._documents) if document.matches(query))

    def occurrences(
        self,
        query: q.Query,
        documents: Longs,
        field: str = "text",
        languages: Mapping[str, TextLanguages] | None = None,
    ) -> NodePlaces:
        numbers, positions, lengths = [], [], []
        for number in documents.tolist():
            spoken = languages[self._documents[number].id] if languages and field == "text" else None
            for start, end in self._texts[field][number].places(query, field, _language_of(spoken)):
                numbers.append(number)
                positions.append(start)
                lengths.append(end - start)
        return NodePlaces(_longs(numbers), _longs(positions), _longs(lengths))

    def title_tokens(self) -> Longs:
        return _longs(len(title.tokens) for title in self._texts["title"])

    def document_ids(self, documents: Longs) -> list[str]:
        return [self._documents[number].id for number in documents.tolist()]

    def keywords(self, field: str, documents: Longs) -> list[str]:
        return [str(self._documents[number].entry.values.get(field, "")) for number in documents.tolist()]

    def texts(self, document: int) -> tuple[Longs, Sequence[Longs]]:
        if document not in self._anchors:
            text = self._texts["text"][document]
            ends = _longs(accumulate(map(len, text.surfaces)))
            starts = [[token.start for token in analysis.tokens(part)] for part in text.texts]
            self._anchors[document] = ends, [_longs(of_text[::ANCHOR_TOKENS]) for of_text in starts]
        return self._anchors[document]

    def title_ranks(self) -> Longs:
        keys = [" ".join(title.surfaces[0]) for title in self._texts["title"]]
        ranks = {key: rank for rank, key in enumerate(sorted({*keys} - {""}))}
        return _longs(ranks.get(key, len(keys)) for key in keys)

    def streams(self, documents: Longs, field: str = "text") -> TokenStreams:
        streams = [self._texts[field][number].tokens for number in documents.tolist()]
        codes = _longs(self._codes[word] for tokens in streams for word in tokens)
        return TokenStreams(documents, _longs(accumulate(map(len, streams), initial=0)), codes)

    def words(self, codes: Longs, field: str = "text") -> list[str]:
        del field  # a word has one code in all fields
        return [self._vocabulary[code + 1] for code in codes.tolist()]

    @cached_property
    def _vocabulary(self) -> list[str]:
        """All words, behind the empty one, whose code is -1."""
        return sorted({"", *(word for texts in self._texts.values() for text in texts for word in text.tokens)})

    @cached_property
    def _codes(self) -> dict[str, int]:
        return {word: code for code, word in enumerate(self._vocabulary, -1)}


class MemoryWordIndex:
    """Counts the words of main texts in memory; see `WordIndex`."""

    def __init__(self, texts: Sequence[PlainText]) -> None:
        self._texts = texts
        self._counts = [Counter(filter(None, text.tokens)) for text in texts]

    def count_words(self, sets: Sequence[Longs], min_hits: int, *, with_deviations: bool = False) -> WordCounts:
        chosen = [[self._counts[number] for number in numbers.tolist()] for numbers in sets]
        hits_by_set, documents_by_set = [Counter[str]() for _ in sets], [Counter[str]() for _ in sets]
        for of_set, hits_of_set, documents_of_set in zip(chosen, hits_by_set, documents_by_set, strict=True):
            for counts in of_set:
                hits_of_set.update(counts)
                documents_of_set.update(counts.keys())
        totals = sum(hits_by_set, Counter[str]())
        words = sorted(word for word, total in totals.items() if total >= min_hits)
        hits = [[counts[word] for word in words] for counts in hits_by_set]
        documents = [[counts[word] for word in words] for counts in documents_by_set]
        sizes = [len(self._texts[number].tokens) for number in sets[0].tolist()]
        of_words = words if with_deviations else ()
        deviations = [deviation_of_proportions([counts[word] for counts in chosen[0]], sizes) for word in of_words]
        return WordCounts(
            words,
            np.array(hits, np.int64),
            np.array(documents, np.int64),
            np.array(deviations, np.float64),
        )

    def hits_of_words(self, words: Sequence[str], sets: Sequence[Longs]) -> Longs:
        rows = [[sum(self._counts[number][word] for number in numbers.tolist()) for word in words] for numbers in sets]
        return np.array(rows, np.int64).reshape(len(sets), len(words))

    def count_neighbours(self, windows: Windows) -> NeighbourCounts:
        left, right, pairs = Counter[str](), Counter[str](), set[tuple[str, int]]()
        columns = (windows.documents, windows.first, windows.last, windows.left, windows.right)
        for number, first, last, low, high in zip(*(column.tolist() for column in columns), strict=True):
            tokens = self._texts[number].tokens
            before, behind = tokens[low:first], tokens[last + 1 : high + 1]
            left.update(filter(None, before))
            right.update(filter(None, behind))
            pairs.update((word, number) for word in (*before, *behind) if word)
        words = sorted({*left, *right})
        documents = Counter(word for word, _ in pairs)
        return NeighbourCounts(words, *(_longs(counts[word] for word in words) for counts in (left, right, documents)))
