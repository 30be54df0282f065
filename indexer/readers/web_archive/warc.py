"""WARC and ARC: every captured page a document of its own, with its address on the web and the day of its capture."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
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
from indexer.readers.formats import EXTENSIONS, by_name, name_with_extension
from indexer.readers.property_values import iso_date
from indexer.readers.reader_protocol import Limits, ReadResult, Unreadable

MEDIA_TYPE = "application/warc"
EMPTY = "the web archive holds no pages"
LONGEST_URL = 500
"""Characters of a web address shown; the record is found by its offset."""
CAPTURED = 0.2
"""Confidence of the day of capture, by which a page is never dated: it was published some time before."""

_ADDRESS = re.compile(r"record (\d{1,18})( inflated)? .*", re.DOTALL)
_UNNAMED = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download", "unk"})
_SCHEMES = frozenset({"http", "https", "ftp", "file"})

# What warcio and the decompressors meet damaged archives with.
DAMAGE = (
    ArchiveLoadFailed, EOFError, zlib.error, gzip.BadGzipFile, ValueError, KeyError, IndexError, TypeError,
    AttributeError, ArithmeticError, brotli.error,
)  # fmt: skip


class _Brotli:
    """A decompressor as warcio calls one: it knows another package's, whose method has another name."""

    unused_data = b""

    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def decompress(self, data: bytes) -> bytes:
        """What ``data``, the next piece, unpacks to."""
        unpacked: bytes = self._inner.process(data)
        return unpacked


BufferedReader.DECOMPRESSORS["br"] = _Brotli


@dataclass(slots=True)
class Walk:
    """What a walk through an archive has met.

    Attributes:
        records: how many records could be read.
        broken: what is wrong with the archive, or ``""``.
        inflated: the archive was compressed as one piece, so offsets count in what it unpacks to.
    """

    records: int = 0
    broken: str = ""
    inflated: bool = False


def read_warc(path: Path, limits: Limits) -> Extraction:
    """List the pages captured in a web archive: web pages, PDFs and whatever else there is a reader for.

    Pictures, scripts and styles, redirects, errors and repeated captures (``revisit``) are no documents.

    Raises:
        Unreadable: not one record can be read.
    """
    found = _walk(path, limits, inflated=False)
    if found.walk.broken and _is_compressed(path):
        # Compressed as one piece, or in pieces that are not records: what it unpacks to may well be whole.
        whole = _walk(path, limits, inflated=True)
        found = max(found, whole, key=lambda one: (one.walk.records, not one.walk.broken))
    if found.walk.broken and not found.walk.records:
        raise Unreadable(f"damaged web archive ({found.walk.broken})")
    made = ReadResult("warcio", MEDIA_TYPE, (), found.cap or found.walk.broken, EMPTY)
    return finish_container(made, found.parts)


@dataclass(frozen=True, slots=True)
class _Found:
    """What one walk through an archive has brought."""

    walk: Walk
    parts: tuple[EmbeddedDocument, ...]
    cap: str


def _walk(path: Path, limits: Limits, *, inflated: bool) -> _Found:
    walk = Walk(inflated=inflated)
    with open_archive(path, inflated=inflated) as file:
        parts, cap = limit_documents(list_pages(file, walk), limits)
    return _Found(walk, parts, cap)


def _is_compressed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def list_pages(file: BinaryIO, walk: Walk) -> Iterator[EmbeddedDocument]:
    """The pages of an archive until its end, or until it is damaged; ``walk`` then says so."""
    records = ArchiveIterator(file, arc2warc=True)
    try:
        while (record := next(records, None)) is not None:
            page = _Page.of(record)
            records.read_to_end(record)
            walk.records += 1
            walk.broken = walk.broken or _damage(record, records)
            if page:
                yield page.part(records.get_record_offset(), inflated=walk.inflated)
            more = _expects_more(records)
    except DAMAGE as error:
        walk.broken = walk.broken or _say(error, walk.records)
        return
    if walk.records and more:
        walk.broken = walk.broken or f"broken off after {walk.records:,} records"


