"""Matches on each page: counted from positions as by analysing the texts, for one page and for the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Archive, Request, open_archive
from search.match_positions import QueryPositions
from search.whoosh_engine.array_engine import WhooshEngine

PAGES = (
    "Custody and the pier. Custody again, custodial staff.",
    "Nothing of it here, and at the end the public",
    "gallery of the court. The public gallery is open.",
    "Gulls, and nothing else.",
    "Custody, at last.",
)


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("volume")
    (folder / "volume.txt").write_text("\f".join(PAGES), encoding="utf-8")
    list(index(folder, (), Options(jobs=1)))
    return folder


def first_match(archive: Archive, query: str) -> tuple[dict[int, int], set[int]]:
    """The places of each page that has any, and the page that is shown for them."""
    (hit,) = archive.search(Request()).hits
    view = archive.view(hit.id, page=0, query=query)
    assert [*view.places] == [1, 2, 3, 4, 5]
    return {page: count for page, count in view.places.items() if count}, {text.number for text in view.texts}


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("custody", {1: 3, 5: 1}), ("custodi*", {1: 1}), ("custod*", {1: 3, 5: 1}), ('"public gallery"', {2: 1, 3: 1}),
        ('public "public gallery"', {2: 1, 3: 1}), ("pier OR gulls", {1: 1, 4: 1}), ("pier -custody", {1: 1}),
        ("zebra", {}), ("", {}), ("format:txt", {}),
    ],
)  # fmt: skip
def test_places_are_counted_as_in_the_texts_they_are_in(
    volume: Path, query: str, places: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(volume) as archive:
        assert first_match(archive, query) == (places, {min(places, default=1)})
        monkeypatch.setattr(WhooshEngine, "match_positions", lambda *_: QueryPositions())
        assert first_match(archive, query) == (places, {min(places, default=1)})


def test_a_page_has_the_matches_of_the_whole_document(sample_folder: Path) -> None:
    with open_archive(sample_folder) as archive:
        for hit in archive.search(Request("rights", limit=10)).hits:
            whole = archive.view(hit.id, query="rights")
            for page in whole.places:
                view = archive.view(hit.id, query="rights", page=page)
                assert view.places == whole.places
                assert sum(map(len, view.spans)) == view.places[page]
