"""The query language: typed text to a query tree with diagnostics, and back to text."""

from __future__ import annotations

import datetime as dt
import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates.edtf import parse_edtf
from search.grammar.normal_form import normalise
from search.grammar.paraphrase import paraphrase
from search.grammar.parse import ParsedQuery, parse, parse_filter
from search.grammar.parse_context import KnownValues
from search.grammar.unparse import to_text
from search.query import (
    All,
    And,
    Boost,
    DateRange,
    Fuzzy,
    Has,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Value,
    Wildcard,
    Word,
)
from search.results import DiagnosticKind
from tests.search.query_trees import trees

TODAY = dt.date(2026, 11, 22)
KNOWN: KnownValues = {
    "category": lambda: {"Reports": "Report", "statement": "Statement"},
    "language": lambda: {"English": "en", "French": "fr"},
    "country": lambda: {"Algeria": "DZ"},
    "author": dict,
}
A, B, C = Word("a"), Word("b"), Word("c")
UNDATED = Not(Has("date"))


def read(text: str, *, any_word: bool = False, known: KnownValues | None = None) -> ParsedQuery:
    return parse(text, any=any_word, today=TODAY, known=known)


def span(first: str | None, last: str | None, *, within: bool = False) -> DateRange:
    return DateRange(parse_edtf(first) if first else None, parse_edtf(last) if last else None, within)


def on(date: str) -> DateRange:
    return span(date, date)


def state(name: str) -> Value:
    return Value("state", (name,))


def reported(parsed: ParsedQuery, text: str) -> list[tuple[str, str]]:
    return [(diagnostic.kind.value, text[diagnostic.start : diagnostic.end]) for diagnostic in parsed.diagnostics]


