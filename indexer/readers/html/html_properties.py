"""Metadata of a web page: JSON-LD, citation and Dublin Core tags, Open Graph, headings, ``<time>``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.document import Candidate, Source
from indexer.readers.property_values import iso_date, language_code, tidy

MAX_SCRIPT_CHARACTERS = 1_000_000
"""Longest JSON-LD script that is parsed."""
MAX_JSON_OBJECTS = 500
"""Objects of one JSON-LD script that are examined."""
MAX_AUTHORS = 20
"""Authors taken from one source on a page."""
MAX_PERSON_CHARACTERS = 120
"""Longest text that is taken for a person's name."""

# Name of a meta element, field, confidence: tags made for citation first, then for sharing, then for browsers.
_META: tuple[tuple[str, str, float], ...] = (
    ("citation_title", "title", 0.95), ("dc.title", "title", 0.9), ("dcterms.title", "title", 0.9),
    ("og:title", "title", 0.85), ("twitter:title", "title", 0.7), ("title", "title", 0.6),
    ("citation_author", "author", 0.95), ("dc.creator", "author", 0.9), ("dcterms.creator", "author", 0.9),
    ("author", "author", 0.8), ("article:author", "author", 0.7), ("parsely-author", "author", 0.7),
    ("citation_publication_date", "date", 0.95), ("citation_date", "date", 0.95), ("dcterms.issued", "date", 0.95),
    ("dc.date.issued", "date", 0.95), ("dc.date", "date", 0.85), ("dcterms.date", "date", 0.85),
    ("article:published_time", "date", 0.85), ("datepublished", "date", 0.8), ("pubdate", "date", 0.8),
    ("date", "date", 0.7), ("parsely-pub-date", "date", 0.7), ("dcterms.created", "date", 0.7),
    ("dc.language", "language", 0.9), ("dcterms.language", "language", 0.9), ("citation_language", "language", 0.9),
    ("dc.type", "category", 0.8), ("dcterms.type", "category", 0.8), ("article:section", "category", 0.6),
)  # fmt: skip
_ARTICLE = re.compile(r"article|report|posting|webpage|creativework|scholarly|legislation|book|document", re.IGNORECASE)
_TITLE_SEPARATOR = r"\s*[|\u2013\u2014\u00b7\u00bb:\u00ab/-]{1,2}\s*"
MIN_TITLE_WORDS = 4
"""Words before a title's last separator from which the few words after it count as the site's name."""
_SITE_SUFFIX = re.compile(r"(.+\S)\s+[|\u2013\u2014\u00b7\u00bb-]\s+(?:[^\W\d]+[.\s]?){1,4}$")
_BYLINE = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)
_URL = re.compile(r"^\s*https?://", re.IGNORECASE)


def read_properties(tree: Any) -> tuple[Candidate, ...]:
    """Return distinct candidates of title, author, date and category (LABELLED) and language (EMBEDDED)."""
    metas = _meta_values(tree)
    candidates = [*_from_json(tree), *_from_metas(metas), *_from_elements(tree, metas), *_languages(tree)]
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        key = (candidate.field, candidate.value.casefold())
        if key not in best or candidate.confidence > best[key].confidence:
            best[key] = candidate
    return tuple(best.values())


