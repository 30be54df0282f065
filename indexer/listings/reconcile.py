"""Match listed items with catalogued documents (record linkage).

The result does not depend on the order of items or documents. Passes use one kind of evidence each, the most reliable
first: an id, the file's digest, the link's path, its file name, the same title, a similar title. A pass matches an item
and a document only when the evidence is unique on both sides.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias, TypeVar
from urllib.parse import unquote, urlsplit

from corpus.dates.edtf import Date, dates_overlap, parse_edtf, years_of
from corpus.document import Source, State
from corpus.listing import CataloguedDocument, Item, ItemMatch, Reconciliation, fold_title

MIN_SIMILARITY = 0.9
"""Similarity (`difflib` ratio of folded titles) from which two titles count as the same."""
MIN_MARGIN = 0.05
"""Lead in similarity that the best title needs over the next."""
MIN_TITLE_WORDS = 4
"""Words of the shortest title that matches although the dates differ within the year."""
MAX_PAIRS = 250_000
"""Pairs of items and documents with one title that are compared; a title with more identifies nothing."""
MAX_WORD_DOCUMENTS = 200
"""Most documents that may share a title word for the word to be used in finding similar titles."""

_GENERIC = frozenset({"index", "default", "download", "view", "file", "document", "home", "attachment", "show", "get"})
_RELIABLE_SOURCES = frozenset({Source.CORRECTION, Source.LISTING, Source.LABELLED, Source.FIRST_PAGE, Source.FILE_NAME})

A = TypeVar("A")
Keys: TypeAlias = Callable[[A], Iterable[str]]


@dataclass(slots=True)
class _Table:
    """Unmatched items and documents by their position, and the matches so far."""

    items: dict[int, Item]
    documents: dict[int, CataloguedDocument]
    matches: list[ItemMatch] = field(default_factory=list)

    def match(self, item: int, document: int, by: str) -> None:
        self.matches.append(ItemMatch(self.items.pop(item), self.documents.pop(document).document.id, by))


def reconcile(items: Iterable[Item], documents: Iterable[CataloguedDocument]) -> Reconciliation:
    """Match each listed item with at most one document, and each document with at most one item.

    Documents with a file are matched first, then listed records without one.
    """
    all_documents = list(documents)
    with_file = [catalogued for catalogued in all_documents if catalogued.document.state is not State.LISTED]
    without_file = [catalogued for catalogued in all_documents if catalogued.document.state is State.LISTED]
    first = _passes(_Table(dict(enumerate(items)), dict(enumerate(with_file))))
    second = _passes(_Table(first.items, dict(enumerate(without_file))))
    matched = sorted((*first.matches, *second.matches), key=lambda match: (match.item.row, match.document))
    unmatched = sorted(second.items.values(), key=lambda item: (item.row, item.title, item.link))
    unlisted = sorted(catalogued.document.id for table in (first, second) for catalogued in table.documents.values())
    return Reconciliation(tuple(matched), tuple(unmatched), tuple(unlisted))


def _passes(table: _Table) -> _Table:
    _match_unique_keys(table, lambda item: [item.identifier.casefold()], _document_ids, "id")
    _match_unique_keys(table, lambda item: [item.digest], lambda catalogued: [catalogued.digest], "digest")
    _match_unique_keys(table, lambda item: [item.link], lambda catalogued: [catalogued.link, catalogued.part], "link")
    _match_unique_keys(
        table,
        lambda item: [_folded_path(link_path(item.link))],
        lambda catalogued: [_folded_path(catalogued.document.path)],
        "path",
    )
    _match_unique_keys(
        table, _item_paths, lambda catalogued: _path_endings(catalogued.document.path), "path", longest=True
    )
    _match_unique_keys(table, _item_file_names, _document_file_names, "file name")
    _match_equal_titles(table)
    _match_similar_titles(table)
    return table


def _document_ids(catalogued: CataloguedDocument) -> list[str]:
    return [catalogued.document.id, catalogued.identifier.casefold()]


def _match_unique_keys(
    table: _Table, item_keys: Keys[Item], document_keys: Keys[CataloguedDocument], by: str, *, longest: bool = False
) -> None:
    """Match items and documents that share a key unique on both sides.

    With ``longest``, longer paths are matched first.
    """
    items = _grouped(table.items, item_keys)
    documents = _grouped(table.documents, document_keys)
    shared = sorted(items.keys() & documents.keys() - {""}, key=lambda key: (-key.count("/") if longest else 0, key))
    pairs = ((items[key][0], documents[key][0]) for key in shared if len(items[key]) == 1 and len(documents[key]) == 1)
    claims = list(dict.fromkeys(pairs))
    items_claimed, documents_claimed = Counter(i for i, _ in claims), Counter(d for _, d in claims)
    for item, document in claims:
        # A longer path was matched before; of other keys, two claims to one item or document cancel each other.
        alone = longest or items_claimed[item] == documents_claimed[document] == 1
        if alone and item in table.items and document in table.documents:
            table.match(item, document, by)


def _grouped(rows: Mapping[int, A], keys: Keys[A]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in rows.items():
        for key in dict.fromkeys(keys(row)):
            groups[key].append(number)
    return groups


def link_path(link: str) -> str:
    """Return the path of a link, unquoted and without ``..`` or a root; ``""`` for an invalid link."""
    try:
        path = unquote(urlsplit(link.replace("\\", "/")).path)
    except ValueError:
        return ""
    return "/".join(part for part in posixpath.normpath(path).split("/") if part not in ("", ".", ".."))


def _folded_path(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _item_paths(item: Item) -> list[str]:
    """Return the link's path and its endings of two components or more."""
    return _path_endings(link_path(item.link))


