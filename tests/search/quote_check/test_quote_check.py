"""Quotations are found word for word, and everything that is not so is told for what it is."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue.events import LogEntry
from corpus.document import Document, State
from indexer.archivist.withdrawal import withdraw
from indexer.ingest.run_config import Options
from search import Request, open_archive
from search.quote_check.check_quotes import change_of_text, check_quotes
from search.quote_check.document_pages import ReadDocument
from search.quote_check.draft_sources import SourceWork
from search.quote_check.nearest_words import edit_distances, is_unique, nearest_words, word_changes
from search.quote_check.quote_values import Quotation, QuoteResult
from search.quote_check.quoted_words import find_words
from search.quote_check.read_quotations import read_quotations
from tests.conftest import Indexing

PAGE = (
    "The State party should ensure that every de-\ntained person “may meet a lawyer” in the ﬁrst hours –\n"
    "and that self-\nreporting isn’t the only safeguard. No one was heard [in private] during the visit."
)


@pytest.mark.parametrize(
    ("quote", "is_exact"),
    [
        ("ensure that every detained person", True),
        ("ensure that every de-tained person", True),
        ("self-reporting isn’t the only safeguard", True),
        ("hours –\nand that self-reporting", True),
        ("No one was heard [in private] during", True),
        ("The State party … in the ﬁrst hours", True),
        ("The State party [...] “may meet a lawyer” […] the visit.", True),
        ("[t]he State party should ensure", True),
        ("should [, it says,] ensure that", True),
        ("person 'may meet a lawyer' in the first hours - and", False),
        ("isn't the only safeguard", False),
        ("The Stateparty should", False),
        ("isnt the only safeguard", None),
        ("the visit … The State party", None),
        ("ensure that every retained person", None),
        ("tained person", None),
        ("Tat every", None),
        ("the state party", None),
        ("… […] ", None),
    ],
)
def test_words_are_found_but_for_line_ends_and_signs(quote: str, is_exact: bool | None) -> None:
    found = find_words(PAGE, quote)
    assert (found.is_exact if found else None) is is_exact


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("قال الشاهد إن السجن\nمغلق منذ عام", "إن السجن مغلق"),
        ("第一条 人人生而自由，在尊严和权利上一律平等。", "生而自由，在尊严"),
        ("ลูกเรือทั้งหมดถูกกักขัง", "ถูกกักขัง"),
        ("a (.*)+$ b\\d{2,} c", "(.*)+$ b\\d{2,}"),
        ("e\u0301te\u0301 a\u0300 Paris".encode().decode(), "été à"),
    ],
)
def test_words_of_any_script_and_signs_of_patterns_are_found(text: str, quote: str) -> None:
    found = find_words(unicodedata.normalize("NFC", text), quote)
    assert found
    assert found.is_exact


@given(st.text("ab ", min_size=1, max_size=8), st.text("ab ", max_size=20))
def test_edit_distances_are_those_of_the_textbook(pattern: str, text: str) -> None:
    column = [*range(len(pattern) + 1)]
    expected = []
    for sign in text:
        following = [0]
        for place, own in enumerate(pattern, 1):
            following.append(min(column[place] + 1, following[-1] + 1, column[place - 1] + (own != sign)))
        column = following
        expected.append(column[-1])
    assert edit_distances(pattern, text) == expected


def test_the_nearest_words_are_whole_and_unique() -> None:
    quote = "every prisoner may meet a lawyer in the first two hours of custody"
    near = nearest_words(f"Before this. {quote.replace('two', 'few')}, and after it.", quote)
    assert near
    assert near.text == quote.replace("two", "few")
    assert is_unique(near, quote)
    assert [(change.quoted, change.printed) for change in word_changes(quote, near.text)][1] == ("two", "few")
    alike = nearest_words(f"{quote.replace('two', 'few')} and {quote.replace('two', 'six')}", quote)
    assert alike
    assert not is_unique(alike, quote)
    assert nearest_words("Linus was there, and so were all the others of them", "chines chines chines chi") is None


DRAFT = """He said "no" and “every prisoner may
meet a lawyer” (Some Title (2), 4 May 2019, page 3, aaaaaaaaaa), and later «tout est dit ici» (bbbbbbbbbb).

> A block that stands alone,
> on two lines. (cccccccccc, p. iv)

