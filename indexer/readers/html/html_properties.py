"""Metadata of a web page: JSON-LD, citation and Dublin Core tags, Open Graph, headings, ``<time>``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from corpus.document import Candidate, Source
from indexer.metadata.person_names import byline_names, split_names
from indexer.readers.html.html_authors import MAX_AUTHORS, shown_authors
from indexer.readers.html.html_dates import shown_date
from indexer.readers.html.html_titles import (
    SEPARATED_SITE,
    is_headline,
    is_part_beside_site,
    is_site_title,
    names_only_kind,
    without_site,
)
from indexer.readers.html.json_ld import plain, read_json_ld
from indexer.readers.html.page_zones import detail_elements, heading_zones, is_elsewhere
from indexer.readers.property_values import iso_date, language_code, tidy

MAX_PERSON_CHARACTERS = 120
"""Longest text that is taken for a person's name."""

# Name of a meta element, field, confidence: tags made for citation first, then for sharing, then for browsers.
_META: tuple[tuple[str, str, float], ...] = (
    ("citation_title", "title", 0.95), ("dc.title", "title", 0.9), ("dcterms.title", "title", 0.9),
    ("parsely-title", "title", 0.87), ("og:title", "title", 0.85), ("twitter:title", "title", 0.7),
    ("title", "title", 0.6),
    ("citation_author", "author", 0.95), ("dc.creator", "author", 0.9), ("dcterms.creator", "author", 0.9),
    ("author", "author", 0.8), ("parsely-author", "author", 0.79), ("sailthru.author", "author", 0.78),
    ("byl", "author", 0.77), ("article:author", "author", 0.7),
    ("citation_publication_date", "date", 0.95), ("citation_date", "date", 0.95), ("dcterms.issued", "date", 0.95),
    ("dc.date.issued", "date", 0.95), ("dc.date", "date", 0.85), ("dcterms.date", "date", 0.85),
    ("article:published_time", "date", 0.85), ("datepublished", "date", 0.8), ("pubdate", "date", 0.8),
    ("date", "date", 0.7), ("parsely-pub-date", "date", 0.7), ("dcterms.created", "date", 0.7),
    ("dc.language", "language", 0.9), ("dcterms.language", "language", 0.9), ("citation_language", "language", 0.9),
    ("dc.type", "category", 0.8), ("dcterms.type", "category", 0.8), ("article:section", "category", 0.6),
)  # fmt: skip
MAX_HEADINGS = 50
"""Headings of a page that are compared with its title."""
_URL = re.compile(r"^\s*https?://", re.IGNORECASE)


def read_properties(tree: Any) -> tuple[Candidate, ...]:
    """Return distinct candidates of title, author, date and category (LABELLED) and language (EMBEDDED)."""
    metas = _meta_values(tree)
    script = read_json_ld(tree)
    headings = _own_headings(tree, metas)
    zones = heading_zones(tree, headings)
    candidates = [
        *script.candidates,
        *_from_metas(metas),
        *_from_elements(tree, metas, headings),
        *_languages(tree, metas),
    ]
    details = detail_elements(tree)
    candidates += (*shown_authors(tree, details, headings, zones), *shown_date(details, headings, zones))
    sites = {*script.publishers, _site_name(metas), *metas.get("dc.publisher", ()), *_names_behind_title(tree)}
    publishers = {_letters(name) for name in sites} - {_letters(name) for name in script.persons} - {""}
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        if candidate.field == "author" and _is_publisher(candidate.value, publishers):
            continue
        key = (candidate.field, candidate.value.casefold())
        if key not in best or candidate.confidence > best[key].confidence:
            best[key] = candidate
    return tuple(best.values())


def _is_publisher(name: str, publishers: set[str]) -> bool:
    letters = _letters(name)
    return letters in publishers or any(publisher.startswith(letters) for publisher in publishers if len(letters) > 5)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+|^the\b", "", text).casefold()


def _names_behind_title(tree: Any) -> Iterator[str]:
    """Yield the site's name where it follows the page's title after a separator."""
    title = plain(tree.findtext(".//title") or "")
    parts = SEPARATED_SITE.split(title)
    if len(parts) > 1:
        yield parts[-1]


def _meta_values(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        if value := plain(element.get("content") or ""):
            metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def _from_metas(metas: dict[str, list[str]]) -> Iterator[Candidate]:
    site = _site_name(metas)
    for name, field, confidence in _META:
        for printed in metas.get(name, ())[: MAX_AUTHORS if field == "author" else 1]:
            value = without_site(printed, site, "") if field == "title" else _value(field, printed)
            for each in _persons(printed) if field == "author" else filter(None, [value]):
                yield _labelled(field, each, f"meta {name}", printed, confidence)


def _value(field: str, printed: str) -> str:
    if field == "date":
        return iso_date(printed)
    if field == "language":
        return language_code(printed)
    return printed


def _persons(printed: str) -> list[str]:
    """Return the names in a value that states the authors."""
    names = byline_names(printed) or split_names(printed)
    return [name for name in names if not _URL.match(name) and len(name) <= MAX_PERSON_CHARACTERS]


def _labelled(field: str, value: str, detail: str, printed: str, confidence: float) -> Candidate:
    return Candidate(field, value, Source.LABELLED, detail, printed if printed != value else "", confidence)


def _site_name(metas: dict[str, list[str]]) -> str:
    return next((metas[name][0] for name in ("og:site_name", "application-name", "dc.publisher") if name in metas), "")


def _logo_name(tree: Any) -> str:
    """Return the alternative text of the picture that links to the site's first page; ``""`` where there is none."""
    for link in list(tree.iter("a"))[:MAX_HEADINGS]:
        if _HOME.fullmatch(link.get("href") or "-"):
            for image in link.iter("img"):
                if name := plain(image.get("alt") or ""):
                    return name
    return ""


_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+)?")


