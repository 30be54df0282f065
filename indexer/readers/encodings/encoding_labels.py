"""Labels of encodings: the names that web pages and mails use, and the encoding of Python that reads each best."""

from __future__ import annotations

import codecs
import re

_SUPERSETS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "shift_jis_2004": "cp932", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
    "cp950": "big5hkscs", "euc_kr": "cp949", "utf-16": "utf-16-le", "utf-32": "utf-32-le",
}  # fmt: skip
"""Encodings that are read as a larger one, as browsers do, since texts use its characters under their name."""

_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf8mb4 cp65001",
    "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i asmo-708",
    "iso8859-7": "sun_eu_greek",
    "iso8859-8": "csiso88598e iso-8859-8-e visual csiso88598i iso-8859-8-i logical",
    "iso8859-15": "csisolatin9 latin9 l9",
    "koi8-r": "koi koi8", "koi8-u": "koi8-ru",
    "mac-roman": "csmacintosh mac macroman apple-roman", "mac-cyrillic": "mac-ukrainian",
    "mac-latin2": "mac-ce mac-centraleurope",
    "cp874": "dos-874", "cp437": "dos-us", "cp850": "dos-latin-1 dos", "cp866": "dos-cyrillic-ru alt cp866nav",
    "cp932": "windows-31j ms_kanji mskanji csshiftjis", "cp949": "cseuckr csksc56011987 ksc5601-1989 ksc_5601 uhc",
    "gb18030": "csgb2312 gb_2312 gb_2312-80 chinese", "big5hkscs": "cn-big5 csbig5 big5-eten",
    "euc_jp": "cseucpkdfmtjapanese ujis", "hz": "hz-gb-2312", "iso2022_kr": "csiso2022kr",
    "utf-16-be": "unicodefffe", "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
}  # fmt: skip
"""Labels that Python does not know. Most are of the WHATWG Encoding Standard, the others were met in mail."""

_BY_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_CODE_PAGE = re.compile(r"(?:x-)?(?:cp|ibm|dos|windows|win|microsoft-cp|ms|codepage|ansi)[-_ ]?0*(\d{3,5})")
_ISO_8859 = re.compile(r"(?:x-)?iso[-_ ]?8859[-_ ]?(\d{1,2})(?::\d{4})?")
_NOT_TEXT = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "palmos", "mbcs", "oem", "undefined"}
)


def encoding_of_label(label: str) -> str:
    """Return Python's name of the encoding that a label means; ``""`` where the label is unknown."""
    name = label.strip(" \t\r\n\"'").lower()
    if not name or not name.isascii() or "\0" in name:
        return ""
    for spelling in (name, name.removeprefix("x-"), name.removeprefix("x-x-")):
        if encoding := _lookup(spelling):
            return encoding
    return ""


def _lookup(name: str) -> str:
    if name in _BY_LABEL:
        return _BY_LABEL[name]
    if match := _ISO_8859.fullmatch(name):
        name = f"iso-8859-{match.group(1)}"
    elif match := _CODE_PAGE.fullmatch(name):
        name = f"cp{match.group(1)}"
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if codec.name in _NOT_TEXT or not codec._is_text_encoding:  # noqa: SLF001 - base64, zip and others
        return ""
    return _SUPERSETS.get(codec.name, codec.name)