def _meta_values(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if value := tidy(element.get("content") or ""):
            metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _from_metas(metas: dict[str, list[str]]) -> Iterator[Candidate]:
    site = _site_name(metas)
    for name, field, confidence in _META:
        for printed in metas.get(name, ())[: MAX_AUTHORS if field == "author" else 1]:
            value = without_site(printed, site, "") if field == "title" else _value(field, printed)
            if value:
                yield _labelled(field, value, f"meta {name}", printed, confidence)


def _value(field: str, printed: str) -> str:
    if field == "date":
        return iso_date(printed)
    if field == "language":
        return language_code(printed)
    return _person(printed) if field == "author" else printed


def _person(text: str) -> str:
    name = tidy(_BYLINE.sub("", text))
    return "" if _URL.match(name) or len(name) > MAX_PERSON_CHARACTERS else name


def _labelled(field: str, value: str, detail: str, printed: str, confidence: float) -> Candidate:
    return Candidate(field, value, Source.LABELLED, detail, printed if printed != value else "", confidence)


def _site_name(metas: dict[str, list[str]]) -> str:
    return next((metas[name][0] for name in ("og:site_name", "application-name", "dc.publisher") if name in metas), "")


def _from_elements(tree: Any, metas: dict[str, list[str]]) -> Iterator[Candidate]:
    headings = [text for element in tree.iter("h1") if (text := tidy(element.text_content()))]
    title = tidy(tree.findtext(".//title") or "")
    # An h1 that the title contains is the title without the site's name.
    heading = next((text for text in headings if text.casefold() in title.casefold()), "")
    if value := without_site(title, _site_name(metas), heading):
        yield _labelled("title", value, "html:title", title, 0.88 if heading else 0.75)
    if len(headings) == 1:
        yield Candidate("title", headings[0], Source.LABELLED, "html:h1", confidence=0.86 if not title else 0.72)
    for element in tree.iter("time"):
        if value := iso_date(element.get("datetime") or ""):
            published = "pubdate" in element.attrib or "published" in (element.get("itemprop") or "").lower()
            yield _labelled("date", value, "html:time", element.get("datetime"), 0.8 if published else 0.5)
            break
    for element in tree.xpath("(//a[@rel='author'] | //*[@itemprop='author'])[position() <= 5]"):
        if value := _person(element.text_content()):
            yield Candidate("author", value, Source.LABELLED, "html:author", confidence=0.7)


def without_site(title: str, site: str, heading: str) -> str:
    """Return a page's title without the name of its site.

    Args:
        title: the text of ``<title>`` or ``og:title``.
        site: the site's name where the page states it, else ``""``.
        heading: the page's own heading where the title contains it, else ``""``.
    """
    if len(heading) > 8 or (heading and heading.casefold() == title.casefold()):
        return heading
    if site and (cut := _remove_site_name(title, site)) != title:
        return cut
    suffixed = _SITE_SUFFIX.match(title)
    return suffixed.group(1) if suffixed and len(suffixed.group(1).split()) >= MIN_TITLE_WORDS else title


def _remove_site_name(title: str, site: str) -> str:
    """Remove the site's name and its separator from the end or the beginning of a title."""
    name = re.escape(site)
    shortened = re.sub(rf"{_TITLE_SEPARATOR}{name}\s*$|^\s*{name}{_TITLE_SEPARATOR}", "", title, flags=re.IGNORECASE)
    return shortened.strip() or title


def _languages(tree: Any) -> Iterator[Candidate]:
    root = tree.getroottree().getroot()
    printed = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    if code := language_code(printed):
        yield Candidate("language", code, Source.EMBEDDED, "html:lang", printed if printed != code else "", 0.8)


def _from_json(tree: Any) -> Iterator[Candidate]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > MAX_SCRIPT_CHARACTERS:
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _json_objects(data):
            if _ARTICLE.search(str(thing.get("@type", ""))):
                yield from _from_json_object(thing)


def _json_objects(data: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD script, breadth first."""
    queue, examined = [data], 0
    while queue and examined < MAX_JSON_OBJECTS:
        item = queue.pop(0)
        examined += 1
        if isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in ("@graph", "mainEntity") if key in item)
        elif isinstance(item, list):
            queue.extend(item[:MAX_JSON_OBJECTS])


def _from_json_object(thing: dict[str, Any]) -> Iterator[Candidate]:
    # The headline of an Article is its title; a WebPage is often named after its site.
    is_page = "page" in str(thing.get("@type", "")).lower()
    if title := tidy(thing.get("headline") or thing.get("name")):
        yield Candidate("title", title, Source.LABELLED, "json-ld headline", confidence=0.5 if is_page else 0.87)
    printed = thing.get("datePublished") or thing.get("dateCreated")
    if isinstance(printed, str) and (date := iso_date(printed)):
        yield _labelled("date", date, "json-ld datePublished", printed, 0.85)
    if language := language_code(thing["inLanguage"]) if isinstance(thing.get("inLanguage"), str) else "":
        yield Candidate("language", language, Source.EMBEDDED, "json-ld inLanguage", confidence=0.7)
    authors = thing.get("author")
    for author in (authors if isinstance(authors, list) else [authors])[:MAX_AUTHORS]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and (person := _person(name)):
            yield Candidate("author", person, Source.LABELLED, "json-ld author", confidence=0.9)
