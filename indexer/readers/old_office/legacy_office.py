"""DOC of before 2007, converted by antiword or LibreOffice where one is installed."""

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
from indexer.readers.office.odf import read_odt
from indexer.readers.old_office.ole_properties import ole_properties
from indexer.readers.reader_protocol import (
    Limits,
    ReaderOutput,
    Unreadable,
    apply_limits,
    finish,
    number_pages,
    read_capped,
)
from indexer.readers.temp_folder import temp_folder
from indexer.text.cleaning import clean

DOC_TYPE = "application/msword"
MAX_CONVERTER_SECONDS = 45.0
"""Time a converter may take. Less than a worker has, so that the failure is reported as the converter's."""
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LIBREOFFICE_PROGRAMS = ("soffice", "libreoffice")


def read_doc(path: Path, limits: Limits) -> Extraction:
    """Read an old Word file by antiword, which is fast, or else by LibreOffice.

    Raises:
        Unreadable: no converter is installed, or none can read the file.
    """
    _refuse_other_files(path)
    extraction = _read_doc(path, limits)
    known = {candidate.field for candidate in extraction.candidates}
    more = (candidate for candidate in ole_properties(path) if candidate.field not in known)
    return replace(extraction, candidates=(*extraction.candidates, *more))


def _read_doc(path: Path, limits: Limits) -> Extraction:
    antiword, libreoffice = shutil.which("antiword"), _libreoffice()
    if antiword:
        try:
            return _read_by_antiword(antiword, path, limits)
        except Unreadable:
            if not libreoffice:
                raise
    if not libreoffice:
        raise Unreadable("file.no-converter-doc", final=True)
    return _read_by_libreoffice(libreoffice, path, limits)


def _libreoffice() -> str | None:
    return next(filter(None, map(shutil.which, _LIBREOFFICE_PROGRAMS)), None)


def _refuse_other_files(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(len(_OLE_MAGIC)) != _OLE_MAGIC:
            raise Unreadable("file.damaged-old-office", final=True)


def _read_by_antiword(program: str, path: Path, limits: Limits) -> Extraction:
    with temp_folder() as folder:
        output = folder / "text"
        # Copied under a fixed name: antiword would take a name that begins with a dash for an option.
        copy = Path(shutil.copyfile(path, folder / "file.doc"))
        convert([program, "-m", "UTF-8.txt", "-w", "0", str(copy)], folder, output)
        data, cut_reason = read_capped(output, limits)
    text = data.decode("utf-8", "replace")
    texts, cap_reason = apply_limits((clean(page) for page in text.split("\f")), limits)
    return finish(ReaderOutput("antiword", DOC_TYPE, (), cut_reason or cap_reason), DocumentText(number_pages(texts)))


def _read_by_libreoffice(program: str, path: Path, limits: Limits) -> Extraction:
    with temp_folder() as folder:
        copy = Path(shutil.copyfile(path, folder / f"file{path.suffix.lower()}"))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "odt", "--outdir", str(folder)]
        convert([program, profile, *options, str(copy)], folder, folder / "log")
        converted = folder / "file.odt"
        if not converted.is_file():
            raise Unreadable("file.converter-failed", program="LibreOffice")
        extraction = read_odt(converted, limits)
    return replace(extraction, reader="libreoffice", media_type=DOC_TYPE)


def convert(command: Sequence[str], folder: Path, output: Path, seconds: float = MAX_CONVERTER_SECONDS) -> None:
    """Run a converter on a file in a private folder.

    It runs in the worker's process group and under the worker's limits, so that whatever ends the worker ends it as
    well. When its time is up, the processes that it started are ended with it.

    Args:
        command: program and arguments.
        folder: working folder, which is the home folder as well.
        output: file for its standard output.
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
            raise Unreadable("file.converter-time", program=name, seconds=seconds) from error
        finally:
            _end(process)
    if code != 0:
        raise Unreadable("file.converter-failed", program=name)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a converter and every process that it started."""
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
