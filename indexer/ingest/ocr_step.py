"""A run of OCR over an archive: which pages, in what portions, and what becomes of their documents.

Pages are recognised in portions, side by side, and kept in the catalogue as they come, so that a run that dies loses
the portions in hand. When all pages of a document have been tried it is read once more with what was recognised put
in, described by that text, and saved; the log says so, and it is not tried again until its file is read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.save_documents import DocumentRecord, save_document, set_state
from corpus.catalogue.scanned_pages import (
    Scan,
    find_scans,
    recognised_pages,
    save_recognised_pages,
    set_file_outcome,
)
from corpus.document import Candidate, Source, State
from corpus.errors import ArchiveError
from indexer.ingest.record import PATH_SOURCES, ReadOutcome
from indexer.ingest.run_events import Read, Recognised
from indexer.metadata.selection import Context, choose_metadata
from indexer.ocr.page_jobs import READABLE, Completion, OcrResult, Pages, judge
from indexer.ocr.tesseract import SECONDS, Tesseract, installed
from indexer.ocr.tesseract_languages import languages_for, say_missing
from indexer.sandbox.pool import Job, WorkerSettings, run_jobs
from indexer.sandbox.tasks import task
from indexer.text.text_density import FEW_LETTERS, count_letters

PORTION = 10
"""Pages of one job."""
GROUP = 400
"""Pages after which documents are saved: some minutes' work."""
RENDERING = 10
"""Seconds, beside tesseract's own, that a page may take to be rendered."""


@dataclass(slots=True)
class _Trial:
    """A document under way: what to tell tesseract, the pages to try, and what became of them."""

    scan: Scan
    languages: tuple[str, ...]
    numbers: tuple[int, ...]
    readings: list[OcrResult] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    catalogue: Catalogue
    archive: Path
    context: Context
    settings: WorkerSettings


def require_tesseract() -> Tesseract:
    """The tesseract that is installed.

    Raises:
        ArchiveError: there is none.
    """
    engine = installed()
    if engine is None:
        raise ArchiveError(
            "OCR needs tesseract, which is not installed",
            "Debian and Ubuntu: apt install tesseract-ocr tesseract-ocr-fra (and other languages), then try again.",
        )
    return engine


def recognise(
    catalogue: Catalogue, archive: Path, context: Context, settings: WorkerSettings, *, retry: bool = False
) -> Iterator[Recognised | Read]:
    """Recognise the scanned pages of an archive's documents and save these with their text.

    Args:
        catalogue: open for writing; changes are made in batches of their own.
        archive: its folder.
        context: the archive's lists and settings.
        settings: limits of a reader; those of OCR are made from them.
        retry: try documents again in which nothing, or not all, was found before.

    Yields:
        `Recognised` after each portion, and `Read` for each document that is done.

    Raises:
        ArchiveError: tesseract is not installed.
    """
    engine = require_tesseract()
    run = _Run(catalogue, archive, context, _limits(settings))
    found = (_trial(scan, context, engine) for scan in find_scans(catalogue, READABLE, again=retry))
    trials = [trial for trial in found if trial.numbers or trial.scan.partly_recognised]
    total, pages = len(trials), sum(len(trial.numbers) for trial in trials if trial.languages)
    tried = done = 0
    for group in _groups(trials):
        for count in _try_pages(run, group):
            tried += count
            yield Recognised(tried, pages)
        for scan, state, reason in _finish(run, group):
            done += 1
            yield Read(done, total, scan.path, state, reason)


def _limits(settings: WorkerSettings) -> WorkerSettings:
    """Limits of a portion. Tesseract counts its own processor time, against the limit its worker has."""
    seconds = PORTION * (SECONDS + RENDERING)
    cpu = settings.cpu_seconds + max(int(SECONDS), PORTION * RENDERING)
    return replace(settings, cpu_seconds=cpu, wall_seconds=settings.wall_seconds + seconds)


def _trial(scan: Scan, context: Context, engine: Tesseract) -> _Trial:
    languages = languages_for(context.languages, scan.language if scan.language_trusted else "", engine.languages)
    few = tuple(number for number, text in scan.pages if count_letters(text) < FEW_LETTERS)
    return _Trial(scan, languages, few)


def _groups(trials: Sequence[_Trial]) -> Iterator[list[_Trial]]:
    group: list[_Trial] = []
    for trial in trials:
        group.append(trial)
        if sum(len(one.numbers) for one in group) >= GROUP or len(group) >= GROUP:
            yield group
            group = []
    if group:
        yield group


