"""Answers in the shapes that leave the program: the JSON of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.document import Candidate, Metadata
from corpus.fields import METADATA
from search.document_view import View
from search.results import Hit, SearchResult


def page_json(page: SearchResult) -> dict[str, Any]:
    """An answer as the ``search`` command prints it."""
    return {
        "query": {
            "text": page.text,
            "understood": page.understood,
            "diagnostics": [asdict(diagnostic) for diagnostic in page.diagnostics],
        },
        "total": page.total,
        "took_ms": round(page.took_ms, 3),
        "hits": [_hit_json(hit) for hit in page.hits],
        "facets": {name: [asdict(row) for row in rows] for name, rows in page.facets.items()},
        "advice": asdict(page.advice) if page.advice else None,
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.id,
        **hit.metadata,
        "path": hit.path,
        "score": hit.score,
        "passages": [asdict(passage) for passage in hit.passages],
        "pages": hit.pages,
    }


def document_json(view: View) -> dict[str, Any]:
    """A document as the ``show`` command prints it."""
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
        "metadata": {name: asdict(one) for name, one in chosen(metadata)},
        "candidates": [asdict(one) for one in view.candidates],
        "texts": [
            {"page": text.number, "label": text.label, "role": text.role.value, "ocr": text.ocr,
             "language": text.language or None, "text": text.text,
             "spans": spans}
            for text, spans in zip(view.texts, view.spans, strict=True)
        ],
    }  # fmt: skip


def chosen(metadata: Metadata) -> list[tuple[str, Candidate]]:
    """Return (field, candidate) of each field that has a value; the first of several values stands for all."""
    found = ((field.name, metadata.candidate(field.name)) for field in METADATA)
    return [(name, candidate) for name, candidate in found if candidate is not None]
