"""A confined reader reaches no network and no file but the one in hand, and the parent unpickles nothing it sends."""

from __future__ import annotations

import os
import pickle
import resource
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Candidate, DocumentText, EmbeddedDocument, Extraction, Metadata, Page, Role, Source, State
from corpus.folder_scan import file_times
from indexer.ingest.record import DescribedFile
from indexer.sandbox import typed_json
from indexer.sandbox.confinement import can_confine
from indexer.sandbox.pool import Job, JobOutcome, run_jobs
from indexer.sandbox.scratch import sweep
from indexer.sandbox.worker import WorkerSettings

needs_confinement = pytest.mark.skipif(not can_confine(), reason="this system cannot confine processes")


def attempt(payload: str, use_fallback: bool) -> str | None:  # noqa: C901, PLR0911, PLR0912 - one line for each way out
    """Try a way out of the confinement, and return what came of it."""
    if use_fallback:
        return None
    way, _, target = payload.partition(" ")
    try:
        match way:
            case "read":
                return Path(target).read_text()
            case "list":
                return str([*Path(target).iterdir()])
            case "write":
                return str(Path(target).write_text("owned"))
            case "permit":
                Path(target).chmod(0o777)
                os.utime(target, (1, 1))
            case "scratch":
                Path(os.environ["TMPDIR"], "note").write_text("noted")
                return Path(os.environ["TMPDIR"], "note").read_text()
            case "connect":
                with socket.create_connection(("127.0.0.1", int(target)), timeout=2):
                    return "connected"
            case "datagram":
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                    return str(sender.sendto(b"x", ("127.0.0.1", int(target))))
            case "local":
                with socket.socket(socket.AF_UNIX) as client:
                    client.connect(target)
                    return "connected"
            case "program":
                return subprocess.run(["cat", target], capture_output=True, text=True, check=True).stdout
            case "limit":
                resource.prlimit(int(target), resource.RLIMIT_CORE, resource.getrlimit(resource.RLIMIT_CORE))
            case "cores":
                os.sched_setaffinity(int(target), os.sched_getaffinity(int(target)))
            case "environment":
                Path(f"/proc/{target}/environ").read_bytes()
            case "kill":
                os.kill(int(target), 0)
                return "reached"
            case "pickle":
                return Unpickled()  # type: ignore[return-value]
    except (OSError, subprocess.SubprocessError) as error:
        return f"refused: {type(error).__name__}"
    return payload


