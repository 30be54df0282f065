"""What an index says of itself, so that a stale, foreign or half-made one is known before it is opened.

Whoosh unpickles parts of an index while opening it, so an index without our manifest is never opened at all.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import IndexStateError
from corpus.folder_scan import DATA_FOLDER
from indexer.index import schema
from indexer.text import analysis

FILE_NAME = "manifest.json"

REBUILD = "Run 'muniment reindex': it rebuilds the index from the catalogue without reading a document again."


@dataclass(frozen=True, slots=True)
class Manifest:
    """A label on an index.

    Attributes:
        schema: version of its fields.
        analysis: version of the analyser that made its tokens.
        change: number of the last catalogue change it contains.
        documents: how many documents it holds.
        tags: language tags of its stems, sorted.
    """

    schema: int = schema.VERSION
    analysis: int = analysis.VERSION
    change: int = 0
    documents: int = 0
    tags: tuple[str, ...] = ()


def index_path(archive: Path) -> Path:
    """Where the index of an archive is: a plain Whoosh index directory, which a manifest labels."""
    return archive / DATA_FOLDER / "index"


def read_manifest(directory: Path) -> Manifest:
    """The manifest of the index in ``directory``.

    Raises:
        IndexStateError: there is no index, it is not ours, or another version of this program made it.
    """
    path = directory / FILE_NAME
    try:
        manifest = _parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        what = "is not an index Muniment wrote" if directory.exists() else "there is no index here"
        raise IndexStateError(f"{directory}: {what}", REBUILD) from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise IndexStateError(f"{path}: cannot be read: {error}", REBUILD) from error
    if (manifest.schema, manifest.analysis) != (schema.VERSION, analysis.VERSION):
        raise IndexStateError(
            f"{directory}: index of schema {manifest.schema} and analyser {manifest.analysis}; this program uses"
            f" {schema.VERSION} and {analysis.VERSION}",
            REBUILD,
        )
    return manifest


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Put ``manifest`` in place, all of it or none."""
    path = directory / FILE_NAME
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as stream:
        json.dump({"format": "muniment", **asdict(manifest)}, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _parse(text: str) -> Manifest:
    table = json.loads(text)
    if not isinstance(table, dict) or table.pop("format", "") != "muniment":
        raise ValueError("not a Muniment manifest")
    made = Manifest(**{**table, "tags": tuple(table["tags"])})
    numbers = (made.schema, made.analysis, made.change, made.documents)
    if not all(type(number) is int for number in numbers) or not all(isinstance(tag, str) for tag in made.tags):
        raise ValueError("something in it is not of the kind it should be")
    return made
