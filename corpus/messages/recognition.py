"""Recognise rendered English sentences, so that a stored sentence can be said in another language.

The catalogue stores reasons and details as English sentences. Each row of the English tables is turned into a pattern
once; a sentence that fits one gives back the code and the values of its parameters, which the table of another
language renders. So there is no second list of what can be stored.
"""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import ModuleType

from corpus.messages import (
    RIGHT_TO_LEFT,
    IsolatedText,
    Message,
    en_archive,
    en_archivist,
    en_files,
    en_kinds,
    en_runs,
    en_sources,
    render,
    render_hint,
)

MIN_LITERAL_CHARACTERS = 7
"""Shortest literal text of a row with a text in it that is recognised: "{path}: {reason}" would fit any sentence."""
MIN_COUNTED_CHARACTERS = 5
"""The same for a row with numbers alone, such as "3 fonts"."""
MAX_SENTENCE_CHARACTERS = 4000
"""Longest text that is compared with the patterns."""
MAX_CLAUSES = 16
"""Most clauses of a text that are tried in every combination; a longer text is recognised whole or not at all."""

_TABLES = (en_archive, en_archivist, en_files, en_runs, en_sources)
_NESTED = frozenset({"reason", "cause", "error", "detail", "kinds", "problem"})
"""Parameters whose values may be sentences themselves, since code passes one message to another."""
_KIND = "kind"
"""Parameter whose value is the name of a kind of file."""
_SEPARATOR = re.compile(r"(; |, |\. )")
_SEPARATORS = {"fr": {"; ": "\u202f; "}, "ar": {"; ": "؛ ", ", ": "، "}}
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]\d+)?"
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""


@dataclass(frozen=True, slots=True)
class RecognisedSentence:
    """A row of the tables with the values that a sentence has for its parameters.

    Attributes:
        what: the code with the values.
        is_hint: whether the sentence is the second of a pair.
        literal_length: number of characters that are the row's own.
    """

    what: Message
    is_hint: bool
    literal_length: int

    def in_language(self, language: str) -> str:
        """Return the sentence in a language, sentences within it too."""
        values = {name: _nested(name, value, language) for name, value in self.what.parameters.items()}
        speak = render_hint if self.is_hint else render
        return speak(Message(self.what.code, values), language)


@dataclass(frozen=True, slots=True)
class _Template:
    """A row as a pattern, with the conversion that each parameter had."""

    code: str
    is_hint: bool
    literals: tuple[str, ...]
    pattern: re.Pattern[str]
    quoted: frozenset[str]
    literal_length: int
    min_literal_length: int

    def values(self, sentence: str) -> Mapping[str, object] | None:
        """Return the values of the parameters in a sentence; None where it is none of this row."""
        if not all(literal in sentence for literal in self.literals):
            return None
        match = self.pattern.fullmatch(sentence)
        if match is None:
            return None
        return {name: _value(text, is_quoted=name in self.quoted) for name, text in match.groupdict().items()}


def translate_sentence(sentence: str, language: str) -> str:
    """Return a stored English sentence in a language; clauses that no table has are returned as they are."""
    if language == "en" or not sentence or len(sentence) > MAX_SENTENCE_CHARACTERS:
        return sentence
    return _translated(sentence, language)


@lru_cache(maxsize=2048)
def _translated(sentence: str, language: str) -> str:
    clauses = _SEPARATOR.split(sentence)
    if len(clauses) // 2 + 1 > MAX_CLAUSES:
        whole = recognise_sentence(sentence)
        return whole.in_language(language) if whole else sentence
    separators = _SEPARATORS.get(language, {})
    words = [_spoken(part, language) if not n % 2 else separators.get(part, part) for n, part in _parts(clauses)]
    return "".join(words)


def translate_separator(separator: str, language: str) -> str:
    """Return what a language writes between two sentences that are put together."""
    return _SEPARATORS.get(language, {}).get(separator, separator)


@lru_cache(maxsize=2048)
def recognised_parts(sentence: str) -> tuple[tuple[str, str, RecognisedSentence | None], ...]:
    """Return the sentences that a stored one is put together from: the separator before each, its text, and its row."""
    clauses = _SEPARATOR.split(sentence)
    if len(sentence) > MAX_SENTENCE_CHARACTERS or len(clauses) // 2 + 1 > MAX_CLAUSES:
        return (("", sentence, recognise_sentence(sentence[:MAX_SENTENCE_CHARACTERS])),)
    texts = ["", *(text for _, text in _parts(clauses))]
    pairs = zip(texts[::2], texts[1::2], strict=True)
    return tuple((separator, text, recognise_sentence(text)) for separator, text in pairs)


def _spoken(clause: str, language: str) -> str:
    recognised = recognise_sentence(clause)
    return recognised.in_language(language) if recognised else clause


