"""The array identifier computes py3langid's features, counts and scores exactly."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid import langid

from indexer.metadata.langid_model import CHUNK_BYTES, ArrayLanguageIdentifier

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

WORDS = [
    "the", "of", "and", "state", "rights", "les", "droits", "de", "l’homme", "et", "los", "derechos", "der", "Menschen",
    "права", "حقوق", "人权", "के", "\0", "A/RES/61/295", "12",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=4 * CHUNK_BYTES), st.lists(st.sampled_from(WORDS), max_size=200).map(" ".join))


@pytest.fixture(scope="module")
def pair() -> tuple[langid.LanguageIdentifier, ArrayLanguageIdentifier]:
    return tuple(
        kind.from_model_file(langid.MODEL_FILE, norm_probs=True)
        for kind in (langid.LanguageIdentifier, ArrayLanguageIdentifier)
    )


@settings(deadline=None)
@given(TEXTS)
def test_the_same_features_are_counted_in_the_same_order(pair: tuple[Any, Any], text: str) -> None:
    theirs, ours = pair
    raw = text.encode("utf-8", "surrogatepass")
    expected = langid.visit_counts(theirs.tk_nextmove, theirs._rowbase, theirs.tk_output, raw) or {}
    features, counts = ours.count(raw)
    assert list(zip(features.tolist(), counts.tolist(), strict=True)) == list(expected.items())


@settings(deadline=None)
@given(TEXTS, st.sampled_from([None, ["en", "fr"], ["ar", "de", "es", "ru", "zh"]]))
def test_the_same_language_is_found_with_the_same_confidence(
    pair: tuple[Any, Any], text: str, languages: list[str] | None
) -> None:
    for identifier in pair:
        identifier.set_languages(languages)
    theirs, ours = (identifier.classify(text) for identifier in pair)
    assert ours[1] == pytest.approx(theirs[1], abs=1e-5)
    assert ours[0] == theirs[0] or theirs[1] < 0.51
