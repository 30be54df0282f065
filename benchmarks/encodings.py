"""Measure how often encodings are guessed right: ``python -m benchmarks.encodings FOLDER``.

The folder has the Universal Declaration of Human Rights in many languages, a file each. Pieces of the second half of
each text are encoded as before Unicode; the first half is what the letters of `letter_frequencies` were counted in.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.readers.encodings.encoding_guess import guess_encoding
from tools.letter_frequencies import CODE_PAGE_LETTERS, LANGUAGES

ENCODINGS = {
    "cp1252": "en fr de es pt it nl ca gl da sv nb is fi", "mac-roman": "fr de es pt it nl ca gl da sv nb fi",
    "cp850": "fr de es pt it nl ca gl da sv nb is fi", "cp437": "fr de es it nl sv fi", "iso8859-15": "fr et fi",
    "cp1250": "pl cs sk hu ro sl hr", "iso8859-2": "pl cs sk hu ro sl hr", "cp852": "pl cs sk hu ro sl hr",
    "mac-latin2": "pl cs sk hu", "cp1257": "et lv lt", "cp775": "lv lt", "cp1254": "tr", "cp857": "tr",
    "mac-turkish": "tr", "cp1251": "ru uk be bg sr mk", "koi8-r": "ru", "koi8-u": "uk", "cp866": "ru be",
    "cp855": "ru sr", "iso8859-5": "ru uk bg sr mk", "mac-cyrillic": "ru uk", "cp1253": "el", "iso8859-7": "el",
    "cp737": "el", "mac-greek": "el", "cp1255": "he", "cp862": "he", "cp1256": "ar fa", "iso8859-6": "ar",
    "cp720": "ar", "cp874": "th", "cp932": "ja", "euc_jp": "ja", "gb18030": "zh-hans", "big5hkscs": "zh-hant",
    "cp949": "ko",
}  # fmt: skip
"""The encodings that are judged, with the languages that were written in each."""

LENGTHS = (20, 60, 200, 1000)
"""Characters of a piece."""
PIECES = 15
"""Pieces of each length that are cut from a text."""


def pieces(folder: Path, encoding: str, length: int) -> Iterator[bytes]:
    """Yield pieces of texts in an encoding that have a character beyond ASCII."""
    for language in ENCODINGS[encoding].split():
        text = (folder / f"{LANGUAGES[language]}.txt").read_text("utf-8").translate(CODE_PAGE_LETTERS)
        text = text[len(text) // 2 :]
        for start in range(0, len(text) - length, max(length, (len(text) - length) // PIECES)):
            piece = text[start : start + length].encode(encoding, "ignore")
            if not piece.isascii():
                yield piece


def is_guessed_right(piece: bytes, encoding: str) -> bool:
    """Return whether a piece is read as it was written."""
    return piece.decode(guess_encoding(piece), "replace") == piece.decode(encoding)


def main(arguments: Sequence[str]) -> None:
    """Print the share of pieces that are read right, by encoding and length."""
    folder = Path(arguments[0])
    right: Counter[int] = Counter()
    total: Counter[int] = Counter()
    started = time.process_time()
    print("encoding    ", *(f"{length:6}" for length in LENGTHS))
    for encoding in ENCODINGS:
        shares = []
        for length in LENGTHS:
            answers = [is_guessed_right(piece, encoding) for piece in pieces(folder, encoding, length)]
            right[length] += sum(answers)
            total[length] += len(answers)
            shares.append(sum(answers) / max(len(answers), 1))
        print(f"{encoding:12}", *(f"{share:6.3f}" for share in shares), flush=True)
    print("all         ", *(f"{right[length] / total[length]:6.3f}" for length in LENGTHS))
    print(f"{total.total()} pieces, {(time.process_time() - started) / total.total() * 1000:.1f} ms each")


if __name__ == "__main__":
    main(sys.argv[1:])
