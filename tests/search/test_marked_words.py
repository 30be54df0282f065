"""Words that differ only by their marks: all are found, the one typed comes first, and ``=`` means it exactly."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.corpora.judged_collection import build_archive
from indexer.text import analysis
from search import Archive, Request, open_archive
from tests.support import ROOT

CASES = ROOT / "tests" / "cases"

GROUPS = {
    "vi": (
        "ma má mà mả mã mạ | la lá là lả lã lạ | ban bán bàn bản bạn | cua của cứa | dung đứng dùng dũng đúng | "
        "tam tám tấm tâm tầm"
    ),
    "tr": (
        "kis kış kıs | ac aç | on ön | ol öl | is iş | as aş | sac saç şaç | kus kuş | don dön | ari arı | "
        "sik şık sık | tas taş | koy köy | dis diş"
    ),
    "de": (
        "schon schön | fordern fördern | drucken drücken | Mutter Mütter | Masse Maße | Busse Buße | "
        "wurde würde | Bruder Brüder | Zuge Züge | konnte könnte | Apfel Äpfel | Tochter Töchter | "
        "Vater Väter | zahlen zählen | Flosse Flöße"
    ),
}
"""Sets of words, by language, that are one word when their marks are dropped."""

SENTENCES = {"vi": "hôm nay {} và ngày mai {}", "tr": "bugün {} ve yarın {}", "de": "Heute {} und morgen {}"}


def groups(language: str) -> list[list[str]]:
    return [group.split() for group in GROUPS[language].split("|")]


def write_archive(folder: Path, texts: dict[str, str]) -> tuple[Path, dict[str, str]]:
    rows = [{"_id": name, "title": "", "text": text} for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder / "archive", build_archive(folder, folder / "archive")


def found(archive: Archive, names: dict[str, str], query: str) -> list[str]:
    return [names[hit.id] for hit in archive.search(Request(query, facets=(), passages=0, limit=100)).hits]


@pytest.mark.parametrize("language", GROUPS)
def test_the_word_as_typed_comes_first_and_the_unmarked_one_finds_all(language: str, tmp_path: Path) -> None:
    words = [word for group in groups(language) for word in group]
    assert len(words) >= 30
    # Each word is in a decomposed text and in a long one that repeats it.
    folder, names = write_archive(
        tmp_path,
        {word: unicodedata.normalize("NFD", SENTENCES[language].format(word, word)) for word in words}
        | {f"{word} again": SENTENCES[language].format(word, word) * 3 for word in words},
    )
    with open_archive(folder) as archive:
        for group in groups(language):
            (folded,) = {analysis.fold(word) for word in group}
            everything = sorted(name for word in group for name in (word, f"{word} again"))
            assert sorted(found(archive, names, folded)) == everything
            for word in group:
                hits = found(archive, names, word)
                assert sorted(hits) == everything
                if analysis.marked_form(word):
                    assert {name.split()[0] for name in hits[:2]} == {word}, hits
                    assert sorted(found(archive, names, f"={word}")) == [word, f"{word} again"]
                    assert sorted(found(archive, names, f"={word.capitalize()}")) == [word, f"{word} again"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, dict[str, str]]]:
    folder, names = write_archive(
        tmp_path_factory.mktemp("marked"),
        {"city": "in Đà Nẵng, l'été", "other": "in Da Nang Da Nang, l'ete", "between": "Đà lạt, Da Nẵng", "none": "x"},
    )
    with open_archive(folder) as opened:
        yield opened, names


@pytest.mark.parametrize(
    ("query", "names"),
    [("=Đà", ["between", "city"]), ("=Da", ["between", "city", "other"]), ("=l'été", ["city"]),
     ("=đà-nẵng", ["city"]), ("=l'ete", ["city", "other"]), ("text:=nẵng", ["between", "city"]),
     ("title:=nẵng", []), ("x -=đà", ["none"]), ("=lát", [])],
)  # fmt: skip
def test_an_exact_word_means_its_marks_and_without_marks_any(
    archive: tuple[Archive, dict[str, str]], query: str, names: list[str]
) -> None:
    assert sorted(found(*archive, query)) == names


@pytest.mark.parametrize("query", ['"Đà Nẵng"', "Đà-Nẵng", "l'été"])
def test_phrases_and_words_of_several_parts_count_more_with_their_marks(
    archive: tuple[Archive, dict[str, str]], query: str
) -> None:
    assert found(*archive, query)[0] == "city"


def test_a_passage_marks_the_exact_word_and_no_other(archive: tuple[Archive, dict[str, str]]) -> None:
    hits = archive[0].search(Request("=Nẵng", facets=())).hits
    marked = {passage.text[start:end] for hit in hits for passage in hit.passages for start, end in passage.spans}
    assert marked == {"Nẵng"}


def test_an_explanation_adds_up_for_words_with_marks(archive: tuple[Archive, dict[str, str]]) -> None:
    request = Request("Đà l'été =nẵng", any=True, facets=())
    for hit in archive[0].search(request).hits:
        assert archive[0].explain(request, hit.id).value == pytest.approx(hit.score)


def test_capitals_of_turkish_words_keep_their_dots() -> None:
    assert analysis.marked_form("IŞIK") == analysis.marked_form("ışık") != analysis.marked_form("İŞİK")
    assert analysis.marked_form("λόγος") == analysis.marked_form("ΛΌΓΟΣ")
    assert [analysis.marked_form(word) for word in ("λογος", "новый", "كتاب", "word", "１９")] == [""] * 5


def test_three_vietnamese_words_are_told_apart(tmp_path: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (CASES / "vi-folding").glob("*.txt")}
    folder, names = write_archive(tmp_path, texts)
    with open_archive(folder) as archive:
        assert found(archive, names, "=má") == ["mother"]
        assert sorted(found(archive, names, "ma")) == ["ghost", "mother", "rice"]
        assert found(archive, names, "má")[0] == "mother"
        assert found(archive, names, "mạ")[0] == "rice"
