"""Nothing in an archive that somebody sent is executed, whatever is done with it."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from corpus.paths import DATA_FOLDER
from indexer.index.manifest import index_path
from tests.indexer.index.forgery import forge_manifest
from tests.support import ROOT

HOOK = """
import os, sys

OWN = ("multiprocessing/connection.py", "multiprocessing/spawn.py")  # what our own processes send to each other
PROGRAMS = ("python", "tesseract", "soffice", "libreoffice")
LOG, ARCHIVE = os.environ["AUDIT_LOG"], os.environ["AUDIT_ARCHIVE"]

def is_own(frame):
    while frame and not frame.f_code.co_filename.endswith(OWN):
        frame = frame.f_back
    return frame is not None

def hook(event, arguments):
    if event == "pickle.find_class":
        allowed = is_own(sys._getframe(1))
    elif event in ("exec", "compile", "import"):
        place = arguments[0].co_filename if event == "exec" else arguments[1]
        allowed = not str(place).startswith(ARCHIVE)
    elif event == "subprocess.Popen":
        allowed = os.path.basename(os.fspath(arguments[0])).startswith(PROGRAMS)
    else:
        allowed = event not in ("os.system", "os.exec", "os.posix_spawn", "socket.connect")
    if not allowed:
        with open(LOG, "a") as log:
            log.write(f"{event} {arguments!r:.300}\\n")

sys.addaudithook(hook)
"""
"""Is run by every Python process that inherits PYTHONPATH, and so by those that we start as well."""

COMMANDS = """
import sys, traceback
import cli
from corpus.errors import MunimentError

archive, out = sys.argv[1:]

def call(*words):
    try:
        cli.main(["--archive", archive, *words], standalone_mode=False)
    except (SystemExit, MunimentError, cli.click.ClickException):
        pass

def ask():
    from muniment import Request, open_archive
    try:
        with open_archive(archive) as opened:
            hits = opened.search(Request("assembly OR tor*", passages=2)).hits
            opened.refresh()
            opened.suggest("tor")
            for hit in hits[:1]:
                opened.explain(Request("assembly"), hit.id)
                opened.similar(hit.id)
                call("show", hit.id)
                call("similar", hit.id)
                call("open", hit.id)
                call("cite", hit.id)
                call("edit", hit.id, "--title", "A title")
                call("withdraw", hit.id, "--reason", "for the test")
                call("restore", hit.id)
                call("reread", hit.id, "--jobs", "1")
    except MunimentError:
        pass

if __name__ == "__main__":
    ask()
    for words in (
        ["search", "assembly"], ["kwic", "assembly", "--sort", "1L"], ["trend", "tor*"], ["frequencies"],
        ["collocates", "assembly"], ["compare", "--a", "assembly"], ["first-use", "tor*"],
        ["suggest", "tor"], ["status"], ["settings"], ["failures"], ["verify"],
        ["log"], ["versions"], ["check-quotes", archive + "/list.csv"],
        ["record", "make", "assembly"], ["record", "diff", "1"], ["saved", "add", "a", "tor*"],
        ["saved", "run"], ["review", "new", "r", "assembly"], ["review", "show", "r"],
        ["import", archive + "/list.csv"], ["export", "--bag", out], ["index"], ["reindex"], ["search", "assembly"],
        ["erase", "m", "--reason", "for the test", "--yes"],
    ):
        call(*words)
"""


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch '{self._mark}'",)


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    """A folder whose hook every Python process runs that has it in PYTHONPATH, and the script of all commands."""
    folder = tmp_path / "hooked"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOOK)
    (folder / "commands_of_all_kinds.py").write_text(COMMANDS)
    return folder


def refused_events(hooked: Path, archive: Path, *, cwd: Path = ROOT) -> list[str]:
    """Run all commands on an archive; return what happened that must not."""
    log, bag = hooked / "log", hooked / "bag"
    log.unlink(missing_ok=True)
    shutil.rmtree(bag, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": f"{hooked}{os.pathsep}{ROOT}", "AUDIT_LOG": str(log)}
    environment["AUDIT_ARCHIVE"] = str(archive)
    command = [sys.executable, str(hooked / "commands_of_all_kinds.py"), str(archive), str(bag)]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return log.read_text().splitlines() if log.exists() else []


def test_nothing_of_an_archive_is_unpickled_imported_or_executed(hooked: Path, papers: Path, tmp_path: Path) -> None:
    """Try all commands inside an archive that has files with the names of modules."""
    for module in ("multiprocessing", "random", "tempfile", "signal", "numpy", "muniment", "sitecustomize"):
        (papers / f"{module}.py").write_text(f"open({str(tmp_path / 'mark')!r}, 'w')\n")
    (papers / "new.txt").write_text("A new letter on assembly.")  # is read by a process of its own
    (papers / "list.csv").write_text("file,title\nnew.txt,A new letter\n")
    assert refused_events(hooked, papers, cwd=papers) == []
    assert not (tmp_path / "mark").exists()


def test_every_command_that_ends_by_itself_is_tried() -> None:
    assert {name for name in cli.COMMANDS if f'"{name}"' not in COMMANDS} == {"demo", "serve"}


def test_the_hook_sees_what_must_not_happen(hooked: Path, papers: Path) -> None:
    script = hooked / "commands_of_all_kinds.py"
    script.write_text(
        "import os, pickle, sys\nos.system('true')\n"
        f"pickle.loads({pickle.dumps(Payload)!r})\n"
        "exec(compile('1', sys.argv[1] + '/a.py', 'exec'))\n"
    )
    events = [line.split()[0] for line in refused_events(hooked, papers, cwd=ROOT)]
    assert sorted(events) == ["compile", "exec", "os.system", "pickle.find_class"]


@pytest.mark.slow  # a part of it runs as the planted archives of tests/house/test_attack.py
def test_a_payload_in_place_of_any_file_of_an_archive_never_runs(hooked: Path, papers: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    payload = pickle.dumps(Payload(mark), 2)
    names = sorted(path.relative_to(papers) for path in (papers / DATA_FOLDER).rglob("*") if path.is_file())
    assert {path.suffix for path in names} >= {".mun", ".toc", ".json", ".db", ""}
    kept = shutil.copytree(papers, tmp_path / "kept", symlinks=True)
    for name in names:
        shutil.rmtree(papers)
        shutil.copytree(kept, papers, symlinks=True)
        (papers / name).write_bytes(payload)
        if name.suffix != ".json":
            forge_manifest(index_path(papers))
        assert refused_events(hooked, papers) == [], name
        assert not mark.exists(), name
