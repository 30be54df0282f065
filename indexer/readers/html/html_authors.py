"""Authors that a web page shows: marked elements and bylines beside the page's heading, in several languages.

A byline belongs to the nearest heading above it in the markup. So the bylines of teasers, comments and other articles
on the page name nobody here. Who publishes, photographs, translates or comments is no author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from corpus.document import Candidate, Source
from indexer.metadata.person_names import (
    MAX_NAME_CHARACTERS,
    byline_names,
    is_person_name,
    names_after_date,
    split_names,
)
from indexer.readers.html.page_zones import (
    MAX_DETAIL_CHARACTERS,
    HeadingZones,
    beside_headings,
    class_words,
    is_elsewhere,
    shown_lines,
)
from indexer.readers.property_values import tidy

MAX_AUTHORS = 20
"""Authors taken from one source on a page."""
MAX_BYLINES = 40
"""Elements of a page that are examined as bylines."""

_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|(?:article|post|entry|story|news|node|content|meta)?[_-]*authors?(?:[_-]*(?:name|line|info|link))?"
    r"|autor(?:in|es)?|auteurs?|autore|firma|writers?|written-?by|created-?by|node__submitted|submitted|signature"
    r"|(?:post|entry|article)-?_?(?:meta|info|details)|postmetadata|dateline|info)(?:$|[\s_-])|byline|articleauthor",
    re.IGNORECASE,
)


def shown_authors(
    tree: Any, details: Sequence[Any], headings: Sequence[Any], zones: HeadingZones
) -> Iterator[Candidate]:
    """Yield the authors of the page's own heading: of marked elements, else of a byline.

    Args:
        tree: the page.
        details: the elements of `page_zones.detail_elements`.
        headings: the elements that are the page's title.
        zones: of these and of all other headings.
    """
    marked = _MARKED(tree)
    if names := _names(marked[:MAX_BYLINES], zones, marked=True):
        yield from (_labelled(name, "html:author", 0.75) for name in names)
        return
    bylines = [element for element in details if _BYLINE_CLASS.search(class_words(element))]
    if names := _names(bylines[:MAX_BYLINES], zones, marked=False) or _unmarked_names(tree, headings):
        yield from (_labelled(name, "html:byline", 0.65) for name in names)


_MARKED = etree.XPath(
    "//*[@itemprop='author' or @itemprop='creator' or @property='schema:author' or @property='author'"
    " or @rel and contains(concat(' ', @rel, ' '), ' author ')"
    " or contains(@class, 'vcard') and contains(concat(' ', @class, ' '), ' author ')]"
)


def _labelled(name: str, detail: str, confidence: float) -> Candidate:
    return Candidate("author", name, Source.LABELLED, detail, confidence=confidence)


def _names(elements: Sequence[Any], zones: HeadingZones, *, marked: bool) -> list[str]:
    """Return the names in the first element with names, and in those beside it."""
    names: list[str] = []
    nearest: Any = None
    for element in elements:
        if is_elsewhere(element) or not zones.covers(element):
            continue
        found = _marked_names(element) if marked else _byline_names(element)
        if not found or (nearest is not None and not _is_beside(element, nearest)):
            continue
        nearest = element if nearest is None else nearest
        names += [name for name in found if name not in names]
        if not marked:
            break
    return names[:MAX_AUTHORS]


def _marked_names(element: Any) -> list[str]:
    """Return the name in an element that is marked as an author, itself or in a part of it."""
    if content := tidy(element.get("content") or ""):
        return split_names(content)
    inner = element.xpath(".//*[@itemprop='name'] | .//*[contains(concat(' ', @class, ' '), ' fn ')]")
    text = shown_lines((inner or [element])[0])
    names = byline_names(text) or split_names(text)
    return [name for name in names if is_person_name(name, min_words=1)]


def _byline_names(element: Any) -> list[str]:
    text = shown_lines(element)
    if len(text) > MAX_DETAIL_CHARACTERS:
        return []
    if names := byline_names(text) or names_after_date(text):
        return names
    # A class that says author needs no "by" before a name; a line of details does.
    says_author = re.search(r"author|autor|auteur|byline|firma|writer", class_words(element), re.IGNORECASE)
    parts = re.split(r"\n| [|·•–—] |\s{3,}", text)
    lone = [name for part in parts for name in split_names(part) if is_person_name(name)]
    if says_author and lone and all(_ROLE.search(part) for part in parts[1:]):
        return lone
    dated = any(re.search(r"\b(?:19|20)\d\d\b", part) for part in parts)
    return lone if dated and len(lone) == 1 and len(parts) > 1 else []


_ROLE = re.compile(
    r"^(?!.*\d)(?:[^\W\d_][\w’'&.-]*\s){0,5}?(?:editor|correspondent|reporter|writer|journalist|columnist|contributor|author"
    r"|fellow|researcher|analyst|redakt|korrespondent|autor|journaliste|rédact|correspondant|periodista|redactor|corresponsal"
    r"|giornalista|корреспондент|журналист|обозреватель|редактор)",
    re.IGNORECASE,
)
"""Says what a person is, behind the name."""


def _unmarked_names(tree: Any, headings: Sequence[Any]) -> list[str]:
    """Return the names of an element after a heading that begins as a byline does.

    On a page without headings, any element that is only a byline counts.
    """
    beside = list(beside_headings(headings))
    for _, text in beside:
        if names := byline_names(text):
            return names
    if senders := _senders([text for _, text in beside], is_archive=_is_of_mailing_list(tree, headings)):
        return senders
    if headings:
        return []
    elements = list(tree.iter("i", "em", "b", "p", "span", "font", "div", "td"))[:MAX_BYLINES]
    texts = (shown_lines(element) for element in elements if not is_elsewhere(element))
    return next(
        (names for text in texts if "\n" not in text and (names := byline_names(text[:MAX_NAME_CHARACTERS]))), []
    )


def _is_of_mailing_list(tree: Any, headings: Sequence[Any]) -> bool:
    """Return whether a page is in a mailing list's archive: by the list's name in its heading, or by its links."""
    if any(_LIST_NAME.match(heading.text_content()) for heading in headings):
        return True
    links = list(tree.iter("a"))[:MAX_LIST_LINKS]
    texts = (f"{getattr(link.getparent(), 'text', '') or ''} {link.text_content()}" for link in links)
    return any(map(_TO_NEXT_MESSAGE.search, texts))


_LIST_NAME = re.compile(r"\s*(?:re:\s*)?\[[\w .-]{2,40}\]", re.IGNORECASE)
_TO_NEXT_MESSAGE = re.compile(r"(?:next|previous) message|(?:date|thread) (?:prev|next|index)", re.IGNORECASE)
MAX_LIST_LINKS = 40
"""Links of a page among which those of a mailing list's archive are sought."""


def _senders(texts: Sequence[str], *, is_archive: bool) -> list[str]:
    """Return who sent the message that a page shows: the name before a mail address, in a mailing list's archive."""
    for text, following in zip(texts, [*texts, ""][1:], strict=True):
        if is_archive and is_person_name(text) and _MAIL_ADDRESS.fullmatch(following):
            return [text]
        for match in _FROM.finditer(text):
            if is_person_name(name := match[1].strip(" \"'")):
                return [name]
    return []


_MAIL_ADDRESS = re.compile(
    r"\W{0,2}[\w.+-]{1,64}(?:@|\s?[(\[{]?\s?\bat\b\s?[)\]}]?\s?)[\w-]+(?:\.|\sdot\s)[\w.-]{1,64}\W{0,2}"
)
_FROM = re.compile(rf"^from\s?:\s?([^<(\[\n]{{3,70}}?)\s?[<(\[]{_MAIL_ADDRESS.pattern}", re.IGNORECASE | re.MULTILINE)


def _is_beside(element: Any, first: Any) -> bool:
    """Return whether two elements are parts of one byline: at most two levels below a common ancestor."""
    above = list(first.iterancestors())[:2]
    return any(ancestor in above for ancestor in list(element.iterancestors())[:2])
