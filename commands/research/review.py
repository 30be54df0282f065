"""``review``: screen the documents of one or several searches, with one reader or two, and report the flow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen, print_table
from commands.query_arguments import QueryCommand
from commands.research.store_options import csv_option, in_option, opened_store, request_of_options, search_options
from commands.terminal import render_reviews
from corpus.errors import UsageError
from corpus.researcher_store.review_rows import Decision, ReviewReader, remove_review
from search.archive import Archive
from search.presentation.records_json import item_json, review_json, review_row_json
from search.review_sets.agreement import agreement
from search.review_sets.flow_drawing import flow_drawing
from search.review_sets.review_export import UNSEEN, review_ris, review_table, reviews_table
from search.review_sets.review_flow import ReviewFlow, flow_table, review_flow
from search.review_sets.review_import import import_review
from search.review_sets.review_set import (
    Judgement,
    ReviewSet,
    add_to_review,
    begin_review,
    decide,
    review_set,
    review_sets,
)

NAME = click.argument("name")
reasons_option = click.option(
    "--reason",
    "reasons",
    multiple=True,
    metavar="TEXT",
    help="A reason to leave documents out, for its list. Repeatable.",
)
reader_option = click.option(
    "--reader", type=click.Choice([reader.value for reader in ReviewReader]), default=ReviewReader.FIRST.value,
    show_default=True, help="Who reads: the first or the second reader, or both in agreement.",
)  # fmt: skip

_FORMATS: dict[str, Callable[[Archive, ReviewSet, ReviewFlow], Iterable[str]]] = {
    "csv": lambda _, review, __: review_table(review),
    "ris": lambda archive, review, _: review_ris(archive, review),
    "flow": lambda _, __, flow: flow_table(flow),
    "svg": lambda _, review, flow: [flow_drawing(flow, review.name)],
}
"""The formats of an export, with the function that makes each."""


@click.group(short_help="Screen search results with one or two readers.")
def review() -> None:
    """Screen the documents that searches find: relevant, not or maybe, with reasons and notes, by one reader or two.

    A review can be left and taken up again at any time. It is kept where 'record' keeps records.
    """


@review.command(cls=QueryCommand, short_help="Begin a review with a search.",
                context_settings={"ignore_unknown_options": True})  # fmt: skip
@NAME
@search_options
@reasons_option
@in_option
@json_option
@click.pass_context
def new(
    context: click.Context,
    /,
    name: str,
    reasons: tuple[str, ...],
    store_folder: Path | None,
    as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Begin the review NAME with the documents that QUERY finds."""
    request = request_of_options(options)
    with opened_store(context.obj, store_folder, make=True) as (archive, store):
        begun = begin_review(archive, store, name, request, reasons)
        flow = review_flow(archive, begun)
    if as_json:
        print_json(review_json(begun, flow))
    else:
        print_screen(render_reviews.render_review(begun, flow, agreement(begun)))


@review.command(cls=QueryCommand, short_help="Merge a further search into a review.",
                context_settings={"ignore_unknown_options": True})  # fmt: skip
@NAME
@search_options
@reasons_option
@in_option
@click.pass_context
def add(
    context: click.Context, /, name: str, reasons: tuple[str, ...], store_folder: Path | None, **options: Any
) -> None:
    """Merge the documents that QUERY finds into the review NAME. Each keeps which searches found it."""
    request = request_of_options(options)
    with opened_store(context.obj, store_folder, write=True) as (archive, store):
        added = add_to_review(archive, store, name, request, reasons)
        whole = review_set(archive, store, name)
    print_screen(render_reviews.render_added(whole, added))


