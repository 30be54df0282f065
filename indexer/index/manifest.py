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
from typing import Any

from corpus.errors import IndexStateError
from corpus.fields import FIELDS, FieldKind
from corpus.paths import DATA_FOLDER
from indexer.index.codec.array_file import FileDigest
from indexer.index.index_layout import SCHEMA_VERSION
from indexer.text import analysis

FILE_NAME = "manifest.json"

KEYWORD_FIELDS = tuple(sorted(field.name for field in FIELDS if field.kind is FieldKind.KEYWORD))
"""Names of the fields that the index has a column of values for."""

_FORMAT = "muniment"
_FILE_NAME = re.compile(r"\w{1,64}(\.\w{1,20}){1,2}", re.ASCII)
"""File names that a manifest may contain: none leads out of the index's folder."""
_DAMAGE = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)


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
        table = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(table, dict) or table.pop("format", "") != _FORMAT:
            raise ValueError("not a Muniment manifest")
        check_version(table["schema"], table["analysis"], directory)
        if table.pop("checksum", "") != _checksum(table):
            raise ValueError("its checksum differs")
        manifest = _parse(table)
    except FileNotFoundError:
        code = "index.foreign" if directory.exists() else "index.missing"
        raise IndexStateError(code, directory=directory) from None
    except _DAMAGE as error:
        raise IndexStateError("index.unreadable-manifest", path=path, reason=error) from error
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
    with draft.open("w", encoding="utf-8") as stream:
        json.dump({"format": _FORMAT, **table, "checksum": _checksum(table)}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _checksum(table: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()


def _parse(table: dict[str, Any]) -> Manifest:
    segments = tuple(
        SegmentEntry(**{**entry, "file": _file(entry["file"]), "deletions": _optional_file(entry["deletions"])})
        for entry in table["segments"]
    )
    contents = _optional_file(table["contents"])
    lists = {name: tuple(table[name]) for name in ("tags", "fields")}
    manifest = Manifest(**{**table, **lists, "segments": segments, "contents": contents})
    numbers = [manifest.change, manifest.documents, manifest.generation]
    numbers += [number for entry in segments for number in (entry.documents, entry.deleted, entry.tokens)]
    numbers += [file.size for file in manifest.files()]
    texts = [*manifest.tags, *manifest.fields, *(entry.id for entry in segments)]
    texts += [file.sha256 for file in manifest.files()]
    if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
        raise ValueError("a value is of the wrong type")
    return manifest


def _file(table: Mapping[str, Any]) -> FileDigest:
    digest = FileDigest(**table)
    if not _FILE_NAME.fullmatch(digest.name):
        raise ValueError(f"{digest.name!r} is not the name of a file of the index")
    return digest


def _optional_file(table: Mapping[str, Any] | None) -> FileDigest | None:
    return None if table is None else _file(table)
