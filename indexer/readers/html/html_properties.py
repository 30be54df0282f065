"""Metadata of a web page: JSON-LD, citation and Dublin Core tags, Open Graph, headings, ``<time>``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.document import Candidate, Source
from indexer.metadata.person_names import byline_names, split_names
from indexer.readers.html.html_authors import MAX_AUTHORS, shown_authors
from indexer.readers.html.html_dates import shown_date
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
_TITLE_SEPARATOR = r"\s*[|\u2013\u2014\u00b7\u00bb:\u00ab/-]{1,2}\s*"
MIN_HEADING_WIDTH = 8
"""Width above which a heading that ``<title>`` contains is the page's title. A shorter one may be the site's name."""
MAX_HEADINGS = 50
"""Headings of a page that are compared with its title."""
MAX_SITE_WORDS = 4
"""Words of a ``<title>`` that may be the site's name alone."""
MIN_TITLE_WORDS = 4
"""Words before a title's last separator from which the few words after it count as the site's name."""
_SITE_SUFFIX = re.compile(r"(.+\S)\s+[|\u2013\u2014\u00b7\u00bb-]\s+(?:[^\W\d]+[.\s]?){1,4}$")
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
    parts = re.split(r"\s+[|\u2013\u2014\u00b7\u00bb\u00ab-]\s+", title)
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
    """Return the headings that are the page's title, best first: marked ones, those in ``<title>``, a lone ``h1``."""
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
    return list(dict.fromkeys((*lone_marked, *titled, *(first if len(first) == 1 else ()))))


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
    if value := without_site(title, _site_name(metas) or _logo_name(tree), heading):
        yield _labelled("title", value, "html:title", title, 0.88 if heading else 0.75)
    if texts and not heading:
        alone = not title or "headline" in (headings[0].get("itemprop") or "") or _is_site_title(title, texts[0], tree)
        yield Candidate("title", texts[0], Source.LABELLED, "html:h1", confidence=0.86 if alone else 0.72)
    for element in tree.iter("time"):
        if is_elsewhere(element):
            continue
        if value := iso_date(element.get("datetime") or ""):
            published = "pubdate" in element.attrib or "published" in (element.get("itemprop") or "").lower()
            yield _labelled("date", value, "html:time", element.get("datetime"), 0.8 if published else 0.5)
            break


def _is_site_title(title: str, heading: str, tree: Any) -> bool:
    """Return whether ``<title>`` is only the site's name, and the page's lone heading is its title.

    A site's name has few words, none of them in the heading. It says what it is, or the page repeats it above or below.
    """
    words = set(re.findall(r"\w+", title.casefold()))
    if len(words) > MAX_SITE_WORDS or words & set(re.findall(r"\w{3,}", heading.casefold())):
        return False
    if _SITE_WORD.search(title):
        return True
    margins = tree.xpath(
        "//header | //footer | //*[contains(@class, 'logo') or contains(@id, 'footer')] | //a[@href='/']"
    )
    return any(title.casefold() in tidy(element.text_content()[:2000]).casefold() for element in margins[:MAX_HEADINGS])


_SITE_WORD = re.compile(
    r"\b(?:news|blog|times|post|journal|tribune|gazette|herald|courier|magazine|weekly|daily|online|website|home ?page"
    r"|welcome|portal|board|council|committee|commission|association|society|institute|foundation|coalition|ministry|office"
    r"|network|university|centre|center|united nations"
    r"|noticias|notícias|nachrichten|actualités|notizie|أخبار|accueil|inicio|startseite|главная|новости|الرئيسية)\b"
    r"|\.(?:com|org|net)\b|首页|新闻|日报",
    re.IGNORECASE,
)


def without_site(title: str, site: str, heading: str) -> str:
    """Return a page's title without the name of its site.

    Args:
        title: the text of ``<title>`` or ``og:title``.
        site: the site's name where the page states it, else ``""``.
        heading: the page's own heading where the title contains it, else ``""``.
    """
    if _width(heading) > MIN_HEADING_WIDTH or (heading and heading.casefold() == title.casefold()):
        return heading
    if site and (cut := _remove_site_name(title, site)) != title:
        return cut
    suffixed = _SITE_SUFFIX.match(title)
    return suffixed.group(1) if suffixed and len(suffixed.group(1).split()) >= MIN_TITLE_WORDS else title


def _width(text: str) -> int:
    """Return a text's length, in which a character of Chinese, Japanese or Korean counts three times."""
    return len(text) + 2 * len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text))


def _remove_site_name(title: str, site: str) -> str:
    """Remove the site's name and its separator from the end or the beginning of a title."""
    name = re.escape(site)
    shortened = re.sub(rf"{_TITLE_SEPARATOR}{name}\s*$|^\s*{name}{_TITLE_SEPARATOR}", "", title, flags=re.IGNORECASE)
    return shortened.strip() or title


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
