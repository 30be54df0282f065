"""Share what commands that list words have in common: their options, where numbers go, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from commands.json_output import print_json
from commands.output import print_notes
from commands.research.counting_options import print_parts
from commands.search import filter_options
from corpus.messages import Message, message
from search.archive import Archive
from search.request import Request
from search.word_statistics.function_words import FunctionWords
from search.word_statistics.word_statistics_json import UNIT

_COUNTS = ("total", "compared", "hits")
"""Counts of JSON values that go into the record."""

DEFAULT_ROWS = 50
"""Words on the screen and in JSON unless another number is asked for; a table has all of them."""

function_words_option = click.option(
    "--function-words", is_flag=True, help="List function words too, such as 'the' and 'of'."
)


def limit_option(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option for the number of words, which a table has all of without it."""
    return click.option("-n", "--limit", type=click.IntRange(1), metavar="NUMBER", help=text)


def set_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of commands that count all words of documents: filters, and the form of the output."""
    for option in reversed((
        filter_options,
        click.option("--any", "any_word", is_flag=True, help="Take documents with any of the words, not all of them."),
        click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet."),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
            help="Write the table or the JSON to FILE, which must be new, and what was asked to FILE.record.json.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


def shown_rows(rows: Sequence[Any], options: Mapping[str, Any]) -> Sequence[Any]:
    """Return the rows that are shown: as many as asked for; else all in a table, and `DEFAULT_ROWS` elsewhere."""
    limit = options["limit"] or (None if options["as_csv"] else DEFAULT_ROWS)
    return rows[:limit]


def print_word_data(
    archive: Archive,
    request: Request,
    table: Iterator[str],
    value: dict[str, Any],
    options: Mapping[str, Any],
    *,
    tool: str,
) -> None:
    """Print a table, or a JSON value, or write it to a file with the record of what was asked.

    Args:
        archive: the archive.
        request: the question.
        table: the table.
        value: the JSON value.
        options: the values of the command line's options.
        tool: the command's name.
    """
    if not options["as_csv"] and options["output"] is None:
        print_json(value)
        return
    parts = table if options["as_csv"] else iter([f"{json.dumps(value, ensure_ascii=False, indent=2)}\n"])
    parameters = {"unit": str(UNIT), **value.get("options", {}), **value["query"]}
    counts: dict[str, int] = {name: value[name] for name in _COUNTS if name in value}
    print_parts(archive, request, parts, options["output"], tool=tool, parameters=parameters, counts=lambda: counts)


def print_word_notes(left_out: FunctionWords | None, notes: Sequence[Message] = ()) -> None:
    """Print what is particular to a list, such as what was left out, then where to read how words are counted."""
    print_notes([*_function_words(left_out), *notes, message("research.read-docs")])


def _function_words(words: FunctionWords | None) -> Iterator[Message]:
    if words and words.unlisted:
        yield message("research.function-words-unlisted", languages=", ".join(words.unlisted))
    if words and words.languages:
        yield message("research.function-words", count=words.left_out, languages=", ".join(words.languages))
