"""Values that may be wrong are found: guesses, and dates whose day and month could be exchanged."""

from __future__ import annotations

import pytest

from corpus.document import Candidate, Metadata, Source
from indexer.archivist.uncertain_values import _exchangeable_dates, _guesses


@pytest.mark.parametrize(
    ("candidate", "is_guess"),
    [
        (Candidate("date", "2018", Source.HINT, confidence=0.9), True),
        (Candidate("title", "Scan", Source.EMBEDDED, confidence=0.4), True),
        (Candidate("title", "Scan 0412", Source.FILE_NAME, confidence=0.5), False),
        (Candidate("author", "Ada", Source.HINT, confidence=0.4), False),
        (Candidate("language", "fr", Source.TEXT, confidence=0.99), False),
    ],
)
def test_a_guess_or_a_value_of_low_confidence_is_uncertain(candidate: Candidate, is_guess: bool) -> None:
    assert [*_guesses(Metadata((candidate,)))] == ([candidate] if is_guess else [])


@pytest.mark.parametrize(
    ("printed", "source", "is_exchangeable"),
    [
        ("03/04/2018", Source.FIRST_PAGE, True), ("le 3.4.18", Source.LISTING, True), ("12-11-1999", Source.TEXT, True),
        ("13/04/2018", Source.FIRST_PAGE, False), ("04/04/2018", Source.FIRST_PAGE, False),
        ("2018-03-04", Source.FIRST_PAGE, False), ("3 April 2018", Source.FIRST_PAGE, False), ("", Source.TEXT, False),
        ("03/04/2018", Source.CORRECTION, False),
    ],
)  # fmt: skip
def test_dates_of_exchangeable_day_and_month_are_found(printed: str, source: Source, is_exchangeable: bool) -> None:
    date = Candidate("date", "2018", source, printed=printed)
    assert [*_exchangeable_dates(Metadata((date,)))] == ([date] if is_exchangeable else [])
