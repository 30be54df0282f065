"""The loading of what pages are made with, before the processes that make them are forked."""

from __future__ import annotations

from collections.abc import Iterator

from search.open_engine import load_engine
from web.templating import load_template

TEMPLATES = ("start.html", "results.html", "document.html", "facet.html")
"""The templates that are compiled beforehand, with those that they include; each takes some 50 ms."""


def preload(language: str) -> Iterator[None]:
    """Load the search engine and the templates for a language, a step at a time."""
    load_engine()
    yield
    for template in TEMPLATES:
        load_template(template, language)
        yield
