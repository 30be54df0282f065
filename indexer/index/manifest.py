"""The manifest of an index: the state that is in use, named by one small file that is replaced atomically.

It names the files of the index with their sizes and digests, and is all that opening, verifying and merging go by; no
pickle is ever read. An index without our manifest is never opened at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.deferred import Deferred
from corpus.errors import IndexStateError
from corpus.fields import FIELDS, FieldKind
from corpus.messages import message
from corpus.paths import DATA_FOLDER
from corpus.trust.untrusted_files import read_regular
from indexer.index.codec.array_file import FileDigest, create_file
from indexer.index.index_layout import DELETIONS_FILE, INDEX_NAME, SCHEMA_VERSION, SEGMENT_FILE
from indexer.text import analysis

if TYPE_CHECKING:
    from corpus.disk.disk_problems import disk_message
else:
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")

FILE_NAME = "manifest.json"

KEYWORD_FIELDS = tuple(sorted(field.name for field in FIELDS if field.kind is FieldKind.KEYWORD))
"""Names of the fields that the index has a column of values for."""

_FORMAT = "muniment"
MAX_MANIFEST_BYTES = 1 << 22
"""Longest manifest that is read; the manifest of eight segments has 4 KB. A crafted one cannot fill the memory."""
MAX_TAGS = 256
"""Language tags that a manifest may name: every word of a query is stemmed once for each."""
MAX_NUMBER = (1 << 63) - 1

_SEGMENT_ID = r"[0-9a-z]{1,32}"
_SEGMENT_FILE = re.compile(rf"{INDEX_NAME}_{_SEGMENT_ID}{re.escape(SEGMENT_FILE)}")
_DELETIONS_FILE = re.compile(rf"{INDEX_NAME}_{_SEGMENT_ID}\.[0-9]{{1,20}}{re.escape(DELETIONS_FILE)}")
_CONTENTS_FILE = re.compile(rf"_{INDEX_NAME}_[0-9]{{1,20}}\.toc")
"""File names that a manifest may contain: none leads out of the index's folder, as an index may come from others."""
_DAMAGE = (OSError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, MemoryError, RecursionError)


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment of the index.

    Attributes:
        id: its name in Whoosh, without that of the index.
        documents: number of its documents, deleted ones included.
        deleted: how many of them are deleted.
        tokens: number of tokens in all its fields, which says what merging costs.
        file: its file.
        deletions: the file of its deleted documents; None where none is.
    """

    id: str
    documents: int
    deleted: int
    tokens: int
    file: FileDigest
    deletions: FileDigest | None = None

    @property
    def live(self) -> int:
        """Return the number of documents that are not deleted."""
        return self.documents - self.deleted


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of an index that is stored with it.

    Attributes:
        schema: version of its fields and files.
        analysis: version of the analyser that made its tokens.
        change: number of the last catalogue change that it contains.
        origin: fingerprint of that change's event, which shows whose catalogue it is; empty until the first commit of a
            version that writes it.
        documents: number of documents in it.
        tags: language tags of its stems, sorted.
        fields: names of its keyword fields, sorted.
        generation: number of commits that led to it.
        segments: its segments, in the order in which documents are numbered.
        contents: Whoosh's table of contents, which is written for Whoosh and read by nothing here.
    """

    schema: int = SCHEMA_VERSION
    analysis: int = analysis.VERSION
    change: int = 0
    origin: str = ""
    documents: int = 0
    tags: tuple[str, ...] = ()
    fields: tuple[str, ...] = KEYWORD_FIELDS
    generation: int = 0
    segments: tuple[SegmentEntry, ...] = ()
    contents: FileDigest | None = None

    def files(self) -> Iterator[FileDigest]:
        """Yield every file of the index besides the manifest."""
        for segment in self.segments:
            yield segment.file
            if segment.deletions:
                yield segment.deletions
        if self.contents:
            yield self.contents


