"""The Whoosh schema, derived from the table of fields.

Only stock Whoosh types are used, and tokens reach Whoosh already analysed; only the codec of the segments is our own
(`indexer.index.codec`). ``text`` and ``title`` contain folded words with positions;
``stem`` and ``title_stem`` contain language-tagged stems with weights only, which is all that ranking reads. ``joined``
and ``title_joined`` contain words that the text prints in parts, in one piece, at the position of the first part;
``marked`` and ``title_marked`` contain words with the marks that folding drops, at their own positions.
"""

from __future__ import annotations

from whoosh import columns, fields
from whoosh.analysis import DelimitedAttributeFilter, SpaceSeparatedTokenizer

from indexer.index import index_layout


def schema() -> fields.Schema:
    """Return a new schema: words, stems, one column per facet, first and last day, title order.

    A day is one term. Whoosh would add seven coarser ones, to search ranges by; ours are searched in the column.
    """
    whoosh_schema = fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=columns.VarBytesColumn()),
        text=_words(), title=_words(), file=_words(), stem=_stems(), title_stem=_stems(),
        **{name: _words() for names in index_layout.VARIANTS for name in names.values()},
        first_day=fields.NUMERIC(int, bits=32, signed=False, shift_step=0, sortable=True, default=index_layout.UNDATED),
        last_day=fields.NUMERIC(int, bits=32, signed=False, shift_step=0, sortable=True, default=index_layout.UNDATED),
        title_key=fields.ID(sortable=columns.VarBytesColumn()),
    )  # fmt: skip
    for name in index_layout.KEYWORD_COLUMNS:
        whoosh_schema.add(name, fields.ID(sortable=columns.RefBytesColumn()))
    return whoosh_schema


def _words() -> fields.TEXT:
    return fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)


def _stems() -> fields.TEXT:
    analyzer = SpaceSeparatedTokenizer() | DelimitedAttributeFilter(delimiter="^", attribute="boost", default=1.0)
    return fields.TEXT(analyzer=analyzer, phrase=False)
