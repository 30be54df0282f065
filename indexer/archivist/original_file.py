"""The file that a document was read from, found again for somebody who wants to open it."""

from __future__ import annotations

import os
import stat
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus import paths
from corpus.catalogue import open_catalogue
from corpus.catalogue.copies.content_places import original_of_copy
from corpus.catalogue.documents import document as document_of
from corpus.catalogue.documents import key_of
from corpus.catalogue.file_records import file_of_document, roots
from corpus.document import UNDISCLOSED, State
from corpus.errors import ArchiveError
from corpus.trust.confirmed_places import ConfirmedPlaces
from indexer.readers.formats import SHOWN_AS_THEY_ARE


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """The file of a document.

    Attributes:
        path: of the file.
        part: the document's address inside the file; ``""`` where it is the whole file.
        format: the document's format.
        digest: SHA-256 of the file's content when it was read.
        is_changed: whether the file is another than when it was read.
        pages: the document's pages; None where not all of them are known.
    """

    path: Path
    part: str
    format: str
    digest: str
    is_changed: bool
    pages: int | None

    @property
    def is_shown_as_it_is(self) -> bool:
        """Return whether a viewer only shows the file: by its format, and by its name, which viewers go by."""
        return not self.part and self.path.suffix.lower() in SHOWN_AS_THEY_ARE.get(self.format, ())


def original_file(archive: Path, document_id: str) -> OriginalFile:
    """Return the file of a document, if it is a regular file inside the archive or a folder that this user named.

    For a duplicate, it is the file of the original, which has the same bytes and may be a file of its own.

    Raises:
        UnknownDocumentError: there is no such document.
        ArchiveError: the document is withdrawn, only a listing names it, or its file is missing or must not be opened.
    """
    archive = archive.resolve()
    with closing(open_catalogue(archive)) as catalogue:
        document = document_of(catalogue, document_id)
        if original := original_of_copy(catalogue, document.id):
            document = document_of(catalogue, original.id)
        record = file_of_document(catalogue, key_of(catalogue, document.id))
        named = roots(catalogue)
    if document.state in UNDISCLOSED:
        raise ArchiveError("open.withdrawn", id=document.id, state=document.state.value)
    if document.state is State.LISTED or record is None:
        raise ArchiveError("open.no-file", id=document.id)
    path = paths.absolute(record.path, archive)
    if not ConfirmedPlaces(archive).allow(path):
        raise ArchiveError("open.unconfirmed", path=record.path)
    try:
        status = path.stat(follow_symlinks=record.path in named)
    except OSError as error:
        raise ArchiveError("open.missing", path=path, id=document.id) from error
    if not stat.S_ISREG(status.st_mode):
        raise ArchiveError("open.not-a-file", path=path, id=document.id)
    is_changed = (status.st_size, status.st_mtime_ns) != (record.size, record.mtime_ns)
    pages = document.pages if document.state is State.INDEXED and not is_changed else None
    return OriginalFile(Path(os.path.realpath(path)), document.part, document.format, record.digest, is_changed, pages)
