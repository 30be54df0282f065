"""An answer that takes longer than it may ends with an error, and the archive answers the next question."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from corpus.errors import SlowAnswerError
from search import Request, open_archive
from search.deadline import answered_within, check_deadline


def test_an_answer_that_is_late_is_given_up(indexed_papers: Path) -> None:
    with open_archive(indexed_papers) as archive:
        with pytest.raises(SlowAnswerError), answered_within(0.0):
            archive.search(Request("rights OR assembly"))
        with answered_within(60.0):
            assert archive.search(Request("rights OR assembly")).total


def test_an_answer_that_nobody_waits_for_is_given_up(indexed_papers: Path) -> None:
    unwanted = Event()
    with open_archive(indexed_papers) as archive, answered_within(60.0, unwanted):
        assert archive.search(Request("rights OR assembly")).total
        unwanted.set()
        with pytest.raises(SlowAnswerError):
            archive.search(Request("rights OR assembly"))


def test_without_a_limit_no_answer_is_late() -> None:
    check_deadline()
    with answered_within(0.0), answered_within(60.0):
        check_deadline()
