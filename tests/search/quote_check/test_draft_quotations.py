"""A draft's quotations are found in marks of all kinds, each with the sources that it names, however it names them."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates.edtf import parse_edtf
from corpus.messages import message
from search.citation.bibtex import bibtex_entry
from search.citation.cite import RUNNING_TEXT, CitationFormat
from search.citation.cited_work import CitedWork, Creator, WorkKind
from search.citation.csl_json import csl_citation
from search.citation.ris import ris_record
from search.citation.running_text import apa_short_form
from search.quote_check.draft_sources import SourceWork
from search.quote_check.markdown_text import without_markup
from search.quote_check.quote_values import Quotation
from search.quote_check.read_quotations import read_quotations

WORKS = {name * 10: SourceWork() for name in "abc"}
UNKNOWN = "kqrtzwbm2x"


def read(text: str, works: dict[str, SourceWork] | None = None) -> list[Quotation]:
    known = WORKS if works is None else works
    return read_quotations(text, lambda words: {word: known[word] for word in words if word in known})


def sources(text: str) -> list[tuple[str, str]]:
    return [(quotation.document_id, quotation.page) for quotation in read(text)]


A, B, C = WORKS


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        (f" ({UNKNOWN}, p. 4).", [(UNKNOWN, "4")]),
        (f" ({UNKNOWN}, p. 4). Later, so does ({A}, p. 4).", [(UNKNOWN, "4")]),
        (f" ({UNKNOWN})", [(UNKNOWN, "")]),
        (f", {UNKNOWN}, p. 4.", [(UNKNOWN, "4")]),
        (" (kqrtzwbm1, p. 2)", [("kqrtzwbm1", "2")]),
        (" (prisonerss, p. 2)", [("prisonerss", "2")]),
        (" (translated). It is so.", [("", "")]),
        (" (Montgomery, p. 4)", [("", "")]),
        (" (20190304, p. 4)", [("", "")]),
        (f" ({A}, pp. 3–4)", [(A, "3–4")]),
        (f" ({A}, p. 3; {B}, p. 5)", [(A, "3"), (B, "5")]),
        (f" ({A}, p. 3; see also {B}, p. 5)", [(A, "3")]),
        (f" ({A}, p. 3; {UNKNOWN}, p. 5)", [(A, "3"), (UNKNOWN, "5")]),
        (f" ({UNKNOWN}, p. 3; {B}, p. 5)", [(UNKNOWN, "3"), (B, "5")]),
        (f" ({A}). On p. 7 there is more.", [(A, "")]),
        (f" [@{A}, p. 7]", [(A, "7")]),
        (f"[^1] and so on ({C}, p. 2).\n\n[^1]: {A}, p. 9.\n[^2]: {B}, p. 1.", [(A, "9")]),
        (f".[^x][^y]\n\n[^x]: {A}, p. 9; {B},\n    p. 2.\n\n[^y]: {C}.", [(A, "9"), (B, "2"), (C, "")]),
        (f"[^1]\n\n[^1]: {UNKNOWN}, p. 9.", [(UNKNOWN, "9")]),
        (f"^[{A}, p. 9]", [(A, "9")]),
        (f", as {A} (p. 4) has it", [(A, "4")]),
    ],
)
def test_the_sources_of_a_quotation_are_read(behind: str, expected: list[tuple[str, str]]) -> None:
    assert sources(f"It says “one two three four”{behind}") == expected


@pytest.mark.parametrize(
    "quoted",
    [
        "‘…’", "“…”", "„…“", "„…”", "«…»", "« … »", "»…«", "‹…›", "›…‹", "‚…‘", "「…」", "『…』", '"…"', "”…”", "'…'",
    ],
)  # fmt: skip
def test_quotation_marks_of_every_kind_are_read(quoted: str) -> None:
    words = "the prisoners’ rights aren’t theirs"
    (found,) = read(f"In the ’90s it said {quoted.replace('…', words)} ({A}, p. 2), and ’tis so.")
    assert (found.text, found.document_id, found.page) == (words, A, "2")


@given(
    st.lists(
        st.sampled_from([
            "don’t", "prisoners’", "’tis", "rock ’n’ roll", "don't", "'tis", "the '90s", "the ‘90s", "‘tis", "o’clock",
            "judges'", "words", "and (so on)", "l’été", "5' 7", "d'un", "James’s,", "the dogs’.", "(the '80s)",
        ]),
        max_size=30,
    )
)  # fmt: skip
def test_apostrophes_are_no_quotations(words: list[str]) -> None:
    assert not read(" ".join(words))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("So `“this is code and none”`, ``a `“b c d e”` `` and `f('x')`: “a b c d”.", ["a b c d"]),
        ("    ```sh\n    > say 'one two three four'\n\n    “five”\n    ```\n“a b c d”", ["a b c d"]),
        ("~~~\n“not closed but read”", ["not closed but read"]),
        ('---\ntitle: "On the sea"\n---\n“a b c d”', ["a b c d"]),
        ("---\n\nA rule, and “a b c d”\n\n---\n", ["a b c d"]),
        ('<!-- “one two\n\nthree” --><img alt="e f g h"> [“a b c d”](http://x.org/y_(z) "Title of it")', ["a b c d"]),
        ('[1]: http://x.org "Title of it"\n[^1]: “a b c d”', ["a b c d"]),
        ("``a b c d'' and `e', &ldquo;f&nbsp;g h i&rdquo;", ["a b c d", "f\u00a0g h i"]),
        ("He said `x' and “a b c d” and `y'.", ["a b c d"]),
        ("\\`“a b c d”\\` and one ` more", ["a b c d"]),
        ("> a b c d\n>\n> — Somebody, 1999", ["a b c d"]),
        ("> — a b\n> — c d", ["— a b\n— c d"]),
    ],
)
def test_code_and_markup_are_no_quotations(draft: str, expected: list[str]) -> None:
    assert [quotation.text for quotation in read(draft)] == expected


def test_the_last_line_of_a_block_behind_a_dash_is_its_source() -> None:
    (found,) = read(f"> a b c d\n> e f g.\n> -- Somebody, {A}, p. 9\n")
    assert (found.text, found.document_id, found.page) == ("a b c d\ne f g.", A, "9")


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("the **first** of _its_ kind, **by *far* ahead**", "the first of its kind, by far ahead"),
        ('a [link](http://x.org "t") and `code` \\[…\\]<br>b <em>c</em>', "a link and code […] b c"),
        ("2 * 3 * 4 and snake_case_name, * a list", "2 * 3 * 4 and snake_case_name, * a list"),
    ],
)
def test_quoted_words_are_compared_without_their_markup(words: str, plain: str) -> None:
    assert without_markup(words) == plain


WORK = CitedWork(
    A, WorkKind.REPORT, "On “seas” and\u00a0prisons: it’s ‘late’ (2) p. 77", (), parse_edtf("2008-05-23"), "report",
    "en", "", "", "Files of 2008", "ab" * 32, page=12, page_label="9", pages=40, is_pdf=True,
    warnings=(message("cite.ocr"),),
)  # fmt: skip
SIGNED = CitedWork(
    B, WorkKind.DOCUMENT, "Second", (Creator("Doe, Ann", "Doe", "Ann"),), None, "", "", "A/HRC/1", "", "Files", "cd",
)  # fmt: skip


def written(work: CitedWork, file_format: CitationFormat) -> str:
    match file_format:
        case CitationFormat.CSL:
            return json.dumps(csl_citation(work, dt.date(2026, 1, 1)), ensure_ascii=False, indent=2)
        case CitationFormat.RIS:
            return ris_record(work, dt.date(2026, 1, 1))
        case CitationFormat.BIBTEX:
            return bibtex_entry(work)
    return RUNNING_TEXT[file_format](work)


CITED = {work.document_id: SourceWork(work.title, work.symbol, apa_short_form(work)) for work in (WORK, SIGNED)}


@pytest.mark.parametrize("frame", [" ({}).", "[^1]\n\n[^1]: {}", ". {}"])
@pytest.mark.parametrize("file_format", CitationFormat)
def test_the_citations_of_every_format_are_sources(file_format: CitationFormat, frame: str) -> None:
    citation = written(WORK, file_format)
    found = read(f"It says “one two three four”{frame.format(citation)}\n\nAnd “five six seven”.", CITED)
    assert [(one.text, one.document_id, one.page) for one in found] == [
        ("one two three four", A, "9"), ("five six seven", "", ""),
    ]  # fmt: skip


def test_short_forms_of_apa_are_sources() -> None:
    text = (
        f"“One two three” (Doe, n.d., p. 4). “Four five six” (“{WORK.title}”, 2008, p. ix).\n\n# References\n\n"
        f"{RUNNING_TEXT[CitationFormat.APA](SIGNED)}\n\n{RUNNING_TEXT[CitationFormat.APA](WORK)}\n"
    )
    assert [(one.text, one.document_id, one.page) for one in read(text, CITED)] == [
        ("One two three", B, "4"), ("Four five six", A, "ix"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "unit",
    [
        "‘a ",
        "’",
        "(",
        "[^1]",
        f"“a b” ({A}; ",
        f"{A} ",
        "“x” " + "()" * 900,
        "\n[^1]: a",
        "‘as’ b ",
        "'s' a ",
        "`a ``b ",
        "``a ",
        "<!-- ",
        "<a ",
        "](a(",
        "```\n",
        "> a\n> — b\n\n",
        "&lt;",
    ],
)
@pytest.mark.no_cover
def test_no_draft_of_many_marks_takes_long(unit: str) -> None:
    started = time.process_time()
    read(unit * (100_000 // len(unit)), {A: CITED[A]})
    without_markup(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 2
