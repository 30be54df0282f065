"""An entry: a document as the index takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import analysis, schema


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to be indexed.

    Attributes:
        language: BCP 47 code that chooses the stemmer; ``""`` where it is not known.
        texts: by field of words, its texts in order, each with the weight its words have in ranking.
        values: by field of whole values, a text, or a number of days.
    """

    language: str
    texts: Mapping[str, Sequence[tuple[float, str]]]
    values: Mapping[str, str | int]


def spell_out(entry: Entry) -> dict[str, str | int]:
    """The entry as stock ``add_document`` takes it: what an index written by arrays has to equal."""
    made = dict(entry.values)
    for field, texts in entry.texts.items():
        words = [(weight, analysis.surface(text)) for weight, text in texts]
        made[field] = " ".join(word for _, found in words for word in found)
        if field in schema.STEMS:
            made[schema.STEMS[field]] = " ".join(
                analysis.stem(word, entry.language) + ("" if weight == 1.0 else f"^{weight}")
                for weight, found in words
                for word in found
            )
    return {name: value for name, value in made.items() if value != ""}
