"""WARC and ARC: each captured page is an embedded document with its web address and day of capture."""

from __future__ import annotations

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from corpus.document import EmbeddedDocument, Extraction
from indexer.readers.embedded.embedded import Readable, copy_bytes, finish_container, limit_documents, printable
from indexer.readers.reader_protocol import EmbeddedCopier, EmbeddedCopy, Limits, ReaderOutput, Unreadable, reason
from indexer.readers.web_archive.captured_page import CapturedPage, kind_of_response

MEDIA_TYPE = "application/warc"
BEGINNING_BYTES = 4096
"""Bytes of a record of no known type that say whether it is a document."""

_ADDRESS = re.compile(r"record (\d{1,18})( inflated)? .*", re.DOTALL)
DAMAGE = (
    ArchiveLoadFailed, EOFError, zlib.error, gzip.BadGzipFile, ValueError, KeyError, IndexError, TypeError,
    AttributeError, ArithmeticError, brotli.error,
)  # fmt: skip
"""Errors that warcio and the decompressors raise for damaged archives."""


class _Brotli:
    """A brotli decompressor with the method name that warcio calls, which is that of another package."""

    unused_data = b""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        """Return the decompressed bytes of the next chunk."""
        unpacked: bytes = self._inner.process(data)
        return unpacked


BufferedReader.DECOMPRESSORS["br"] = _Brotli


@dataclass(slots=True)
class WarcScan:
    """The progress of listing the pages of an archive.

    Attributes:
        records: number of records that could be read.
        damage: what is wrong with the archive, or ``""``.
        decompressed: whether the archive was compressed as a whole, so that offsets count decompressed bytes.
        left_out: number of records that are no documents, by the message on their kind.
        contents: the digests, as the archive states them, and lengths of the documents that were listed.
    """

    records: int = 0
    damage: str = ""
    decompressed: bool = False
    left_out: Counter[str] = field(default_factory=Counter)
    contents: set[tuple[str, str]] = field(default_factory=set)

    def is_repeated(self, record: Any) -> bool:
        """Return whether a document of the same digest and length was listed before, and note this one."""
        digest = record.rec_headers.get_header("WARC-Payload-Digest") or ""
        content = (digest, record.rec_headers.get_header("Content-Length") or "")
        if not digest or content in self.contents:
            return bool(digest)
        self.contents.add(content)
        return False

    def notice(self) -> str:
        """Return the sentence that counts the records that are no documents; ``""`` where there are none."""
        kinds = ", ".join(reason(code, count=count) for code, count in self.left_out.most_common())
        return reason("file.left-out", count=self.left_out.total(), kinds=kinds) if kinds else ""


def read_warc(path: Path, limits: Limits) -> Extraction:
    """List the pages captured in a web archive: web pages, PDFs and all other formats that have a reader.

    Scripts, styles, fonts, redirects, errors and repeated captures (``revisit``) are no documents. They are counted.

    Raises:
        Unreadable: not one record can be read.
    """
    listing = _list(path, limits, decompressed=False)
    if listing.scan.damage and _is_compressed(path):
        # Compressed as a whole, or in chunks that are not records: decompressed it may be complete.
        whole = _list(path, limits, decompressed=True)
        listing = max(listing, whole, key=lambda pages: (pages.scan.records, not pages.scan.damage))
    return finish_scan(MEDIA_TYPE, listing.scan, listing.embedded, listing.cap_reason)


def finish_scan(media_type: str, scan: WarcScan, embedded: tuple[EmbeddedDocument, ...], cap_reason: str) -> Extraction:
    """Return the extraction of a web archive whose pages were listed.

    Raises:
        Unreadable: not one record could be read.
    """
    if scan.damage and not scan.records:
        raise Unreadable("file.damaged-web-archive", detail=scan.damage)
    result = ReaderOutput("warcio", media_type, (), cap_reason or scan.damage, reason("file.no-captures"))
    return finish_container(result, embedded, scan.notice())


@dataclass(frozen=True, slots=True)
class _PageListing:
    """The pages that one pass over an archive found."""

    scan: WarcScan
    embedded: tuple[EmbeddedDocument, ...]
    cap_reason: str


