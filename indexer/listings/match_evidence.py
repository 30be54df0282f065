"""The evidence by which listed items and catalogued documents are matched, as keys that both sides share."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from corpus.listing import CataloguedDocument, Item, fold_title

_GENERIC = frozenset({"index", "default", "download", "view", "file", "document", "home", "attachment", "show", "get"})


def document_ids(catalogued: CataloguedDocument) -> list[str]:
    """Return the ids that a document is known by: its own and those that listings know it by."""
    claimed = (item.identifier.casefold() for _, item in catalogued.claims)
    return [catalogued.document.id, catalogued.identifier.casefold(), *claimed]


def document_links(catalogued: CataloguedDocument) -> list[str]:
    """Return the links that a document is known by, and its address inside a file."""
    return [catalogued.link, catalogued.part, *(item.link for _, item in catalogued.claims)]


def unchanged_item(item: Item) -> list[str]:
    """Return all that identifies an item, as one key in a list."""
    version = (item.value("date"), item.value("language"))
    return ["\n".join((fold_title(item.title), *version, item.link, item.identifier, item.digest))]


def linked_title(item: Item) -> list[str]:
    """Return the folded title with the link, in a list that is empty where one of them is missing."""
    return [f"{fold_title(item.title)}\n{item.link}"] if item.title and item.link else []


def dated_title(item: Item) -> list[str]:
    """Return the folded title with the date, in a list that is empty without a title."""
    return [f"{fold_title(item.title)} {item.value('date')}"] if item.title else []


def folded_titles(item: Item) -> list[str]:
    """Return the folded title in a list."""
    return [fold_title(item.title)]


def keys_of_claim(
    catalogued: CataloguedDocument, listing: str, claim_keys: Callable[[Item], Iterable[str]]
) -> Iterable[str]:
    """Return the keys of the document's item in an earlier version of the listing."""
    item = catalogued.claim_of(listing)
    return claim_keys(item) if item else ()


def without_claim(catalogued: CataloguedDocument, listing: str) -> CataloguedDocument:
    """Return a document as it is known without what a listing says of it."""
    if catalogued.claim_of(listing) is None:
        return catalogued
    others = tuple(claim for claim in catalogued.claims if claim[0] != listing)
    digest = catalogued.digest if catalogued.document.path else ""
    return replace(catalogued, link="", identifier="", digest=digest, claims=others)


def link_path(link: str) -> str:
    """Return the path of a link, unquoted and without ``..`` or a root; ``""`` for an invalid link."""
    try:
        path = unquote(urlsplit(link.replace("\\", "/")).path)
    except ValueError:
        return ""
    return "/".join(part for part in posixpath.normpath(path).split("/") if part not in ("", ".", ".."))


def folded_path(path: str) -> str:
    """Return a path in the form that paths are compared by."""
    return unicodedata.normalize("NFC", path).casefold()


def item_paths(item: Item) -> list[str]:
    """Return the link's path and its endings of two components or more."""
    return path_endings(link_path(item.link))


def path_endings(path: str) -> list[str]:
    """Return the endings of a path of two components or more, eight at most."""
    parts = [part for part in folded_path(path).split("/") if part]
    if len(parts) == 1:
        return []
    return ["/".join(parts[start:]) for start in range(max(len(parts) - 8, 0), len(parts) - 1)]


def item_file_names(item: Item) -> list[str]:
    """Return the folded file name that an item links to, in a list that is empty for generic names."""
    return file_name_keys(link_path(item.link))


def document_file_names(catalogued: CataloguedDocument) -> list[str]:
    """Return the folded name of a document's file, in a list that is empty for a document inside a file."""
    return file_name_keys(catalogued.document.path) if not catalogued.part else []


_SUFFIX = re.compile(r"\.(?=[a-z0-9]{1,5}\Z)(?=[0-9]*[a-z])[a-z0-9]+", re.IGNORECASE)


def file_name_keys(path: str) -> list[str]:
    """Return the folded file name of a path, in a list that is empty for generic names.

    Every suffix of a web page counts as ``.html``, as browsers choose it.
    """
    name = path.rpartition("/")[2]
    suffix = _SUFFIX.search(name)
    stem = fold_title(name[: suffix.start()] if suffix else name)
    if not stem or stem in _GENERIC or len(stem) < 3:
        return []
    kind = suffix.group().lower() if suffix else ".html"
    return [f"{stem}.html" if kind in (".htm", ".html", ".xhtml", ".php", ".aspx", ".asp") else f"{stem}{kind}"]
