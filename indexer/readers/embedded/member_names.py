"""Names of the files in an archive whose encoding it does not record, decoded together."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from zipfile import ZipInfo

from indexer.readers.encodings.encoding_guess import guess_encoding

_NAME_PRIOR_BITS = {
    "cp437": 1, "cp850": 0, "cp866": 0, "cp932": 0, "gb18030": 0, "cp949": 0, "big5hkscs": 2, "cp1251": 2, "cp1252": 3,
    "cp852": 2, "cp1250": 4, "cp737": 2, "cp1253": 4, "cp862": 2, "cp1255": 4, "cp720": 2, "cp1256": 4, "cp857": 3,
    "cp1254": 4, "cp775": 4, "cp1257": 5, "cp874": 3, "koi8-r": 5, "koi8-u": 6, "euc_jp": 5, "mac-roman": 6,
    "mac-cyrillic": 8, "cp1125": 6,
}  # fmt: skip
"""The encodings of names: Windows writes them in the DOS code page of the country, some programs in the Windows one."""
_LINE_SIGN = re.compile("[\u2500-\u259f]")
_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075  # the extra field of Info-ZIP with the name in UTF-8


def decode_names(raw_names: Sequence[bytes]) -> list[str]:
    """Return names as text: each that is UTF-8 as such, and all others in the encoding that suits them together."""
    texts: list[str | None] = []
    for raw in raw_names:
        try:
            texts.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            texts.append(None)
    others = b"\n".join(raw for raw, text in zip(raw_names, texts, strict=True) if text is None)
    encoding = guess_encoding(others, prior_bits=_possible_encodings(others)) if others else "utf-8"
    return [
        raw.decode(encoding, "replace") if text is None else text for raw, text in zip(raw_names, texts, strict=True)
    ]


def _possible_encodings(names: bytes) -> dict[str, int]:
    """Return the encodings to try with their bits: those in which no name has signs that draw lines."""
    possible = {
        encoding: bits
        for encoding, bits in _NAME_PRIOR_BITS.items()
        if not _LINE_SIGN.search(names.decode(encoding, "replace"))
    }
    return possible or _NAME_PRIOR_BITS


def zip_names(infos: Sequence[ZipInfo]) -> list[str]:
    """Return the names of the members of a zip file, with ``/`` between folders.

    A name without the flag for UTF-8 may be in any code page, which zipfile decodes as code page 437.
    """
    recorded = [_recorded_name(info) for info in infos]
    unrecorded = [_raw_name(info) for info, name in zip(infos, recorded, strict=True) if name is None]
    guessed = iter(decode_names(unrecorded))
    names = (name if name is not None else next(guessed) for name in recorded)
    # Programs of Windows also write backslashes, which are no part of a file's name there.
    return [name.partition("\0")[0].replace("\\", "/") for name in names]


def _raw_name(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", "replace")


def _recorded_name(info: ZipInfo) -> str | None:
    """Return a member's name where its encoding is recorded; None where it is not."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and size > 5 and field[1:5] == struct.pack("<I", zlib.crc32(_raw_name(info))):
            return field[5:].decode("utf-8", "replace")
    return None


def is_document(name: str) -> bool:
    """Return whether a member of this name is a document: no folder, no hidden file, none that macOS adds."""
    steps = [step for step in name.split("/") if step not in {"", ".", ".."}]
    is_hidden = any(step.startswith(".") or step == "__MACOSX" for step in steps)
    return bool(steps) and not name.endswith("/") and not is_hidden
