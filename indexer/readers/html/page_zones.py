"""The parts of a web page: which elements are about the page's own heading, and which about something else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from indexer.readers.property_values import tidy

MAX_DETAIL_CHARACTERS = 200
"""Longest text of an element that shows an author or a date; anything longer is running text."""
MAX_ELEMENT_CHARACTERS = 2_000
"""Characters of the source, blanks and scripts included, up to which an element is examined."""
MAX_OWN_HEADINGS = 5
"""Headings of one page that are taken for its title."""
MAX_HEADING_PARENTS = 3
MAX_SIBLINGS = 4
"""Elements after a heading, and after each of its parents, among which details without a mark are sought."""
MAX_CLASS_CHARACTERS = 300
"""Characters of an element's class, and of its id, that are looked at."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OTHER_ZONE = re.compile(
    r"(?:^|[\s_-])(?:comments?|comment-?list|reply|replies|disqus|related|recommend\w*|teasers?|sidebar|widgets?|popular"
    r"|trending|latest|recent|promo\w*|newsletter|about-?(?:the-?)?author|author-?(?:bio|box|card|info-box)|biography|bio"
    r"|caption|credits?|photo\w*|figure|legende|share|social|tags?|breadcrumbs?|signup|advert\w*|most-read|more-\w+"
    r"|read-?more|navigation|menu)(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHER_ZONE_TAGS = frozenset({"aside", "nav", "form", "figure", "figcaption", "blockquote", "cite", "script"})


def shown_lines(element: Any) -> str:
    """Return the text of a short element, its blocks and line breaks as lines, without ``<time>``.

    Returns:
        ``""`` for an element with more than `MAX_ELEMENT_CHARACTERS`.
    """
    characters = 0
    for text in element.itertext():
        characters += len(text)
        if characters > MAX_ELEMENT_CHARACTERS:
            return ""
    return "\n".join(filter(None, (tidy(line) for line in _flat(element).split("\n"))))


def _flat(element: Any) -> str:
    parts = [(element.text or "").replace("\n", " ")]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "time", "svg"):
            # Elements that nothing divides in the source are set apart by the page's style.
            is_glued = child.getprevious() is not None and not child.getprevious().tail
            block = "\n" if is_glued or child.tag in ("br", "div", "p", "li", "dd", "dt", "tr", "ul") else ""
            parts.append(f"{block}{_flat(child)}{block}")
        parts.append((child.tail or "").replace("\n", " "))
    return "".join(parts)


_DETAIL = re.compile(
    r"auth|aut[oe]u?r|byline|by-line|firma|writ(?:er|t)|creat|submitted|signature|meta|info|details|dat(?:e|um)|fecha|time|publ"
    r"|posted",
    re.IGNORECASE,
)


def detail_elements(tree: Any) -> list[Any]:
    """Return the elements whose class or id may say that they show an author or a date, in document order."""
    names_detail: dict[str, bool] = {"": False}
    details = []
    for element in tree.iter("*"):
        words = class_words(element)
        if words not in names_detail:
            names_detail[words] = bool(_DETAIL.search(words))
        if names_detail[words]:
            details.append(element)
    return details


def class_words(element: Any) -> str:
    """Return the beginning of an element's class, and of its id."""
    name, identifier = element.get("class"), element.get("id")
    if not identifier:
        return (name or "")[:MAX_CLASS_CHARACTERS]
    return f"{(name or '')[:MAX_CLASS_CHARACTERS]} {identifier[:MAX_CLASS_CHARACTERS]}"


def is_elsewhere(element: Any) -> bool:
    """Return whether an element is in a part of the page about something else: comments, teasers, the margin."""
    for part in (element, *element.iterancestors()):
        if part.tag in ("body", "html"):
            return False
        if is_part_about_other(part):
            return True
    return False


def is_part_about_other(element: Any) -> bool:
    """Return whether an element itself is a part of the page about something else."""
    if element.tag in ("body", "html"):
        return False
    return element.tag in _OTHER_ZONE_TAGS or bool(_OTHER_ZONE.search(class_words(element)))


@dataclass(frozen=True, slots=True)
class HeadingZones:
    """The elements of a page that contain headings.

    Attributes:
        of_any: every ancestor of a heading.
        of_own: every ancestor of a heading that is the page's own title.
    """

    of_any: frozenset[Any]
    of_own: frozenset[Any]

    def covers(self, element: Any) -> bool:
        """Return whether the first ancestor with a heading has the page's own, or the page has none of its own."""
        first = next((ancestor for ancestor in element.iterancestors() if ancestor in self.of_any), None)
        return first is None or not self.of_own or first in self.of_own


def heading_zones(tree: Any, own: Iterable[Any]) -> HeadingZones:
    """Return the zones of all headings of a page, of which ``own`` are its title."""
    headings = (heading for heading in tree.iter(*_HEADINGS) if not _NAMES_AUTHOR.search(class_words(heading)))
    return HeadingZones(_containers(headings), _containers(own))


_NAMES_AUTHOR = re.compile(r"author|auteur|autor|byline", re.IGNORECASE)


def beside_headings(headings: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield short elements after a heading, and after the parents that contain little else, with their text."""
    for heading in islice(headings, MAX_OWN_HEADINGS):
        element: Any = heading
        for _ in range(MAX_HEADING_PARENTS):
            for sibling in list(element.itersiblings())[:MAX_SIBLINGS]:
                text = "" if is_elsewhere(sibling) else shown_lines(sibling)
                if 0 < len(text) <= MAX_DETAIL_CHARACTERS:
                    yield sibling, text
            element = element.getparent()
            if element is None or len(element.text_content()) > 2 * MAX_DETAIL_CHARACTERS:
                break


def _containers(headings: Iterable[Any]) -> frozenset[Any]:
    containers: set[Any] = set()
    for heading in headings:
        for ancestor in heading.iterancestors():
            if ancestor in containers:
                break
            containers.add(ancestor)
    return frozenset(containers)
