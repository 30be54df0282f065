"""Sidecars: ``NAME.pdf.toml`` or ``NAME.pdf.json`` beside ``NAME.pdf`` says what a listing would say of that file."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.document import Candidate
from corpus.listing import Listing, ListingDiagnostic, ListingForm, Severity, item_candidates
from corpus.paths import to_text
from indexer.listings.column_names import column_rank, field_of_column
from indexer.listings.value_parsing import DEFAULT_CONTEXT, parse_item
from indexer.metadata.selection import Context

SUFFIXES = (".toml", ".json")
"""Endings of a sidecar's name, the one that counts where both are there first."""
MAX_SIDECAR_BYTES = 1 << 20


def is_sidecar(path: Path, exists: Callable[[Path], bool] = Path.exists) -> bool:
    """Whether ``path`` is the sidecar of a file beside it, going by the names and by what ``exists``."""
    return path.suffix.lower() in SUFFIXES and bool(path.with_suffix("").suffix) and exists(path.with_suffix(""))


def find_sidecar(document: Path) -> Path | None:
    """The sidecar beside a document's file, if there is one."""
    for suffix in SUFFIXES:
        path = document.with_name(document.name + suffix)
        if path.is_file():
            return path
    return None


def sidecar_candidates(document: Path, context: Context = DEFAULT_CONTEXT) -> tuple[Candidate, ...]:
    """What the sidecar of a document's file says of it; nothing where there is none or it cannot be read."""
    path = find_sidecar(document)
    return listed_candidates(read_sidecar(path, context)) if path else ()


def listed_candidates(sidecar: Listing) -> tuple[Candidate, ...]:
    """The candidates a sidecar's one item makes."""
    made = (claim for item in sidecar.items for claim in item_candidates(item, sidecar.name, ListingForm.SIDECAR))
    return tuple(claim for claim in made if claim.field != "link")


def read_sidecar(path: Path, context: Context = DEFAULT_CONTEXT) -> Listing:
    """Read a sidecar as a listing of one item; what is wrong with it is among its diagnostics and never raised."""
    name = to_text(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIDECAR_BYTES + 1)
    except OSError as error:
        return Listing(name, "", ListingForm.SIDECAR, (), (_wrong(f"cannot be read: {error.strerror}"),))
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    try:
        table = _parse(data, path.suffix.lower())
    except (ValueError, RecursionError) as error:  # both parsers' errors, and text that is not UTF-8
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        return Listing(name, digest, ListingForm.SIDECAR, (), (_wrong(f"not a valid sidecar: {reason[:200]}"),))
    words, odd = _words(table)
    # A sidecar need not say which document it is about: that is the file it stands beside.
    understood = parse_item({**words, "link": [name]}, 1, context)
    item = understood.item if words else None
    return Listing(name, digest, ListingForm.SIDECAR, (item,) if item else (), (*odd, *understood.diagnostics))


def _parse(data: bytes, suffix: str) -> Mapping[str, Any]:
    if len(data) > MAX_SIDECAR_BYTES:
        raise ValueError(f"over {MAX_SIDECAR_BYTES >> 20} MiB")
    text = data.decode("utf-8-sig")
    table = tomllib.loads(text) if suffix == ".toml" else json.loads(text)
    if not isinstance(table, dict):
        raise ValueError("it should be a table of fields")  # noqa: TRY004 (said to the archivist, not the caller)
    return table


def _words(table: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[ListingDiagnostic]]:
    words: dict[str, list[str]] = {}
    odd: list[ListingDiagnostic] = []
    for key in sorted(table, key=column_rank):
        field = field_of_column(key)
        if field in ("", "link", "digest"):
            odd.append(ListingDiagnostic(Severity.WARNING, f"{key[:60]!r} is not known and not used", 1))
            continue
        texts = [_text(value) for value in _flat(table[key])]
        words.setdefault(field, []).extend(text for text in texts if text)
        if None in texts:
            odd.append(ListingDiagnostic(Severity.WARNING, f"{field} should be a text or a list of texts; left out", 1))
    return {field: texts for field, texts in words.items() if texts}, odd


def _flat(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """A value as text; None when it is neither text nor number nor date."""
    if isinstance(value, bool):
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, str | int) else None


def _wrong(message: str) -> ListingDiagnostic:
    return ListingDiagnostic(Severity.ERROR, message, 1)
