"""An archive whose settings name a search engine that nobody confirmed here: nothing is sent and no name looked up."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import ExitCode
from corpus.settings.write_engine import write_engine
from corpus.trust.archive_copies import require_sole_owner
from corpus.trust.confirmed_engines import confirm_engine, is_confirmed
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive
from tests.commands.calling import call
from tests.support import ROOT

STRANGERS = ("opensearch://search.stranger.example:9200/theirs", "opensearch://127.0.0.1:{port}/theirs")
COMMANDS = (
    ("search", "report"), ("search", "--read-from", "cluster", "report"),
    ("kwic", "report"), ("trend", "report"), ("frequencies",), ("collocates", "report"),
    ("compare", "--a", "report"), ("first-use", "report"), ("suggest", "rep"), ("similar", "ID"), ("show", "ID"),
    ("cite", "ID"), ("status",), ("verify",), ("index",), ("reindex",), ("edit", "ID", "--title", "Other"),
    ("withdraw", "ID", "--reason", "asked"), ("restore", "ID"), ("erase", "ID", "--reason", "asked", "--yes"),
    ("log",), ("failures",), ("versions",), ("settings",), ("record", "make", "report"),
    ("saved", "add", "a", "report"), ("review", "new", "a", "report"), ("export", "--bag", "BAG"),
)  # fmt: skip


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "report.txt").write_text("A report on assembly.")
    (folder / "other.txt").write_text("Another report.")
    list(index(folder, (), Options(jobs=1)))
    with open_archive(folder) as archive:
        return folder, archive.search(Request("assembly")).hits[0].id


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return a port of this machine; every connection and every look-up of a name fails the test."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        number = int(unused.getsockname()[1])

    def refuse(*arguments: object, **_: object) -> None:
        pytest.fail(f"a connection: {arguments}")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return number


@pytest.mark.parametrize(
    ("words", "stranger"), [(words, STRANGERS[number % 2]) for number, words in enumerate(COMMANDS)]
)
def test_no_command_sends_anything_to_a_stranger(
    words: tuple[str, ...], stranger: str, indexed: tuple[Path, str], tmp_path: Path, port: int
) -> None:
    folder, document_id = indexed
    archive = shutil.copytree(folder, tmp_path / "archive")
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{stranger.format(port=port)}"\n')
    names = {"ID": document_id, "BAG": str(tmp_path / "bag")}
    result = call(archive, *(names.get(word, word) for word in words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    if result.exit_code == ExitCode.UNAVAILABLE:
        told = " ".join(result.output.split())
        confirmation = "muniment search --read-from" if "--read-from" in words else "muniment reindex --engine"
        assert "nobody has confirmed" in told
        assert f"{confirmation} opensearch://" in told
        is_change = words[0] in {"edit", "withdraw", "erase"}
        assert ("the change is recorded" in told) == is_change
    else:
        assert words[0] in {"show", "cite", "log", "failures", "versions", "settings", "export", "restore"}


@pytest.mark.parametrize("words", [("reindex", "--yes", "--engine"), ("search", "report", "--read-from")])
def test_a_password_in_an_address_is_not_shown(words: tuple[str, ...], indexed: tuple[Path, str], port: int) -> None:
    result = call(indexed[0], *words, f"opensearch://ada:sesame@127.0.0.1:{port}/ours")
    assert result.exit_code == ExitCode.USAGE
    assert "sesame" not in result.output
    assert "must not contain a user or a password" in result.output


SERVE = """
import sys
def heard(event, arguments):
    if event in {"socket.getaddrinfo", "socket.connect", "socket.gethostbyname"} and "stranger" in str(arguments):
        print("event:", event, arguments, file=sys.stderr, flush=True)
