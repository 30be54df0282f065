"""Measure how the time of indexing grows with the documents inside one file, from end to end."""

from __future__ import annotations

import resource
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

from benchmarks.attack.command_calls import call, end_of, start
from benchmarks.attack.trials import FaultError, Outcome, Part, Setting
from benchmarks.figures_page.figures import exponent

MAX_EXPONENT = 1.15
"""Largest growth of the processor time with the number of documents inside a file: 1 is linear."""

MEMBERS, ATTACHMENTS = (500, 2000, 8000), (250, 500, 1000, 2000)
"""Numbers of members of the measured ZIP files, and of attachments of the mails."""

_MAX_SECONDS = 1500.0


def write_zip(path: Path, documents: int) -> None:
    """Write a ZIP file of so many short texts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(documents):
            archive.writestr(f"{number // 100}/{number}.txt", _text(number))


def write_mail(path: Path, documents: int) -> None:
    """Write a mail of so many short attachments."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "jane@example.org", "Many letters"
    mail.set_content("They are attached.\n")
    for number in range(documents):
        mail.add_attachment(_text(number), filename=f"{number}.txt")
    path.write_bytes(bytes(mail))


def _text(number: int) -> str:
    return f"Letter {number} on assembly and the mandate of member{number}.\n"


CONTAINERS: dict[str, tuple[str, Callable[[Path, int], None], tuple[int, ...]]] = {
    "ZIP file": ("letters.zip", write_zip, MEMBERS),
    "mail": ("letters.eml", write_mail, ATTACHMENTS),
}
"""The measured containers: file name, the function that writes one, and numbers of documents."""


def run_growth(setting: Setting) -> Iterator[Outcome]:
    """Index a container of each size in an archive of its own, and compute how the processor time grows."""
    name = [*CONTAINERS][setting.number % len(CONTAINERS)]
    file_name, write, sizes = CONTAINERS[name]
    times = {size: measure(setting.folder / str(size), file_name, write, size) for size in sizes}
    growth = exponent([(float(size), seconds) for size, seconds in times.items()])
    figures = {f"seconds of {size:,} documents": seconds for size, seconds in times.items()} | {"exponent": growth}
    fault = f"grows with an exponent of {growth:.2f}: {times}" if growth > MAX_EXPONENT else ""
    yield Outcome(name, f"exponent {growth:.2f}", fault, figures)


def measure(archive: Path, file_name: str, write: Callable[[Path, int], None], documents: int) -> float:
    """Return the processor time of indexing one container by a command of its own, children included.

    Raises:
        FaultError: a document inside it is not found.
    """
    archive.mkdir(parents=True)
    write(archive / file_name, documents)
    before = _children_seconds()
    end = end_of(start(archive, "index", "--jobs", "1"), _MAX_SECONDS)
    seconds = _children_seconds() - before
    if end.code:
        raise FaultError(f"index: {end.err}")
    for number in (0, documents // 2, documents - 1):
        if '"total": 1,' not in call(archive, "search", f"member{number}", "--json").out:
            raise FaultError(f"the document {number} of {documents} is not found")
    return seconds


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


CONTAINER_GROWTH = Part(
    title="Files of many documents",
    law=f"processor time grows with the documents inside a file, by an exponent of at most {MAX_EXPONENT}",
    trials=len(CONTAINERS),
    quick=0,
    seconds=3 * _MAX_SECONDS,
    run=run_growth,
    alone=True,
)