def _path_endings(path: str) -> list[str]:
    parts = [part for part in _folded_path(path).split("/") if part]
    if len(parts) == 1:
        return []
    return ["/".join(parts[start:]) for start in range(max(len(parts) - 8, 0), len(parts) - 1)]


def _item_file_names(item: Item) -> list[str]:
    return _file_name_keys(link_path(item.link))


def _document_file_names(catalogued: CataloguedDocument) -> list[str]:
    return _file_name_keys(catalogued.document.path) if not catalogued.part else []


_SUFFIX = re.compile(r"\.(?=[a-z0-9]{1,5}\Z)(?=[0-9]*[a-z])[a-z0-9]+", re.IGNORECASE)


def _file_name_keys(path: str) -> list[str]:
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


def _match_equal_titles(table: _Table) -> None:
    items = _grouped(table.items, lambda item: [fold_title(item.title)])
    documents = _grouped(table.documents, lambda catalogued: [fold_title(_title(catalogued))])
    for key in sorted(items.keys() & documents.keys() - {""}):
        for fits in (_same_day, _is_compatible):
            free_items = [item for item in items[key] if item in table.items]
            free_documents = [document for document in documents[key] if document in table.documents]
            for item, document in _exclusive_pairs(table, free_items, free_documents, fits):
                table.match(item, document, "title")


def _exclusive_pairs(
    table: _Table, items: Sequence[int], documents: Sequence[int], fits: Callable[[Item, CataloguedDocument], bool]
) -> list[tuple[int, int]]:
    """Return the pairs whose item and document each fit no other one."""
    if len(items) * len(documents) > MAX_PAIRS:
        return []
    possible = [(i, d) for i in items for d in documents if fits(table.items[i], table.documents[d])]
    items_claimed, documents_claimed = Counter(i for i, _ in possible), Counter(d for _, d in possible)
    return [(i, d) for i, d in possible if items_claimed[i] == documents_claimed[d] == 1]


def _title(catalogued: CataloguedDocument) -> str:
    return catalogued.document.metadata.value("title")


def _same_day(item: Item, catalogued: CataloguedDocument) -> bool:
    date = item.value("date")
    return bool(date and catalogued.document.metadata.value("date") == date) and _languages_agree(item, catalogued)


