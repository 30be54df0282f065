"""English sentences of the researcher's tools: what is counted, what is refused, and what is said of the counts."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.all-others": "all other documents",
    "research.no-words": (
        "The query has no word that could be counted.",
        "Type a word, a phrase in quotation marks, or a pattern such as tortur*; filters alone have no places.",
    ),
    "research.sort-keys": (
        "Lines cannot be sorted so.",
        "Use at most {most} of these keys, separated by commas: {keys}.",
    ),
    "research.too-many-series": ("A trend has 1 to {most} series.", "Give fewer queries."),
}
