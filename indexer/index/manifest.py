"""The manifest of an index: what a stale, foreign or half-made index is recognised by before it is opened.

Whoosh unpickles parts of an index while opening it, so an index without our manifest is never opened at all.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexStateError
from corpus.fields import FIELDS, FieldKind
from corpus.folder_scan import DATA_FOLDER
from indexer.index.index_layout import FIELDS_BEFORE_RECORDED, SCHEMA_VERSION
from indexer.text import analysis

FILE_NAME = "manifest.json"

KEYWORD_FIELDS = tuple(sorted(field.name for field in FIELDS if field.kind is FieldKind.KEYWORD))
"""Names of the fields that the index has a column of values for."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The description of an index that is stored with it.

    Attributes:
        schema: version of its fields.
        analysis: version of the analyser that made its tokens.
        change: number of the last catalogue change that it contains.
        documents: number of documents in it.
        tags: language tags of its stems, sorted.
        fields: names of its keyword fields, sorted.
    """

    schema: int = SCHEMA_VERSION
    analysis: int = analysis.VERSION
    change: int = 0
    documents: int = 0
    tags: tuple[str, ...] = ()
    fields: tuple[str, ...] = KEYWORD_FIELDS


def index_path(archive: Path) -> Path:
    """Return the path of an archive's index on disk: a plain Whoosh index directory with a manifest in it."""
    return archive / DATA_FOLDER / "index"


def read_manifest(directory: Path) -> Manifest:
    """Read the manifest of the index in ``directory``.

    Raises:
        IndexStateError: there is no index, Muniment did not write it, or another version did.
    """
    path = directory / FILE_NAME
    try:
        manifest = _parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        code = "index.foreign" if directory.exists() else "index.missing"
        raise IndexStateError(code, directory=directory) from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexStateError("index.unreadable-manifest", path=path, reason=error) from error
    check_version(manifest, directory)
    return manifest


def check_version(manifest: Manifest, place: object) -> None:
    """Refuse an index whose fields or tokens are of another version, or that lacks a field added since.

    Args:
        manifest: the index's manifest.
        place: the index's folder or address, for people.

    Raises:
        IndexStateError: another version of Muniment made the index, or it lacks a field.
    """
    if (manifest.schema, manifest.analysis) != (SCHEMA_VERSION, analysis.VERSION):
        found, used = f"{manifest.schema}.{manifest.analysis}", f"{SCHEMA_VERSION}.{analysis.VERSION}"
        raise IndexStateError("index.other-version", directory=place, found=found, used=used)
    if missing := set(KEYWORD_FIELDS) - set(manifest.fields):
        raise IndexStateError("index.lacks-fields", directory=place, fields=", ".join(sorted(missing)))


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into ``directory``, all of it or nothing."""
    path = directory / FILE_NAME
    draft = path.with_suffix(".new")
    table = asdict(manifest)
    if manifest.fields == FIELDS_BEFORE_RECORDED:
        del table["fields"]  # version 0.1 refuses a manifest with a key that it does not know
    with draft.open("w", encoding="utf-8") as stream:
        json.dump({"format": "muniment", **table}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _parse(text: str) -> Manifest:
    table = json.loads(text)
    if not isinstance(table, dict) or table.pop("format", "") != "muniment":
        raise ValueError("not a Muniment manifest")
    fields = table.get("fields", FIELDS_BEFORE_RECORDED)
    manifest = Manifest(**{**table, "tags": tuple(table["tags"]), "fields": tuple(fields)})
    numbers = (manifest.schema, manifest.analysis, manifest.change, manifest.documents)
    names = (*manifest.tags, *manifest.fields)
    if not all(type(number) is int for number in numbers) or not all(isinstance(name, str) for name in names):
        raise ValueError("a value is of the wrong type")
    return manifest
