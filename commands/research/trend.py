"""``trend``: how often documents use words over time, on the screen, as a table, JSON or a chart."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from commands.json_output import print_json
from commands.output import json_option, print_notes, print_screen, quiet_option, terminal_columns
from commands.query_arguments import QueryCommand, query_words
from commands.research.counting_options import (
    check_output,
    counting_options,
    counting_request,
    print_parts,
    print_remarks,
)
from commands.search import refuse_unknown_options
from commands.terminal.render_trend import render_trend
from corpus.messages import message
from search.archive import open_archive
from search.presentation.research_json import trend_json
from search.trends.trend import trend as make_trend
from search.trends.trend_table import trend_table
from search.trends.trend_values import MAX_SMOOTHING, Trend, TrendMeasure, TrendStep


@click.command(
    cls=QueryCommand, short_help="Show how often words are used over time.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("queries", nargs=-1, callback=query_words)
@counting_options
@click.option(
    "--by", "step", type=click.Choice([step.value for step in TrendStep]), default=TrendStep.YEAR.value,
    show_default=True, help="The length of a period.",
)  # fmt: skip
@click.option(
    "--measure", type=click.Choice([measure.value for measure in TrendMeasure]), default=TrendMeasure.SHARE.value,
    show_default=True, help="What bars show: the share of documents, places in a million words, or places.",
)  # fmt: skip
@click.option(
    "--smooth", type=click.IntRange(0, MAX_SMOOTHING), metavar="NUMBER", default=0,
    help="Add a moving average over so many periods.",
)  # fmt: skip
@quiet_option("Show the numbers alone, without notes.")
@json_option
@click.pass_context
def trend(context: click.Context, /, queries: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show how many documents use the words of each QUERY, period by period, and among how many.

    Each argument is a series of its own, so put a query of several words in quotes:

        muniment trend torture '"ill treatment"' --category statement --by year

    A period with few documents or words is marked as thin: its numbers say little. Documents without a date have a row
    of their own, and the rows add up to the total. Words count as for kwic.
    """
    refuse_unknown_options(context, queries)
    check_output(options, as_json=as_json)
    requests = [counting_request(query, options) for query in queries or ("",)]
    with open_archive(context.obj) as archive:
        value = make_trend(
            archive, requests, step=TrendStep(options["step"]), measure=TrendMeasure(options["measure"]),
            smoothing=options["smooth"], stemmed=options["stemmed"],
        )  # fmt: skip
        if as_json and options["output"] is None:
            print_json(trend_json(value))
        elif as_json or options["as_csv"]:
            parameters = {
                "queries": [*queries], "step": value.step.value, "measure": value.measure.value,
                "smoothing": value.smoothing, "stemmed": value.stemmed,
            }  # fmt: skip
            counts = {f"hits_{number}": series.hits for number, series in enumerate(value.series, 1)}
            text = iter([f"{json.dumps(trend_json(value), ensure_ascii=False, indent=2)}\n"])
            print_parts(
                archive, requests[0], text if as_json else trend_table(value), options["output"], tool="trend",
                parameters=parameters, counts=lambda: counts,
            )  # fmt: skip
        else:
            print_screen(render_trend(value, terminal_columns()), wanted=True)
    for series in value.series:
        print_remarks(series.diagnostics)
    print_notes(_notes(value))


def _notes(value: Trend) -> Iterator[Any]:
    """Yield what a reader of the numbers has to know."""
    if any(point.thin and not point.is_gap for series in value.series for point in series.points):
        yield message("research.thin")
    if ranges := max((series.ranges for series in value.series), default=0):
        yield message("research.ranges", count=ranges)