def _try_pages(run: _Run, group: Sequence[_Trial]) -> Iterator[int]:
    """Try all pages of the documents, in portions first; what a portion died of is looked for page by page."""
    died: list[tuple[_Trial, Pages]] = []
    portions = [(trial, portion) for trial in group for portion in _portions(run, trial)]
    yield from _try_portions(run, portions, died)
    single = [
        (trial, replace(portion, numbers=(number,), coarse=True))
        for trial, portion in died
        for number in portion.numbers
    ]
    yield from _try_portions(run, single, [])


def _portions(run: _Run, trial: _Trial) -> Iterator[Pages]:
    if not trial.languages:
        return
    scan = trial.scan
    file = str(paths.absolute(scan.path, run.archive))
    for start in range(0, len(trial.numbers), PORTION):
        numbers = trial.numbers[start : start + PORTION]
        yield Pages(file, scan.part, numbers, trial.languages, scan.language)


def _try_portions(
    run: _Run, portions: Sequence[tuple[_Trial, Pages]], died: list[tuple[_Trial, Pages]]
) -> Iterator[int]:  # fmt: skip
    jobs = [Job(at, portion) for at, (_, portion) in enumerate(portions)]
    # Processes need not be started where there is nothing to do.
    for outcome in run_jobs(jobs, task("ocr", run.context), run.settings) if jobs else ():
        trial, portion = portions[outcome.key]
        readings: tuple[OcrResult, ...] | None = outcome.result
        if readings is None and not portion.coarse:
            died.append((trial, portion))
            continue
        trial.readings += readings or (OcrResult(number, failure=outcome.failure) for number in portion.numbers)
        texts = [(reading.number, reading.text) for reading in readings or () if reading.text]
        if texts:
            with run.catalogue.batch():
                save_recognised_pages(run.catalogue, trial.scan, texts)
        yield len(portion.numbers)


def _finish(run: _Run, group: Sequence[_Trial]) -> Iterator[tuple[Scan, State, str]]:
    """Save every document of the group: whole where text was found, else with the reason why there is none."""
    found: list[tuple[_Trial, Completion]] = []
    for trial in group:
        texts = recognised_pages(run.catalogue, trial.scan.key)
        if not trial.languages:
            wanted = [trial.scan.language] if trial.scan.language_trusted else run.context.languages
            yield trial.scan, trial.scan.state, say_missing(wanted, ())
        elif texts:
            found.append((trial, _completion(run, trial, texts)))
        else:
            yield trial.scan, *_leave(run.catalogue, trial)
    jobs = [Job(at, completion) for at, (_, completion) in enumerate(found)]
    for outcome in run_jobs(jobs, task("ocr-finish", run.context), run.settings) if jobs else ():
        trial = found[outcome.key][0]
        made: ReadOutcome | None = outcome.result
        if made is None or made.extraction.state is State.FAILED:
            yield trial.scan, State.FAILED, made.extraction.reason if made else outcome.failure
        else:
            yield trial.scan, *_save(run.catalogue, trial.scan, made)


def _completion(run: _Run, trial: _Trial, texts: Sequence[tuple[int, str]]) -> Completion:
    scan = trial.scan
    readings = (*(OcrResult(*text) for text in texts), *(reading for reading in trial.readings if reading.failure))
    return Completion(str(paths.absolute(scan.path, run.archive)), scan.part, scan.path, readings)


def _leave(catalogue: Catalogue, trial: _Trial) -> tuple[State, str]:
    """Write down that nothing was found."""
    scan = trial.scan
    lacking = scan.state is State.WITHOUT_TEXT
    state, reason = judge(scan.state, scan.reason, trial.readings, lacking=lacking)
    with catalogue.batch():
        if (state, reason) == (scan.state, scan.reason):
            log_event(catalogue, EventKind.RECOGNISED, path=scan.path, document_id=scan.id, state=state.value)
        else:
            set_state(catalogue, scan.key, state, reason, EventKind.RECOGNISED)
            set_file_outcome(catalogue, scan, state, reason, "")
    return state, reason


def _save(catalogue: Catalogue, scan: Scan, made: ReadOutcome) -> tuple[State, str]:
    extraction = made.extraction
    fresh = (one for one in made.candidates if not scan.part or one.source not in PATH_SOURCES)
    # What was known of it stands, corrections and what its container says included, beside what its text says now.
    before = (one for one in candidates(catalogue, scan.key) if one.source is not Source.TEXT)
    every: tuple[Candidate, ...] = tuple(dict.fromkeys((*before, *fresh)))
    holding = DocumentRecord(scan.file, scan.digest, made.format, extraction, every, choose_metadata(every), scan.part)
    with catalogue.batch():
        save_document(catalogue, holding, scan.path, EventKind.RECOGNISED)
        set_file_outcome(catalogue, scan, extraction.state, extraction.reason, extraction.reader)
    return extraction.state, extraction.reason
