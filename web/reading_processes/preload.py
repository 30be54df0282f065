"""The loading of what pages are made with, before the processes that make them are forked."""

from __future__ import annotations

from collections.abc import Iterator

from search.open_engine import load_engine
from web.templating import load_templates


def preload(language: str) -> Iterator[str]:
    """Load the search engine, and compile the templates for a language; yield the name of each step's."""
    load_engine()
    yield "engine"
    yield from load_templates(language)
