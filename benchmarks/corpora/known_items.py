"""Known-item collections: sentences cut from documents, each of which should find the document that it is from.

Such a question is asked by somebody who pastes a sentence to find out where it comes from. The collections are made of
the real documents in MUNIMENT_TEST_DATA and written as judged collections (`benchmarks.corpora.judged_collection`).
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pypdfium2

from benchmarks.corpora.judged_collection import PAGE_BREAK
from indexer.text.cleaning import clean

SEED = 15
"""Seed of the sentences that are drawn."""
QUESTIONS = 400
"""Sentences of each collection."""
SENTENCE_WORDS = range(8, 41)
"""Words of a sentence that is drawn. Shorter ones occur in many documents, longer ones are lists."""
MIN_PAGE_WORDS = 40
"""Words of a page that is a document of its own. Pages with fewer are covers and dividers."""

_SENTENCE_END = re.compile(r"(?<=[^\W\d_][.!?])\s+(?=[A-ZÄÖÜ“\"])")
_MIN_WORD_SHARE = 0.8
"""Share of a sentence's words that begin with a small letter; names and tables have fewer."""

Texts = Mapping[str, Sequence[str]]
"""The pages of each document, by its id."""


def write_known_items(data: Path, folder: Path) -> list[Path]:
    """Write the collections that are not yet in ``folder``, from the documents in ``data``.

    Returns:
        The folders of the collections, of those whose documents are there.
    """
    written = []
    for name, read_texts in COLLECTIONS.items():
        collection = folder / name
        if not (collection / "qrels.tsv").exists():
            texts = read_texts(data)
            if not texts:
                continue
            write_collection(collection, texts, draw_sentences(texts, QUESTIONS, SEED))
        written.append(collection)
    return written


def draw_sentences(texts: Texts, count: int, seed: int) -> dict[str, str]:
    """Draw sentences that occur in one document each.

    Returns:
        The document of each sentence, by the sentence.
    """
    collapsed = {name: " ".join(" ".join(pages).split()) for name, pages in texts.items()}
    rng = random.Random(seed)
    names = sorted(collapsed)
    drawn: dict[str, str] = {}
    for _ in range(20 * count):
        name = rng.choice(names)
        sentences = [sentence for sentence in _SENTENCE_END.split(collapsed[name]) if _is_running_text(sentence)]
        if not sentences:
            continue
        sentence = rng.choice(sentences)
        if sum(sentence in text for text in collapsed.values()) == 1:
            drawn[sentence] = name
        if len(drawn) == count:
            break
    return drawn


def _is_running_text(sentence: str) -> bool:
    words = sentence.split()
    return len(words) in SENTENCE_WORDS and sum(word[0].islower() for word in words) >= _MIN_WORD_SHARE * len(words)


def write_collection(folder: Path, texts: Texts, sentences: Mapping[str, str]) -> None:
    """Write documents and sentences as a judged collection; the judgements last, so that a part is no collection."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ({"_id": name, "title": "", "text": PAGE_BREAK.join(pages)} for name, pages in texts.items())
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    questions = [{"_id": f"{number:03}", "text": sentence} for number, sentence in enumerate(sentences)]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    judgements = (f"{number:03}\t{name}\t1" for number, name in enumerate(sentences.values()))
    (folder / "qrels.tsv").write_text("\n".join(judgements), encoding="utf-8")


def _speeches(data: Path) -> Texts:
    files = sorted((data / "statements").rglob("*.txt"))
    return {_name(file): [clean(file.read_text(encoding="utf-8", errors="replace"))] for file in files}


def _reports(data: Path) -> Texts:
    return {_name(file): list(_pages(file)) for file in sorted((data / "reports").rglob("*.pdf"))}


def _report_pages(data: Path) -> Texts:
    return {
        f"{name}-{number}": [page]
        for name, pages in _reports(data).items()
        for number, page in enumerate(pages, 1)
        if len(page.split()) >= MIN_PAGE_WORDS
    }


def _name(file: Path) -> str:
    return "_".join(file.stem.split())  # a judgement has no blanks inside its columns


def _pages(file: Path) -> Iterator[str]:
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            yield clean(page.get_textpage().get_text_range())


COLLECTIONS: Mapping[str, Callable[[Path], Texts]] = {
    "speeches": _speeches,
    "report-pages": _report_pages,
    "reports": _reports,
}
"""The collections by name: speeches, the pages of reports, and whole reports as documents."""
