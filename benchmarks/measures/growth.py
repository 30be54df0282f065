"""Measure an archive of generated documents: building its index, and a question with a fixed number of matches."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora.corpus_archive import fill_catalogue
from benchmarks.corpora.questions import FIXED_MATCHES, Question, draw_sessions
from benchmarks.corpora.text_rows import read_rows, sample_rows
from benchmarks.engines import OURS
from benchmarks.measures import answering, memory, rebuild
from benchmarks.measures.answering import AnswerTime
from benchmarks.measures.memory import MemoryUse


@dataclass(frozen=True, slots=True)
class ArchiveSize:
    """An archive of one size.

    Attributes:
        documents: number of documents.
        text_mb: MB of text.
        index_cpu: seconds of processor time for building the index with one worker.
        index_mb: MB of the index.
        peak_mb: peak memory while building it.
        everything: number of documents found by a question for everything.
        fixed_matches: median number of documents found by a question for a marker word.
        fixed_first: milliseconds of such a question, first asked.
        fixed_again: milliseconds of such a question, asked again.
        first: milliseconds of all questions, first asked: the median.
        first_p95: the milliseconds that 95 % of them do not exceed.
        opened_mb: resident memory after opening, beyond that of a bare Python.
        asked_mb: memory beside mapped files after a hundred questions.
    """

    documents: int
    text_mb: float
    index_cpu: float
    index_mb: float
    peak_mb: float
    everything: float
    fixed_matches: float
    fixed_first: float
    fixed_again: float
    first: float
    first_p95: float
    opened_mb: float
    asked_mb: float


def measure(corpus: Path, archive: Path, each: int, repeats: int) -> ArchiveSize:
    """Build the archive of a generated corpus anew, and ask ``each`` questions of every class."""
    shutil.rmtree(archive, ignore_errors=True)
    fill_catalogue(archive, read_rows(corpus))
    sizes = [len(row.text) for row in read_rows(corpus)]
    built = rebuild.measure(archive, len(sizes), sum(sizes) / 1e6, 1)
    sessions = draw_sessions(sample_rows(corpus, _sampled(len(sizes))), each)
    times = {row.kind: row for row in answering.measure({OURS: archive}, sessions, repeats=repeats)}
    questions = [question for session in sessions for question in session.questions]
    return _joined(built, times, memory.measure(archive, _different(questions))[0])


def _sampled(documents: int) -> int:
    """Return the number of documents to draw words from: enough that each marker word occurs in some."""
    return max(1000, documents // 10)


def _different(questions: Sequence[Question]) -> list[Question]:
    return list(dict.fromkeys(questions))[:100]


def _joined(built: rebuild.RebuildCost, times: dict[str, AnswerTime], use: MemoryUse) -> ArchiveSize:
    fixed, every = times[FIXED_MATCHES], times[answering.ALL_CLASSES]
    return ArchiveSize(
        built.documents, built.text_mb, built.cpu, built.index_mb, built.peak_mb, times["everything"].matches,
        fixed.matches, fixed.first, fixed.again, every.first, every.first_p95, use.opened_mb, use.asked_mb,
    )  # fmt: skip
