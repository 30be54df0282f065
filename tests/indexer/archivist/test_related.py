"""Suggests near-duplicates by their words, and language versions by their names and days."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.catalogue import open_catalogue
from corpus.catalogue.events import EventKind
from corpus.catalogue.file_records import FileRecord, save_file
from corpus.catalogue.save_documents import DocumentRecord, save_document
from corpus.document import Candidate, DocumentText, Extraction, Page, Source, State
from indexer.archivist.related.language_versions import language_versions
from indexer.archivist.related.minhash import SHINGLE_WORDS, jaccard, shingles, signature
from indexer.archivist.related.near_duplicates import near_duplicates
from indexer.metadata.selection import choose_metadata

Stored = tuple[str, str, dict[str, str]]
"""Path, text and metadata of a document."""

SaveTexts = Callable[[Sequence[Stored]], Path]


@pytest.fixture
def save_texts(tmp_path: Path) -> SaveTexts:
    """Put documents into a catalogue; the archive's folder."""

    def put(stored: Sequence[Stored]) -> Path:
        catalogue = open_catalogue(tmp_path, write=True)
        with catalogue.batch():
            for number, (path, text, values) in enumerate(stored):
                file = save_file(catalogue, FileRecord(0, path, 1, 1, 1, f"sha256:{number}", State.INDEXED))
                found = tuple(Candidate(field, value, Source.LABELLED) for field, value in values.items())
                extraction = Extraction("text", "text/plain", DocumentText((Page(1, text),)))
                save_document(
                    catalogue,
                    DocumentRecord(file, f"sha256:{number}", "txt", extraction, found, choose_metadata(found)),
                    path,
                    EventKind.ADDED,
                )
        catalogue.close()
        return tmp_path

    return put


def prose(seed: int, words: int = 400) -> list[str]:
    chance = random.Random(seed)
    return [f"word{chance.randrange(5000)}" for _ in range(words)]


# --- near-duplicates ---------------------------------------------------------------------------------------------


def plain_shingles(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.casefold()).split()
    return {tuple(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1)}


@settings(deadline=None)
@given(st.text(alphabet="ab .-É\n", max_size=120), st.text(alphabet="ab .-É\n", max_size=120))
def test_shingle_arrays_are_as_similar_as_sets_of_words(one: str, other: str) -> None:
    a, b = plain_shingles(one), plain_shingles(other)
    assert len(shingles(one)) == len(a)
    assert jaccard(shingles(one), shingles(other)) == (len(a & b) / len(a | b) if a | b else 0.0)


