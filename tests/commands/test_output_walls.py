"""Screens are laid out only in commands/terminal, JSON in one module; each has one printing function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

COMMANDS = sorted((ROOT / "commands").glob("*.py"))
TERMINAL = sorted((ROOT / "commands" / "terminal").glob("*.py"))
PRINTERS = {"print_screen", "print_diagnostics", "print_above"}


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in a module with the name of what is called: ``echo`` for ``click.echo``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.func.id if isinstance(node.func, ast.Name) else node.func.attr, node


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_commands_print_only_what_was_rendered(path: Path) -> None:
    for name, call in calls(path):
        if name in PRINTERS:
            assert not any(isinstance(node, ast.JoinedStr) for node in ast.walk(call))
            assert not isinstance(call.args[0], ast.Constant)


def test_commands_print_by_a_few_functions() -> None:
    printing = {path.name for path in (*COMMANDS, *TERMINAL) for name, _ in calls(path) if name == "echo"}
    assert printing == {"json_output.py", "output.py", "progress.py"}


def test_json_of_commands_is_built_in_one_module() -> None:
    building = {
        path.name
        for path in (*COMMANDS, *TERMINAL)
        for name, _ in calls(path)
        if name in {"asdict", "dumps", "loads", "dump"}
    }
    assert building == {"json_output.py"}


def test_screens_print_nothing_and_read_no_archive() -> None:
    for path in TERMINAL:
        names = {name for name, _ in calls(path)}
        assert names.isdisjoint({"echo", "secho", "print", "open_archive", "open_catalogue"})
