"""Tables of ``search``: the result in CSV, TSV or JSON lines, on standard output or in a new file beside its record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from commands.json_output import json_text
from commands.output import is_output_terminal, print_diagnostics, print_notes, print_table
from commands.terminal.render_search import render_diagnostics
from corpus.errors import ArchiveError, UsageError
from corpus.messages import message
from search.archive import Archive
from search.request import Request
from search.result_tables.export_record import RECORD_SUFFIX, export_record
from search.result_tables.result_table import BYTE_ORDER_MARK, TableFormat, TableLayout, result_table


@dataclass(frozen=True, slots=True)
class TableOptions:
    """The options of a table: its format, its columns, the file to write, and whether every document has a row."""

    file_format: TableFormat
    columns: tuple[str, ...]
    output: Path | None
    whole: bool


def _read_options(options: dict[str, Any], others: dict[str, bool]) -> TableOptions:
    """Return the options of a table; ``others`` are those that no table goes with."""
    formats = [file_format for file_format in TableFormat if options[file_format.value]]
    output, columns = options["output"], options["columns"]
    if not formats and output is not None and not any(others.values()):
        formats = [file_format for file_format in TableFormat if output.suffix.casefold() == f".{file_format}"]
        if not formats:
            raise UsageError("command.table-ending", path=output)
    chosen = [*(f"--{file_format}" for file_format in formats), *(name for name, given in others.items() if given)]
    if formats and len(chosen) > 1:
        raise UsageError("command.two-formats", first=chosen[0], second=chosen[1])
    if not formats:
        needy = {"--all": options["whole"], "--columns": columns is not None, "--output": output is not None}
        raise UsageError("command.table-needed", option=next(option for option, given in needy.items() if given))
    names = tuple(filter(None, (name.strip() for name in (columns or "").split(","))))
    return TableOptions(formats[0], names, output, options["whole"])


def print_result_table(
    opened: Callable[[], Archive], request: Request, options: dict[str, Any], others: dict[str, bool]
) -> None:
    """Print a result as a table, or write it to a file, with the record of the question in a file beside it.

    Args:
        opened: opens the archive.
        request: the question.
        options: the values of the command's options, by name.
        others: whether each option is given that no table goes with, by its spelling.

    Raises:
        UsageError: options contradict each other, or one belongs to a table and none is asked for.
        ArchiveError: the file or its record exists already.
    """
    table = _read_options(options, others)
    with opened() as archive:
        _print_table(archive, request, table)


def _print_table(archive: Archive, request: Request, options: TableOptions) -> None:
    layout = TableLayout(options.file_format, options.columns)
    counter = RowCounter()
    parts = result_table(archive, request, layout, whole=options.whole, progress=counter.count)
    if options.output is not None:
        _write_file(archive, request, options, options.output, parts, counter)
    else:
        is_terminal = is_output_terminal()
        print_table(part.removeprefix(BYTE_ORDER_MARK) if is_terminal else part for part in parts)
    rows = counter.rows(request, options)
    if rows < counter.total:
        print_notes([message("command.rows-of-all", count=rows, total=counter.total)])
    typed = archive.search(replace(request, limit=0, offset=0, facets=()))
    print_diagnostics(render_diagnostics(typed.diagnostics))


def _write_file(
    archive: Archive, request: Request, options: TableOptions, path: Path, parts: Iterator[str], counter: RowCounter
) -> None:
    part = {} if options.whole else {"limit": request.limit, "offset": request.offset}
    parameters = {"format": options.file_format.value, "columns": [*options.columns] or None, **part}

    def record() -> dict[str, Any]:
        counts = {"rows": counter.rows(request, options)}
        return export_record(archive, request, tool="search", parameters=parameters, counts=counts)

    write_with_record(path, parts, record)
    rows = counter.rows(request, options)
    print_notes([message("command.written", path=path, count=rows, record=record_path(path).name)])
    if _is_inside(path, archive):
        print_notes([message("output.inside-archive", path=path)])


class RowCounter:
    """The numbers of rows written so far and of all documents that match."""

    def __init__(self) -> None:
        self.done = self.total = 0

    def count(self, done: int, total: int) -> None:
        """Note how far a table is."""
        self.done, self.total = done, total

    def rows(self, request: Request, options: TableOptions) -> int:
        """Return the number of rows of the table."""
        return self.total if options.whole else max(self.done - request.offset, 0)


def _is_inside(path: Path, archive: Archive) -> bool:
    with archive.shared.use() as state:
        return path.resolve().is_relative_to(Path(state.catalogue.archive).resolve())


def record_path(path: Path) -> Path:
    """Return the path of the record beside the file of an export."""
    return path.with_name(f"{path.name}{RECORD_SUFFIX}")


def write_with_record(path: Path, parts: Iterator[str], record: Callable[[], dict[str, Any]]) -> None:
    """Write an export to a new file, and its record to a second one beside it; neither stays where one cannot be made.

    Args:
        path: the file, which must not exist yet.
        parts: its text.
        record: a function that returns the record when the export is written.

    Raises:
        ArchiveError: one of the files exists already.
    """
    with _new_file(path) as file, _new_file(record_path(path)) as record_file:
        try:
            for part in parts:
                file.write(part)
            record_file.write(json_text(record()) + "\n")
        except BaseException:
            for written in (path, record_path(path)):
                with suppress(OSError):
                    written.unlink()
            raise


def _new_file(path: Path) -> IO[str]:
    try:
        return path.open("x", encoding="utf-8", errors="backslashreplace", newline="")
    except FileExistsError:
        raise ArchiveError("output.exists", path=path) from None