SYNTAX = {
    "": All(), "   ": All(), "*": All(), "*:*": All(), "**": All(), "-*": Nothing(),
    "torture": Word("torture"), "torture,": Word("torture"), "café": Word("café"),
    "a b": And((A, B)), "a AND b": And((A, B)), "a && b": And((A, B)), "+a +b": And((A, B)),
    "a OR b": Or((A, B)), "a || b": Or((A, B)), "a||b": Or((A, B)), "a OR b c": Or((A, And((B, C)))),
    "a b OR c": Or((And((A, B)), C)), "(a OR b) c": And((Or((A, B)), C)), "((a))(b)": And((A, B)),
    "-a": Not(A), "NOT a": Not(A), "!a": Not(A), "−a": Not(A), "NOT NOT a": A, "--a": A, "-(a b)": Not(And((A, B))),
    "a -b": And((A, Not(B))), "a AND NOT b": And((A, Not(B))), "a OR -b": Or((A, Not(B))), "* a": A,
    '"a b"': Phrase("a b"), "“a b”": Phrase("a b"), "„a b“": Phrase("a b"), "«a b»": Phrase("a b"),
    '"a  b"c': And((Phrase("a b"), C)), '"say \\"a\\""': Phrase('say "a"'), '"say “a”"': Phrase("say “a”"),
    '"a b"~5': Near("a b", 5), "a NEAR/5 b": Near("a b", 5), "-a NEAR/5 b": Not(Near("a b", 5)),
    "47\u00a0500 a": And((Word("47 500"), A)), "1871 500": And((Word("1871"), Word("500"))),
    "47 500 a": And((Or((Word("47 500"), And((Word("47"), Word("500"))))), A)),
    "a NEAR/5 b NEAR/3 c": And((Near("a b", 5), Near("b c", 3))),
    "12 500 NEAR/5 a": Near("12500 a", 5), "12 NEAR/5 500": Near("12 500", 5), '"a 12,500"~5': Near("a 12500", 5),
    '"12 500 a"~5': Near("12 500 a", 5), 'U.K. NEAR/5 "1,200"': Near("UK 1200", 5),
    "title:a NEAR/2 title:b": Near("a b", 2, "title"), "NEAR": Word("NEAR"),
    "detain*": Wildcard("detain*"), "wom?n": Wildcard("wom?n"), "*ism": Wildcard("*ism"),
    "ill-treat*": Wildcard("ill-treat*"), "title:202[0-1]*": Wildcard("202[0-1]*", "title"), "n:1*": Wildcard("n:1*"),
    "a~": Fuzzy("a"), "a~1": Fuzzy("a"), "a~2": Fuzzy("a", 2), "title:a~": Fuzzy("a", 1, "title"),
    "=a": Word("a", exact=True), "title:=a": Word("a", "title", exact=True), '="a b"': Phrase("a b"),
    "a^2": Boost(A, 2), '"a b"^0.5': Boost(Phrase("a b"), 0.5), "(a b)^2": Boost(And((A, B)), 2),
    "a~2^3": Boost(Fuzzy("a", 2), 3), "(a^2)^3": Boost(A, 6), "a^1": A, "-(a^2)": Not(A),
    "title:a": Word("a", "title"), "TITLE:a": Word("a", "title"), "path:a": Word("a", "file"),
    "title:(a OR b)": Or((Word("a", "title"), Word("b", "title"))), 'title:"a b"': Phrase("a b", "title"),
    "title:(a text:b)": And((Word("a", "title"), Word("b", "text"))),
    "in:title a b": And((Word("a", "title"), Word("b", "title"))), "a (b in:title)": And((A, Word("b", "title"))),
    "title:*": Has("title"), "file:*": All(), "category:*": Has("category"), "date:*": Has("date"),
    "category:statement,speech": Value("category", ("statement", "speech")),
    'category:"research briefing"': Value("category", ("research briefing",)),
    "category:research-briefing": Value("category", ("research briefing",)),
    "category=report": Value("category", ("report",)), "type:Report": Value("category", ("report",)),
    "category:none": Not(Has("category")), "-category:none": Has("category"),
    "-category:a": Not(Value("category", ("a",))),
    "category:a,none": Or((Value("category", ("a",)), Not(Has("category")))),
    "category:(a OR \"b c\")": Or((Value("category", ("a",)), Value("category", ("b c",)))),
    'author:"Doe, Jane",Roe': Value("author", ("doe, jane", "roe")), "id:m-1": Value("id", ("m-1",)),
    "has:date": Has("date"), "-has:date": UNDATED, "exist:by": Has("author"),
    "is:undated": UNDATED, "is:dated": Has("date"),
    "is:scan": state("indexed-without-text"), "is:partial": state("partial"), "state:duplicate": state("duplicate"),
    "is:partial,duplicate": Or((state("partial"), state("duplicate"))),
    "A/HRC/RES/47/1": Word("A/HRC/RES/47/1"), "ill-treatment": Word("ill-treatment"), "S/PV.8906": Word("S/PV.8906"),
    "S/RES/1674(2006)": Word("S/RES/1674(2006)"), "a@example.org": Word("a@example.org"),
    "http://example.org/~a?b": Word("http://example.org/~a?b"), "12:30": Word("12:30"), "AT&T": Word("AT&T"),
    "Article19:a": Word("Article19:a"), '"a b"-c': And((Phrase("a b"), C)), "(a)-c": And((A, Not(C))),
    "doi:10.1000/182": Word("doi:10.1000/182"), "Libya: a": And((Word("Libya"), A)), "(Libya:)": Word("Libya"),
    "category\\:report": Word("category:report"), "\\AND": Word("AND"), "a\\*": Word("a"), "a\\*b": Word("a*b"),
    "C:\\files\\a.pdf": Word("C:\\files\\a.pdf"), "a\u200bb": And((A, B)), "a\x00b": And((A, B)),
}  # fmt: skip

