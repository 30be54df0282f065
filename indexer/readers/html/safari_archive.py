"""Pages saved by Safari (.webarchive): the page in a property list is read as a web page."""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.document import DocumentText, Extraction, Page, Role
from indexer.readers.html.html_reader import body_text, decode_page, parse, read_source, refuse_hostile
from indexer.readers.property_values import tidy
from indexer.readers.reader_protocol import Limits, Unreadable, read_capped

MEDIA_TYPE = "application/x-webarchive"
MAX_FRAMES = 200
"""Frames of a saved page that are read."""
_DAMAGE = (
    plistlib.InvalidFileException, ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError,
    struct.error, MemoryError,
)  # fmt: skip


def read_safari_archive(path: Path, limits: Limits) -> Extraction:
    """Read a saved web page. The texts of its frames and its web address are boilerplate; its images are not read.

    Raises:
        Unreadable: it is damaged or contains no web page.
    """
    data, cut_reason = read_capped(path, limits)
    try:
        saved = plistlib.loads(data)
        main = saved["WebMainResource"]
        source = _source(main)
        frames = list(saved.get("WebSubframeArchives", ()))[:MAX_FRAMES]
    except _DAMAGE as error:
        raise Unreadable("file.damaged-archive") from error
    extraction = read_source(source, cut_reason, limits)
    texts = dict.fromkeys(filter(None, (*_frame_texts(frames), tidy(main.get("WebResourceURL")))))
    surrounding = (Page(1, text, role=Role.BOILERPLATE) for text in texts)
    text = DocumentText.of((*extraction.text.all_texts, *surrounding))
    return replace(extraction, reader="safari", media_type=MEDIA_TYPE, text=text)


def _source(resource: dict[str, Any]) -> str:
    return decode_page(resource["WebResourceData"], str(resource.get("WebResourceTextEncodingName") or ""))


def _frame_texts(frames: list[Any]) -> Iterator[str]:
    for frame in frames:
        try:
            source = _source(frame["WebMainResource"])
            refuse_hostile(source)
            yield body_text(parse(source))
        except (Unreadable, *_DAMAGE):
            continue
