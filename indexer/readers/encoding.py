"""Bytes to text: byte order mark, declared encoding, UTF-8, a guess, and Windows-1252 as the last word."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from indexer.readers.reader_protocol import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do: pages that call themselves Latin-1 are Windows-1252, which has the quotes they use.
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE = 1 << 16
"""Bytes an encoding is guessed from."""


def decode(data: bytes, declared: str = "") -> str:
    """Text of ``data``.

    Args:
        data: the file's bytes.
        declared: encoding the document names for itself, or ``""``; believed only where the bytes allow it.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in _likely(declared):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_guessed(data), "replace")


def _likely(declared: str) -> tuple[str, ...]:
    name = declared.strip().lower()
    name = _READ_AS.get(name, name)
    try:
        # UTF-16 without a mark cannot hold an ASCII declaration that it is UTF-16.
        known = "" if not name or name.startswith("utf-16") or "\0" in name else codecs.lookup(name).name
    except LookupError:
        known = ""
    # UTF-8 first: a text that happens to be valid UTF-8 and is not is rarer than a false declaration.
    return ("utf-8", known) if known and known in _TEXT_ENCODINGS else ("utf-8",)


_TEXT_ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        "big5", "big5hkscs", "cp932", "cp949", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256",
        "cp1257", "cp1258", "cp874", "cp866", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "iso-2022-jp",
        "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9",
        "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "mac-roman",
        "shift-jis", "tis-620", "utf-8",
    )
)  # fmt: skip


# The letters each code page is used for, most widely used first. What a wrong page makes of a text is other letters
# or signs; letters that several languages share but one page seldom needs are left out of it.
_LETTERS = {
    "cp1252": frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüœßÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜŒªº"),
    "cp1250": frozenset("ąćęłńóśźżáčďéěíňřšťúůýžőűöüăâîşţđäôľĺŕßĄĆĘŁŃŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰÖÜĂÂÎŞŢĐ"),
    "cp1254": frozenset("çğıöşüâîûÇĞİÖŞÜ"),
}


def _guessed(data: bytes) -> str:
    """The likeliest encoding; among Latin code pages, which statistics confuse, by the letters each is made for."""
    best = from_bytes(data[:SAMPLE]).best()
    if best and not all("Latin" in name or name in _NEUTRAL for name in best.alphabets):
        return best.encoding
    high = bytes(byte for byte in data[:SAMPLE] if byte >= 0x80)
    return max(_LETTERS, key=lambda page: sum(letter in _LETTERS[page] for letter in high.decode(page, "replace")))


_NEUTRAL = frozenset(
    {"Control character", "General Punctuation", "Spacing Modifier Letters", "Currency Symbols", "Letterlike Symbols"}
)


def refuse_binary(text: str) -> None:
    """See that decoded text is text.

    Raises:
        Unreadable: it holds zeros, or more control characters than any text has.
    """
    sample = text[:SAMPLE]
    if "\0" in sample or len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise Unreadable("binary content, not text", final=True)
