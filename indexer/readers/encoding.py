"""Decode bytes to text: by byte order mark, as UTF-8, by the declared encoding, or by the letters of languages."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from indexer.readers.encodings.ebcdic import decode_ebcdic
from indexer.readers.encodings.encoding_guess import guess_encoding
from indexer.readers.encodings.encoding_labels import encoding_of_label
from indexer.readers.encodings.wide_encodings import wide_encoding
from indexer.readers.reader_protocol import Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH_CONTROL = re.compile("[\x7f-\x84\x86-\x9f]")
_JAPANESE_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([JI])")
_ESCAPE_ENCODINGS = {
    "iso2022_jp": b"\x1b", "iso2022_jp_1": b"\x1b", "iso2022_jp_2": b"\x1b", "iso2022_jp_2004": b"\x1b",
    "iso2022_jp_3": b"\x1b", "iso2022_jp_ext": b"\x1b", "iso2022_kr": b"\x1b", "hz": b"~{", "utf-7": b"+",
}  # fmt: skip
"""Encodings whose bytes are all ASCII, with bytes without which a text is plain ASCII."""
SAMPLE_BYTES = 1 << 16
"""Characters from the beginning of a text that are searched for control characters."""
_MIN_MIXED_CHARACTERS = 2
"""Least characters beyond ASCII in the lines in UTF-8 of a text whose other lines are in another encoding."""
_MIN_UTF8_LINE_SHARE = 0.2
"""Least share of its lines beyond ASCII that are in UTF-8. In another encoding they are so by chance."""
_UTF8_CHARACTERS_PER_BROKEN = 3
"""A text is damaged UTF-8 if it has at least this many times more characters beyond ASCII than broken bytes.

Text in another encoding has hardly any bytes that are UTF-8 by chance, so that damaged UTF-8 is told from it early.
"""


_STATED_LABEL: ContextVar[str] = ContextVar("stated_label", default="")


@contextmanager
def stated_encoding(label: str) -> Iterator[None]:
    """Have `decode_document` use, within the block, the encoding that a document's container states of it."""
    token = _STATED_LABEL.set(label)
    try:
        yield
    finally:
        _STATED_LABEL.reset(token)


def decode_document(data: bytes, declared: str = "") -> str:
    """Decode the bytes of a whole document as `decode` does.

    A label of its container, as the header of a web server, counts before that of the document, as in browsers.
    """
    return decode(data, _STATED_LABEL.get() or declared)


def decode(data: bytes, declared: str = "") -> str:
    """Decode bytes to text; what cannot be decoded becomes U+FFFD.

    Args:
        data: the file's bytes.
        declared: the label of the encoding that the document declares, or ``""``. It is used where the text that it
            gives is about as likely as the likeliest one.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = encoding_of_label(declared)
    if wide := wide_encoding(data, encoding):
        return data.decode(wide, "replace")
    if escape := _escape_encoding(data, encoding):
        return data.decode(escape, "replace")
    try:
        # First, as text in another encoding that is valid UTF-8 by chance is rarer than a false declaration.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, encoding)


def _decode_legacy(data: bytes, declared: str) -> str:
    as_utf8 = data.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    beyond_ascii = len(as_utf8) - broken - sum(map(str.isascii, as_utf8))
    if beyond_ascii >= _UTF8_CHARACTERS_PER_BROKEN * broken:
        return as_utf8
    if not declared and (text := decode_ebcdic(data)):
        return text
    declared = "" if declared == "utf-8" else declared
    if beyond_ascii >= _MIN_MIXED_CHARACTERS and (legacy_lines := _legacy_lines(data)):
        encoding = guess_encoding(legacy_lines, declared)
        lines = data.split(b"\n")
        return "\n".join(line.decode("utf-8" if _is_utf8(line) else encoding, "replace") for line in lines)
    return data.decode(guess_encoding(data, declared), "replace")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _legacy_lines(data: bytes) -> bytes:
    """Return the lines that are not UTF-8 of a text with enough lines that are; none of another text."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    utf8_lines = [line for line in lines if _is_utf8(line)]
    characters = sum(not character.isascii() for line in utf8_lines for character in line.decode("utf-8"))
    if characters < _MIN_MIXED_CHARACTERS or len(utf8_lines) < _MIN_UTF8_LINE_SHARE * len(lines):
        return b""
    return b"\n".join(line for line in lines if not _is_utf8(line))


def _escape_encoding(data: bytes, declared: str) -> str:
    """Return the encoding of text that is ASCII with escape sequences; ``""`` where it has none."""
    if declared in _ESCAPE_ENCODINGS and _ESCAPE_ENCODINGS[declared] in data and data.isascii():
        return declared
    if _JAPANESE_ESCAPE.search(data, 0, SAMPLE_BYTES) and data.isascii():
        return "iso2022_jp_ext"
    return "iso2022_kr" if data.startswith(b"\x1b$)C") else ""


def refuse_binary(text: str) -> None:
    """Refuse decoded text that was binary data.

    Zeros are counted apart: pages and logs contain runs of them where a program or a disk failed.

    Raises:
        Unreadable: zeros are more than two fifths of it, or more than 2 % of the rest are other control characters,
            or 3 % with those that bytes beyond ASCII stand for.
    """
    sample = text[:SAMPLE_BYTES]
    sample = sample.rstrip("\0\x1a") or sample  # the end of a text of DOS, and what fills its last block
    zeros = sample.count("\0")
    rest = len(sample) - zeros
    controls = len(_CONTROL.findall(sample)) - zeros
    all_controls = controls + len(_HIGH_CONTROL.findall(sample))
    if zeros * 5 > len(sample) * 2 or controls * 50 > rest or all_controls * 33 > rest:
        raise Unreadable("file.binary", final=True)
