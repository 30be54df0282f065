"""The Whoosh schema, derived from the table of fields.

Only stock Whoosh types are used, and tokens reach Whoosh already analysed, so any Whoosh of the pinned line can open
and query an index without this package. ``text`` and ``title`` hold folded words with positions; ``stem`` and
``title_stem`` hold language-tagged stems with weights only, which is all that ranking reads.
"""

from __future__ import annotations

from whoosh import columns, fields
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer

from corpus.fields import FIELDS, FieldKind
from indexer.index.index_layout import UNDATED


def schema() -> fields.Schema:
    """Return a new schema: words, stems, one column per facet, first and last day, title order, words per page."""
    made = fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=columns.VarBytesColumn()),
        text=_words(), title=_words(), file=_words(), stem=_stems(), title_stem=_stems(),
        first_day=fields.NUMERIC(int, bits=32, signed=False, sortable=True, default=UNDATED),
        last_day=fields.NUMERIC(int, bits=32, signed=False, sortable=True, default=UNDATED),
        title_key=fields.ID(sortable=columns.VarBytesColumn()),
        page_lengths=fields.COLUMN(columns.VarBytesColumn()),
    )  # fmt: skip
    for field in FIELDS:
        if field.kind is FieldKind.KEYWORD and field.name != "id":
            made.add(field.name, fields.ID(sortable=columns.RefBytesColumn()))
    return made


def _words() -> fields.TEXT:
    return fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)


def _stems() -> fields.TEXT:
    analyzer = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(delimiter="^", attribute="boost", default=1.0)
    return fields.TEXT(analyzer=analyzer, phrase=False)