sys.addaudithook(heard)
from cli import main
main(["--archive", sys.argv[1], "serve", "--port", sys.argv[2]])
"""
"""A server that tells every look-up of a name and every connection on standard error."""


def test_pages_say_that_the_engine_is_not_confirmed_and_send_nothing(indexed: tuple[Path, str], tmp_path: Path) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    (archive / "muniment.toml").write_text('[index]\nengine = "opensearch://search.stranger.example:9999/theirs"\n')
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    log = tmp_path / "log"
    with log.open("w") as output:
        command = [sys.executable, "-c", SERVE, str(archive), str(port)]
        server = subprocess.Popen(command, stdout=output, stderr=output, cwd=ROOT)
    try:
        end = time.monotonic() + 30
        while "token=" not in log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
        address = next(word for word in log.read_text().split() if "token=" in word)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", address.removeprefix(f"http://127.0.0.1:{port}"))
        let_in = connection.getresponse()
        let_in.read()
        cookie = (let_in.getheader("Set-Cookie") or "").partition(";")[0]
        for path in ("/search?q=report", "/search.json?q=report"):
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            assert (answer.status, "confirmed" in answer.read().decode()) == (503, True)
    finally:
        connection.close()
        server.terminate()
        server.wait()
    assert "event:" not in log.read_text()


def test_a_correction_is_kept_though_the_engine_is_a_strangers(indexed: tuple[Path, str], tmp_path: Path) -> None:
    folder, document_id = indexed
    archive = shutil.copytree(folder, tmp_path / "archive")
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{STRANGERS[0]}"\n')
    assert call(archive, "edit", document_id, "--title", "Kept").exit_code == ExitCode.UNAVAILABLE
    (archive / "muniment.toml").unlink()
    call(archive, "index")
    with open_archive(archive) as opened:
        assert [hit.title for hit in opened.search(Request("title:kept")).hits] == ["Kept"]


@pytest.mark.usefixtures("port")
def test_status_shows_the_archive_and_says_that_its_engine_is_away(indexed: tuple[Path, str], tmp_path: Path) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{STRANGERS[0]}"\n')
    result = call(archive, "status", "--json")
    printed = json.loads(result.stdout)
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert (printed["documents"], printed["index_away"], printed["index_current"]) == (2, True, False)
    assert [printed[f"index_{name}"] for name in ("change", "documents", "bytes")] == [None] * 3
    assert "an unknown number of documents, not up to date" in " ".join(call(archive, "status").output.split())
    assert "nobody has confirmed" in printed["index_problem"]


@pytest.mark.usefixtures("port")
def test_a_damaged_list_of_confirmations_is_told_by_every_command(
    indexed: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "muniment").mkdir()
    (tmp_path / "muniment" / "engines.json").write_text("{")
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{STRANGERS[0]}"\n')
    for words in (("search", "report"), ("index",), ("reindex",), ("reindex", "--yes", "--engine", STRANGERS[0])):
        result = call(archive, *words)
        assert result.exit_code == ExitCode.UNAVAILABLE
        assert "engines.json: is not as Muniment wrote it" in result.output
    shown = call(archive, "status")
    assert shown.exit_code == ExitCode.UNAVAILABLE
    assert "2 documents" in shown.output
    assert "engines.json: is not as Muniment wrote it" in " ".join(shown.output.split())


@pytest.mark.usefixtures("port")
def test_moving_to_an_engine_asks_first(indexed: tuple[Path, str], tmp_path: Path) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    refused = call(archive, "reindex", "--engine", STRANGERS[0])
    assert (refused.exit_code, "--yes" in refused.output) == (ExitCode.USAGE, True)
    for wrong in ("opensearch", "opensearch://me:secret@host/name", "solr://host/name", "opensearch://host/Name"):
        result = call(archive, "reindex", "--engine", wrong, "--yes")
        assert result.exit_code == ExitCode.USAGE
        assert "is no search engine" in result.output
    assert not (archive / "muniment.toml").exists()


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize("nodes", ["search.stranger.example:9200", "search.stranger.example:9200,10.0.0.1:9200"])
@pytest.mark.parametrize("words", [("reindex", "--yes", "--engine"), ("search", "report", "--read-from")])
def test_a_copy_may_not_have_the_index_of_what_it_was_copied_from(
    words: tuple[str, ...], nodes: str, indexed: tuple[Path, str], tmp_path: Path
) -> None:
    archive, address = shutil.copytree(indexed[0], tmp_path / "archive"), f"opensearch://{nodes}/theirs"
    (archive / "muniment.toml").write_text(f'[index]\nengine = "{STRANGERS[0]}"\n')
    confirm_engine(archive, parse_engine_address(STRANGERS[0]))
    copy = shutil.copytree(archive, tmp_path / "copy")
    for _ in range(2):
        refused = call(copy, *words, address)
        assert refused.exit_code == ExitCode.ERROR
        assert f"{copy}: is a copy of {archive}, whose index is at {address}" in " ".join(refused.output.split())
        assert not is_confirmed(copy, parse_engine_address(address))
    (tmp_path / "name").symlink_to(archive)
    require_sole_owner(tmp_path / "name", parse_engine_address(address))
    shutil.rmtree(archive)
    require_sole_owner(copy, parse_engine_address(address))


@pytest.mark.usefixtures("port")
def test_nothing_is_sent_before_the_settings_can_be_written(indexed: tuple[Path, str], tmp_path: Path) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    (archive / "muniment.toml").write_text('[index]\nengine = """whoosh"""\n')
    refused = call(archive, "reindex", "--engine", STRANGERS[0], "--yes")
    assert refused.exit_code == ExitCode.ERROR
    assert "the engine cannot be written into this file" in refused.output


def test_an_archive_stays_where_it_is_when_the_engine_does_not_answer(
    indexed: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    monkeypatch.setattr("indexer.index.opensearch.client.PATIENCE", 0.2)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"opensearch://127.0.0.1:{unused.getsockname()[1]}/ours"
    result = call(archive, "reindex", "--engine", address, "--yes")
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert "does not answer" in result.output
    assert not (archive / "muniment.toml").exists()
    assert call(archive, "search", "report").exit_code == ExitCode.DONE


def test_an_archive_of_this_machine_loads_nothing_of_another_engine(indexed: tuple[Path, str]) -> None:
    program = """
