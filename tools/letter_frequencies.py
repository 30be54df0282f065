"""Count the letters of languages for guessing encodings: ``python -m tools.letter_frequencies FOLDER``.

The folder has the Universal Declaration of Human Rights in many languages, a file each. The letters are counted in the
first half of each text, and the second half judges the guesses (``python -m benchmarks.encodings FOLDER``). The table
is written into ``indexer/readers/encodings/letter_frequencies.py``.
"""

from __future__ import annotations

import math
import sys
import textwrap
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.readers.encodings import letter_frequencies

LANGUAGES = {
    "en": "eng", "fr": "fra", "de": "deu_1901", "es": "spa", "pt": "por_PT", "it": "ita", "nl": "nld", "ca": "cat",
    "gl": "glg", "da": "dan", "sv": "swe", "nb": "nob", "is": "isl", "fi": "fin", "et": "est", "lv": "lav",
    "lt": "lit", "pl": "pol", "cs": "ces", "sk": "slk", "hu": "hun", "ro": "ron_1993", "sl": "slv", "hr": "hrv",
    "sq": "als", "tr": "tur", "vi": "vie", "mt": "mlt", "cy": "cym", "ga": "gle", "eo": "epo", "ru": "rus",
    "uk": "ukr", "be": "bel", "bg": "bul", "sr": "srp_cyrl", "mk": "mkd", "el": "ell_monotonic", "he": "heb",
    "ar": "arb", "fa": "pes_1", "th": "tha", "ja": "jpn", "zh-hans": "cmn_hans", "zh-hant": "cmn_hant",
    "ko": "kor",
}  # fmt: skip
"""Name of the text of each language that has an encoding of its own from before Unicode."""

PAGE = Path(letter_frequencies.__file__)
MAX_BITS = 12
"""Letters that need more bits are left out; the table has those of each alphabet by hand."""
CODE_PAGE_LETTERS = str.maketrans("șțی", "şţي")
"""Letters of Unicode for which code pages have another."""


def training_half(path: Path) -> str:
    """Return the first half of a text."""
    text = path.read_text("utf-8").translate(CODE_PAGE_LETTERS)
    return text[: len(text) // 2]


def letter_bits(text: str) -> str:
    """Return the letters of a text grouped by their information in bits, most frequent first: ``4aeinr 5clo``."""
    letters = Counter(character for character in text.lower() if unicodedata.category(character)[0] in "LM")
    groups: dict[int, list[str]] = defaultdict(list)
    for letter, count in letters.items():
        groups[round(-math.log2(count / letters.total()))].append(letter)
    return " ".join(f"{bits}{''.join(sorted(group))}" for bits, group in sorted(groups.items()) if bits <= MAX_BITS)


def table(folder: Path) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "LETTER_BITS: dict[str, str] = {"
    for language, name in LANGUAGES.items():
        bits = letter_bits(training_half(folder / f"{name}.txt"))
        lines = textwrap.wrap(bits, 48 if max(bits) > "\u3000" else 100)  # these letters are two columns wide
        literal = "\n        ".join(f'"{line} "' for line in lines)
        yield f'    "{language}": ({literal}),' if len(lines) > 1 else f'    "{language}": "{lines[0]}",'
    yield "}  # fmt: skip"


def main(arguments: Sequence[str]) -> None:
    """Write the table anew below the head of its module."""
    head, _, _ = PAGE.read_text("utf-8").partition("LETTER_BITS:")
    PAGE.write_text(head + "\n".join(table(Path(arguments[0]))) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
