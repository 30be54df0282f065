"""The OCR step of a run: recognise the scanned pages of an archive and save their text.

Pages are recognised in jobs of a few, several jobs side by side, and saved in the catalogue as they come: a run that
dies loses the jobs in work. When all pages of a document have been tried, it is read again, its recognised text
added, described by that text, and saved. The log records the attempt; it is not repeated until the file is read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import candidates
from corpus.catalogue.events import EventKind, log_event
from corpus.catalogue.file_records import file_of_document
from corpus.catalogue.save_documents import DocumentRecord, save_document, set_state
from corpus.catalogue.scanned_pages import (
    Scan,
    find_scans,
    recognised_pages,
    save_interruption,
    save_recognised_pages,
    set_file_outcome,
    was_interrupted,
)
from corpus.document import Candidate, Source, State
from corpus.errors import ArchiveError
from corpus.folder_scan import file_times
from corpus.messages import message
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.ingest.copies.moved_metadata import PATH_SOURCES
from indexer.ingest.record import DescribedFile
from indexer.ingest.run_events import Read, Recognised
from indexer.metadata.selection import Context, choose_metadata
from indexer.ocr.page_jobs import OCR_MEDIA_TYPES, CompletionJob, OcrResult, PageJob, outcome_of_ocr
from indexer.ocr.tesseract import PAGE_SECONDS, Tesseract, installed_tesseract
from indexer.ocr.tesseract_languages import describe_missing, languages_for
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.tasks import NamedTask
from indexer.sandbox.worker import WorkerSettings
from indexer.text.garbled.garbled_text import looks_garbled
from indexer.text.text_density import MIN_TYPED_LETTERS, count_letters

JOB_PAGES = 10
"""Pages of one job."""

GROUP_PAGES = 400
"""Pages after which their documents are saved: some minutes' work."""

RENDER_SECONDS = 10
"""Time a page may take to be rendered, beside tesseract's own."""


@dataclass(slots=True)
class _ScannedDocument:
    """A document in work.

    Attributes:
        scan: the document as the catalogue has it.
        languages: tesseract's names of those to try.
        numbers: of the pages to try.
        results: of the pages tried so far.
        interruption: why the document is left for the next run, where the file changed.
        machine_failure: why a page could not be tried, where the machine may be to blame.
    """

    scan: Scan
    languages: tuple[str, ...]
    numbers: tuple[int, ...]
    results: list[OcrResult] = field(default_factory=list)
    interruption: str = ""
    machine_failure: str = ""


@dataclass(frozen=True, slots=True)
class _OcrRun:
    catalogue: Catalogue
    archive: Path
    context: Context
    settings: WorkerSettings


def require_tesseract() -> Tesseract:
    """Return the tesseract that is installed.

    Raises:
        ArchiveError: there is none.
    """
    engine = installed_tesseract()
    if engine is None:
        raise ArchiveError("ocr.not-installed")
    return engine


def recognise(
    catalogue: Catalogue, archive: Path, context: Context, settings: WorkerSettings, *, retry: bool = False
) -> Iterator[Recognised | Read]:
    """Recognise the scanned pages of an archive's documents and save these with their text.

    Args:
        catalogue: open for writing; changes are made in batches of their own.
        archive: its folder.
        context: the archive's lists and settings.
        settings: limits of a reader; those of OCR are derived from them.
        retry: try documents again in which nothing, or not all, was found before.

    Yields:
        `Recognised` after each job, and `Read` for each document that is done.

    Raises:
        ArchiveError: tesseract is not installed.
    """
    engine = require_tesseract()
    run = _OcrRun(catalogue, archive, context, _ocr_limits(settings))
    places = ConfirmedPlaces(archive)
    scanned = (
        _scanned_document(scan, context, engine)
        for scan in find_scans(catalogue, OCR_MEDIA_TYPES, again=retry)
        if places.allow(paths.absolute(scan.path, archive))
    )
    documents = [document for document in scanned if document.numbers or document.scan.partly_recognised]
    total, pages = len(documents), sum(len(document.numbers) for document in documents if document.languages)
    pages_tried = documents_finished = 0
    for group in _groups(documents):
        for count in _recognise_group(run, group):
            pages_tried += count
            yield Recognised(pages_tried, pages)
        for scan, state, reason in _finish_group(run, group):
            documents_finished += 1
            yield Read(documents_finished, total, scan.path, state, reason)


