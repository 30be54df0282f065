"""S/MIME: the mail inside an opaque signature (CMS SignedData, RFC 5652)."""

from __future__ import annotations

_DATA = bytes.fromhex("06092a864886f70d010701")  # the object identifier of the signed content
_SIGNED = bytes.fromhex("06092a864886f70d010702")
_OCTETS, _CONSTRUCTED_OCTETS, _EXPLICIT = 0x04, 0x24, 0xA0
_MAX_DEPTH = 10


def signed_content(data: bytes) -> bytes:
    """Return the content of a CMS structure that is signed; none where it is encrypted or damaged."""
    if _SIGNED not in data[:64]:
        return b""
    start = data.find(_DATA)
    if start < 0:
        return b""
    try:
        return _octets(data, start + len(_DATA), 0)[0]
    except (IndexError, ValueError):
        return b""


def _octets(data: bytes, position: int, depth: int) -> tuple[bytes, int]:
    """Return the bytes of the octet strings in the element at a position, and the position after it."""
    tag, length = data[position], data[position + 1]
    position += 2
    if length > 0x80:
        size = length & 0x7F
        if size > 8:
            raise ValueError("no length")
        length = int.from_bytes(data[position : position + size], "big")
        position += size
    elif length == 0x80:
        length = -1  # indefinite: up to two zero bytes
    if tag == _OCTETS and length >= 0:
        return data[position : position + length], position + length
    if tag not in {_EXPLICIT, _CONSTRUCTED_OCTETS} or depth > _MAX_DEPTH:
        raise ValueError("no octet string")
    pieces: list[bytes] = []
    end = position + length
    while position < end if length >= 0 else data[position : position + 2] != b"\0\0":
        piece, position = _octets(data, position, depth + 1)
        pieces.append(piece)
    return b"".join(pieces), position if length >= 0 else position + 2
