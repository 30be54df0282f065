"""Guess the encoding of a text by the letters of languages: the reading that carries the least information wins.

Every encoding reads the same bytes as other characters. Each reading is charged in bits what its characters cost in
the language that suits it best: frequent letters little, letters of another language much, and symbols or capitals
inside a word, which a wrong encoding produces, most.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from indexer.readers.encodings.letter_frequencies import ALPHABETS, LETTER_BITS

SAMPLE_BYTES = 1 << 13
"""Bytes that are read in every encoding. A guess takes some 10 ms for 1,000 bytes, and is right from 200 on."""

_PRIOR_BITS = {
    "cp1252": 0, "cp932": 2, "gb18030": 2, "cp1251": 2, "euc_jp": 3, "big5hkscs": 3, "cp949": 2, "mac-roman": 5,
    "cp1250": 4, "cp1254": 4, "cp1253": 3, "cp1255": 3, "cp1256": 3, "cp1257": 5, "cp1258": 6, "cp874": 3, "cp850": 5,
    "cp437": 6, "cp852": 6, "cp866": 3, "koi8-r": 3, "koi8-u": 4, "iso8859-2": 5, "iso8859-3": 9, "iso8859-4": 9,
    "iso8859-5": 5, "iso8859-6": 4, "iso8859-7": 10, "iso8859-13": 9, "iso8859-14": 10, "iso8859-15": 4,
    "iso8859-16": 9, "mac-latin2": 8, "mac-cyrillic": 6, "mac-greek": 7, "mac-turkish": 8, "mac-iceland": 9,
    "mac-romanian": 10, "mac-croatian": 10, "cp720": 7, "cp737": 6, "cp775": 7, "cp855": 8, "cp857": 8, "cp860": 9,
    "cp861": 9, "cp862": 6, "cp865": 9, "cp869": 9, "cp1125": 9, "mac-arabic": 10,
}  # fmt: skip
"""The encodings that are tried, with bits that a rarer one is charged to decide between equal readings."""

_MULTIBYTE_ENCODINGS = frozenset({"cp932", "gb18030", "euc_jp", "big5hkscs", "cp949"})
"""The encodings in which a character beyond ASCII has two bytes or more."""

_MAC_ARABIC = "mac-arabic"
_MAC_ARABIC_SIGNS = bytes(
    0xAC if code > 0x7F and bytes([code]).decode(_MAC_ARABIC).isascii() else code for code in range(256)
)
"""Spaces and signs of Arabic text, which Python reads as those of ASCII, as the comma of Arabic, which has a cost."""

_FOREIGN_LETTER_BITS = 15
_RARE_LETTER_BITS = 13
_KATAKANA_BITS = 9  # the declaration that Japanese is measured on has none, unlike titles and names of files
_YO_BITS = 9  # as well as ё, in whose place it has е
_CAPITAL_BITS = 3
_LATER_CAPITAL_BITS = 0.1  # after another capital, as in a heading
_ALL_CAPITALS_BITS = 8  # for a text in capitals throughout, whose words in small letters are then the exceptions
_IDEOGRAPH_BITS = 13
_RARE_IDEOGRAPH_BITS = 14
_SYMBOL_BITS = 15
_IMPOSSIBLE_BITS = 20
_OUT_OF_PLACE_BITS = 8
_USUAL_SIGN_BITS = 6  # by which a sign costs less where it is usual
_DECLARED_BITS = 20
_DECLARED_BITS_PER_BYTE = 3
"""Bits for each byte beyond ASCII by which a reading must be better than the one that the text declares."""
_PUNCTUATION_BITS = {
    character: bits
    for bits, characters in {
        6: "、。，", 7: "’", 8: "“”–—「」・　،", 9: "‘«»\xa0：；（）《》", 10: "°§„№！？؛؟ـ",
        11: "…€£©®™·¿¡º", 12: "•‚½\xad´²ª‹›×",
    }.items()
    for character in characters
}  # fmt: skip
_NEVER_AFTER_LETTERS = frozenset("•§¶†‡°¢£¤¥€¡¿«‹“„‚")
_ASCII_SHARE = 0.6
"""Weight of the letters a to z, which every encoding reads alike: they tell the language, and markup adds others."""
_RARE_LANGUAGES, _RARE_LANGUAGE_BITS = frozenset({"is", "eo", "mt", "cy", "ga"}), 8
"""Languages that few people write, which are charged: Icelandic has its letters where Turkish has other ones."""
_ENGLISH_BITS = 1
"""Bits that a letter a to z may cost more than in English in a text of another language, which can be mixed with it."""

# Patterns of the marks of characters: a, A of ASCII; l, U of other Latin letters; c, C of other letters with case;
# x of letters without case; i of ideographs; n of signs that follow no letter; s of other signs.
_OUT_OF_PLACE = re.compile(
    "(?<=[aAlU])s(?=[aAlU])|(?<=[aAlU])n|(?<=[al])U|(?<=l)A|(?<=c)C|(?<=[aAlUCc])x|(?<=[aAlU])[cC]|(?<=[cCx])[aAlU]"
)
_FINAL_WITHIN_WORD = re.compile(r"ς(?=\w)")  # Russian capitals in KOI8-R are Greek small letters of like sound
_CAPITAL_BEGINS = re.compile("(?<![AUC])[UC]")
_SMALL_BEGINS = re.compile("(?<![AUCalc])[alc]")
_IDEOGRAPH_IN_WORD = re.compile("(?<=[aAlU])i|i(?=[aAlU])")  # half as strange: Chinese texts have Latin words
_BESIDE_SMALL = re.compile(r"(?:(?<=[a-z])|(?<![^\W\d_]))[^\x00-\x7f](?=[a-z])|(?<=[a-z])[^\x00-\x7f](?![^\W\d_])")
_CAPITAL_AMID = re.compile("U(?<=[AU].)(?=[al])")  # of a word that begins with a capital, or is one in capitals
_VOWEL_BEFORE_I = re.compile("[іІ](?<=[аеиоуыэюяАЕИОУЫЭЮЯ].)")  # Belarusian in code page 866, read in code page 1125
_CONSONANT_AMID = re.compile("[čćńňř](?<=[bcdfghjklmnpqrstvwxz].)(?=[bcdfghjklmnpqrstvwxz])")  # è of Western Europe
_VOWEL_AMID = re.compile("[áéó](?<=[aeo].)(?=[aeo])")  # ß of code page 850
_BRACE_IN_WORD = re.compile(r"[{}~\[\]\\](?<=[^\W\d_].)(?=[^\W\d_])")  # a German letter of EBCDIC, half an ideograph
# Signs where they are usual: beside numbers, and the space of Mac Arabic between words.
_USUAL_SIGN = re.compile(r"،(?<=[ء-ي].)(?=[ء-ي])|[°ºª½¼²³×](?<=[0-9].)|[£€¥±§№](?= ?[0-9])|[½¼](?<![^\s(].)(?!\w)")
_RULE = re.compile("([\u2500-\u259f])\\1{2,}")  # a line drawn with the signs of DOS, which costs nothing
_LETTER_MARKS = frozenset("lUcCxim")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LEAD_BYTES = 40  # before the first byte beyond ASCII
_MARKUP = re.compile(rb"<[^<>]{0,500}>")


def guess_encoding(data: bytes, declared: str = "", prior_bits: Mapping[str, int] | None = None) -> str:
    """Return the likeliest encoding of a text that is not UTF-8.

    Args:
        data: bytes of the text.
        declared: the encoding that it declares, which is charged less than any other; ``""`` where it declares none.
        prior_bits: the encodings to try, with the bits that each is charged in advance; None for those of texts.
    """
    sample = _sample(data)
    priors = _PRIOR_BITS if prior_bits is None else prior_bits
    bits = {encoding: _reading_bits(sample, encoding) + prior for encoding, prior in priors.items()}
    if declared:
        bits[declared] = _reading_bits(sample, declared) - _declared_bits(sample)
    return min(bits, key=lambda encoding: bits[encoding])


def _declared_bits(sample: bytes) -> int:
    """Return the bits by which another reading must be better than that in the declared encoding."""
    return _DECLARED_BITS + _DECLARED_BITS_PER_BYTE * len(_BEYOND_ASCII.findall(sample))


def _sample(data: bytes) -> bytes:
    """Return the part of a text that begins with its first byte beyond ASCII, without markup."""
    first = _BEYOND_ASCII.search(data)
    start = max(first.start() - _LEAD_BYTES, 0) if first else 0
    return _MARKUP.sub(b" ", data[start : start + 8 * SAMPLE_BYTES])[:SAMPLE_BYTES]


def _reading_bits(sample: bytes, encoding: str) -> float:
    """Return the bits of a sample in an encoding and in the language that suits it best."""
    if encoding == _MAC_ARABIC:
        sample = sample.translate(_MAC_ARABIC_SIGNS)
    text = sample.decode(encoding, "replace")
    if encoding in _MULTIBYTE_ENCODINGS and len(sample) == SAMPLE_BYTES:
        text = text.removesuffix("\ufffd")  # the sample may end within a character
    text = _RULE.sub(" ", text)
    marks = "".join(_kind(character).mark for character in text)
    out_of_place = _misplaced_characters(text, marks, encoding)
    capitals, words = marks.count("U") + marks.count("C"), len(_CAPITAL_BEGINS.findall(marks))
    capital_bits = min(
        _CAPITAL_BITS * words + _LATER_CAPITAL_BITS * (capitals - words),
        _ALL_CAPITALS_BITS + _CAPITAL_BITS * len(_SMALL_BEGINS.findall(marks)),
    )
    usual_bits = _USUAL_SIGN_BITS * len(_USUAL_SIGN.findall(text))
    return character_bits(Counter(text)) + _OUT_OF_PLACE_BITS * out_of_place + capital_bits - usual_bits


def _misplaced_characters(text: str, marks: str, encoding: str) -> float:
    """Return how many characters of a reading are where no text has them; a half for one that is only unlikely."""
    count = len(_OUT_OF_PLACE.findall(marks)) + len(_CAPITAL_AMID.findall(marks))
    count += len(_FINAL_WITHIN_WORD.findall(text)) + len(_VOWEL_BEFORE_I.findall(text))
    count += 2 * len(_BRACE_IN_WORD.findall(text))
    if encoding in _MULTIBYTE_ENCODINGS:
        count += sum(_swallows_letter(match, encoding) for match in _BESIDE_SMALL.finditer(text))
    unlikely = len(_CONSONANT_AMID.findall(text)) + len(_VOWEL_AMID.findall(text))
    return count + (unlikely + len(_IDEOGRAPH_IN_WORD.findall(marks))) / 2


def _swallows_letter(match: re.Match[str], encoding: str) -> bool:
    """Return whether a character beside a Latin word has taken a letter of it as its last byte, or is within it."""
    text, (start, end) = match.string, match.span()
    is_within = "a" <= text[start - 1 : start] <= "z" and "a" <= text[end : end + 1] <= "z"
    return is_within or match.group().encode(encoding, "ignore")[-1:].isalpha()


def character_bits(characters: Mapping[str, int]) -> float:
    """Return the bits of characters, with their counts, in the language that suits them best."""
    letters: Counter[str] = Counter()
    ascii_letters: Counter[str] = Counter()
    fixed_bits = 0
    for character, count in characters.items():
        kind, lower = _kind(character), character.lower()
        if character.isascii() and character.isalpha():
            ascii_letters[lower] += count
        elif kind.mark in _LETTER_MARKS:
            is_capital = lower != character and len(lower) == 1  # the small İ has two characters
            letters[lower if is_capital else character] += count
        else:
            fixed_bits += kind.bits * count
    return fixed_bits + min(
        prior + _letter_bits(table, letters) + _ASCII_SHARE * _letter_bits(table, ascii_letters)
        for prior, table in _language_tables()
    )


def _letter_bits(table: Mapping[str, int], letters: Mapping[str, int]) -> int:
    return sum(count * (table.get(letter) or _kind(letter).bits) for letter, count in letters.items())


@dataclass(frozen=True, slots=True)
class _CharacterKind:
    """A character's mark in `_OUT_OF_PLACE`, and its bits in a language that does not use it."""

    mark: str
    bits: int


