"""Lengths of fields as bytes: one byte a document, exact up to 10 tokens and to 3 % beyond, as Whoosh stores them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from indexer.index.codec.array_file import Longs

Bytes = npt.NDArray[np.uint8]

LENGTH_OF_BYTE: Longs = np.array([round((1.033**byte - 1) * 27) for byte in range(256)])
"""The field length, in tokens, that each length byte means; the formula is that of `whoosh.util.numeric`."""


def length_bytes(lengths: Longs) -> Bytes:
    """Return the byte of each length: the first whose length is not less, 255 beyond all of them."""
    return np.minimum(np.searchsorted(LENGTH_OF_BYTE, lengths), 255).astype(np.uint8)
