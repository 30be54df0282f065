"""Stored English sentences are recognised, and said in other languages."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest

from corpus.messages import Message, add_table, fr, render, render_hint
from corpus.messages.recognition import _TABLES as RECOGNISED_TABLES
from corpus.messages.recognition import recognise_sentence, translate_sentence
from indexer.readers import file_kinds

TEXTS = ("a report.pdf", "x: y; z, w", 'the "old" one', "l’été (2019)", "12 of 30", "مرسوم")
NUMBERS = (0, 1, 2, 1234567)


@pytest.fixture(autouse=True)
def french() -> None:
    add_table("fr", fr.SENTENCES)


def sample_values(text: str) -> Iterator[dict[str, object]]:
    fields = [(name, spec or "", conversion) for _, name, spec, conversion in string.Formatter().parse(text) if name]
    numeric = {name for name, spec, _ in fields if spec}
    for n in range(len(TEXTS)):
        yield {name: NUMBERS[n % 4] if name in numeric else TEXTS[n] for name, _, _ in fields}


def test_every_stored_sentence_is_recognised_with_its_values() -> None:
    wrong = []
    for table in RECOGNISED_TABLES:
        for code, row in table.SENTENCES.items():
            for text, speak in zip(row if isinstance(row, tuple) else (row,), (render, render_hint), strict=False):
                for values in sample_values(text):
                    sentence = speak(Message(code, values))
                    recognised = recognise_sentence(sentence)
                    if recognised is None:
                        literal = sum(len(part) for part, *_ in string.Formatter().parse(text))
                        wrong += [(code, sentence)] if literal > 6 else []
                    elif recognised.in_language("en") != sentence:
                        wrong.append((code, sentence))
    assert not wrong


def test_every_kind_of_unread_file_has_a_name_in_other_languages() -> None:
    kinds = {row[2] for row in file_kinds._MAGIC} | {
        row[1] for row in (*file_kinds._PACKAGES, *file_kinds._OLE_STREAMS)
    }
    kinds |= {kind for kind, _ in file_kinds._ENDINGS.values()} | {".abc package"}
    sentences = {kind: render(Message("file.kind-no-text", {"kind": kind})) for kind in kinds}
    french_sentences = {kind: translate_sentence(sentence, "fr") for kind, sentence in sentences.items()}
    assert {kind for kind, sentence in french_sentences.items() if kind in sentence} == {"program"}  # programme


@pytest.mark.parametrize(
    ("sentence", "french_sentence"),
    [
        ("needs a password", "demande un mot de passe"),
        ("no text on any of 1 page; looks scanned", "pas de texte sur 1 page ; paraît numérisé"),
        ("left out 13 records: 1 image, 12 redirects", "13 enregistrements écartés : 1 image, 12 redirections"),
        ("cannot be read: Permission denied", "ne peut pas être lu : permission refusée"),
        ('folder "speeches"', "dossier « speeches »"),
        ("pdf:Info/Title (junk)", "pdf:Info/Title (sans valeur)"),
        ("the reading room was closed; nobody knows why", "the reading room was closed; nobody knows why"),
        ("needs a password; nobody knows it", "demande un mot de passe ; nobody knows it"),
        ("", ""),
    ],
)
def test_stored_sentences_are_said_in_another_language(sentence: str, french_sentence: str) -> None:
    assert translate_sentence(sentence, "fr").replace("\u202f", " ").replace("\xa0", " ") == french_sentence
    assert translate_sentence(sentence, "en") == sentence
