"""WARC and ARC: each captured page is an embedded document with its web address and day of capture."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import SplitResult, unquote, urlsplit

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed

from corpus.document import Candidate, EmbeddedDocument, Extraction, Source
from indexer.readers.embedded.embedded import Readable, copy_bytes, finish_container, limit_documents, printable
from indexer.readers.formats import EXTENSION_BY_MEDIA_TYPE, PAGE_RESOURCES, by_name, name_with_extension
from indexer.readers.property_values import iso_date
from indexer.readers.reader_protocol import EmbeddedCopier, Limits, ReaderOutput, Unreadable, reason

MEDIA_TYPE = "application/warc"
MAX_URL_CHARACTERS = 500
"""Characters of a web address that are shown; the record is found by its offset."""
CAPTURE_DATE_CONFIDENCE = 0.2
"""Confidence of the day of capture, too low to date a page, which was published some time before."""

_ADDRESS = re.compile(r"record (\d{1,18})( inflated)? .*", re.DOTALL)
_UNSPECIFIC_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download", "unk"})
_DOCUMENT_TYPES = frozenset(
    media_type for media_type, ending in EXTENSION_BY_MEDIA_TYPE.items() if by_name(ending) not in PAGE_RESOURCES
)
_SCHEMES = frozenset({"http", "https", "ftp", "file"})

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
    """

    records: int = 0
    damage: str = ""
    decompressed: bool = False


def read_warc(path: Path, limits: Limits) -> Extraction:
    """List the pages captured in a web archive: web pages, PDFs and all other formats that have a reader.

    Images, scripts and styles, redirects, errors and repeated captures (``revisit``) are no documents.

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
    partial_reason = cap_reason or scan.damage
    return finish_container(
        ReaderOutput("warcio", media_type, (), partial_reason, reason("file.no-captures")), embedded
    )


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
            page = _CapturedPage.of(record)
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


@dataclass(frozen=True, slots=True)
class _CapturedPage:
    """A record that is a document."""

    url: str
    media_type: str
    captured: str

    @classmethod
    def of(cls, record: Any) -> _CapturedPage | None:
        """Return the page in a record, or None where it is no document."""
        if record.rec_type == "response":
            headers = record.http_headers
            if headers is None or headers.get_statuscode() != "200":
                return None
        elif record.rec_type == "resource":
            headers = record.rec_headers
        else:
            return None
        page = cls(
            record.rec_headers.get_header("WARC-Target-URI") or "",
            (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower(),
            record.rec_headers.get_header("WARC-Date") or "",
        )
        return page if page.is_document() else None

    def is_document(self) -> bool:
        """Return whether it came from the web and has a format that can be read."""
        url = _split(self.url)
        has_known_name = self.media_type in _UNSPECIFIC_TYPES and by_name(url.path) not in (None, *PAGE_RESOURCES)
        return url.scheme.lower() in _SCHEMES and (self.media_type in _DOCUMENT_TYPES or has_known_name)

    def name(self) -> str:
        """Return the last step of its web address, or the site's name, with the extension of its media type."""
        url = _split(self.url)
        last_step = unquote(url.path.rstrip("/").rpartition("/")[2])
        return name_with_extension(printable(last_step or url.netloc or "page"), self.media_type)

    def embedded(self, offset: int, *, decompressed: bool) -> EmbeddedDocument:
        """Return the page as an embedded document, addressed by the offset of its record."""
        shown_url = self.url if len(self.url) <= MAX_URL_CHARACTERS else f"{self.url[:MAX_URL_CHARACTERS]}…"
        day = iso_date(self.captured)
        captured = Candidate("date", day, Source.EMBEDDED, "warc: captured", self.captured, CAPTURE_DATE_CONFIDENCE)
        address = f"record {offset}{' inflated' if decompressed else ''} {printable(shown_url)}"
        return EmbeddedDocument(address, self.name(), (captured,) if day else ())


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # square brackets that hold no address
        return SplitResult("", "", "", "", "")


@contextmanager
def open_warc(path: Path, limits: Limits) -> Iterator[EmbeddedCopier]:
    """Open a web archive to copy its records; an `indexer.readers.reader_protocol.ContainerOpener`."""
    with ExitStack() as opened:
        files: dict[bool, BinaryIO] = {}

        def copy(address: str, target: BinaryIO) -> str:
            match = _ADDRESS.fullmatch(address)
            if match is None:
                raise Unreadable("file.embedded-gone")
            decompressed = bool(match.group(2))
            if decompressed not in files:
                files[decompressed] = opened.enter_context(open_archive(path, decompressed=decompressed))
            files[decompressed].seek(int(match.group(1)))
            return copy_record(files[decompressed], limits, target)

        yield copy


def copy_record(file: BinaryIO, limits: Limits, target: BinaryIO) -> str:
    """Copy the content of the record at the current offset, with transfer and content encoding undone.

    Returns:
        The page's file name.

    Raises:
        Unreadable: there is no page, it cannot be decompressed, or a cap is exceeded.
    """
    try:
        record = next(ArchiveIterator(file, arc2warc=True), None)
        page = _CapturedPage.of(record) if record else None
        if record is None or page is None:
            raise Unreadable("file.embedded-gone")
        copy_bytes(_content(record), target, limits, max(record.length or 0, 1))
    except DAMAGE as error:
        raise Unreadable("file.damaged-record") from error
    return page.name()


def _content(record: Any) -> Readable:
    headers = record.http_headers
    encoding = ((headers.get_header("Content-Encoding") if headers else "") or "").strip().lower()
    if encoding not in {"", "identity", *BufferedReader.get_supported_decompressors()}:
        raise Unreadable("file.unsupported-encoding", encoding=printable(encoding))
    return cast("Readable", record.content_stream())
