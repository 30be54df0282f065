"""``open``: a document in the system's viewer, or its text where opening the file could disclose something."""

from __future__ import annotations

import click

from commands.document_ids import DOCUMENT_ID
from commands.output import print_notes, terminal_columns
from commands.pager import print_long
from commands.terminal.render_document import render_document
from commands.viewer import open_in_viewer
from corpus.errors import UsageError
from corpus.messages import message
from indexer.archivist.original_file import OriginalFile, original_file
from indexer.metadata.selection import conflicts
from search.presentation.document_view import catalogued_view


@click.command("open", short_help="Open a document in a viewer, or show its text.")
@click.argument("document_id", metavar="ID", type=DOCUMENT_ID)
@click.option("--page", type=click.IntRange(1), metavar="NUMBER", help="Begin at this page.")
@click.option("--original", is_flag=True, help="Open the file itself whatever it is, and say what that may disclose.")
@click.pass_context
def open_document(context: click.Context, document_id: str, page: int | None, original: bool) -> None:
    """Open the document ID: a PDF, an image or a plain text in the system's viewer, anything else as its text.

    A web page, a mail or an office file can load content from the internet when it is opened, which tells others that
    it was opened, when and where. So its text is shown, unless --original is given.
    """
    file = original_file(context.obj, document_id)
    if not original and not file.is_shown_as_it_is:
        view = catalogued_view(context.obj.resolve(), document_id, page)
        print_long(render_document(view, conflicts(view.candidates), terminal_columns()))
        return
    if page and file.is_shown_as_it_is and file.pages and page > file.pages:
        raise UsageError("request.no-such-page", document_id=document_id, page=page, pages=file.pages)
    _note(file)
    is_at_page = open_in_viewer(file.path, None if file.part else page)
    print_notes([message("open.opened", path=file.path)])
    if not is_at_page:
        print_notes([message("open.turn-to-page", page=page)])


def _note(file: OriginalFile) -> None:
    """Say before a file is opened what is different from what the archive shows of it."""
    if not file.is_shown_as_it_is:
        print_notes([message("open.discloses")])
    if file.part:
        print_notes([message("open.container", part=file.part)])
    if file.is_changed:
        print_notes([message("open.changed")])
