"""Write OLE compound files and their property sets, as old Office files and Outlook messages are made of."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SUMMARY = "\x05SummaryInformation"
Storage = dict[str, "bytes | Storage"]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    content: bytes = b""
    child: int = FREE
    right: int = FREE
    start: int = END


@dataclass
class _Sectors:
    """Sectors of one size with the table that chains them."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append content and return its first sector."""
        count = -(-len(content) // self.size)
        if not count:
            return END
        start = len(self.chain)
        self.chain += [*range(start + 1, start + count), END]
        self.data += content.ljust(count * self.size, b"\0")
        return start


def ole_file(streams: Storage) -> bytes:
    """Return a compound file with these streams and storages of streams."""
    entries = [_Entry("Root Entry", 5)]
    _add_entries(entries, 0, streams)
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    for entry in entries:
        if entry.kind == 2:
            entry.start = (mini if len(entry.content) < CUTOFF else sectors).add(entry.content)
    entries[0].content = bytes(mini.data)
    entries[0].start = sectors.add(entries[0].content)
    mini_start = sectors.add(b"".join(struct.pack("<I", number) for number in mini.chain).ljust(SECTOR, b"\xff"))
    directory = sectors.add(b"".join(map(_pack, entries)))
    fat_count = 1
    while (len(sectors.chain) + fat_count) * 4 > fat_count * SECTOR:
        fat_count += 1
    fat_start = len(sectors.chain)
    sectors.chain += [FAT_SECTOR] * fat_count
    fat = b"".join(struct.pack("<I", number) for number in sectors.chain).ljust(fat_count * SECTOR, b"\xff")
    difat = [*range(fat_start, fat_start + fat_count)] + [FREE] * (109 - fat_count)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, fat_count,
        directory, 0, CUTOFF, mini_start, 1, END, 0, *difat,
    )  # fmt: skip
    return header + bytes(sectors.data) + fat


def _add_entries(entries: list[_Entry], parent: int, streams: Storage) -> None:
    previous = None
    for name, content in sorted(streams.items(), key=lambda item: (len(item[0]), item[0].upper())):
        number = len(entries)
        entries.append(_Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1))
        if previous is None:
            entries[parent].child = number
        else:
            entries[previous].right = number
        previous = number
        if not isinstance(content, bytes):
            _add_entries(entries, number, content)


def _pack(entry: _Entry) -> bytes:
    name = f"{entry.name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", name, len(name), entry.kind, 1, FREE, entry.right, entry.child, b"", 0, 0, 0, entry.start,
        len(entry.content),
    )  # fmt: skip


def file_time(moment: dt.datetime) -> bytes:
    """Return a moment in UTC as Windows counts it."""
    return struct.pack("<Q", int((moment - dt.datetime(1601, 1, 1, tzinfo=dt.UTC)).total_seconds() * 10_000_000))


def summary(encoding: str, code_page: int, texts: dict[int, str], times: dict[int, dt.datetime]) -> bytes:
    """Return a stream SummaryInformation with texts (2 title, 4 author) and times (12 created, 13 saved)."""
    values = {1: struct.pack("<Ih2x", 2, code_page)}
    for number, text in texts.items():
        data = text.encode(encoding) + b"\0"
        values[number] = struct.pack("<II", 30, len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")
    for number, moment in times.items():
        values[number] = struct.pack("<I", 64) + file_time(moment)
    offset = 8 + 8 * len(values)
    index, body = b"", b""
    for number, value in values.items():
        index += struct.pack("<II", number, offset + len(body))
        body += value
    section = struct.pack("<II", offset + len(body), len(values)) + index + body
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0x20005, b"", 1)
    format_id = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
    return head + format_id + struct.pack("<I", 48) + section