def _own_headings(tree: Any, metas: dict[str, list[str]]) -> list[Any]:
    """Return the headings that are the page's title, best first: marked ones, those in ``<title>``, a lone ``h1``.

    Alone is also the one ``h1`` in the page's article, and the one ``h2`` where ``<title>`` names but a kind of page.
    """
    titles = [plain(tree.findtext(".//title") or ""), *metas.get("og:title", ()), *metas.get("citation_title", ())]
    folded = [_letters(title) for title in titles]
    marked = [
        element
        for element in tree.xpath(
            "//*[self::h1 or self::h2 or self::h3][contains(concat(' ', @class, ' '), ' entry-title ')"
            " or contains(@itemprop, 'headline')]"
        )
        if not _names_site(element, metas)
    ]
    lone_marked = marked if len(marked) == 1 else []
    first = [element for element in tree.iter("h1") if not _names_site(element, metas)]
    second = list(tree.iter("h2"))[:MAX_HEADINGS]
    titled = [
        element
        for element in (*first[:MAX_HEADINGS], *second)
        if len(text := _letters(tidy(element.text_content()))) > 3 and any(text in title for title in folded)
    ]
    alone = _lone(first) or _lone(
        element for element in first if next(element.iterancestors("article"), None) is not None
    )
    if not alone and not titled and names_only_kind(titles[0]):
        alone = _lone(element for element in second if not is_elsewhere(element) and not _names_site(element, metas))
        alone = [element for element in alone if is_headline(tidy(element.text_content()))]
    return list(dict.fromkeys((*lone_marked, *titled, *alone)))


def _lone(elements: Iterable[Any]) -> list[Any]:
    """Return the only element with text, in a list; an empty list where there are none or several."""
    with_text = [element for element in elements if tidy(element.text_content())]
    return with_text if len(with_text) == 1 else []


def _names_site(heading: Any, metas: dict[str, list[str]]) -> bool:
    """Return whether a heading is the site's name: it says so, or all of it links to the site's first page."""
    text = tidy(heading.text_content())
    if text and _letters(text) == _letters(_site_name(metas)):
        return True
    around = f"{heading.get('class') or ''} {heading.get('id') or ''}"
    if re.search(r"site-?(?:title|name)|logo|blog-?title|masthead", around, re.IGNORECASE):
        return True
    links = [link for link in heading.iter("a") if tidy(link.text_content()) == text]
    return any(_HOME.fullmatch(link.get("href") or "-") for link in links)


def _from_elements(tree: Any, metas: dict[str, list[str]], headings: Sequence[Any]) -> Iterator[Candidate]:
    title = plain(tree.findtext(".//title") or "")
    texts = [text for element in headings if (text := tidy(element.text_content()))]
    # A heading that the title contains is the title without the site's name.
    heading = next((text for text in texts if text.casefold() in title.casefold()), "")
    site = _site_name(metas) or _logo_name(tree)
    value = heading if is_part_beside_site(title, heading, texts, tree) else without_site(title, site, heading)
    if value:
        yield _labelled("title", value, "html:title", title, 0.88 if heading else 0.75)
    if texts and not heading:
        alone = (
            not title
            or "headline" in (headings[0].get("itemprop") or "")
            or names_only_kind(title)
            or is_site_title(title, texts[0], tree)
        )
        yield Candidate("title", texts[0], Source.LABELLED, "html:h1", confidence=0.86 if alone else 0.72)
    for element in tree.iter("time"):
        if is_elsewhere(element):
            continue
        if value := iso_date(element.get("datetime") or ""):
            published = "pubdate" in element.attrib or "published" in (element.get("itemprop") or "").lower()
            yield _labelled("date", value, "html:time", element.get("datetime"), 0.8 if published else 0.5)
            break


def _languages(tree: Any, metas: dict[str, list[str]]) -> Iterator[Candidate]:
    root = tree.getroottree().getroot()
    body = root.find("body")
    elements = (root,) if body is None else (root, body)
    keys = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
    declared = next((value for element in elements for key in keys if (value := element.get(key))), "")
    headers = (each for each in tree.iter("meta") if (each.get("http-equiv") or "").lower() == "content-language")
    statements = (
        ("html:lang", declared, 0.8),
        ("html:Content-Language", next((each.get("content") or "" for each in headers), ""), 0.7),
        ("meta og:locale", metas.get("og:locale", [""])[0], 0.6),
    )
    for detail, printed, confidence in statements:
        if code := language_code(printed):
            yield Candidate("language", code, Source.EMBEDDED, detail, printed if printed != code else "", confidence)
