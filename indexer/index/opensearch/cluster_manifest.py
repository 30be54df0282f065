"""The manifest of an index on a cluster, which is kept in its mapping, and the form in which it was made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from corpus.errors import IndexStateError
from corpus.messages import message
from corpus.settings.settings_file import MAX_TEXT_CHARACTERS
from indexer.index.manifest import KEYWORD_FIELDS, MAX_NUMBER, MAX_TAGS, Manifest, check_version
from indexer.index.opensearch.client import ClusterClient

FORMAT = "muniment"
_TEXT = re.compile(r"[\w:.-]{0,64}")


@dataclass(frozen=True, slots=True)
class IndexForm:
    """The form in which an index is made.

    Attributes:
        shards: its parts.
        replicas: the further copies of each.
        owner: fingerprint of the first event of the catalogue that it is made from.
        stores_documents: whether it stores metadata and texts of its documents too.
    """

    shards: int
    replicas: int
    owner: str
    stores_documents: bool = False


@dataclass(frozen=True, slots=True)
class Generation:
    """An index on the cluster.

    Attributes:
        name: its name.
        number: its number, the last part of the name.
        in_use: whether the alias names it.
        form: the form in which it was made; None for an index that Muniment did not make.
        unique_id: what the cluster tells it by from every other index, also from one of this name on another cluster.
        change: the last change that it contains, as its manifest says; 0 before its first one.
    """

    name: str
    number: int
    in_use: bool
    form: IndexForm | None
    unique_id: str = ""
    change: int = 0

    @property
    def owner(self) -> str | None:
        """Return whose it is, ``""`` where its catalogue had no event; None for an index of somebody else."""
        return self.form.owner if self.form else None


@dataclass(frozen=True, slots=True)
class ClusterManifest:
    """The manifest of an index on a cluster, which is kept in its mapping.

    Attributes:
        manifest: as of an index on this machine.
        owner: fingerprint of the first event of the catalogue that it was made from.
        stores_documents: as of its form.
        name: of the archive, for people; noted only where documents are stored.
        reach: (number, fingerprint) of the last change that the run knew which wrote it: what was written behind the
            manifest's change goes no further.
    """

    manifest: Manifest
    owner: str
    stores_documents: bool = False
    name: str = ""
    reach: tuple[int, str] = (0, "")


def read_manifest(client: ClusterClient, generation: Generation) -> ClusterManifest:
    """Return the manifest of an index.

    Raises:
        EngineError: the cluster does not answer.
        IndexStateError: Muniment did not write it, or another version did.
    """
    mapping = client.request("GET", f"/{generation.name}/_mapping").table(generation.name, "mappings")
    return _parse(mapping.get("_meta"), generation.number, client.address.text)


def write_manifest(
    client: ClusterClient,
    generation: Generation,
    manifest: Manifest,
    reach: tuple[int, str] = (0, ""),
    name: str = "",
) -> None:
    """Write the manifest of one; from then on it contains all changes up to the manifest's.

    Args:
        client: the cluster.
        generation: the index.
        manifest: its manifest.
        reach: as of a `ClusterManifest`.
        name: of the archive.
    """
    table = {
        "format": FORMAT, "schema": manifest.schema, "analysis": manifest.analysis, "change": manifest.change,
        "origin": manifest.origin, "documents": manifest.documents, "tags": list(manifest.tags),
        "fields": list(manifest.fields), "reach": list(reach),
        **(asdict(generation.form) if generation.form else {}),
        **({"name": name} if generation.form and generation.form.stores_documents else {}),
    }  # fmt: skip
    client.request("PUT", f"/{generation.name}/_mapping", {"_meta": table})


def read_form(table: Mapping[str, Any]) -> IndexForm:
    """Return the form in a table that anybody may have written; what was not noted is 0 or ``""``."""
    shards, replicas = (value if type(value := table.get(name)) is int else 0 for name in ("shards", "replicas"))
    return IndexForm(shards, replicas, str(table.get("owner", "")), table.get("stores_documents") is True)


def _parse(table: object, generation: int, place: str) -> ClusterManifest:
    """Return the manifest in a table that anybody may have written."""
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise IndexStateError("index.foreign", directory=place)
    schema, analyser = table.get("schema"), table.get("analysis")
    if type(schema) is type(analyser) is int:  # else somebody has changed the table by hand
        check_version(schema, analyser, place)
    numbers = [schema, analyser, *(table.get(name) for name in ("change", "documents"))]
    lists = [table.get(name) for name in ("tags", "fields")]
    texts = [table.get(name) for name in ("origin", "owner")]
    texts += [text for texts_ in lists if isinstance(texts_, list) for text in texts_[:MAX_TAGS]]
    is_sound = (
        all(type(number) is int and 0 <= number <= MAX_NUMBER for number in numbers)
        and all(isinstance(items, list) and len(items) <= MAX_TAGS for items in lists)
        and all(isinstance(text, str) and _TEXT.fullmatch(text) for text in texts)
    )
    if not is_sound:
        damage = message("index.unreadable-manifest", path=place, reason=message("index.file-bytes"))
        raise IndexStateError.of(damage)
    if missing := set(KEYWORD_FIELDS) - set(table["fields"]):
        raise IndexStateError("index.lacks-fields", directory=place, fields=", ".join(sorted(missing)))
    manifest = Manifest(
        change=table["change"], origin=table["origin"], documents=table["documents"], tags=tuple(table["tags"]),
        fields=tuple(table["fields"]), generation=generation,
    )  # fmt: skip
    match table.get("reach"):
        case [int(number), str(origin)]:
            reach = number, origin
        case _:
            reach = manifest.change, manifest.origin
    name = table["name"] if isinstance(table.get("name"), str) else ""
    return ClusterManifest(
        manifest, table["owner"], table.get("stores_documents") is True, name[:MAX_TEXT_CHARACTERS], reach
    )
