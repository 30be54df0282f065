"""Show progress: one line that is overwritten on a terminal, and the events of a run as they come."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from enum import StrEnum
from typing import Self, TextIO

import click

from commands.output import is_quiet, terminal_columns
from commands.terminal import render_run
from indexer.ingest.run_events import Digested, Event, Finished, Indexed, Noted, Read, Recognised, Scanned, Summary

MIN_SECONDS_BETWEEN_UPDATES = 0.05
"""Seconds between two updates of the line: an eye sees no more, and the work would only be slower."""

_CLEAR_LINE = "\r\x1b[K"


class Stage(StrEnum):
    """The stages of work that show their progress, as the line names them."""

    DIGEST = "checking"
    READ = "reading"
    OCR = "OCR"
    INDEX = "indexing"
    VERIFY = "verifying"
    PACK = "packing"
    COMPARE = "comparing"
    COUNT = "counting"


class ProgressLine:
    """A line that is overwritten while work goes on, and silent where standard error is no terminal."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty() and os.environ.get("TERM") != "dumb" and not is_quiet()
        self._started: dict[Stage, float] = {}
        self._updated = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def update(self, stage: Stage, done: int, total: int, unit: str = "files") -> None:
        """Show how far a stage has come, how fast it goes and how long it will take."""
        now = time.monotonic()
        started = self._started.setdefault(stage, now)
        if done < total and now - self._updated < MIN_SECONDS_BETWEEN_UPDATES:
            return
        self._updated = now
        rate = done / max(now - started, MIN_SECONDS_BETWEEN_UPDATES)
        if self._is_terminal:
            line = render_run.render_progress(stage.value, done, total, unit, rate)
            self._write(f"{_CLEAR_LINE}{line[: terminal_columns() - 1]}")

    def print_above(self, screen: str) -> None:
        """Print lines that stay, above the line that is overwritten."""
        if screen and not is_quiet():
            self.clear()
            click.echo(screen, err=True)

    def clear(self) -> None:
        """Remove the line."""
        if self._is_terminal:
            self._write(_CLEAR_LINE)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def follow(events: Generator[Event], *, quiet: bool) -> Iterator[Summary]:
    """Follow runs to their end, showing on standard error how they go, and yield the summary of each.

    Args:
        events: what the runs report.
        quiet: show the progress line alone, no line that stays.
    """
    ocr_pages = 0
    with ProgressLine() as progress, closing(events):
        for event in events:
            match event:
                case Digested(done, total):
                    progress.update(Stage.DIGEST, done, total)
                case Recognised(ocr_pages, total):
                    progress.update(Stage.OCR, ocr_pages, total, "pages")
                case Read(done, total):
                    progress.update(Stage.READ, done, total)
                case Indexed(done, total):
                    progress.update(Stage.INDEX, done, total, "documents")
            if not quiet:
                progress.print_above(_screen(event, ocr_pages))
            if isinstance(event, Finished):
                progress.clear()
                ocr_pages = 0
                yield event.summary


def _screen(event: Event, ocr_pages: int) -> str:
    """Return the lines about an event that stay on the screen."""
    match event:
        case Scanned():
            return render_run.render_scan(event)
        case Read(path=path, state=state, reason=reason) if reason:
            return render_run.render_file(path, state, reason)
        case Noted(path, notice):
            return render_run.render_notice(path, str(notice))
        case Finished() if ocr_pages:
            return render_run.render_ocr_count(ocr_pages)
    return ""


def run_to_end(events: Generator[Event], *, quiet: bool) -> Summary:
    """Follow one run and return its summary."""
    return list(follow(events, quiet=quiet))[-1]
