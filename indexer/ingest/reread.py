"""Read documents again whose files are unchanged, so that a better reader reaches what was read before it."""

from __future__ import annotations

import errno
import time
from collections.abc import Generator, Iterable
from contextlib import closing
from pathlib import Path

from corpus import lock, paths
from corpus.catalogue import Catalogue, open_catalogue, require_catalogue
from corpus.catalogue.documents import document, documents_read_before, has_ocr_text, key_of, text_digests
from corpus.catalogue.file_records import FileRecord, file_of_document
from corpus.document import UNDISCLOSED, State
from corpus.folder_scan import ScannedFile, file_digest, file_times
from corpus.messages import message, render
from corpus.settings import load_settings
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.index.update_index import require_own_index
from indexer.ingest.apply_plan import Tally, read_again
from indexer.ingest.ocr_step import recognise, require_tesseract
from indexer.ingest.pipeline import bring_index_up, summarise
from indexer.ingest.plan import Action, PresentFile, Step
from indexer.ingest.run_config import Options, RunConfig
from indexer.ingest.run_events import Event, Finished, Noted
from indexer.readers.formats import READER_VERSIONS


def reread(archive: Path, document_ids: Iterable[str] | None, options: Options) -> Generator[Event]:
    """Read documents again whose files have the recorded bytes, and bring the index up to date.

    Corrections and what listings say are kept. Where a file cannot be read again, the text read before is kept.

    Args:
        archive: the archive's folder.
        document_ids: the documents; None for all that an earlier version of a reader has read.
        options: how to run. Documents with text from OCR are read again only with ``ocr``, which then follows.

    Yields:
        `Noted` for documents that are left out, `Read`…, `Indexed`…, and at the end `Finished`.

    Raises:
        UnknownDocumentError: no document has one of the ids.
        ArchiveError, LockedError, CatalogueError, IndexStateError: as for `indexer.ingest.pipeline.index`.
    """
    started, archive = time.monotonic(), archive.resolve()
    run = RunConfig(archive, load_settings(archive), options)
    if options.ocr:
        require_tesseract()
    require_catalogue(archive)  # an archive without a catalogue is not locked
    with lock.write_lock(archive), closing(open_catalogue(archive, write=True)) as catalogue:
        require_own_index(catalogue)
        ids = documents_read_before(catalogue, READER_VERSIONS) if document_ids is None else dict.fromkeys(document_ids)
        actions: dict[str, Action] = {}
        for document_id in ids:
            action = _action(run, catalogue, document_id)
            if isinstance(action, Noted):
                yield action
            else:
                actions[action.present.path if action.present else ""] = action
        tally, before = Tally(files=len(actions)), text_digests(catalogue)
        yield from read_again(run, catalogue, list(actions.values()), tally)
        if options.ocr:
            yield from recognise(catalogue, archive, run.context(), run.worker_settings())
        tally["changed_texts"] = len(dict(text_digests(catalogue).items() - before.items()))
        yield from bring_index_up(catalogue, options.jobs)
        summary = summarise(catalogue, tally, started)
    yield Finished(summary)


def _action(run: RunConfig, catalogue: Catalogue, document_id: str) -> Action | Noted:
    """Return the action that reads a document's file again, or why it is left out."""
    before = document(catalogue, document_id)
    place = before.path or document_id
    record = file_of_document(catalogue, key_of(catalogue, document_id))
    if before.state in UNDISCLOSED:
        return Noted(document_id, render(message("reread.tombstone", reason=before.reason)))
    if record is None or record.state is State.MISSING:
        return Noted(place, render(message("reread.missing" if record else "reread.no-file")))
    if not run.options.ocr and has_ocr_text(catalogue, record.key):
        return Noted(place, render(message("reread.ocr")))
    try:
        present = _present(run, record)
    except OSError as error:
        return Noted(place, render(message("file.unavailable", cause=error.strerror or error)))
    if present.digest != record.digest:
        return Noted(place, render(message("reread.changed")))
    return Action(Step.REREAD, present, record)


def _present(run: RunConfig, record: FileRecord) -> PresentFile:
    path = paths.absolute(record.path, run.archive)
    if not ConfirmedPlaces(run.archive).allow(path):
        raise PermissionError(errno.EACCES, render(message("reread.unconfirmed")))
    status = path.stat()
    scanned = ScannedFile(path, status.st_size, *file_times(status))
    return PresentFile(record.path, scanned, file_digest(path))
