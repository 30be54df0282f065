"""Count what is out of order in a checkout: ``python -m tools.house [FOLDER or COMMIT ...]``."""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from tools.module_map import PRODUCT, describe, map_page, module_paths

MAX_FILES = 16
"""Files that a folder may contain. A reader finds a name at a glance among a dozen, and no longer among thirty."""

FOLDERS_AS_LONG_AS_NEEDED = re.compile(r"^commands$|^indexer/readers$")
"""A command and a format are a file or a folder each, so these two grow with the product."""

MAX_LINES = 300
"""Lines of a file that is one idea."""

MAX_FUNCTION_LINES = 40
"""Lines of a function, with its docstring: as many as fit on a screen."""

WHOOSH_ROOMS = ("indexer/index/", "search/whoosh_engine/")
SQL_ROOMS = ("corpus/catalogue/", "corpus/researcher_store/")
_SQL = re.compile(
    r"\b(SELECT\s|INSERT (OR \w+ )?INTO\s|UPDATE \w+ SET\s|DELETE FROM\s|CREATE (TABLE|INDEX|TRIGGER)\s|PRAGMA\s)"
)

METADATA = {name: name for name in ("title", "date", "category", "language", "country", "author")} | {
    "authors": "author"
}
"""Metadata fields by each name that code calls them."""

FIELD_TABLE = "corpus/fields.py"
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
"""Attributes of a statement with statements of their own."""


class Sources:
    """The parsed modules of a checkout.

    Attributes:
        root: folder of the checkout.
        trees: syntax tree by path, relative to ``root``, with slashes.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.trees = {
            path.relative_to(root).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
            for path in module_paths(root)
        }

    def product(self) -> Iterator[tuple[str, ast.Module]]:
        """Yield the modules that are installed, without benchmarks and tools."""
        return ((path, tree) for path, tree in self.trees.items() if path.split("/")[0] in PRODUCT)


def crowded_folders(sources: Sources) -> Iterator[str]:
    """Yield folders with more than `MAX_FILES` files."""
    files: dict[str, int] = defaultdict(int)
    for path in sources.trees:
        files[path.rpartition("/")[0]] += 1
    for folder, number in files.items():
        if number > MAX_FILES and not FOLDERS_AS_LONG_AS_NEEDED.match(folder):
            yield f"{folder}: {number}"


def loose_files(sources: Sources) -> Iterator[str]:
    """Yield modules of the indexer that are in none of its folders."""
    return (path for path in sources.trees if re.fullmatch(r"indexer/(?!__init__)\w+\.py", path))


def repeated_file_names(sources: Sources) -> Iterator[str]:
    """Yield file names that occur twice within one top-level folder."""
    paths: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sources.trees:
        if not path.endswith("__init__.py"):
            paths[path.split("/")[0], path.rpartition("/")[2]].append(path)
    return (" = ".join(same) for same in paths.values() if len(same) > 1)


def repeated_class_names(sources: Sources) -> Iterator[str]:
    """Yield public class names that are defined twice."""
    paths: dict[str, list[str]] = defaultdict(list)
    for path, tree in sources.trees.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                paths[node.name].append(path)
    return (f"{name}: {', '.join(same)}" for name, same in paths.items() if len(same) > 1)


def unmapped_modules(sources: Sources) -> Iterator[str]:
    """Yield modules that the module map lacks, or describes by another sentence than their own."""
    page = map_page(sources.root)
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return (path for path, tree in sources.trees.items() if describe(path, tree) not in text)


def spelled_out_fields(sources: Sources) -> Iterator[str]:
    """Yield statements outside the table of fields that name three or more metadata fields."""
    for path, tree in sources.product():
        if path != FIELD_TABLE:
            for node in ast.walk(tree):
                if isinstance(node, ast.stmt) and len(_named_fields(node)) >= 3:
                    yield f"{path}:{node.lineno}"


def _named_fields(statement: ast.stmt) -> set[str]:
    """Return the metadata fields that a statement names, without the statements inside it."""
    header = [
        child
        for name, value in ast.iter_fields(statement)
        if name not in _BLOCKS
        for child in (value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    ]
    return {METADATA[name] for part in header for node in ast.walk(part) for name in _names(node) if name in METADATA}


def _names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(name)) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
            yield name


def sql_elsewhere(sources: Sources) -> Iterator[str]:
    """Yield strings of SQL outside the folders of the catalogue and of the researcher's store."""
    for path, tree in sources.product():
        if not path.startswith(SQL_ROOMS):
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL.search(node.value):
                    yield f"{path}:{node.lineno}"


