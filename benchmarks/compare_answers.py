"""Compare the answers of two versions: ``python -m benchmarks.compare_answers OLD NEW ARCHIVE``.

OLD and NEW are checkouts of Muniment. Each indexes a copy of the archive and is asked the same questions, which are
drawn with a seed from the archive's texts: words, phrases, nearness, wildcards, spellings, fields, dates, exclusions,
boosts and alternatives, in every order of hits and with every facet. Ids, order, totals, facets and notices have to be
equal, and scores to a billionth.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import SEARCHABLE
from corpus.paths import DATA_FOLDER
from search.request import DEFAULT_FACETS, Sort

SAMPLED_DOCUMENTS = 400
QUESTIONS_PER_KIND = 16
MAX_SCORE_DIFFERENCE = 1e-9

_WORD = re.compile(r"[^\W\d_]{3,}")
_FACETS = ("category", "year", "language", "author", "country", "format")
_IGNORED = ("took_ms", "hits")

# Run by each checkout: the public API is the same in both.
_ASK = """
import dataclasses, json, sys
import muniment
with muniment.open_archive(sys.argv[1]) as archive:
    for line in sys.stdin:
        request = json.loads(line)
        request |= {"sort": muniment.Sort(request["sort"]), "facets": tuple(request["facets"])}
        try:
            answer = dataclasses.asdict(archive.search(muniment.Request(**request)))
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer, default=str))
"""
_OPTIONS: list[dict[str, Any]] = [
    *({"sort": sort.value, "facets": _FACETS} for sort in Sort),
    {"any": True},
    {"expand": True},
    {"limit": 40, "offset": 7},
    {"limit": 0},
]
"""The ways in which every query is asked."""

Answer = dict[str, Any]


def draw_queries(texts: Sequence[list[str]], years: Sequence[str], categories: Sequence[str], each: int) -> list[str]:
    """Return ``each`` queries of every kind, drawn with a seed from the words of texts."""
    rng = random.Random(13)
    counts = Counter(word for words in texts for word in set(words))
    common = [word for word, count in counts.most_common(600) if len(word) > 3] or ["a"]
    queries = ["", "zzqqzz", '"', "foo:bar", "date:none", "-date:none", "is:partial"]
    for _ in range(each):
        words = rng.choice(texts)
        start = rng.randrange(max(len(words) - 5, 1))
        run = words[start : start + 5]
        word, other, third = (rng.choice(words) for _ in range(3))
        often, again = rng.choice(common), rng.choice(common)
        year, category = rng.choice(years), rng.choice(categories)
        queries += [
            word, often, f"{often} {other}", f"{word} {other} {third}", f"{often} OR {other}",
            f"{often} OR {again} OR {word} OR {other} OR {third}", f'"{" ".join(run[:2])}"', f'"{" ".join(run)}"',
            f'"{often} {again}"~5', f"{often} NEAR/9 {other}", f'"{run[-1]} {run[0]}"~4', f"{word[:4]}*",
            f"*{word[-4:]}", f"{word[0]}?{word[2:]}", f"{word}~", f"{often[:-1]}~2", f"={word}", f"title:{word}",
            f"file:{year}", f"in:title {often}", f"date:{year}", f"{often} date:{year}..",
            f"date.within:..{year} {word}",
            f"category:{category}", f"{word} -category:{category}", f"{often} -{other}",
            f'{word} -"{" ".join(run[:2])}"',
            f"{often}^3 {other}", f'{often} OR "{" ".join(run[1:3])}"^2', f"({word} OR {other}) {often}",
            f"{often[:3]}* {other}", f"language:en {word}", f"{word} country:{category}",
            f"what is the {word} of {other} in {often}",
        ]  # fmt: skip
    return list(dict.fromkeys(" ".join(query.split()) for query in queries))


def ask_all(checkout: Path, archive: Path, queries: Sequence[str]) -> Iterator[tuple[str, Answer]]:
    """Yield every way to ask every query, and the answer of a checkout."""
    plain = {"sort": Sort.RELEVANCE.value, "facets": DEFAULT_FACETS, "passages": 0}
    requests = [plain | {"query": query} | options for options in _OPTIONS for query in queries]
    lines = "".join(f"{json.dumps(request)}\n" for request in requests)
    command = [sys.executable, "-c", _ASK, str(archive)]
    done = subprocess.run(command, cwd=checkout, input=lines, stdout=subprocess.PIPE, text=True, check=True)
    for request, answer in zip(requests, done.stdout.splitlines(), strict=True):
        yield str({name: value for name, value in request.items() if plain.get(name) != value}), json.loads(answer)


def differences(old: Answer, new: Answer) -> Iterator[str]:
    """Yield the parts of two answers that differ, with both values."""
    for part in sorted({*old, *new} - {*_IGNORED}):
        if old.get(part) != new.get(part):
            yield f"{part}: {old.get(part)} != {new.get(part)}"
    hits, others = old.get("hits", []), new.get("hits", [])
    if (ids := [hit["id"] for hit in hits]) != (other_ids := [hit["id"] for hit in others]):
        yield f"hits: {ids} != {other_ids}"
        return
    for hit, other in zip(hits, others, strict=True):
        if abs((hit["score"] or 0) - (other["score"] or 0)) > MAX_SCORE_DIFFERENCE:
            yield f"score of {hit['id']}: {hit['score']} != {other['score']}"


def queries_of(archive: Path, each: int) -> list[str]:
    """Return ``each`` queries of every kind, drawn with a seed from the texts of an archive."""
    with closing(open_catalogue(archive)) as catalogue:
        documents = [row for row in changed_since(catalogue, 0) if row[1].state in SEARCHABLE]
        random.Random(13).shuffle(documents)
        texts, years, categories = [], [], []
        for key, document in islice(documents, SAMPLED_DOCUMENTS):
            pages = document_text(catalogue, key).all_texts
            words = [word.lower() for page in pages for word in _WORD.findall(page.text)]
            if len(words) > 4:
                texts.append(words)
            years.append(document.metadata.value("date")[:4] or "2000")
            categories.append(document.metadata.value("category") or "none")
    return draw_queries(texts, years, categories, each)


def main() -> int:
    """Compare the checkouts of the command line; return 1 where an answer differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name in ("old", "new", "archive"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--each", type=int, default=QUESTIONS_PER_KIND, help="questions of each kind")
    options = parser.parse_args()
    queries = queries_of(options.archive, options.each)
    with tempfile.TemporaryDirectory() as folder:
        answers = []
        for name in ("old", "new"):
            copy, checkout = Path(folder) / name, getattr(options, name).resolve()
            (copy / DATA_FOLDER).mkdir(parents=True)
            for file in (options.archive / DATA_FOLDER).glob("catalogue.db*"):
                shutil.copy(file, copy / DATA_FOLDER)
            command = [sys.executable, str(checkout / "cli.py"), "--archive", str(copy), "reindex"]
            subprocess.run(command, cwd=checkout, check=True, capture_output=True)
            answers.append(list(ask_all(checkout, copy, queries)))
    unequal = 0
    for (question, old), (_, new) in zip(*answers, strict=True):
        if found := list(differences(old, new)):
            unequal += 1
            print(question, *found, sep="\n    ")
    print(f"{len(queries)} queries, {len(answers[0])} answers; {unequal} differ")
    return 1 if unequal else 0


if __name__ == "__main__":
    sys.exit(main())
