"""Words that a text prints in parts and people search in one piece: where they are, and what they are when whole.

``exami-`` / ``nation`` divided at a line end, ``10,000`` (10000), ``U.N.`` (un), ``978-0-306-40615-7``. The analyser
returns the parts, one position each, and looks at no other text. A *joined word* is the parts together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.text import analysis
from indexer.text.divided_words import Verdict, decide, find_compound_hyphens
from indexer.text.page_end_divisions import PlacedDivision, document_divisions
from indexer.text.page_end_pairs import EndPair, end_pairs
from indexer.text.separated_spellings import find_spellings

MAX_PARTS = 12
"""Most parts of a joined word."""
JUMP_MARK = "\x1d"
"""Ends the form of a word that is continued below the foot of a page: for phrases, its next word is the next part.
Alone, it is the form of every further part of a joined word, which NEAR does not count."""
BOUNDARY_MARK = 2 * JUMP_MARK
"""The form at the first word of each text that does not continue the one before, which no phrase runs into."""

_HUNGARIAN_LETTERS = frozenset({"cs", "dz", "gy", "ly", "ny", "sz", "ty", "zs"})
"""Letters of two signs, of which one that is doubled is printed in full on both sides of a line's end."""


@dataclass(frozen=True, slots=True)
class DividedPart:
    """A division between two tokens.

    Attributes:
        first: the position of the token before it.
        second: the position of the token behind it; not the next one where footnotes are between.
        own_hyphen: see `indexer.text.divided_words.Division`.
    """

    first: int
    second: int
    own_hyphen: bool


@dataclass(frozen=True, slots=True)
class JoinedWord:
    """A word whose parts are tokens, consecutive ones unless it is divided above the foot of a page.

    Attributes:
        first: the position of its first part.
        span: the number of positions from the first part to the last.
        form: the folded word.
        replaces: whether it is a word of the text in place of its parts; else it is one beside them.
        places: the positions of all parts where other words are between them, else empty.
        marked: the word with the marks that folding drops, where a line's end or a page's divides it; else ``""``.
        over_end: whether it is a pair of characters over the end of a line or page, beside the token before it.
    """

    first: int
    span: int
    form: str
    replaces: bool = False
    places: tuple[int, ...] = ()
    marked: str = ""
    over_end: bool = False

    @property
    def uncounted(self) -> Sequence[int]:
        """The positions of the parts behind the first that are no words of their own for NEAR."""
        return self.parts[1:] if self.span <= MAX_PARTS and not self.over_end else ()

    @property
    def parts(self) -> Sequence[int]:
        """The positions of its parts."""
        return self.places or range(self.first, self.first + self.span)


def resolve_divisions(
    divided: Sequence[DividedPart],
    form_at: Callable[[int], str],
    count_word: Callable[[str], int],
    count_compound: Callable[[str, str], int],
    marked_at: Callable[[int], str],
) -> Iterator[JoinedWord]:
    """Yield the joined words of a document's divisions.

    Args:
        divided: the divisions, by the positions behind them; two that follow each other divide one word in three.
        form_at: returns the folded token at a position.
        count_word: returns how often the document contains a word in one piece.
        count_compound: returns how often two words are joined by a hyphen inside a line.
        marked_at: returns the token at a position with the marks that folding drops, or folded where it drops none.
    """
    for run in _runs(divided):
        parts = [run[0].first, *(division.second for division in run)]
        if 1 < len(run) < MAX_PARTS:
            whole = _joined(map(form_at, parts))
            replaces = count_word(whole) > 0
            yield _joined_word(parts, whole, marked_at, replaces=replaces)
            if replaces:
                continue
        replaced = -1
        for division in run:
            pair = form_at(division.first), form_at(division.second)
            forms = _whole_forms(*pair)
            form = max(forms, key=count_word)
            verdict = decide(count_word(form), count_compound(*pair), own_hyphen=division.own_hyphen)
            replaces = verdict is Verdict.JOINED and division.first != replaced
            if verdict is not Verdict.HYPHENATED:
                for whole in (form,) if verdict is Verdict.JOINED else forms:
                    yield _joined_word((division.first, division.second), whole, marked_at, replaces=replaces)
            if replaces:
                replaced = division.second
            elif division.second > division.first + 1:
                span = division.second - division.first
                yield JoinedWord(division.first, span, pair[0] + JUMP_MARK, places=(division.first,))


def _runs(divided: Iterable[DividedPart]) -> list[list[DividedPart]]:
    """Return divisions by the word that they divide: the part behind one is the part before the next."""
    runs: list[list[DividedPart]] = []
    by_last: dict[int, list[DividedPart]] = {}
    for division in divided:
        run = by_last.pop(division.first, None)
        if run is None:
            run = []
            runs.append(run)
        run.append(division)
        by_last[division.second] = run
    return runs


def _joined_word(parts: Sequence[int], form: str, marked_at: Callable[[int], str], *, replaces: bool) -> JoinedWord:
    span = parts[-1] - parts[0] + 1
    marked = _marked_form(form, list(map(marked_at, parts)))
    return JoinedWord(parts[0], span, form, replaces, () if span == len(parts) else tuple(parts), marked)


def _marked_form(form: str, marked: Sequence[str]) -> str:
    """Return a word of parts with the marks that these have; ``""`` where they have none."""
    whole = _joined(marked)
    if whole.isascii():
        return ""
    wholes = _whole_forms(marked[0], marked[1]) if len(marked) == 2 else [whole]
    return next((whole for whole in wholes if whole != form and analysis.fold(whole) == form), "")


