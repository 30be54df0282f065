"""The text of an RTF file by its parts: pages, notes, headers and footers, comments, and the info group."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")  # the bullets of symbol fonts


class _Part(Enum):
    """A part of the file that text belongs to."""

    PAGE = auto()
    NOTE = auto()
    MARGIN = auto()
    COMMENT = auto()
    TEXT_BOX = auto()
    INFO = auto()
    FONTS = auto()
    IGNORED = auto()


_PARTS = {
    **dict.fromkeys(("footnote",), _Part.NOTE),
    **dict.fromkeys(
        ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), _Part.MARGIN
    ),
    "annotation": _Part.COMMENT,
    **dict.fromkeys(("shptxt", "dptxbxtext"), _Part.TEXT_BOX),
    "info": _Part.INFO,
    "fonttbl": _Part.FONTS,
    **dict.fromkeys(
        ("colortbl", "stylesheet", "listtable", "listoverridetable", "list", "listlevel", "listname", "leveltext",
         "levelnumbers", "listoverride", "rsidtbl", "generator", "pict", "objdata",
         "fldinst", "bkmkstart", "bkmkend", "revtbl", "sn", "sv", "shprslt", "nonshppict", "nonesttables", "xe", "tc",
         "atnid", "atnauthor", "atndate", "atnref", "atrfstart", "atrfend", "atntime", "atnicn", "filetbl", "ftnsep",
         "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "themedata", "datafield", "panose", "falt", "fontemb",
         "private", "rxe", "txe"), _Part.IGNORED),
}  # fmt: skip
"""Control words that begin a part, in a group of its own."""
_READ_STARRED = frozenset(
    {"annotation", "shpinst", "shptxt", "do", "dptxbxtext", "ud", "moMath", "moMathPara", "shpgrp"}
)
"""Groups that old programs may pass over and that have text. All others are passed over."""
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "row": "\n", "nestrow": "\n", "column": "\n", "page": "\f", "tab": "\t",
    "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n", b"\t": "\t"}
_CHARSET_ENCODINGS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_ANSI_CHARSET, _SYMBOL_CHARSET = 0, 2
_SINGLE_BYTE_ANSI = frozenset(f"cp{number}" for number in range(1250, 1259))
"""Code pages of a file in which a font of the ANSI character set is in code page 1252 all the same."""
_INFO_TEXTS = frozenset({"title", "author"})
_INFO_TIMES = frozenset({"creatim", "revtim"})
_ENCODING_WORDS = {"ansi": "cp1252", "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}


@dataclass(frozen=True, slots=True)
class _State:
    """The formatting and destination in force inside one group of an RTF file.

    Attributes:
        part: the part that its text belongs to.
        group: number of the group that began the part, 0 for the pages.
        info: the entry of the info group, or ``""``.
        font: number of the font.
        fallback_bytes: bytes that follow a Unicode character for programs that do not know it.
        is_hidden: whether the text is hidden.
        is_deleted: whether it was deleted under change tracking.
    """

    part: _Part = _Part.PAGE
    group: int = 0
    info: str = ""
    font: int = -1
    fallback_bytes: int = 1
    is_hidden: bool = False
    is_deleted: bool = False


@dataclass(slots=True)
class RtfText:
    """The texts of an RTF file.

    Attributes:
        pages: the pages, with the notes of each at its end.
        margins: headers and footers.
        comments: the comments.
        info: the title and author of the info group, by their control words.
        times: year, month and day of the times in the info group; 0 for what is missing.
    """

    pages: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    times: dict[str, dict[str, int]] = field(default_factory=dict)


def read_rtf_text(data: bytes) -> RtfText:
    """Return the texts of an RTF file. Whatever is no RTF is passed over."""
    return _RtfReader(data).read()


class _RtfContent:
    """The groups of an RTF file and their texts, while the file is read."""

    def __init__(self) -> None:
        self._text = RtfText()
        self._state = _State()
        self._groups: list[_State] = []
        self._group_count = 0
        self._pieces: dict[int, list[str]] = {0: []}  # of each open part, by the group that began it
        self._notes: list[str] = []  # of the current page
        self._bytes = bytearray()  # not yet decoded
        self._skip = 0  # bytes that only repeat a Unicode character
        self._is_starred = False
        self._encoding = "cp1252"
        self._font_encodings: dict[int, str] = {}
        self._defined_font = 0

    def _begin_group(self) -> None:
        self._flush()
        self._groups.append(self._state)
        self._group_count += 1
        self._skip, self._is_starred = 0, False

    def _end_group(self) -> None:
        self._flush()
        self._skip, self._is_starred = 0, False
        ended, self._state = self._state, self._groups.pop() if self._groups else _State()
        if ended.group == self._state.group:
            return
        text = "".join(self._pieces.pop(ended.group, ())).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if ended.part is _Part.NOTE:
            self._notes.append(text.strip())
        elif ended.part is _Part.MARGIN:
            self._text.margins.append(text)
        elif ended.part is _Part.COMMENT:
            self._text.comments.append(text)
        elif ended.part is _Part.TEXT_BOX:
            self._add_text(f"\n{text.strip()}\n")
        elif ended.info in _INFO_TEXTS and text.strip():
            self._text.info.setdefault(ended.info, text)

    def _begin_part(self, part: _Part, info: str = "") -> None:
        self._pieces[self._group_count] = []
        self._state = replace(self._state, part=part, group=self._group_count, info=info)

    def _default_font(self) -> int:
        return self._groups[0].font if self._groups else -1

    def _add_unicode(self, number: int) -> None:
        self._flush()
        self._add_text(_PRIVATE_USE.sub("", chr(number & 0xFFFF)))
        self._skip = self._state.fallback_bytes

    def _add_symbol(self, text: str) -> None:
        self._flush()
        if self._skip:
            self._skip -= 1
        elif text == "\f" and self._state.part is _Part.PAGE:
            self._finish_page()
        else:
            self._add_text(text)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        self._bytes += data[skipped:]

    def _flush(self) -> None:
        """Decode the bytes that were read, which can have several for one character."""
        if not self._bytes:
            return
        encoding = self._font_encodings.get(self._state.font, self._encoding)
        data, self._bytes = bytes(self._bytes), bytearray()
        # A symbol font has bullets and arrows in place of letters.
        self._add_text(data.decode(encoding, "ignore") if encoding else "•" if data in {b"\xb7", b"\xa7"} else "")

    def _add_text(self, text: str) -> None:
        is_read = self._state.part not in {_Part.IGNORED, _Part.FONTS}
        if is_read and not self._state.is_hidden and not self._state.is_deleted and self._groups:
            self._pieces[self._state.group].append(text)

    def _finish_page(self) -> None:
        text = "".join(self._pieces[0]).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self._text.pages.append("\n".join((text, *self._notes)))
        self._pieces[0], self._notes = [], []


class _RtfReader(_RtfContent):
    """One pass over an RTF file, without recursion, since groups can be nested 500,000 deep."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._position = 0

    def read(self) -> RtfText:
        while match := _TOKEN.match(self._data, self._position):
            self._position = match.end()
            if match.group() == b"{":
                self._begin_group()
            elif match.group() == b"}":
                self._end_group()
                if not self._groups:
                    break
            else:
                self._read_token(match)
        while self._groups:
            self._end_group()
        self._finish_page()
        return self._text

    def _read_token(self, match: re.Match[bytes]) -> None:
        word, number, hexadecimal, symbol, _, literal = match.groups()
        if word is not None:
            self._read_word(word.decode("ascii"), int(number) if number else None)
        elif hexadecimal is not None:
            self._add_bytes(bytes.fromhex(hexadecimal.decode("ascii")))
        elif literal is not None:
            self._add_bytes(literal)
        elif symbol == b"*":
            self._is_starred = True
        elif symbol in _SYMBOLS:
            self._add_symbol(_SYMBOLS[symbol])

    def _read_word(self, word: str, number: int | None) -> None:
        starred, self._is_starred = self._is_starred, False
        if word == "bin":
            self._position += max(number or 0, 0)
            return
        if self._state.part is _Part.IGNORED:
            return
        if starred and word not in _READ_STARRED:
            self._begin_part(_Part.IGNORED)
        elif word in _PARTS and (word != "info" or self._state.part is _Part.PAGE):
            self._begin_part(_PARTS[word])
        elif self._state.part is _Part.INFO:
            self._read_info_word(word, number)
        elif self._state.part is _Part.FONTS:
            self._read_font_word(word, number or 0)
        elif word == "u":
            self._add_unicode(number or 0)
        elif word in _CHARACTERS:
            self._add_symbol(_CHARACTERS[word])
        else:
            self._read_format_word(word, number)

    def _read_info_word(self, word: str, number: int | None) -> None:
        if word in _INFO_TEXTS | _INFO_TIMES or word in {"subject", "operator", "keywords", "doccomm", "company"}:
            self._begin_part(_Part.INFO, word)
        elif word in {"yr", "mo", "dy"} and self._state.info in _INFO_TIMES:
            self._text.times.setdefault(self._state.info, {}).setdefault(word, number or 0)
        elif word == "u":
            self._add_unicode(number or 0)
        elif word in {"uc", "upr", "ud"}:
            self._read_format_word(word, number)

    def _read_font_word(self, word: str, number: int) -> None:
        if word == "f":
            self._defined_font = number
        elif word == "fcharset" and (number in _CHARSET_ENCODINGS or number == _SYMBOL_CHARSET):
            self._font_encodings[self._defined_font] = _CHARSET_ENCODINGS.get(number, "")
        elif word == "fcharset" and number == _ANSI_CHARSET and self._encoding in _SINGLE_BYTE_ANSI:
            self._font_encodings[self._defined_font] = "cp1252"
        elif word == "cpg" and _is_code_page(number):
            self._font_encodings[self._defined_font] = f"cp{number}"

    def _read_format_word(self, word: str, number: int | None) -> None:
        is_on = number != 0
        changes: dict[str, Callable[[], _State]] = {
            "f": lambda: replace(self._state, font=number or 0),
            "uc": lambda: replace(self._state, fallback_bytes=max(number or 0, 0)),
            "upr": lambda: replace(self._state, is_hidden=True),  # its text follows once more, in Unicode
            "ud": lambda: replace(self._state, is_hidden=False),
            "v": lambda: replace(self._state, is_hidden=is_on),
            "htmlrtf": lambda: replace(self._state, is_hidden=is_on),  # what a mail in HTML has for RTF alone
            "deleted": lambda: replace(self._state, is_deleted=is_on),
            "plain": lambda: replace(self._state, is_hidden=False, is_deleted=False, font=self._default_font()),
        }
        if word in changes:
            self._flush()
            self._state = changes[word]()
        elif word == "deff":
            self._state = replace(self._state, font=number or 0)
            self._groups[0:1] = [replace(group, font=number or 0) for group in self._groups[0:1]]
        elif word in _ENCODING_WORDS:
            self._encoding = _ENCODING_WORDS[word]
        elif word == "ansicpg" and _is_code_page(number or 0):
            self._encoding = f"cp{number}"


def _is_code_page(number: int) -> bool:
    try:
        return bool("a".encode(f"cp{number}"))
    except LookupError:
        return False
