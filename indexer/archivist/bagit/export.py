"""An archive in a bag (RFC 8493): the originals, their digests, the metadata as a table, the whole catalogue as text.

Anyone can prove such a bag whole without this program: ``sha256sum -c manifest-sha256.txt`` inside it.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import paths
from corpus.catalogue import Catalogue
from corpus.catalogue.documents import changed_since
from corpus.catalogue.file_records import FileRecord, all_files, roots
from corpus.document import State
from corpus.errors import ArchiveError
from corpus.fields import BY_NAME, DESCRIBED
from corpus.settings import FILE_NAME as SETTINGS
from corpus.settings import load
from indexer.archivist.bagit import dump
from indexer.archivist.bagit.payload_names import manifest_line, payload_name
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.report import Progress, unwatched

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
DECLARATION = "bagit.txt"
TABLE = "metadata.csv"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag that was made.

    Attributes:
        path: its folder.
        files, bytes: of the originals in it.
        documents: in its table and its catalogue, in every state.
        withdrawn: how many of them are withdrawn; their originals are in the bag like all others.
        left_out: (path, reason) of files that the catalogue knows and the bag does not hold.
    """

    path: str
    files: int
    bytes: int
    documents: int
    withdrawn: int
    left_out: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Packing:
    """A bag being filled: where, the digests of its payload by name, and the payload's names by file key."""

    folder: Path
    digests: dict[str, str]
    names: dict[int, str]
    bytes: int = 0


def export_bag(archive: Path, target: Path, *, progress: Progress = unwatched) -> Bag:
    """Put the archive into a bag at ``target``, a folder that is not there yet or is empty; all of it or nothing.

    Raises:
        ArchiveError: ``target`` holds something, lies in the archive, or cannot be written; or a file is not as the
            catalogue says, so that the bag's catalogue would not speak of the bag's files.
        CatalogueError: there is no catalogue, or it cannot be read.
        SettingsError: the settings cannot be read.
    """
    archive, target = archive.resolve(), target.resolve()
    with read_transaction(archive) as catalogue:
        _check_target(catalogue, target)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=f".{target.name[:100]}.", dir=target.parent))
        except OSError as error:
            raise _unwritable(target, error) from error
        try:
            bag = _pack(catalogue, draft, progress)
            draft.replace(target)
        except OSError as error:
            shutil.rmtree(draft, ignore_errors=True)
            raise _unwritable(target, error) from error
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return Bag(str(target), *bag)


def _unwritable(target: Path, error: OSError) -> ArchiveError:
    hint = "Make room, or name another disk. Nothing half-made was left behind."
    return ArchiveError(f"{target}: the bag cannot be written: {error.strerror or error}", hint)


def _check_target(catalogue: Catalogue, target: Path) -> None:
    own = [catalogue.archive, *(paths.absolute(text, catalogue.archive) for text in roots(catalogue))]
    if any(target.is_relative_to(folder) for folder in own):
        hint = "Name a folder elsewhere: the next run would take the bag's files for new documents."
        raise ArchiveError(f"{target}: lies in the archive itself", hint)
    try:
        empty = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    except OSError as error:
        raise _unwritable(target, error) from error
    if not empty:
        raise ArchiveError(f"{target}: is not empty", "Name a folder that is not there yet; a bag is made in one go.")


def _pack(
    catalogue: Catalogue, folder: Path, progress: Progress
) -> tuple[int, int, int, int, tuple[tuple[str, str], ...]]:
    packing = _Packing(folder, {}, {})
    (folder / "data").mkdir()
    left_out = _copy_all(catalogue, packing, progress)
    documents, withdrawn = catalogue.rows(
        "SELECT count(*), count(*) FILTER (WHERE state = ?) FROM documents", State.WITHDRAWN.value
    )[0]
    written = dict(_tags(catalogue, packing, documents))
    written[MANIFEST] = _write(folder / MANIFEST, (manifest_line(d, n) for n, d in sorted(packing.digests.items())))
    _write(folder / TAG_MANIFEST, (manifest_line(digest, name) for name, digest in sorted(written.items())))
    return len(packing.digests), packing.bytes, documents, withdrawn, tuple(left_out)


