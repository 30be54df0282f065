"""Slow or broken properties of a PDF never cost its text."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

from corpus.document import State
from indexer.readers import read, retry
from indexer.readers.pdf import pdf_fallback, pdf_reader
from indexer.readers.time_limit import run_within
from tests.indexer.readers.pdf_objects import annotated_pdf
from tests.indexer.readers.reader_support import candidate_values, text_of


@pytest.fixture
def report(tmp_path: Path) -> Path:
    page = canvas.Canvas(str(tmp_path / "report.pdf"))
    page.setTitle("Kept title")
    page.drawString(60, 700, "Freedom of assembly")
    page.save()
    return tmp_path / "report.pdf"


def compute_without_end(*_: object) -> None:
    while True:
        with suppress(Exception):  # as libraries do
            sum(range(100))


@pytest.mark.parametrize(
    ("slow", "said"),
    [
        ("read_properties", "its properties could not be read in time"),
        ("find_attachments", "its attachments could not be listed in time"),
        ("read_type_lines", "its title could not be looked for in time"),
    ],
)
def test_what_is_slow_in_a_pdf_is_left_out_and_said(
    report: Path, monkeypatch: pytest.MonkeyPatch, slow: str, said: str
) -> None:
    monkeypatch.setattr(pdf_reader, "PROPERTY_SECONDS", 0.02)
    monkeypatch.setattr(pdf_reader, slow, compute_without_end)
    extraction = read(report)
    assert (extraction.state, extraction.reason, text_of(extraction)) == (State.PARTIAL, said, "Freedom of assembly")
    assert "Kept title" in candidate_values(extraction, "title")


@pytest.fixture(autouse=True)
def no_callbacks_of_the_test_framework() -> Iterator[None]:
    """Keep Hypothesis from being called by the garbage collector, where an interruption would be lost."""
    callbacks = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks.extend(callbacks)


def test_a_pdf_that_pypdf_takes_long_to_parse_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = " ".join(f"/Entry{number} [{number} (value) << /Inner {number} >>]" for number in range(20_000))
    path = annotated_pdf(
        tmp_path / "a.pdf", ["/Subtype /Text /Contents (a note)"], catalogue=f"/PieceInfo << {entries} >>"
    )
    monkeypatch.setattr(pdf_reader, "PROPERTY_SECONDS", 0.05)
    extraction = read(path)
    assert extraction.reason == "its properties could not be read in time"
    assert text_of(extraction) == "Printed words of the page\na note"


def test_the_fallback_reader_keeps_the_text_too(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_fallback, "PROPERTY_SECONDS", 0.02)
    monkeypatch.setattr(pdf_fallback, "read_properties", compute_without_end)
    extraction = retry(report)
    assert extraction is not None
    assert (text_of(extraction), extraction.reason) == (
        "Freedom of assembly",
        "its properties could not be read in time",
    )


def test_a_time_limit_leaves_nothing_behind() -> None:
    assert run_within(0.01, compute_without_end, None) == (None, False)
    assert run_within(5, lambda: "result", "") == ("result", True)
    start = time.process_time()
    while time.process_time() - start < 0.05:
        pass


def test_outside_the_main_thread_there_is_no_time_limit() -> None:
    results: list[tuple[str, bool]] = []
    thread = threading.Thread(target=lambda: results.append(run_within(0, lambda: "result", "")))
    thread.start()
    thread.join()
    assert results == [("result", True)]
