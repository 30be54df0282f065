"""A record of a web archive that is a document: by its type, or by its content where the type says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from corpus.document import Candidate, EmbeddedDocument, Source
from indexer.readers.embedded.embedded import printable
from indexer.readers.formats import EXTENSION_BY_MEDIA_TYPE, PAGE_RESOURCES, by_name, name_with_extension
from indexer.readers.mail.mail_headers import attachment_name
from indexer.readers.markup.xml_heads import DOCUMENT_ROOTS
from indexer.readers.property_values import iso_date

MAX_URL_CHARACTERS = 500
"""Characters of a web address that are shown; the record is found by its offset."""
CAPTURE_DATE_CONFIDENCE = 0.2
"""Confidence of the day of capture, too low to date a page, which was published some time before."""

_DOCUMENT_TYPES = frozenset(
    media_type for media_type, ending in EXTENSION_BY_MEDIA_TYPE.items() if by_name(ending) not in PAGE_RESOURCES
)
_UNSPECIFIC_TYPES = frozenset(
    {"", "unk", "unknown", "application/unknown", "application/octet-stream", "application/octetstream",
     "binary/octet-stream", "application/binary", "application/download", "application/x-download",
     "application/force-download", "application/x-force-download", "application/save", "application/data",
     "content/unknown", "application/x-unknown", "no-type", "multipart/form-data"}
)  # fmt: skip
"""Types of servers that do not know what they send, or that ask a browser to save it."""
_SCHEMES = frozenset({"http", "https", "ftp", "file"})
_MAGIC = (
    (b"%PDF-", ".pdf"), (b"{\\rtf", ".rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""), (b"PK\x03\x04", ""),
    (b"WARC/", ".warc"),
)  # fmt: skip
_MAX_JUNK_BYTES = 1024  # before the magic number of a PDF
# Groups that are not tried again: each way to divide a row of comments would be.
_HTML = re.compile(
    rb"\A[\s\xef\xbb\xbf]*(?>(?><!--.{0,2000}?-->)\s*)*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOT = re.compile(
    rb"\A[\s\xef\xbb\xbf]*(?>(?><\?.{0,500}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^>\[]{0,500}(?>\[.{0,2000}?\])?\s*>)\s*)*+"
    rb"<(?:[\w.-]{1,80}:)?([A-Za-z][\w.-]{0,80})(?=[\s/>])",
    re.DOTALL,
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IS_TEXT = re.compile(r"\s*(?:text/|application/(?:xml|[\w.-]+\+xml|json)\b)")
_CHARSET = re.compile(r"(?:^|;)\s*charset\s*=\s*[\"']?([\w.:-]{2,40})")
_PROGRAM_NAMES = (".js", ".mjs", ".css", ".map", ".json", ".woff", ".woff2", ".ttf", ".eot", ".swf", ".wasm", ".ts")
_KINDS = {
    "file.left-out-images": ("image/",),
    "file.left-out-media": ("audio/", "video/"),
    "file.left-out-fonts": ("font/", "application/font", "application/x-font", "application/vnd.ms-fontobject"),
    "file.left-out-styles": ("text/css",),
    "file.left-out-feeds": (
        "application/json", "text/json", "application/ld+json", "application/manifest+json", "application/x-ndjson",
        "application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
    ),
    "file.left-out-scripts": (
        "text/javascript", "application/javascript", "application/x-javascript", "text/ecmascript",
        "application/ecmascript",
    ),
}  # fmt: skip
"""Messages on content that is no document, with how its types begin."""


def kind_of_response(record: Any) -> str:
    """Return the message on the kind of a response of a server that is no page; ``""`` for other records."""
    if record.rec_type == "revisit":
        return "file.left-out-repeated"
    if record.rec_type != "response" or record.http_headers is None:
        return ""
    status = record.http_headers.get_statuscode() or ""
    return "file.left-out-redirects" if status.startswith("3") else "file.left-out-errors" if status != "200" else ""


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A record with the content of a web address.

    Attributes:
        url: the web address.
        media_type: as the server sent it, without parameters.
        captured: date and time of capture.
        sent_name: the name that the server gave the file, or ``""``.
        charset: the label of the encoding that the server stated of a text, or ``""``.
        beginning: the first bytes of the content, where they were read.
    """

    url: str
    media_type: str
    captured: str
    sent_name: str = ""
    charset: str = ""
    beginning: bytes = b""

    @classmethod
    def of(cls, record: Any) -> CapturedPage | None:
        """Return the page in a record, or None where it is no content of a web address."""
        if record.rec_type == "response":
            headers = record.http_headers
            if headers is None or headers.get_statuscode() != "200":
                return None
        elif record.rec_type == "resource":
            headers = record.rec_headers
        else:
            return None
        disposition = Message()
        disposition["Content-Disposition"] = " ".join((headers.get_header("Content-Disposition") or "").split())
        media_type, _, parameters = (headers.get_header("Content-Type") or "").lower().partition(";")
        charset = _CHARSET.search(parameters) if _IS_TEXT.match(media_type) else None
        return cls(
            record.rec_headers.get_header("WARC-Target-URI") or "",
            media_type.strip(),
            record.rec_headers.get_header("WARC-Date") or "",
            re.split(r"[/\\]", attachment_name(disposition))[-1],
            charset.group(1) if charset else "",
        )

    def is_from_web(self) -> bool:
        """Return whether it has an address of the web, unlike what programs add to an archive."""
        return _split(self.url).scheme.lower() in _SCHEMES

    def has_document_type(self) -> bool:
        """Return whether its type, or its name where the type says nothing, is of a format that can be read."""
        if self.media_type in _DOCUMENT_TYPES:
            return True
        names = (self.sent_name, _split(self.url).path)
        return self.media_type in _UNSPECIFIC_TYPES and any(
            by_name(name) not in (None, *PAGE_RESOURCES) for name in names
        )

    def has_document_content(self) -> bool:
        """Return whether its first bytes are of a document, or of a text whose type says nothing."""
        if any(self.beginning.startswith(magic) for magic, _ in _MAGIC) or self._is_web_page():
            return True
        if b"%PDF-" in self.beginning[:_MAX_JUNK_BYTES] or self._is_sent_data() or self._is_xml_document():
            return True
        is_program = _split(self.url).path.lower().endswith(_PROGRAM_NAMES) or self.beginning.startswith((b"{", b"["))
        return self.media_type in _UNSPECIFIC_TYPES and not is_program and self._is_text()

    def _is_sent_data(self) -> bool:
        """Return whether it is data, as JSON, that the server sent as a file to be saved."""
        return by_name(self.sent_name) in PAGE_RESOURCES and self._is_text()

    def _is_xml_document(self) -> bool:
        """Return whether it is XML of a vocabulary of documents, and no feed, site map or answer to a program."""
        return self._xml_root() in DOCUMENT_ROOTS

    def _is_web_page(self) -> bool:
        return _HTML.match(self.beginning) is not None or self._xml_root().lower() == "html"

    def _xml_root(self) -> str:
        root = _XML_ROOT.match(self.beginning)
        return root.group(1).decode("ascii", "replace") if root else ""

    def _is_text(self) -> bool:
        if not self.beginning.strip() or b"\0" in self.beginning:
            return False
        return len(_CONTROLS.findall(self.beginning)) * 50 <= len(self.beginning)

    def kind(self) -> str:
        """Return the message on the kind of its content, which is no document."""
        return next((code for code, types in _KINDS.items() if self.media_type.startswith(types)), "file.left-out-data")

    def name(self) -> str:
        """Return the name that the server sent, else the last step of the address, else the site's name.

        It has the extension of its content or its media type.
        """
        url = _split(self.url)
        last_step = self.sent_name or unquote(url.path.rstrip("/").rpartition("/")[2])
        ending = next((ending for magic, ending in _MAGIC if self.beginning.startswith(magic)), "")
        if not ending and self.beginning:
            ending = ".xml" if self._is_xml_document() else ".txt" if self._is_text() else ""
            ending = ".html" if self._is_web_page() else ending
        name = printable(last_step or url.netloc or "page")
        if ending:
            return name if by_name(name) else f"{name}{ending}"
        return name_with_extension(name, self.media_type)

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
