"""The first and the last use are in the earliest and the latest documents, as far as their dates are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.dates.edtf import parse_edtf
from search import Filter, Request, open_archive
from search.archive import Archive
from search.concordance.concordance_values import ContextUnit, KwicOptions
from search.concordance.kwic import kwic
from search.word_statistics.first_use import FirstUse, UseInCategory, first_use
from search.word_statistics.word_tables import USE_COLUMNS, quote_of, use_values
from tests.conftest import Indexing


@pytest.fixture(scope="module")
def sample(sample_folder: Path) -> Iterator[Archive]:
    with open_archive(sample_folder) as archive:
        yield archive


def every_use(found: FirstUse) -> tuple[UseInCategory, ...]:
    return (found.whole, *found.rows)


@pytest.mark.parametrize("query", ["detention", '"human rights"', "assembly", "prison*"])
def test_first_and_last_use_are_the_edges_of_all_lines(sample: Archive, query: str) -> None:
    lines = kwic(sample, Request(query), KwicOptions(limit=10_000)).lines
    found = first_use(sample, Request(query))
    assert {row.category for row in found.rows} == {line.category for line in lines}
    for use in every_use(found):
        own = [line for line in lines if use.category in {None, line.category}]
        dates = {line.id: parse_edtf(line.date) for line in own if line.date}
        assert (use.hits, use.documents) == (len(own), len({line.id for line in own}))
        assert use.undated == len({line.id for line in own if not line.date})
        known = {id_: (date.first, date.last) for id_, date in dates.items() if date and date.first and date.last}
        if not known:
            assert use.first is None
            continue
        assert use.first
        assert use.last
        edges = min(first for first, _ in known.values()), max(first for first, _ in known.values())
        assert (known[use.first.line.id][0], known[use.last.line.id][0]) == edges
        assert use.partly_dated == sum(first != last for first, last in known.values())
        latest = known[use.first.line.id][1]
        assert use.first.rivals == sum(first <= latest for first, _ in known.values()) - 1
        assert (use.first.line.page or 0) == min(line.page or 0 for line in own if line.id == use.first.line.id)
        assert (use.first.line.page is not None) == sample.document(use.first.line.id).is_paged


def test_of_a_page_that_is_a_list_one_item_is_quoted(tmp_path: Path, run: Indexing) -> None:
    titles = ["On Reeds", "On the Heron and the Stork", "On Mud", "On Fog and Its Uses", "Contact", "About us"]
    items = "".join(f"<li><a href='/{number}'>{title}</a></li>" for number, title in enumerate(titles))
    page = f"<html><head><title>Reports</title></head><body><main><h1>Reports</h1><ul>{items}</ul></main></body></html>"
    (tmp_path / "2019-03-04-reports.html").write_text(page, encoding="utf-8")
    (tmp_path / "2018-03-04-contents.txt").write_text("\n".join(["Contents", *titles]), encoding="utf-8")
    run(tmp_path)
    with open_archive(tmp_path) as archive:
        use = first_use(archive, Request("heron")).whole
        assert use.first
        assert use.last
        assert {quote_of(use.first), quote_of(use.last).lstrip("-• ")} == {titles[1]}
        lines = kwic(archive, Request("heron"), KwicOptions(unit=ContextUnit.SENTENCE)).lines
        assert {f"{line.left}{line.node}{line.right}".lstrip("-• ") for line in lines} == {titles[1]}


def test_a_row_says_where_the_sentence_is(sample: Archive) -> None:
    found = first_use(sample, Request("detention", filters=(Filter("category", "statement"),)))
    values = use_values("detention", found.whole)
    assert tuple(values) == USE_COLUMNS
    assert found.whole.first
    line = found.whole.first.line
    assert values["first_quote"] == quote_of(found.whole.first) == f"{line.left}{line.node}{line.right}"
    assert line.node.casefold() == "detention"
    assert f"{line.left}{line.node}"[0] in "…D"
    assert values["first_page"] is None  # a statement in a web page has none
    assert values["first_id"]
    assert values["category"] == "*"
    assert first_use(sample, Request("qqqqq")).rows == ()