def _is_compatible(item: Item, catalogued: CataloguedDocument) -> bool:
    return _languages_agree(item, catalogued) and _dates_agree(item, catalogued)


def _languages_agree(item: Item, catalogued: CataloguedDocument) -> bool:
    listed, chosen = item.value("language"), catalogued.document.metadata.value("language")
    return not listed or not chosen or chosen == listed


def _dates_agree(item: Item, catalogued: CataloguedDocument) -> bool:
    """Return whether dates overlap, one is missing or uncertain, or the title identifies the document."""
    chosen = catalogued.document.metadata.date
    listed_date, chosen_date = _date(item.value("date")), _date(chosen.value if chosen else "")
    if (
        listed_date is None
        or chosen_date is None
        or chosen is None
        or chosen.source not in _RELIABLE_SOURCES
        or dates_overlap(listed_date, chosen_date)
    ):
        return True
    same_year = bool(set(years_of(listed_date)) & set(years_of(chosen_date)))
    return same_year and len(fold_title(item.title).split()) >= MIN_TITLE_WORDS


@lru_cache(maxsize=10_000)
def _date(edtf: str) -> Date | None:
    return parse_edtf(edtf) if edtf else None


def _match_similar_titles(table: _Table) -> None:
    """Match titles that differ slightly, by a typing error or a word but never by a number."""
    if not table.items:
        return
    titles = {number: fold_title(_title(catalogued)[:300]) for number, catalogued in table.documents.items()}
    by_word = _grouped(titles, lambda title: title.split())
    candidates_by_item: dict[int, list[tuple[float, int]]] = {}
    for number, item in table.items.items():
        title = fold_title(item.title[:300])
        candidates = _with_shared_words(title, by_word)
        scored = [(_similarity(title, titles[d]), d) for d in candidates if _is_compatible(item, table.documents[d])]
        candidates_by_item[number] = sorted(
            ((score, d) for score, d in scored if score >= MIN_SIMILARITY - MIN_MARGIN), reverse=True
        )
    for item_number, document in list(_clear_pairs(candidates_by_item)):
        table.match(item_number, document, "similar title")


def _with_shared_words(title: str, by_word: Mapping[str, Sequence[int]]) -> Iterator[int]:
    """Yield the documents that share most of the title's rarer words, about twenty at most."""
    votes: dict[int, int] = defaultdict(int)
    for word in dict.fromkeys(title.split()):
        documents = by_word.get(word, ())
        if len(documents) <= MAX_WORD_DOCUMENTS:
            for document in documents:
                votes[document] += 1
    best = sorted(votes.values(), reverse=True)[:20]
    return (document for document, count in votes.items() if count >= best[-1])


def _similarity(a: str, b: str) -> float:
    """Return the similarity of two titles, or 0 if their numbers differ, as Report 1 is not Report 2."""
    if re.findall(r"\d+", a) != re.findall(r"\d+", b):
        return 0.0
    first, second = sorted((a, b))  # difflib's ratio depends on the order of its arguments
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= MIN_SIMILARITY - MIN_MARGIN else 0.0


def _clear_pairs(candidates_by_item: Mapping[int, Sequence[tuple[float, int]]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are each other's most similar by `MIN_MARGIN`."""
    rivals: dict[int, list[float]] = defaultdict(list)
    for scored in candidates_by_item.values():
        for score, document in scored:
            rivals[document].append(score)
    for item, scored in candidates_by_item.items():
        if not scored or scored[0][0] < MIN_SIMILARITY:
            continue
        score, document = scored[0]
        rival_scores = [*(rival for rival, _ in scored[1:]), *_without(rivals[document], score)]
        if all(score - rival >= MIN_MARGIN for rival in rival_scores):
            yield item, document


def _without(scores: Sequence[float], score: float) -> list[float]:
    remaining = list(scores)
    remaining.remove(score)
    return remaining
