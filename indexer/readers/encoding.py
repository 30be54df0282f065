"""Decode bytes to text: by byte order mark, as UTF-8, by the declared encoding, or by statistics."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from indexer.readers.reader_protocol import Unreadable

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# As browsers do: text declared as Latin-1 is read as Windows-1252, whose quotation marks it uses.
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
SAMPLE_BYTES = 1 << 16
"""Bytes from the beginning of a file that its encoding is guessed from."""


def decode(data: bytes, declared: str = "") -> str:
    """Decode bytes to text; what cannot be decoded becomes U+FFFD.

    Args:
        data: the file's bytes.
        declared: the encoding that the document declares, or ``""``; used only where it decodes all bytes.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    for encoding in _encodings_to_try(declared):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_guess_encoding(data), "replace")


def _encodings_to_try(declared: str) -> tuple[str, ...]:
    name = declared.strip().lower()
    name = _ALIASES.get(name, name)
    try:
        # A declaration that could be read as ASCII is false where it says UTF-16.
        encoding = "" if not name or name.startswith("utf-16") or "\0" in name else codecs.lookup(name).name
    except LookupError:
        encoding = ""
    # UTF-8 first: text in another encoding that is valid UTF-8 by chance is rarer than a false declaration.
    return ("utf-8", encoding) if encoding and encoding in _TEXT_ENCODINGS else ("utf-8",)


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


# Letters that texts in each code page use, most widely used page first. Decoded with a wrong page, a text shows other
# letters or symbols. Letters that several pages share are listed only for those that often need them.
_CODE_PAGE_LETTERS = {
    "cp1252": frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüœßÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜŒªº"),
    "cp1250": frozenset("ąćęłńóśźżáčďéěíňřšťúůýžőűöüăâîşţđäôľĺŕßĄĆĘŁŃŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰÖÜĂÂÎŞŢĐ"),
    "cp1254": frozenset("çğıöşüâîûÇĞİÖŞÜ"),
}


def _guess_encoding(data: bytes) -> str:
    """Return the likeliest encoding. Latin code pages, which statistics confuse, are distinguished by their letters."""
    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best and not all("Latin" in name or name in _NEUTRAL_ALPHABETS for name in best.alphabets):
        return best.encoding
    non_ascii = bytes(byte for byte in data[:SAMPLE_BYTES] if byte >= 0x80)

    def known_letters(page: str) -> int:
        return sum(letter in _CODE_PAGE_LETTERS[page] for letter in non_ascii.decode(page, "replace"))

    return max(_CODE_PAGE_LETTERS, key=known_letters)


_NEUTRAL_ALPHABETS = frozenset(
    {"Control character", "General Punctuation", "Spacing Modifier Letters", "Currency Symbols", "Letterlike Symbols"}
)


def refuse_binary(text: str) -> None:
    """Refuse decoded text that was binary data.

    Raises:
        Unreadable: it contains zeros, or control characters are more than 2 % of it.
    """
    sample = text[:SAMPLE_BYTES]
    if "\0" in sample or len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise Unreadable("file.binary", final=True)