@cache
def _kind(character: str) -> _CharacterKind:
    category = unicodedata.category(character)
    if character.isascii():
        is_control = category == "Cc" and character not in "\t\n\r\f\x1a"
        mark = "a" if category == "Ll" else "A" if category == "Lu" else " "
        return _CharacterKind(mark, _IMPOSSIBLE_BITS if is_control else 0)
    if category in {"Cn", "Co", "Cc", "Cs"} or character == "\ufffd":
        return _CharacterKind("s", _IMPOSSIBLE_BITS)
    if category[0] == "M":
        return _CharacterKind("m", _FOREIGN_LETTER_BITS)
    if (category[0] == "L" and category != "Lm") or character == "ـ" or "\u3040" <= character <= "\u30ff":
        return _letter_kind(character, category)
    bits = _PUNCTUATION_BITS.get(character, _SYMBOL_BITS)
    if character in "’·\xad‐":
        return _CharacterKind("-", bits)
    return _CharacterKind("n" if category[0] in "SN" or character in _NEVER_AFTER_LETTERS else "s", bits)


def _letter_kind(character: str, category: str) -> _CharacterKind:
    if "\u4e00" <= character <= "\u9fff":
        is_common = bool(character.encode("gb2312", "ignore"))
        return _CharacterKind("i", _IDEOGRAPH_BITS if is_common else _RARE_IDEOGRAPH_BITS)
    if character > "\u3000":
        return _CharacterKind("i", _FOREIGN_LETTER_BITS)
    if category not in {"Lu", "Ll"} and not unicodedata.name(character, "").startswith("LATIN"):
        return _CharacterKind("x", _FOREIGN_LETTER_BITS)
    small, capital = "lU" if unicodedata.name(character, "").startswith("LATIN") else "cC"
    return _CharacterKind(capital if category == "Lu" else small, _FOREIGN_LETTER_BITS)


