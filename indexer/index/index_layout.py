"""The version of the index and the special values in it, shared by all engines and free of any of them."""

from __future__ import annotations

SCHEMA_VERSION = 2
"""Goes up whenever index fields or their meaning change; an index of another version is rebuilt from the catalogue."""

FIELDS_BEFORE_RECORDED = ("author", "category", "country", "format", "id", "language", "state")
"""Keyword fields of an index whose manifest does not list them, as those of version 0.1 do not."""

UNDATED = 0
"""First and last day of a document without a date. Days are proleptic Gregorian ordinals, so day 1 is the first."""
OPEN_START = 1
"""First day of a date whose start is open."""
OPEN_END = 3_652_059
"""Last day of a date whose end is open: 9999-12-31."""

SEPARATOR = "\x1f"
"""Separates the values of a field that may have several (authors)."""

WORDS = ("text", "title", "file")
"""Index fields of folded words with positions."""
STEMS = {"text": "stem", "title": "title_stem"}
"""The index field that contains the stems of each field of words; file names are not stemmed."""
PAGED, PAGES = "text", "page_lengths"
"""The field that contains the words of all texts (pages), and the column of the number of words in each text."""
