"""The command line as people type it into a shell: quoting, short options, colours, and output into a pipe."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from commands.query_arguments import quoting_note
from commands.terminal.render_search import HitLayout, render_search_result
from search import Hit, Request, SearchResult
from tests.commands.calling import call, call_json
from tests.support import LETTER


@pytest.mark.parametrize(
    ("words", "phrase"),
    [
        (["responsibility to protect"], '"responsibility to protect"'),
        (["climate", "human  rights"], 'climate "human rights"'),
        (["title:annual report"], 'title:"annual report"'),
        (["climate", "author:Jane Doe"], 'climate author:"Jane Doe"'),
        (["people's rights"], '"people\'s rights"'),
    ],
)
def test_a_phrase_without_its_quotation_marks_is_offered(words: list[str], phrase: str) -> None:
    note = quoting_note(words, any_word=False)
    assert note
    assert shlex.split(note.parameters["command"]) == ["muniment", "search", phrase]


def test_a_word_with_a_minus_is_completed(sample_folder: Path) -> None:
    suggestions = call_json(sample_folder, "suggest", "-tortu")
    assert "-torture" in {suggestion["text"] for suggestion in suggestions}


@pytest.mark.parametrize(
    "words",
    [
        ["torture"], ["torture", "prevention"], ['"responsibility to protect"'], ["torture prevention date:2019"],
        ["torture OR detention"], ["detain* report"], ["report -draft"], ["(torture detention)"], ["=report draft"],
        ["torture~ report"], ["torture^2 report"], ["date:2017 report"], ["what is torture?"], [], [""], [" "],
    ],
)  # fmt: skip
def test_a_query_with_an_operator_is_left_alone(words: list[str]) -> None:
    assert quoting_note(words, any_word=False) is None


def test_how_an_argument_was_read_is_said_to_people_alone(sample_folder: Path) -> None:
    words = ("search", "responsibility to protect")
    result = call(sample_folder, *words)
    assert "read as 3 separate words, all of them" in result.stderr
    assert "muniment search '\"responsibility to protect\"'" in result.stderr
    assert "one of them required" in call(sample_folder, *words, "--any").stderr
    assert call(sample_folder, *words, "--json").stderr == ""
    assert call(sample_folder, *words, "--quiet").stderr == ""
    assert call_json(sample_folder, *words)["query"]["text"] == "responsibility to protect"


def test_a_file_that_the_shell_made_of_a_date_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output, before = os.open(tmp_path / "2017", os.O_CREAT | os.O_WRONLY), os.dup(1)
    os.dup2(output, 1)
    try:
        note = quoting_note(["climate", "date:"], any_word=False)
    finally:
        os.dup2(before, 1)
        os.close(before)
        os.close(output)
    assert note
    assert note.parameters["command"] == "muniment search 'climate date:>2017'"


def understood(archive: Path, *words: str) -> str:
    return str(call_json(archive, "search", *words)["query"]["understood"])


def test_a_minus_before_a_word_is_no_option(sample_folder: Path) -> None:
    assert understood(sample_folder, "report", "-nothing") == "report, not nothing"
    assert understood(sample_folder, "-health", "-vq") == "every document, not health, not vq"
    assert understood(sample_folder, "--category", "-report", "-n", "3", "climate") == "climate, category is not report"
    assert "every document, not n, not x" in call(sample_folder, "search", "--", "-n", "-x").stdout


def test_short_options_are_those_of_other_programs(sample_folder: Path) -> None:
    assert len(call_json(sample_folder, "search", "torture", "-n", "3")["hits"]) == 3
    assert len(call_json(sample_folder, "search", "-n2", "torture")["hits"]) == 2
    quiet = call(sample_folder, "search", "-q", "-n1", "torture").stdout
    assert quiet.startswith(" 1. ")
    assert "Category:" not in quiet
    verbose = call(sample_folder, "search", "-v", "-n1", "torture").stdout
    assert len(verbose) > len(call(sample_folder, "search", "-n1", "torture").stdout)
    assert call(sample_folder, "verify", "--quick", "-q").output == ""
    assert call(sample_folder, "search", "-x", "torture").exit_code == 2
    assert "write NOT x" in call(sample_folder, "search", "-x", "torture").stderr


@pytest.mark.parametrize("name", ["", *cli.COMMANDS])
def test_every_command_helps_with_h(name: str) -> None:
    result = CliRunner().invoke(cli.main, [name, "-h"] if name else ["-h"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)  # fmt: skip
def test_colours_follow_the_environment(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in call(sample_folder, "search", "torture", "-n1").stdout) == coloured
    assert "\x1b[" not in call(sample_folder, "search", "torture", "-n1", "--json").stdout


def test_paths_are_whole_where_a_program_reads_them() -> None:
    path = f"{'folder/' * 30}file.txt"
    hit = Hit("abc", {"title": "Title"}, path, 1.0)
    result = SearchResult("q", "q", (), 1, 1.0, (hit,), {})
    assert path in render_search_result(result, Request("q"), 80, layout=HitLayout(whole_paths=True))
    assert path not in render_search_result(result, Request("q"), 80)


def test_a_path_is_on_one_line_where_a_program_reads_it(papers: Path, tmp_path: Path) -> None:
    folder = papers / ("deep folder " * 8) / ("deeper folder " * 8)
    folder.mkdir(parents=True)
    (papers / LETTER).rename(folder / LETTER)
    call(papers, "index")
    (hit,) = call_json(papers, "search", "file:letter")["hits"]
    assert f"{hit['path']}  (txt" in call(papers, "show", hit["id"]).stdout