def _ocr_limits(settings: WorkerSettings) -> WorkerSettings:
    """Return the limits of a job. Each tesseract process counts its own processor time against its worker's limit."""
    wall_seconds = settings.wall_seconds + JOB_PAGES * (PAGE_SECONDS + RENDER_SECONDS)
    cpu_seconds = settings.cpu_seconds + max(int(PAGE_SECONDS), JOB_PAGES * RENDER_SECONDS)
    return replace(settings, cpu_seconds=cpu_seconds, wall_seconds=wall_seconds)


def _scanned_document(scan: Scan, context: Context, engine: Tesseract) -> _ScannedDocument:
    languages = languages_for(context.languages, scan.language if scan.language_trusted else "", engine.languages)
    numbers = tuple(
        number for number, text in scan.pages if count_letters(text) < MIN_TYPED_LETTERS or looks_garbled(text)
    )
    return _ScannedDocument(scan, languages, numbers)


def _groups(documents: Sequence[_ScannedDocument]) -> Iterator[list[_ScannedDocument]]:
    group: list[_ScannedDocument] = []
    for document in documents:
        group.append(document)
        if sum(len(scanned.numbers) for scanned in group) >= GROUP_PAGES or len(group) >= GROUP_PAGES:
            yield group
            group = []
    if group:
        yield group


def _recognise_group(run: _OcrRun, group: Sequence[_ScannedDocument]) -> Iterator[int]:
    """Try all pages of the documents, and those of a job that died again one by one.

    Yields:
        After each job, the number of pages it tried.
    """
    died: list[tuple[_ScannedDocument, PageJob]] = []
    jobs = [(document, job) for document in group for job in _page_jobs(run, document)]
    yield from _recognise_jobs(run, jobs, died)
    single_pages = [
        (document, replace(job, numbers=(number,), coarse=True)) for document, job in died for number in job.numbers
    ]
    yield from _recognise_jobs(run, single_pages, [])


def _page_jobs(run: _OcrRun, document: _ScannedDocument) -> Iterator[PageJob]:
    if not document.languages:
        return
    scan = document.scan
    file = str(paths.absolute(scan.path, run.archive))
    for start in range(0, len(document.numbers), JOB_PAGES):
        numbers = document.numbers[start : start + JOB_PAGES]
        yield PageJob(file, scan.part, numbers, document.languages, scan.language)


def _recognise_jobs(
    run: _OcrRun,
    page_jobs: Sequence[tuple[_ScannedDocument, PageJob]],
    died: list[tuple[_ScannedDocument, PageJob]],
) -> Iterator[int]:
    """Run jobs and save what they recognise. Those that die on a first attempt are added to ``died``."""
    jobs = [(Job(key, job, (job.file,)),) for key, (_, job) in enumerate(page_jobs)]
    for outcome in run_jobs(jobs, NamedTask("ocr", run.context), tuple[OcrResult, ...], run.settings):
        document, job = page_jobs[outcome.key]
        results: tuple[OcrResult, ...] | None = outcome.result
        if results is None and not job.coarse:
            died.append((document, job))
            continue
        if results is None and outcome.machine_failure:
            document.machine_failure = outcome.failure
        if not _is_as_recorded(run, document.scan):
            document.interruption = str(message("file.changing"))
            continue
        document.results += results or (OcrResult(number, failure=outcome.failure) for number in job.numbers)
        texts = [(result.number, result.text) for result in results or () if result.text]
        if texts:
            with run.catalogue.batch():
                save_recognised_pages(run.catalogue, document.scan, texts)
        yield len(job.numbers)


def _finish_group(run: _OcrRun, group: Sequence[_ScannedDocument]) -> Iterator[tuple[Scan, State, str]]:
    """Save every document with its recognised text, or else with the reason why there is none."""
    to_complete: list[tuple[_ScannedDocument, CompletionJob]] = []
    for document in group:
        scan = document.scan
        texts = recognised_pages(run.catalogue, scan.key)
        if document.interruption:
            yield scan, scan.state, document.interruption
        elif document.machine_failure and not was_interrupted(run.catalogue, scan):
            yield scan, *_leave_for_next_run(run.catalogue, scan, document.machine_failure)
        elif not document.languages:
            languages = [scan.language] if scan.language_trusted else run.context.languages
            yield scan, scan.state, describe_missing(languages, ())
        elif texts:
            to_complete.append((document, _completion_job(run, document, texts)))
        else:
            yield scan, *_save_without_text(run.catalogue, document)
    jobs = [(Job(key, job, (job.file,)),) for key, (_, job) in enumerate(to_complete)]
    for outcome in run_jobs(jobs, NamedTask("ocr-finish", run.context), DescribedFile, run.settings):
        scan = to_complete[outcome.key][0].scan
        completed: DescribedFile | None = outcome.result
        if not _is_as_recorded(run, scan):
            yield scan, scan.state, str(message("file.changing"))
        elif completed is None or completed.extraction.state is State.FAILED:
            reason = completed.extraction.reason if completed else outcome.failure
            yield scan, *_save_uncompleted(run.catalogue, scan, reason)
        else:
            yield scan, *_save_with_text(run.catalogue, scan, completed)


