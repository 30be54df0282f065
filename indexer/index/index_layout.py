"""The version of the index, its fields and the special values in it, shared by all engines and free of any of them."""

from __future__ import annotations

from corpus.fields import FIELDS, FieldKind

SCHEMA_VERSION = 5
"""Goes up whenever index fields, their meaning or their storage change; an index of another version is rebuilt from
the catalogue."""

INDEX_NAME = "MAIN"
"""The index's name in Whoosh, with which the names of its files begin."""
SEGMENT_FILE = ".mun"
DELETIONS_FILE = ".del"

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
JOINED = {"text": "joined", "title": "title_joined"}
"""The index field that contains the joined words (`indexer.text.joined_words`) of each field of words."""
JOINED_STEMS = {"text": "joined_stem", "title": "title_joined_stem"}
"""The index field that contains the stems of these joined words, with positions."""
MARKED = {"text": "marked", "title": "title_marked"}
"""The index field that contains those words of each field of words that lose marks when they are folded, with them."""
SPAN_MARK = "\x1f"
"""Separates a term of these fields from its span, the number of positions that its parts take."""
VARIANTS = (JOINED, JOINED_STEMS, MARKED)
"""Further forms of some of the words of a field, which count neither in its lengths nor in its frequencies."""
PAGED = "text"
"""The field that contains the words of all texts (pages)."""

ANCHOR_TOKENS = 64
"""Tokens between two stored character offsets of a text: so many are analysed before a passage, at most."""

NUMBER_COLUMNS = ("first_day", "last_day")
"""Columns of numbers, one a document."""
STRING_COLUMNS = ("id", "title_key")
"""Columns of texts that differ from document to document."""
KEYWORD_COLUMNS = tuple(field.name for field in FIELDS if field.kind is FieldKind.KEYWORD and field.name != "id")
"""Columns of texts that many documents share, such as facets."""
