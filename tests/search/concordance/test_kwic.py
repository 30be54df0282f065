"""Lines of a concordance: text as it is on their pages, in the order, the groups and the sample that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import search
from corpus.errors import UsageError
from indexer.text import analysis
from muniment import ContextUnit, KwicOptions, LineKey, Request, Within, kwic, whole_kwic

QUERY = Request('detention OR "human rights"')


@pytest.fixture(scope="module")
def archive(sample_folder: Path) -> Iterator[search.Archive]:
    with search.open_archive(sample_folder) as opened:
        yield opened


def test_each_line_is_the_text_at_its_place_of_its_page(archive: search.Archive) -> None:
    whole = whole_kwic(archive, QUERY)
    lines = list(whole.lines)
    assert len(lines) == whole.head.total == whole.head.chosen > 50
    for line in lines:
        pages = {page.number: page.text for page in archive.texts(line.id) if page.role == "main"}
        assert line.page is not None or len(pages) == 1
        text = pages[line.page or 1]
        assert " ".join(text[line.start : line.end].split()) == line.node
        before, behind = analysis.surface(text[: line.start]), analysis.surface(text[line.end :])
        left, right = analysis.surface(line.left), analysis.surface(line.right)
        assert len(left) <= len(right) + 8
        assert left[-len(before) :] == before[-8:][-len(left) :]
        assert right[: len(behind)] == behind[:8][: len(right)]


def test_lines_are_sorted_from_the_node_outwards(archive: search.Archive) -> None:
    options = KwicOptions(sort=(LineKey.LEFT_1, LineKey.RIGHT_1))
    lines = list(whole_kwic(archive, QUERY, options).lines)
    keys = [("".join(analysis.surface(line.left)[-1:]), "".join(analysis.surface(line.right)[:1])) for line in lines]
    assert keys == sorted(keys)
    by_date = list(whole_kwic(archive, QUERY).lines)
    years = [line.date[:4] or "undated" for line in by_date]
    assert years == sorted(years)
    assert Counter(line.id for line in lines) == Counter(line.id for line in by_date)


def test_groups_count_the_lines_and_lead_to_them(archive: search.Archive) -> None:
    grouped = kwic(archive, QUERY, KwicOptions(group=LineKey.RIGHT_1))
    assert sum(group.lines for group in grouped.groups) == grouped.total
    first = grouped.groups[0]
    only = kwic(archive, QUERY, KwicOptions(group=LineKey.RIGHT_1, only=first.label, limit=500))
    assert (only.chosen, len({line.id for line in only.lines})) == (first.lines, first.documents)
    assert {"".join(analysis.surface(line.right)[:1]) for line in only.lines} == {first.label}
    nodes = kwic(archive, QUERY, KwicOptions(group=LineKey.NODE)).groups
    assert {group.label for group in nodes} == {"detention", "human rights"}


def test_a_sample_is_the_same_for_everybody_and_in_every_order(archive: search.Archive) -> None:
    options = KwicOptions(sample=12, seed=7)
    drawn = kwic(archive, QUERY, options)
    places = {(line.id, line.page, line.start) for line in drawn.lines}
    assert (drawn.chosen, len(places)) == (12, 12)
    again = kwic(archive, QUERY, replace(options, sort=(LineKey.RIGHT_2,)))
    assert {(line.id, line.page, line.start) for line in again.lines} == places
    other = kwic(archive, QUERY, replace(options, seed=8))
    assert {(line.id, line.page, line.start) for line in other.lines} != places


def test_context_is_in_words_characters_or_sentences(archive: search.Archive) -> None:
    for line in kwic(archive, QUERY, KwicOptions(unit=ContextUnit.CHARACTERS, left=30, right=20)).lines:
        assert len(line.left) <= 30
        assert len(line.right) <= 20
    sentences = kwic(archive, QUERY, KwicOptions(unit=ContextUnit.SENTENCE)).lines
    assert sum(f"{line.node}{line.right}".rstrip("”\"')")[-1] in ".?!:" for line in sentences) > len(sentences) / 2


def test_lines_may_stay_on_a_page_or_be_of_titles(archive: search.Archive) -> None:
    titles = kwic(archive, Request("report"), KwicOptions(within=Within.TITLE))
    assert titles.lines
    for line in titles.lines:
        assert (line.page, line.node.casefold()) == (None, "report")
        assert archive.document(line.id).metadata.value("title")[line.start : line.end] == line.node
    assert titles.tokens < kwic(archive, Request("report")).tokens
    on_pages = kwic(archive, QUERY, KwicOptions(within=Within.PAGE, limit=1000))
    for line in on_pages.lines:
        number = line.page or 1  # a document without pages has one text
        page = next(page.text for page in archive.texts(line.id) if page.number == number and page.role == "main")
        assert len(analysis.surface(line.left)) == min(8, len(analysis.surface(page[: line.start])))


def test_options_out_of_bounds_are_refused(archive: search.Archive) -> None:
    for options in (KwicOptions(left=1000), KwicOptions(sort=(LineKey.NODE,)), KwicOptions(sort=(LineKey.DATE,) * 4)):
        with pytest.raises(UsageError):
            kwic(archive, QUERY, options)
