"""Starts and ends of tokens, compared with those of the analyser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.text import analysis
from indexer.text.token_bounds import token_bounds


def spans(text: str) -> list[tuple[int, int]]:
    starts, ends = token_bounds(text)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


@given(st.one_of(st.text(), st.text("ab1_ \n’“é-ßЖæ\xad\u0301人権ab"), st.text(st.characters(max_codepoint=0x20CF))))
def test_tokens_begin_and_end_as_the_analyser_says(text: str) -> None:
    assert spans(text) == [(token.start, token.end) for token in analysis.tokens(text)]


def test_every_character_begins_and_ends_tokens_as_in_the_analyser() -> None:
    for code in range(0x3000):
        text = f"a {chr(code)} b{chr(code)}c {chr(code) * 3}"
        assert spans(text) == [(token.start, token.end) for token in analysis.tokens(text)], hex(code)