def _copy_all(catalogue: Catalogue, packing: _Packing, progress: Progress) -> list[tuple[str, str]]:
    records = [record for record in all_files(catalogue) if record.state is not State.MISSING]
    left_out, wrong, taken = [], [], set[str]()
    for done, record in enumerate(records, 1):
        source, name = paths.absolute(record.path, catalogue.archive), payload_name(record.path, taken)
        digest = _copy(source, packing.folder / name)
        if digest and digest[0] == record.digest:
            packing.digests[name], packing.names[record.key] = digest[0].removeprefix("sha256:"), name
            packing.bytes += digest[1]
        elif not record.digest and not digest:
            left_out.append((record.path, record.reason or "cannot be read"))
        else:
            wrong.append(record)
        progress(done, len(records))
    if wrong:
        raise _differs(wrong)
    return left_out


def _differs(wrong: list[FileRecord]) -> ArchiveError:
    more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
    return ArchiveError(
        f"{wrong[0].path}{more}: not as the catalogue says (changed, gone or not readable)",
        "'muniment verify' tells what differs; run 'muniment index', or put the files right, and export again.",
    )


def _copy(source: Path, target: Path) -> tuple[str, int] | None:
    """Copy a file's bytes and time; the digest and number of the bytes copied, or None when it cannot be opened."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not source.is_file():  # a pipe would be waited for
            return None
        stream = source.open("rb")
    except OSError:
        return None
    count, hashed = 0, hashlib.sha256()
    with stream, target.open("xb") as copy:
        while block := stream.read(BLOCK):
            hashed.update(block)
            copy.write(block)
            count += len(block)
        times = os.fstat(stream.fileno())
    os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    return f"sha256:{hashed.hexdigest()}", count


def _tags(catalogue: Catalogue, packing: _Packing, documents: int) -> Iterator[tuple[str, str]]:
    """Write the files that describe the payload; the name and digest of each."""
    folder = packing.folder
    yield DECLARATION, _write(folder / DECLARATION, ["BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"])
    yield dump.FILE_NAME, _write(folder / dump.FILE_NAME, dump.lines(catalogue, packing.names))
    yield TABLE, _write(folder / TABLE, _table(catalogue, packing))
    settings = catalogue.archive / SETTINGS
    if settings.is_file():
        yield SETTINGS, _write(folder / SETTINGS, [settings.read_text(encoding="utf-8")])
    yield "bag-info.txt", _write(folder / "bag-info.txt", _info(catalogue, packing, documents))


def _info(catalogue: Catalogue, packing: _Packing, documents: int) -> Iterator[str]:
    name = " ".join(load(catalogue.archive).name.split())
    if name:
        yield f"Source-Organization: {name}\n"
    yield f"Bagging-Date: {datetime.now(UTC).date()}\n"
    yield f"Bag-Software-Agent: Muniment {importlib.metadata.version('muniment')}\n"
    yield f"Payload-Oxum: {packing.bytes}.{len(packing.digests)}\n"
    yield f"External-Description: Document archive of {documents} documents; metadata in {TABLE}\n"


def _write(path: Path, lines: Iterable[str]) -> str:
    """Write a text file; the SHA-256 of its bytes."""
    hashed = hashlib.sha256()
    with path.open("xb") as stream:
        for line in lines:
            data = line.encode("utf-8")
            hashed.update(data)
            stream.write(data)
    return hashed.hexdigest()


_COLUMNS = (BY_NAME["id"], *DESCRIBED, BY_NAME["format"])


def _table(catalogue: Catalogue, packing: _Packing) -> Iterator[str]:
    """The metadata as CSV under Dublin Core names; several authors are parted by ``; ``."""
    yield _row([*(field.term for field in _COLUMNS), "state", "reason", "pages", "payload", "part", "path"])
    places = {name: (file, part) for name, file, part in catalogue.rows("SELECT id, file, part FROM documents")}
    for _, document in changed_since(catalogue, -1):
        file, part = places[document.id]
        values = [
            document.metadata.text(field.name) if field.described else str(getattr(document, field.name))
            for field in _COLUMNS
        ]
        rest = (document.state.value, document.reason, str(document.pages), packing.names.get(file, ""), part)
        yield _row([*values, *rest, document.path])


def _row(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(values)
    return line.getvalue()