import sys
from cli import main
for words in (["search", "report"], ["kwic", "report"], ["status"], ["verify"], ["index"], ["trend", "report"]):
    try:
        main(["--archive", sys.argv[1], *words], standalone_mode=False)
    except SystemExit:
        pass
print("loaded:", *(name for name in sys.modules if "opensearch" in name or name == "http.client"))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(indexed[0])], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == "loaded:"


def away(archive: Path) -> None:
    """Have an archive searched on a confirmed cluster that is away."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"opensearch://127.0.0.1:{unused.getsockname()[1]}/ours"
    confirm_engine(archive, parse_engine_address(address))
    write_engine(archive, address)


@pytest.mark.parametrize("words", [
    ("edit", "ID", "--title", "Other"), ("withdraw", "ID", "--reason", "asked"),
    ("erase", "ID", "--reason", "asked", "--yes"),
])  # fmt: skip
def test_a_change_is_recorded_though_the_engine_is_away(
    words: tuple[str, ...], indexed: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, document_id = shutil.copytree(indexed[0], tmp_path / "archive"), indexed[1]
    away(archive)
    monkeypatch.setattr("indexer.index.opensearch.client.FIRST_PATIENCE", 1.0)
    monkeypatch.setattr("indexer.index.slow_contact.TOLD_AFTER_SECONDS", 0.1)
    started = time.monotonic()
    result = call(archive, *(document_id if word == "ID" else word for word in words))
    assert time.monotonic() - started < 3
    assert result.exit_code == ExitCode.UNAVAILABLE
    assert result.stderr.count("waiting for opensearch://127.0.0.1") == 1
    assert "the change is recorded, but the index does not have it yet" in result.stderr
    assert "It need not be repeated" in result.stderr
    kind = {"edit": "corrected", "withdraw": "withdrawn", "erase": "erased"}[words[0]]
    assert kind in call(archive, "log", "--json").stdout
    assert "waiting" not in call(archive, *("withdraw", document_id, "--reason", "asked", "--quiet")).stderr


def test_readers_of_an_engine_that_is_away_are_not_sent_to_the_index(
    indexed: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = shutil.copytree(indexed[0], tmp_path / "archive")
    away(archive)
    monkeypatch.setattr("indexer.index.opensearch.client.FIRST_PATIENCE", 0.2)
    shown = call(archive, "show", indexed[1])
    assert (shown.exit_code, "A report on assembly." in shown.output) == (ExitCode.DONE, True)
    for words in (
        ("search", "report"),
        ("show", indexed[1], "--query", "a"),
        ("search", "--read-from", "cluster", "report"),
        ("reindex",),
    ):
        result = call(archive, *words)
        assert result.exit_code == ExitCode.UNAVAILABLE
        assert "muniment index" not in result.stderr
        assert "Try again once it answers." in result.stderr
