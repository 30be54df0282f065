"""Options and the opening of a researcher's own store, shared by the commands that keep something in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from commands.query_arguments import query_words
from commands.search import filter_options
from corpus.errors import UsageError
from corpus.fields import FACETS
from corpus.researcher_store import ResearcherStore
from corpus.researcher_store.store_place import named_store
from search.archive import Archive, open_archive
from search.request import Request, Sort
from search.search_records.own_store import open_own_records


def _named_folder(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    """Return the folder that --in names; an empty name is none, and never the current folder."""
    if value == "":
        raise UsageError("research.store-unnamed")
    return Path(value) if value else None


in_option = click.option(
    "--in", "store_folder", type=click.Path(), callback=_named_folder, metavar="FOLDER",
    help="Keep records, saved searches and reviews in FOLDER. Default: your own folder on this machine.",
)  # fmt: skip
csv_option = click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet.")


def search_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the query and the options that say what is searched for."""
    decorators = (
        click.argument("query", nargs=-1, callback=query_words),
        filter_options,
        click.option("--any", "any_word", is_flag=True, help="Find documents with any of the words."),
        click.option(
            "--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.RELEVANCE.value, show_default=True,
            help="Order of the documents.",
        ),
    )  # fmt: skip
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def request_of_options(options: dict[str, Any]) -> Request:
    """Return the request that `search_options` make, which are taken out of the options."""
    return Request(
        " ".join(options.pop("query")), tuple(one for field in FACETS for one in options.pop(field.name)),
        any=options.pop("any_word"), sort=Sort(options.pop("sort")), facets=(), passages=0,
    )  # fmt: skip


@contextmanager
def opened_store(
    archive_folder: Path, store_folder: Path | None, *, write: bool = False, make: bool = False
) -> Iterator[tuple[Archive, ResearcherStore]]:
    """Open an archive, and the store of this user about it.

    Args:
        archive_folder: the archive.
        store_folder: the folder that --in names.
        write: whether something in the store is changed.
        make: whether something new is kept, for which the folder is made where there is none.

    Raises:
        MunimentError: one of them cannot be opened.
    """
    write = write or make
    with open_archive(archive_folder) as archive:
        if store_folder:
            named_store(archive_folder, store_folder, write=make)
        with open_own_records(archive, store_folder, write=write) as store:
            yield archive, store
