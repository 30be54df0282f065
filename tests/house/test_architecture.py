"""The checkout keeps its rules: layers, circles, hidden imports, sizes, unique names, and one place for one thing."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import corpus.errors
from corpus.messages import ENGLISH
from tests.support import ROOT
from tools.house import FIGURES, Sources

FLOORS = ("corpus", "indexer", "search", "web", "commands", "cli", "muniment")
ON_DEMAND = {
    "cli.py",
    "indexer/readers/__init__.py",
    "indexer/sandbox/tasks.py",
    "indexer/index/index_backend.py",
    "search/open_engine.py",
    "search/__init__.py",
    "corpus/deferred.py",
    "corpus/messages/__init__.py",
    "muniment/__init__.py",
}
"""The modules that load commands, readers, engines, sentences and the like by name; nothing else imports late."""

ORDERLY = (
    "folders with more than 16 files (commands/ and readers/ excepted)",
    "loose files in indexer/",
    "file names that occur twice within one top-level folder",
    "public class names that are defined twice",
    "strings of SQL outside corpus/catalogue and corpus/researcher_store",
    "modules that import whoosh outside its folders",
    "modules with text for the terminal outside its folder",
    "functions of more than 40 lines",
)
"""Figures of `tools.house` that have to be zero."""

FIELDS_BY_NATURE = {
    "indexer/readers/": "maps the properties of one format to fields",
    "indexer/archivist/related/language_versions.py": "language, date and category are the evidence it weighs",
    "search/citation/": "maps fields to those of each format of citations",
    "web/research/citations.py": "hands the fields of a hit to such a format",
    "web/records/feeds.py": "Atom and Dublin Core have an element of their own for each",
    "web/curate/queue.py": "each list of the queue is about the lack of one field",
    "indexer/index/index_layout.py": "the fields of an index of version 0.1, which lists none",
}
"""Places that may name three or more metadata fields in one statement, with the reason."""


pytestmark = pytest.mark.no_cover  # they walk syntax trees, and run none of the measured lines


@pytest.fixture(scope="module", autouse=True)
def forget_trees() -> Iterator[None]:
    """Free the syntax trees after the tests of this module, as every garbage collection would visit them."""
    yield
    sources.cache_clear()
    nodes.cache_clear()


@cache
def sources() -> Sources:
    return Sources(ROOT)


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of the syntax tree of a module."""
    return tuple(ast.walk(sources().trees[path.relative_to(ROOT).as_posix()]))


def modules() -> list[Path]:
    return [ROOT / "cli.py", *(path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")))]


def name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            inner = f"{node.module}.{alias.name}"
            yield inner if inner in NAMES else node.module


NAMES = {name(path) for path in modules()}


def imports(path: Path) -> set[str]:
    return {module for node in nodes(path) for module in imported(node)}


def test_a_layer_imports_only_from_layers_below() -> None:
    above = {
        name(path): used
        for path in modules()
        for floor in [FLOORS.index(name(path).split(".")[0])]
        if (used := {module for module in imports(path) if module.split(".")[0] in FLOORS[floor + 1 :]})
    }
    assert not above


def test_search_imports_only_the_analyser_and_the_index_of_the_indexer() -> None:
    paths = (path for path in modules() if path.is_relative_to(ROOT / "search"))
    used = {module for path in paths for module in imports(path)}
    of_indexer = {module for module in used if module.startswith("indexer")}
    assert of_indexer
    assert not [module for module in of_indexer if not module.startswith(("indexer.text", "indexer.index"))]


def test_modules_import_each_other_without_circles() -> None:
    uses = {name(path): imports(path) & NAMES - {name(path)} for path in modules()}
    TopologicalSorter(uses).prepare()  # raises CycleError with the circle


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for function in nodes(path)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and [*imported(node)]
    ]
    assert not hidden


def test_modules_are_loaded_by_name_only_in_the_tables() -> None:
    loading = {
        str(path.relative_to(ROOT))
        for path in modules()
        if re.search(r"\b(resolve_name|import_module)\(", path.read_text(encoding="utf-8"))
    }
    assert loading == ON_DEMAND


def test_files_functions_and_classes_stay_small() -> None:
    assert not [name(path) for path in modules() if path.read_text(encoding="utf-8").count("\n") > 400]
    classes = [(path, node) for path in modules() for node in nodes(path) if isinstance(node, ast.ClassDef)]
    crowded = [
        f"{name(path)}.{node.name}"
        for path, node in classes
        if sum(isinstance(method, ast.FunctionDef) for method in node.body) > 12
    ]
    assert not crowded


def test_one_broad_except_in_the_whole_program() -> None:
    broad = [
        name(path)
        for path in modules()
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert broad == ["indexer.sandbox.child_process"]


SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA \w|BEGIN( \w+)?;?$|COMMIT|ROLLBACK)\b"
)


