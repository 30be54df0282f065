"""Metadata from the JSON-LD scripts of a web page, with references between their objects resolved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, TypeAlias

from corpus.document import Candidate, Source
from indexer.metadata.person_names import byline_names, split_names
from indexer.readers.property_values import iso_date, language_code, tidy

MAX_SCRIPT_CHARACTERS = 1_000_000
"""Longest JSON-LD script that is parsed."""
MAX_JSON_OBJECTS = 500
"""Objects of one JSON-LD script that are examined."""
MAX_AUTHORS = 20
"""Authors taken from one object."""

JsonObject: TypeAlias = dict[str, Any]

_ARTICLE = re.compile(r"article|report|posting|webpage|creativework|scholarly|legislation|book|document", re.IGNORECASE)
_BODY = re.compile(r"organization|newsmedia|corporation|website|governmentoffice|ngo", re.IGNORECASE)
_CDATA = re.compile(r"\A\s*(?://\s*)?<!\[CDATA\[|(?://\s*)?\]\]>\s*\Z|\A\s*<!--|-->\s*\Z")

_LAST_COMMA = re.compile(r",(\s*[}\]])")
"""A comma behind the last value, which many programs write although JSON has none."""


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The metadata that the scripts of a page state.

    Attributes:
        candidates: of title, date, author and language.
        publishers: names of the page's publishers and site, which are no authors.
        persons: names that belong to persons, whatever else has the same name.
    """

    candidates: tuple[Candidate, ...]
    publishers: frozenset[str]
    persons: frozenset[str]


def read_json_ld(tree: Any) -> JsonLd:
    """Read the articles, reports and pages in all JSON-LD scripts of a page; what is not JSON is left out."""
    objects = [thing for script in tree.iter("script") for thing in _script_objects(script)]
    by_id = {str(thing["@id"]): thing for thing in objects if "@id" in thing and len(thing) > 1}
    articles = _own_articles(tree, [thing for thing in objects if _ARTICLE.search(_kind(thing))])
    articles.sort(key=_is_page)  # authors and headline of the article, not of the page around it
    candidates = [candidate for article in articles for candidate in _article_candidates(article)]
    for article in articles:
        if authors := list(_authors(article, by_id)):
            candidates += authors
            break
    publishers = [thing.get("publisher") for thing in articles] + [t for t in objects if _BODY.search(_kind(t))]
    names = {name for each in publishers for body in _resolved(each, by_id) for name in _names(body)}
    persons = (thing for thing in objects if "Person" in _kind(thing) and not _BODY.search(_kind(thing)))
    return JsonLd(tuple(candidates), frozenset(names), frozenset(name for each in persons for name in _names(each)))


def _own_articles(tree: Any, things: list[JsonObject]) -> list[JsonObject]:
    """Return the articles that are the page's own, and the pages, of which a script may list others.

    Of several articles those with the page's title or address are its own; where none has them, none is known to be.
    """
    articles = [thing for thing in things if not _is_page(thing)]
    if len(articles) < 2:
        return things
    links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    addresses = {_address(link) for link in links} - {""}
    elements = [element.text_content() for element in tree.iter("title", "h1")]
    titles = [_folded(title) for title in (*elements, *tree.xpath("//meta[@property='og:title']/@content"))]
    own = [thing for thing in articles if _has_title(thing, titles) or addresses & set(_addresses(thing))]
    return [*own, *(thing for thing in things if _is_page(thing))]


def _has_title(thing: JsonObject, titles: Sequence[str]) -> bool:
    headline = _folded(plain(thing.get("headline") or thing.get("name")))
    return len(headline) > 3 and any(title.startswith(headline) or title.endswith(headline) for title in titles)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", unescape(text)).casefold()


def _addresses(thing: JsonObject) -> Iterator[str]:
    for value in (thing.get("@id"), thing.get("url"), thing.get("mainEntityOfPage")):
        address = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(address, str) and (plain_address := _address(address)):
            yield plain_address