DATES = {
    "2019": on("2019"), "2019-03": on("2019-03"), "2019-03-04": on("2019-03-04"), "2019-3-4": on("2019-03-04"),
    "2019/03/04": on("2019-03-04"), "201X": on("201X"), "2019~": on("2019~"), "٢٠١٩": on("2019"),
    '"4 March 2019"': on("2019-03-04"), '"mars 2019"': on("2019-03"), "'2020-01-01T00:00:00Z'": on("2020-01-01"),
    "2017..2019": span("2017", "2019"), "2017..": span("2017", None), "..2016-06": span(None, "2016-06"),
    "2017/2019": span("2017", "2019"), "2017/..": span("2017", None), "../2017": span(None, "2017"),
    "2017-2019": span("2017", "2019"), "2017–2019": span("2017", "2019"),
    "2019-01..2019-06-15": span("2019-01", "2019-06-15"),
    ">=2017": span("2017", None), ">2017": span("2018-01-01", None), "<2017": span(None, "2016-12-31"),
    "<=2017-02": span(None, "2017-02"), ">2020-06-01": span("2020-06-02", None), ">= 2017": span("2017", None),
    "[2017 TO 2019]": span("2017", "2019"), "{2017 TO 2019}": span("2018-01-01", "2018-12-31"),
    "{2017 TO 2019]": span("2018-01-01", "2019"), "[2017 TO 2019}": span("2017", "2018-12-31"),
    "[* TO 2019]": span(None, "2019"), "[2021-06-16 TO 2022-01-01]": span("2021-06-16", "2022-01-01"),
    "{2020-01-01 TO 2022-12-31}": span("2020-01-02", "2022-12-30"), "2017..today": span("2017", "2026-11-22"),
    "12.05.1999": on("1999-05-12"), "25/12/1999": on("1999-12-25"), "12/25/1999": on("1999-12-25"),
    "31-08-1999": on("1999-08-31"), ">12.05.1999": span("1999-05-13", None), "05-05-1999": on("1999-05-05"),
    '"12 мая 1999 года"': on("1999-05-12"), '"12 мая 1999 г."': on("1999-05-12"), '"1999 год"': on("1999"),
    '"2010 to 2012"': span("2010", "2012"), '"2010 - 2012"': span("2010", "2012"), "2010–11": span("2010", "2011"),
    '"May 1999 to 3 June 1999"': span("1999-05", "1999-06-03"), "1980s": on("198X"), '"the 1980\u2019s"': on("198X"),
    "ca. 1985": on("1985~"), "circa 1985": on("1985~"), "n.d.": UNDATED, "s.d.": UNDATED,
    "none": UNDATED, "2019,none": Or((on("2019"), UNDATED)), "(2017 OR 2019)": Or((on("2017"), on("2019"))),
    "today": on("2026-11-22"), "yesterday": on("2026-11-21"), "this-year": on("2026"), "last-year": on("2025"),
    "this-month": on("2026-11"), "last-month": on("2026-10"), '"last year"': on("2025"),
    '"previous month"': on("2026-10"), "past-1-day": span("2026-11-21", "2026-11-22"),
    "this-week": span("2026-11-16", "2026-11-22"), "last-week": span("2026-11-09", "2026-11-15"),
    "last-30-days": span("2026-10-23", "2026-11-22"), "last-1-day": span("2026-11-21", "2026-11-22"),
    "last-2-weeks": span("2026-11-08", "2026-11-22"), "last-3-months": span("2026-08-22", "2026-11-22"),
    "last-2-years": span("2024-11-22", "2026-11-22"),
}  # fmt: skip

