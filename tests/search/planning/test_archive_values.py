"""Values that documents have are known: with commas, outside the list of categories, names by a part of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.fields import BY_FACET
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.run_events import Summary
from search import Archive, Filter, Request, open_archive
from search.grammar.keyword_values import names_with_part
from search.grammar.unparse import to_text
from search.presentation.json_format import page_json
from search.results import DiagnosticKind, SearchResult

AUTHORS = (
    ("Obama, Barack",), ("Michelle Obama", "Obama"), ("Doe, Jane",), ("Doe", "Jane"), ('Seán "Shay" O’Neil, Jr',),
    ("Roe; and\\or, Kim",), ("山田太郎",), (),
)  # fmt: skip
CATEGORIES = ("Letters, open", "report", 'Notes "to, self"', "Report,", "A, B", "A", "B", "statement")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, run_index: Callable[..., Summary]) -> Archive:
    folder = tmp_path_factory.mktemp("values")
    for number, (authors, category) in enumerate(zip(AUTHORS, CATEGORIES, strict=True)):
        (folder / f"{number}.txt").write_text(f"The dhole of page {number}.", encoding="utf-8")
        sidecar = f"category = {json.dumps(category)}\nauthors = {json.dumps(authors, ensure_ascii=False)}\n"
        (folder / f"{number}.txt.toml").write_text(sidecar, encoding="utf-8")
    run_index(folder)
    return open_archive(folder)


def typed(value: str) -> str:
    """Return a facet's value in quotation marks, as a query needs it where it has blanks."""
    return value if value.startswith('"') or value == "none" else f'"{value}"'


def files(answer: SearchResult) -> str:
    return "".join(sorted(hit.path[0] for hit in answer.hits))


@pytest.mark.parametrize("facet", ["author", "category", "language", "format"])
def test_choosing_a_row_finds_as_many_documents_as_it_says(archive: Archive, facet: str) -> None:
    for row in archive.search(Request(facets=(facet,), limit=0)).facets[facet]:
        field = BY_FACET[facet].name
        asked = (
            Request(filters=(Filter(field, row.value),)), Request(f"{field}:{typed(row.value)}"),
            Request(filters=(Filter(field, row.label),)) if row.value != "none" else Request(f"-has:{field}"),
        )  # fmt: skip
        for request in asked:
            answer = archive.search(request)
            assert (answer.total, answer.diagnostics) == (row.count, ()), request
            assert answer.query is not None
            again = archive.search(Request(to_text(answer.query)))
            assert (files(again), again.query, again.diagnostics) == (files(answer), answer.query, ())


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["author", "category"]), st.lists(st.integers(0, 20), min_size=1, max_size=3))
def test_rows_chosen_together_find_any_of_them(archive: Archive, facet: str, numbers: list[int]) -> None:
    rows = archive.search(Request(facets=(facet,), limit=0)).facets[facet]
    chosen = [rows[number % len(rows)] for number in numbers]
    each = [files(archive.search(Request(filters=(Filter(facet, row.value),)))) for row in chosen]
    together = archive.search(Request(filters=tuple(Filter(facet, row.value) for row in chosen)))
    listed = archive.search(Request(f"{facet}:{','.join(typed(row.value) for row in chosen)}"))
    assert files(together) == files(listed) == "".join(sorted(set("".join(each))))
    assert not (*together.diagnostics, *listed.diagnostics)


@pytest.mark.parametrize(
    ("part", "found", "names"),
    [
        ("obama", "1", ""), ("barack", "0", "Obama, Barack"), ("BARACK OBAMA", "0", "Obama, Barack"),
        ("oba", "01", "Michelle Obama; Obama; Obama, Barack"), ("jane", "3", ""), ("Jane Doe", "2", "Doe, Jane"),
        ("shay neil", "4", 'Seán "Shay" O’Neil, Jr'), ("eil", "", None), ("山田", "6", "山田太郎"), ("zz", "", None),
        ("Doe, Jane", "2", ""), ("Jane, Doe", "2", "Doe, Jane"),
    ],
)  # fmt: skip
def test_an_author_is_found_by_part_of_the_name(archive: Archive, part: str, found: str, names: str | None) -> None:
    for request in (Request(f'by:"{part}"'), Request(filters=(Filter("author", part),))):
        answer = archive.search(request)
        if part == "Jane, Doe" and request.filters:
            assert files(answer) == "3"  # a list of two authors
            continue
        assert files(answer) == found
        [*kinds] = (diagnostic.kind for diagnostic in answer.diagnostics)
        assert kinds == ([] if names == "" else [DiagnosticKind.VALUE if names is None else DiagnosticKind.HINT])
        if names:
            assert str(answer.diagnostics[0].message).endswith(f"searched: {names}.")


def test_names_contain_each_word_or_words_that_begin_so() -> None:
    names = ["Anna Lind", "Ann Lee", "Annan, Kofi", "O. Lind"]
    assert names_with_part("ann", names) == ["Ann Lee"]
    assert names_with_part("an", names) == ["Anna Lind", "Ann Lee", "Annan, Kofi"]
    assert names_with_part("a lind", names) == ["Anna Lind"]
    assert names_with_part("--", names) == names_with_part("nn", names) == []


def test_a_category_that_no_document_has_is_reported_with_the_nearest(archive: Archive) -> None:
    [unknown] = archive.search(Request('category:"letter, open"')).diagnostics
    assert (unknown.kind, unknown.suggestion) == (DiagnosticKind.VALUE, "Letters, open")
    assert "Letters, open" in str(unknown.message)


def test_a_country_with_a_comma_is_reported_as_one(archive: Archive) -> None:
    [unknown] = archive.search(Request(filters=(Filter("country", "Nowhere, Republic of"),))).diagnostics
    assert "“Nowhere, Republic of”" in str(unknown.message)
    both = archive.search(Request(filters=(Filter("country", "KR,Nowhere"),)))
    assert both.understood == "country is KR or nowhere"


def test_values_of_withdrawn_documents_are_not_known(tmp_path: Path, run_index: Callable[..., Summary]) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"The dhole {name}.", encoding="utf-8")
        (tmp_path / f"{name}.txt.toml").write_text(f'authors = ["Zeb {name}witness"]\ncategory = "Secret {name}"\n')
    run_index(tmp_path)
    with open_archive(tmp_path) as opened:
        assert files(opened.search(Request("by:zeb"))) == "ab"
        withdraw(tmp_path, opened.search(Request("file:a.txt")).hits[0].id, "names a witness")
        opened.refresh()
        for query in ("by:zeb", "by:witness", "category:secret", "category:'secret c'", "author:*"):
            answer = opened.search(Request(query, facets=("author", "category")))
            assert not re.search("awitness|Secret a", str(page_json(answer))), query
