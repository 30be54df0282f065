"""An archive of many documents, made once and kept, and a server of it whose time and memory are measured."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import islice
from pathlib import Path

from benchmarks.corpora.text_rows import TextRow, generate_rows, read_rows
from benchmarks.measures.process_usage import ROOT, plain_environment
from benchmarks.served.loopback_client import ask_in_turn
from corpus.sample import ARCHIVE as SAMPLE

PORT = 8760
_PDFS = "pdfs"
_NEW = "new"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: its first process, port and token, and the seconds from its start to its first answer."""

    process: int
    port: int
    token: str
    start_seconds: float

    def processor_seconds(self) -> float:
        """Return the processor time that its processes have taken, ended ones included; 0 where that is unknown."""
        ticks = 0
        for process in self._processes():
            with suppress(OSError):
                times = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15]
                ticks += sum(map(int, times))
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_mb(self, kind: str = "Pss") -> float:
        """Return the memory of its processes in MB, 0 if unknown; what several share is counted once.

        Mapped files are included unless ``Pss_Anon`` is asked for.
        """
        kilobytes = 0
        for process in self._processes():
            with suppress(OSError):
                lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
                kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith(f"{kind}:"))
        return kilobytes / 1024

    def _processes(self) -> Iterator[int]:
        """Yield its process and all below it."""
        found = [self.process]
        while found:
            process = found.pop()
            yield process
            with suppress(OSError):
                for thread in Path(f"/proc/{process}/task").iterdir():
                    found += map(int, (thread / "children").read_text(encoding="ascii").split())


@dataclass(frozen=True, slots=True)
class ServedArchive:
    """The archive that is served: text files that are made of rows, and the PDFs of the sample archive.

    Attributes:
        folder: the archive's folder.
        rows: title and text of each text file.
        corpus_name: what the rows are from, for people.
    """

    folder: Path
    rows: Sequence[TextRow]
    corpus_name: str

    @contextmanager
    def serve(self) -> Iterator[Server]:
        """Start a server, and end it after the block."""
        started = time.perf_counter()
        command = [sys.executable, "-m", "muniment", "--archive", str(self.folder), "serve", "--port", str(PORT)]
        with subprocess.Popen(command, cwd=ROOT, env=self._environment(), stderr=subprocess.PIPE, text=True) as process:
            try:
                assert process.stderr
                line = next((text for text in process.stderr if "token=" in text), "")
                if not line:
                    raise ChildProcessError("the server has not started")
                port, token = int(line.split(":")[2].partition("/")[0]), line.partition("token=")[2].split()[0]
                asyncio.run(ask_in_turn(port, token, ["/"]))
                yield Server(process.pid, port, token, time.perf_counter() - started)
            finally:
                process.terminate()

    @contextmanager
    def bringing_in(self, documents: int) -> Iterator[subprocess.Popen[bytes]]:
        """Index new files during the block, and yield the run; `tidy` takes them back.

        Raises:
            ChildProcessError: the run failed.
        """
        shutil.rmtree(self._spare, ignore_errors=True)
        shutil.copytree(self.folder / ".muniment", self._spare)
        _write_files(self.folder / _NEW, generate_rows(documents, seed=2))
        with subprocess.Popen(self._command("index", "-q"), cwd=ROOT, env=self._environment()) as run:
            yield run
            if run.wait():
                raise ChildProcessError("the index run beside the server failed")

    def tidy(self) -> None:
        """Take back what `bringing_in` has changed, in this run or in one that was killed; no server may run."""
        shutil.rmtree(self.folder / _NEW, ignore_errors=True)
        if (self._spare / "catalogue.db").exists():
            shutil.rmtree(self.folder / ".muniment")
            self._spare.rename(self.folder / ".muniment")

    def index(self) -> None:
        """Index the files; an archive that is up to date takes a second."""
        subprocess.run(self._command("index", "-q"), cwd=ROOT, env=self._environment(), check=True)

    @property
    def _spare(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.spare")

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "muniment", "--archive", str(self.folder), *arguments]

    def _environment(self) -> dict[str, str]:
        return plain_environment() | {"XDG_STATE_HOME": str(self.folder.parent / "state")}


def make_archive(work: Path, documents: int, corpus: Path | None) -> ServedArchive:
    """Return an archive of so many documents, made of a corpus or of generated texts; one of an earlier run is used."""
    name = corpus.name.partition(".")[0] if corpus else "generated"
    corpus_name = name if corpus else "generated texts"
    folder = work / f"{name}-{documents}"
    sample = sorted(SAMPLE.rglob("*.pdf"))
    wanted = documents - len(sample)
    archive = ServedArchive(folder, _rows(corpus, wanted) if corpus else list(generate_rows(wanted)), corpus_name)
    complete = folder.with_suffix(".files")
    if not complete.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write_files(folder, archive.rows)
        for path in sample:
            (folder / _PDFS / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / _PDFS / path.parent.name / path.name)
        complete.touch()
    archive.tidy()
    archive.index()
    return archive


def _rows(corpus: Path, wanted: int) -> list[TextRow]:
    """Return so many rows of a corpus; where it has fewer, its longest texts are halved."""
    rows = list(islice(read_rows(corpus), wanted))
    while missing := wanted - len(rows):
        longest = nlargest(missing, rows, key=lambda row: len(row.text))
        halved = {row.id for row in longest}
        rows = [row for row in rows if row.id not in halved]
        for row in longest:
            middle = row.text.find(" ", len(row.text) // 2)
            rows += [
                replace(row, id=f"{row.id}a", text=row.text[:middle]),
                replace(row, id=f"{row.id}b", text=row.text[middle:]),
            ]
    return rows


def _write_files(folder: Path, rows: Iterator[TextRow] | Sequence[TextRow]) -> None:
    for row in rows:
        path = folder / row.category / f"{row.id}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{row.title}\n\n{row.date}\n\n{row.text}\n", encoding="utf-8")
