"""The tools that list words: how an address asks each of them, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.archive import Archive
from search.word_statistics.collocates import Collocate, CollocateMeasure, CollocateOptions, collocates
from search.word_statistics.comparison import ComparisonOptions, WordComparison, compare
from search.word_statistics.first_use import first_use
from search.word_statistics.frequencies import FrequencyOptions, FrequencyOrder, WordFrequency, frequencies
from search.word_statistics.windows import WindowUnit
from search.word_statistics.word_counts import MAX_WINDOW
from search.word_statistics.word_statistics_json import (
    collocates_json,
    comparison_json,
    first_use_json,
    frequencies_json,
)
from search.word_statistics.word_tables import use_table, word_table
from web.research.tool_address import ToolAddress, ToolOptions

WORDS_ON_A_PAGE = 100
MAX_WORDS_ON_A_PAGE = 1000
_MAX_THRESHOLD = 1_000_000
"""Largest number that fewest hits may be set to."""


@dataclass(frozen=True, slots=True)
class WordAnswer:
    """The answer of a tool.

    Attributes:
        found: the value, for the page.
        rows: the words, of which a page shows the first.
        json: makes the JSON with some of the rows.
        table: makes the table with all of them.
    """

    found: Any
    rows: Sequence[Any]
    json: Callable[[Sequence[Any]], dict[str, Any]]
    table: Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True)
class WordTool:
    """A tool that lists words.

    Attributes:
        name: the name of its command.
        options: the names of its options in an address.
        defaults: the values of those that an address leaves out.
        needs: the option without which there is nothing to ask; ``""`` for none.
        options_of: reads its options, and refuses values that they cannot have.
        ask: asks an archive.
    """

    name: str
    options: tuple[str, ...]
    defaults: Mapping[str, str]
    needs: str
    options_of: Callable[[ToolOptions], Any]
    ask: Callable[[Archive, ToolAddress, ToolOptions], WordAnswer]

    @property
    def path(self) -> str:
        """Return the path of its page."""
        return f"/{self.name}"

    def read(self, given: ToolOptions) -> None:
        """Refuse an option with a value that it cannot have.

        Raises:
            UsageError: there is one.
        """
        self.options_of(given)
        words_on_page(given)

    def is_asked(self, address: ToolAddress, given: ToolOptions) -> bool:
        """Return whether an address asks anything."""
        return (
            bool(address.request.query.strip()) if self.needs == "q" else not self.needs or bool(given.text(self.needs))
        )


def words_on_page(given: ToolOptions) -> int:
    """Return the number of words that a page shows.

    Raises:
        UsageError: it is out of bounds.
    """
    return given.number("words", WORDS_ON_A_PAGE, MAX_WORDS_ON_A_PAGE, least=1)


def _fewest(given: ToolOptions, name: str, default: int) -> int:
    return given.number(name, default, _MAX_THRESHOLD, least=1)


def _frequency_options(given: ToolOptions) -> FrequencyOptions:
    return FrequencyOptions(
        _fewest(given, "min", FrequencyOptions().min_hits), given.flag("function_words"),
        FrequencyOrder(given.choice("by", [*FrequencyOrder], FrequencyOrder.HITS)),
    )  # fmt: skip


def _collocate_options(given: ToolOptions) -> CollocateOptions:
    usual = CollocateOptions()
    return CollocateOptions(
        given.number("window", usual.window, MAX_WINDOW, least=1),
        WindowUnit(given.choice("within", [*WindowUnit], usual.within)),
        _fewest(given, "min", usual.min_observed), given.flag("function_words"),
        CollocateMeasure(given.choice("by", [*CollocateMeasure], usual.sort)), given.flag("stemmed"),
    )  # fmt: skip


def _comparison_options(given: ToolOptions) -> ComparisonOptions:
    for name in ("a", "b"):
        given.texts(name)  # refuses a query that is too long
    usual = ComparisonOptions()
    return ComparisonOptions(
        _fewest(given, "min", usual.min_hits), _fewest(given, "min_documents", usual.min_documents),
        given.flag("function_words"),
    )  # fmt: skip


def _ask_frequencies(archive: Archive, address: ToolAddress, given: ToolOptions) -> WordAnswer:
    found = frequencies(archive, address.request, _frequency_options(given))
    return WordAnswer(
        found, found.rows, lambda rows: frequencies_json(address.request.query, found, rows),
        lambda: word_table(WordFrequency, found.rows),
    )  # fmt: skip


def _ask_collocates(archive: Archive, address: ToolAddress, given: ToolOptions) -> WordAnswer:
    found = collocates(archive, address.request, _collocate_options(given))
    return WordAnswer(
        found, found.rows, lambda rows: collocates_json(address.request.query, found, rows),
        lambda: word_table(Collocate, found.rows),
    )  # fmt: skip


def _ask_compare(archive: Archive, address: ToolAddress, given: ToolOptions) -> WordAnswer:
    a, b = given.text("a"), given.text("b")
    found = compare(archive, address.request, a, b or None, _comparison_options(given))
    return WordAnswer(
        found, found.rows, lambda rows: comparison_json((address.request.query, a, b), found, rows),
        lambda: word_table(WordComparison, found.rows),
    )  # fmt: skip


def _ask_first_use(archive: Archive, address: ToolAddress, given: ToolOptions) -> WordAnswer:
    found = first_use(archive, address.request, stemmed=given.flag("stemmed"))
    uses = (found.whole, *found.rows)
    return WordAnswer(
        found, uses, lambda _: first_use_json(address.request.query, found),
        lambda: use_table(address.request.query, uses),
    )  # fmt: skip


_LISTED, _BESIDE, _COMPARED = FrequencyOptions(), CollocateOptions(), ComparisonOptions()
FREQUENCIES = WordTool(
    "frequencies", ("min", "by", "function_words", "words"), {"min": str(_LISTED.min_hits), "by": _LISTED.sort.value},
    "", _frequency_options, _ask_frequencies,
)  # fmt: skip
COLLOCATES = WordTool(
    "collocates", ("window", "within", "min", "by", "function_words", "stemmed", "words"), {
        "window": str(_BESIDE.window), "within": _BESIDE.within.value, "min": str(_BESIDE.min_observed),
        "by": _BESIDE.sort.value,
    }, "q", _collocate_options, _ask_collocates,
)  # fmt: skip
COMPARE = WordTool(
    "compare", ("a", "b", "min", "min_documents", "function_words", "words"),
    {"min": str(_COMPARED.min_hits), "min_documents": str(_COMPARED.min_documents)},
    "a", _comparison_options, _ask_compare,
)  # fmt: skip
FIRST_USE = WordTool("first-use", ("stemmed", "words"), {}, "q", lambda given: given.flag("stemmed"), _ask_first_use)
WORD_TOOLS: Mapping[str, WordTool] = {tool.name: tool for tool in (FREQUENCIES, COLLOCATES, COMPARE, FIRST_USE)}
"""The tools by name."""