@cache
def _language_tables() -> tuple[tuple[int, dict[str, int]], ...]:
    """Return for each language the bits that it is charged, and the bits of its letters."""
    english = _parse(LETTER_BITS["en"])
    mixed = dict.fromkeys("abcdefghijklmnopqrstuvwxyz", _RARE_LETTER_BITS) | {
        letter: bits + _ENGLISH_BITS for letter, bits in english.items()
    }
    tables = []
    for language, groups in LETTER_BITS.items():
        table = dict.fromkeys(ALPHABETS.get(language, ""), _RARE_LETTER_BITS)
        if language == "ja":
            table |= dict.fromkeys(map(chr, range(0x30A1, 0x30FD)), _KATAKANA_BITS)
        table |= _parse(groups)
        table |= {letter: min(bits, table.get(letter, bits)) for letter, bits in mixed.items()}
        if "ё" in table:
            table["ё"] = _YO_BITS
        if "ı" in table:
            table["İ"] = table["i"]  # has no small letter of one character
        tables.append((_RARE_LANGUAGE_BITS * (language in _RARE_LANGUAGES), table))
    return tuple(tables)


def _parse(groups: str) -> dict[str, int]:
    """Return the bits of each letter of a row of the table. A group without a number continues the one before."""
    bits: dict[str, int] = {}
    current = 0
    for group in groups.split():
        letters = group.lstrip("0123456789")
        current = int(group[: len(group) - len(letters)] or current)
        bits |= dict.fromkeys(letters, current)
    return bits