def _list(path: Path, limits: Limits, *, decompressed: bool) -> _PageListing:
    scan = WarcScan(decompressed=decompressed)
    with open_archive(path, decompressed=decompressed) as file:
        embedded, cap_reason = limit_documents(list_pages(file, scan), limits)
    return _PageListing(scan, embedded, cap_reason)


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def list_pages(file: BinaryIO, scan: WarcScan) -> Iterator[EmbeddedDocument]:
    """Yield the pages of an archive up to its end or to its first damage, which is noted in ``scan``."""
    records = ArchiveIterator(file, arc2warc=True)
    try:
        while (record := next(records, None)) is not None:
            page = _document_in(record, scan)
            records.read_to_end(record)
            scan.records += 1
            scan.damage = scan.damage or _record_damage(record, records)
            if page:
                yield page.embedded(records.get_record_offset(), decompressed=scan.decompressed)
            expects_more = _expects_more(records)
    except DAMAGE as error:
        scan.damage = scan.damage or _error_damage(error, scan.records)
        return
    if scan.records and expects_more:
        scan.damage = scan.damage or reason("file.records-broken-off", records=scan.records)


def _document_in(record: Any, scan: WarcScan) -> CapturedPage | None:
    """Return the page in a record; None where it is no document, which is counted in ``scan`` by its kind."""
    page = CapturedPage.of(record)
    if page is None:
        if left_out := kind_of_response(record):
            scan.left_out[left_out] += 1
        return None
    if not page.is_from_web():
        return None
    if not page.has_document_type():
        page = replace(page, beginning=_beginning(record))
        if not page.has_document_content():
            scan.left_out[page.kind()] += 1
            return None
    if scan.is_repeated(record):
        scan.left_out["file.left-out-repeated"] += 1
        return None
    return page


def _beginning(record: Any) -> bytes:
    try:
        return cast("bytes", record.content_stream().read(BEGINNING_BYTES))
    except DAMAGE:
        return b""


def _record_damage(record: Any, records: Any) -> str:
    if getattr(record.raw_stream, "limit", 0) > 0:
        return reason("file.record-cut")
    return reason("file.record-too-long") if records.err_count else ""


def _expects_more(records: Any) -> bool:
    """Return whether anything follows the current record."""
    decompressor = records.reader.decompressor if records.reader else None
    return bool(records.next_line or (decompressor and decompressor.unused_data.strip(b"\0\r\n")))


def _error_damage(error: Exception, records: int) -> str:
    if isinstance(error, ArchiveLoadFailed) and not records:
        return reason("file.no-record")
    return reason("file.lost-records", records=records)


@contextmanager
def open_archive(path: Path, *, decompressed: bool) -> Iterator[BinaryIO]:
    """Open an archive, decompressed where it was compressed as a whole."""
    with path.open("rb") as file:
        if not decompressed:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield cast("BinaryIO", unpacked)


@contextmanager
def open_warc(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a web archive to copy its records; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with ExitStack() as opened:
        files: dict[bool, BinaryIO] = {}

        def copy(address: str, target: BinaryIO) -> EmbeddedCopy:
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise Unreadable("file.embedded-gone")
            decompressed = bool(match.group(2))
            if decompressed not in files:
                files[decompressed] = opened.enter_context(open_archive(path, decompressed=decompressed))
            files[decompressed].seek(int(match.group(1)))
            return copy_record(files[decompressed], limits, target)

        yield copy


def copy_record(file: BinaryIO, limits: Limits, target: BinaryIO) -> EmbeddedCopy:
    """Copy the content of the record at the current offset, with transfer and content encoding undone.

    Returns:
        The page's file name and the encoding that its server stated.

    Raises:
        Unreadable: there is no page, it cannot be decompressed, or a cap is exceeded.
    """
    try:
        record = next(ArchiveIterator(file, arc2warc=True), None)
        page = CapturedPage.of(record) if record else None
        if record is None or page is None:
            raise Unreadable("file.embedded-gone")
        copy_bytes(_content(record), target, limits, max(record.length or 0, 1))
    except DAMAGE as error:
        raise Unreadable("file.damaged-record") from error
    return EmbeddedCopy(page.name(), page.charset)


def _content(record: Any) -> Readable:
    headers = record.http_headers
    encoding = ((headers.get_header("Content-Encoding") if headers else "") or "").strip().lower()
    if encoding not in {"", "identity", *BufferedReader.get_supported_decompressors()}:
        raise Unreadable("file.unsupported-encoding", encoding=printable(encoding))
    return cast("Readable", record.content_stream())