def test_only_the_catalogue_and_the_researchers_store_contain_sql() -> None:
    sql = [
        (name(path), node.lineno)
        for path in modules()
        if not name(path).startswith(("corpus.catalogue", "corpus.researcher_store"))
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]
    assert not sql


def test_failures_of_sqlite_are_translated_in_one_module() -> None:
    catching = {
        name(path)
        for path in modules()
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and node.type is not None and "sqlite3." in ast.unparse(node.type)
    }
    assert catching == {"corpus.catalogue.store"}


MADE_FROM_CODES = {"message", "Message", "Unreadable"} | {
    name for name, value in vars(corpus.errors).items() if isinstance(value, type) and issubclass(value, Exception)
}
"""Callables whose first argument is a code of the table of sentences."""

REPORTED = {"reason", "problem", "advice", "hint", "warning", "what"}
"""Names of arguments and variables that are shown to people."""


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be: of a constant, of an f-string, and of both sides of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*literals(node.body), *literals(node.orelse))
    elif isinstance(node, ast.BoolOp):
        yield from (text for value in node.values for text in literals(value))


def test_errors_and_messages_are_made_from_codes_of_the_table() -> None:
    calls = [
        (path, node.args[0])
        for path in modules()
        for node in nodes(path)
        if isinstance(node, ast.Call) and node.args
        if isinstance(node.func, ast.Name) and node.func.id in MADE_FROM_CODES
    ]
    texts = [(name(path), text) for path, code in calls for text in literals(code)]
    assert texts
    assert not [(module, text) for module, text in texts if text not in ENGLISH.complete()]


def test_reasons_and_advice_are_written_in_the_table_alone() -> None:
    values = [
        (name(path), variable, value)
        for path in modules()
        if path.parent.name != "messages"
        for node in nodes(path)
        for variable, value in named_values(node)
    ]
    texts = [(module, text) for module, variable, value in values if variable in REPORTED for text in literals(value)]
    assert texts
    assert not [(module, text) for module, text in texts if re.search(r"[A-Za-z]{2} [A-Za-z]{2}", text)]


def named_values(node: ast.AST) -> Iterator[tuple[str | None, ast.expr]]:
    """Yield the values that a node gives to variables or arguments, with their names."""
    if isinstance(node, ast.Assign):
        yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
    elif isinstance(node, ast.keyword):
        yield node.arg, node.value


@pytest.mark.parametrize("floor", FLOORS)
def test_the_packages_come_from_this_repository(floor: str) -> None:
    file = importlib.import_module(floor).__file__
    assert file
    assert Path(file).is_relative_to(ROOT)


@pytest.mark.parametrize("figure", ORDERLY)
def test_figures_that_have_to_be_zero_are_zero(figure: str) -> None:
    assert not [*FIGURES[figure](sources())]


def test_metadata_fields_are_listed_in_their_table_alone() -> None:
    places = FIGURES["statements that name three or more metadata fields"](sources())
    assert not [place for place in places if not place.startswith(tuple(FIELDS_BY_NATURE))]


def test_the_name_of_a_test_is_a_sentence_of_at_most_70_characters() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    names = [name for text in texts for name in re.findall(r"^ *def (test_\w+)\(", text, re.MULTILINE)]
    assert names
    assert not [name for name in names if len(name) > 70]
