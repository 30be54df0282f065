"""Headers of a mail as text: encoded words, raw bytes beyond ASCII, addresses, and names of attachments."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.message import Message
from email.utils import getaddresses
from itertools import groupby

from indexer.readers.encoding import decode
from indexer.readers.property_values import tidy

DAMAGE = (
    MessageError, LookupError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, binascii.Error,
)  # fmt: skip
"""Errors that the standard library's parser raises for hostile mail."""
MAX_HEADER_CHARACTERS = 100_000
"""Characters of one header that are read."""
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,2000}?)\?=", re.DOTALL)
_ADDRESS = re.compile(r"<[^<>]*>\s*\Z")


def header(mail: Message, name: str) -> str:
    """Return a header as decoded text; ``""`` where there is none."""
    return tidy(decode_words(raw_header(mail, name)))


def raw_header(mail: Message, name: str) -> str:
    """Return a header with its encoded words as they are, and with other bytes than ASCII decoded.

    Bytes beyond ASCII are UTF-8 (RFC 6532), or in the encoding of the mail's text, or in that which suits them best.
    """
    values = (value for key, value in mail.raw_items() if key.lower() == name.lower())
    raw = str(next(values, ""))[:MAX_HEADER_CHARACTERS]
    data = raw.encode("utf-8", "surrogateescape")
    return raw if raw.isascii() and "\x1b" not in raw else decode(data, text_charset(mail))


def text_charset(mail: Message) -> str:
    """Return the declared encoding of the first text in a mail; ``""`` where none is declared."""
    for part in mail.walk():
        if part.get_content_maintype() == "text" and (charset := parameter(part, "charset")):
            return charset
    return ""


def parameter(part: Message, name: str) -> str:
    """Return a parameter of Content-Type; ``""`` where it is missing or damaged."""
    try:
        value = part.get_param(name, "")
    except DAMAGE:
        return ""
    return str(value[2] if isinstance(value, tuple) else value or "")


def decode_words(raw: str) -> str:
    """Decode the encoded words of a header (RFC 2047).

    Adjacent words are joined before they are decoded, as many programs cut them within a character.
    """
    pieces: list[str] = []
    for word_key, group in groupby(_split_words(" ".join(raw.splitlines())), key=lambda piece: piece[:2]):
        texts = [text for _, _, text in group]
        charset, kind = word_key
        if not charset:
            pieces.extend(texts)
        elif kind == "q":
            pieces.append(decode(_quoted_bytes("".join(texts)), charset))
        else:
            pieces.append(decode(_base64_bytes(texts), charset))
    return "".join(pieces)


def _split_words(raw: str) -> Iterator[tuple[str, str, str]]:
    """Yield encoded words as charset, kind and text, other text without a charset, and no spaces between words."""
    end = 0
    for match in _ENCODED_WORD.finditer(raw):
        between = raw[end : match.start()]
        if between.strip() or (between and not end):
            yield "", "", between
        yield match.group(1).lower().partition("*")[0], match.group(2).lower(), match.group(3)
        end = match.end()
    if end < len(raw):
        yield "", "", raw[end:]


def _quoted_bytes(text: str) -> bytes:
    return quopri.decodestring(text.replace("_", " ").encode("utf-8", "replace"))


def _base64_bytes(texts: Iterable[str]) -> bytes:
    """Decode the texts of adjacent words, each of which may be padded, or cut within four letters."""
    letters = re.sub(r"[^A-Za-z0-9+/=]", "", "".join(texts))
    data = b""
    for run in re.findall(r"[^=]+", letters):
        whole = run[:-1] if len(run) % 4 == 1 else run
        data += binascii.a2b_base64(whole + "=" * (-len(whole) % 4))
    return data


def addresses(mail: Message, name: str) -> Iterator[tuple[str, str]]:
    """Yield the names and addresses of a header, such as ``From``.

    Encoded words are decoded after the addresses are separated, since the names in them can contain commas.
    """
    raw = raw_header(mail, name)
    try:
        pairs = [pair for pair in getaddresses([raw]) if any(pair)]
    except DAMAGE:
        pairs = []
    if not pairs and raw:
        pairs = [(_ADDRESS.sub("", raw), "")]
    family_name = ""
    for person, address in pairs:
        if not person and "@" not in address:  # before a comma that is not in quotation marks
            family_name += f"{address}, "
            continue
        yield tidy(decode_words(f"{family_name if person else ''}{person}")).strip("\"' "), tidy(address)
        family_name = ""
    if family_name:
        yield "", tidy(family_name.rstrip(", "))


def attachment_name(part: Message) -> str:
    """Return the name that a mail gives a part; ``""`` where it gives none."""
    # A copy with decoded headers: in the parts themselves raw bytes beyond ASCII are lost before they can be read.
    copy = Message()
    for name in ("Content-Disposition", "Content-Type"):
        if raw := raw_header(part, name):
            copy[name] = " ".join(raw.splitlines())
    for name, parameter_name in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        value = copy.get_param(parameter_name, None, name.lower())
        if isinstance(value, tuple):  # RFC 2231: the charset, the language, and the bytes as characters
            charset, _, text = value
            return tidy(decode(text.encode("latin-1", "replace"), charset or ""))
        if value:
            return tidy(decode_words(str(value)))
    return ""
