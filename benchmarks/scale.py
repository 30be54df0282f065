"""The sizes of a run: a quick one that only shows that every part works, the usual one, and a full one."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of a run.

    Attributes:
        real_documents: real documents are searched with passages, where there are any.
        documents: generated documents where no corpus is given.
        questions: questions of each class.
        repeats: processes that are asked each question.
        typed_queries: random queries with passages.
        different_questions: questions after which memory is measured.
        starts: times that each command is started.
        growth: numbers of generated documents that growth is measured over.
        pdfs: generated PDFs of twelve pages.
        page_pdfs: numbers of generated PDFs of one page that growth is measured over.
        short_documents: short documents of the largest archive; 0 leaves it out.
    """

    real_documents: bool
    documents: int
    questions: int
    repeats: int
    typed_queries: int
    different_questions: int
    starts: int
    growth: tuple[int, ...]
    pdfs: int
    page_pdfs: tuple[int, ...]
    short_documents: int


QUICK = Scale(
    real_documents=False, documents=300, questions=1, repeats=1, typed_queries=20, different_questions=50, starts=1,
    growth=(150, 300), pdfs=3, page_pdfs=(5, 10), short_documents=0,
)  # fmt: skip
USUAL = Scale(
    real_documents=True, documents=10_000, questions=20, repeats=3, typed_queries=2_000, different_questions=3_000,
    starts=20, growth=(1_000, 10_000, 100_000), pdfs=600, page_pdfs=(1_000, 5_000), short_documents=0,
)  # fmt: skip
FULL = replace(USUAL, short_documents=400_000)
