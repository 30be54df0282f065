"""The fields of an index on a cluster, and how it reads the terms that are written into them."""

from __future__ import annotations

from typing import Any

from indexer.index import index_layout
from indexer.index.opensearch.stored_document import STORED
from indexer.index.opensearch.token_strings import HOLE, STACK

BODY_COUNT = 10
"""Count of a word of weight 1 in the fields of stems, so that running heads can count a part of it."""
TITLE_COUNT = 30
"""Count of a word of a title in `ALL_STEMS`: as much more than in the text as BM25F gives it."""
ALL_STEMS = "all_stem"
"""The stems of text and title together."""
NEAR = {"text": "near_text", "title": "near_title"}
"""Fields for NEAR of documents that print words in parts: the parts behind the first take no position."""
TEXT_LENGTH = "text_length"
"""The number of words of the text, as exactly as scores go by it."""
BOUNDARY_GAP = 2000
"""Positions between two texts of which the second does not continue the first: more than any NEAR spans."""
COUNT_MARK = "|"
MAX_TERM_CHARACTERS = 1 << 20
"""Longest run between two spaces, which may be a stack of terms; the cluster would cut a longer one in two."""

_K1, _B, _TITLE_B = 1.2, 0.6, 0.5
"""BM25 as in `search.bm25f`; it only chooses the candidates that are scored here."""
_LONG_NUMBERS = ("change",)
NUMBERS = (
    "first_day", "last_day", "day", "first_year", "last_year", "text_tokens", "title_tokens", "file_tokens",
    "main_tokens", TEXT_LENGTH,
)  # fmt: skip
KEPT_TOMBSTONES = "1h"
"""For so long a change that comes late does not bring back a document that was removed meanwhile."""


def index_body(shards: int, replicas: int, *, stores_documents: bool) -> dict[str, Any]:
    """Return the settings and the mapping of a new index.

    Args:
        shards: the parts of the index.
        replicas: the further copies of each.
        stores_documents: whether documents are stored as they are too (`indexer.index.opensearch.stored_document`).
    """
    kept = ["id", "change", *([STORED] if stores_documents else [])]
    stored = {STORED: {"type": "object", "enabled": False}} if stores_documents else {}
    return {
        "settings": {
            "index": {
                "number_of_shards": shards, "number_of_replicas": replicas, "refresh_interval": "-1",
                "gc_deletes": KEPT_TOMBSTONES, "max_result_window": 10_000, "max_terms_count": 1 << 16,
                "max_regex_length": 1 << 16,
                "store.stats_refresh_interval": "1s", "merge.policy.expunge_deletes_allowed": 0,
            },
            "analysis": _analysis(),
            "similarity": {
                "words": _bm25(_K1, _B), "titles": _bm25(_K1, _TITLE_B), "stems": _bm25(_K1 * BODY_COUNT, _B),
                "title_stems": _bm25(_K1 * BODY_COUNT, _TITLE_B),
            },
        },
        "mappings": {
            "dynamic": "strict", "_source": {"includes": kept}, "properties": _properties() | stored,
        },
    }  # fmt: skip


def _properties() -> dict[str, Any]:
    keywords = index_layout.KEYWORD_COLUMNS
    return {
        "id": {"type": "keyword"}, "id_key": {"type": "keyword"}, "title_key": {"type": "keyword", "index": False},
        "text": _words("words"), "title": _words("titles"), "file": _words("titles"),
        **{name: _words("words") for name in NEAR.values()},
        "stem": _stems("stems"), "title_stem": _stems("title_stems"), ALL_STEMS: _stems("stems"),
        **{name: {"type": "keyword", "doc_values": False} for name in index_layout.JOINED_STEMS.values()},
        **{name: {"type": "keyword"} for name in keywords},
        **{f"{name}_key": {"type": "keyword"} for name in keywords},
        **{name: {"type": "integer"} for name in NUMBERS},
        **{name: {"type": "long"} for name in _LONG_NUMBERS},
    }  # fmt: skip


def _words(similarity: str) -> dict[str, Any]:
    return {
        "type": "text", "analyzer": "words", "similarity": similarity, "position_increment_gap": BOUNDARY_GAP,
    }  # fmt: skip


def _stems(similarity: str) -> dict[str, Any]:
    return {
        "type": "text", "analyzer": "counted", "search_analyzer": "alike", "similarity": similarity,
        "index_options": "freqs",
    }  # fmt: skip


def _bm25(k1: float, b: float) -> dict[str, Any]:
    return {"type": "BM25", "k1": k1, "b": b, "discount_overlaps": True}


def _analysis() -> dict[str, Any]:
    return {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": MAX_TERM_CHARACTERS}},
        "filter": {
            "stacked": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{STACK}]+)"]},
            "holes": {"type": "stop", "stopwords": [HOLE]},
            "counts": {"type": "delimited_term_freq", "delimiter": COUNT_MARK},
        },
        "analyzer": {
            "words": {"type": "custom", "tokenizer": "spaces", "filter": ["stacked", "holes"]},
            "counted": {"type": "custom", "tokenizer": "spaces", "filter": ["counts"]},
            "alike": {"type": "custom", "tokenizer": "keyword", "filter": ["stacked"]},
        },
    }
