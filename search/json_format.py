"""Answers in the shapes that leave the program: the JSON of the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from corpus.document import Candidate, Metadata
from search.document_view import View
from search.results import SearchResult


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
        "hits": [asdict(hit) for hit in page.hits],
        "facets": {name: [asdict(row) for row in rows] for name, rows in page.facets.items()},
        "advice": asdict(page.advice) if page.advice else None,
    }


def document_json(view: View) -> dict[str, Any]:
    """A document as the ``show`` command prints it."""
    document, metadata = view.document, view.document.metadata
    return {
        "id": document.id,
        **{name: _value(one) for name, one in _single(metadata)},
        "authors": [author.value for author in metadata.authors],
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
    """The chosen candidate of each field that has one; the first author stands for all."""
    author = metadata.authors[0] if metadata.authors else None
    return [(name, one) for name, one in (*_single(metadata), ("author", author)) if one is not None]


def _single(metadata: Metadata) -> tuple[tuple[str, Candidate | None], ...]:
    return (
        ("title", metadata.title), ("date", metadata.date), ("category", metadata.category),
        ("language", metadata.language), ("country", metadata.country),
    )  # fmt: skip


def _value(candidate: Candidate | None) -> str | None:
    return candidate.value if candidate else None
