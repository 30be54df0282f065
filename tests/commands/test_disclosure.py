"""No command discloses a word of a withdrawn or erased document, and none sends control characters to a terminal.

The table below has calls of every command. A new command has to be added to it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from cli import COMMANDS, main
from commands import corrections
from indexer.archivist.corrections import edit
from indexer.archivist.erasure import erase
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.pipeline import index, refresh
from indexer.ingest.run_config import Options
from indexer.listings.import_listing import import_listing
from search.archive import open_archive
from tests.commands.calling import call
from tests.support import documents_by_path

WORDS = re.compile(rb"zebulon|quixadril|brontwyck|mirovar", re.IGNORECASE)
"""Parts of words that only undisclosed documents have: in text, title, author, category, file name or listing."""

WORDS_IN_LOG = re.compile(rb"zebulon|quixadril|mirovar|brontwyck-erased", re.IGNORECASE)
"""Those that the log does not have either. It names the files of withdrawn documents: it is the proof of their fate."""

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "index": ((), ("--dry-run",), ("-v",)),
    "search": (
        ("zebu*",),
        ("zebulansom~2",),
        ("zebulansen",),
        ("assembly",),
        ("",),
        ("title:brontwyc",),
        ("by:mirova",),
        ("report", "--explain"),
    ),
    "kwic": (
        ("zebu*",),
        ("assembly", "--group", "1L"),
        ("brontwyc*", "--within", "title"),
        ("report", "--csv", "--all"),
    ),
    "trend": (("zebu*", "assembly"), ("report", "--csv")),
    "frequencies": (("--min", "1", "--function-words", "--csv"), ("report", "--min", "1")),
    "collocates": (("report", "--min", "1", "--csv"), ("zebu*", "--within", "sentence", "--min", "1")),
    "compare": (("--a", "report", "--min", "1", "--min-documents", "1", "--csv"), ("--a", "zebu*")),
    "first-use": (("report",), ("zebu*", "--csv")),
    "show": (
        ("WITHDRAWN",),
        ("WITHDRAWN", "--page", "1"),
        ("WITHDRAWN", "--query", "witness"),
        ("ERASED", "--withdrawn"),
    ),
    "open": (("WITHDRAWN",), ("WITHDRAWN", "--original"), ("ERASED",), ("NOSUCHID",)),
    "settings": ((),),
    "similar": (("WITHDRAWN",), ("ERASED",), ("OTHER",)),
    "suggest": (("zebu",), ("bront",), ("by:m",), ("category:q",), ("title:b",)),
    "record": (
        ("make", "zebu*"),
        ("make", ""),
        ("list",),
        ("show", "2"),
        ("diff", "2"),
        ("export", "2"),
        ("export", "2", "--format", "csv"),
    ),
    "saved": (("add", "all", ""), ("list",), ("run", "--keep"), ("run",)),
    "review": (
        ("new", "all", ""),
        ("show", "all"),
        ("next", "all"),
        ("decide", "all", "WITHDRAWN", "not", "--note", "n"),
        ("export", "all"),
        ("export", "all", "--format", "ris"),
    ),
    "import": (("LISTING", "--dry-run"),),
    "check-quotes": (("DRAFT",), ("DRAFT", "-v"), ("DRAFT", "--csv")),
    "cite": (("WITHDRAWN",), ("ERASED",), ("OTHER",), ("--query", "*"), ("--query", "*", "--format", "ris")),
    "status": (
        (),
        *(("--list", state) for state in ("withdrawn", "erased", "missing", "duplicate", "failed", "listed")),
    ),
    "failures": (("--all",), ("--conflicts",)),
    "verify": ((), ("--quick",)),
    "log": ((), ("WITHDRAWN",), ("ERASED",), ("ERASED", "--withdrawn")),
    "edit": (("WITHDRAWN", "--title", "New"), ("WITHDRAWN", "--reset", "title"), ("ERASED", "--title", "New")),
    "withdraw": (("WITHDRAWN", "--reason", "again"), ("ERASED", "--reason", "again")),
    "restore": (("ERASED",),),
    "erase": (("ERASED", "--reason", "again", "--yes"),),
    "versions": ((),),
    "export": (("--bag", "BAG"),),
    "reindex": ((),),
    "reread": (("WITHDRAWN",), ("ERASED",), ()),
    "demo": (),  # has an archive of its own
    "serve": (),  # tests/web asks its pages
}
"""Calls of each command, with the ids of a withdrawn, an erased and another document in place of their names."""

BAD_NAME = "report \x1b]0;title\x07\u202eon assembly\u2066"
"""A name that sets the title of the terminal's window and turns the direction of reading."""


