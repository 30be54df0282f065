"""Count pairs of letters for detecting garbled text: ``python -m tools.letter_pairs FOLDER``.

The folder has the Universal Declaration of Human Rights in many languages, a file each. The pairs are counted in the
first half of each text, and the second half judges the rule (``python -m benchmarks.garbled_pages``). The table is
written into ``indexer/text/garbled/letter_pairs.py``.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from indexer.text.garbled import letter_pairs
from indexer.text.garbled.letter_pairs import SCRIPTS
from indexer.text.garbled.odd_words import letter_classes, script_classes

PAGE = Path(letter_pairs.__file__)
MAX_BITS = 15
"""Highest figure of the table, a digit of base 16."""
MIN_LETTERS = 500
"""Letters that a text needs in a script to be counted for it."""
CHANCE_WEIGHT = 1.0
"""Weight of a language whose letters follow one another by chance, so that a pair that occurs nowhere has a figure."""


def pair_bits(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the rows of the table, by script, for texts of a language each."""
    classes = {script: np.array([0, *script_classes(script)]) for script in SCRIPTS}
    shares = {script: np.zeros((len(rows), len(rows))) for script, rows in classes.items()}
    for text in texts:
        counts = _count_pairs(text)
        script = max(SCRIPTS, key=lambda name: counts[classes[name][1:]].sum())
        pairs = counts[np.ix_(classes[script], classes[script])]
        if pairs.sum() >= MIN_LETTERS:
            shares[script] += pairs / pairs.sum()
    return {script: tuple(map(_row, _bits(share))) for script, share in shares.items()}


def training_halves(folder: Path) -> Iterator[str]:
    """Yield the first half of each text, ordered by the file's name."""
    for path in sorted(folder.glob("*.txt")):
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        yield text[: len(text) // 2]


def _count_pairs(text: str) -> npt.NDArray[np.float64]:
    classes = letter_classes(f" {text} ").astype(np.int64)
    size = 1 + max(script_classes([*SCRIPTS][-1]))
    counts = np.bincount(classes[:-1] * size + classes[1:], minlength=size * size).reshape(size, size).astype(float)
    counts[0, 0] = 0
    return counts


def _bits(shares: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the information of a letter after another one, in bits."""
    firsts, seconds = shares.sum(axis=1, keepdims=True), shares.sum(axis=0, keepdims=True)
    pairs = shares + CHANCE_WEIGHT * (firsts + 1e-4) * (seconds + 1e-4) / shares.sum() ** 2
    pairs[0, 0] = 0
    with np.errstate(divide="ignore"):
        bits: npt.NDArray[np.float64] = np.rint(-np.log2(pairs / pairs.sum(axis=1, keepdims=True)))
    return np.minimum(bits, MAX_BITS)


def _row(bits: npt.NDArray[np.float64]) -> str:
    return "".join(f"{int(figure):x}" for figure in bits)


def _table(rows: dict[str, tuple[str, ...]]) -> Iterator[str]:
    yield "PAIR_BITS: dict[str, tuple[str, ...]] = {"
    for script, lines in rows.items():
        width = (120 - 8) // (len(lines) + 4)
        yield f'    "{script}": ('
        for start in range(0, len(lines), width):
            yield "        " + " ".join(f'"{line}",' for line in lines[start : start + width])
        yield "    ),"
    yield "}  # fmt: skip"


def main(arguments: Sequence[str]) -> None:
    """Write the table anew below the head of its module."""
    head, _, _ = PAGE.read_text("utf-8").partition("PAIR_BITS:")
    rows = pair_bits(training_halves(Path(arguments[0])))
    PAGE.write_text(head + "\n".join(_table(rows)) + '\n"""Bits, by script."""\n', "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