def test_signatures_agree_as_often_as_the_texts_do() -> None:
    words = prose(1, 3000)
    for changed in (0, 30, 100):
        other = [*words]
        other[:: 3000 // changed if changed else 5000] = ["x"] * len(other[:: 3000 // changed if changed else 5000])
        a, b = shingles(" ".join(words)), shingles(" ".join(other))
        assert abs(float(np.mean(signature(a) == signature(b))) - jaccard(a, b)) < 0.2


def test_a_text_with_a_few_words_changed_is_suggested_and_another_is_not(save_texts: SaveTexts) -> None:
    words = prose(1)
    draft = [*words[:200], "amended", *words[200:]]
    archive = save_texts([
        ("final.txt", " ".join(words), {}),
        ("draft.txt", ", ".join(draft).upper(), {}),
        ("other.txt", " ".join(prose(2)), {}),
        ("half.txt", " ".join(words[:200] + prose(3, 200)), {}),
    ])  # fmt: skip
    (pair,) = near_duplicates(archive)
    assert {pair.first_path, pair.second_path} == {"final.txt", "draft.txt"}
    assert 0.9 < pair.score < 1
    low = near_duplicates(archive, threshold=0.3)
    assert low[0] == pair
    assert all(one.score >= 0.3 for one in low)


def test_scripts_without_spaces_are_compared_by_their_characters(save_texts: SaveTexts) -> None:
    text = "".join(chr(0x4E00 + (number * 37) % 5000) for number in range(300))
    archive = save_texts([("a.txt", text, {}), ("b.txt", text[:150] + "一" + text[150:], {})])
    assert len(near_duplicates(archive)) == 1


def test_short_and_empty_texts_are_never_suggested(save_texts: SaveTexts) -> None:
    archive = save_texts([("a.txt", "Form no 1", {}), ("b.txt", "Form no 1", {}), ("c.txt", "", {}), ("d.txt", "", {})])
    assert not near_duplicates(archive)


def test_each_member_of_a_large_group_is_in_a_pair(save_texts: SaveTexts) -> None:
    words = prose(1)
    archive = save_texts([(f"{number:03}.txt", " ".join([*words, f"v{number}"]), {}) for number in range(60)])
    pairs = near_duplicates(archive)
    assert {path for pair in pairs for path in (pair.first_path, pair.second_path)} == {
        f"{number:03}.txt" for number in range(60)
    }
    assert len(pairs) < 60 * 20


def test_a_thousand_documents_take_seconds(save_texts: SaveTexts) -> None:
    texts = [" ".join(prose(number // 2, 300)) + " tail" * (number % 2) for number in range(1000)]
    archive = save_texts([(f"{number}.txt", text, {}) for number, text in enumerate(texts)])
    started = time.monotonic()
    assert len(near_duplicates(archive)) == 500
    assert time.monotonic() - started < 10


# --- language versions -------------------------------------------------------------------------------------------


def version_paths(archive: Path) -> list[tuple[tuple[str, ...], float]]:
    return [(tuple(one.path for one in group.members), group.score) for group in language_versions(archive)]


def test_names_that_differ_only_in_the_language_make_a_group(save_texts: SaveTexts) -> None:
    archive = save_texts([
        ("a/report.pdf", "x", {"language": "en"}),
        ("a/report.fr.pdf", "x", {"language": "fr"}),
        ("a/report_ES.html", "x", {"language": "es"}),
        ("b/report.pdf", "x", {"language": "en"}),
        ("en/plan.pdf", "x", {"language": "en"}),
        ("fr/plan.pdf", "x", {"language": "fr"}),
        ("speech (English).txt", "x", {"language": "en"}),
        ("speech (français).txt", "x", {"language": "fr"}),
        ("notes-it.txt", "x", {"language": "en"}),
        ("notes.txt", "x", {"language": "en"}),
    ])  # fmt: skip
    assert version_paths(archive) == [
        (("a/report.fr.pdf", "a/report.pdf", "a/report_ES.html"), 0.9),
        (("en/plan.pdf", "fr/plan.pdf"), 0.9),
        (("speech (English).txt", "speech (français).txt"), 0.9),
    ]


def test_names_alone_are_a_weaker_sign(save_texts: SaveTexts) -> None:
    archive = save_texts([("x.en.pdf", "x", {}), ("x.fr.pdf", "x", {})])
    assert version_paths(archive) == [(("x.en.pdf", "x.fr.pdf"), 0.6)]


def test_the_same_day_category_and_pages_in_another_language_is_a_sign(save_texts: SaveTexts) -> None:
    same = {"date": "2019-03-04", "category": "statement"}
    archive = save_texts([
        ("one.txt", "x" * 100, {**same, "language": "en"}),
        ("deux.txt", "x" * 120, {**same, "language": "fr"}),
        ("long.txt", "x" * 100, {"date": "2019-03-05", "category": "statement", "language": "en"}),
        ("longue.txt", "x" * 900, {"date": "2019-03-05", "category": "statement", "language": "fr"}),
        ("year.txt", "x" * 100, {"date": "2018", "category": "statement", "language": "en"}),
        ("annee.txt", "x" * 100, {"date": "2018", "category": "statement", "language": "fr"}),
        ("twin.txt", "x", {"date": "2019-03-06", "category": "speech", "language": "en"}),
        ("other-twin.txt", "x", {"date": "2019-03-06", "category": "speech", "language": "en"}),
    ])  # fmt: skip
    assert version_paths(archive) == [(("deux.txt", "one.txt"), 0.5)]
