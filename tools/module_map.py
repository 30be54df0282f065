"""Write docs/modules.md from the first lines of docstrings: ``python -m tools.module_map``."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

PRODUCT = ("cli.py", "muniment", "commands", "web", "search", "indexer", "corpus")
"""The layers that are installed, from the top down."""

PACKAGES = (*PRODUCT, "benchmarks", "tools")

_HEADING = """# Module map

Every module with the first line of its docstring, from the top layer down. Made by `make map`: change the docstring,
not this page. [ARCHITECTURE.md](../ARCHITECTURE.md) says how they work together.
"""


def module_paths(root: Path) -> Iterator[Path]:
    """Yield every module of a checkout but the tests, a folder's own before those of the folders in it."""
    for name in PACKAGES:
        if (root / name).is_file():
            yield root / name
        for package in sorted((root / name).rglob("__init__.py")):
            yield package
            yield from sorted(path for path in package.parent.glob("*.py") if path != package)


def describe(path: str, tree: ast.Module) -> str:
    """Return the map's line for a module: its path and the first line of its docstring."""
    summary = (ast.get_docstring(tree) or "").partition("\n")[0]
    return summary if path.endswith("__init__.py") else f"| `{path.rpartition('/')[2]}` | {summary} |"


def write_map(root: Path) -> str:
    """Return the page: a section for each folder, a row for each of its modules."""
    sections = [_HEADING]
    modules = ((path.relative_to(root).as_posix(), path) for path in module_paths(root))
    for folder, members in groupby(modules, key=lambda module: module[0].rpartition("/")[0]):
        lines = [describe(name, ast.parse(path.read_text(encoding="utf-8"))) for name, path in members]
        heading = f"{'#' * (2 + folder.count('/'))} {folder}/" if folder else "## The command line"
        summary = [lines.pop(0), ""] if folder else []
        rows = ["| module | |", "|---|---|", *lines, ""] if lines else []
        sections.append("\n".join([heading, "", *summary, *rows]))
    return "\n".join(sections)


def map_page(root: Path) -> Path:
    """Return where the map of a checkout is stored."""
    return root / "docs" / "modules.md"


if __name__ == "__main__":
    ROOT = Path(__file__).parents[1]
    map_page(ROOT).write_text(write_map(ROOT), encoding="utf-8")
