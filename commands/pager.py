"""Long texts on a terminal, through the user's pager; anywhere else they are printed.

The pager is started without a shell, so that `PAGER` is a program with options and never a line of commands. What it
shows is sanitized: the only escapes in it are colours, which are taken out for every pager but less.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click

from commands.output import is_output_terminal, print_screen

_PAGERS = ("less", "more")
"""Programs that are tried where `PAGER` names none."""
_LESS_OPTIONS = "FRX"
"""What less does where the user has not set `LESS`: end where the text fits, show colours alone, leave the text."""


def print_long(screen: str) -> None:
    """Print a screen, through a pager where somebody reads it on a terminal that it does not fit on."""
    command = _pager() if _is_too_long(screen) else []
    if not command or not _page(command, screen):
        print_screen(screen, wanted=True)


def _is_too_long(screen: str) -> bool:
    if not (is_output_terminal() and sys.stdin and sys.stdin.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
        return False
    return screen.count("\n") + 1 >= shutil.get_terminal_size().lines


def _pager() -> list[str]:
    """Return the program and its options; nothing where the user wants no pager or there is none."""
    wanted = os.environ.get("PAGER")
    with suppress(ValueError):  # of quotation marks that are not closed
        words = shlex.split(wanted or "")
        if wanted is not None and words in ([], ["cat"]):
            return []
        if words and (program := shutil.which(words[0])):
            return [program, *words[1:]]
    return next(([program] for name in _PAGERS if (program := shutil.which(name))), [])


def _page(command: list[str], screen: str) -> bool:
    """Show a screen in a pager until the user leaves it, and return whether the pager could be started."""
    context = click.get_current_context(silent=True)
    is_less = Path(command[0]).name == "less"
    if is_less and "LESS" in os.environ:
        command = [*command, "-R"]
    if not is_less or (context and context.color is False):
        screen = click.unstyle(screen)
    environment = {"LESS": _LESS_OPTIONS, **os.environ}
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    with suppress(BrokenPipeError, KeyboardInterrupt):  # the user left before the end
        pager.communicate(f"{screen}\n".encode(errors="replace"))
    while pager.poll() is None:
        with suppress(KeyboardInterrupt):  # the key is the pager's
            pager.wait()
    return True
