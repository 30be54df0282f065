"""Match listed items with catalogued documents (record linkage).

The result does not depend on the order of items or documents. Passes use one kind of evidence each, the most reliable
first: an id, the file's digest, the link's path, the same item in an earlier version of the listing, the link's file
name, the same title, a similar title. A pass matches an item and a document only when the evidence is unique on both
sides: among those that are still unmatched, and for an item without a title among all. Such an item gets no record, so
the next import of the listing looks for its document again, and must not find one because others are matched by then.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache, partial
from typing import TypeAlias, TypeVar

from corpus.dates.edtf import Date, dates_overlap, parse_edtf, years_of
from corpus.document import Source, State
from corpus.listing import CataloguedDocument, Item, ItemMatch, Reconciliation, fold_title
from indexer.listings.match_evidence import (
    dated_title,
    document_file_names,
    document_ids,
    document_links,
    folded_path,
    folded_titles,
    item_file_names,
    item_paths,
    keys_of_claim,
    link_path,
    linked_title,
    path_endings,
    unchanged_item,
    without_claim,
)

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

SAME_ITEM = "listed before"
"""The evidence that an earlier version of the listing had the item and described the document by it."""

_RELIABLE_SOURCES = frozenset({Source.CORRECTION, Source.LISTING, Source.LABELLED, Source.FIRST_PAGE, Source.FILE_NAME})

A = TypeVar("A")
Keys: TypeAlias = Callable[[A], Iterable[str]]


@dataclass(slots=True)
class _Table:
    """Unmatched items and documents by their position, all of them as the next import will see them, and matches."""

    items: dict[int, Item]
    documents: dict[int, CataloguedDocument]
    all_items: Mapping[int, Item]
    all_documents: Mapping[int, CataloguedDocument]
    matches: list[ItemMatch] = field(default_factory=list)

    def match(self, item: int, document: int, by: str) -> None:
        self.matches.append(ItemMatch(self.items.pop(item), self.documents.pop(document).document.id, by))


def reconcile(
    items: Iterable[Item],
    documents: Iterable[CataloguedDocument],
    listing: str = "",
    *,
    strict_for_claimed: bool = False,
) -> Reconciliation:
    """Match each listed item with at most one document, and each document with at most one item.

    An item that an earlier version of the listing contained keeps its document. Then documents with a file are matched,
    then records without one: those of this listing, then those of others, which take more than a similar title.

    Args:
        items: the items of the listing.
        documents: everything that they may be matched with.
        listing: the listing's name.
        strict_for_claimed: whether documents with a file that another listing contains take more evidence, too.
    """
    all_items, all_documents = dict(enumerate(items)), dict(enumerate(documents))
    unchanged = _Table(all_items.copy(), all_documents.copy(), all_items, all_documents)
    _match_unique_keys(
        unchanged, unchanged_item, partial(keys_of_claim, listing=listing, claim_keys=unchanged_item), SAME_ITEM
    )
    _match_bare_links(unchanged, listing)
    lasting_documents = {number: without_claim(catalogued, listing) for number, catalogued in all_documents.items()}
    groups = _groups(unchanged.documents, listing, strict_for_claimed=strict_for_claimed)
    tables = [unchanged]
    free_items = unchanged.items
    for group, passes in zip(groups, (_passes, _passes, _strict_passes), strict=True):
        tables.append(passes(_Table(free_items, group, all_items, lasting_documents), listing))
        free_items = tables[-1].items
    matches = (match for table in tables for match in table.matches)
    unmatched = sorted(free_items.values(), key=lambda item: (item.row, item.title, item.link))
    unlisted = sorted(catalogued.document.id for table in tables[1:] for catalogued in table.documents.values())
    return Reconciliation(
        tuple(sorted(matches, key=lambda match: (match.item.row, match.document))), tuple(unmatched), tuple(unlisted)
    )


def _groups(
    documents: Mapping[int, CataloguedDocument], listing: str, *, strict_for_claimed: bool
) -> tuple[dict[int, CataloguedDocument], ...]:
    """Return documents with a file, the listing's own records, and those that take more evidence."""
    groups: tuple[dict[int, CataloguedDocument], ...] = ({}, {}, {})
    for number, catalogued in documents.items():
        is_record, is_own = catalogued.document.state is State.LISTED, bool(catalogued.claim_of(listing))
        is_foreign = not is_own and (is_record or (strict_for_claimed and bool(catalogued.claims)))
        groups[2 if is_foreign else 1 if is_record else 0][number] = catalogued
    return groups


