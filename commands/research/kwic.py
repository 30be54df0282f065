"""``kwic``: a concordance, every place of the words with its context, on the screen, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
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
from commands.terminal.render_concordance import render_concordance
from corpus.errors import UsageError
from corpus.messages import message
from search.archive import Archive, open_archive
from search.concordance.concordance_values import (
    DEFAULT_TOKENS,
    GROUP_KEYS,
    MAX_CONTEXT,
    MAX_LINES,
    MAX_SORT_KEYS,
    SORT_KEYS,
    Concordance,
    ConcordanceLine,
    ContextUnit,
    KwicOptions,
    LineKey,
    Within,
)
from search.concordance.kwic import kwic as make_concordance
from search.concordance.kwic import whole_kwic
from search.concordance.line_table import line_table
from search.presentation.research_json import kwic_json
from search.request import Request

_CONTEXT = click.IntRange(0, MAX_CONTEXT)


@click.command(
    cls=QueryCommand, short_help="Show every place of words with its context.",
    context_settings={"ignore_unknown_options": True},
)  # fmt: skip
@click.argument("query", nargs=-1, callback=query_words)
@counting_options
@click.option(
    "--left", type=_CONTEXT, metavar="NUMBER", default=DEFAULT_TOKENS, show_default=True,
    help="Words of context before.",
)  # fmt: skip
@click.option(
    "--right", type=_CONTEXT, metavar="NUMBER", default=DEFAULT_TOKENS, show_default=True,
    help="Words of context behind.",
)  # fmt: skip
@click.option("--chars", type=_CONTEXT, metavar="NUMBER", help="Characters of context on either side, not words.")
@click.option("--sentence", is_flag=True, help="The sentence as context.")
@click.option("--sort", metavar="KEYS", default="", help=f"Up to {MAX_SORT_KEYS} of {', '.join(SORT_KEYS)}.")
@click.option("--group", type=click.Choice([key.value for key in GROUP_KEYS]), help="Count the lines by this word.")
@click.option("--only", metavar="WORD", help="With --group: the lines of this group alone.")
@click.option("--sample", type=click.IntRange(0), metavar="NUMBER", default=0, help="Draw so many lines at random.")
@click.option("--seed", type=click.IntRange(0), metavar="NUMBER", default=0, help="Draw the sample of this number.")
@click.option(
    "--within", type=click.Choice(["title", "page"]), help="Look in titles; or end matches and context with the page."
)
@click.option(
    "-n", "--limit", type=click.IntRange(0, MAX_LINES), metavar="NUMBER", default=50, show_default=True,
    help="Lines to show.",
)  # fmt: skip
@click.option("--offset", type=click.IntRange(0), metavar="NUMBER", default=0, help="Lines to skip.")
@click.option("--all", "whole", is_flag=True, help=f"All lines, up to {MAX_LINES:,}.")
@quiet_option("Show the lines alone, without counts and notes.")
@json_option
@click.pass_context
def kwic(context: click.Context, /, query: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Show every place where QUERY's words are in the main text of documents, with the words around it.

    The words stand in one column, so that what comes before and behind them is seen at once:

        muniment kwic '"human rights"' --category statement --sort 1R,2R

    Words count as written, in any case and with or without accents; --stemmed counts all their forms. A phrase and a
    NEAR count as a whole. What is in running heads, around a web page and in notes on it does not count. Lines are in
    the order of the documents' dates, or sorted by the words beside, from the nearest outwards.
    """
    refuse_unknown_options(context, query)
    check_output(options, as_json=as_json)
    request = counting_request(" ".join(query), options)
    layout = _options(options)
    with open_archive(context.obj) as archive:
        if as_json or options["as_csv"]:
            _print_data(archive, request, layout, options, as_json=as_json)
            return
        head, lines = _read(archive, request, layout, whole=options["whole"])
        shown = replace(head, lines=tuple(lines))
        print_remarks(shown.diagnostics)
        print_screen(render_concordance(shown, terminal_columns()), wanted=True)
        print_notes(_notes(shown))


def _options(options: dict[str, Any]) -> KwicOptions:
    """Return the options of a concordance from those of the command line."""
    if options["chars"] is not None and options["sentence"]:
        raise UsageError("command.two-formats", first="--chars", second="--sentence")
    if options["only"] is not None and options["group"] is None:
        raise UsageError("research.only-of-groups")
    unit, left, right = ContextUnit.TOKENS, options["left"], options["right"]
    if options["sentence"]:
        unit = ContextUnit.SENTENCE
    elif options["chars"] is not None:
        unit, left, right = ContextUnit.CHARACTERS, options["chars"], options["chars"]
    return KwicOptions(
        unit, left, right, sort_keys(options["sort"]), LineKey(options["group"]) if options["group"] else None,
        options["only"], options["sample"], options["seed"], Within(options["within"] or Within.TEXT),
        options["stemmed"], options["limit"], options["offset"],
    )  # fmt: skip


def sort_keys(typed: str) -> tuple[LineKey, ...]:
    """Return the keys that are typed with commas.

    Raises:
        UsageError: one is no key, or there are too many.
    """
    by_name = {key.casefold(): key for key in SORT_KEYS}
    names = [name.strip().casefold() for name in typed.split(",") if name.strip()]
    if len(names) > MAX_SORT_KEYS or not set(names) <= by_name.keys():
        raise UsageError("research.sort-keys", most=MAX_SORT_KEYS, keys=", ".join(SORT_KEYS))
    return tuple(by_name[name] for name in names)


def _read(
    archive: Archive, request: Request, options: KwicOptions, *, whole: bool
) -> tuple[Concordance, Iterator[ConcordanceLine]]:
    if whole:
        every = whole_kwic(archive, request, options)
        return every.head, every.lines
    concordance = make_concordance(archive, request, options)
    return concordance, iter(concordance.lines)


def _print_data(
    archive: Archive, request: Request, layout: KwicOptions, options: dict[str, Any], *, as_json: bool
) -> None:
    head, lines = _read(archive, request, layout, whole=options["whole"])
    if as_json:
        value = kwic_json(request.query, head, lines)
        if options["output"] is None:
            print_json(value)
            print_notes(_notes(head))
            return
        parts = iter([f"{json.dumps(value, ensure_ascii=False, indent=2)}\n"])
    else:
        parts = line_table(lines)
    parameters = kwic_json(request.query, head, ())["options"] | {"stemmed": layout.stemmed}
    counts = {"lines": head.total, "chosen": head.chosen, "tokens": head.tokens}
    print_parts(archive, request, parts, options["output"], tool="kwic", parameters=parameters, counts=lambda: counts)
    print_remarks(head.diagnostics)
    print_notes(_notes(head))


def _notes(concordance: Concordance) -> Iterator[Any]:
    """Yield what a reader of the numbers has to know."""
    if concordance.chosen > MAX_LINES:
        yield message("research.line-limit", most=MAX_LINES, total=concordance.chosen)
    if concordance.unread:
        yield message("research.unread", count=concordance.unread)
    if elsewhere := concordance.matching - concordance.documents_with:
        yield message("research.elsewhere", count=elsewhere)
