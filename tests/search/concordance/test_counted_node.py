"""The places of a query in main texts are those that reading every token finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.catalogue.documents import document_text, key_of
from corpus.document import Role
from corpus.errors import UsageError
from indexer.ingest.run_events import Summary
from muniment import Filter, Request, open_archive, trend, whole_kwic
from search.archive_state import ArchiveState, open_state
from search.concordance.counted_node import CountedNode, count_node
from search.trends.trend_values import MAX_SERIES
from tests.search.concordance.plain_counts import PlainText


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[ArchiveState]:
    state = open_state(sample_folder)
    yield state
    state.close()


@pytest.fixture(scope="module")
def texts(sample: ArchiveState) -> dict[str, PlainText]:
    return plain_texts(sample)


def plain_texts(state: ArchiveState) -> dict[str, PlainText]:
    """Return the texts of all documents of an archive, by id."""
    index = state.token_index
    ids = index.document_ids(np.flatnonzero(index.main_tokens >= 0))
    texts = {id_: document_text(state.catalogue, key_of(state.catalogue, id_)).all_texts for id_ in ids}
    return {
        id_: PlainText([text.text for text in of_document], sum(text.role is Role.MAIN for text in of_document))
        for id_, of_document in texts.items()
    }


def random_queries(texts: dict[str, PlainText], count: int, seed: int) -> Iterator[str]:
    """Yield queries of words that occur: words, phrases, NEAR and patterns in turn."""
    draw = random.Random(seed)
    filled = [text for text in texts.values() if len(text.tokens) > 20]
    while count:
        tokens = draw.choice(filled).tokens
        start = draw.randrange(len(tokens) - 6)
        words = [word for word in tokens[start : start + 6] if len(word) > 1 and word.isascii() and word.isalpha()]
        if len(words) < 3:
            continue
        run = tokens[start : start + 3]
        yield (
            f'"{words[0]}"',
            f'"{" ".join(run)}"' if all(word.isascii() and word.isalpha() for word in run) else f'"{words[0]}"',
            f"{words[0]} NEAR/{draw.randrange(8)} {words[2]}",
            f"{words[1][:4]}*" if len(words[1]) > 4 else f"{words[1]}?",
            f'{words[0]} OR "{words[1]}"',
        )[count % 5]
        count -= 1


def spans_by_document(state: ArchiveState, counted: CountedNode) -> dict[str, list[tuple[int, int]]]:
    spans: dict[str, list[tuple[int, int]]] = {}
    found = counted.occurrences
    ids = state.token_index.document_ids(found.documents)
    for id_, start, length in zip(ids, found.positions.tolist(), found.lengths.tolist(), strict=True):
        spans.setdefault(id_, []).append((start, start + length))
    return spans


def check_counts(state: ArchiveState, texts: dict[str, PlainText], queries: int, seed: int) -> None:
    for query in random_queries(texts, queries, seed):
        counted = count_node(state, Request(query))
        expected = {id_: places for id_, text in texts.items() if (places := text.places(counted.query))}
        found = spans_by_document(state, counted)
        assert found == expected, query
        assert len(counted.occurrences) == sum(map(len, expected.values()))
        assert counted.total_tokens == sum(len(text.tokens) for text in texts.values())


def test_places_and_totals_are_those_that_reading_every_token_finds(
    sample: ArchiveState, texts: dict[str, PlainText]
) -> None:
    check_counts(sample, texts, 30, 17)


@pytest.mark.slow
def test_places_of_200_queries_in_real_reports_are_those_of_brute_force(
    all_reports_archive: tuple[Path, Summary],
) -> None:
    state = open_state(all_reports_archive[0])
    texts = plain_texts(state)
    check_counts(state, texts, 200, 1)
    queries = list(random_queries(texts, 200, 1))
    state.close()
    with open_archive(all_reports_archive[0]) as archive:
        for first in range(0, len(queries), MAX_SERIES):
            requests = [Request(query) for query in queries[first : first + MAX_SERIES]]
            for request, series in zip(requests, trend(archive, requests).series, strict=True):
                whole = whole_kwic(archive, request)
                assert sum(point.hits for point in series.points) == series.hits == whole.head.total
                if whole.head.total < 2000:
                    assert sum(1 for _ in whole.lines) == whole.head.total


def test_what_is_no_word_of_the_text_narrows_the_documents(sample: ArchiveState) -> None:
    everything = count_node(sample, Request("detention"))
    narrowed = count_node(sample, Request("detention", filters=(Filter("category", "statement"),)))
    assert len(narrowed.documents) < len(everything.documents)
    assert narrowed.total_tokens < everything.total_tokens
    assert set(narrowed.documents_with.tolist()) == set(everything.documents_with) & set(narrowed.documents.tolist())
    without = count_node(sample, Request("detention -prison"))
    assert len(without.documents) < len(everything.documents)
    for query in ("category:statement", "*", '"--" category:statement', "title:report"):
        with pytest.raises(UsageError, match="no word"):
            count_node(sample, Request(query))


def test_words_count_as_written_unless_all_forms_are_asked_for(
    sample: ArchiveState, texts: dict[str, PlainText]
) -> None:
    written = count_node(sample, Request("Reports"))
    assert len(written.occurrences) == sum(text.tokens.count("reports") for text in texts.values())
    forms = count_node(sample, Request("Reports"), stemmed=True)
    assert len(forms.occurrences) > len(written.occurrences)
