"""The module map is current, and the figures of the house count what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import ROOT
from tools.house import FIGURES, Sources
from tools.module_map import map_page, module_paths, write_map

UNTIDY = {
    "indexer/__init__.py": "",
    "indexer/loose.py": "import whoosh.fields\n",
    "indexer/listings/table.py": "class Row:\n    title: str\n",
    "indexer/readers/table.py": "class Row:\n    pass\n",
    "search/__init__.py": "",
    "search/titles.py": 'QUERY = "SELECT title FROM documents"\n\n\ndef f(title, date, author):\n    return title\n',
}


@pytest.fixture
def untidy(tmp_path: Path) -> Sources:
    """A checkout with one fault of each kind."""
    for name, text in UNTIDY.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text, encoding="utf-8")
    return Sources(tmp_path)


def test_the_module_map_is_current() -> None:
    assert map_page(ROOT).read_text(encoding="utf-8") == write_map(ROOT), "run: make map"


def test_the_module_map_lists_every_module() -> None:
    page = map_page(ROOT).read_text(encoding="utf-8")
    files = [path for path in module_paths(ROOT) if path.name != "__init__.py"]
    assert len(files) > 200
    assert not [path for path in files if f"| `{path.name}` |" not in page]


@pytest.mark.parametrize(
    ("figure", "place"),
    [
        ("loose files in indexer/", "indexer/loose.py"),
        (
            "file names that occur twice within one top-level folder",
            "indexer/listings/table.py = indexer/readers/table.py",
        ),
        ("public class names that are defined twice", "Row: indexer/listings/table.py, indexer/readers/table.py"),
        ("statements that name three or more metadata fields", "search/titles.py:4"),
        ("strings of SQL outside corpus/catalogue and corpus/researcher_store", "search/titles.py:1"),
        ("modules that import whoosh outside its folders", "indexer/loose.py"),
    ],
)
def test_a_fault_in_the_house_is_counted_once(untidy: Sources, figure: str, place: str) -> None:
    assert [*FIGURES[figure](untidy)] == [place]


def test_a_module_without_a_line_in_the_map_is_missing(untidy: Sources) -> None:
    assert "search/titles.py" in [*FIGURES["modules missing from the map"](untidy)]
