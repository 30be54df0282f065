"""The catalogue's documents seen from listings: what can be matched, and records of what was only ever listed."""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Iterator

from corpus.catalogue.documents import ID_LENGTH, candidates, save_candidates, touch
from corpus.catalogue.store import Catalogue
from corpus.document import Candidate, Document, Metadata, Source, State
from corpus.listing import CataloguedDocument, Item, fold


def catalogued_documents(catalogue: Catalogue) -> Iterator[CataloguedDocument]:
    """Every document, tombstones too, with what matching needs to know of it, in order of id."""
    chosen = _compared_metadata(catalogue)
    for key, name, path, state, digest, part, kind in catalogue.rows(
        "SELECT d.key, d.id, coalesce(f.path, ''), d.state, coalesce(f.digest, ''), d.part, d.format"
        " FROM documents d LEFT JOIN files f ON f.key = d.file ORDER BY d.id"
    ):
        metadata = Metadata(tuple(chosen.get(key, ())))
        document = Document(name, path, State(state), "", "", kind, metadata)
        only_listed = {c.field: c.value for c in candidates(catalogue, key)} if not path else {}
        yield CataloguedDocument(
            document, "" if part else digest or only_listed.get("digest", ""), part,
            only_listed.get("link", ""), only_listed.get("identifier", ""),
        )  # fmt: skip


def _compared_metadata(catalogue: Catalogue) -> dict[int, list[Candidate]]:
    """Return the chosen title, date and language of each document by key, in one query, since archives are large."""
    candidates_by_key: dict[int, list[Candidate]] = defaultdict(list)
    for key, field, value, source in catalogue.stream(
        "SELECT document, field, value, source FROM candidates"
        " WHERE chosen = 1 AND field IN ('title', 'date', 'language')"
    ):
        candidates_by_key[key].append(Candidate(field, value, Source(source)))
    return candidates_by_key


def listed_id(item: Item) -> str:
    """The id of a record for what was only ever listed: made from its title and link, the same at every import."""
    seed = f"listed\n{fold(item.title)}\n{item.link or item.value('date')}\n{item.identifier}"
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:ID_LENGTH]


def has_document(catalogue: Catalogue, name: str) -> bool:
    """Whether any document, tombstones included, has this id."""
    return bool(catalogue.rows("SELECT 1 FROM documents WHERE id = ?", name))


def add_listed(
    catalogue: Catalogue, name: str, found: tuple[Candidate, ...], metadata: Metadata, **detail: str
) -> None:
    """Record a document that is listed and not here, and log it."""
    key = catalogue.run("INSERT INTO documents (id, state) VALUES (?, ?)", name, State.LISTED.value)
    save_candidates(catalogue, key, found, metadata)
    touch(catalogue, key, catalogue.log("listed", document=name, state=State.LISTED.value, **detail))


def remove_listed(catalogue: Catalogue, name: str) -> None:
    """Drop the record of something listed whose file has come; nothing but its candidates hangs on it."""
    catalogue.run("DELETE FROM documents WHERE id = ? AND state = ?", name, State.LISTED.value)


def paths_with_sidecar_metadata(catalogue: Catalogue) -> list[str]:
    """Paths of the files some of whose candidates came from a sidecar."""
    rows = catalogue.rows(
        "SELECT DISTINCT f.path FROM candidates c JOIN documents d ON d.key = c.document JOIN files f ON f.key = d.file"
        " WHERE c.source = ? AND c.detail LIKE 'sidecar %' ORDER BY f.path",
        Source.LISTING.value,
    )
    return [row[0] for row in rows]


def document_of_path(catalogue: Catalogue, path: str) -> tuple[int, str] | None:
    """(key, id) of the document that the file at ``path`` itself is."""
    rows = catalogue.rows(
        "SELECT d.key, d.id FROM documents d JOIN files f ON f.key = d.file"
        " WHERE f.path = ? AND d.part = '' AND f.state <> ?",
        path, State.MISSING.value,
    )  # fmt: skip
    return (int(rows[0][0]), str(rows[0][1])) if rows else None
