"""Build the JSON of search results, documents, suggestions and explanations.

Programs depend on keys, their order and their values: they are only ever added to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any

from corpus.document import Candidate, Metadata
from corpus.fields import METADATA
from search.presentation.document_view import View
from search.results import Explanation, ExplanationKind, Hit, Passage, SearchResult, Suggestion


def page_json(result: SearchResult) -> dict[str, Any]:
    """Return a page of hits as ``search`` and ``similar`` print it."""
    return {
        "query": {
            "text": result.text,
            "understood": result.understood,
            "diagnostics": [asdict(replace(row, message=str(row.message))) for row in result.diagnostics],
        },
        "total": result.total,
        "took_ms": round(result.took_ms, 3),
        "hits": [hit_json(hit) for hit in result.hits],
        "facets": {name: [row._asdict() for row in rows] for name, rows in result.facets.items()},
        "advice": asdict(result.advice) if result.advice else None,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as pages of hits contain it."""
    return {
        "id": hit.id,
        **hit.metadata,
        "path": hit.path,
        "score": hit.score,
        "passages": [_passage_json(passage) for passage in hit.passages],
        "pages": hit.pages,
    }


PASSAGE_LAYOUT = frozenset({"begins_inside", "ends_inside"})
"""Attributes of passages that pages show by three points, and that the JSON leaves out."""
_PASSAGE_KEYS = tuple(field.name for field in fields(Passage) if field.name not in PASSAGE_LAYOUT)


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {name: value for name in _PASSAGE_KEYS if (value := getattr(passage, name)) is not None}


def explanations_json(explanations: Iterable[Explanation]) -> dict[str, Any]:
    """Return what ``search --explain`` adds to the page of hits."""
    return {"explanations": [_explanation_json(explanation) for explanation in explanations]}


_JSON_NAMES = {"text": "stem", "title": "title_stem", "proximity": "neighbours"}
"""Names of fields and bonuses in the JSON where they are not the labels of an explanation. They do not change."""


def _explanation_json(explanation: Explanation) -> dict[str, Any]:
    return {
        "id": explanation.label,
        "matches": explanation.matches,
        "score": explanation.value,
        "parts": [
            {"part": part.label, "documents": part.detail["documents"], "idf": part.detail["idf"],
             "factor": part.detail["factor"], "tf": part.detail["tf"], "score": part.value,
             "fields": [{"field": _JSON_NAMES.get(row.label, row.label), **row.detail} for row in part.children]}
            for part in explanation.children_of(ExplanationKind.PART)
        ],
        "bonuses": {
            _JSON_NAMES.get(bonus.label, bonus.label): bonus.value
            for bonus in explanation.children_of(ExplanationKind.BONUS)
        },
    }  # fmt: skip


def suggestions_json(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Return ways to complete a query as ``suggest`` prints them."""
    return [asdict(suggestion) for suggestion in suggestions]


def document_json(view: View) -> dict[str, Any]:
    """Return a document as ``show`` prints it."""
    document, metadata = view.document, view.document.metadata
    return {
        "id": document.id,
        **{
            field.key: list(metadata.values(field.name)) if field.several else metadata.value(field.name) or None
            for field in METADATA
        },
        "path": document.path,
        "format": document.format,
        "state": document.state.value,
        "reason": document.reason,
        "pages": document.pages,
        "characters": document.characters,
        "metadata": {field: asdict(candidate) for field, candidate in chosen(metadata)},
        "candidates": [asdict(candidate) for candidate in view.candidates],
        "texts": [
            {"page": text.number, "label": text.label, "role": text.role.value, "ocr": text.ocr,
             "language": text.language or None, "text": text.text,
             "spans": spans}
            for text, spans in zip(view.texts, view.spans, strict=True)
        ],
        "duplicate_of": view.original or None,
        "copies": list(view.copies),
    }  # fmt: skip


def chosen(metadata: Metadata) -> list[tuple[str, Candidate]]:
    """Return (field, candidate) of each field that has a value, with the first of several values."""
    candidates = ((field.name, metadata.candidate(field.name)) for field in METADATA)
    return [(name, candidate) for name, candidate in candidates if candidate is not None]
