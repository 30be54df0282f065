"""The researchers' tools run on any engine: with the documents in memory they count as with the index on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.engines import ENGINES
from muniment import KwicOptions, Request, kwic, open_archive, trend
from search.word_statistics.frequencies import frequencies
from tests.memory_index import MODULES


def test_tools_count_the_same_over_documents_in_memory(
    papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ENGINES, "memory", MODULES)
    other = shutil.copytree(papers, tmp_path / "other")
    (other / "muniment.toml").write_text('[index]\nengine = "memory"\n')
    with open_archive(papers) as here, open_archive(other) as there:
        for query in ("assembly", '"the one"', "assem*", "the NEAR/3 one"):
            lines, others = (kwic(one, Request(query), KwicOptions(limit=100)) for one in (here, there))
            assert (lines.total, lines.lines) == (others.total, others.lines)
            assert trend(here, [Request(query)]).series == trend(there, [Request(query)]).series
        assert frequencies(here, Request("")).rows == frequencies(there, Request("")).rows
