"""The command line: the table of commands, and one line, a hint and an exit code for every error.

Every process that a run starts loads this module anew, so it imports nothing that only some of them need.
"""

from __future__ import annotations

import gc
import os
import pkgutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.terminal.terminal_text import render_error
from corpus import VERSION
from corpus.deferred import Deferred
from corpus.errors import ExitCode, MunimentError
from corpus.messages import Message, message, render, render_hint

if TYPE_CHECKING:
    from difflib import get_close_matches

    from commands.output import print_notes
    from corpus.disk.disk_problems import disk_message
    from corpus.trust.enclosing_archive import archive_of_folder
    from indexer.index.slow_contact import telling_waits
else:
    print_notes = Deferred("commands.output:print_notes")
    archive_of_folder = Deferred("corpus.trust.enclosing_archive:archive_of_folder")
    disk_message = Deferred("corpus.disk.disk_problems:disk_message")
    get_close_matches = Deferred("difflib:get_close_matches")
    telling_waits = Deferred("indexer.index.slow_contact:telling_waits")

COMMANDS = {
    "index": "commands.index:index",
    "search": "commands.search:search",
    "kwic": "commands.research.kwic:kwic",
    "trend": "commands.research.trend:trend",
    "frequencies": "commands.research.frequencies:frequencies",
    "collocates": "commands.research.collocates:collocates",
    "compare": "commands.research.compare:compare",
    "first-use": "commands.research.first_use:first_use",
    "show": "commands.show:show",
    "open": "commands.open_document:open_document",
    "similar": "commands.suggest:similar",
    "suggest": "commands.suggest:suggest",
    "serve": "commands.serve:serve",
    "record": "commands.research.record:record",
    "saved": "commands.research.saved:saved",
    "review": "commands.research.review:review",
    "import": "commands.import_listing:import_listing",
    "status": "commands.reports:status",
    "cite": "commands.research.cite:cite_documents",
    "check-quotes": "commands.research.check_quotes:check_quotations",
    "settings": "commands.settings:settings",
    "failures": "commands.reports:failures",
    "verify": "commands.reports:verify",
    "log": "commands.reports:log",
    "edit": "commands.corrections:edit",
    "withdraw": "commands.corrections:withdraw",
    "restore": "commands.corrections:restore",
    "erase": "commands.corrections:erase",
    "versions": "commands.versions:versions",
    "export": "commands.export:export",
    "reindex": "commands.index:reindex",
    "reread": "commands.reread:reread",
    "demo": "commands.demo:demo",
}
"""Module and function of each command. Only the one that is called is loaded: a search starts without the readers."""


HELP_OPTIONS = ["-h", "--help"]
_ARGUMENTS = "muniment.arguments"
"""Key of the arguments of the command that is called, in a context's `meta`."""
_OWN_FOLDER = {*HELP_OPTIONS, "--new"}
"""Arguments with which a command has no use for the archive that the current folder lies in."""


class CommandLoader(click.Group):
    """Load the command that is called, and report errors as one line, a hint and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click passes it)
        """Return the names of the commands in the order in which a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click passes it)
        """Return the command with a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = pkgutil.resolve_name(COMMANDS[cmd_name])
        if not gc.isenabled():  # see `run`
            gc.freeze()
            gc.enable()
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; suggest the most similar name for an unknown one."""
        if args[0] not in COMMANDS and (similar := get_close_matches(args[0], COMMANDS, 1)):
            ctx.fail(str(message("command.unknown", command=args[0], suggestion=similar[0])))
        ctx.meta[_ARGUMENTS] = args[1:]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is called."""
        try:
            with telling_waits(partial(_tell_wait, ctx)):
                return super().invoke(ctx)
        except MunimentError as error:
            click.echo(render_error(error.message, error.hint), err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            _report(message("command.interrupted"))
            ctx.exit(ExitCode.INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            place, reason = error.filename or "the system", error.strerror or error
            _report(disk_message(error) or message("command.system-error", place=place, reason=reason))
            ctx.exit(ExitCode.ERROR)


def _tell_wait(context: click.Context, wait: Message) -> None:
    with context.scope(cleanup=False):  # in a thread that knows of no command, and so of no option --quiet
        print_notes([wait])


def _report(error: Message) -> None:
    click.echo(render_error(render(error), render_hint(error)), err=True)


@click.group(cls=CommandLoader, context_settings={"max_content_width": 100, "help_option_names": HELP_OPTIONS})
@click.option(
    "-a", "--archive", "archive", type=click.Path(path_type=Path), envvar="MUNIMENT_ARCHIVE", metavar="DIR",
    help="The archive's folder. Default: MUNIMENT_ARCHIVE, or the current folder, or the archive that it lies in.",
)  # fmt: skip
@click.version_option(VERSION, "-V", "--version", prog_name="muniment")
@click.pass_context
def main(context: click.Context, archive: Path | None) -> None:
    """Muniment: search an archive of documents by words, date and category, on your own machine.

    A query in single quotes stays as it is: muniment search '"annual report" -draft' finds the phrase.
    """
    context.color = _wants_colours()
    context.obj = archive or Path()
    if archive is None and context.invoked_subcommand != "demo" and not _OWN_FOLDER & {*context.meta[_ARGUMENTS]}:
        context.obj = _archive_of_current_folder()


def _wants_colours() -> bool | None:
    """Return whether the environment asks for colours or for none; None leaves it to whether output is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def _archive_of_current_folder() -> Path:
    """Return the current folder, or the archive that it lies in, naming that on standard error."""
    here = Path()
    archive: Path = archive_of_folder(here)
    if archive != here:
        print_notes([message("command.archive-taken", archive=archive)])
    return archive


def run(prog_name: str | None = None) -> None:
    """Run the command line as a process of its own.

    What is imported is never garbage. Not to look for some before the command is loaded, nor among its modules
    afterwards, saves a tenth of the processor time of a search.
    """
    gc.disable()
    main(prog_name=prog_name)


if __name__ == "__main__":
    run()
