"""Completions know words of texts and titles, also inside phrases, and find as many documents as they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from indexer.index.manifest import index_path, read_manifest
from indexer.ingest.run_events import Summary
from search import Archive, Request, open_archive

PAPERS = {
    "a": "Human rights of detained persons. Human righteousness is not a human right. Detention in Quillon.",
    "b": "The human right to assembly. Rights come first; humans have rights of assembly.",
    "c": "Detained persons have human rights. The right to a human response is rare.",
    "d": "Statement on assembly and detention, by Zebulon. Human resources and human rights.",
    **{name: f"Minutes of meeting {name}." for name in "efghij"},
}
DATES = {name: f"201{number}" for number, name in enumerate(PAPERS)} | {"d": "2031"}


@pytest.fixture
def folder(tmp_path: Path, run_index: Callable[..., Summary]) -> Path:
    for name, text in PAPERS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        sidecar = f'title = "Ximena paper {name}"\ncategory = "statement"\ndate = "{DATES[name]}"\n'
        (tmp_path / f"{name}.txt.toml").write_text(f'{sidecar}authors = ["Author {name.upper()}", "Holm, Astrid"]\n')
    run_index(tmp_path)
    return tmp_path


TYPED = (
    "h", "ri", "right", "detained ri", "-det", "=det", "title:x", "ximena pa", '"human ri', '"human r', '"rights of a',
    'human "rights o', "category:st", "category:none,s", "author:h", 'author:"Holm, As', "by:astr", "by:author", "is:",
    "date:2011 det", "human-ri", "(human OR det", "title:xim", "file:a", "file:t", "text:det", "zebu", "quil",
)  # fmt: skip


def check_counts(archive: Archive) -> None:
    """Check that completions and facets count what a search for them finds."""
    for typed in TYPED:
        for suggestion in archive.suggest(typed):
            found = archive.search(Request(suggestion.text))
            assert found.total == len(found.hits) == suggestion.documents > 0, (typed, suggestion)
            assert not [one for one in found.diagnostics if one.kind != "syntax" or "(" not in typed], suggestion
    every = archive.search(Request(facets=("category", "year", "author", "format"), limit=100))
    assert every.total == len(every.hits)
    authors = Counter(author for hit in every.hits for author in hit.authors)
    assert {row.label: row.count for row in every.facets["author"]} == authors
    categories = Counter(hit.category for hit in every.hits)
    assert {row.label: row.count for row in every.facets["category"]} == categories
    years = Counter((hit.date or "")[:4] for hit in every.hits)
    assert {row.value: row.count for row in every.facets["year"] if row.count} == years
    assert {min(years), max(years)} <= {every.facets["year"][0].value, every.facets["year"][-1].value}


def texts(archive: Archive, typed: str) -> list[str]:
    return [suggestion.text for suggestion in archive.suggest(typed)]


def test_a_phrase_is_completed_by_what_follows_in_it(folder: Path) -> None:
    with open_archive(folder) as archive:
        assert texts(archive, '"human ri') == ['"human rights"', '"human right"', '"human righteousness"']
        assert texts(archive, '"human re') == ['"human resources"', '"human response"']
        assert texts(archive, '"human rights"') == texts(archive, '"human ') == texts(archive, '"zzz ri') == []
        assert texts(archive, 'persons "human ri')[0] == 'persons "human rights"'


def test_words_of_titles_and_names_in_part_are_completed(folder: Path) -> None:
    with open_archive(folder) as archive:
        assert texts(archive, "xim") == ["ximena"]
        assert texts(archive, "title:pa") == ["title:paper"]
        assert texts(archive, "title:det") == []
        assert texts(archive, "by:astr") == ['by:"Holm, Astrid"']
        assert texts(archive, 'author:"Author A",ho') == ['author:"Author A","Holm, Astrid"']
        assert texts(archive, 'author:"Holm, Astrid"') == []


def test_counts_are_exact_after_edits_that_merge_nothing(folder: Path, run_index: Callable[..., Summary]) -> None:
    with open_archive(folder) as archive:
        ids = {hit.path[0]: hit.id for hit in archive.search(Request()).hits}
        check_counts(archive)
        edit(folder, ids["a"], {"category": "report", "author": "Astrid Holm", "title": "Yonder"})
        (folder / "b.txt").write_text("Detained persons only.", encoding="utf-8")
        for name in ("c.txt", "c.txt.toml"):
            (folder / name).unlink()
        run_index(folder)
        archive.refresh()
        check_counts(archive)
        assert any(segment.deleted for segment in read_manifest(index_path(folder)).segments)
        assert texts(archive, "respon") == []
        withdraw(folder, ids["d"], "names a witness")
        archive.refresh()
        check_counts(archive)
        assert texts(archive, "zebu") == texts(archive, "by:d") == []
        years = archive.search(Request()).facets["year"]
        assert years[-1].value == "2019"
        assert [row.value for row in years if row.count] == sorted({*DATES.values()} - {"2012", "2031"})
