"""Index files that were made to harm who reads them: each alone, then all together."""

from __future__ import annotations

import gzip
import io
import os
import random
import resource
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.attack.command_calls import call, check_end, end_of, start
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from corpus.sample import ARCHIVE as SAMPLE

BOMBS_VARIABLE = "MUNIMENT_TEST_DATA"
"""Environment variable that names the folder of third-party documents, with the hostile ones in ``bombs``."""

_LIMITS = "[limits]\nseconds = 30\ncpu_seconds = 10\nmemory_mb = 1024\n"
_WITNESS = "An ordinary letter of witnesszebra on assembly.\n"
_SECONDS_OF_A_FILE = 150.0


def hostile_files() -> dict[str, Callable[[Path], object]]:
    """Return how each hostile file is made, by its name: copied from the folder of bombs, or written."""
    files: dict[str, Callable[[Path], object]] = {
        path.name: lambda target, path=path: shutil.copyfile(path, target)  # type: ignore[misc]
        for path in sorted(_bombs().glob("*"))
    }
    return _WRITTEN | files


def _bombs() -> Path:
    return Path(os.environ.get(BOMBS_VARIABLE) or "missing") / "bombs"


def _nested_zip(path: Path) -> None:
    content = b"a" * 1000
    for level in range(40):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip" if level else "inner.txt", content)
        content = buffer.getvalue()
    path.write_bytes(content)


def _wide_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(12):
            archive.writestr(f"{number}.txt", b"\0" * (60 << 20))


def _names_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            "../../escaped.txt",
            "/etc/escaped.txt",
            "a\0b.txt",
            "con",
            "x" * 5000,
            "\u202etxt.exe",
            "..",
            "a//b",
        ):
            archive.writestr(zipfile.ZipInfo(name), "a text")


def _deep_mail(path: Path) -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(2000))
    path.write_text(f"From: a@example.org\nSubject: deep\nMIME-Version: 1.0\n{parts}", encoding="utf-8")


def _long_mail_header(path: Path) -> None:
    path.write_text(f"From: a@example.org\nSubject: {'=?utf-8?q?a?= ' * 200_000}\n\nA text.\n", encoding="utf-8")


def _gzip_text(path: Path) -> None:
    with gzip.open(path, "wb") as file:
        for _ in range(200):
            file.write(b"WARC/1.0\r\n" + b"a" * (1 << 20))


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


def _damaged(suffix: str) -> Callable[[Path], object]:
    def write(path: Path) -> None:
        source = min(SAMPLE.rglob(f"*{suffix}"), key=lambda sample: sample.stat().st_size)
        content, rng = bytearray(source.read_bytes()), random.Random(suffix)
        for _ in range(200):
            content[rng.randrange(len(content))] = rng.randrange(256)
        path.write_bytes(content)

    return write


_WRITTEN: dict[str, Callable[[Path], object]] = {
    "names.zip": _names_zip, "pipe.txt": os.mkfifo, "nested.zip": _nested_zip, "wide.zip": _wide_zip,
    "deep.eml": _deep_mail, "header.eml": _long_mail_header, "stream.warc.gz": _gzip_text, "sparse.txt": _sparse,
    "sparse.pdf": _sparse,
    "damaged.pdf": _damaged(".pdf"), "damaged.docx": _damaged(".docx"), "damaged.html": _damaged(".html"),
    "device.txt": lambda path: path.symlink_to("/dev/zero"),
    "zeros.html": lambda path: path.write_bytes(b"<p>" + b"\0" * (5 << 20)),
    "tags.html": lambda path: path.write_text("<b>" * 500_000, encoding="utf-8"),
    "line.csv": lambda path: path.write_text('"' + "a," * 5_000_000, encoding="utf-8"),
    "brackets.rtf": lambda path: path.write_text("{\\rtf1 " + "{" * 500_000, encoding="utf-8"),
    "long.xml": lambda path: path.write_text("<a " + "x='1' " * 300_000 + "/>", encoding="utf-8"),
}  # fmt: skip
"""Files that need no folder of bombs, by name."""


def run_hostile(setting: Setting) -> Iterator[Outcome]:
    """Index one hostile file beside an ordinary one; the last trial indexes all of them together."""
    files = hostile_files()
    together = setting.number >= len(files)
    chosen = files if together else dict([[*files.items()][setting.number]])
    if not _bombs().is_dir() and not setting.number:
        yield Outcome("bombs", f"skipped: no folder bombs in {BOMBS_VARIABLE}")
    archive = setting.folder / "archive"
    archive.mkdir()
    (archive / "muniment.toml").write_text(_LIMITS, encoding="utf-8")
    (archive / "witness.txt").write_text(_WITNESS, encoding="utf-8")
    for name, write in chosen.items():
        write(archive / name)
    name = "all together" if together else next(iter(chosen))
    process = start(archive, "index", "--jobs", "2")
    end = end_of(process, 60 + _SECONDS_OF_A_FILE * len(chosen))
    check_end("index", end)
    if end.code:
        raise FaultError(f"{name}: index ended with code {end.code}: {end.err}")
    found = call(archive, "search", "witnesszebra", "--json")
    if '"total": 1' not in found.out:
        raise FaultError(f"{name}: the ordinary file beside it is not found: {found.out[:300]} {found.err}")
    for words in (("verify",), ("failures", "--all"), ("status",)):
        if (end := call(archive, *words)).code:
            raise FaultError(f"{name}: {words[0]}: {end.out} {end.err}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    outcome = "the ordinary file is found, verify is clean"
    yield Outcome(name, outcome, figures={"peak MB of the run": peak} if together else {})


HOSTILE_FILES = Part(
    title="Hostile files",
    law="whatever a file is, the run ends well within its limits, and all other files are read and found",
    trials=len(_WRITTEN) + len([*_bombs().glob("*")]) + 1,
    quick=2,
    seconds=60 + 150 * (len(_WRITTEN) + 20),
    run=run_hostile,
)
