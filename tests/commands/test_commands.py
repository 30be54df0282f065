"""The archivist's commands as a shell calls them: what they print, what scripts read, and their exit codes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from corpus import lock
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import reindex
from search import Request, open_archive
from tests.support import ROOT

LISTING = """title,date,category,file
A Letter to Nobody,2020-05,speech,letter-to-the-one-who-comes-after-me.txt
Never Filed,2019,report,
"""


def call(archive: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.main, ["--archive", str(archive), *words])


def ask(archive: Path, *words: str) -> Any:
    """The one JSON document a command prints."""
    result = call(archive, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def found(archive: Path, query: str) -> dict[str, str]:
    return {hit["id"]: hit["title"] for hit in ask(archive, "search", query)["hits"]}


@pytest.fixture
def one(papers: Path) -> str:
    """The id of a document of `papers`."""
    return next(iter(found(papers, "file:letter")))


def test_a_correction_is_found_by_shown_with_its_source_and_taken_back(papers: Path, one: str) -> None:
    done = ask(papers, "edit", one, "--title", "Entirely Otherwise", "--date", "4 March 2019", "--who", "Ines")
    assert {change["field"]: change["new"] for change in done["changes"]} == {
        "title": "Entirely Otherwise",
        "date": "2019-03-04",
    }
    assert found(papers, "title:otherwise date:2019-03-04") == {one: "Entirely Otherwise"}
    assert "correction: Ines" in call(papers, "show", one).stdout
    call(papers, "edit", one, "--reset", "title", "--reset", "date")
    assert found(papers, "title:otherwise") == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["edit", "ID"], "no correction was given"),
        (["edit", "ID", "--date", "nonsense"], "is not a date"),
        (["edit", "ID", "--title", "x", "--reset", "title"], "both corrected and reset"),
        (["edit", "ID", "--reset", "colour"], "not a field"),
        (["withdraw", "ID", "--reason", " "], "reason"),
        (["restore", "ID"], "not withdrawn"),
        (["log", "--kind", "nonsense"], "no event of the kind"),
        (["log", "--since", "yesteryear"], "yesteryear"),
        (["index", "--watch", "--dry-run"], "exclude each other"),
    ],
)
def test_what_cannot_be_done_is_one_line_a_hint_and_exit_code_two(
    papers: Path, one: str, words: list[str], told: str
) -> None:
    result = call(papers, *(one if word == "ID" else word for word in words))
    message, hint = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert told in message
    assert hint.startswith("  ")


@pytest.mark.parametrize(
    "words",
    [["failures"], ["verify"], ["log"], ["versions"], ["export", "--bag", "B"], ["edit", "x", "--title", "t"],
     ["withdraw", "x", "--reason", "r"], ["restore", "x"], ["reindex"], ["status"], ["search", "x"], ["show", "x"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_where_there_is_no_archive_every_command_says_so_and_founds_none(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    result = call(tmp_path / "empty", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 2
    assert not any((tmp_path / "empty").iterdir())


def test_a_withdrawn_document_is_out_of_sight_until_restored_and_the_log_tells_both(papers: Path, one: str) -> None:
    assert ask(papers, "withdraw", one, "--reason", "names a witness", "--who", "Ines")["state"] == "withdrawn"
    assert found(papers, f"id:{one}") == {}
    assert "1 withdrawn" in call(papers, "status").stdout
    assert ask(papers, "restore", one)["state"] == "indexed"
    assert one in found(papers, f"id:{one}")
    lines = call(papers, "log", one, "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["added", "withdrawn", "restored"]
    assert "names a witness" in call(papers, "log", "--kind", "withdrawn").stdout


def test_verify_answers_by_its_exit_code_and_says_what_differs_and_what_to_do(papers: Path) -> None:
    assert ask(papers, "verify")["holds"] is True
    (papers / "letter-to-the-one-who-comes-after-me.txt").unlink()
    result = call(papers, "verify", "--json")
    assert result.exit_code == 4
    assert [one["kind"] for one in json.loads(result.stdout)["differences"]] == ["absent"]
    shown = call(papers, "verify", "--quick")
    assert shown.exit_code == 4
    assert "1 difference found" in shown.stdout
    call(papers, "index")
    assert call(papers, "verify").exit_code == 0


def test_failures_are_grouped_and_a_retry_reads_what_has_been_mended(papers: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (papers / name).write_bytes(b"%PDF-1.4 broken")
    assert call(papers, "index", "--strict").exit_code == 3
    groups = ask(papers, "failures")
    assert (groups["total"], [group["count"] for group in groups["groups"]]) == (2, [2])
    assert "b.pdf" in call(papers, "failures").stdout
    shutil.copyfile(SAMPLE / "letter-to-the-one-who-comes-after-me.txt", papers / "a.txt")
    (papers / "a.pdf").unlink()
    (papers / "b.pdf").unlink()
    ask(papers, "index", "--retry-failed")
    assert call(papers, "failures").stdout == "Everything could be read.\n"


def test_a_listing_is_rehearsed_then_taken_over_and_searched_by(papers: Path, one: str, tmp_path: Path) -> None:
    listing = tmp_path / "listing.csv"
    listing.write_text(LISTING, encoding="utf-8")
    before = call(papers, "log").stdout
    report = ask(papers, "import", str(listing), "--dry-run")
    assert [item["title"] for item in report["items"]] == ["A Letter to Nobody", "Never Filed"]
    assert ([match["document"] for match in report["matched"]], len(report["not_listed"])) == ([one], 3)
    assert [item["title"] for item in report["missing_here"]] == ["Never Filed"]
    assert call(papers, "log").stdout == before
    screen = call(papers, "import", str(listing))
    assert "1 listed and not here:" in screen.stdout
    assert ask(papers, "status")["listed"] == 1
    assert found(papers, "date:2020-05 category:speech") == {one: "A Letter to Nobody"}
    assert ask(papers, "import", str(listing))["changed"] is False
    assert ask(papers, "verify")["holds"] is True
    assert call(papers, "import", str(tmp_path / "nothing.csv")).exit_code == 1


def test_a_listing_in_which_nothing_is_understood_says_why_and_fails(papers: Path, tmp_path: Path) -> None:
    listing = tmp_path / "odd.csv"
    listing.write_text("colour,size\nred,3\n", encoding="utf-8")
    for more in ([], ["--dry-run"], ["--json"]):
        result = call(papers, "import", str(listing), *more)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "no column identifies the document" in result.stderr


def test_a_bag_is_proven_without_muniment_and_brings_an_empty_archive_to_the_same_state(
    papers: Path, one: str, tmp_path: Path
) -> None:
    call(papers, "edit", one, "--title", "Corrected", "--who", "Ines")
    bag, home = tmp_path / "bag", tmp_path / "home"
    made = ask(papers, "export", "--bag", str(bag))
    assert (made["files"], made["left_out"]) == (4, [])
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--quiet", manifest], cwd=bag, check=True)
    with (bag / "metadata.csv").open(encoding="utf-8-sig", newline="") as table:
        assert "Corrected" in {cell for row in csv.reader(table) for cell in row}
    home.mkdir()
    assert ask(home, "index", str(bag), "--dry-run")["files"] == 4
    assert "restored from the bag" in call(home, "index", str(bag)).stderr
    assert ask(home, "index", str(bag))["unchanged"] == 4
    assert found(home, "*") == found(papers, "*")
    shown, was = ask(home, "show", one), ask(papers, "show", one)
    assert {key: value for key, value in shown.items() if key != "path"} == {
        key: value for key, value in was.items() if key != "path"
    }
    assert ask(home, "verify")["holds"] is True
    assert call(papers, "export", "--bag", str(bag)).exit_code == 1


def test_versions_are_suggested_and_nothing_is_merged(papers: Path) -> None:
    letter = papers / "letter-to-the-one-who-comes-after-me.txt"
    (papers / "letter again.txt").write_text(
        letter.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8"
    )
    assert ask(papers, "index")["documents"] == 5
    (pair,) = ask(papers, "versions")["near_duplicates"]
    assert {pair["first_path"], pair["second_path"]} == {letter.name, "letter again.txt"}
    assert "1 pair" in call(papers, "versions").stdout
    assert ask(papers, "status")["documents"] == 5


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_scans_are_found_after_ocr_and_marked_as_such(tmp_path: Path, data: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    shutil.copyfile(data / "reports/gesetze-de/bgbl1_2018_j1398-1_0740.pdf", archive / "scan.pdf")
    assert ask(archive, "index")["without_text"] == 1
    assert found(archive, "Untersuchungskommission") == {}
    ask(archive, "index", "--ocr")
    (name,) = found(archive, "Untersuchungskommission")
    shown = ask(archive, "show", name)
    assert all(page["ocr"] for page in shown["texts"] if page["text"])
    assert "recognised from the image" in call(archive, "show", name).stdout


def test_ocr_without_tesseract_is_told_before_anything_is_done(papers: Path) -> None:
    command = [sys.executable, "cli.py", "--archive", str(papers), "index", "--ocr"]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": ""}, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "tesseract" in run.stderr


def begin(archive: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "cli.py", "--archive", str(archive), *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_watch_brings_in_what_arrives_and_ends_quietly_when_interrupted(papers: Path) -> None:
    run = begin(papers, "index", "--watch", "--json", "--jobs", "1")
    assert run.stdout
    assert json.loads(run.stdout.readline())["unchanged"] == 4
    time.sleep(0.5)
    (papers / "new.txt").write_text("The heron has arrived.", encoding="utf-8")
    assert json.loads(run.stdout.readline())["added"] == 1
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    assert len(found(papers, "heron")) == 1


def test_searches_are_answered_while_the_index_is_rebuilt(papers: Path) -> None:
    ended = threading.Event()

    def rebuild() -> None:
        for _ in range(10):
            list(reindex(papers))
        ended.set()

    worker = threading.Thread(target=rebuild)
    worker.start()
    totals = set()
    while not ended.is_set():
        with open_archive(papers) as archive:
            totals.add(archive.search(Request("*")).total)
    worker.join()
    assert totals == {4}


def test_who_changes_something_while_a_run_is_on_is_told_who_holds_the_archive(papers: Path, one: str) -> None:
    with lock.write_lock(papers):
        for words in (["edit", one, "--title", "x"], ["index"], ["reindex"], ["verify"]):
            result = call(papers, *words)
            assert (result.exit_code, result.stdout) == (1, ""), words
            assert f"process {os.getpid()}" in result.stderr
        assert one in found(papers, "*")


def test_an_author_whose_surname_stands_first_is_one_author(papers: Path, one: str) -> None:
    call(papers, "edit", one, "--author", "Doe, Jane; Roe, Rex")
    for name in ("Doe, Jane", "Roe, Rex"):
        assert [hit["id"] for hit in ask(papers, "search", "--author", name)["hits"]] == [one]
    assert one not in {hit["id"] for hit in ask(papers, "search", "--author", "-Doe, Jane")["hits"]}


def test_the_log_tells_changes_in_words_and_that_there_is_more(papers: Path, one: str) -> None:
    was = found(papers, f"id:{one}")[one]
    call(papers, "edit", one, "--title", "Entirely Otherwise")
    told = call(papers, "log", "--limit", "1")
    assert f"title: {was} → Entirely Otherwise" in told.stdout
    assert "use --limit for more" in told.stderr
    assert "--limit" not in call(papers, "log").stderr


def test_a_mistyped_command_is_answered_with_the_one_meant(papers: Path) -> None:
    result = call(papers, "verfy")
    assert result.exit_code == 2
    assert "Did you mean 'verify'?" in result.stderr


def test_an_explanation_adds_up_to_the_score_of_its_hit(papers: Path) -> None:
    answer = ask(papers, "search", "conference", "remarks", "--any", "--explain")
    assert answer["hits"]
    for hit, told in zip(answer["hits"], answer["explanations"], strict=True):
        parts = sum(part["score"] for part in told["parts"]) + sum(told["bonuses"].values())
        assert told["id"] == hit["id"]
        assert parts == pytest.approx(told["score"]) == pytest.approx(hit["score"], abs=1e-5)
    shown = call(papers, "search", "conference", "--explain").stdout
    assert "found in" in shown


def test_every_command_explains_itself(tmp_path: Path) -> None:
    listed = call(tmp_path, "--help").stdout
    for name in cli.COMMANDS:
        assert f"\n  {name} " in listed
        assert "Usage:" in call(tmp_path, name, "--help").stdout
