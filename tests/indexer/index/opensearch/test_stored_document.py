"""Documents as a cluster stores them: what is read back is what was stored, and nothing else is a document."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue.documents import document_text, documents_by_key
from corpus.catalogue.partial.partial_catalogue import add_documents, partial_catalogue, remove_documents
from corpus.document import SEARCHABLE, Candidate, ChangeNumber, Document, DocumentText, Metadata, Page, Role, Source
from indexer.index.opensearch.stored_document import read_stored, stored_document
from tests.support import ROOT

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
NUMBERS = st.integers(0, 1 << 40)
PAGES = st.builds(
    Page, st.integers(1, 999), WORDS, WORDS.map(lambda text: text or None), st.sampled_from(Role), st.booleans(), WORDS
)
CANDIDATES = st.builds(
    Candidate, st.sampled_from(["title", "date", "author", "category"]), WORDS, st.sampled_from(Source), st.just(""),
    WORDS, st.floats(0, 1),
)  # fmt: skip
DOCUMENTS = st.builds(
    Document, WORDS.filter(bool), WORDS, st.sampled_from(sorted(SEARCHABLE)), st.just(""), WORDS, WORDS,
    st.lists(CANDIDATES, max_size=4).map(lambda chosen: Metadata(tuple(chosen))), NUMBERS, NUMBERS,
    NUMBERS.map(ChangeNumber),
)  # fmt: skip
TEXTS = st.lists(PAGES, max_size=5).map(DocumentText.of)


def as_json(value: object) -> Any:
    return json.loads(json.dumps(value))


@given(document=DOCUMENTS, text=TEXTS)
def test_a_stored_document_is_read_back_as_it_was(document: Document, text: DocumentText) -> None:
    stored = as_json(stored_document(document, text))
    assert read_stored(stored, [document.id]) == (document, text.all_texts)


@given(document=DOCUMENTS, text=TEXTS)
def test_a_partial_catalogue_has_the_documents_that_were_added(document: Document, text: DocumentText) -> None:
    catalogue = partial_catalogue(ROOT)
    add_documents(catalogue, [(document, text.all_texts)])
    ((key, found),) = documents_by_key(catalogue, [document.id])
    assert found == document
    assert document_text(catalogue, key) == text
    remove_documents(catalogue, [document.id])
    assert not documents_by_key(catalogue, [document.id])
    assert not catalogue.rows("SELECT 1 FROM pages UNION ALL SELECT 1 FROM candidates UNION ALL SELECT 1 FROM files")
    catalogue.close()


ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, True, -1, 1 << 70, 1.5, "", "\ud800", "withdrawn", [], [[]], [[1, 2, 3, 4, 5, 6]], {}]
)


@given(document=DOCUMENTS, text=TEXTS, odd=ODD, data=st.data())
def test_anything_else_is_refused(document: Document, text: DocumentText, odd: object, data: st.DataObject) -> None:
    stored = as_json(stored_document(document, text))
    name = data.draw(st.sampled_from(sorted(stored)))
    try:
        found, texts = read_stored(stored | {name: odd}, [document.id])
    except ValueError:
        return
    catalogue = partial_catalogue(ROOT)
    add_documents(catalogue, [(found, texts)])
    catalogue.close()


@pytest.mark.parametrize("odd", [None, [], "text", {}, {"id": "a"}])
def test_a_value_of_another_form_is_no_document(odd: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_stored(odd, ["a"])
