"""``search``: a question, its answer as a screen or as JSON."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from typing import Any, TextIO

import click

from commands.output import as_json, put, say, tell
from commands.terminal import render_search
from corpus.fields import BY_NAME, FACETS, Field, ValueKind
from search.archive import open_archive
from search.json_format import page_json
from search.request import Filter, Request, Sort
from search.results import Explanation


def filters(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Filter, ...]:
    """``--category statement`` as a filter; a minus before the value leaves those documents out."""
    name = str(option.name)
    return tuple(
        Filter(name, whole(BY_NAME[name], value.removeprefix("-")), exclude=value.startswith("-")) for value in values
    )


def whole(field: Field, value: str) -> str:
    """Return ``value`` as one types it in a query: the comma in ``Doe, Jane`` does not separate two names."""
    return f'"{value}"' if field.value is ValueKind.NAME and "," in value and '"' not in value else value


def filterable(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add a repeatable option for every field that a search can be filtered by."""
    for field in reversed(FACETS):
        text = f"Filter by {field.help}. Repeatable."
        command = click.option(
            f"--{field.name}", field.name, multiple=True, metavar=field.placeholder, callback=filters, help=text
        )(command)
    return command


# A query may begin with a minus, so what looks like a short option is part of it.
@click.command(short_help="Search by words, date and category.", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@filterable
@click.option("--any", "any_word", is_flag=True, help="Documents with any of the words, the best matches first.")
@click.option("--expand/--no-expand", default=None, help="Let words that the first hits share speak for further ones.")
@click.option("--explain", is_flag=True, help="Say of each hit why it ranks where it does.")
@click.option("--sort", type=click.Choice([one.value for one in Sort]), default=Sort.RELEVANCE.value, show_default=True)
@click.option("--limit", type=click.IntRange(0, 1000), default=10, show_default=True, help="Hits to show.")
@click.option("--offset", type=click.IntRange(0), default=0, help="Hits to skip.")
@click.option("--facets", default="category,year,language", show_default=True, help="Facets to count, or 'none'.")
@click.option(
    "--batch", type=click.File(encoding="utf-8-sig", errors="replace"),
    help="Run each line of this file; JSON Lines out.",
)  # fmt: skip
@as_json
@click.pass_context
def search(
    context: click.Context,
    /,
    query: tuple[str, ...],
    batch: TextIO | None,
    explain: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Search for QUERY: words, "a phrase", OR, -not, title:word, date:2017..2019, category:statement.

    Of an option that filters, several values mean any of them, '-VALUE' leaves documents out, and 'none' finds those
    without a value. An empty query finds every document. The whole language is described in docs/query-language.md.
    """
    refuse_unknown_options(context, query)
    request = request_of(" ".join(query), options)
    with open_archive(context.obj) as archive:
        if batch is not None:
            for line in batch:
                if text := line.strip():
                    put(page_json(archive.search(replace(request, query=text))), indent=None)
            return
        page = archive.search(request)
        reasons = [archive.explain(request, hit.id) for hit in page.hits] if explain else []
        if as_json:
            put(page_json(page) | ({"explanations": [asdict(one) for one in reasons]} if explain else {}))
        else:
            click.echo(render_search.page(page, request, shutil.get_terminal_size().columns))
            say(line for number, one in enumerate(reasons, request.offset + 1) for line in reason(number, one))
        tell(render_search.diagnostics(page.diagnostics))


def reason(number: int, one: Explanation) -> Iterator[str]:
    """Why a hit ranks where it does, for a person: what each part of the query and each bonus adds to its score."""
    yield ""
    yield f"{number:>2}. {one.id} scores {one.score:.3f}"
    for part in one.parts:
        where = ", ".join(f"{field.count:g} in {field.field} of {field.length:,.0f} words" for field in part.fields)
        found = f"found in {part.documents:,} documents"
        yield f"    {part.score:8.3f}  {part.part}: {found}{f'; {where}' if where else ''}"
    for name, gain in one.bonuses.items():
        if gain:
            yield f"    {gain:8.3f}  {name}"


def refuse_unknown_options(context: click.Context, words: tuple[str, ...]) -> None:
    """A mistyped ``--option`` must not become a word of the query."""
    known = [name for option in context.command.params for name in option.opts if name.startswith("--")]
    for word in words:
        name = word.partition("=")[0]
        if name in known:
            raise click.UsageError(f"Write {name} before '--', behind which everything belongs to the query.", context)
        if re.match(r"--[a-z]", name):
            raise click.NoSuchOption(name, possibilities=known, ctx=context)


def request_of(query: str, options: dict[str, Any]) -> Request:
    """The question that a command line asks."""
    names = () if options["facets"] == "none" else tuple(name.strip() for name in options["facets"].split(","))
    chosen = [options[field.name] for field in FACETS]
    return Request(
        query=query, filters=tuple(one for some in chosen for one in some), any=options["any_word"],
        expand=options["expand"], sort=Sort(options["sort"]), limit=options["limit"], offset=options["offset"],
        facets=names,
    )  # fmt: skip
