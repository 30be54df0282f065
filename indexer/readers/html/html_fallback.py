"""Fallback for web pages that lxml cannot parse: BeautifulSoup over Python's own parser, slow and tolerant."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

from corpus.document import Candidate, Extraction, Source
from indexer.readers.html.html_reader import clean_source, finish_page, load
from indexer.readers.property_values import language_code, tidy
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.text.cleaning import clean

_DROPPED = ["script", "style", "noscript", "template", "head"]


def read_html(path: Path, limits: Limits) -> Extraction:
    """Read a web page's whole body as its main text.

    Raises:
        Unreadable: the content is binary, or its elements are nested too deeply.
    """
    source, cut_reason = load(path, limits)
    try:
        soup = _parse(clean_source(source))
        candidates = tuple(_candidates(soup))
        text = _text(soup)
    except (RecursionError, AssertionError) as error:
        raise Unreadable("file.nested-markup") from error
    return finish_page("beautifulsoup", text, text, candidates, cut_reason, limits)


def _parse(source: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(source, "html.parser")


def _text(soup: BeautifulSoup) -> str:
    dropped = {id(element) for element in soup.find_all(_DROPPED)}
    strings = (string for string in soup.find_all(string=True) if type(string).__name__ == "NavigableString")
    lines = (
        " ".join(str(string).split())
        for string in strings
        if not any(id(element) in dropped for element in _ancestors(string))
    )
    return clean("\n".join(filter(None, lines)))


def _ancestors(string: object) -> Iterator[object]:
    """Yield the two innermost elements around a string, enough to recognise scripts and the head's title."""
    parent = getattr(string, "parent", None)
    yield parent
    yield getattr(parent, "parent", None)


def _candidates(soup: BeautifulSoup) -> Iterator[Candidate]:
    if soup.title and (title := tidy(soup.title.get_text())):
        yield Candidate("title", title, Source.LABELLED, "html:title", confidence=0.5)
    if soup.html and (language := language_code(str(soup.html.get("lang") or ""))):
        yield Candidate("language", language, Source.EMBEDDED, "html:lang")