def _address(link: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[?#].*|/+$", "", link.strip())


def _script_objects(script: Any) -> Iterator[JsonObject]:
    source = script.text or ""
    if "ld+json" not in (script.get("type") or "").lower() or len(source) > MAX_SCRIPT_CHARACTERS:
        return
    json_text = _CDATA.sub("", source)
    data = _parsed(json_text) or _parsed(_LAST_COMMA.sub(r"\1", json_text))
    yield from _json_objects(data)


def _parsed(json_text: str) -> object:
    try:
        return json.loads(json_text, strict=False)
    except (ValueError, RecursionError):
        return None


def _json_objects(data: object) -> Iterator[JsonObject]:
    """Yield the objects of a JSON-LD script, breadth first."""
    queue, examined = [data], 0
    while queue and examined < MAX_JSON_OBJECTS:
        item = queue.pop(0)
        examined += 1
        if isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item)
        elif isinstance(item, list):
            queue.extend(item[:MAX_JSON_OBJECTS])


def _kind(thing: Mapping[str, Any]) -> str:
    return str(thing.get("@type", ""))


def _is_page(thing: Mapping[str, Any]) -> bool:
    return "page" in _kind(thing).lower()


def _article_candidates(thing: JsonObject) -> Iterator[Candidate]:
    # The headline of an Article is its title; a WebPage is often named after its site.
    if title := plain(thing.get("headline") or thing.get("name")):
        confidence = 0.5 if _is_page(thing) else 0.87
        yield Candidate("title", title, Source.LABELLED, "json-ld headline", confidence=confidence)
    printed = thing.get("datePublished") or thing.get("dateCreated")
    if isinstance(printed, str) and (date := iso_date(printed)):
        shown = printed if printed != date else ""
        yield Candidate("date", date, Source.LABELLED, "json-ld datePublished", shown, 0.85)
    if language := language_code(thing["inLanguage"]) if isinstance(thing.get("inLanguage"), str) else "":
        yield Candidate("language", language, Source.EMBEDDED, "json-ld inLanguage", confidence=0.7)


def _authors(thing: JsonObject, by_id: Mapping[str, JsonObject]) -> Iterator[Candidate]:
    persons: set[frozenset[str]] = set()
    for author in list(_resolved(thing.get("author") or thing.get("creator"), by_id))[:MAX_AUTHORS]:
        if isinstance(author, dict):
            names = _names(author)
        else:
            names = byline_names(plain(author)) or split_names(plain(author))
        for name in filter(None, names):
            words = frozenset(re.findall(r"\w+", name.casefold()))  # "Bell, Anna" and "Anna Bell" are one person
            if words not in persons:
                yield Candidate("author", name, Source.LABELLED, "json-ld author", confidence=0.9)
            persons.add(words)


def _resolved(value: object, by_id: Mapping[str, JsonObject]) -> Iterator[JsonObject | str]:
    """Yield the objects and names that a property has, references by ``@id`` replaced by the objects they mean."""
    for item in value[:MAX_AUTHORS] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            # A reference often repeats the name alone; what only has an id is looked up.
            yield item if item.get("name") else by_id.get(str(item.get("@id", "")), item)
        elif isinstance(item, str):
            yield by_id.get(item, item)


def _names(thing: JsonObject | str) -> list[str]:
    """Return the names of a person or body; some pages list several persons as the names of one."""
    if isinstance(thing, str):
        return [name] if (name := plain(thing)) else []
    stated = thing.get("name")
    names = [plain(name) for name in (stated if isinstance(stated, list) else [stated])[:MAX_AUTHORS]]
    given_and_family = f"{plain(thing.get('givenName'))} {plain(thing.get('familyName'))}".strip()
    return list(filter(None, names)) or [name for name in [given_and_family] if name]


def plain(value: object) -> str:
    """Return a value as one line of text, its character references decoded: some programs encode them twice."""
    return tidy(unescape(value)) if isinstance(value, str) else ""
