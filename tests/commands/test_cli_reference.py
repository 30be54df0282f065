"""The reference of commands: current, complete, and every option explained."""

from __future__ import annotations

import re

import click
import pytest

import cli
from tests.support import ROOT
from tools.cli_reference import commands, parts, reference

PAGE = ROOT / "docs" / "cli.md"
PARTS = {f"{name} {part}": inner for name, command in commands().items() for part, inner in parts(command).items()}
COMMANDS: dict[str, click.Command] = {"muniment": cli.main, **commands(), **PARTS}


def options(command: click.Command) -> list[click.Option]:
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


def test_the_reference_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python -m tools.cli_reference --write docs/cli.md"


def test_every_command_is_in_the_reference() -> None:
    assert list(commands()) == list(cli.COMMANDS)
    page = PAGE.read_text(encoding="utf-8")
    assert all(f"\n## {name}\n" in page for name in cli.COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_in_the_reference(name: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    section = re.split(r"\n###? ", re.split(rf"\n###? {name}\n", page)[-1])[0]
    for option in options(COMMANDS[name]):
        assert all(any(f"{mark}{spelling}" in section for mark in ("`", "/ ", ", ")) for spelling in option.opts)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    assert COMMANDS[name].help
    assert all(option.help for option in options(COMMANDS[name]))


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_a_sentence_and_names_no_index_field(name: str) -> None:
    texts = [COMMANDS[name].help or "", *(option.help or "" for option in options(COMMANDS[name]))]
    for text in texts:
        assert text[0].isupper()
        assert text.rstrip().endswith((".", "…", "+"))
        assert not {"stem", "title_stem", "text_stem"} & set(text.split())
