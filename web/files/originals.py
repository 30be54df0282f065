"""Originals: the file of a document, found by the document's id alone, and shown so that it can do nothing."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from corpus.errors import ArchiveError
from corpus.folder_scan import file_digest
from corpus.paths import relative
from corpus.trust.untrusted_files import open_regular
from indexer.archivist.original_file import OriginalFile, original_file
from indexer.readers.formats import JPEG, PDF, PNG, TEXT
from web.site import Site

SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""What an original may do: show itself, with the style and the images that are written into it."""

INLINE = {
    PDF.name: "application/pdf", TEXT.name: "text/plain; charset=utf-8", PNG.name: "image/png", JPEG.name: "image/jpeg",
}  # fmt: skip
"""Media types of the formats that a browser shows; every other original is saved to a file.

Web pages are not among them. Under the policy above Chromium 156 loads nothing of them, but it opens a connection to
the host of each frame before it looks at the policy, which tells that host who reads the page, and when.
"""

CHUNK_BYTES = 256 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A part of a file: offsets of its first byte and of the byte behind its last."""

    first: int
    end: int


def byte_range(header: str, size: int) -> ByteRange | None:
    """Return the part that a Range header asks for; None for the whole file, as for several parts (RFC 9110, 14.2).

    Raises:
        ValueError: the part lies outside the file.
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or match[1] == match[2] == "":
        return None
    if not match[1]:
        first, end = max(size - int(match[2]), 0), size
    else:
        first, end = int(match[1]), min(int(match[2]) + 1 if match[2] else size, size)
        if match[2] and int(match[2]) < first:
            return None
    if first >= end:
        raise ValueError(header)
    return ByteRange(first, end)


async def serve_original(request: Request) -> Response:
    """Answer with the file of a document, whole or in part."""
    site: Site = request.app.state.site
    document_id = request.path_params["id"]
    wants_download = request.query_params.get("download") == "1"
    original, file = await site.slow_work.run(lambda: _open(site, document_id))
    size = os.fstat(file.fileno()).st_size
    etag = f'"{original.digest.rpartition(":")[2][:32]}"' if original.digest else None
    headers = _headers(original, wants_download=wants_download) | ({"etag": etag} if etag else {})
    if etag and request.headers.get("if-none-match") == etag:
        file.close()
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range", "")
    if request.headers.get("if-range", etag) != etag:
        asked = ""
    try:
        part = byte_range(asked, size)
    except ValueError:
        file.close()
        return Response(status_code=416, headers=headers | {"content-range": f"bytes */{size}"})
    if part is None:
        part, status = ByteRange(0, size), 200
    else:
        headers["content-range"] = f"bytes {part.first}-{part.end - 1}/{size}"
        status = 206
    headers["content-length"] = str(part.end - part.first)
    if request.method == "HEAD":
        file.close()
        return Response(status_code=status, headers=headers)
    return StreamingResponse(_bytes(file, part), status, headers)


def _open(site: Site, document_id: str) -> tuple[OriginalFile, BinaryIO]:
    """Return a document's file, opened as the regular file that it was found to be."""
    original = unchanged_original(site.folder, document_id)
    try:
        return original, open_regular(original.path)
    except OSError as error:
        raise ArchiveError("open.missing", path=_shown(original.path, site.folder), id=document_id) from error


def unchanged_original(archive: Path, document_id: str) -> OriginalFile:
    """Return the file of a document, if its bytes are those that were read.

    Raises:
        UnknownDocumentError: there is no such document.
        ArchiveError: as `original_file`, with paths as the archive knows them; or the file has other bytes now.
    """
    try:
        original = original_file(archive, document_id)
    except ArchiveError as error:
        if isinstance(path := error.parameters.get("path"), Path):
            raise ArchiveError(error.code, **(error.parameters | {"path": _shown(path, archive)})) from error
        raise
    if original.is_changed and original.digest and _digest(original.path) != original.digest:
        raise ArchiveError("web.original-changed", path=_shown(original.path, archive), id=document_id)
    return original


def original_problem(archive: Path, document_id: str) -> ArchiveError | None:
    """Return why the file of a document cannot be shown; None where it can."""
    try:
        unchanged_original(archive, document_id)
    except ArchiveError as error:
        return error
    return None


def _shown(path: Path, archive: Path) -> str:
    """Return a path as the archive knows it: a page that others read does not tell where the archive is."""
    return relative(path, archive.resolve())


def _digest(path: Path) -> str:
    """Return the digest of a file's bytes as they are now, computed once for each of its states; ``""`` without any."""
    try:
        status = path.stat()
        return _digest_of_state(path, status.st_ino, status.st_size, status.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=1024)
def _digest_of_state(path: Path, _number: int, _size: int, _modified: int) -> str:
    return file_digest(path)


def _headers(original: OriginalFile, *, wants_download: bool) -> dict[str, str]:
    """Return the headers that keep an original from doing anything."""
    is_shown = not original.part and original.format in INLINE and not wants_download
    name = quote(_safe(original.path.name), safe="")
    return {
        "content-type": INLINE[original.format] if is_shown else "application/octet-stream",
        "content-disposition": f"{'inline' if is_shown else 'attachment'}; filename*=UTF-8''{name}",
        "content-security-policy": SANDBOX,
        "x-frame-options": "SAMEORIGIN",
        "accept-ranges": "bytes",
        "cache-control": "private, no-cache",
    }


def _safe(name: str) -> str:
    """Return the name of a file as text without control characters."""
    return "".join(c if c.isprintable() else "_" for c in os.fsencode(name).decode(errors="replace"))


async def _bytes(file: BinaryIO, part: ByteRange) -> AsyncIterator[bytes]:
    """Yield a part of a file, and close it."""
    chunks = _chunks(file, part)
    try:
        while chunk := await anyio.to_thread.run_sync(next, chunks, b""):
            yield chunk
    finally:
        file.close()


def _chunks(file: BinaryIO, part: ByteRange) -> Iterator[bytes]:
    file.seek(part.first)
    left = part.end - part.first
    while left and (chunk := file.read(min(CHUNK_BYTES, left))):
        left -= len(chunk)
        yield chunk
