"""The command line: JSON that scripts build on, exit codes, and one clear line for every error."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from tests.commands.calling import call
from tests.support import ROOT


def start(*words: str, program: tuple[str, ...] = (sys.executable, "cli.py")) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*program, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def own(sample_folder: Path, tmp_path: Path) -> Path:
    """A copy of the sample archive with its index, for tests that damage it."""
    archive = tmp_path / "own"
    shutil.copytree(sample_folder, archive, symlinks=True)
    return archive


def assert_refused(result: Result | subprocess.CompletedProcess[str], code: int, message: str, hint: str) -> None:
    """Check for one line of error, one of advice, empty standard output and no traceback."""
    exit_code = result.exit_code if isinstance(result, Result) else result.returncode
    lines = result.stderr.strip().split("\n")
    assert exit_code == code
    assert not result.stdout
    assert len(lines) == 2, result.stderr
    assert re.search(message, lines[0]), lines[0]
    assert hint in lines[1], lines[1]
    assert lines[0].startswith("muniment: ")
    if isinstance(result, Result):
        assert isinstance(result.exception, SystemExit)


# --- JSON ----------------------------------------------------------------------------------------------------------

TEXT, NUMBER, OPTIONAL_TEXT = (str,), (int, float), (str, type(None))
HIT = {
    "id": TEXT, "title": TEXT, "date": OPTIONAL_TEXT, "category": OPTIONAL_TEXT, "language": OPTIONAL_TEXT,
    "authors": (list,), "path": TEXT, "score": (float,), "passages": (list,),
}  # fmt: skip
SUMMARY = [
    "added", "changed", "moved", "removed", "replaced", "duplicate", "failed", "partial", "without_text", "unchanged",
    "documents", "pages", "characters", "seconds",
]  # fmt: skip


def assert_shape(value: dict[str, Any], shape: dict[str, tuple[type, ...]]) -> None:
    assert shape.keys() <= value.keys()
    for key, kinds in shape.items():
        assert isinstance(value[key], kinds), (key, value[key])


def assert_page_shape(page: dict[str, Any]) -> None:
    assert_shape(page, {"query": (dict,), "total": (int,), "took_ms": NUMBER, "hits": (list,), "facets": (dict,)})
    assert_shape(page["query"], {"text": TEXT, "understood": TEXT, "diagnostics": (list,)})
    for diagnostic in page["query"]["diagnostics"]:
        assert_shape(diagnostic, {"kind": TEXT, "message": TEXT, "start": (int,), "end": (int,), "suggestion": TEXT})
    for hit in page["hits"]:
        assert_shape(hit, HIT)
        for passage in hit["passages"]:
            assert_shape(passage, {"page": (int,), "text": TEXT, "spans": (list,)})
            assert all(0 <= start < end <= len(passage["text"]) for start, end in passage["spans"])
    for rows in page["facets"].values():
        for row in rows:
            assert_shape(row, {"value": TEXT, "label": TEXT, "count": (int,), "selected": (bool,)})


def test_search_prints_one_json_document(sample_folder: Path) -> None:
    result = call(sample_folder, "search", "--json", "human rights defenders", "autor:x", "--category", "report")
    page = json.loads(result.stdout)
    assert_page_shape(page)
    assert result.exit_code == 0
    assert page["query"]["diagnostics"][0]["suggestion"] == "author"
    assert list(page["facets"]) == ["category", "year", "language"]
    assert page["total"] == len(page["hits"]) == next(r["count"] for r in page["facets"]["category"] if r["selected"])


def test_a_date_in_json_is_null_or_edtf(sample_folder: Path) -> None:
    hits = json.loads(call(sample_folder, "search", "--json", "--limit", "100").stdout)["hits"]
    dates = {hit["date"] for hit in hits}
    assert None in dates
    assert {"2019/2022", "2018-11"} <= dates


def test_a_batch_prints_one_json_line_for_each_query(sample_folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_bytes(b'\xef\xbb\xbfdetention\r\n\n-category:report\n"open\nnot utf-8: \xff\n')
    result = call(sample_folder, "search", "--batch", str(questions), "--limit", "2")
    pages = [json.loads(line) for line in result.stdout.splitlines()]
    for page in pages:
        assert_page_shape(page)
    assert [page["query"]["text"] for page in pages] == ["detention", "-category:report", '"open', "not utf-8: \ufffd"]
    assert result.exit_code == 0


def test_index_prints_its_counts_as_json(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Statement on the detention of defenders", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 of no use")
    first = call(tmp_path, "index", "--json")
    summary = json.loads(first.stdout)
    assert summary.keys() >= set(SUMMARY)
    assert all(isinstance(summary[name], NUMBER) for name in SUMMARY)
    assert (summary["added"], summary["failed"], summary["files"], first.exit_code) == (1, 1, 2, 0)
    dry = json.loads(call(tmp_path, "index", "--json", "--dry-run").stdout)
    assert (dry["added"], dry["unchanged"]) == (0, 2)
    assert call(tmp_path, "index", "--strict", "--retry-failed").exit_code == 3


def test_show_and_status_print_json(sample_folder: Path) -> None:
    hit = json.loads(call(sample_folder, "search", "--json", "torture", "--limit", "1").stdout)["hits"][0]
    document = json.loads(call(sample_folder, "show", "--json", hit["id"], "--query", "torture").stdout)
    assert_shape(
        document, {key: HIT[key] for key in ("id", "title", "date", "category", "language", "authors", "path")}
    )
    assert_shape(
        document, {"state": TEXT, "pages": (int,), "metadata": (dict,), "candidates": (list,), "texts": (list,)}
    )
    assert_shape(document["metadata"]["title"], {"value": TEXT, "source": TEXT, "detail": TEXT, "printed": TEXT})
    assert any(text["spans"] for text in document["texts"])
    state = json.loads(call(sample_folder, "status", "--json").stdout)
    assert_shape(state, {"files": (dict,), "documents": (int,), "undated": (int,), "index_current": (bool,)})
    assert state["index_current"]
    assert sum(state["files"].values()) >= state["documents"]


def test_control_characters_are_printed_as_escapes(tmp_path: Path) -> None:
    (tmp_path / "evil\x1b]0;x\x07.html").write_text(
        "<title>Note \u202eecnedifnoc \x9b31m of \u2028 confidence</title><p>All that is known is said here.", "utf-8"
    )
    for words in (["index"], ["search"], ["search", "--json"], ["status", "--json"]):
        result = call(tmp_path, *words)
        assert result.exit_code == 0
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202a-\u202e\u2066-\u2069]", result.output)


# --- the command line ----------------------------------------------------------------------------------------------


def test_a_query_may_begin_with_a_minus(sample_folder: Path) -> None:
    alone = start("--archive", str(sample_folder), "search", "-category:report", "--limit", "1", "--json")
    page = json.loads(alone.stdout)
    assert alone.returncode == 0
    assert page["query"]["understood"] == "category is not report"
    assert len(page["hits"]) == 1
    result = call(sample_folder, "search", "--json", "--limit", "1", "detention", "-lang:fr", "-draft")
    assert json.loads(result.stdout)["query"]["understood"] == "detention, language is not fr, not draft"


def test_a_mistyped_option_is_refused_and_not_searched_for(sample_folder: Path) -> None:
    result = call(sample_folder, "search", "torture", "--limitt", "3")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--limit" in result.stderr
    behind = call(sample_folder, "search", "--", "-draft", "--limit", "3")
    assert (behind.exit_code, behind.stdout) == (2, "")
    assert "before '--'" in behind.stderr


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "title"])
def test_hits_are_sorted_in_every_order(sample_folder: Path, order: str) -> None:
    result = call(sample_folder, "search", "torture", "--sort", order, "--json")
    assert result.exit_code == 0, result.stderr
    dates = [hit["date"] for hit in json.loads(result.stdout)["hits"] if hit["date"]]
    assert order != "newest" or dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    "words",
    [["search", "x", "--limit", "1001"], ["search", "x", "--sort", "size"], ["search", "x", "--facets", "colour"],
     ["search", "--category"], ["search", "--batch", "/no/such/file"], ["show"], ["show", "x", "--page", "0"],
     ["index", "--jobs", "0"], ["nosuch"], []],
)  # fmt: skip
def test_wrong_usage_exits_with_2(sample_folder: Path, words: list[str]) -> None:
    result = call(sample_folder, *words)
    assert result.exit_code == 2
    assert not result.stdout
    assert result.stderr


def test_the_command_and_the_script_print_the_same(sample_folder: Path) -> None:
    installed = Path(sys.executable).with_name("muniment")
    if not installed.exists():
        pytest.skip("muniment is not installed beside this Python")
    words = ("--archive", str(sample_folder), "search", "torture", "--limit", "3", "--facets", "none")
    outputs = {start(*words).stdout, start(*words, program=(str(installed),)).stdout}
    assert len(outputs) == 1
    assert outputs.pop().startswith("1-3 of ")


def test_the_environment_can_name_the_archive(sample_folder: Path) -> None:
    result = CliRunner(env={"MUNIMENT_ARCHIVE": str(sample_folder)}).invoke(cli.main, ["status"])
    assert result.exit_code == 0
    assert "up to date" in result.stdout


def test_a_search_loads_no_library_that_reads_documents(sample_folder: Path) -> None:
    code = (
        "import sys, click.testing, cli\n"
        "result = click.testing.CliRunner().invoke(cli.main, sys.argv[1:])\n"
        "assert result.exit_code == 0, result.output\n"
        "print(*sorted(sys.modules))"
    )
    words = ("--archive", str(sample_folder), "search", "detention")
    result = start(*words, program=(sys.executable, "-c", code))
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    heavy = {"pypdf", "pypdfium2", "bs4", "trafilatura", "htmldate", "lxml", "py3langid", "charset_normalizer"}
    assert not loaded & heavy
    assert "numpy" in loaded


def test_the_command_line_loads_no_command() -> None:
    result = start(program=(sys.executable, "-c", "import sys, cli; print(*sorted(sys.modules))"))
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert not {name.split(".")[0] for name in loaded} & {"search", "indexer", "numpy", "whoosh"}
    assert {name for name in loaded if name.startswith("commands.") and ".terminal" not in name} == set()


def test_a_run_loads_no_search() -> None:
    result = start(program=(sys.executable, "-c", "import sys, commands.index; print(*sorted(sys.modules))"))
    assert result.returncode == 0, result.stderr
    assert "search" not in result.stdout.split()


def test_the_demo_shows_hits_with_pages_and_facets(tmp_path: Path) -> None:
    result = start("demo")
    assert result.returncode == 0, result.stderr
    assert result.stdout.count("$ muniment") == 4
    assert re.search(r"^49 files: 48 added, 1 duplicate$", result.stdout, re.MULTILINE)
    assert len(re.findall(r"^ 1\. ", result.stdout, re.MULTILINE)) == 3
    assert re.search(r"^    p\. \d", result.stdout, re.MULTILINE)
    assert "Category: " in result.stdout
    assert "Year: " in result.stdout


def test_a_closed_pipe_is_no_error(sample_folder: Path) -> None:
    command = f'"{sys.executable}" cli.py --archive "{sample_folder}" search --json --limit 100 | head -n 1'
    result = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) == ("{\n", "")


# --- diagnostics: what is odd about a query is reported, and the rest is searched -----------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (['"freedom of assembly'], "not closed"),
        (["autor:holm", "torture"], "Did you mean author?"),
        (["date:notadate"], "is not a date"),
        (["torture", "--date", "2019-02-30"], "is not a date"),
        (["torture", "--category", "statment"], "Did you mean statement?"),
        (["torture", "--category", "nosuch"], "Categories: call for action, "),
        (["torture", "--language", "klingon"], "Write its code or name, such as "),
        (["(torture OR detention"], "not closed"),
    ],
)
def test_a_diagnostic_is_one_line_on_standard_error(sample_folder: Path, words: list[str], expected: str) -> None:
    result = call(sample_folder, "search", *words)
    assert result.exit_code == 0
    assert result.stderr.startswith("query")
    assert expected in result.stderr
    assert len(result.stderr.strip().split("\n")) == 1
    assert result.stdout


# --- bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["index"], ["show", "x"], ["log"], ["verify"]])
def test_a_missing_archive_folder_is_refused(tmp_path: Path, command: list[str]) -> None:
    assert_refused(call(tmp_path / "nowhere", *command), 1, "nowhere: no such folder", "--archive")


@pytest.mark.parametrize("command", [["search", "x"], ["status"], ["reindex"], ["show", "x"]])
def test_a_folder_without_archive_is_refused(tmp_path: Path, command: list[str]) -> None:
    assert_refused(call(tmp_path, *command), 1, "nothing has been indexed", "index")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_read_is_refused(own: Path) -> None:
    before = call(own, "status", "--json").stdout
    assert_refused(call(own, "index", str(own / "nowhere")), 1, "nowhere: cannot be read: No such file", "Check")
    if os.geteuid():
        locked = own / "locked"
        locked.mkdir(mode=0)
        assert_refused(call(own, "index", str(locked)), 1, "locked: cannot be read: Permission denied", "Check")
    assert call(own, "status", "--json").stdout == before


def test_an_unknown_id_and_an_unknown_page_are_refused(sample_folder: Path) -> None:
    assert_refused(call(sample_folder, "show", "nosuch"), 1, "no document has the id 'nosuch'", "search")
    assert_refused(start("--archive", str(sample_folder), "show", "\udcff"), 1, "no document has the id", "search")
    name = json.loads(call(sample_folder, "search", "--json", "glossary", "format:md").stdout)["hits"][0]["id"]
    assert_refused(call(sample_folder, "show", name, "--page", "99"), 2, "has no page 99", "has 1 page")


def overwrite(path: Path, start: int, step: int) -> None:
    content = bytearray(path.read_bytes())
    for offset in range(start, len(content), step):
        content[offset] ^= 0xA5
    path.write_bytes(content)


def damaged_anywhere(path: Path) -> None:
    overwrite(path, 3 * 4096, 3)


def damaged_at_its_head(path: Path) -> None:
    overwrite(path, 0, 7)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:20_000])


@pytest.mark.parametrize(
    ("statement", "command"),
    [
        ("UPDATE events SET at = at || 'q'", ["log"]),
        ("UPDATE files SET path = path || char(0)", ["verify"]),
        ("UPDATE roots SET path = path || char(0)", ["index"]),
        ("UPDATE documents SET pages = 9223372036854775807", ["search", "torture"]),
        ("UPDATE documents SET pages = -1", ["search", "torture"]),
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ' TEXT', CAST(x'20d5' AS TEXT))",
            ["verify"],
        ),
    ],
)
def test_no_changed_row_of_the_catalogue_ends_in_a_traceback(own: Path, statement: str, command: list[str]) -> None:
    with closing(sqlite3.connect(own / ".muniment" / "catalogue.db")) as catalogue:
        catalogue.executescript(f"DROP TRIGGER events_are_never_changed; {statement}")
    assert isinstance(call(own, *command).exception, SystemExit | None)


@pytest.mark.parametrize("damage", [damaged_anywhere, damaged_at_its_head, cut_short])
def test_a_damaged_catalogue_is_reported_and_not_changed(own: Path, damage: Callable[[Path], None]) -> None:
    catalogue = own / ".muniment" / "catalogue.db"
    for path in catalogue.parent.glob("catalogue.db-*"):
        path.unlink()
    damage(catalogue)
    before = catalogue.read_bytes()
    for command in (["status"], ["index"], ["reindex"]):
        assert_refused(call(own, *command), 1, "catalogue.*(is damaged|not a Muniment catalogue)", "backup")
    assert_refused(call(own, "search", "detention"), 1, "catalogue", "backup")
    assert catalogue.read_bytes() == before


def test_a_catalogue_of_another_program_or_version_is_refused(own: Path) -> None:
    catalogue = own / ".muniment" / "catalogue.db"
    for path in catalogue.parent.glob("catalogue.db-*"):
        path.unlink()
    content = bytearray(catalogue.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")  # SQLite's user_version
    catalogue.write_bytes(content)
    assert_refused(call(own, "search", "x"), 1, "catalogue version 99", "Use the version of Muniment that wrote it")
    content[68:72] = (7).to_bytes(4, "big")  # SQLite's application_id
    catalogue.write_bytes(content)
    assert_refused(call(own, "search", "x"), 1, "not a Muniment catalogue", "backup")


def index_of_another_schema(index: Path) -> None:
    manifest = index / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": ', '"schema": 99'))


def index_gone(index: Path) -> None:
    shutil.rmtree(index)


def index_of_somebody_else(index: Path) -> None:
    (index / "manifest.json").unlink()


def manifest_of_another_shape(index: Path) -> None:
    (index / "manifest.json").write_text('"a"')


def manifest_with_wrong_kinds(index: Path) -> None:
    manifest = index / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "change": "x"}))


def manifest_edited(index: Path) -> None:
    manifest = index / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "documents": 1}))


def index_cut_short(index: Path) -> None:
    for path in index.glob("*.mun"):
        path.write_bytes(path.read_bytes()[:-5000])


def index_overwritten(index: Path) -> None:
    for path in index.glob("*.mun"):
        overwrite(path, 0, 7)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (index_of_another_schema, "the index is of version 99."), (index_gone, "there is no index here"),
        (index_of_somebody_else, "not an index Muniment wrote"), (manifest_edited, "its checksum differs"),
        (manifest_of_another_shape, "not a Muniment manifest"), (manifest_with_wrong_kinds, "cannot be read"),
        (index_cut_short, "index"), (index_overwritten, "index"),
    ],
)  # fmt: skip
def test_an_unusable_index_is_reported_and_rebuilt_without_loss(
    own: Path, damage: Callable[[Path], None], message: str
) -> None:
    words = ("search", "detention", "--limit", "100", "--facets", "none")
    before = call(own, *words).stdout
    damage(own / ".muniment" / "index")
    assert_refused(call(own, *words), 1, message, "reindex")
    assert call(own, "reindex").exit_code == 0
    assert call(own, *words).stdout == before


@pytest.mark.parametrize(
    "text",
    ["[archive", "x = 1", "[archive]\nnme = 'x'", "[archive]\nname = 3", "[index]\njobs = -1", "[limits]\nseconds = 0",
     "[categories]\nreport = 5", "[dates]\nday_first = 'yes'", "\x00"],
)  # fmt: skip
def test_invalid_settings_are_refused(own: Path, text: str) -> None:
    (own / "muniment.toml").write_text(text)
    for command in (["search", "x"], ["index"], ["status"]):
        assert_refused(call(own, *command), 1, "", "")