Statements "of 5" were" made; “never closed. (aaaaaaaaaa)

“A last one with no source at all”
"""


def test_a_draft_gives_quotations_with_the_sources_after_them() -> None:
    ids = {"aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"}
    found = read_quotations(DRAFT, lambda words: dict.fromkeys(ids & {*words}, SourceWork()))
    assert [(one.text.replace("\n", " "), one.document_id, one.page, one.line) for one in found] == [
        ("no", "", "", 1),
        ("every prisoner may meet a lawyer", "aaaaaaaaaa", "3", 1),
        ("tout est dit ici", "bbbbbbbbbb", "", 2),
        ("A block that stands alone, on two lines.", "cccccccccc", "iv", 4),
        ("of 5", "aaaaaaaaaa", "", 7),
        ("A last one with no source at all", "", "", 9),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_quotations_by_the_names_of_its_columns(delimiter: str) -> None:
    rows = [
        ["Quote", "ID", "Page", "sha256", "taken"],
        ["'=sum of all", "AAAAAAAAAA", "4", "ab", "2020-01-02"],
        ["", "", "", "", ""],
    ]
    text = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    (found,) = read_quotations(text, lambda _: {})
    assert found == Quotation("=sum of all", "aaaaaaaaaa", "4", "ab", "2020-01-02", 2)


@pytest.mark.parametrize("text", ["“" * 100_000, '"' * 100_000, "> " * 100_000, '"a' * 50_000, "quote\n" + "x" * 100])
@pytest.mark.no_cover
def test_no_draft_takes_long_to_read(text: str) -> None:
    started = time.process_time()
    read_quotations(text, lambda _: {})
    assert time.process_time() - started < 2


TEXTS = {
    "first.txt": "On the harbour.\n\nThe delegation visited the prison on two days and spoke with forty prisoners.",
    "second.txt": "On the river.\n\nThe commission heard nine witnesses, whose names are not printed in this report.",
    "third.txt": "On the sea.\n\nNobody was allowed to leave the island before the last boat had come back.",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, run_index: Indexing) -> tuple[Path, dict[str, str]]:
    """An archive of three texts, which the last test changes."""
    folder = tmp_path_factory.mktemp("quotes")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    run_index(folder, options=Options(jobs=1))
    return folder, ids_of(folder)


def test_divided_words_are_shown_as_the_archive_spells_them(tmp_path: Path, run: Indexing) -> None:
    spelling = "Nobody is absolutely sure. Their co-operation is dear to us, and every co-operation is."
    text = "They said that abso-\nlutely no co-\noperation with the har\u00ad\nbour was seen that day by anybody."
    for name, words in (("a.txt", spelling), ("b.txt", text), ("c.txt", spelling)):
        (tmp_path / name).write_text(words, encoding="utf-8")
    run(tmp_path)
    plain = "They said that absolutely no co-operation with the harbour was seen that day by anybody."
    drafted = [plain, text, plain.replace("that day", "one day"), text.replace("that day", "one day")]
    spaced = [quote.replace("They said", "They  ‘said’") for quote in drafted[:2]]
    with open_archive(tmp_path) as opened:
        report = check_quotes(opened, [Quotation(quote) for quote in (*drafted, *spaced)])
    assert [one.result.value for one in report.quotes] == [
        "verbatim", "verbatim", "altered", "altered", *["spacing-or-quotation-marks"] * 2,
    ]  # fmt: skip
    assert {one.place.text for one in report.quotes if one.place} == {plain}
    for altered in report.quotes[2:4]:
        assert altered.distance == 4
        changed = [(change.quoted, change.printed) for change in altered.changes if not change.is_equal]
        assert changed == [("one", "that")]


def ids_of(folder: Path) -> dict[str, str]:
    with open_archive(folder) as opened:
        return {hit.path: hit.id for hit in opened.search(Request(limit=20)).hits}


def results(folder: Path, quotations: Sequence[Quotation]) -> list[str]:
    with open_archive(folder) as opened:
        return [one.result.value for one in check_quotes(opened, quotations).quotes]


def test_each_quotation_is_told_for_what_it_is(archive: tuple[Path, dict[str, str]]) -> None:
    folder, ids = archive
    words = "visited the prison on two days and spoke with forty prisoners"
    quotations = [
        Quotation(words, ids["first.txt"]),
        Quotation(words),
        Quotation(words, ids["second.txt"]),
        Quotation(words.replace("two", "ten"), ids["first.txt"]),
        Quotation(words.replace("two", "ten")),
        Quotation(words.replace(" on two", " on “two”"), ids["first.txt"]),
        Quotation("a sentence that nobody ever wrote anywhere in here", ids["first.txt"]),
        Quotation(words, "zzzzzzzzzz"),
        Quotation(words, ids["first.txt"], page="7"),
    ]
    assert results(folder, quotations) == [
        "verbatim", "verbatim", "another-document", "altered", "altered", "spacing-or-quotation-marks", "not-found",
        "another-document", "another-page",
    ]  # fmt: skip
    with open_archive(folder) as opened:
        report = check_quotes(opened, [*quotations[3:4], Quotation("too short")])
    (altered,) = report.quotes
    assert altered.place
    assert (altered.distance, altered.place.document_id, report.ignored) == (2, ids["first.txt"], 1)
    assert not report.is_faultless


@pytest.mark.parametrize(
    ("kinds", "digest", "taken", "code"),
    [
        (["recognised"], "", "", ""),
        (["recognised", "recognised"], "", "", "quote.read-anew"),
        (["reread"], "", "2020-01-01", "quote.read-anew"),
        (["reread"], "", "2020-01-02", ""),
        (["changed", "moved"], "", "", "quote.reissued"),
        (["moved", "removed", "returned"], "SHA256:AB", "", ""),
        ([], "cd", "", "quote.other-digest"),
    ],
)
def test_the_history_of_a_text_says_what_changed(kinds: list[str], digest: str, taken: str, code: str) -> None:
    events = tuple(LogEntry(n, "2020-01-01T10:00:00+00:00", kind, "", "a") for n, kind in enumerate(kinds))
    document = Document("aaaaaaaaaa", "a.pdf", State.INDEXED, "", "application/pdf", "pdf")
    change = change_of_text(Quotation("x", digest=digest, taken=taken), ReadDocument(document, (), "abcd", events))
    assert (change.code if change else "") == code


@pytest.mark.no_cover
def test_hostile_quotations_are_answered_soon(archive: tuple[Path, dict[str, str]]) -> None:
    folder, ids = archive
    hostile = [
        "a" * 1_000_000, "x " * 50_000, "(a+)+$ " * 2_000, "\u202e" * 50, "the " * 1_200, "[" * 3_000, "… " * 3_000,
        "ﬁ" * 4_000, "प" * 4_000,
    ]  # fmt: skip
    started = time.process_time()
    with open_archive(folder) as opened:
        for quote in hostile:
            check_quotes(opened, [Quotation(quote, ids["first.txt"]), Quotation(quote)])
        many = check_quotes(opened, [Quotation("one two three four", "")] * 200)
    assert many.counts == {QuoteResult.NOT_FOUND: 200}
    assert time.process_time() - started < 8


def test_what_became_of_a_text_since_is_told(archive: tuple[Path, dict[str, str]], run: Indexing) -> None:
    folder, ids = archive
    first, second, third = (Quotation(TEXTS[name].partition("\n\n")[2], ids[name]) for name in TEXTS)
    assert results(folder, [first, second, third]) == ["verbatim"] * 3
    (folder / "first.txt").write_text(TEXTS["first.txt"].replace("two days", "nine days"), encoding="utf-8")
    (folder / "moved").mkdir()
    (folder / "second.txt").rename(folder / "moved" / "second.txt")
    run(folder)
    withdraw(folder, ids["third.txt"], "names a witness")
    with open_archive(folder) as opened:
        checked = check_quotes(opened, [first, second, third, Quotation(third.text)]).quotes
    assert [one.result.value for one in checked] == ["text-changed", "verbatim", "withdrawn", "not-found"]
    assert "replaced on" in str(checked[0].notes[0])
    assert [change.printed for change in checked[0].changes if change.printed != change.quoted] == ["nine"]
    assert "moved on" in str(checked[1].notes[0])
    assert not any(one.place for one in checked[2:])
    late = Quotation(first.text, first.document_id, taken="2999-01-01")
    other = Quotation(second.text + " Never.", second.document_id, digest="sha256:0000")
    assert results(folder, [late, other]) == ["altered", "text-changed"]
