"""Words by which a table, a listing or a query says that a document has no date: ``n.d.``, ``s.d.``, ``undated``."""

from __future__ import annotations

import re

from corpus.deferred import deferred_pattern

_UNDATED = deferred_pattern(
    r"\W*(?:n\. ?d\.?|nd|s\. ?d\.?|s\. ?f\.?|o\. ?D\.?|o\. ?J\.?|б\. ?[дг]\.?|undated|no date|date unknown|not dated"
    r"|sans date|sin fecha|ohne datum|undatiert|senza data|sem data|без даты|无日期|日期不详|بدون تاريخ|بلا تاريخ)\W*",
    re.IGNORECASE,
)


def says_undated(text: str) -> bool:
    """Return whether a text consists of words that say that there is no date."""
    return _UNDATED.fullmatch(text) is not None