MISTAKES = {
    "colour:red": (Nothing(), [("unknown-field", "colour")]),
    "colour:red a": (A, [("unknown-field", "colour")]),
    "colour:red OR a": (A, [("unknown-field", "colour")]),
    "a -colour:(b c)": (A, [("unknown-field", "colour")]),
    "page:12 a": (A, [("unknown-field", "page")]),
    "date:notadate": (Nothing(), [("bad-date", "notadate")]),
    "date:2019-02-30": (Nothing(), [("bad-date", "2019-02-30")]),
    "date:04/03/2019": (Nothing(), [("bad-date", "04/03/2019")]),
    "date:44BC": (Nothing(), [("bad-date", "44BC")]),
    "date:-0043..2000": (Nothing(), [("bad-date", "-0043..2000")]),
    "date:{2019 TO 2019}": (Nothing(), [("bad-date", "{2019 TO 2019}")]),
    "date:..": (Nothing(), [("bad-date", "..")]),
    "date:>9999": (Nothing(), [("bad-date", ">9999")]),
    "date:last-99999-years": (Nothing(), [("bad-date", "last-99999-years")]),
    "date:2019,x": (on("2019"), [("bad-date", "x")]),
    "a date:x": (And((A, Nothing())), [("bad-date", "x")]),
    "-date:x": (Nothing(), [("bad-date", "x")]),
    "state:failed": (state("failed"), [("bad-value", "failed")]),
    "-is:listed": (Not(state("listed")), [("bad-value", "listed")]),
    "date:2019..2017": (span("2017", "2019"), [("hint", "2019..2017")]),
    "date:[2017 TO 2019": (span("2017", "2019"), []),
    "is:lost": (Nothing(), [("bad-value", "lost")]),
    "has:weight": (Nothing(), [("bad-value", "weight")]),
    "in:category a": (A, [("bad-value", "category")]),
    "in:title": (Nothing(), [("syntax", "in:title")]),
    "in:title,text a": (A, [("bad-value", "title,text")]),
    "in: ": (Nothing(), [("syntax", "in:")]),
    "author:sm*": (Value("author", ("sm*",)), [("bad-value", "sm*")]),
    "category:": (Nothing(), [("syntax", "category:")]),
    "title: a": (Word("a", "title"), [("hint", "title:")]),
    "category:a, b": (And((Value("category", ("a",)), B)), [("hint", ",")]),
    "title:-a": (Not(Word("a", "title")), [("hint", "title:-")]),
    "category:-a": (Not(Value("category", ("a",))), [("hint", "category:-")]),
    '"a b': (Phrase("a b"), [("syntax", '"')]),
    'category:"a b': (Value("category", ("a b",)), [("syntax", '"')]),
    "(a OR b": (Or((A, B)), [("syntax", "(")]),
    "(a OR": (A, [("syntax", "("), ("syntax", "OR")]),
    "a) b": (And((A, B)), [("syntax", ")")]),
    "()": (Nothing(), [("syntax", "()")]),
    "a AND": (A, [("syntax", "AND")]),
    "OR a": (A, [("syntax", "OR")]),
    "a AND OR b": (And((A, B)), [("syntax", "OR")]),
    "a NOT": (A, [("syntax", "NOT")]),
    "a NEAR/5 -b": (And((A, Not(B))), [("syntax", "NEAR/5")]),
    "a NEAR/5 title:b": (And((A, Word("b", "title"))), [("syntax", "NEAR/5")]),
    '"a b" NEAR/5 c': (And((Near("a b c", 5), Phrase("a b"))), [("hint", "NEAR/5")]),
    "a ^2": (A, [("syntax", "^2")]),
    "a^5000": (Boost(A, 1000), [("limit", "^5000")]),
    "a~9": (Fuzzy("a", 2), [("limit", "a~9")]),
    '"a b"~99999': (Near("a b", 1000), [("limit", '"a b"~99999')]),
    '"a"~2': (Phrase("a"), [("hint", '"a"~2')]),
    "a or b": (And((A, Word("or"), B)), [("hint", "or")]),
    "torture?": (Wildcard("torture?"), [("hint", "torture?")]),
    "a - b": (And((A, B)), [("hint", "-")]),
    "...": (Nothing(), [("hint", "...")]),
    '""': (Nothing(), [("hint", '""')]),
    "category:a^2": (Value("category", ("a",)), [("hint", "^2")]),
    "format:none": (Nothing(), [("bad-value", "none")]),
}


@pytest.mark.parametrize(("text", "tree"), SYNTAX.items())
def test_typed_text_is_parsed_to_the_tree_it_means(text: str, tree: Query) -> None:
    parsed = read(text)
    assert parsed.query == tree
    assert all(diagnostic.kind is DiagnosticKind.HINT for diagnostic in parsed.diagnostics)


@pytest.mark.parametrize(("text", "tree"), DATES.items())
def test_a_date_is_parsed_at_its_own_precision(text: str, tree: Query) -> None:
    assert read(f"date:{text}") == ParsedQuery(tree)