@pytest.fixture(scope="module")
def _witnesses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("witnesses") / "archive"
    folder.mkdir()
    for name in ("brontwyck-withdrawn.txt", "brontwyck-erased.txt"):
        (folder / name).write_text(
            f"The Brontwyck paper {name}\n\nThe witness Zebulonson lives here. A report on assembly.\n"
        )
        shutil.copyfile(folder / name, folder / f"copy-of-{name}")
    (folder / "other.txt").write_text("A report on assembly, and another one.")
    (folder / f"{BAD_NAME}.html").write_text(f"<title>{BAD_NAME}</title><p>A {BAD_NAME} report</p>")
    (folder / f"{BAD_NAME}.pdf").write_text("no document")
    list(index(folder, (), Options(jobs=1)))
    (folder / "list.csv").write_text(
        "Title,File\nBrontwyck listed,brontwyck-withdrawn.txt\nBrontwyck too,brontwyck-erased.txt\n"
    )
    import_listing(folder, folder / "list.csv")
    (folder / "list.csv").unlink()
    refresh(folder)
    ids = {path: document.id for path, document in documents_by_path(folder).items() if "other" in path}
    by_name = {document.path or document.id: document.id for document in documents_by_path(folder).values()}
    withdrawn = next(value for path, value in by_name.items() if path.endswith("withdrawn.txt"))
    erased = next(value for path, value in by_name.items() if path.endswith("erased.txt"))
    for document_id in (withdrawn, erased):
        edit(folder, document_id, {"title": "Zebulonson heard", "author": "Mirovar, Ana", "category": "Quixadril"})
    withdraw(folder, withdrawn, "names a person", "Ines")
    erase(folder, [erased], "a request", "Ines")
    edit(folder, ids["other.txt"], {"title": "Another"})
    return folder, {"WITHDRAWN": withdrawn, "ERASED": erased, "OTHER": ids["other.txt"]}


@pytest.fixture
def witnesses(_witnesses: tuple[Path, dict[str, str]], tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """An archive with a withdrawn and an erased document, their copies and a listing, and what its names stand for."""
    folder, names = _witnesses
    archive = shutil.copytree(folder, tmp_path / "archive")
    listing = tmp_path / "list.csv"
    listing.write_text("Title,File\nAnother report,other.txt\n")
    draft = tmp_path / "draft.csv"
    words = "paper: The witness lives here. A report on assembly"
    draft.write_text("quote,id\n" + "".join(f"{words},{one}\n" for one in (names["WITHDRAWN"], names["ERASED"], "")))
    return archive, {**names, "LISTING": str(listing), "DRAFT": str(draft), "BAG": str(tmp_path / "bag")}


def test_every_command_is_asked() -> None:
    assert CALLS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", CALLS)
def test_no_command_discloses_undisclosed_documents(command: str, witnesses: tuple[Path, dict[str, str]]) -> None:
    archive, names = witnesses
    for words in CALLS[command]:
        for form in ((), ("--json",)):
            result = call(archive, command, *(names.get(word, word) for word in words), *form)
            assert result.exception is None or isinstance(result.exception, SystemExit)
            hidden = WORDS_IN_LOG if command == "log" else WORDS
            assert not hidden.search(result.output.encode()), (words, form, result.output)
            assert not UNSAFE.search(result.output), (words, form)
    bag = Path(names["BAG"])
    assert not [path for path in bag.rglob("*") if WORDS.search(str(path).encode())]
    assert not [path for path in bag.rglob("*") if path.is_file() and WORDS.search(path.read_bytes())]


def test_withdrawn_documents_are_shown_to_those_who_ask(witnesses: tuple[Path, dict[str, str]]) -> None:
    archive, names = witnesses
    withdrawn = names["WITHDRAWN"]
    shown = call(archive, "show", withdrawn)
    assert "names a person" in shown.stdout
    assert "--withdrawn" in shown.stdout
    assert "Zebulonson heard" in call(archive, "show", withdrawn, "--withdrawn").stdout
    assert "Zebulonson heard" in call(archive, "log", withdrawn, "--withdrawn").stdout
    assert call(archive, "export", "--bag", names["BAG"], "--withdrawn").exit_code == 0
    assert WORDS.search((Path(names["BAG"]) / "metadata.csv").read_bytes())


def test_python_discloses_withdrawn_documents_to_those_who_ask(witnesses: tuple[Path, dict[str, str]]) -> None:
    archive, names = witnesses
    with open_archive(archive) as opened:
        withdrawn = names["WITHDRAWN"]
        assert opened.document(withdrawn).path == ""
        assert opened.document(withdrawn, withdrawn=True).path
        assert opened.texts(withdrawn) == []
        assert opened.texts(withdrawn, withdrawn=True)
        assert not opened.view(withdrawn).candidates
        assert opened.view(withdrawn, withdrawn=True).candidates
        assert not opened.view(names["ERASED"], withdrawn=True).texts


def test_erasing_asks_on_a_terminal_and_needs_yes_elsewhere(
    witnesses: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, names = witnesses
    words = ["--archive", str(archive), "erase", names["OTHER"][:5], "--reason", "a request"]
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert call(archive, "erase", names["OTHER"][:5], "--reason", "a request", "--yes").exit_code == 1
    monkeypatch.setattr(corrections, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    assert CliRunner().invoke(main, words, input="n\n").exit_code == 1
    assert documents_by_path(archive)["other.txt"].id == names["OTHER"]
    erased = CliRunner().invoke(main, words, input="y\n")
    assert f"{names['OTHER']}  other.txt" in erased.stderr
    assert "other.txt is still where it was" in erased.stdout
