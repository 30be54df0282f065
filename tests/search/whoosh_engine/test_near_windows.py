"""NEAR counts each printed word between others once, wherever in a word printed in parts it begins or ends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Request, open_archive
from search.concordance.kwic import kwic
from search.whoosh_engine.arrays.proximity import near_windows
from tests.conftest import Indexing

FORMS = "abc"


@given(
    st.lists(st.text(FORMS, min_size=1, max_size=3), min_size=1, max_size=12),
    st.text(FORMS, min_size=2, max_size=3),
    st.integers(0, 4),
)
def test_a_window_has_as_many_words_as_are_printed(words: list[str], asked: str, distance: int) -> None:
    parts = [(form, number) for number, word in enumerate(words) for form in word]
    firsts = np.flatnonzero(np.diff([number for _, number in parts], prepend=-1))
    uncounted = np.setdiff1d(np.arange(len(parts)), firsts)
    places = {form: np.array([at for at, part in enumerate(parts) if part[0] == form], np.int64) for form in asked}
    starts, ends = near_windows(asked, places, distance, uncounted)
    assert list(zip(starts.tolist(), ends.tolist(), strict=True)) == windows_of(parts, asked, distance)


def windows_of(parts: Sequence[tuple[str, int]], asked: str, distance: int) -> list[tuple[int, int]]:
    """Return from each place of an asked word the smallest window with all, if few enough printed words are in it."""
    windows = []
    for start in (at for at, part in enumerate(parts) if part[0] in asked):
        for end in range(start, len(parts)):
            forms = [form for form, _ in parts[start : end + 1]]
            if all(forms.count(form) >= asked.count(form) for form in asked):
                if len({number for _, number in parts[start : end + 1]}) - len(asked) <= distance:
                    windows.append((start, end))
                break
    return windows


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("heron NEAR/0 quag", 1), ("heron NEAR/0 mire", 1), ("mire NEAR/0 stork", 1), ("quag NEAR/0 stork", 1),
        ("heron NEAR/0 stork", 0), ("heron NEAR/1 stork", 1), ("quagmire NEAR/0 stork", 1),
        ("heron NEAR/0 quagmire", 1), ("reed NEAR/1 stork", 0),
        ("reed NEAR/2 stork", 1), ("mire NEAR/1 reed", 1), ("mire NEAR/0 reed", 0),
    ],
)  # fmt: skip
def test_near_counts_a_divided_word_once_at_either_end(tmp_path: Path, run: Indexing, query: str, count: int) -> None:
    (tmp_path / "a.txt").write_text("A reed, a grey reed heron quag-\nmire stork and so on.\n", encoding="utf-8")
    run(tmp_path)
    with open_archive(tmp_path) as archive:
        assert archive.search(Request(query)).total == count
        assert kwic(archive, Request(query)).total == count
        assert all(hit.passages[0].spans for hit in archive.search(Request(query)).hits)
