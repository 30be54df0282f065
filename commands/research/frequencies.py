"""``frequencies``: the words of documents, how frequent each is, and how evenly it is spread over them."""

from __future__ import annotations

from typing import Any

import click

from commands.output import json_option, print_screen, quiet_option
from commands.query_arguments import QueryCommand, query_words
from commands.research.counting_options import check_output, counting_request, print_remarks
from commands.research.word_lists import (
    function_words_option,
    limit_option,
    print_word_data,
    print_word_notes,
    set_options,
    shown_rows,
)
from commands.search import refuse_unknown_options
from commands.terminal.render_words import render_frequencies
from search.archive import open_archive
from search.word_statistics.frequencies import FrequencyOptions, FrequencyOrder, WordFrequency
from search.word_statistics.frequencies import frequencies as count_frequencies
from search.word_statistics.word_statistics_json import frequencies_json
from search.word_statistics.word_tables import word_table

_DEFAULTS = FrequencyOptions()


@click.command(
    cls=QueryCommand, short_help="List the words of documents by frequency.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@set_options
@click.option(
    "--min", "min_hits", type=click.IntRange(1), metavar="NUMBER", default=_DEFAULTS.min_hits, show_default=True,
    help="Fewest hits of a listed word.",
)  # fmt: skip
@function_words_option
@click.option(
    "--sort", type=click.Choice([order.value for order in FrequencyOrder]), default=FrequencyOrder.HITS.value,
    show_default=True, help="Order of the words.",
)  # fmt: skip
@limit_option("Words to show. Default: 50, and all in a table.")
@quiet_option("Show the numbers alone, without notes.")
@json_option
@click.pass_context
def frequencies(context: click.Context, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """List the words of the documents that QUERY and the filters find, the most frequent first.

    Without a query, of all documents:

        muniment frequencies --category statement --date 2019

    DP says how unevenly a word is spread: near 0 it is in every document as often as its length lets expect, near 1 a
    few documents have it all. Function words are left out by a list for each language. docs/research.md explains the
    numbers.
    """
    refuse_unknown_options(context, query)
    check_output(options, as_json=as_json)
    request = counting_request(" ".join(query), options)
    chosen = FrequencyOptions(options["min_hits"], options["function_words"], FrequencyOrder(options["sort"]))
    with open_archive(context.obj) as archive:
        found = count_frequencies(archive, request, chosen)
        rows = shown_rows(found.rows, options)
        if as_json or options["as_csv"]:
            value = frequencies_json(request.query, found, rows)
            print_word_data(archive, request, word_table(WordFrequency, rows), value, options, tool="frequencies")
        else:
            print_screen(render_frequencies(found, rows), wanted=True)
    print_remarks(found.diagnostics)
    print_word_notes(found.function_words)
