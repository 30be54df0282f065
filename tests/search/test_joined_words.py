"""Words that a text prints in parts are found in one piece, and the other way round."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search import Archive, Request, open_archive
from tests.support import ROOT

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

TEXTS = {
    "divided.txt": "The keeper is in the light-\nhouse, and the lighthouse keeper under a well-\nlit lamp. Har-\nbour.",
    "hyphenated.txt": "A light-house keeper wrote of the light-\nhouse and of the Harbour-\nMaster in 2012.",
    "parts.txt": "Some 47,500 lamps of the U.K. service: ISBN 0-19-852663-6. Printed at sea in 47 500 copies.",
    "east.txt": "灯塔47,500盏。",
    "whole.txt": "Some 47500 lamps of the UK service: 0198526636. Nothing else is here.",
    "foot.txt": "He wrote of the quaran-\n_____\n1 The log tells of the pest, and of the ships that had to wait.\n"
    "2 Ibid.\n\n8\n\ftine and of storm-\n9\fH/71/L.4\ntossed boats.",
    "lines.txt": " 9  Q. Was the breakwa-\n10  ter dry, and the sea-\n11  wall too?",
    "mail.eml": "From: Ann\nSubject: Lamps\n\nYes.\n\n> the wick-\n> maker came by day-\n> and night-time\n",
    "pages.txt": "地方法院和灯\f塔管理员。人\n\f民",
    "korean.txt": "정부는 국가인권위원\n회의 권고를 받았다. 옛 등\n대는 높고 등대지\n기 이야기는 길다.",
    "marks.txt": "Tür-\nme für die Bevöl-\nkerung. Die Bevölkerung zählt Tür-\nme und Turme.",
    "narrow.txt": "It is an inter-\nnation-\nal rule of international law.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, run_index: Callable[..., object]) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("joined")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    run_index(folder)
    with open_archive(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("lighthouse", "divided"),
        ("lighthouses", "divided"),
        ("=lighthouse", "divided"),
        ("lighth*", "divided"),
        ("*thouse", "divided"),
        ("lighthousse~", "divided"),
        ('"in the lighthouse and"', "divided"),
        ('"in the light house"', ""),
        ("=house", "hyphenated"),
        ("light-house", "hyphenated"),
        ('"the light-house and"', "hyphenated"),
        ("harbour", "divided hyphenated"),
        ("harbours", "divided hyphenated"),
        ("harbourmaster", ""),
        ('"Harbour-Master in 2012"', "hyphenated"),
        ("well-lit", "divided"),
        ("welllit", "divided"),
        ('"a welllit lamp"', "divided"),
        ('"a well lit lamp"', "divided"),
        ("harbour NEAR/0 lamp", "divided"),
        ("lighthouse NEAR/0 and", "divided"),
        ("keeper NEAR/5 lighthouse", "divided"),
        ("keeper NEAR/3 lamp", "divided"),
        ("keeper NEAR/2 lamp", ""),
        ("47500 NEAR/5 service", "parts whole"),
        ("some NEAR/4 service", ""),
        ("some NEAR/5 service", "parts whole"),
        ("47500", "east parts whole"),
        ("47,500", "east parts whole"),
        ('"47 500"', "east parts whole"),
        ('"some 47500 lamps of the u.k. service"', "parts whole"),
        ('"47500 copies"', "parts"),
        ("47 500", "east parts whole"),
        ("47\u00a0500 lamps", "parts whole"),
        ("475*", "east parts whole"),
        ("uk", "parts whole"),
        ("u.k.", "parts whole"),
        ("47500 NEAR/1 lamps", "parts whole"),
        ("인권위원회", "korean"),
        ('"국가인권위원회의 권고를"', "korean"),
        ('"국가인권위원 회의 권고를"', "korean"),
        ('"위원회 권고"', ""),
        ('"옛 등대는 높고"', "korean"),
        ("등대지기", "korean"),
        ('"등대지기 이야기"', "korean"),
        ('"등대지 기 이야기"', "korean"),
        ("47,500 NEAR/1 lamps", "parts whole"),
        ("47 500 NEAR/0 lamps", "parts whole"),
        ("lamps NEAR/0 47 500", "parts whole"),
        ('lamps NEAR/1 "47 500"', "parts whole"),
        ('"lamps 47,500 some"~0', "parts whole"),
        ("U.K. NEAR/0 service", "parts whole"),
        ("u.k. NEAR/0 service", "parts"),
        ("0-19-852663-6 NEAR/0 isbn", "parts"),
        ("0-19-852663-6", "parts whole"),
        ("0198526636", "parts whole"),
        ("international", "narrow"),
        ('"an international rule"', "narrow"),
        ("法院和灯塔管理", "pages"),
        ("和灯塔", "pages"),
        ("灯塔", "east pages"),
        ("灯塔管理", "pages"),
        ("人民", "pages"),
        ("=灯塔管", "pages"),
        ('"院和灯塔管理员"', "pages"),
        ("法和灯塔", ""),
        ("灯管", ""),
        ("人和灯塔", ""),
        ("=nation", ""),
        ("=Bevölkerung", "marks"),
        ("=Türme", "marks"),
        ("=Bevòlkerung", ""),
        ("=Tür", ""),
        ("=türme", "marks"),
        ('"the wickmaker came"', "mail"),
        ('"was the breakwater dry and the sea-wall too"', "lines"),
        ("dayand", ""),
        ("quarantine", "foot"),
        ("quarantines", "foot"),
        ("quarantin*", "foot"),
        ("quarantne~", "foot"),
        ('"of the quarantine and of storm-tossed boats"', "foot"),
        ('"of the stormtossed boats"', ""),
        ('"and of stormtossed boats"', "foot"),
        ("pest NEAR/8 quarantine", "foot"),
    ],
)
def test_words_are_found_in_parts_and_in_one_piece(archive: Archive, query: str, documents: str) -> None:
    assert sorted(hit.path for hit in archive.search(Request(query)).hits) == [
        f"{name}.eml" if name == "mail" else f"{name}.txt" for name in documents.split()
    ]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ('"the lighthouse, and"', "the lighthouse, and"),
        ("welllit", "well-lit"),
        ('"some 47500 lamps"', "Some 47,500 lamps"),
        ("0198526636", "0-19-852663-6"),
        ('"an international rule"', "an inter-nation-al rule"),
        ("quarantine", "quaran"),
        (
            '"wrote of the quarantine and of storm-tossed boats"',
            "wrote of the quaran- … tine and of storm- … tossed boats",
        ),
        ("=Bevölkerung", "Bevölkerung"),
        ("인권위원회", "인권위원"),
        ('"등대지기 이야기"', "등대지 기 이야기"),
        ('"wickmaker came by day and"', "wick-maker came by day- > and"),
    ],
)
def test_a_passage_shows_what_is_printed_from_the_first_part_on(archive: Archive, query: str, shown: str) -> None:
    marked = {
        passage.text[start:end]
        for hit in archive.search(Request(query)).hits
        for passage in hit.passages
        for start, end in passage.spans
    }
    assert shown in marked


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("wickm", ["wickmaker"]), ("stormt", ["stormtossed"]), ("lightho", ["lighthouse"]), ("quarantin", ["quarantine"])],
)
def test_a_word_printed_only_in_parts_is_offered(archive: Archive, typed: str, offered: list[str]) -> None:
    assert [suggestion.text for suggestion in archive.suggest(typed)] == offered


def test_an_undecided_word_changes_no_length_and_no_score(tmp_path: Path, run_index: Callable[..., object]) -> None:
    for name, text in (("a.txt", "A well-\nlit lamp."), ("b.txt", "A well-lit lamp.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    run_index(tmp_path)
    with open_archive(tmp_path) as opened:
        assert len({hit.score for hit in opened.search(Request("lamp")).hits}) == 1
        assert [hit.score for hit in opened.search(Request("welllit")).hits] == [0.0]


def test_halves_of_decided_words_are_not_offered(archive: Archive) -> None:
    offered = {suggestion.text for suggestion in archive.suggest("inter")}
    assert "international" in offered
    assert "inter" not in offered


@pytest.mark.parametrize(
    ("case", "query", "documents"),
    [
        ("hyphen-compound", "ill-treatment", "compound.pdf other.txt"),
        ("hyphen-compound", "examination", "compound.pdf"),
        ("pdf-glued-compound", '"the Secretary-General"', "compound.pdf"),
        ("pdf-glued-compound", '"decision-making"', "compound.pdf"),
        ("pdf-glued-compound", "SecretaryGeneral", ""),
        ("cjk-letter-spaced", "委员会听取港务长", "spaced.pdf spaced.txt"),
    ],
)
def test_the_cases_of_divided_and_spaced_words_are_right(cases: Archive, case: str, query: str, documents: str) -> None:
    paths = (hit.path for hit in cases.search(Request(query)).hits)
    found = sorted(path.removeprefix(f"{case}/") for path in paths if path.startswith(f"{case}/"))
    assert found == documents.split()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, run_index: Callable[..., object]) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("cases")
    for case in ("hyphen-compound", "pdf-glued-compound", "cjk-letter-spaced"):
        shutil.copytree(ROOT / "tests" / "cases" / case, folder / case)
        (folder / case / "README").unlink()
    run_index(folder)
    with open_archive(folder) as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quarantone", "quarantine"),
        ("stormtosed", "stormtossed"),
        ("wel-lit", "well-lit"),
        ("lighthuose-keeper", "lighthouse-keeper"),
    ],
)
def test_a_word_printed_only_in_parts_is_a_correction(archive: Archive, typed: str, meant: str) -> None:
    advice = archive.search(Request(typed)).advice
    assert advice is not None
    assert advice.did_you_mean == meant