def _whole_forms(first: str, second: str) -> list[str]:
    """Return what two parts may be in one piece: the parts together, and as languages respell them at a line's end."""
    forms = [_joined((first, second))]
    if first.endswith("k") and second.startswith("k"):  # German before 1998: Zuk-ker
        forms.append(_joined((first[:-1], "c", second)))
    if first[-2:] == 2 * second[:1]:  # Scandinavian, German before 1998: till-lägg, Schiff-fahrt
        forms.append(_joined((first, second[1:])))
    if first[-2:] in _HUNGARIAN_LETTERS and second.startswith(first[-2:]):  # asz-szony
        forms.append(_joined((first[:-1], second)))
    return forms


def _joined(parts: Iterable[str]) -> str:
    return "".join(parts)[: analysis.MAX_TOKEN_CHARACTERS]


def possible_forms(divided: Sequence[DividedPart], form_at: Callable[[int], str]) -> set[str]:
    """Return every form that `resolve_divisions` may count."""
    forms = {form for part in divided for form in _whole_forms(form_at(part.first), form_at(part.second))}
    for run in _runs(divided):
        if len(run) > 1:
            forms.add(_joined(map(form_at, (run[0].first, *(part.second for part in run)))))
    return forms


def joined_words(texts: Sequence[str], continued: int = 0) -> list[JoinedWord]:
    """Return the joined words of a document, found by analysing its texts.

    Args:
        texts: the texts, whose tokens are counted through all of them.
        continued: so many texts from the first on are pages, each of which may end inside a word of the next.
    """
    spellings = [find_spellings(text) for text in texts]
    divisions = document_divisions(texts, continued)
    pairs = end_pairs(texts, continued)
    if not any(spellings) and not divisions and not pairs:
        return []
    forms: list[str] = []
    words, compounds, indexes, surfaces = [], Counter[tuple[str, str]](), [], list[tuple[str, analysis.Token]]()
    for number, text in enumerate(texts):
        base, tokens = len(forms), list(analysis.tokens(text))
        forms += [token.text for token in tokens]
        surfaces += [(text, token) for token in tokens]
        index = {token.start: base + token.position for token in tokens}
        indexes.append(index)
        words += [word for pair in pairs if pair.text == number for word in pair_words(pair, index[pair.offset])]
        for start, parts in spellings[number]:
            first = index.get(start)
            if first is not None and parts <= MAX_PARTS:
                words.append(JoinedWord(first, parts, _joined(forms[first : first + parts])))
        for hyphen in find_compound_hyphens(text) if divisions else ():
            second = index.get(hyphen + 1)
            if second:
                compounds[forms[second - 1], forms[second]] += 1
    counts = Counter(forms)
    resolved = resolve_divisions(
        list(_divided_parts(divisions, indexes)),
        forms.__getitem__,
        counts.__getitem__,
        lambda first, second: compounds[first, second],
        lambda position: _marked_or_folded(*surfaces[position]),
    )
    return [*words, *resolved]


def _divided_parts(divisions: Iterable[PlacedDivision], indexes: Sequence[Mapping[int, int]]) -> Iterator[DividedPart]:
    """Yield divisions by tokens, from the position of the token at each offset of each text."""
    for number, division, apart in divisions:
        second = indexes[number].get(division.end, 0)
        first = indexes[apart[0]].get(apart[1]) if apart else second - 1
        if second and first is not None:
            yield DividedPart(first, second, division.own_hyphen)


def _marked_or_folded(text: str, token: analysis.Token) -> str:
    return analysis.marked_form(text[token.start : token.end]) or token.text


def pair_words(pair: EndPair, second: int) -> list[JoinedWord]:
    """Return a pair of characters over the end of a page or line as joined words, beside the token before the end.

    The pair alone is one to begin with, since no position is between the two. For phrases with the token before it,
    both together are another, which is there for phrases only. Where the second character is a token of its own, which
    the word has no place for, both are there a second time, in place of that token.

    Args:
        pair: the pair.
        second: the position of the token that the second character begins.
    """
    forms = [pair.pair, both_form(pair.before, pair.pair)] if pair.before else [pair.pair]
    spans = (1, 2) if pair.is_last else (1,)
    return [JoinedWord(second - 1, span, form, over_end=True) for span in spans for form in forms]


def both_form(before: str, pair: str) -> str:
    """Return the form of a token at the end of a page or line together with the pair over the end."""
    return f"{before}{JUMP_MARK}{pair}"


def joined_spellings(text: str) -> list[JoinedWord]:
    """Return the numbers, abbreviations and ISBNs that a typed text writes in parts."""
    has_parts = any(character == "." or character.isdigit() for character in text)
    spellings = find_spellings(text, any_case=True) if has_parts else []
    if not spellings:
        return []
    tokens = list(analysis.tokens(text))
    positions = {token.start: token.position for token in tokens}
    return [
        JoinedWord(first, parts, _joined([token.text for token in tokens[first : first + parts]]))
        for start, parts in spellings
        if (first := positions.get(start, len(tokens))) + parts <= len(tokens)
    ]


def in_one_piece(text: str, *, with_blanks: bool) -> str:
    """Return a typed text with the numbers, ISBNs and abbreviations in capitals that it writes in parts in one piece.

    Args:
        text: the text.
        with_blanks: also those with blanks between their parts.
    """
    spellings = find_spellings(text) if len(text) > 1 else []
    if not spellings:
        return text
    tokens = list(analysis.tokens(text))
    positions = {token.start: token.position for token in tokens}
    pieces, done = [], 0
    for start, parts in spellings:
        first = positions.get(start, len(tokens))
        run = tokens[first : first + parts]
        if len(run) == parts and (with_blanks or not re.search(r"\s", text[start : run[-1].end])):
            pieces += [text[done:start], *(text[token.start : token.end] for token in run)]
            done = run[-1].end
    return "".join([*pieces, text[done:]])
