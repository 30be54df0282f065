"""Web pages whose markup is beyond lxml: read by BeautifulSoup over Python's own parser, slow and unshakable."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

from corpus.document import Candidate, Extraction, Source
from indexer.readers.html.html_reader import clean_source, conclude_page, load
from indexer.readers.property_values import language_code, tidy
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.text.cleaning import clean

_DROPPED = ["script", "style", "noscript", "template", "head"]


def read_html(path: Path, limits: Limits) -> Extraction:
    """Read a web page's whole body as its main text.

    Raises:
        Unreadable: the content is binary, or nested too deeply even for this.
    """
    source, cap = load(path, limits)
    try:
        soup = _parse(clean_source(source))
        candidates = tuple(_candidates(soup))
        text = _text(soup)
    except (RecursionError, AssertionError) as error:
        raise Unreadable("markup nested too deeply") from error
    return conclude_page("beautifulsoup", text, text, candidates, (cap, limits))


def _parse(source: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(source, "html.parser")


def _text(soup: BeautifulSoup) -> str:
    dropped = {id(element) for element in soup.find_all(_DROPPED)}
    lines = (
        " ".join(str(string).split())
        for string in soup.find_all(string=True)
        if type(string).__name__ == "NavigableString" and not any(id(parent) in dropped for parent in _near(string))
    )
    return clean("\n".join(filter(None, lines)))


def _near(string: object) -> Iterator[object]:
    """The two elements around a string: scripts hold theirs directly, a head's title one step down."""
    parent = getattr(string, "parent", None)
    yield parent
    yield getattr(parent, "parent", None)


def _candidates(soup: BeautifulSoup) -> Iterator[Candidate]:
    if soup.title and (title := tidy(soup.title.get_text())):
        yield Candidate("title", title, Source.LABELLED, "html:title", confidence=0.5)
    if soup.html and (language := language_code(str(soup.html.get("lang") or ""))):
        yield Candidate("language", language, Source.EMBEDDED, "html:lang")
