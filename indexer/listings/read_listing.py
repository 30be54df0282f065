"""Read the file of a listing: a web page, a table or pasted text, by its name or first characters."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus.errors import ArchiveError
from corpus.listing import Item, Listing, ListingDiagnostic, ListingForm
from corpus.paths import to_text
from corpus.trust.untrusted_files import read_regular
from indexer.listings.html_listing import read_html
from indexer.listings.pasted_listing import read_pasted
from indexer.listings.table_listing import is_table, read_table
from indexer.listings.value_parsing import DEFAULT_CONTEXT
from indexer.metadata.selection import Context
from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.reader_protocol import Unreadable

MAX_LISTING_BYTES = 16 << 20
"""Largest listing that is read; 16 MiB are about a hundred thousand items."""

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
        raise ArchiveError("listing.unsuitable", path=path, reason=error.reason) from error
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


def _load(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ArchiveError("listing.not-a-file", path=path)
        data = read_regular(path, MAX_LISTING_BYTES, follow=True)
    except OSError as error:
        raise ArchiveError("listing.unreadable", path=path, reason=error.strerror) from error
    if len(data) > MAX_LISTING_BYTES:
        raise ArchiveError("listing.too-large", path=path, limit=MAX_LISTING_BYTES >> 20)
    return data