@pytest.mark.parametrize(
    ("text", "tree"),
    {
        "after:2017": span("2018-01-01", None), "before:2017": span(None, "2016-12-31"),
        "since:2017": span("2017", None),
        "until:2017": span(None, "2017"), "date=2019": on("2019"), "date>=2017": span("2017", None),
        "year:2019": on("2019"), "-date:2019": Not(on("2019")),
        "date.within:2017..2019": span("2017", "2019", within=True),
        "date.within:2019": span("2019", "2019", within=True),
    }.items(),
)  # fmt: skip
def test_the_other_names_of_the_date_field_are_comparisons(text: str, tree: Query) -> None:
    assert read(text) == ParsedQuery(tree)


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items())
def test_a_mistake_is_reported_with_its_place_and_matches_no_more(text: str, expected: tuple[Query, object]) -> None:
    parsed = read(text)
    assert (parsed.query, reported(parsed, text)) == expected


@pytest.mark.parametrize(
    ("text", "tree"),
    {
        "a b c": Or((A, B, C)), "a AND b c": Or((And((A, B)), C)), "a OR b c": Or((A, B, C)), "a": A,
        "+a b c": And((Or((B, C)), A)), "a b -c": And((Or((A, B)), Not(C))), "-a": Not(A), "+a": A,
        "人権保 a": Or((Word("人権"), Word("権保"), A)), "+人権保 a": And((A, Word("人権保"))),
        "a b category:x": And((Or((A, B)), Value("category", ("x",)))), "a title:b": Or((A, Word("b", "title"))),
        "(a b) AND c": And((Or((A, B)), C)), "title:(a b)": Or((Word("a", "title"), Word("b", "title"))),
    }.items(),
)  # fmt: skip
def test_with_any_bare_words_are_alternatives_and_conditions_remain(text: str, tree: Query) -> None:
    assert read(text, any_word=True) == ParsedQuery(tree)


PLAIN = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(PLAIN.filter(lambda word: word not in {"AND", "OR", "NOT"}))
def test_punctuation_around_a_word_does_not_change_its_meaning(word: str) -> None:
    plain = parse(word, today=TODAY).query
    assert plain == parse(f"({word})", today=TODAY).query == parse(f"{word}.", today=TODAY).query


def test_a_misspelt_field_gets_the_closest_name_as_suggestion() -> None:
    assert [diagnostic.suggestion for diagnostic in read("categroy:a langage:fr").diagnostics] == [
        "category",
        "language",
    ]


def test_known_values_unify_spellings_and_others_are_reported() -> None:
    text = "category:reports,statment lang:ENGLISH country:algeria"
    parsed = read(text, known=KNOWN)
    assert parsed.query == And(
        (Value("category", ("Report", "statment")), Value("language", ("en",)), Value("country", ("DZ",)))
    )
    assert reported(parsed, text) == [("bad-value", "statment")]
    assert parsed.diagnostics[0].suggestion == "Statement"
    assert read(to_text(parsed.query), known=KNOWN).query == parsed.query


@pytest.mark.parametrize(
    ("field", "value", "tree"),
    [
        ("date", "2017..2019", span("2017", "2019")), ("date", "last year", on("2025")),
        ("category", "none", Not(Has("category"))),
        ("category", "research briefing", Value("category", ("research briefing",))),
        ("lang", "en,fr", Value("language", ("en", "fr"))),
        ("title", "a OR b", Or((Word("a", "title"), Word("b", "title")))),
        ("is", "scan", state("indexed-without-text")),
    ],
)  # fmt: skip
def test_a_filter_given_apart_is_parsed_as_if_typed_after_its_field(field: str, value: str, tree: Query) -> None:
    assert parse_filter(field, value, today=TODAY) == ParsedQuery(tree)
    assert parse_filter(field, value, today=TODAY, exclude=True).query == normalise(Not(tree))


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [("date", "x", "bad-date"), ("colour", "a", "unknown-field"), ("in", "a", "unknown-field")],
)
def test_an_unreadable_filter_matches_nothing_excluded_or_not(field: str, value: str, kind: str) -> None:
    for exclude in (False, True):
        parsed = parse_filter(field, value, today=TODAY, exclude=exclude)
        assert (parsed.query, parsed.diagnostics[0].kind.value) == (Nothing(), kind)


