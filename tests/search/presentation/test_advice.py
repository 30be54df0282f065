"""A query with few hits is answered with advice, and a query that is being typed with completions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cli
from search import Archive, Request, open_archive
from search.presentation.advice import MAX_COUNTED_PARTS
from search.query import Query, Wildcard
from search.results import MAX_HITS_WITH_ADVICE
from search.whoosh_engine.matching import evaluate
from search.whoosh_engine.matching.match_set import MatchSet, QueryContext


@pytest.fixture(scope="module")
def archive(sample_folder: Path) -> Iterator[Archive]:
    with open_archive(sample_folder) as opened:
        yield opened


def total(archive: Archive, query: str) -> int:
    return archive.search(Request(query, limit=0)).total


def test_a_query_with_enough_hits_gets_no_advice(archive: Archive) -> None:
    assert archive.search(Request("torture")).advice is None
    assert archive.search(Request("*")).advice is None


def test_advice_counts_each_part_and_names_one_that_occurs_nowhere(archive: Archive) -> None:
    advice = archive.search(Request("torture zzzzzz category:speech")).advice
    assert advice
    assert {part.query: part.documents for part in advice.parts} == {
        part: total(archive, part) for part in ("torture", "zzzzzz", "category:speech")
    }
    assert advice.empties == "zzzzzz"
    assert advice.looser == "torture category:speech"
    assert advice.looser_total == total(archive, advice.looser) > 0


def test_of_parts_that_never_meet_the_one_in_the_way_of_most_hits_is_named(archive: Archive) -> None:
    advice = archive.search(Request("category:toolkit date:2016 torture")).advice
    assert advice
    assert all(part.documents for part in advice.parts)
    remaining = {part.query for part in advice.parts} - {advice.empties}
    best = max(
        total(archive, " ".join(other.query for other in advice.parts if other is not part)) for part in advice.parts
    )
    assert total(archive, " ".join(remaining)) == best > 0


def test_advice_looks_each_part_up_once(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = list[Query]()
    match_wildcard = evaluate._NODES[Wildcard]

    def noted(query: Query, context: QueryContext) -> MatchSet:
        looked_up.append(query)
        return match_wildcard(query, context)

    monkeypatch.setitem(evaluate._NODES, Wildcard, noted)
    result = archive.search(Request(" ".join(f"-{letter}*" for letter in "abcdefghijklmnopqrst"), passages=0))
    assert result.advice
    assert len(result.advice.parts) == MAX_COUNTED_PARTS
    assert len(looked_up) <= 2 * len(set(looked_up)) == 40  # once for the answer, once for all of the advice


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("detantion", "detention"),
        ("tortrue date:2019", "torture date:2019"),
        ('"freedm of asembly"', '"freedom of assembly"'),
        ("title:mandats OR zzzzzz", ""),
        ("xq", ""),
    ],
)
def test_a_misspelt_word_is_corrected_to_the_nearest_of_the_archive(archive: Archive, typed: str, meant: str) -> None:
    advice = archive.search(Request(typed)).advice
    assert (advice.did_you_mean if advice else "") == meant
    assert not meant or total(archive, meant) > total(archive, typed)


def test_a_phrase_that_occurs_nowhere_is_loosened_to_its_words(archive: Archive) -> None:
    advice = archive.search(Request('"detention of prevention"')).advice
    assert advice
    assert advice.looser == "detention of prevention"


QUERIES = st.lists(
    st.sampled_from(
        ["torture", "zzzz", "detantion", '"of the"', "-report", "category:speech", "date:2016", "wom*", "("]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUERIES)
def test_advice_is_given_on_few_hits_only_and_finds_what_it_promises(archive: Archive, query: str) -> None:
    page = archive.search(Request(query))
    assert page.advice is None or page.total <= MAX_HITS_WITH_ADVICE
    if page.advice and page.advice.looser:
        assert total(archive, page.advice.looser) == page.advice.looser_total > page.total
    if page.advice and page.advice.did_you_mean:
        assert total(archive, page.advice.did_you_mean) > page.total


def test_advice_is_on_the_screen_and_in_the_json(sample_folder: Path) -> None:
    screen = CliRunner().invoke(cli.main, ["--archive", str(sample_folder), "search", "detantion", "torture"])
    assert "did you mean: detention torture" in screen.stdout
    printed = CliRunner().invoke(
        cli.main, ["--archive", str(sample_folder), "search", "detantion", "torture", "--json"]
    )
    assert json.loads(printed.stdout)["advice"]["did_you_mean"] == "detention torture"


def texts(archive: Archive, typed: str) -> list[str]:
    return [suggestion.text for suggestion in archive.suggest(typed)]


def test_a_word_is_completed_by_words_of_the_archive_most_frequent_first(archive: Archive) -> None:
    suggestions = archive.suggest("prevention of det")
    assert suggestions[0].text == "prevention of detention"
    counts = [suggestion.documents for suggestion in suggestions]
    assert counts == sorted(counts, reverse=True)
    assert all(total(archive, suggestion.text) == suggestion.documents for suggestion in suggestions)


def test_values_of_a_field_are_completed_with_their_counts(archive: Archive) -> None:
    suggestions = archive.suggest("torture category:sta")
    assert [suggestion.text for suggestion in suggestions] == ["torture category:statement"]
    assert suggestions[0].documents == total(archive, "torture category:statement")
    assert "category:speech,statement" in texts(archive, "category:speech,sta")
    assert texts(archive, "language:Fre") == ["language:fr"]
    assert texts(archive, "category:") != []
    assert texts(archive, "colour:re") == []
    assert texts(archive, "zzzz") == texts(archive, "") == []


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
@given(st.text(max_size=40))
@settings(deadline=None)
def test_every_suggestion_is_a_query_and_is_in_some_document(archive: Archive, typed: str) -> None:
    for suggestion in archive.suggest(typed):
        assert total(archive, suggestion.text) == suggestion.documents > 0


@pytest.mark.no_cover  # it measures time, and tracing lines takes some
def test_a_suggestion_takes_less_than_ten_milliseconds(archive: Archive) -> None:
    texts(archive, "t")
    times = []
    for _ in range(3):
        started = time.process_time()
        for typed in ("t", "to", "tor", "torture det", "category:s", "author:a"):
            texts(archive, typed)
        times.append((time.process_time() - started) / 6)
    assert min(times) < 0.010


def test_documents_similar_to_one_do_not_include_it(archive: Archive) -> None:
    first = archive.search(Request("torture", limit=1)).hits[0].id
    page = archive.similar(first, 5)
    assert page.hits
    assert first not in {hit.id for hit in page.hits}
