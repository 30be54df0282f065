"""Change the files of an index as somebody can who knows the format: every checksum and digest is right again."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.index.codec.array_file import _PREAMBLE, ArrayFile, ArrayFileWriter
from indexer.index.manifest import FILE_NAME, _checksum

Arrays = dict[str, Any]
Table = dict[str, Any]


def forge_arrays(path: Path, change: Callable[[Arrays, Table], object]) -> None:
    """Write a file of arrays anew after a change of its arrays and its metadata."""
    file = ArrayFile(path)
    arrays = {name: file.array(name, floats=name.endswith("weights")).all().copy() for name in file.names}
    metadata = json.loads(json.dumps(file.metadata))
    change(arrays, metadata)
    writer = ArrayFileWriter(path)
    for name, values in arrays.items():
        writer.write(name, values)
    writer.close(metadata)


def forge_head(path: Path, change: Callable[[Table], bytes | None]) -> None:
    """Replace the head of a file of arrays by the bytes that ``change`` returns, or by the table that it changed."""
    content = path.read_bytes()
    magic, place, length, _ = _PREAMBLE.unpack_from(content)
    head = json.loads(content[place : place + length])
    encoded = change(head) or json.dumps(head).encode()
    preamble = _PREAMBLE.pack(magic, place, len(encoded), zlib.crc32(encoded))
    path.write_bytes(preamble + content[_PREAMBLE.size : place] + encoded)


def forge_manifest(folder: Path, change: Callable[[Table], object] = lambda _: None) -> None:
    """Record the digests of the files as they are, after a change of the manifest."""
    table = json.loads((folder / FILE_NAME).read_text())
    del table["checksum"], table["format"]
    entries = [table["contents"], *(segment[kind] for segment in table["segments"] for kind in ("file", "deletions"))]
    for entry in entries:
        if entry and (folder / entry["name"]).is_file():
            content = (folder / entry["name"]).read_bytes()
            entry.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    change(table)
    text = json.dumps({"format": "muniment", **table, "checksum": _checksum(table)})
    (folder / FILE_NAME).write_text(text)
