"""The archivist's commands as a shell calls them: screens, JSON and exit codes."""

from __future__ import annotations

import csv
import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

import cli
from commands.terminal.render_archive import BY_SIZE, NO_DIFFERENCE, NOTHING_LOST, NOTHING_TO_CHECK
from commands.terminal.render_changes import NO_EVENTS, SEARCHABLE_AGAIN
from corpus import lock
from corpus.catalogue.events import EventKind
from corpus.document import FOUND_BY_QUERY, State
from corpus.sample import ARCHIVE as SAMPLE
from indexer.ingest.pipeline import reindex
from search import Request, open_archive
from tests.commands.calling import call, call_json
from tests.support import ROOT

LISTING = """title,date,category,file
A Letter to Nobody,2020-05,speech,letter-to-the-one-who-comes-after-me.txt
Never Filed,2019,report,
"""


def titles_by_id(archive: Path, query: str) -> dict[str, str]:
    return {hit["id"]: hit["title"] for hit in call_json(archive, "search", query)["hits"]}


@pytest.fixture
def document_id(papers: Path) -> str:
    """The id of a document of `papers`."""
    return next(iter(titles_by_id(papers, "file:letter")))


def test_a_correction_is_searched_shown_and_taken_back(papers: Path, document_id: str) -> None:
    report = call_json(
        papers, "edit", document_id, "--title", "Entirely Otherwise", "--date", "4 March 2019", "--who", "Ines"
    )
    assert {change["field"]: change["new"] for change in report["changes"]} == {
        "title": "Entirely Otherwise",
        "date": "2019-03-04",
    }
    assert titles_by_id(papers, "title:otherwise date:2019-03-04") == {document_id: "Entirely Otherwise"}
    assert "correction: Ines" in call(papers, "show", document_id).stdout
    call(papers, "edit", document_id, "--reset", "title", "--reset", "date")
    assert titles_by_id(papers, "title:otherwise") == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["edit", "ID"], "no correction was given"),
        (["edit", "ID", "--date", "nonsense"], "is not a date"),
        (["edit", "ID", "--date", "04/05/2019"], "may be two days"),
        (["edit", "ID", "--title", "x", "--reset", "title"], "both corrected and reset"),
        (["edit", "ID", "--reset", "colour"], "not a field"),
        (["withdraw", "ID", "--reason", " "], "reason"),
        (["restore", "ID"], "not withdrawn"),
        (["log", "--kind", "nonsense"], "no event of the kind"),
        (["log", "--since", "yesteryear"], "yesteryear"),
        (["index", "--watch", "--dry-run"], "exclude each other"),
    ],
)
def test_wrong_usage_is_one_line_a_hint_and_exit_code_2(
    papers: Path, document_id: str, words: list[str], expected: str
) -> None:
    result = call(papers, *(document_id if word == "ID" else word for word in words))
    message, hint = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (2, ""), result.stderr
    assert expected in message
    assert hint.startswith("  ")


