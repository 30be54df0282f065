"""DOC and PPT of before 2007, by a converter that is installed: antiword, LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from corpus.document import DocumentText, Extraction
from indexer.readers.office.odf import read_odp, read_odt
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable, apply_limits, finish, number_pages
from indexer.readers.temp_folder import temp_folder
from indexer.text.cleaning import clean

DOC_TYPE = "application/msword"
PPT_TYPE = "application/vnd.ms-powerpoint"
SECONDS = 45.0
"""Time a converter may take by the clock; less than a worker has, so that the failure is said to be the converter's."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICES = ("soffice", "libreoffice")


def read_doc(path: Path, limits: Limits) -> Extraction:
    """Read an old Word file: by antiword, which is quick, else by LibreOffice.

    Raises:
        Unreadable: no converter is installed, or none can read the file.
    """
    _refuse_others(path)
    word, office = shutil.which("antiword"), _office()
    if not word and not office:
        raise Unreadable("no reader for .doc files; install antiword or LibreOffice", final=True)
    problem = "antiword is not installed"
    if word:
        try:
            return _by_antiword(word, path, limits)
        except Unreadable as error:
            problem = error.reason
    if not office:
        raise Unreadable(problem)
    return _by_office(office, path, limits, "odt")


def read_ppt(path: Path, limits: Limits) -> Extraction:
    """Read an old PowerPoint file by LibreOffice.

    Raises:
        Unreadable: LibreOffice is not installed or cannot read the file.
    """
    _refuse_others(path)
    office = _office()
    if not office:
        raise Unreadable("no reader for .ppt files; install LibreOffice", final=True)
    return _by_office(office, path, limits, "odp")


def _office() -> str | None:
    return next(filter(None, map(shutil.which, _OFFICES)), None)


def _refuse_others(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_OLE)) != _OLE:
            raise Unreadable("damaged file (not an old binary Office file)", final=True)


def _by_antiword(program: str, path: Path, limits: Limits) -> Extraction:
    with temp_folder() as folder:
        output = folder / "text"
        # A name of our own: one that begins with a dash would be an option.
        copy = Path(shutil.copyfile(path, folder / "file.doc"))
        convert([program, "-m", "UTF-8.txt", "-w", "0", str(copy)], folder, output)
        with output.open("rb") as file:
            data = file.read(limits.member_bytes + 1)
    cut = f"only the first {limits.member_bytes:,} bytes were read" if len(data) > limits.member_bytes else ""
    text = data[: limits.member_bytes].decode("utf-8", "replace")
    texts, cap = apply_limits((clean(page) for page in text.split("\f")), limits)
    return finish(ReadResult("antiword", DOC_TYPE, cap=cut or cap), DocumentText(number_pages(texts)))


def _by_office(program: str, path: Path, limits: Limits, to: str) -> Extraction:
    with temp_folder() as folder:
        copy = Path(shutil.copyfile(path, folder / f"file{path.suffix.lower() if to == 'odt' else '.ppt'}"))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", str(folder)]
        convert([program, profile, *options, str(copy)], folder, folder / "log")
        made = folder / f"file.{to}"
        if not made.is_file():
            raise Unreadable("LibreOffice could not read it")
        extraction = (read_odt if to == "odt" else read_odp)(made, limits)
    return replace(extraction, reader="libreoffice", media_type=DOC_TYPE if to == "odt" else PPT_TYPE)


def convert(command: Sequence[str], folder: Path, output: Path, seconds: float = SECONDS) -> None:
    """Run a converter on a file in a private folder.

    It runs in the process group of the worker and under the caps the worker has, so that whatever ends the worker
    ends it as well; what it starts itself is ended with it when its time is up.

    Args:
        command: program and arguments.
        folder: where it runs, its home as well.
        output: file that takes what it prints.
        seconds: time it may take.

    Raises:
        Unreadable: it failed, or took too long.
    """
    name = Path(command[0]).name
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with output.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.DEVNULL
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise Unreadable(f"{name} took longer than {seconds:g} s") from error
        finally:
            _end(process)
    if code != 0:
        raise Unreadable(f"{name} could not read it")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a converter and all it has started."""
    if process.poll() is None:
        for pid in [*_descendants(process.pid)]:
            with suppress(OSError):
                os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        process.kill()
        process.wait()


def _descendants(pid: int) -> Iterator[int]:
    with suppress(OSError, ValueError):
        for child in map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()):
            yield child
            yield from _descendants(child)
