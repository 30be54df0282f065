"""``compare``: the words that one set of documents uses more than another."""

from __future__ import annotations

from typing import Any

import click

from commands.output import json_option, print_screen, quiet_option
from commands.query_arguments import QueryCommand, query_words
from commands.research.counting_options import check_output, counting_request, print_remarks
from commands.research.word_lists import (
    DEFAULT_ROWS,
    function_words_option,
    limit_option,
    print_word_data,
    print_word_notes,
    set_options,
)
from commands.search import refuse_unknown_options
from commands.terminal.render_words import render_comparison
from corpus.messages import Message, message
from search.archive import open_archive
from search.word_statistics.comparison import Comparison, ComparisonOptions, WordComparison
from search.word_statistics.comparison import compare as compare_sets
from search.word_statistics.word_statistics_json import comparison_json
from search.word_statistics.word_tables import word_table

_DEFAULTS = ComparisonOptions()


@click.command(
    cls=QueryCommand, short_help="Compare the words of two sets of documents.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@click.option("--a", "set_a", required=True, metavar="QUERY", help="The first set, as a query.")
@click.option("--b", "set_b", metavar="QUERY", help="The second set. Default: all documents that are not in the first.")
@set_options
@click.option(
    "--min", "min_hits", type=click.IntRange(1), metavar="NUMBER", default=_DEFAULTS.min_hits,
    show_default=True, help="Fewest hits of a word in both sets together.",
)  # fmt: skip
@click.option(
    "--min-documents", type=click.IntRange(1), metavar="NUMBER", default=_DEFAULTS.min_documents,
    show_default=True, help="Fewest documents with it in both sets together.",
)  # fmt: skip
@function_words_option
@limit_option("Words to show of each set. Default: 50, and all in a table.")
@quiet_option("Show the numbers alone, without notes.")
@json_option
@click.pass_context
def compare(context: click.Context, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show which words one set of documents uses more than another.

    A set is a query, such as a time, a category or a word; QUERY and the filters narrow both of them:

        muniment compare --category statement --a 'date:..2015' --b 'date:2016..'

    The log ratio says how many times as frequent a word is in A: +1 is twice, +2 four times, -1 half as frequent. Only
    words with enough evidence for a difference are listed (BIC of 2 or more).
    """
    refuse_unknown_options(context, query)
    check_output(options, as_json=as_json)
    request = counting_request(" ".join(query), options)
    chosen = ComparisonOptions(options["min_hits"], options["min_documents"], options["function_words"])
    limit = options["limit"] or (None if options["as_csv"] else DEFAULT_ROWS)
    with open_archive(context.obj) as archive:
        found = compare_sets(archive, request, options["set_a"], options["set_b"], chosen)
        if as_json or options["as_csv"]:
            rows = found.first(limit)
            value = comparison_json((request.query, options["set_a"], options["set_b"] or ""), found, rows)
            print_word_data(archive, request, word_table(WordComparison, rows), value, options, tool="compare")
        else:
            print_screen(render_comparison(found, limit), wanted=True)
    print_remarks(found.diagnostics)
    print_word_notes(found.function_words, comparison_notes(found))


def comparison_notes(found: Comparison) -> list[Message]:
    """Return what a reader of a comparison has to know of its sets."""
    notes = [message("research.shared-documents", count=found.shared)] if found.shared else []
    empty = [name for name, counted in (("A", found.a), ("B", found.b)) if not counted.tokens]
    return [*notes, *(message("research.empty-set", name=name) for name in empty)]
