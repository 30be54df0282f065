"""``versions``: documents that may belong together. Nothing is ever merged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict

import click

from commands.output import as_json, put, say
from commands.progress import Progress
from commands.terminal.text import plural
from indexer.archivist.related.language_versions import LanguageVersions, language_families
from indexer.archivist.related.near_duplicates import NearDuplicates, near_duplicates


@click.command(short_help="Suggest documents that may be versions of one another.")
@as_json
@click.pass_context
def versions(context: click.Context, as_json: bool) -> None:
    """Suggest documents that may be versions of one another: nearly the same text, or the same in another language."""
    with Progress(sys.stderr) as progress:
        alike = near_duplicates(
            context.obj, progress=lambda done, total: progress.step("comparing", done, total, "documents")
        )
    families = language_families(context.obj)
    if as_json:
        put({"near_duplicates": [asdict(one) for one in alike], "languages": [asdict(one) for one in families]})
    else:
        say([*_alike(alike), "", *_families(families)])


def _alike(pairs: tuple[NearDuplicates, ...]) -> Iterator[str]:
    yield f"{plural(len(pairs), 'pair')} of documents with nearly the same text"
    for one in pairs:
        yield f"    {one.score:.0%}  {one.first} {one.first_path}"
        yield f"          {one.second} {one.second_path}"


def _families(families: tuple[LanguageVersions, ...]) -> Iterator[str]:
    yield f"{plural(len(families), 'document')} that may be here in several languages"
    for family in families:
        yield f"    {family.score:.0%}  {family.reason}"
        for member in family.members:
            yield f"          {member.language or '?':<3} {member.id} {member.path}"
