"""``collocates``: the words that occur beside a query more often than chance would have them."""

from __future__ import annotations

from typing import Any

import click

from commands.output import json_option, print_screen, quiet_option
from commands.progress import ProgressLine, Stage
from commands.query_arguments import QueryCommand, query_words
from commands.research.counting_options import check_output, counting_options, counting_request, print_remarks
from commands.research.word_lists import (
    function_words_option,
    limit_option,
    print_word_data,
    print_word_notes,
    shown_rows,
)
from commands.search import refuse_unknown_options
from commands.terminal.render_words import render_collocates
from search.archive import open_archive
from search.word_statistics.collocates import Collocate, CollocateMeasure, CollocateOptions
from search.word_statistics.collocates import collocates as find_collocates
from search.word_statistics.windows import WindowUnit
from search.word_statistics.word_counts import MAX_WINDOW
from search.word_statistics.word_statistics_json import collocates_json
from search.word_statistics.word_tables import word_table

_DEFAULTS = CollocateOptions()


@click.command(
    cls=QueryCommand, short_help="List the words that occur beside others.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@counting_options
@click.option(
    "-w", "--window", type=click.IntRange(1, MAX_WINDOW), metavar="NUMBER", default=_DEFAULTS.window,
    show_default=True, help="Words on each side that are looked at.",
)  # fmt: skip
@click.option(
    "--within", type=click.Choice([unit.value for unit in WindowUnit]), default=WindowUnit.DOCUMENT.value,
    show_default=True, help="Look no further than to the end of this.",
)  # fmt: skip
@click.option(
    "--min", "min_observed", type=click.IntRange(1), metavar="NUMBER", default=_DEFAULTS.min_observed,
    show_default=True, help="Fewest times that a listed word occurs beside the query.",
)  # fmt: skip
@function_words_option
@click.option(
    "--sort", type=click.Choice([measure.value for measure in CollocateMeasure]), default=_DEFAULTS.sort.value,
    show_default=True, help="The measure to order by, the highest first.",
)  # fmt: skip
@limit_option("Words to show. Default: 50, and all in a table.")
@quiet_option("Show the numbers alone, without notes.")
@json_option
@click.pass_context
def collocates(context: click.Context, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """List the words that occur beside QUERY more often than chance would have them.

    QUERY is a word, a phrase, a pattern or words near each other; other parts of it narrow the documents:

        muniment collocates '"human rights"' --window 5 --date 2010..

    A row says how often the word is on the left and on the right, how often chance would put it there, and four
    measures of the bond. Each shows something else; docs/research.md explains them.
    """
    refuse_unknown_options(context, query)
    check_output(options, as_json=as_json)
    request = counting_request(" ".join(query), options)
    chosen = CollocateOptions(
        options["window"], WindowUnit(options["within"]), options["min_observed"], options["function_words"],
        CollocateMeasure(options["sort"]), options["stemmed"],
    )  # fmt: skip
    with open_archive(context.obj) as archive:
        with ProgressLine() as line:
            found = find_collocates(
                archive, request, chosen, progress=lambda done, total: line.update(Stage.COUNT, done, total, "places")
            )
        rows = shown_rows(found.rows, options)
        if as_json or options["as_csv"]:
            value = collocates_json(request.query, found, rows)
            print_word_data(archive, request, word_table(Collocate, rows), value, options, tool="collocates")
        else:
            print_screen(render_collocates(found, rows), wanted=True)
    print_remarks(found.diagnostics)
    print_word_notes(found.function_words)