def _is_as_recorded(run: _OcrRun, scan: Scan) -> bool:
    """Return whether a scan's file has the size and times recorded; else the next run looks at it anew."""
    record = file_of_document(run.catalogue, scan.key)
    try:
        status = paths.absolute(scan.path, run.archive).stat()
    except OSError:
        return False
    return record is not None and (status.st_size, *file_times(status)) == (
        record.size, record.mtime_ns, record.ctime_ns,
    )  # fmt: skip


def _completion_job(run: _OcrRun, document: _ScannedDocument, texts: Sequence[tuple[int, str]]) -> CompletionJob:
    scan = document.scan
    failures = (result for result in document.results if result.failure)
    results = (*(OcrResult(*text) for text in texts), *failures)
    return CompletionJob(str(paths.absolute(scan.path, run.archive)), scan.part, scan.path, results)


def _save_without_text(catalogue: Catalogue, document: _ScannedDocument) -> tuple[State, str]:
    """Record that no text was found, and return the document's state and reason."""
    scan = document.scan
    lacks_text = scan.state is State.WITHOUT_TEXT
    state, reason = outcome_of_ocr(scan.state, scan.reason, document.results, lacks_text=lacks_text)
    with catalogue.batch():
        if (state, reason) == (scan.state, scan.reason):
            log_event(catalogue, EventKind.RECOGNISED, path=scan.path, document_id=scan.id, state=state.value)
        else:
            set_state(catalogue, scan.key, state, reason, EventKind.RECOGNISED)
            set_file_outcome(catalogue, scan, state, reason, "")
    return state, reason


def _leave_for_next_run(catalogue: Catalogue, scan: Scan, reason: str) -> tuple[State, str]:
    """Log an interruption. The next run tries once more, and records what fails then."""
    with catalogue.batch():
        save_interruption(catalogue, scan, reason)
    return scan.state, reason


def _save_uncompleted(catalogue: Catalogue, scan: Scan, reason: str) -> tuple[State, str]:
    """Record that a document with recognised pages could not be described by them, from the second time on for good."""
    if not was_interrupted(catalogue, scan):
        return _leave_for_next_run(catalogue, scan, reason)
    failed = OcrResult(scan.pages[0][0] if scan.pages else 1, failure=reason)
    state, full_reason = outcome_of_ocr(scan.state, scan.reason, [failed], lacks_text=False)
    with catalogue.batch():
        set_state(catalogue, scan.key, state, full_reason, EventKind.RECOGNISED)
        set_file_outcome(catalogue, scan, state, full_reason, "")
    return state, full_reason


def _save_with_text(catalogue: Catalogue, scan: Scan, completed: DescribedFile) -> tuple[State, str]:
    """Save a document with its recognised text, and return its state and reason."""
    extraction = completed.extraction
    new = (candidate for candidate in completed.candidates if not scan.part or candidate.source not in PATH_SOURCES)
    # Earlier candidates are kept, corrections and those from the surrounding file too, except those from its text.
    before = (candidate for candidate in candidates(catalogue, scan.key) if candidate.source is not Source.TEXT)
    all_candidates: tuple[Candidate, ...] = tuple(dict.fromkeys((*before, *new)))
    document = DocumentRecord(
        scan.file, scan.digest, completed.format, extraction, all_candidates, choose_metadata(all_candidates),
        scan.part, completed.reader_version,
    )  # fmt: skip
    with catalogue.batch():
        save_document(catalogue, document, scan.path, EventKind.RECOGNISED)
        set_file_outcome(catalogue, scan, extraction.state, extraction.reason, extraction.reader)
    return extraction.state, extraction.reason