def whoosh_elsewhere(sources: Sources) -> Iterator[str]:
    """Yield modules that import Whoosh outside its two folders."""
    for path, tree in sources.product():
        imported = {name for node in ast.walk(tree) for name in _imported(node)}
        if "whoosh" in imported and not path.startswith(WHOOSH_ROOMS):
            yield path


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module.split(".")[0]


def long_files(sources: Sources) -> Iterator[str]:
    """Yield files of more than `MAX_LINES` lines."""
    for path in sources.trees:
        lines = (sources.root / path).read_text(encoding="utf-8").count("\n")
        if lines > MAX_LINES:
            yield f"{path}: {lines}"


def long_functions(sources: Sources) -> Iterator[str]:
    """Yield functions of more than `MAX_FUNCTION_LINES` lines."""
    for path, tree in sources.trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION_LINES:
                yield f"{path}:{node.lineno} {node.name}"


def screens_elsewhere(sources: Sources) -> Iterator[str]:
    """Yield modules that import click outside the command line, or colour text outside its terminal folder."""
    for path, tree in sources.product():
        imported = {name for node in ast.walk(tree) for name in _imported(node)}
        coloured = any(isinstance(node, ast.Attribute) and node.attr == "style" for node in ast.walk(tree))
        outside = not path.startswith(("commands/", "cli.py"))
        if (outside and "click" in imported) or (coloured and not path.startswith("commands/terminal/")):
            yield path


FIGURES: dict[str, Callable[[Sources], Iterable[str]]] = {
    f"folders with more than {MAX_FILES} files (commands/ and readers/ excepted)": crowded_folders,
    "loose files in indexer/": loose_files,
    "file names that occur twice within one top-level folder": repeated_file_names,
    "public class names that are defined twice": repeated_class_names,
    "modules missing from the map": unmapped_modules,
    "statements that name three or more metadata fields": spelled_out_fields,
    "strings of SQL outside corpus/catalogue and corpus/researcher_store": sql_elsewhere,
    "modules that import whoosh outside its folders": whoosh_elsewhere,
    "modules with text for the terminal outside its folder": screens_elsewhere,
    f"files of more than {MAX_LINES} lines": long_files,
    f"functions of more than {MAX_FUNCTION_LINES} lines": long_functions,
}
"""The figures by their labels; each function yields one string for each finding."""


def main() -> None:
    """Print the figures of every folder or commit named, and with ``--list`` the findings in the last."""
    parser = argparse.ArgumentParser(prog="python -m tools.house", description=__doc__)
    parser.add_argument("checkouts", nargs="*", default=["."], metavar="FOLDER or COMMIT")
    parser.add_argument("--list", action="store_true", help="list the places in the last of them")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        checkouts = {name: Sources(_checkout(name, stack)) for name in arguments.checkouts}
        print("".join(f"{name:>10}" for name in checkouts))
        for label, find in FIGURES.items():
            findings = [sorted(find(sources)) for sources in checkouts.values()]
            print("".join(f"{len(lines):>10}" for lines in findings), "", label)
            if arguments.list:
                for finding in findings[-1]:
                    print(" " * 10 * len(checkouts), "  ", finding)


def _checkout(name: str, stack: ExitStack) -> Path:
    """Return a folder, or the files of a commit unpacked into a temporary one."""
    if Path(name).is_dir():
        return Path(name).resolve()
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="muniment-house-")))
    archive = subprocess.run(["git", "archive", name], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    return folder


if __name__ == "__main__":
    main()