def _parts(clauses: list[str]) -> Iterator[tuple[int, str]]:
    """Yield sentences and the separators between them, numbered from 0: of all divisions the best recognised one."""
    count = len(clauses) // 2 + 1
    best: list[tuple[int, int]] = [(0, 0)]  # characters recognised up to here, and where the last sentence begins
    for end in range(1, count + 1):
        best.append(max(_scored(clauses, begin, end, best[begin][0]) for begin in range(end)))
    bounds, end = [count], count
    while end:
        end = -best[end][1]
        bounds.append(end)
    bounds.reverse()
    for number, (begin, end) in enumerate(pairwise(bounds)):
        if begin:
            yield 2 * number - 1, clauses[2 * begin - 1]
        yield 2 * number, "".join(clauses[2 * begin : 2 * end - 1])


def _scored(clauses: list[str], begin: int, end: int, before: int) -> tuple[int, int]:
    """Return the characters that are recognised if these clauses are one sentence, and the negative of its begin."""
    recognised = recognise_sentence("".join(clauses[2 * begin : 2 * end - 1]))
    return before + (recognised.literal_length if recognised else 0), -begin


def recognise_sentence(sentence: str) -> RecognisedSentence | None:
    """Return the row of the English tables that a rendered sentence comes from; None where there is none."""
    return _recognised(sentence, _TABLES)


def _recognised(sentence: str, tables: tuple[ModuleType, ...]) -> RecognisedSentence | None:
    exact, templates = _rows(tables)
    if (row := exact.get(sentence)) is not None:
        return RecognisedSentence(Message(row[0]), row[1], len(sentence))
    for template in templates:
        values = template.values(sentence)
        if values is not None:
            return RecognisedSentence(Message(template.code, values), template.is_hint, template.literal_length)
    return None


@cache
def _rows(tables: tuple[ModuleType, ...]) -> tuple[dict[str, tuple[str, bool]], tuple[_Template, ...]]:
    """Return the rows without parameters by their sentences, and the others, the longest literal text first."""
    exact: dict[str, tuple[str, bool]] = {}
    templates = []
    for table in tables:
        for code, row in table.SENTENCES.items():
            for is_hint, text in enumerate(row if isinstance(row, tuple) else (row,)):
                template = _template(code, text, is_hint=bool(is_hint))
                if template.pattern.groups == 0 and template.literals:
                    exact.setdefault("".join(template.literals), (code, bool(is_hint)))
                elif template.literal_length >= template.min_literal_length or table is en_kinds:
                    templates.append(template)
    return exact, tuple(sorted(templates, key=lambda template: -template.literal_length))


def _template(code: str, text: str, *, is_hint: bool) -> _Template:
    literals: list[str] = []
    patterns: list[str] = []
    named: set[str] = set()
    quoted: set[str] = set()
    shortest = 0  # characters of the shortest forms of number
    for literal, name, spec, conversion in string.Formatter().parse(text):
        if literal:
            literals.append(literal)
            patterns.append(re.escape(literal))
        if name is None:
            continue
        if "|" in (spec or ""):
            forms = str(spec).split("|")
            shortest += min(map(len, forms))
            patterns.append(f"(?:{'|'.join(map(re.escape, forms))})")
        elif name in named:
            patterns.append(f"(?P={name})")
        else:
            named.add(name)
            quoted |= {name} if conversion == "r" else set()
            kind = _QUOTED if conversion == "r" else _NUMBER if spec in {",", "g", ".0f"} else ".*?"
            article = "an? " if spec == "a" else ""
            patterns.append(f"{article}(?P<{name}>{kind})")
    pattern = re.compile("".join(patterns), re.DOTALL)
    length = shortest + sum(map(len, literals))
    minimum = MIN_LITERAL_CHARACTERS if ".*?" in "".join(patterns) else MIN_COUNTED_CHARACTERS
    return _Template(code, is_hint, tuple(literals), pattern, frozenset(quoted), length, minimum)


def _value(text: str, *, is_quoted: bool) -> object:
    """Return the value of a parameter: a number where its text is one, so that it has its form in any language."""
    if is_quoted:
        return ast.literal_eval(text)
    plain = text.replace(",", "")
    if re.fullmatch(_NUMBER, text) and plain.isascii():
        number = float(plain) if "." in plain or "e" in plain else int(plain)
        if text in {str(number), f"{number:,}", f"{number:g}"}:
            return number
    return text


def _nested(name: str, value: object, language: str) -> object:
    """Return a value in a language: a sentence translated, any other text kept apart from the direction of writing."""
    if not isinstance(value, str):
        return value
    spoken = value
    if name == _KIND:
        kind = _recognised(value, (en_kinds,))
        spoken = kind.in_language(language) if kind else value
    elif name in _NESTED:
        spoken = translate_sentence(value, language)
    return IsolatedText(spoken) if language in RIGHT_TO_LEFT and spoken == value else spoken