def _damage(record: Any, records: Any) -> str:
    if getattr(record.raw_stream, "limit", 0) > 0:
        return "the end of a record is missing"
    return "a record is longer than it says" if records.err_count else ""


def _expects_more(records: Any) -> bool:
    """Whether something follows the record in hand."""
    decompressor = records.reader.decompressor if records.reader else None
    return bool(records.next_line or (decompressor and decompressor.unused_data.strip(b"\0\r\n")))


def _say(error: Exception, records: int) -> str:
    if isinstance(error, ArchiveLoadFailed) and not records:
        return "no record of a web archive at its beginning"
    return f"what follows record {records:,} cannot be read"


@contextmanager
def open_archive(path: Path, *, inflated: bool) -> Iterator[BinaryIO]:
    """The archive's bytes, unpacked first where it was compressed as one piece."""
    with path.open("rb") as file:
        if not inflated:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield cast("BinaryIO", unpacked)


@dataclass(frozen=True, slots=True)
class _Page:
    """A record that is a document."""

    url: str
    media_type: str
    captured: str

    @classmethod
    def of(cls, record: Any) -> _Page | None:
        """The page in a record, or None where there is none."""
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
        """Whether it came from the web and is of a format there is a reader for."""
        place = _split(self.url)
        named = self.media_type in _UNNAMED and by_name(place.path) is not None
        return place.scheme.lower() in _SCHEMES and (self.media_type in EXTENSIONS or named)

    def name(self) -> str:
        """The last step of its web address, or the site's name, with the extension its type calls for."""
        place = _split(self.url)
        last = unquote(place.path.rstrip("/").rpartition("/")[2])
        return name_with_extension(printable(last or place.netloc or "page"), self.media_type)

    def part(self, offset: int, *, inflated: bool) -> EmbeddedDocument:
        """As a part of the archive, found by the offset of its record."""
        shown = printable(self.url if len(self.url) <= LONGEST_URL else f"{self.url[:LONGEST_URL]}…")
        day = iso_date(self.captured)
        captured = Candidate("date", day, Source.EMBEDDED, "warc: captured", self.captured, CAPTURED)
        address = f"record {offset}{' inflated' if inflated else ''} {shown}"
        return EmbeddedDocument(address, self.name(), (captured,) if day else ())


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # square brackets that hold no address
        return SplitResult("", "", "", "", "")


def extract_record(path: Path, address: str, limits: Limits, target: BinaryIO) -> str:
    """Copy what was captured by one record out; an `indexer.readers.reader_protocol.EmbeddedExtractor`."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise Unreadable("no longer in the web archive")
    with open_archive(path, inflated=bool(match.group(2))) as file:
        file.seek(int(match.group(1)))
        return copy_record(file, limits, target)


def copy_record(file: BinaryIO, limits: Limits, target: BinaryIO) -> str:
    """Copy the content of the record that begins here, without chunks and content encoding; its name is returned.

    Raises:
        Unreadable: no page is there, it cannot be unpacked, or is beyond a cap.
    """
    try:
        record = next(ArchiveIterator(file, arc2warc=True), None)
        page = _Page.of(record) if record else None
        if record is None or page is None:
            raise Unreadable("no longer in the web archive")
        copy_bytes(_content(record), target, limits, max(record.length or 0, 1))
    except DAMAGE as error:
        raise Unreadable("damaged web archive (the record cannot be unpacked)") from error
    return page.name()


def _content(record: Any) -> Readable:
    headers = record.http_headers
    encoding = ((headers.get_header("Content-Encoding") if headers else "") or "").strip().lower()
    if encoding not in {"", "identity", *BufferedReader.get_supported_decompressors()}:
        raise Unreadable(f"compressed with {printable(encoding)}, which is not read")
    return cast("Readable", record.content_stream())