@review.command("list", short_help="List the reviews.")
@in_option
@csv_option
@json_option
@click.pass_context
def list_reviews(context: click.Context, /, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """List the reviews with their numbers."""
    with opened_store(context.obj, store_folder) as (archive, store):
        rows = [(one, review_flow(archive, one)) for one in review_sets(archive, store)]
    if as_json:
        print_json([review_row_json(*row) for row in rows])
    elif as_csv:
        print_table(reviews_table(rows))
    else:
        print_screen(render_reviews.render_reviews(rows), wanted=True)


@review.command(short_help="Show a review.")
@NAME
@in_option
@csv_option
@json_option
@click.pass_context
def show(context: click.Context, /, name: str, store_folder: Path | None, as_csv: bool, as_json: bool) -> None:
    """Show the numbers of the review NAME, the agreement of its readers, and its documents."""
    with opened_store(context.obj, store_folder) as (archive, store):
        whole = review_set(archive, store, name)
        flow = review_flow(archive, whole)
    if as_json:
        print_json(review_json(whole, flow))
    elif as_csv:
        print_table(review_table(whole))
    else:
        print_screen(render_reviews.render_review(whole, flow, agreement(whole), documents=True), wanted=True)


@review.command("next", short_help="Show the next document to decide on.")
@NAME
@reader_option
@click.option("--after", default="", metavar="ID", help="Look behind this document.")
@in_option
@json_option
@click.pass_context
def next_document(
    context: click.Context, /, name: str, reader: str, after: str, store_folder: Path | None, as_json: bool
) -> None:
    """Show the next document of the review NAME that the reader has not decided on.

    With --reader agreed, the next on which the two readers decided differently.
    """
    with opened_store(context.obj, store_folder) as (archive, store):
        item = review_set(archive, store, name).next_item(ReviewReader(reader), after=after)
    if as_json:
        print_json(item_json(item) if item else None)
    else:
        print_screen(render_reviews.render_next(item, name, ReviewReader(reader)), wanted=True)


@review.command("decide", short_help="Decide on a document.")
@NAME
@click.argument("document_id", metavar="ID")
@click.argument("decision", type=click.Choice([*(one.value for one in Decision), UNSEEN]))
@click.option("--reason", metavar="TEXT", help="Why. A new one is added to the review's list.")
@click.option("--note", metavar="TEXT", help="A note on the document. Without it, the note that there is stays.")
@reader_option
@in_option
@json_option
@click.pass_context
def decide_on(
    context: click.Context, /, *, name: str, document_id: str, decision: str, reader: str,
    store_folder: Path | None, as_json: bool, **words: str | None,
) -> None:  # fmt: skip
    """Decide on document ID of the review NAME: relevant, not or maybe; 'unseen' takes a decision back."""
    judgement = Judgement(None if decision == UNSEEN else Decision(decision), words["reason"], words["note"])
    with opened_store(context.obj, store_folder, write=True) as (archive, store):
        decide(store, name, document_id, judgement, ReviewReader(reader))
        item = review_set(archive, store, name).item(document_id)
    if as_json:
        print_json(item_json(item))
    else:
        print_screen(render_reviews.render_decided(item))


@review.command("export", short_help="Write a review for a spreadsheet or a reference manager.")
@NAME
@click.option(
    "--format", "form", type=click.Choice([*_FORMATS]), default="csv", show_default=True,
    help="A table or RIS with decisions, reasons and notes; the flow as a table or as a drawing.",
)  # fmt: skip
@click.option(
    "-o",
    "--output",
    "--to",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to a new file instead.",
)
@in_option
@json_option
@click.pass_context
def export_review(
    context: click.Context, /, name: str, form: str, file: Path | None, store_folder: Path | None, as_json: bool
) -> None:
    """Print the review NAME, or write it to a new file.

    'review import' reads the table and the RIS back. A withdrawn document is in it without title and notes.
    """
    with opened_store(context.obj, store_folder) as (archive, store):
        whole = review_set(archive, store, name)
        flow = review_flow(archive, whole)
        parts = [] if as_json else list(_FORMATS[form](archive, whole, flow))
    if as_json:
        print_json(review_json(whole, flow))
    elif file:
        try:
            with file.open("x", encoding="utf-8", newline="") as output:
                output.writelines(parts)
        except FileExistsError as error:
            raise UsageError("research.file-exists", file=file) from error
    else:
        print_table(parts)


@review.command("import", short_help="Read decisions back from a table or RIS file.")
@NAME
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@in_option
@click.pass_context
def import_decisions(context: click.Context, name: str, file: Path, store_folder: Path | None) -> None:
    """Read decisions, reasons and notes from FILE, which 'review export' wrote and you changed.

    An empty reason or note keeps the one there is. Nothing is read where a decision makes no sense.
    """
    with opened_store(context.obj, store_folder, write=True) as (_, store):
        done = import_review(store, name, file)
    print_screen(render_reviews.render_import_of_review(done))


@review.command(short_help="Remove a review for good.")
@NAME
@in_option
@click.pass_context
def remove(context: click.Context, name: str, store_folder: Path | None) -> None:
    """Remove the review NAME with all its decisions for good: its words are overwritten in the file."""
    with opened_store(context.obj, store_folder, write=True) as (_, store):
        remove_review(store, name)
    print_screen(render_reviews.render_removed_review(name))
