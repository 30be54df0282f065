"""Words divided at line ends in real reports: a hundred drawn at random and judged by reading the pages."""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from indexer.readers.pdf.pdf_reader import read_pdf
from indexer.readers.reader_protocol import Limits
from indexer.text import analysis
from indexer.text.joined_words import joined_words

JUDGED = Path(__file__).with_name("line_end_hyphens.tsv")
"""100 of the 263 divided words of the reports, drawn with seed 15: the place, the parts, and how the word is spelt."""
MIN_RIGHT = 95


@pytest.mark.slow
@pytest.mark.skipif("MUNIMENT_SLOW" not in os.environ, reason="slow; set MUNIMENT_SLOW=1")
def test_divided_words_of_real_reports_are_spelt_right(data: Path) -> None:
    judged: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            judged[row["file"]].append(row)
    outcomes: Counter[str] = Counter()
    for name, rows in judged.items():
        pages = read_pdf(data / "reports" / name, Limits()).text.pages
        tokens = [form for page in pages for form in analysis.surface(page.text)]
        words = {word.first: word for word in joined_words([page.text for page in pages], len(pages)) if word.span == 2}
        for row in rows:
            before, after = analysis.surface(f"{row['before']} {row['after']}")
            places = [place for place, pair in enumerate(pairwise(tokens)) if pair == (before, after)]
            assert places, f"{name}: {row['before']}-/{row['after']} is not in the text"
            divided = [words[place] for place in places if place in words]
            decided = "joined" if any(word.replaces for word in divided) else "undecided" if divided else "hyphenated"
            outcomes["undecided" if decided == "undecided" else f"decided {decided == row['spelt']}"] += 1
    print(dict(outcomes))
    assert outcomes.total() == 100
    assert outcomes["decided True"] + outcomes["undecided"] >= MIN_RIGHT
