"""Words printed in parts are found in texts, and joined as their document spells them."""

from __future__ import annotations

import pytest

from indexer.text.joined_words import JoinedWord, joined_words


@pytest.mark.parametrize(
    ("texts", "continued", "words"),
    [
        (["a light-\nhouse of the lighthouse"], 1, [JoinedWord(1, 2, "lighthouse", replaces=True)]),
        (["a light-\nhouse by a sea"], 1, [JoinedWord(1, 2, "lighthouse")]),
        (["the light-house is a light-\nhouse"], 1, []),
        (["the Harbour-\nMaster"], 1, []),
        (["THE HAR-\nBOUR"], 1, [JoinedWord(1, 2, "harbour")]),
        (["a light-", "house", "lighthouse"], 2, [JoinedWord(1, 2, "lighthouse", replaces=True)]),
        (["a light-", "", "house"], 3, [JoinedWord(1, 2, "lighthouse")]),
        (["a light-", "house"], 0, []),
        (["a light-", "house"], 1, []),
        (["in-\nterna-\ntional, international"], 1, [JoinedWord(0, 3, "international", replaces=True)]),
        (
            ["in-\nterna-\ntional"],
            1,
            [JoinedWord(0, 3, "international"), JoinedWord(0, 2, "interna"), JoinedWord(1, 2, "ternational")],
        ),
        (["im Stok-\nke, gestocke"], 1, [JoinedWord(1, 2, "stokke"), JoinedWord(1, 2, "stocke")]),
        (["der Dek-\nkel, ein Deckel"], 1, [JoinedWord(1, 2, "deckel", replaces=True)]),
        (
            ["a mesz-\nszel\u0151"],
            1,
            [
                JoinedWord(1, 2, "meszszelo", marked="meszszel\u0151"),
                JoinedWord(1, 2, "messzelo", marked="messzel\u0151"),
            ],
        ),
        (["ett topp-\npunkt"], 1, [JoinedWord(1, 2, "topppunkt"), JoinedWord(1, 2, "toppunkt")]),
        (["47,500 lamps"], 1, [JoinedWord(0, 2, "47500")]),
        (["9  a light-\n10  house of the lighthouse"], 1, [JoinedWord(2, 3, "lighthouse", True, places=(2, 4))]),
    ],
)
def test_words_are_joined_as_their_document_spells_them(
    texts: list[str], continued: int, words: list[JoinedWord]
) -> None:
    assert joined_words(texts, continued) == words