def index_path(archive: Path) -> Path:
    """Return the path of an archive's index: a folder of segments that Whoosh can open, with a manifest in it."""
    return archive / DATA_FOLDER / "index"


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of the index in ``directory``.

    Raises:
        IndexStateError: there is no index, Muniment did not write it, another version did, or it lacks a field.
    """
    path = directory / FILE_NAME
    try:
        table = _read_table(path)
        if not isinstance(table, dict) or table.pop("format", "") != _FORMAT:
            raise ValueError("not a Muniment manifest")
        check_version(table["schema"], table["analysis"], directory)
        if directory.is_symlink():  # a commit removes what it does not know: no folder of somebody else's choice
            raise IndexStateError("index.foreign", directory=directory)
        if table.pop("checksum", "") != _checksum(table):
            raise ValueError("its checksum differs")
        manifest = _parse(table)
    except FileNotFoundError:
        code = "index.foreign" if os.path.lexists(directory) else "index.missing"
        raise IndexStateError(code, directory=directory) from None
    except _DAMAGE as error:
        limit = disk_message(error, path) if isinstance(error, OSError) else None
        damage = message("index.unreadable-manifest", path=path, reason=_reason(error))
        raise IndexStateError.of(limit or damage) from error
    if missing := set(KEYWORD_FIELDS) - set(manifest.fields):
        raise IndexStateError("index.lacks-fields", directory=directory, fields=", ".join(sorted(missing)))
    return manifest


def check_version(schema: object, analyser: object, place: object) -> None:
    """Refuse an index whose fields or tokens are of another version.

    Args:
        schema: the version of the index's fields.
        analyser: the version of the analyser that made its tokens.
        place: the index's folder or address, for people.

    Raises:
        IndexStateError: another version of Muniment made the index.
    """
    if (schema, analyser) != (SCHEMA_VERSION, analysis.VERSION):
        used = f"{SCHEMA_VERSION}.{analysis.VERSION}"
        raise IndexStateError("index.other-version", directory=place, found=f"{schema}.{analyser}", used=used)


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into ``directory``, all of it or nothing: from then on its state is the one in use."""
    path = directory / FILE_NAME
    table = asdict(manifest)
    draft = path.with_suffix(".new")
    with create_file(draft) as stream:
        stream.write(json.dumps({"format": _FORMAT, **table, "checksum": _checksum(table)}, indent=1).encode())
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _reason(error: Exception) -> object:
    """Return why a manifest cannot be used: the sentence of a check, or that its bytes are not those written."""
    if isinstance(error, OSError):
        return error.strerror or error
    return error if type(error) is ValueError else message("index.file-bytes")


def _read_table(path: Path) -> Any:
    content = read_regular(path, MAX_MANIFEST_BYTES)
    if len(content) > MAX_MANIFEST_BYTES:
        raise ValueError("it is too long")
    return json.loads(content)


def _checksum(table: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()


def _parse(table: dict[str, Any]) -> Manifest:
    segments = tuple(_parse_segment(entry) for entry in table["segments"])
    contents = _parse_file(table["contents"], _CONTENTS_FILE)
    lists = {name: tuple(table[name]) for name in ("tags", "fields")}
    manifest = Manifest(**{**table, **lists, "segments": segments, "contents": contents})
    numbers = [manifest.change, manifest.documents, manifest.generation]
    numbers += [number for entry in segments for number in (entry.documents, entry.deleted, entry.tokens)]
    numbers += [file.size for file in manifest.files()]
    texts = [manifest.origin, *manifest.tags, *manifest.fields, *(entry.id for entry in segments)]
    texts += [file.sha256 for file in manifest.files()]
    if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
        raise ValueError("a value is of the wrong type")
    if not all(0 <= number <= MAX_NUMBER for number in numbers) or len(manifest.tags) > MAX_TAGS:
        raise ValueError("a value is too large")
    if len({entry.id for entry in segments}) < len(segments):
        raise ValueError("a segment is named twice")
    if manifest.documents != sum(entry.live for entry in segments) or any(entry.live < 0 for entry in segments):
        raise ValueError("the number of documents is not that of the segments")
    return manifest


def _parse_segment(table: Mapping[str, Any]) -> SegmentEntry:
    file, deletions = _parse_file(table["file"], _SEGMENT_FILE), _parse_file(table["deletions"], _DELETIONS_FILE)
    names = [digest.name.partition(".")[0] for digest in (file, deletions) if digest]
    if file is None or any(name != f"{INDEX_NAME}_{table['id']}" for name in names):
        raise ValueError("a segment is in the file of another")
    return SegmentEntry(**{**table, "file": file, "deletions": deletions})


def _parse_file(table: Mapping[str, Any] | None, pattern: re.Pattern[str]) -> FileDigest | None:
    digest = None if table is None else FileDigest(**table)
    if digest and not pattern.fullmatch(digest.name):
        raise ValueError(f"{digest.name!r} is not the name of a file of the index")
    return digest
