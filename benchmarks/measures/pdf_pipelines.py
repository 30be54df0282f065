"""Measure pipelines from a folder of PDFs to a searchable index, in pages per second.

``muniment index`` runs twice, the second time over unchanged files. Its peers, where they are installed, are
``recollindex`` and ``pdftotext`` into FTS5, and always PDFium's text into FTS5 in one process: no program that reads
with PDFium can be faster on one core.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from benchmarks.measures.process_usage import ROOT, cpu_seconds, plain_environment
from corpus.settings import load_settings
from indexer.ingest.run_config import Options, RunConfig
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.tasks import FileToRead, task

UNCHANGED = "muniment index, nothing changed"
READING = "muniment, reading alone, 1 process"
TEXT_ALONE = "PDFium's text alone, 1 process"

MAX_PDFTOTEXT_FILES = 20_000
"""Most files that ``pdftotext`` is measured on, which starts a process per file."""

REST_SECONDS = 1.1
"""Seconds after which a run trusts a file's modification time, which has a resolution of one second."""


@dataclass(frozen=True, slots=True)
class PipelineRun:
    """One run of a pipeline over the folder: pages, wall time and processor time in seconds."""

    pipeline: str
    files: int
    pages: int
    wall: float
    cpu: float


def indexing_pipeline(jobs: int) -> str:
    """Return the name of the pipeline of ``muniment index`` with a number of processes."""
    return f"muniment index, {jobs} processes"


def measure(folder: Path, work: Path, jobs: int, only: Collection[str] = ()) -> list[PipelineRun]:
    """Run every installed pipeline, or those whose names are in ``only``, over the PDFs in ``folder``."""
    folder, work = folder.resolve(), work.resolve()
    files = sorted(folder.rglob("*.pdf"))
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in files)
    runs = []
    for name, run in _pipelines(folder, files, work, jobs):
        if only and name not in only:
            continue
        cpu, wall = cpu_seconds(), time.perf_counter()
        run()
        runs.append(PipelineRun(name, len(files), pages, time.perf_counter() - wall, cpu_seconds() - cpu))
    return runs


def _pipelines(folder: Path, files: list[Path], work: Path, jobs: int) -> Iterator[tuple[str, Callable[[], None]]]:
    archive = work / "archive"
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir(parents=True)
    time.sleep(REST_SECONDS)
    index = [sys.executable, "-m", "muniment", "--archive", str(archive), "index", str(folder), "--jobs", str(jobs)]
    yield indexing_pipeline(jobs), lambda: _run(index)
    yield UNCHANGED, lambda: _run(index)
    yield READING, lambda: _read(archive, files)
    yield TEXT_ALONE, lambda: _read_text(files)
    yield "PDFium into FTS5, 1 process", lambda: _into_fts5(work / "pdfium.db", files, _pdfium)
    if shutil.which("pdftotext") and len(files) <= MAX_PDFTOTEXT_FILES:
        yield "pdftotext into FTS5, 1 process", lambda: _into_fts5(work / "pdftotext.db", files, _pdftotext)
    if shutil.which("recollindex"):
        configuration = _fresh_recoll(work / "recoll", folder)
        yield "recollindex", lambda: _run(["recollindex", "-c", str(configuration)])


def _read(archive: Path, files: list[Path]) -> None:
    """Extract text and metadata of every file in one worker process, and record nothing."""
    config = RunConfig(archive, load_settings(archive), Options(jobs=1))
    jobs = (Job(number, FileToRead(str(file), file.name)) for number, file in enumerate(files))
    for _ in run_jobs(jobs, task("extract", config.context()), config.worker_settings()):
        pass


def _read_text(files: list[Path]) -> None:
    for file in files:
        _pdfium(file)


def _fresh_recoll(configuration: Path, folder: Path) -> Path:
    """Write a new Recoll configuration; with an index left from an earlier run it would only update."""
    shutil.rmtree(configuration, ignore_errors=True)
    configuration.mkdir(parents=True)
    (configuration / "recoll.conf").write_text(f'topdirs = "{folder}"\n', encoding="utf-8")
    return configuration


def _run(command: list[str]) -> None:
    subprocess.run(
        command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=plain_environment()
    )


def _into_fts5(path: Path, files: list[Path], text: Callable[[Path], str]) -> None:
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE words USING fts5 (path, text, tokenize = 'porter unicode61')")
    database.executemany("INSERT INTO words VALUES (?, ?)", ((str(file), text(file)) for file in files))
    database.commit()
    database.close()


def _pdfium(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    text = "\f".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def _pdftotext(file: Path) -> str:
    return subprocess.run(["pdftotext", "-q", str(file), "-"], check=True, capture_output=True).stdout.decode()
