"""Measure how many garbled pages are recognised, and how many pages in order are not, by their length.

``python -m benchmarks.garbled_pages FOLDER``: the folder has the Universal Declaration of Human Rights in many
languages, a file each. Pieces of the second half of each text whose script has a table are judged as they
are, with each letter shifted in its alphabet, with each character shifted in Unicode but the blanks, and with the
letters exchanged at random. The table of letter pairs was counted in the first halves; ``--unknown`` counts it anew
in every other language and judges only languages that it does not know.
"""

from __future__ import annotations

import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.text.garbled import odd_words
from indexer.text.garbled.garbled_text import looks_garbled
from indexer.text.garbled.letter_pairs import PAIR_BITS, SCRIPTS
from tools.letter_pairs import pair_bits

LENGTHS = (60, 100, 200, 400, 1000, 3000)
"""Characters of a piece."""
PIECES = 6
"""Pieces of each length that are cut from a text."""
OFFSETS = (1, 2, 3, 4, 5, 7, -1, -2, -3, -5, -29)
"""Differences between a character and the one that its font says, of which each piece has one."""
SEED = 15


def shift_letters(text: str, by: int) -> str:
    """Return a text whose every letter is the one so many places on in its alphabet, which is a circle."""
    return text.translate(_cipher(lambda letters: letters[by:] + letters[:by]))


def exchange_letters(text: str, chance: random.Random) -> str:
    """Return a text with the letters of its alphabet exchanged for one another."""
    return text.translate(_cipher(lambda letters: "".join(chance.sample(letters, len(letters)))))


def shift_characters(text: str, by: int) -> str:
    """Return a text whose every character is the one so many places on in Unicode, except blanks."""
    return "".join(character if character.isspace() else chr(max(33, ord(character) + by)) for character in text)


def _cipher(exchange: Callable[[str], str]) -> dict[int, str]:
    pairs: dict[str, str] = {}
    for letters in SCRIPTS.values():
        exchanged = exchange(letters)
        pairs |= dict(zip(letters, exchanged, strict=True)) | dict(zip(letters.upper(), exchanged.upper(), strict=True))
    return str.maketrans(pairs)


def halves(folder: Path) -> dict[str, tuple[str, str]]:
    """Return the halves of each text whose script has a table of letter pairs."""
    texts = {path.stem: unicodedata.normalize("NFC", path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))}
    return {
        name: (text[: len(text) // 2], text[len(text) // 2 :])
        for name, text in texts.items()
        if (odd_words.letter_classes(text) > 0).sum() > 0.5 * sum(map(str.isalpha, text))
    }


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "alphabet shifted": lambda text, chance: shift_letters(text, chance.randrange(1, 24)),
    "characters shifted": lambda text, chance: shift_characters(text, chance.choice(OFFSETS)),
    "letters exchanged": exchange_letters,
}
"""Ways in which pieces are garbled."""


@dataclass
class GarbledCounts:
    """Counts of pieces of one length.

    Attributes:
        total: pieces that were judged, of each kind.
        told: pieces that look garbled, by kind.
        mistaken: languages of pieces in order that look garbled.
    """

    total: int = 0
    told: Counter[str] = field(default_factory=Counter)
    mistaken: list[str] = field(default_factory=list)


def count_garbled(texts: dict[str, str], length: int, pieces_each: int = PIECES) -> GarbledCounts:
    """Return how many pieces of a length look garbled, of texts of a language each."""
    chance = random.Random(SEED)
    counts = GarbledCounts()
    for language, text in texts.items():
        for _ in range(pieces_each):
            start = chance.randrange(max(1, len(text) - length))
            piece = text[start : start + length]
            counts.total += 1
            counts.mistaken += [language] if looks_garbled(piece) else []
            for kind, garble in KINDS.items():
                counts.told[kind] += looks_garbled(garble(piece, chance))
    return counts


def main(arguments: Sequence[str]) -> None:
    """Print the share of pieces that look garbled, by length and kind."""
    texts = halves(Path(arguments[0]))
    if "--unknown" in arguments:
        PAIR_BITS.update(pair_bits(first for first, _ in [*texts.values()][::2]))
        texts = dict([*texts.items()][1::2])
    print(f"{len(texts)} languages\ncharacters  in order", *(f"{kind:>20}" for kind in KINDS))
    for length in LENGTHS:
        counts = count_garbled({name: second for name, (_, second) in texts.items()}, length)
        shares = (f"{counts.told[kind] / counts.total:20.1%}" for kind in KINDS)
        print(f"{length:10}{len(counts.mistaken) / counts.total:10.2%}", *shares, *counts.mistaken)


if __name__ == "__main__":
    main(sys.argv[1:])