class Unpickled:
    """Ends the process that unpickles it."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)


def outcome(payload: str, *files: Path, times: tuple[int, int] | None = None) -> JobOutcome[str]:
    settings = WorkerSettings(memory=1 << 30, cpu_seconds=10, wall_seconds=20)
    (only,) = run_jobs([(Job(0, payload, tuple(map(str, files)), times),)], attempt, str, settings)
    return only


@needs_confinement
def test_a_reader_reads_the_file_in_hand_and_no_other(tmp_path: Path) -> None:
    in_hand, other = tmp_path / "a.txt", tmp_path / "b.txt"
    in_hand.write_text("in hand")
    other.write_text("private")
    (tmp_path / "link").symlink_to(other)
    assert outcome(f"read {in_hand}", in_hand).result == "in hand"
    for payload in (f"read {other}", f"read {tmp_path / 'link'}", f"list {tmp_path}", "read /etc/passwd"):
        assert outcome(payload, in_hand).result == "refused: PermissionError"
    assert outcome(f"program {in_hand}", in_hand).result == "in hand"
    assert outcome(f"program {other}", in_hand).result == "refused: CalledProcessError"


@needs_confinement
def test_a_reader_writes_to_its_scratch_folder_alone(tmp_path: Path) -> None:
    in_hand = tmp_path / "a.txt"
    in_hand.write_text("in hand")
    assert outcome("scratch").result == "noted"
    for target in (in_hand, tmp_path / "new.txt", Path("/usr/local/new.txt")):
        assert outcome(f"write {target}", in_hand).result == "refused: PermissionError"
    assert in_hand.read_text() == "in hand"


@needs_confinement
def test_a_reader_changes_no_permissions_and_no_times(tmp_path: Path) -> None:
    in_hand, other = tmp_path / "a.txt", tmp_path / "b.txt"
    in_hand.touch(0o600)
    other.touch(0o600)
    for path in (in_hand, other, tmp_path):
        before = path.stat()
        assert outcome(f"permit {path}", in_hand).result == f"permit {path}"
        assert (path.stat().st_mode, path.stat().st_mtime_ns) == (before.st_mode, before.st_mtime_ns)


@needs_confinement
def test_a_reader_reaches_no_network_and_no_process(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as local:
        port = server.getsockname()[1]
        local.bind(str(tmp_path / "socket"))
        local.listen()
        for payload in (f"connect {port}", f"datagram {port}", f"local {tmp_path / 'socket'}"):
            assert outcome(payload).result == "refused: PermissionError"
    for way in ("kill", "limit", "cores", "environment"):
        assert outcome(f"{way} {os.getpid()}").result == "refused: PermissionError"


@needs_confinement
def test_a_reader_cannot_read_what_takes_the_place_of_its_file(tmp_path: Path) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other"
    for place in (folder, other):
        place.mkdir()
        (place / "a.txt").write_text(place.name)
    in_hand = folder / "a.txt"
    times = file_times(in_hand.stat())
    assert outcome(f"read {in_hand}", in_hand, times=times).result == "folder"
    folder.rename(tmp_path / "aside")
    folder.symlink_to(other)
    assert outcome(f"read {in_hand}", in_hand, times=times).result == "refused: PermissionError"


def test_the_parent_unpickles_nothing_that_a_reader_sends() -> None:
    assert outcome("pickle").failure == "what was read cannot be passed on (TypeError)"
    with pytest.raises(typed_json.DecodeError):
        typed_json.decode(str, pickle.dumps(Unpickled()))


DESCRIBED = DescribedFile(
    Extraction(
        "pdfium", "application/pdf",
        DocumentText((Page(1, "a" * 500, "iv"), Page(2, "b", None, Role.HEADER_FOOTER, True, "fr"))),
        (Candidate("title", "The title", Source.EMBEDDED, confidence=0.5),), State.PARTIAL, "cut",
        (EmbeddedDocument("a > b", "b.pdf"),),
    ),
    "pdf", (), Metadata((Candidate("date", "2020", Source.TEXT),)), "sha256:00",
)  # fmt: skip


def test_results_survive_being_sent() -> None:
    assert typed_json.decode(DescribedFile, typed_json.encode(DESCRIBED)) == DESCRIBED
    assert typed_json.decode(tuple[date, float], typed_json.encode((date(2020, 2, 3), 1.5))) == (date(2020, 2, 3), 1.5)


@pytest.mark.parametrize(
    "structure",
    ['[{"text": 5}, []]', '[1, []]', '["\\ud800", []]', '[["a"], []]', '[{"text": 0}, [-1]]', '[{"text": 0}, [9]]',
     "[" * 9000, '[null, []]', '[{"text": true}, []]', "{}", ""],
)  # fmt: skip
def test_what_is_no_result_is_refused(structure: str) -> None:
    data = len(structure).to_bytes(4, "little") + structure.encode()
    with pytest.raises(typed_json.DecodeError):
        typed_json.decode(str, data)


def test_numbers_that_the_catalogue_cannot_store_are_refused() -> None:
    for kind, structure in ((int, "[9223372036854775808, []]"), (float, "[NaN, []]"), (float, "[1e999, []]")):
        with pytest.raises(typed_json.DecodeError):
            typed_json.decode(kind, len(structure).to_bytes(4, "little") + structure.encode())


def test_scratch_of_killed_runs_is_swept_and_of_others_kept(tmp_path: Path) -> None:
    script = (
        "import os, sys, tempfile; sys.path[:0] = [sys.argv[1]]; tempfile.tempdir = sys.argv[2]\n"
        "from indexer.sandbox.scratch import scratch_folder\n"
        "with scratch_folder() as folder:\n"
        "    (folder / 'part').write_text('x'); print('ready', flush=True); sys.stdin.read()\n"
    )
    root = str(Path(__file__).parents[3])
    command = [sys.executable, "-c", script, root, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"ready\n"
        assert sweep(tmp_path) == 0
        running.kill()
    assert len(list(tmp_path.iterdir())) == 1
    assert sweep(tmp_path) == 1
    assert not list(tmp_path.iterdir())
