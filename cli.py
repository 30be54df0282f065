"""The front door: commands, words and colours, exit codes. Everything it shows comes from the floors below."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Self, TextIO

import click

from corpus.errors import MunimentError
from corpus.sample import ARCHIVE as SAMPLE
from indexer.events import Digested, Event, Finished, Indexed, Read, Scanned, Summary
from indexer.pipeline import Options
from indexer.pipeline import index as run_index
from indexer.pipeline import reindex as run_reindex
from indexer.status import status as archive_status
from search import screens
from search.archive import open_archive
from search.formats import document_json, page_json
from search.request import Filter, Request, Sort
from search.results import Diagnostic

PROGRESS_WIDTH = 30


class Door(click.Group):
    """Turns every error raised on purpose into one line, a hint and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except MunimentError as error:
            fail(error.message, error.hint)
            ctx.exit(error.exit_code)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            fail(f"{error.filename or 'the system'}: {error.strerror or error}", "Mend that and run the command again.")
            ctx.exit(1)


def fail(message: str, hint: str) -> None:
    """Say on standard error what was wrong and what to do."""
    click.echo(f"{click.style('muniment:', fg='red')} {screens.line(message)}", err=True)
    if hint:
        click.echo(f"  {screens.line(hint)}", err=True)


@click.group(cls=Door, context_settings={"max_content_width": 100})
@click.option(
    "--archive", "archive", type=click.Path(path_type=Path), default=Path(), envvar="MUNIMENT_ARCHIVE",
    help="The archive's folder. Default: MUNIMENT_ARCHIVE, or the folder you are in.",
)  # fmt: skip
@click.version_option(package_name="muniment", prog_name="muniment")
@click.pass_context
def main(context: click.Context, archive: Path) -> None:
    """Muniment: search an archive of documents by words, date and category, on your own machine."""
    context.obj = archive


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output and nothing else.")


def put(value: object, indent: int | None = 2) -> None:
    """Print one JSON document; what could upset a terminal is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    click.echo(re.sub("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]", lambda found: f"\\u{ord(found[0]):04x}", text))


def tell(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Say on standard error what was odd about a query."""
    for line in screens.diagnostics(diagnostics):
        click.echo(line, err=True)


@main.command()
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--retry-failed", is_flag=True, help="Read again the files that could not be read before.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes that read files. Default: one a core.")
@click.option("--strict", is_flag=True, help="Exit with 3 when any file failed.")
@as_json
@click.pass_context
def index(context: click.Context, /, folders: tuple[Path, ...], strict: bool, as_json: bool, **options: Any) -> None:
    """Bring new, changed, moved and removed files of FOLDERS into the archive.

    Without FOLDERS, those brought in before; at first, the archive's own folder.
    """
    chosen = Options(options["dry_run"], options["retry_failed"], options["jobs"] or 0)
    summary = show_run(run_index(context.obj, folders, chosen), quiet=as_json)
    if as_json:
        put({**asdict(summary), "seconds": round(summary.seconds, 3)})
    else:
        click.echo(screens.summary(summary, dry_run=chosen.dry_run))
    if strict and summary.failed:
        context.exit(3)


def show_run(events: Iterator[Event], *, quiet: bool) -> Summary:
    """Follow a run to its end, telling on standard error how it goes."""
    summary = Summary()
    with Progress(sys.stderr) as progress:
        for event in events:
            match event:
                case Scanned():
                    progress.say(screens.scanned(event), quiet=quiet)
                case Digested(done, total):
                    progress.step("looking", done, total)
                case Read(done, total, path, state, reason):
                    progress.step("reading", done, total)
                    if reason:
                        progress.say([screens.read(path, state.value, reason)], quiet=quiet)
                case Indexed(documents):
                    progress.note(f"indexing: {documents} documents")
                case Finished(summary):
                    pass
    return summary


