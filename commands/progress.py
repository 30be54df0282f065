"""How long work goes: one line that is written over on a terminal, and the events of a run told as they come."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from typing import Self, TextIO

import click

from commands.terminal import render_run
from commands.terminal import text as terminal
from commands.terminal.text import plural
from indexer.ingest.run_events import Digested, Event, Finished, Indexed, Noted, Read, Recognised, Scanned, Summary

WIDTH = 24
PAUSE = 0.05
"""Seconds between two writings of the line: more often than an eye can see would only slow the work."""


class Progress:
    """One line that is written over while work goes on; silent when nobody is watching."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = stream.isatty()
        self._started: dict[str, float] = {}
        self._shown = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    def step(self, what: str, done: int, total: int, unit: str = "files") -> None:
        """Show how far a stage has come, how fast it goes and how long it will take."""
        now = time.monotonic()
        began = self._started.setdefault(what, now)
        if done < total and now - self._shown < PAUSE:
            return
        self._shown = now
        rate = done / max(now - began, PAUSE)
        bar = "#" * (WIDTH * done // max(total, 1))
        left = f", {(total - done) / rate:.0f} s left" if 0 < done < total else ""
        self.note(f"{what} [{bar:<{WIDTH}}] {done} of {total} {unit}, {rate:.0f}/s{left}")

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


def follow(events: Iterator[Event], *, quiet: bool) -> Iterator[Summary]:
    """Follow runs to their end, telling on standard error how they go; the summary of each."""
    tried = 0
    with Progress(sys.stderr) as progress:
        for event in events:
            match event:
                case Scanned():
                    progress.say(render_run.scanned(event), quiet=quiet)
                case Digested(done, total):
                    progress.step("looking", done, total)
                case Recognised(tried, total):
                    progress.step("recognising", tried, total, "pages")
                case Read(done, total, path, state, reason):
                    progress.step("reading", done, total)
                    if reason:
                        progress.say([render_run.read(path, state.value, reason)], quiet=quiet)
                case Noted(path, message):
                    progress.say([terminal.line(f"{path}: {message}")], quiet=quiet)
                case Indexed(done, total):
                    progress.step("indexing", done, total, "documents")
                case Finished(summary):
                    progress.say([f"OCR tried {plural(tried, 'page')}"] if tried else [], quiet=quiet)
                    progress.note("")
                    tried = 0
                    yield summary


def run_to_end(events: Iterator[Event], *, quiet: bool) -> Summary:
    """Follow one run; its summary."""
    return list(follow(events, quiet=quiet))[-1]