@pytest.mark.parametrize(
    "words",
    [["failures"], ["verify"], ["log"], ["versions"], ["export", "--bag", "B"], ["edit", "x", "--title", "t"],
     ["withdraw", "x", "--reason", "r"], ["restore", "x"], ["reindex"], ["status"], ["search", "x"], ["show", "x"]],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_command_without_archive_is_refused_and_creates_none(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    result = call(tmp_path / "empty", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 2
    assert not any((tmp_path / "empty").iterdir())


def test_a_withdrawn_document_is_hidden_until_restored(papers: Path, document_id: str) -> None:
    assert (
        call_json(papers, "withdraw", document_id, "--reason", "names a witness", "--who", "Ines")["state"]
        == "withdrawn"
    )
    assert titles_by_id(papers, f"id:{document_id}") == {}
    assert "1 withdrawn" in call(papers, "status").stdout
    assert call_json(papers, "restore", document_id)["state"] == "indexed"
    assert document_id in titles_by_id(papers, f"id:{document_id}")
    lines = call(papers, "log", document_id, "--json").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["added", "withdrawn", "restored"]
    assert "names a witness" in call(papers, "log", "--kind", "withdrawn").stdout


def test_withdraw_and_restore_say_what_became_of_the_document(papers: Path, document_id: str) -> None:
    assert call(papers, "withdraw", document_id, "--reason", "a").stdout.startswith(f"{document_id} was withdrawn on ")
    assert call(papers, "restore", document_id).stdout == f"{document_id} {SEARCHABLE_AGAIN}: indexed\n"


def test_the_verdict_says_no_more_than_what_was_compared(tmp_path: Path) -> None:
    call(tmp_path, "index")
    for options in ((), ("--quick",)):
        verdict = call(tmp_path, "verify", *options).stdout.splitlines()[-1]
        assert NOTHING_TO_CHECK in verdict
        assert "read in full" not in verdict
        assert BY_SIZE not in verdict
    (tmp_path / "a.txt").write_text("some words")
    call(tmp_path, "index")
    full, quick = (call(tmp_path, "verify", *options).stdout.splitlines()[-1] for options in ((), ("--quick",)))
    assert "1 file checked, 1 read in full (0.0 MB), 1 stored text compared" in full
    assert full.endswith(NOTHING_LOST)
    assert BY_SIZE in quick
    assert quick.endswith(NO_DIFFERENCE)


@pytest.mark.parametrize("state", State)
def test_a_query_for_a_state_outside_the_index_names_its_list(papers: Path, state: State) -> None:
    answer = call(papers, "search", f"is:{state.value}")
    assert (f"status --list {state.value}" in answer.stderr) == (state not in FOUND_BY_QUERY)


def test_status_lists_no_states_where_there_are_no_files(tmp_path: Path) -> None:
    call(tmp_path, "index")
    assert "by state" not in call(tmp_path, "status").stdout


def test_every_kind_of_event_can_be_asked_for(papers: Path) -> None:
    for kind in EventKind:
        assert call(papers, "log", "--kind", kind.value).exit_code == 0
    assert call(papers, "log", "--kind", "unpacked").stdout == f"{NO_EVENTS}\n"


def test_the_log_says_when_it_leaves_out_events(papers: Path) -> None:
    events = len(call(papers, "log", "--json").stdout.splitlines())
    assert "only" not in call(papers, "log", "--limit", str(events)).stderr
    assert "only the newest event is shown" in call(papers, "log", "--limit", "1").stderr
    nothing = call(papers, "log", "--limit", "0")
    assert (nothing.stdout, "only the newest 0 events" in nothing.stderr) == ("", True)
    assert call(papers, "log", "--limit", str(2**70)).exit_code == 0


def test_verify_reports_differences_by_its_exit_code(papers: Path) -> None:
    assert call_json(papers, "verify")["holds"] is True
    (papers / "letter-to-the-one-who-comes-after-me.txt").unlink()
    result = call(papers, "verify", "--json")
    assert result.exit_code == 4
    assert [difference["kind"] for difference in json.loads(result.stdout)["differences"]] == ["absent"]
    result = call(papers, "verify", "--quick")
    assert result.exit_code == 4
    assert "1 difference found" in result.stdout
    call(papers, "index")
    assert call(papers, "verify").exit_code == 0


def test_failures_are_grouped_and_read_again_on_retry(papers: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        (papers / name).write_bytes(b"%PDF-1.4 broken")
    assert call(papers, "index", "--strict").exit_code == 3
    groups = call_json(papers, "failures")
    assert (groups["total"], [group["count"] for group in groups["groups"]]) == (2, [2])
    assert "b.pdf" in call(papers, "failures").stdout
    shutil.copyfile(SAMPLE / "letter-to-the-one-who-comes-after-me.txt", papers / "a.txt")
    (papers / "a.pdf").unlink()
    (papers / "b.pdf").unlink()
    call_json(papers, "index", "--retry-failed")
    assert call(papers, "failures").stdout == "Everything could be read.\n"


def test_failures_list_documents_read_only_in_part(papers: Path) -> None:
    (papers / "cut.txt.gz").write_bytes(gzip.compress(bytes(range(32, 127)) * 9000)[:-400])
    call(papers, "index")
    partial = call_json(papers, "failures")["groups"][0]["files"][0]
    assert (partial["path"], partial["state"]) == ("cut.txt.gz", "partial")


def test_failures_mention_documents_without_text(papers: Path) -> None:
    (papers / "empty.txt").write_text(" \n", encoding="utf-8")
    call(papers, "index")
    assert "Without text: 1 document. To list" in call(papers, "failures").stdout
    assert "empty.txt" in call(papers, "failures", "--all").stdout


def test_a_listing_is_previewed_imported_and_searched(papers: Path, document_id: str, tmp_path: Path) -> None:
    listing = tmp_path / "listing.csv"
    listing.write_text(LISTING, encoding="utf-8")
    before = call(papers, "log").stdout
    report = call_json(papers, "import", str(listing), "--dry-run")
    assert [item["title"] for item in report["items"]] == ["A Letter to Nobody", "Never Filed"]
    assert ([match["document"] for match in report["matched"]], len(report["not_listed"])) == ([document_id], 3)
    assert [item["title"] for item in report["missing_here"]] == ["Never Filed"]
    assert call(papers, "log").stdout == before
    screen = call(papers, "import", str(listing))
    assert "1 listed and not here:" in screen.stdout
    assert call_json(papers, "status")["listed"] == 1
    assert titles_by_id(papers, "date:2020-05 category:speech") == {document_id: "A Letter to Nobody"}
    assert call_json(papers, "import", str(listing))["changed"] is False
    assert call_json(papers, "verify")["holds"] is True
    for path, reason in ((tmp_path / "nothing.csv", "does not exist"), (tmp_path, "is a directory")):
        missing = call(papers, "import", str(path))
        assert (missing.exit_code, reason in missing.stderr) == (2, True)


def test_a_listing_without_items_is_refused_with_the_reason(papers: Path, tmp_path: Path) -> None:
    listing = tmp_path / "odd.csv"
    listing.write_text("colour,size\nred,3\n", encoding="utf-8")
    for options in ([], ["--dry-run"], ["--json"]):
        result = call(papers, "import", str(listing), *options)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "no column identifies the document" in result.stderr


def test_a_bag_is_checked_without_muniment_and_restores_everything(
    papers: Path, document_id: str, tmp_path: Path
) -> None:
    call(papers, "edit", document_id, "--title", "Corrected", "--who", "Ines")
    bag, home = tmp_path / "bag", tmp_path / "home"
    report = call_json(papers, "export", "--bag", str(bag))
    assert (report["files"], report["left_out"]) == (4, [])
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "-c", "--quiet", manifest], cwd=bag, check=True)
    with (bag / "metadata.csv").open(encoding="utf-8-sig", newline="") as table:
        assert "Corrected" in {cell for row in csv.reader(table) for cell in row}
    home.mkdir()
    assert call_json(home, "index", str(bag), "--dry-run")["files"] == 4
    assert "restored from the bag" in call(home, "index", str(bag)).stderr
    assert call_json(home, "index", str(bag))["unchanged"] == 4
    assert titles_by_id(home, "*") == titles_by_id(papers, "*")
    restored, original = call_json(home, "show", document_id), call_json(papers, "show", document_id)
    assert {key: value for key, value in restored.items() if key != "path"} == {
        key: value for key, value in original.items() if key != "path"
    }
    assert call_json(home, "verify")["holds"] is True
    assert call(papers, "export", "--bag", str(bag)).exit_code == 1


def test_versions_are_suggested_and_nothing_is_merged(papers: Path) -> None:
    letter = papers / "letter-to-the-one-who-comes-after-me.txt"
    (papers / "letter again.txt").write_text(
        letter.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8"
    )
    assert call_json(papers, "index")["documents"] == 5
    (pair,) = call_json(papers, "versions")["near_duplicates"]
    assert {pair["first_path"], pair["second_path"]} == {letter.name, "letter again.txt"}
    assert "1 pair" in call(papers, "versions").stdout
    assert call_json(papers, "status")["documents"] == 5


@pytest.mark.skipif(not shutil.which("tesseract"), reason="tesseract is not installed")
def test_scans_are_found_after_ocr_and_marked(tmp_path: Path, data: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    shutil.copyfile(data / "reports/gesetze-de/bgbl1_2018_j1398-1_0740.pdf", archive / "scan.pdf")
    assert call_json(archive, "index")["without_text"] == 1
    assert titles_by_id(archive, "Untersuchungskommission") == {}
    call_json(archive, "index", "--ocr")
    (name,) = titles_by_id(archive, "Untersuchungskommission")
    document = call_json(archive, "show", name)
    assert all(page["ocr"] for page in document["texts"] if page["text"])
    assert "recognised from the image" in call(archive, "show", name).stdout


def test_ocr_without_tesseract_is_refused_at_once(papers: Path) -> None:
    command = [sys.executable, "cli.py", "--archive", str(papers), "index", "--ocr"]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PATH": ""}, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "tesseract" in run.stderr


def start(archive: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "cli.py", "--archive", str(archive), *words]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_watch_indexes_new_files_and_ends_when_interrupted(papers: Path) -> None:
    run = start(papers, "index", "--watch", "--json", "--jobs", "1")
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
    assert len(titles_by_id(papers, "heron")) == 1


def test_searches_work_while_the_index_is_rebuilt(papers: Path) -> None:
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


def test_a_locked_archive_names_the_process_that_holds_it(papers: Path, document_id: str) -> None:
    with lock.write_lock(papers):
        for words in (["edit", document_id, "--title", "x"], ["index"], ["reindex"], ["verify"]):
            result = call(papers, *words)
            assert (result.exit_code, result.stdout) == (1, ""), words
            assert f"process {os.getpid()}" in result.stderr
        assert document_id in titles_by_id(papers, "*")


def test_an_author_with_surname_first_is_one_author(papers: Path, document_id: str) -> None:
    call(papers, "edit", document_id, "--author", "Doe, Jane; Roe, Rex")
    for name in ("Doe, Jane", "Roe, Rex"):
        assert [hit["id"] for hit in call_json(papers, "search", "--author", name)["hits"]] == [document_id]
    assert document_id not in {hit["id"] for hit in call_json(papers, "search", "--author", "-Doe, Jane")["hits"]}


def test_the_log_shows_changes_and_that_there_are_more(papers: Path, document_id: str) -> None:
    was = titles_by_id(papers, f"id:{document_id}")[document_id]
    call(papers, "edit", document_id, "--title", "Entirely Otherwise")
    expected = call(papers, "log", "--limit", "1")
    assert f"title: {was} → Entirely Otherwise" in expected.stdout
    assert "use --limit for more" in expected.stderr
    assert "--limit" not in call(papers, "log").stderr


def test_a_mistyped_command_is_corrected(papers: Path) -> None:
    result = call(papers, "verfy")
    assert result.exit_code == 2
    assert "Did you mean 'verify'?" in result.stderr


def test_an_explanation_adds_up_to_the_score_of_its_hit(papers: Path) -> None:
    answer = call_json(papers, "search", "conference", "remarks", "--any", "--explain")
    assert answer["hits"]
    for hit, expected in zip(answer["hits"], answer["explanations"], strict=True):
        parts = sum(part["score"] for part in expected["parts"]) + sum(expected["bonuses"].values())
        assert expected["id"] == hit["id"]
        assert parts == pytest.approx(expected["score"]) == pytest.approx(hit["score"], abs=1e-5)
    screen = call(papers, "search", "conference", "--explain").stdout
    assert "found in" in screen


def test_every_command_explains_itself(tmp_path: Path) -> None:
    listed = call(tmp_path, "--help").stdout
    for name in cli.COMMANDS:
        assert f"\n  {name} " in listed
        assert "Usage:" in call(tmp_path, name, "--help").stdout


@pytest.mark.parametrize("command", [["log"], ["edit", "--title", "x"], ["withdraw", "--reason", "x"], ["restore"]])
def test_an_id_that_is_no_text_is_one_line(papers: Path, command: list[str]) -> None:
    result = call(papers, command[0], "\udcff", *command[1:])
    assert result.exit_code == 2
    assert "not valid text" in result.stderr


@pytest.mark.parametrize(
    "change", ["documents SET state", "documents SET changed = 99, state", "candidates SET source", "pages SET role"]
)
def test_a_catalogue_changed_by_hand_is_one_line(papers: Path, tmp_path: Path, change: str) -> None:
    with closing(sqlite3.connect(papers / ".muniment" / "catalogue.db")) as connection:
        connection.execute(f"UPDATE {change} = 'odd'")
        connection.commit()
    for words in (["verify"], ["index"], ["reindex"], ["export", "--bag", str(tmp_path / "bag")]):
        result = call(papers, *words)
        assert result.exception is None or isinstance(result.exception, SystemExit), words
        assert "Exception ignored" not in result.stderr


def test_several_reset_fields_are_always_in_one_order(papers: Path, document_id: str) -> None:
    call(papers, "edit", document_id, "--title", "A", "--country", "fr", "--language", "fr", "--date", "2001")
    resets = [word for field in ("title", "language", "date", "country") for word in ("--reset", field)]
    changes = call_json(papers, "edit", document_id, *resets)["changes"]
    fields = [change["field"] for change in changes]
    assert fields == sorted(fields)
    assert len(fields) > 1
