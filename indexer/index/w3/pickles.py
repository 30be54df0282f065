"""Pickles written as arrays: what Whoosh unpickles from a block, without a Python object a posting.

The opcodes are those of `pickletools`, protocol 3 and below; any Python reads them. Small sequences of numbers are
tuples; long ones are `array.array`, which loads by copying memory and which NumPy reads in place.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

Longs = npt.NDArray[np.int64]

PROTOCOL = b"\x80\x03"
END = b"\x87."
"""Ends a pickle that is a tuple of three."""
NONE = b"N"

_TUPLE_LIMIT = 64  # numbers; from here on an array is smaller and faster
_MARK, _TUPLE, _BYTES, _SHORT_BYTES = b"(", b"t", b"B", b"C"
_BYTE_NUMBER, _SHORT_NUMBER, _LONG_NUMBER = b"KMJ"
_LIST_HEAD = np.frombuffer(b"\x80\x02](", np.uint8)  # protocol, empty list, mark
_LIST_TAIL = np.frombuffer(b"e.", np.uint8)  # append what came since the mark, stop
_COUNT = 4  # bytes of the count before a list of positions
_FRAME = _COUNT + len(_LIST_HEAD) + len(_LIST_TAIL)


def numbers(values: Sequence[int]) -> bytes:
    """Opcodes of a sequence of unsigned numbers."""
    if len(values) < _TUPLE_LIMIT:
        return _inner(tuple(values))
    top = max(values)
    return _inner(array("B" if top < 1 << 8 else "H" if top < 1 << 16 else "I", values))


def weights(values: Sequence[float]) -> bytes:
    """Opcodes of the weights of a block: nothing when all are 1, one float when all are equal."""
    first = values[0]
    if values.count(first) == len(values):
        return NONE if first == 1.0 else _inner(float(first))
    if len(values) < _TUPLE_LIMIT:
        return _inner(tuple(values))
    return numbers(values) if isinstance(first, int) else _inner(array("f", values))  # type: ignore[arg-type]


def single(value: float) -> bytes:
    """Opcodes of a tuple of one number."""
    return _inner((value,))


def byte_string(raw: bytes) -> bytes:
    """Opcodes of a byte string."""
    return _BYTES + len(raw).to_bytes(4, "little") + raw


def items(raw: bytes) -> bytes:
    """Opcodes of a tuple of things that are already opcodes."""
    return _MARK + raw + _TUPLE


def byte_items(values: list[bytes]) -> tuple[bytes, Longs]:
    """Opcodes of many byte strings end to end, and where each ends; the first end is 0."""
    sizes = list(map(len, values))
    heads = map(_HEADS.__getitem__, sizes)
    coded = b"".join(chain.from_iterable(zip(heads, values, strict=True)))
    lengths = np.array(sizes, np.int64)
    ends = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(lengths + np.where(lengths < 256, 2, 5), out=ends[1:])
    return coded, ends


class _Heads(dict[int, bytes]):
    """The opcode and length before a byte string of each length."""

    def __missing__(self, size: int) -> bytes:
        head = self[size] = _SHORT_BYTES + bytes([size]) if size < 256 else _BYTES + size.to_bytes(4, "little")
        return head


_HEADS = _Heads()


def position_items(deltas: Longs, starts: Longs) -> tuple[bytes, Longs]:
    """Opcodes of the positions values of many postings end to end, and where each ends; the first end is 0.

    ``deltas`` are the gaps between the positions of each posting, all of them in one row; ``starts`` says where in it
    each posting begins.
    """
    counts = np.diff(starts, append=len(deltas))
    sizes = 2 + (deltas > 0xFF) + 2 * (deltas > 0xFFFF)
    before = np.cumsum(sizes) - sizes
    lengths = np.add.reduceat(sizes, starts) + _FRAME
    is_long = lengths > 0xFF
    ends = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(lengths + np.where(is_long, 5, 2), out=ends[1:])
    out = np.empty(int(ends[-1]), np.uint8)
    bodies = ends[1:] - lengths
    _put_lengths(out, ends[:-1], lengths, is_long)
    _put(out, bodies, counts.astype(">u4").view(np.uint8).reshape(-1, _COUNT))
    _put(out, bodies + _COUNT, _LIST_HEAD)
    _put(out, ends[1:] - len(_LIST_TAIL), _LIST_TAIL)
    shift = bodies + _COUNT + len(_LIST_HEAD) - before[starts]
    _put_numbers(out, before + np.repeat(shift, counts), deltas)
    return out.tobytes(), ends


def _put(out: npt.NDArray[np.uint8], at: Longs, rows: npt.NDArray[np.uint8]) -> None:
    """Write each row of bytes from its place on; a single row is written to every place."""
    for column in range(rows.shape[-1]):
        out[at + column] = rows[..., column]


def _put_lengths(out: npt.NDArray[np.uint8], at: Longs, lengths: Longs, is_long: npt.NDArray[np.bool_]) -> None:
    out[at] = np.where(is_long, _BYTES[0], _SHORT_BYTES[0])
    out[at + 1] = lengths & 0xFF
    long = np.flatnonzero(is_long)
    _put(out, at[long] + 1, lengths[long].astype("<u4").view(np.uint8).reshape(-1, 4))


def _put_numbers(out: npt.NDArray[np.uint8], at: Longs, values: Longs) -> None:
    out[at] = _BYTE_NUMBER
    out[at + 1] = values & 0xFF
    wide = np.flatnonzero(values > 0xFF)
    if not len(wide):
        return
    out[at[wide]] = np.where(values[wide] > 0xFFFF, _LONG_NUMBER, _SHORT_NUMBER)
    out[at[wide] + 2] = values[wide] >> 8 & 0xFF
    wider = wide[values[wide] > 0xFFFF]
    _put(out, at[wider] + 3, (values[wider] >> 16).astype("<u2").view(np.uint8).reshape(-1, 2))


def _inner(value: object) -> bytes:
    return pickle.dumps(value, 3)[len(PROTOCOL) : -1]
