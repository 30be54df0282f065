"""UTF-16 and UTF-32 without a byte order mark, recognised by their zero bytes or control bytes."""

from __future__ import annotations

import re

_SAMPLE_BYTES = 1 << 13
_MIN_COMMON_SHARE = 0.95
"""Least share of characters that everyday texts consist of. The other byte order makes them letters of rare scripts."""
_MIN_ZERO_SHARE = 0.02
"""Least share of zero bytes. A page with a few stray ones is no UTF-16; Chinese text has them in its line ends."""
_MAX_STRAY_ZERO_SHARE, _MIN_ASCII_SHARE = 0.25, 0.9
"""A text with fewer zero bytes, and with so much printable ASCII, is a text of single bytes with stray zeros."""
_MIN_CONTROL_SHARE = 0.03
"""Least share of control bytes in text without spaces or line ends. Text of single bytes has hardly any."""
_MIN_BYTES_WITHOUT_ZEROS = 32
_CONTROL_BYTES = bytes(code for code in range(1, 32) if code not in b"\t\n\x0c\r\x1b")
_ASCII_BYTES = b"\t\n\r" + bytes(range(32, 127))
_COMMON = re.compile(
    "[\t\n\r\f -~\xa0-\u024f\u0370-\u06ff\u0900-\u0fff\u10a0-\u10ff\u1200-\u137f\u1780-\u17dd\u1e00-\u1eff\u2010-\u203a"
    "\u20ac\u2116\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff5e]"
)
_ORDERS = {
    "utf-16": (("utf-16-le", 2), ("utf-16-be", 2)),
    "utf-32": (("utf-32-le", 4), ("utf-32-be", 4)),
}


def wide_encoding(data: bytes, declared: str = "") -> str:
    """Return the UTF-16 or UTF-32 encoding of a text without a byte order mark; ``""`` where it is in neither.

    Args:
        data: bytes of the text.
        declared: the encoding that it declares. Texts with neither zero bytes nor control bytes are read as UTF-16
            only if they say so.
    """
    sample = data[:_SAMPLE_BYTES]
    # A declaration that could be read as ASCII is false where it says UTF-16.
    is_declared = declared.startswith(("utf-16", "utf-32")) and not sample.isascii()
    if len(sample) < 4 or not (is_declared or _has_wide_bytes(sample)):
        return ""
    shares = {name: _common_share(sample, name, width) for row in _ORDERS.values() for name, width in row}
    best = max(shares, key=lambda name: (shares[name], name == declared))
    return best if shares[best] >= _MIN_COMMON_SHARE else ""


def _has_wide_bytes(sample: bytes) -> bool:
    """Return whether a sample has the zero bytes or the control bytes of UTF-16."""
    zeros = sample.count(0)
    if zeros < _MIN_ZERO_SHARE * len(sample):
        controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
        return len(sample) >= _MIN_BYTES_WITHOUT_ZEROS and controls >= _MIN_CONTROL_SHARE * len(sample)
    ascii_bytes = len(sample) - len(sample.translate(None, _ASCII_BYTES))
    is_stray = zeros < _MAX_STRAY_ZERO_SHARE * len(sample) and ascii_bytes >= _MIN_ASCII_SHARE * (len(sample) - zeros)
    return not is_stray


def _common_share(sample: bytes, encoding: str, width: int) -> float:
    text = sample[: len(sample) // width * width].decode(encoding, "replace").rstrip("\ufffd")
    return len(_COMMON.findall(text)) / len(text) if text else 0.0
