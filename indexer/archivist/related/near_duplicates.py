"""Near-duplicates: documents with almost the same text, suggested to the archivist and never merged.

Signatures of all texts are cut into bands. Two texts that agree in a whole band are a candidate pair, whose similarity
is then computed exactly (locality-sensitive hashing: Leskovec, Rajaraman, Ullman, *Mining of Massive Datasets*, 3.4).
With 16 bands of 4, one pair in five thousand with a similarity of 0.8 is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.catalogue import Catalogue
from corpus.catalogue.compared_documents import compared_documents, main_texts
from indexer.archivist.related.minhash import (
    MAX_TEXT_CHARACTERS,
    SIGNATURE_LENGTH,
    Hashes,
    jaccard,
    shingles,
    signature,
)
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.report import Progress, no_progress

MIN_SIMILARITY = 0.8
"""Least Jaccard similarity of the shingles of two documents that are suggested as near-duplicates."""

MIN_SHINGLES = 20
"""Fewest shingles of a text that is compared. With fewer, the fixed words of a form make any two of them similar."""

BANDS = 16

ESTIMATE_MARGIN = 0.15
"""Distance below the threshold at which an estimate still has its pair measured: three standard errors."""

MAX_ALL_PAIRS = 16
"""Largest group of documents with an equal band in which every pair is measured. In a larger group each document is
compared with the first and the next only, so that thousands of equal letterheads cost no millions of comparisons."""

CACHED_SHINGLE_SETS = 64
"""Shingle sets that stay in memory while pairs are measured."""

Signatures = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Two documents that share most of their text: ids, paths, and the Jaccard similarity from 0 to 1."""

    first: str
    second: str
    first_path: str
    second_path: str
    score: float


def near_duplicates(
    archive: Path, *, threshold: float = MIN_SIMILARITY, progress: Progress = no_progress
) -> tuple[NearDuplicates, ...]:
    """Return pairs of searchable documents with similar texts, most similar first.

    Of a large group of versions not every pair is returned, but each member is in a pair.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        documents = sorted((one for one in compared_documents(catalogue) if one.characters), key=lambda one: one.key)
        indexes, signatures = _sign(catalogue, [document.key for document in documents], progress)

        @lru_cache(maxsize=CACHED_SHINGLE_SETS)
        def shingles_of(index: int) -> Hashes:
            return shingles(_text(catalogue, documents[index].key))

        pairs = []
        for a, b in _candidate_pairs(signatures, threshold):
            score = jaccard(shingles_of(int(indexes[a])), shingles_of(int(indexes[b])))
            if score >= threshold:
                first, second = documents[indexes[a]], documents[indexes[b]]
                pairs.append(NearDuplicates(first.id, second.id, first.path, second.path, round(score, 4)))
    return tuple(sorted(pairs, key=lambda pair: (-pair.score, pair.first_path, pair.second_path)))


def _text(catalogue: Catalogue, key: int) -> str:
    """Return the beginning of a document's text, as much as `shingles` uses."""
    texts: list[str] = []
    length = 0
    for text in main_texts(catalogue, key):
        texts.append(text)
        length += len(text)
        if length > MAX_TEXT_CHARACTERS:
            break
    return "\n".join(texts)


def _sign(catalogue: Catalogue, keys: list[int], progress: Progress) -> tuple[npt.NDArray[np.intp], Signatures]:
    """Return, for every document with enough text, its index in ``keys`` and its signature."""
    signatures = np.empty((len(keys), SIGNATURE_LENGTH), dtype=np.uint32)
    indexes: list[int] = []
    for index, key in enumerate(keys):
        hashes = shingles(_text(catalogue, key))
        if len(hashes) >= MIN_SHINGLES:
            signatures[len(indexes)] = signature(hashes)
            indexes.append(index)
        progress(index + 1, len(keys))
    return np.array(indexes, dtype=np.intp), signatures[: len(indexes)]


def _candidate_pairs(signatures: Signatures, threshold: float) -> list[tuple[int, int]]:
    """Return the pairs of rows whose estimated similarity is high enough, sorted."""
    candidates: set[tuple[int, int]] = set()
    width = SIGNATURE_LENGTH // BANDS
    for band in range(BANDS):
        for rows in _equal_rows(np.ascontiguousarray(signatures[:, band * width : (band + 1) * width])):
            candidates.update(_pairs_to_measure(rows))
    if not candidates:
        return []
    pairs = np.array(sorted(candidates))
    estimates = np.concatenate([
        (signatures[some[:, 0]] == signatures[some[:, 1]]).mean(axis=1)
        for some in np.array_split(pairs, len(pairs) // 10_000 + 1)
    ])  # fmt: skip
    return [(int(a), int(b)) for a, b in pairs[estimates >= threshold - ESTIMATE_MARGIN]]


def _equal_rows(band: Signatures) -> Iterator[list[int]]:
    """Yield the groups of two or more equal rows."""
    whole = band.view(np.dtype((np.void, band.dtype.itemsize * band.shape[1]))).ravel()
    _, group_numbers, counts = np.unique(whole, return_inverse=True, return_counts=True)
    order = np.argsort(group_numbers, kind="stable")
    ends = np.cumsum(counts)
    for end, count in zip(ends[counts > 1], counts[counts > 1], strict=True):
        yield [int(row) for row in order[end - count : end]]


def _pairs_to_measure(rows: list[int]) -> Iterator[tuple[int, int]]:
    for index, row in enumerate(rows):
        others = rows[index + 1 :] if len(rows) <= MAX_ALL_PAIRS else rows[index + 1 : index + 2]
        yield from ((row, other) for other in others)
        if len(rows) > MAX_ALL_PAIRS and index > 1:
            yield rows[0], row
