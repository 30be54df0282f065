"""Words that readers take for the same are one word for the index and for queries, in any normal form of Unicode."""

from __future__ import annotations

import json
import unicodedata

import pytest

from benchmarks.corpora.judged_collection import build_archive
from indexer.text import analysis
from search import Archive, Request, open_archive, plain

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

SPELLINGS = {
    "composed and decomposed Hangul": "국제앰네스티",
    "composed and decomposed kana": "データベース",
    "Hindi nasals": "सम्बन्ध संबंध",
    "Hindi moon sign": "गाँव गांव",
    "Hindi dots": "अख़बार अख\u093cबार अखबार",
    "half-width kana": "ﾍﾞﾄﾅﾑ ベトナム",
    "spacing sound marks": "ハ゜ン パン",
    "signs that repeat kana": "みすゞ みすず",
    "signs that repeat an ideograph": "代々木 代代木",
    "Thai AM in two parts": "ค้ำ คํ้า",
    "Arabic-Indic, Persian and full-width digits": "2046 ٢٠٤٦ ۲۰۴۶ ２０４６",
    "Indic digits": "573 ५७३ ৫৭৩ ௫௭௩",
    "Thai, Lao, Burmese and Khmer digits": "581 ๕๘๑ ໕໘໑ ၅၈၁ ៥៨១",
    "Thai digits after Thai letters": "ข้อ๑๗ ข้อ17",
    "an elided article": "d'avoir d’avoir dʼavoir d‘avoir d`avoir d´avoir d＇avoir d′avoir",
    "an apostrophe inside a Ukrainian word": "п'ятдесят п’ятдесят пʼятдесят",
    "a letter of Uzbek": "gʻalaba g'alaba g‘alaba gʼalaba",
    "an okina": "Hawaiʻi Hawai'i Hawai’i",
    "an okina at the beginning": "ʻumi 'umi umi",
    "an apostrophe and a letter as one character": "ŉdag 'ndag",
    "a transliterated ayn and hamza": "muʿallim mu'allim muʾallim",
    "Greek iota below": "τῷ τω",
    "Greek tonos, breathings and final sigma": "Ἄνθρωπος ΑΝΘΡΩΠΟΣ ανθρωποσ άνθρωπος",
    "Greek symbols": "ϑεός θεος",
    "Hebrew geresh": "ז׳קט ז'קט",
    "Hebrew gershayim": 'דו״ח דו"ח',
    "Hebrew points": "שָׁלוֹם שלום",
    "Arabic tatweel": "حقـــوق حقوق",
    "Arabic presentation forms": "ﻣﺤﻜﻤﺔ محكمة",
    "Arabic vowels": "قَانُون قانون",
    "German sharp s": "Gruß Gruss GRUẞ",
    "Turkish dotted I": "İZMİR izmir IZMIR",
    "Turkish dotless i typed without": "Kırıkkale Kirikkale KIRIKKALE",
    "Vietnamese d with a stroke": "Đồng đồng dong ĐỒNG",
    "ligatures": "ﬂexible flexible",
}
"""Spellings of one word, separated by spaces, by what they differ in."""


def forms(spellings: str) -> list[str]:
    """Return each spelling composed and decomposed."""
    return [unicodedata.normalize(form, word) for word in spellings.split() for form in ("NFC", "NFD")]


@pytest.mark.parametrize("spellings", SPELLINGS.values(), ids=SPELLINGS)
def test_spellings_of_one_word_have_the_same_tokens(spellings: str) -> None:
    tokens = {tuple(analysis.surface(form)) for form in forms(spellings)}
    assert len(tokens) == 1
    assert tokens != {()}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One document for each spelling; its file is named by it, and so is its title."""
    folder = tmp_path_factory.mktemp("spellings")
    rows = [
        {"_id": f"{number}-{place} {form}".replace('"', "״"), "title": form, "text": f"before {form} after"}
        for number, spellings in enumerate(SPELLINGS.values())
        for place, form in enumerate(forms(spellings))
    ]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    build_archive(folder, folder / "archive")
    return open_archive(folder / "archive")


@pytest.mark.parametrize("query", ["{}", '"before {} after"', "={}", "{}*", "title:{}", "text:{}", "file:{}"])
def test_every_spelling_finds_the_documents_of_all_spellings(archive: Archive, query: str) -> None:
    for spellings in SPELLINGS.values():
        totals = {form: archive.search(Request(query.format(form), passages=0)).total for form in forms(spellings)}
        wanted = dict.fromkeys(totals, len(forms(spellings)))
        if query.startswith("="):  # an exact word with marks is found with these marks alone
            wanted |= {form: _count_marked(form, spellings) for form in totals if _is_marked(form)}
        assert totals == wanted


def _is_marked(form: str) -> bool:
    return len(analysis.surface(form)) == 1 and analysis.marked_form(form) != ""


def _count_marked(form: str, spellings: str) -> int:
    return sum(analysis.marked_form(other) == analysis.marked_form(form) for other in forms(spellings))


def test_a_pasted_word_is_found_and_marked_in_the_passage(archive: Archive) -> None:
    for spellings in SPELLINGS.values():
        first, *_, last = forms(spellings)
        for hit in archive.search(Request(plain(last), facets=(), limit=100)).hits:
            (passage,) = hit.passages
            marked = "".join(passage.text[start:end] for start, end in passage.spans)
            assert analysis.surface(first) == analysis.surface(marked) or len(analysis.surface(first)) > 1


def test_a_fuzzy_distance_may_be_typed_in_any_digits(archive: Archive) -> None:
    assert archive.search(Request("flexibel~٢")).total == archive.search(Request("flexibel~2")).total > 0
