"""``first-use``: the first and the last use of words, by the dates of documents."""

from __future__ import annotations

from typing import Any

import click

from commands.output import json_option, print_screen, quiet_option, terminal_columns
from commands.query_arguments import QueryCommand, query_words
from commands.research.counting_options import check_output, counting_options, counting_request, print_remarks
from commands.research.word_lists import print_word_data, print_word_notes
from commands.search import refuse_unknown_options
from commands.terminal.render_words import render_first_use
from search.archive import open_archive
from search.word_statistics.first_use import first_use as find_first_use
from search.word_statistics.word_statistics_json import first_use_json
from search.word_statistics.word_tables import use_table


@click.command(
    "first-use", cls=QueryCommand, short_help="Find the first and the last use of words.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@counting_options
@quiet_option("Show the uses alone, without notes.")
@json_option
@click.pass_context
def first_use(context: click.Context, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Find the first and the last use of QUERY, with date, page and sentence.

    They are looked for in all documents and in each category:

        muniment first-use '"responsibility to protect"'

    Documents are ordered by the first day that their date can mean. Where dates are known in part, it is said how many
    other documents may be as early or as late; undated documents are counted, and are neither.
    """
    refuse_unknown_options(context, query)
    check_output(options, as_json=as_json)
    request = counting_request(" ".join(query), options)
    with open_archive(context.obj) as archive:
        found = find_first_use(archive, request, stemmed=options["stemmed"])
        if as_json or options["as_csv"]:
            table = use_table(request.query, (found.whole, *found.rows))
            value = first_use_json(request.query, found)
            print_word_data(archive, request, table, value, options, tool="first-use")
        else:
            print_screen(render_first_use(found, terminal_columns()), wanted=True)
    print_remarks(found.diagnostics)
    print_word_notes(None)
