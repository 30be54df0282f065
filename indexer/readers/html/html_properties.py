"""What a web page says of itself: JSON-LD, citation and Dublin Core tags, Open Graph, headings, ``<time>``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from corpus.document import Candidate, Source
from indexer.readers.property_values import iso_date, language_code, tidy

MOST_SCRIPT = 1_000_000
"""Characters of one JSON-LD script beyond which it is not read."""
MOST_THINGS = 500
"""Things of one JSON-LD script that are looked at."""

# In order of trust: what names a title as such, then what is made for sharing, then what a browser shows.
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
_SIGN = r"\s*[|\u2013\u2014\u00b7\u00bb:\u00ab/-]{1,2}\s*"
# A few words behind the last separator are the site's name, if what stands before is long enough for a title.
FEW_WORDS = 4
_TAIL = re.compile(r"(.+\S)\s+[|\u2013\u2014\u00b7\u00bb-]\s+(?:[^\W\d]+[.\s]?){1,4}$")
_BYLINE = re.compile(r"^\s*(?:by|von|par|por)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"^\s*https?://", re.IGNORECASE)


def read_properties(tree: Any) -> tuple[Candidate, ...]:
    """Candidates of title, author, date, category (LABELLED) and language (EMBEDDED), each value of a field once."""
    metas = _metas(tree)
    found = [*_from_json(tree), *_from_metas(metas), *_from_elements(tree, metas), *_languages(tree)]
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        key = (candidate.field, candidate.value.casefold())
        if key not in best or candidate.confidence > best[key].confidence:
            best[key] = candidate
    return tuple(best.values())


def _metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if value := tidy(element.get("content") or ""):
            metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _from_metas(metas: dict[str, list[str]]) -> Iterator[Candidate]:
    site = _site(metas)
    for name, field, confidence in _META:
        for printed in metas.get(name, ())[: 20 if field == "author" else 1]:
            value = cut_site(printed, site, "") if field == "title" else _value(field, printed)
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
    return "" if _ADDRESS.match(name) or len(name) > 120 else name


def _labelled(field: str, value: str, detail: str, printed: str, confidence: float) -> Candidate:
    return Candidate(field, value, Source.LABELLED, detail, printed if printed != value else "", confidence)


def _site(metas: dict[str, list[str]]) -> str:
    return next((metas[name][0] for name in ("og:site_name", "application-name", "dc.publisher") if name in metas), "")


def _from_elements(tree: Any, metas: dict[str, list[str]]) -> Iterator[Candidate]:
    headings = [text for element in tree.iter("h1") if (text := tidy(element.text_content()))]
    title = tidy(tree.findtext(".//title") or "")
    # A lone h1 that stands in the title as well is the title without the site's name.
    heading = next((text for text in headings if text.casefold() in title.casefold()), "")
    if value := cut_site(title, _site(metas), heading):
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


def cut_site(title: str, site: str, heading: str) -> str:
    """A title without the name of its site.

    Args:
        title: as it stands in ``<title>`` or ``og:title``.
        site: the site's name where the page gives it, else ``""``.
        heading: the page's own heading where it stands in the title, else ``""``.
    """
    if len(heading) > 8 or (heading and heading.casefold() == title.casefold()):
        return heading
    if site and (cut := _without_site(title, site)) != title:
        return cut
    tail = _TAIL.match(title)
    return tail.group(1) if tail and len(tail.group(1).split()) >= FEW_WORDS else title


def _without_site(title: str, site: str) -> str:
    """The title with the site's name off its end or its beginning, if it stands there behind a separator."""
    name = re.escape(site)
    cut = re.sub(rf"{_SIGN}{name}\s*$|^\s*{name}{_SIGN}", "", title, flags=re.IGNORECASE)
    return cut.strip() or title


def _languages(tree: Any) -> Iterator[Candidate]:
    root = tree.getroottree().getroot()
    printed = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    if code := language_code(printed):
        yield Candidate("language", code, Source.EMBEDDED, "html:lang", printed if printed != code else "", 0.8)


def _from_json(tree: Any) -> Iterator[Candidate]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > MOST_SCRIPT:
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if _ARTICLE.search(str(thing.get("@type", ""))):
                yield from _from_thing(thing)


def _things(data: object) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < MOST_THINGS:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("@graph", "mainEntity") if key in item)
        elif isinstance(item, list):
            waiting.extend(item[:MOST_THINGS])


def _from_thing(thing: dict[str, Any]) -> Iterator[Candidate]:
    # A WebPage is named after its site as often as not; an Article's headline is its title.
    page = "page" in str(thing.get("@type", "")).lower()
    if title := tidy(thing.get("headline") or thing.get("name")):
        yield Candidate("title", title, Source.LABELLED, "json-ld headline", confidence=0.5 if page else 0.87)
    printed = thing.get("datePublished") or thing.get("dateCreated")
    if isinstance(printed, str) and (date := iso_date(printed)):
        yield _labelled("date", date, "json-ld datePublished", printed, 0.85)
    if language := language_code(thing["inLanguage"]) if isinstance(thing.get("inLanguage"), str) else "":
        yield Candidate("language", language, Source.EMBEDDED, "json-ld inLanguage", confidence=0.7)
    authors = thing.get("author")
    for author in (authors if isinstance(authors, list) else [authors])[:20]:
        name = author.get("name") if isinstance(author, dict) else author
        if isinstance(name, str) and (person := _person(name)):
            yield Candidate("author", person, Source.LABELLED, "json-ld author", confidence=0.9)