def _strict_passes(table: _Table, _listing: str) -> _Table:
    """Match what must be the same document, although two listings name it."""
    _match_identity(table)
    _match_equal_titles(table, (_same_day, _has_telling_title))
    return table


def _match_identity(table: _Table) -> None:
    _match_unique_keys(table, lambda item: [item.identifier.casefold()], document_ids, "id")
    _match_unique_keys(table, lambda item: [item.digest], lambda catalogued: [catalogued.digest], "digest")
    _match_unique_keys(table, lambda item: [item.link], document_links, "link")


def _passes(table: _Table, listing: str) -> _Table:
    _match_identity(table)
    _match_unique_keys(
        table,
        lambda item: [folded_path(link_path(item.link))],
        lambda catalogued: [folded_path(catalogued.document.path)],
        "path",
    )
    _match_unique_keys(
        table, item_paths, lambda catalogued: path_endings(catalogued.document.path), "path", longest=True
    )
    for claim_keys in (linked_title, dated_title, folded_titles):
        _match_unique_keys(table, claim_keys, partial(keys_of_claim, listing=listing, claim_keys=claim_keys), SAME_ITEM)
    _match_unique_keys(table, item_file_names, document_file_names, "file name")
    _match_equal_titles(table, (_same_day, _is_compatible))
    _match_similar_titles(table)
    return table


def _match_unique_keys(
    table: _Table, item_keys: Keys[Item], document_keys: Keys[CataloguedDocument], by: str, *, longest: bool = False
) -> None:
    """Match items and documents that share a key unique on both sides.

    With ``longest``, longer paths are matched first.
    """
    pairs = [
        pair
        for pair in _unique_pairs(table.items, table.documents, item_keys, document_keys, longest=longest)
        if table.items[pair[0]].title
    ]
    if any(not item.title for item in table.items.values()):
        lasting = _unique_pairs(table.all_items, table.all_documents, item_keys, document_keys, longest=longest)
        pairs += [pair for pair in lasting if not table.all_items[pair[0]].title]
    for item, document in pairs:
        if item in table.items and document in table.documents:
            table.match(item, document, by)


def _match_bare_links(table: _Table, listing: str) -> None:
    """Match items that have a link and nothing to be known by besides with what the listing linked so before."""
    items = _grouped(table.all_items, lambda item: [item.link])
    documents = _grouped(
        table.all_documents, partial(keys_of_claim, listing=listing, claim_keys=lambda item: [item.link])
    )
    for link in sorted(items.keys() & documents.keys() - {""}):
        (item, *others), (document, *rivals) = items[link], documents[link]
        is_bare = item in table.items and not (others or rivals or any(_known_by(table.items[item])))
        if is_bare and document in table.documents:
            table.match(item, document, SAME_ITEM)


def _known_by(item: Item) -> tuple[str, str, str]:
    return item.title, item.identifier, item.digest


def _unique_pairs(
    all_items: Mapping[int, Item],
    all_documents: Mapping[int, CataloguedDocument],
    item_keys: Keys[Item],
    document_keys: Keys[CataloguedDocument],
    *,
    longest: bool,
) -> list[tuple[int, int]]:
    """Return the pairs of an item and a document that share a key unique on both sides."""
    items, documents = _grouped(all_items, item_keys), _grouped(all_documents, document_keys)
    shared = sorted(items.keys() & documents.keys() - {""}, key=lambda key: (-key.count("/") if longest else 0, key))
    pairs = ((items[key][0], documents[key][0]) for key in shared if len(items[key]) == 1 and len(documents[key]) == 1)
    claims = list(dict.fromkeys(pairs))
    items_claimed, documents_claimed = Counter(i for i, _ in claims), Counter(d for _, d in claims)
    # A longer path is matched before; of other keys, two claims to one item or document cancel each other.
    return [(i, d) for i, d in claims if longest or items_claimed[i] == documents_claimed[d] == 1]


def _grouped(rows: Mapping[int, A], keys: Keys[A]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for number, row in rows.items():
        for key in dict.fromkeys(keys(row)):
            groups[key].append(number)
    return groups


def _match_equal_titles(table: _Table, tests: Sequence[Callable[[Item, CataloguedDocument], bool]]) -> None:
    items = _grouped(table.items, lambda item: [fold_title(item.title)])
    documents = _grouped(table.documents, lambda catalogued: [fold_title(_title(catalogued))])
    for key in sorted(items.keys() & documents.keys() - {""}):
        for fits in tests:
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


def _has_telling_title(item: Item, catalogued: CataloguedDocument) -> bool:
    return len(fold_title(item.title).split()) >= MIN_TITLE_WORDS and _is_compatible(item, catalogued)


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
