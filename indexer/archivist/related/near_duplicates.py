"""Documents that say almost the same: suggested to the archivist, never merged.

Signatures of all texts are cut into bands; texts that agree on a whole band are a candidate pair (Leskovec, Rajaraman
and Ullman, *Mining of Massive Datasets*, 3.4), which is then measured exactly. With 16 bands of 4, a pair of likeness
0.8 is missed once in five thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.catalogue import Catalogue
from corpus.document import SEARCHABLE, Role
from indexer.archivist.related.minhash import LONGEST, SLOTS, Numbers, jaccard, shingles, signature
from indexer.archivist.transactions import read_transaction
from indexer.archivist.verify.report import Progress, unwatched

THRESHOLD = 0.8
"""Least share of common five-word shingles (Jaccard) at which two documents are suggested as near-duplicates."""

FEWEST = 20
"""Shingles a text must have: below, a form's own words make any two of them alike."""

BANDS = 16
MARGIN = 0.15
"""How far below the threshold, three standard errors, an estimate may be and the pair still be measured."""

CROWD = 16
"""Texts agreeing on a band beyond which not all pairs are measured: each with the first and with the next."""

KEPT = 64
"""Shingle sets kept in memory while pairs are measured."""

Signatures = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Two documents that share most of their text: ids and paths, and the share of common shingles, 0 to 1."""

    first: str
    second: str
    first_path: str
    second_path: str
    score: float


def near_duplicates(
    archive: Path, *, threshold: float = THRESHOLD, progress: Progress = unwatched
) -> tuple[NearDuplicates, ...]:
    """Pairs of searchable documents whose texts are alike, the most alike first.

    Of a large family of versions not every pair is given, but each member is in a pair.

    Raises:
        CatalogueError: there is no catalogue, or it cannot be read.
    """
    with read_transaction(archive) as catalogue:
        rows = _documents(catalogue)
        numbers, signatures = _sign(catalogue, [key for key, _, _ in rows], progress)

        @lru_cache(maxsize=KEPT)
        def known(number: int) -> Numbers:
            return shingles(_text(catalogue, rows[number][0]))

        found = []
        for a, b in _pairs(signatures, threshold):
            score = jaccard(known(int(numbers[a])), known(int(numbers[b])))
            if score >= threshold:
                (_, first, first_path), (_, second, second_path) = rows[numbers[a]], rows[numbers[b]]
                found.append(NearDuplicates(first, second, first_path, second_path, round(score, 4)))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.first_path, pair.second_path)))


def _documents(catalogue: Catalogue) -> list[tuple[int, str, str]]:
    marks = ", ".join("?" * len(SEARCHABLE))
    rows = catalogue.rows(
        "SELECT d.key, d.id, coalesce(f.path, '') FROM documents d LEFT JOIN files f ON f.key = d.file"  # noqa: S608
        f" WHERE d.state IN ({marks}) AND d.characters > 0 ORDER BY d.key",
        *SEARCHABLE,
    )
    return [(key, name, path) for key, name, path in rows]


def _text(catalogue: Catalogue, key: int) -> str:
    """The opening of a document's text, page by page, as much as shingles are made of."""
    texts: list[str] = []
    length = 0
    for (text,) in catalogue.stream(
        "SELECT text FROM pages WHERE document = ? AND role = ? ORDER BY ordinal", key, Role.MAIN.value
    ):
        texts.append(text)
        length += len(text)
        if length > LONGEST:
            break
    return "\n".join(texts)


def _sign(catalogue: Catalogue, keys: list[int], progress: Progress) -> tuple[npt.NDArray[np.intp], Signatures]:
    """Place in ``keys`` and signature of every document with enough text."""
    signatures = np.empty((len(keys), SLOTS), dtype=np.uint32)
    numbers: list[int] = []
    for number, key in enumerate(keys):
        found = shingles(_text(catalogue, key))
        if len(found) >= FEWEST:
            signatures[len(numbers)] = signature(found)
            numbers.append(number)
        progress(number + 1, len(keys))
    return np.array(numbers, dtype=np.intp), signatures[: len(numbers)]


def _pairs(signatures: Signatures, threshold: float) -> list[tuple[int, int]]:
    """Candidate pairs whose signatures promise enough, in an order that has each text's pairs together."""
    met: set[tuple[int, int]] = set()
    width = SLOTS // BANDS
    for band in range(BANDS):
        for group in _groups(np.ascontiguousarray(signatures[:, band * width : (band + 1) * width])):
            met.update(_among(group))
    if not met:
        return []
    pairs = np.array(sorted(met))
    shares = np.concatenate([
        (signatures[some[:, 0]] == signatures[some[:, 1]]).mean(axis=1)
        for some in np.array_split(pairs, len(pairs) // 10_000 + 1)
    ])  # fmt: skip
    return [(int(a), int(b)) for a, b in pairs[shares >= threshold - MARGIN]]


def _groups(band: Signatures) -> Iterator[list[int]]:
    """Rows that are equal, where there are several."""
    whole = band.view(np.dtype((np.void, band.dtype.itemsize * band.shape[1]))).ravel()
    _, place, counts = np.unique(whole, return_inverse=True, return_counts=True)
    order = np.argsort(place, kind="stable")
    ends = np.cumsum(counts)
    for last, count in zip(ends[counts > 1], counts[counts > 1], strict=True):
        yield [int(row) for row in order[last - count : last]]


def _among(group: list[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(group):
        others = group[place + 1 :] if len(group) <= CROWD else group[place + 1 : place + 2]
        yield from ((one, other) for other in others)
        if len(group) > CROWD and place > 1:
            yield group[0], one
