"""Read sidecars: ``NAME.pdf.toml`` or ``NAME.pdf.json`` beside ``NAME.pdf`` contain its metadata."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from corpus.document import Candidate
from corpus.listing import Listing, ListingDiagnostic, ListingForm, Severity, item_candidates
from corpus.messages import Message, message
from corpus.paths import SIDECAR_SUFFIXES, to_text
from corpus.trust.untrusted_files import MAX_TOML_BYTES, parse_toml, read_regular
from indexer.listings.column_names import column_rank, field_of_column
from indexer.listings.value_parsing import DEFAULT_CONTEXT, parse_item
from indexer.metadata.selection import Context
from indexer.readers.formats import by_name

MAX_SIDECAR_BYTES = MAX_TOML_BYTES
"""Largest sidecar that is read."""
MAX_SIDECAR_FIELDS = 100
"""Most fields of a sidecar. With it and the size, the worst sidecar takes 0.04 s of processor time (measured)."""
_TABLE_HEADER = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_IGNORED_FIELDS = frozenset({"", "link", "digest"})
"""Fields that a sidecar cannot state: unknown ones, and those that would identify another file."""


def is_sidecar(path: Path, exists: Callable[[Path], bool] = Path.exists) -> bool:
    """Return whether ``path`` is the sidecar of a file beside it, by its name and by which files exist."""
    return (
        path.suffix.lower() in SIDECAR_SUFFIXES and bool(path.with_suffix("").suffix) and exists(path.with_suffix(""))
    )


def is_lone_sidecar(path: Path) -> bool:
    """Return whether ``path`` is the sidecar of a document that is not beside it: all that it states is metadata."""
    if path.suffix.lower() not in SIDECAR_SUFFIXES or by_name(path.stem) is None or is_sidecar(path):
        return False
    sidecar = read_sidecar(path)
    return bool(sidecar.items) and all(problem.level is Severity.INFO for problem in sidecar.diagnostics)


def find_sidecar(file: Path) -> Path | None:
    """Return the sidecar beside a file, or None."""
    for suffix in SIDECAR_SUFFIXES:
        path = file.with_name(file.name + suffix)
        if path.is_file() and not path.is_symlink():
            return path
    return None


def sidecar_candidates(file: Path, context: Context = DEFAULT_CONTEXT) -> tuple[Candidate, ...]:
    """Return the candidates in a file's sidecar; none where there is no sidecar or it cannot be read."""
    path = find_sidecar(file)
    return listed_candidates(read_sidecar(path, context)) if path else ()


def listed_candidates(sidecar: Listing) -> tuple[Candidate, ...]:
    """Return the candidates of a sidecar's only item, without its link, which is the sidecar's own name."""
    candidates = (
        candidate for item in sidecar.items for candidate in item_candidates(item, sidecar.name, ListingForm.SIDECAR)
    )
    return tuple(candidate for candidate in candidates if candidate.field != "link")


def read_sidecar(path: Path, context: Context = DEFAULT_CONTEXT) -> Listing:
    """Read a sidecar as a listing of one item. Errors are among its diagnostics and never raised."""
    name = to_text(path.name)
    try:
        data = read_regular(path, MAX_SIDECAR_BYTES)
    except OSError as error:
        return _without_item(name, "", message("listing.sidecar-unreadable", reason=error.strerror))
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    try:
        table = _parse(data, path.suffix.lower())
    except (ValueError, RecursionError) as error:  # both parsers' errors, and text that is not UTF-8
        reason = message("listing.sidecar-too-deep") if isinstance(error, RecursionError) else str(error)[:200]
        return _without_item(name, digest, message("listing.sidecar-invalid", reason=reason))
    words, diagnostics = _words(table)
    # The item needs something that identifies its document; of a sidecar that is the file beside it.
    parsed = parse_item({**words, "link": [name]}, 1, context)
    items = (parsed.item,) if parsed.item and words else ()
    return Listing(name, digest, ListingForm.SIDECAR, items, (*diagnostics, *parsed.diagnostics))


def _without_item(name: str, digest: str, problem: Message) -> Listing:
    return Listing(name, digest, ListingForm.SIDECAR, (), (ListingDiagnostic(Severity.ERROR, problem, 1),))


def _parse(data: bytes, suffix: str) -> Mapping[str, Any]:
    if len(data) > MAX_SIDECAR_BYTES:
        raise ValueError(message("listing.sidecar-too-large", limit=MAX_SIDECAR_BYTES >> 10))
    too_many = message("listing.sidecar-too-many-fields", limit=MAX_SIDECAR_FIELDS)
    if suffix == ".toml" and len(_TABLE_HEADER.findall(data)) > MAX_SIDECAR_FIELDS:
        raise ValueError(too_many)
    table = parse_toml(data) if suffix == ".toml" else json.loads(data.decode("utf-8-sig"))
    if not isinstance(table, dict):
        raise ValueError(message("listing.sidecar-not-a-table"))  # noqa: TRY004 (reported to the archivist as one kind)
    if len(table) > MAX_SIDECAR_FIELDS:
        raise ValueError(too_many)
    return table


def _words(table: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[ListingDiagnostic]]:
    """Return the texts of each field of a sidecar's table, and diagnostics."""
    words: dict[str, list[str]] = {}
    diagnostics: list[ListingDiagnostic] = []
    for name in sorted(table, key=column_rank):
        field = field_of_column(name)
        if field in _IGNORED_FIELDS:
            ignored = message("listing.sidecar-unknown-field", name=name[:60])
            diagnostics.append(ListingDiagnostic(Severity.WARNING, ignored, 1))
            continue
        values = table[name] if isinstance(table[name], list) else [table[name]]
        texts = [_text(value) for value in values]
        words.setdefault(field, []).extend(text for text in texts if text)
        if None in texts:
            not_text = message("listing.sidecar-not-text", field=field)
            diagnostics.append(ListingDiagnostic(Severity.WARNING, not_text, 1))
    return {field: texts for field, texts in words.items() if texts}, diagnostics


def _text(value: object) -> str | None:
    """Return a text, number or date as text; None for a value of another type."""
    if isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str | int) else None