PIECES = [
    *"abé中 \\\"“”«»'()[]{}*?~^:=<>,.+-!|&/_\u0301\u200b\x00\ud800", "AND", "OR", "NOT", "NEAR/3", "&&", "||", "~2",
    "^2", "or",
    "title:", "category:", "date:", "date.within:", "in:title", "is:", "has:", "foo:", "2019", "..", "none",
    "[2017 TO 2019]",
    "last-year", "partial", "(2006)", " ",
]  # fmt: skip
hostile = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@given(hostile, st.booleans())
def test_any_string_is_parsed_paraphrased_and_written_back_unchanged(text: str, any_word: bool) -> None:
    parsed = read(text, any_word=any_word)
    assert normalise(parsed.query) == parsed.query
    assert read(to_text(parsed.query)).query == parsed.query
    assert paraphrase(parsed.query)
    assert all(0 <= diagnostic.start <= diagnostic.end <= len(text) for diagnostic in parsed.diagnostics)


@given(trees)
def test_every_tree_in_normal_form_is_written_and_parsed_unchanged(tree: Query) -> None:
    normal = normalise(tree)
    assert normalise(normal) == normal
    assert read(to_text(normal)).query == normal


@pytest.mark.parametrize(
    "text", ["(" * 10_000 + "a", "(" * 2_000 + "a" + ")" * 2_000, "(a OR (b " * 400, "NOT " * 1_000 + "a"]
)
def test_any_depth_of_brackets_is_parsed(text: str) -> None:
    parsed = read(text)
    assert read(to_text(parsed.query)).query == parsed.query
    assert paraphrase(parsed.query)


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("a " * 3_000, " " + "a " * 952), ("b " * 300, "b " * 44), ("(" * 31 + "a" + ")" * 31, "("),
     ("id:" + ",".join(map(str, range(300))), ",".join(map(str, range(256, 300))))],
)  # fmt: skip
def test_every_limit_that_is_met_is_reported_with_what_it_leaves_out(text: str, left_out: str) -> None:
    assert ("limit", left_out) in reported(read(text), text)


HOSTILE = [
    "(" * 4096, ")" * 4096, "()" * 2048, '"' * 4096, "a(bbbbbb" * 512, "~1" * 2048, "-" * 4095 + "a", "\\" * 4096,
    "a OR " * 800,
    "(in:title a " * 340, "title:(" * 585, "categorz:x " * 370, "date:x" + ",march2019x" * 400,
    "*?" * 2048,
    "a NEAR/5 " * 450, "date:'" * 680, "date:[" + "a TO " * 800, "aa:" * 1365, "\u0301" * 4096, "a^1" * 1365,
]  # fmt: skip


@pytest.mark.no_cover  # it measures time, and tracing lines takes some
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_the_slowest_query_of_full_length_is_parsed_in_50_ms(text: str) -> None:
    read('date:"march 2019"')  # patterns of dates in words are compiled once
    gc.collect()
    gc.freeze()  # as a command does, so that what other tests have left is not looked through
    times = []
    for _ in range(4):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    gc.unfreeze()
    assert min(times) < 0.05


@pytest.mark.parametrize("text", ["\x07", "\udcff", "\u200b \x1b"])
def test_characters_that_cannot_be_seen_find_nothing_and_say_so(text: str) -> None:
    parsed = read(text)
    assert parsed.query == Nothing()
    assert [(one.kind, one.start, one.end) for one in parsed.diagnostics] == [(DiagnosticKind.HINT, 0, len(text))]


def test_a_query_with_more_mistakes_than_are_listed_says_so() -> None:
    diagnostics = read(")" * 200).diagnostics
    assert len(diagnostics) == 51
    assert DiagnosticKind.LIMIT in {diagnostic.kind for diagnostic in diagnostics}