class Progress:
    """One line that is written over while a run goes on; silent when nobody is watching."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._started: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def step(self, what: str, done: int, total: int) -> None:
        """Show how far a stage has come, how fast it goes and how long it will take."""
        began = self._started.setdefault(what, time.monotonic())
        rate = done / max(time.monotonic() - began, 0.001)
        bar = "#" * (PROGRESS_WIDTH * done // total)
        left = f", {(total - done) / rate:.0f} s left" if done < total else ""
        self.note(f"{what} [{bar:<{PROGRESS_WIDTH}}] {done} of {total} files, {rate:.0f}/s{left}")

    def note(self, text: str) -> None:
        """Show ``text`` in place of what was shown before."""
        if self._watched:
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"\r\x1b[K{text[:width]}")
            self._stream.flush()

    def say(self, lines: list[str], *, quiet: bool) -> None:
        """Leave ``lines`` standing above the line that moves."""
        if quiet:
            return
        self._clear()
        for line in lines:
            click.echo(line, err=True)

    def _clear(self) -> None:
        if self._watched:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def filters(_: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[Filter, ...]:
    """``--category statement`` as a filter; a minus before the value leaves those documents out."""
    name = str(option.name)
    return tuple(Filter(name, value.removeprefix("-"), exclude=value.startswith("-")) for value in values)


def narrowing(name: str, metavar: str, text: str) -> Callable[[Any], Any]:
    """A repeatable option that narrows a search by one field."""
    return click.option(f"--{name}", name, multiple=True, metavar=metavar, callback=filters, help=text)


# A query may begin with a minus, so what looks like a short option is part of it.
@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1)
@narrowing("category", "NAME", "Only this category; 'none' for those without. Repeat for several; '-NAME' excludes.")
@narrowing("date", "WHEN", "Only this time: 2019, 2019-03, 2017..2019, 2017.., none. Repeatable.")
@narrowing("language", "CODE", "Only this language. Repeatable.")
@narrowing("author", "NAME", "Only this author. Repeatable.")
@narrowing("country", "CODE", "Only this country. Repeatable.")
@narrowing("format", "NAME", "Only this file format. Repeatable.")
@click.option("--any", "any_word", is_flag=True, help="Documents with any of the words, the best matches first.")
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
    context: click.Context, /, query: tuple[str, ...], batch: TextIO | None, as_json: bool, **options: Any
) -> None:
    """Search for QUERY: words, "a phrase", OR, -not, title:word, date:2017..2019, category:statement.

    An empty query finds every document. The whole language is described in docs/query-language.md.
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
        if as_json:
            put(page_json(page))
        else:
            click.echo(screens.page(page, request, shutil.get_terminal_size().columns))
        tell(page.diagnostics)


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
    chosen = [options[name] for name in ("category", "date", "language", "author", "country", "format")]
    return Request(
        query=query, filters=tuple(one for some in chosen for one in some), any=options["any_word"],
        sort=Sort(options["sort"]), limit=options["limit"], offset=options["offset"], facets=names,
    )  # fmt: skip


@main.command()
@click.argument("document", metavar="ID")
@click.option("--page", type=click.IntRange(1), help="Only this page.")
@click.option("--query", default="", help="Mark what this query finds.")
@as_json
@click.pass_context
def show(context: click.Context, document: str, page: int | None, query: str, as_json: bool) -> None:
    """Show a document: its metadata and where each value comes from, and its pages."""
    with open_archive(context.obj) as archive:
        view = archive.view(document, page=page, query=query)
    if as_json:
        put(document_json(view))
    else:
        click.echo(screens.document(view, shutil.get_terminal_size().columns))
    tell(view.diagnostics)


@main.command()
@as_json
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Show what the archive holds: files by state, documents, and whether the index is up to date."""
    state = archive_status(context.obj)
    if as_json:
        put(asdict(state))
    else:
        click.echo(screens.status(state))


@main.command()
@as_json
@click.pass_context
def reindex(context: click.Context, as_json: bool) -> None:
    """Rebuild the index from the catalogue alone and swap it in when it is complete."""
    summary = show_run(run_reindex(context.obj), quiet=as_json)
    if as_json:
        put({**asdict(summary), "seconds": round(summary.seconds, 3)})
    else:
        click.echo(f"The index holds {summary.documents} documents, built in {summary.seconds:.1f} s.")


DEMO_QUERIES = ("human rights defenders", '"freedom of assembly" date:2018..2021', "detention -category:report")


@main.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Make the archive in this folder and leave it there.")
def demo(keep: Path | None) -> None:
    """Index the sample archive into a temporary folder and search it."""
    with tempfile.TemporaryDirectory(prefix="muniment-demo-") as temporary:
        folder = keep or Path(temporary)
        shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
        click.echo(f"$ muniment --archive {folder} index")
        click.echo(screens.summary(show_run(run_index(folder, ()), quiet=False), dry_run=False))
        with open_archive(folder) as archive:
            for query in DEMO_QUERIES:
                request = Request(query=query, limit=3)
                click.echo(f"\n$ muniment --archive {folder} search {shlex.quote(query)} --limit 3\n")
                click.echo(screens.page(archive.search(request), request, shutil.get_terminal_size().columns))


if __name__ == "__main__":
    main()
