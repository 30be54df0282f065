"""From a listing's file to its items, whatever its form."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.listing import Item, Listing, ListingDiagnostic, ListingForm
from corpus.paths import to_text
from indexer.listings.html_listing import read_html
from indexer.listings.pasted_listing import read_pasted
from indexer.listings.table_listing import is_table, read_table
from indexer.listings.value_parsing import DEFAULT_CONTEXT
from indexer.metadata.selection import Context
from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.reader_protocol import Unreadable

MAX_LISTING_BYTES = 16 << 20
"""Of a listing: 16 MiB hold a hundred thousand items."""

_MARKUP = re.compile(
    r"<!doctype html|<(?:html|body|main|table|ul|ol|dl|section|article|div|h[1-6]|li)\b", re.IGNORECASE
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_FORM_BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), ListingForm.PAGE),
    **dict.fromkeys((".csv", ".tsv", ".tab"), ListingForm.TABLE),
}


def read_listing(path: Path, context: Context = DEFAULT_CONTEXT) -> Listing:
    """Read a resource page, a table or pasted text.

    Raises:
        ArchiveError: the file cannot be read, is not text, or is too large.
    """
    data = _load(path)
    declared = _DECLARED.search(data[:4096])
    text = decode(data, declared.group(1).decode("ascii", "replace") if declared else "")
    try:
        refuse_binary(text)
    except Unreadable as error:
        raise ArchiveError(f"{path}: {error.reason}", _HINT) from error
    form = _FORM_BY_SUFFIX.get(path.suffix.lower()) or _form(text)
    items, diagnostics = _read(form, text, context)
    return Listing(to_text(path.name), f"sha256:{hashlib.sha256(data).hexdigest()}", form, items, diagnostics)


def _read(form: ListingForm, text: str, context: Context) -> tuple[tuple[Item, ...], tuple[ListingDiagnostic, ...]]:
    if form is ListingForm.PAGE:
        return read_html(text, context)
    return read_table(text, context) if form is ListingForm.TABLE else read_pasted(text, context)


def _form(text: str) -> ListingForm:
    if _MARKUP.search(text[:4096]):
        return ListingForm.PAGE
    return ListingForm.TABLE if is_table(text) else ListingForm.TEXT


_HINT = "A listing is a saved web page, a CSV or TSV table, or plain text."


def _load(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ArchiveError(f"{path}: not a file", _HINT)
        with path.open("rb") as file:
            data = file.read(MAX_LISTING_BYTES + 1)
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}", "Check the name and permissions.") from error
    if len(data) > MAX_LISTING_BYTES:
        raise ArchiveError(f"{path}: over {MAX_LISTING_BYTES >> 20} MiB, too large for a listing", _HINT)
    return data
