"""``cite``: citations of documents and pages for reference managers and for running text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from commands.document_ids import DOCUMENT_ID
from commands.json_output import print_json
from commands.output import json_option, print_notes, print_table
from commands.search_table import record_path, write_with_record
from corpus.errors import UsageError
from corpus.messages import message
from search.archive import open_archive
from search.citation.cite import CitationFormat, citation_table, citations_json, cite, matching_ids
from search.request import Request
from search.result_tables.export_record import export_record


@click.command("cite", short_help="Cite documents, for reference managers or in running text.")
@click.argument("ids", nargs=-1, metavar="[ID]...", type=DOCUMENT_ID)
@click.option("--page", type=click.IntRange(1), metavar="NUMBER", help="Cite this page of the document.")
@click.option("--query", metavar="QUERY", help="Cite every document that the search finds, in place of ids.")
@click.option(
    "--format", "format_name", type=click.Choice([one.value for one in CitationFormat]),
    default=CitationFormat.CHICAGO.value, show_default=True,
    help="Format of the citations: csl, ris and bibtex for reference managers; the others are text.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write to FILE, which must be new, and the record of the citations to FILE.record.json.",
)  # fmt: skip
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet, a row for each citation.")
@json_option
@click.pass_context
def cite_documents(
    context: click.Context,
    /,
    ids: tuple[str, ...],
    query: str | None,
    page: int | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Cite the documents ID..., or all that a search finds.

        muniment cite b2di3vf5im --page 3
        muniment cite --query 'torture date:2019' --format ris -o torture.ris

    Dates are as precise as they are known, names of bodies stay whole, and the address is the public one that a
    listing has, never one of this machine. A citation says where its text was recognised by OCR or a value corrected.
    """
    _require_sense(ids, query, page, options)
    request = Request(query or "")
    with open_archive(context.obj) as archive:
        documents = iter(ids) if query is None else matching_ids(archive, request)
        if options["as_json"]:
            print_json(citations_json(archive, documents, page or 0))
            return
        write = citation_table if options["as_csv"] else cite
        parts = write(archive, documents, options["format_name"], page=page or 0)
        if output is None:
            print_table(parts)
            return
        parameters = {
            "format": options["format_name"],
            "csv": options["as_csv"] or None,
            "page": page,
            "ids": [*ids] or None,
        }
        write_with_record(output, parts, lambda: export_record(archive, request, tool="cite", parameters=parameters))
        print_notes([message("cite.written", path=output, record=record_path(output).name)])


def _require_sense(ids: tuple[str, ...], query: str | None, page: int | None, options: dict[str, Any]) -> None:
    """Refuse options that contradict each other."""
    if ids and query is not None:
        raise UsageError("command.ids-and-query")
    if not ids and query is None:
        raise UsageError("cite.nothing")
    if options["as_csv"] and options["as_json"]:
        raise UsageError("command.two-formats", first="--csv", second="--json")
    if page and len(ids) != 1:
        raise UsageError("cite.page-of-one")
