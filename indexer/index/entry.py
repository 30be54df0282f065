"""A document as it is handed to the index: its texts, and its values by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus.dates.edtf import parse_edtf
from corpus.document import Document, DocumentText, Role
from corpus.fields import FIELDS, FieldKind
from indexer.index import index_layout
from indexer.text import analysis

WEIGHTS = {Role.MAIN: 1.0, Role.HEADER_FOOTER: 0.3, Role.BOILERPLATE: 0.3, Role.ANNOTATION: 0.3}
"""Weight of a word by the role of its text: a running head says little about the page below it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A text of a document, or a part of a text.

    Attributes:
        text: its words, in order.
        weight: what each of them counts in ranking.
        language: BCP 47 code that chooses the stemmer, where it is another than the document's.
        continued: whether the last word may end in the next text, as on a page of a book.
    """

    text: str
    weight: float = 1.0
    language: str = ""
    continued: bool = False


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document to be indexed.

    Attributes:
        language: BCP 47 code that chooses the stemmer; ``""`` where it is not known.
        texts: by field of words, its texts in order.
        values: by field of whole values, a text, or a number of days.
    """

    language: str
    texts: Mapping[str, Sequence[Stretch]]
    values: Mapping[str, str | int] = field(default_factory=dict)


def entry(document: Document, text: DocumentText) -> IndexEntry:
    """Return the entry of a document, from its metadata and its text."""
    metadata = document.metadata
    title = metadata.value("title")
    values: dict[str, str | int] = {
        field.name: index_layout.SEPARATOR.join(metadata.values(field.name))
        if field.described
        else str(getattr(document, field.name))
        for field in FIELDS
        if field.kind is FieldKind.KEYWORD
    }
    values["state"] = index_layout.SEPARATOR.join(document.found_states)
    values |= {"title_key": " ".join(analysis.surface(title)), **_days(metadata.value("date"))}
    words = {
        "text": [
            Stretch(page.text, WEIGHTS[page.role], page.language, page.role is Role.MAIN) for page in text.all_texts
        ],
        "title": [Stretch(title)],
        "file": [Stretch(document.path)],
    }
    return IndexEntry(metadata.value("language"), words, {name: value for name, value in values.items() if value != ""})


def _days(edtf: str) -> dict[str, int]:
    date = parse_edtf(edtf) if edtf else None
    if date is None:
        return {}
    first = date.first.toordinal() if date.first else index_layout.OPEN_START
    last = date.last.toordinal() if date.last else index_layout.OPEN_END
    return {"first_day": first, "last_day": last}


def spell_out(entry: IndexEntry) -> dict[str, str | int]:
    """Return an entry as Whoosh's own ``add_document`` takes it, to compare the index that it writes with ours."""
    fields: dict[str, str | int] = dict(entry.values)
    for name, texts in entry.texts.items():
        words_of_texts = [(stretch, analysis.surface(stretch.text)) for stretch in texts]
        fields[name] = " ".join(word for _, words in words_of_texts for word in words)
        if name in index_layout.STEMS:
            fields[index_layout.STEMS[name]] = " ".join(
                analysis.stem(word, stretch.language or entry.language)
                + ("" if stretch.weight == 1.0 else f"^{stretch.weight}")
                for stretch, words in words_of_texts
                for word in words
            )
    return {name: value for name, value in fields.items() if value != ""}
