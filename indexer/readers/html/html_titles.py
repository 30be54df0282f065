"""The title of a web page without the name of its site: which part of ``<title>`` is which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from indexer.metadata.title_rules import is_generic_title
from indexer.readers.property_values import tidy

_TITLE_SEPARATOR = r"\s*[|\u2013\u2014\u00b7\u00bb:\u00ab/-]{1,2}\s*"
MIN_HEADING_WIDTH = 8
"""Width above which a heading that ``<title>`` contains is the page's title. A shorter one may be the site's name."""
MAX_SITE_WORDS = 4
"""Words of a ``<title>`` that may be the site's name alone."""
MIN_TITLE_WORDS = 4
"""Words before a title's last separator from which the few words after it count as the site's name."""
_SITE_SUFFIX = re.compile(r"(.+\S)\s+[|\u2013\u2014\u00b7\u00bb-]\s+(?:[^\W\d]+[.\s]?){1,4}$")
SEPARATED_SITE = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb\u00ab-]\s+")
"""Separates the page's title from the site's name."""
MIN_HEADLINE_WORDS = 3
"""Words of a heading of the second level that is the title where ``<title>`` is none."""
MAX_MARGINS = 50
"""Headers, footers and links to the first page in which the site's name is sought."""


def names_only_kind(title: str) -> bool:
    """Return whether a ``<title>`` is a kind of page, as "Press release", with at most the site's name beside it."""
    parts = SEPARATED_SITE.split(title)
    others = [part for part in parts if not is_generic_title(part)]
    return len(others) < len(parts) and all(len(part.split()) <= MAX_SITE_WORDS for part in others)


def is_headline(heading: str) -> bool:
    """Return whether a heading has the length of a headline; a shorter one may be of a part of the page."""
    return len(heading.split()) >= MIN_HEADLINE_WORDS or _width(heading) > 2 * MIN_HEADING_WIDTH


def is_part_beside_site(title: str, heading: str, headings: Sequence[str], tree: Any) -> bool:
    """Return whether a short lone heading is a part of ``<title>`` and the other parts are the site's name.

    The other parts are a name where they are behind the heading and have no more words, or where they say so.
    """
    parts = [part.casefold() for part in SEPARATED_SITE.split(title)]
    if len(parts) < 2 or heading.casefold() not in parts:
        return False
    others = [part for part in parts if part != heading.casefold()]
    if {text.casefold() for text in headings} & set(others):
        return False
    site = " ".join(others)
    is_shorter = parts[0] == heading.casefold() and len(site.split()) <= len(heading.split())
    return is_shorter or is_site_title(site, heading, tree)


def is_site_title(title: str, heading: str, tree: Any) -> bool:
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
    return any(title.casefold() in tidy(element.text_content()[:2000]).casefold() for element in margins[:MAX_MARGINS])


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
