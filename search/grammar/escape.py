r"""Running text as a query: every word a word, no sign an operator."""

from __future__ import annotations

from indexer.text.analysis import tokens


def plain(text: str) -> str:
    r"""A query for the words of ``text`` and nothing else: a question, a sentence, a passage pasted in.

    Quotation marks, colons, brackets, stars and question marks part words and do no more; ``AND`` and ``OR`` are
    words; a hyphenated word is its parts. Ask it with `search.request.Request.any`, so that the words rank and none
    must be there.
    """
    # A backslash makes a word of what would be an operator; the tokens themselves hold letters, digits and marks only.
    words = (text[token.start : token.end] for token in tokens(text))
    return " ".join(f"\\{word}" if word.isupper() else word for word in words)
