"""The front door: which commands there are, and what becomes of errors. Each command is a module of `commands`.

Every process that a run starts loads this module anew, so it loads nothing that only some of them need.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import click

from commands.terminal.text import line
from corpus.errors import MunimentError

COMMANDS = {
    "index": "commands.index:index",
    "search": "commands.search:search",
    "show": "commands.show:show",
    "similar": "commands.suggest:similar",
    "suggest": "commands.suggest:suggest",
    "import": "commands.import_listing:take_listing",
    "status": "commands.reports:status",
    "failures": "commands.reports:failures",
    "verify": "commands.reports:verify",
    "log": "commands.reports:log",
    "edit": "commands.corrections:edit",
    "withdraw": "commands.corrections:withdraw",
    "restore": "commands.corrections:restore",
    "versions": "commands.versions:versions",
    "export": "commands.export:export",
    "reindex": "commands.index:reindex",
    "demo": "commands.demo:demo",
}
"""Where each command is. Only the one that is called is loaded, so that a search starts without the readers."""

INTERRUPTED = 130
"""What shells give for a program ended by Ctrl-C."""


def _fail(message: str, hint: str) -> None:
    """Say on standard error what was wrong and what to do."""
    click.echo(f"{click.style('muniment:', fg='red')} {line(message)}", err=True)
    if hint:
        click.echo(f"  {line(hint)}", err=True)


class Door(click.Group):
    """Loads the command that is called, and turns every error raised on purpose into one line, a hint and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (as click calls it)
        """The commands in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (likewise)
        """The command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = resolve_name(COMMANDS[cmd_name])
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or what was probably meant."""
        if args[0] not in COMMANDS and (near := get_close_matches(args[0], COMMANDS, 1)):
            ctx.fail(f"There is no command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except MunimentError as error:
            _fail(error.message, error.hint)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            _fail("interrupted", "What was recorded is kept; run the command again to go on.")
            ctx.exit(INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, BrokenPipeError):
            raise
        except OSError as error:
            _fail(
                f"{error.filename or 'the system'}: {error.strerror or error}", "Mend that and run the command again."
            )
            ctx.exit(1)


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


if __name__ == "__main__":
    main()
