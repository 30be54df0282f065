"""``check-quotes``: compare the quotations of a table or a draft with the texts of the archive."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from commands.json_output import print_json
from commands.output import json_option, print_screen, print_table, quiet_option, terminal_columns
from commands.terminal.research.render_quotes import render_quotes
from corpus.errors import ExitCode, UsageError
from indexer.manuscripts.read_manuscript import MAX_MANUSCRIPT_BYTES, Manuscript, read_manuscript
from search.archive import Archive, open_archive
from search.presentation.research_json import quotes_json
from search.quote_check.check_quotes import check_quotes, require_checked
from search.quote_check.quote_table import quote_table
from search.quote_check.read_quotations import known_documents, read_quotations


@click.command("check-quotes", short_help="Compare quotations with the texts, word for word.")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True), metavar="FILE")
@click.option("-v", "--verbose", is_flag=True, help="Show the quotations that are verbatim as well.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet, a row for each quotation.")
@quiet_option()
@json_option
@click.pass_context
def check_quotations(context: click.Context, file: Path, *, verbose: bool, as_csv: bool, as_json: bool) -> None:
    """Check the quotations in FILE, a table (CSV), a draft in Markdown or DOCX, or '-' for standard input.

    A table has a column quote, and may have id, page, sha256 and taken (the day). In a draft, quotations are in
    quotation marks or are blocks, and the source follows: “…” (b2di3vf5im, p. 3), or a citation as 'cite' writes it,
    or a footnote. Without an id, all documents are looked through for quotations of four words or more.

    Near matches are shown and never accepted. The exit code is 4 where a quotation is not verbatim.
    """
    if as_csv and as_json:
        raise UsageError("command.two-formats", first="--csv", second="--json")
    with open_archive(context.obj) as archive:
        draft = _draft(archive, file)
        works = known_documents(archive)
        report = check_quotes(archive, read_quotations(draft.text, works, in_paragraphs=draft.in_paragraphs))
    require_checked(report)
    if as_json:
        print_json(quotes_json(report))
    elif as_csv:
        print_table(quote_table(report.quotes))
    else:
        print_screen(render_quotes(report, terminal_columns(), all_quotes=verbose))
    if not report.is_faultless:
        context.exit(ExitCode.DIFFERENCES)


def _draft(archive: Archive, file: Path) -> Manuscript:
    if str(file) == "-":
        return Manuscript(sys.stdin.buffer.read(MAX_MANUSCRIPT_BYTES).decode("utf-8-sig", "replace"))
    return read_manuscript(file, archive.settings)
