"""Answers of any shape: what is there is returned, what is not is an error of one line."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from corpus.errors import EngineError
from indexer.index.opensearch.answer import ClusterAnswer, parse_answer

PLACE = "opensearch://host:9200/ours"
STRANGE: list[Any] = [None, [], {}, "x", -1, 1.5, float("inf"), float("nan"), True, 1 << 70, [[]], {"a": {}}]
READERS: dict[str, tuple[Callable[[ClusterAnswer], object], Callable[[Any], bool]]] = {
    "integer": (lambda answer: answer.integer("a"), lambda value: type(value) is int and 0 <= value < 1 << 63),
    "number": (
        lambda answer: answer.number("a"),
        lambda value: type(value) in (int, float) and abs(value) < 1 << 63,
    ),
    "text": (lambda answer: answer.text("a"), lambda value: isinstance(value, str)),
    "flag": (lambda answer: answer.flag("a"), lambda value: isinstance(value, bool)),
    "table": (lambda answer: answer.table("a"), lambda value: isinstance(value, dict)),
    "listed": (lambda answer: answer.listed("a"), lambda value: isinstance(value, list)),
    "tables": (
        lambda answer: answer.tables("a"),
        lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    ),
}


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_a_part_has_the_type_it_is_read_as(kind: str, value: Any) -> None:
    read, is_sound = READERS[kind]
    answer = ClusterAnswer({"a": value}, PLACE)
    if is_sound(value):
        assert read(answer) == value
    else:
        with pytest.raises(EngineError, match="lacks a") as failed:
            read(answer)
        assert failed.value.exit_code == 5


def test_a_path_leads_through_objects_and_lists_alone() -> None:
    answer = ClusterAnswer({"hits": [{"id": ["k3"]}], "text": "word", "none": None}, PLACE)
    assert answer.text("hits", 0, "id", 0) == "k3"
    assert answer.has("hits", 0)
    for path in (("hits", 1), ("hits", "id"), ("text", 0), ("none", "id"), ("hits", 0, "id", 0, 0), ("missing",)):
        assert not answer.has(*path)


@pytest.mark.parametrize("content", [
    b"NaN", b'{"a": NaN}', b'{"a": -Infinity}', b"[]", b"{", b"\xff{}", b'{"a": "\\ud800"}', b'{"\\uDFFF": 1}',
    b'{"a": "\xed\xa0\x80"}', b"[" * 200_000, b'{"a": ' + b"9" * 5000 + b"}",
])  # fmt: skip
def test_what_is_no_json_in_utf8_is_no_answer(content: bytes) -> None:
    assert parse_answer(content, PLACE) is None


def test_an_answer_is_an_object_of_json() -> None:
    assert parse_answer(b'{"a": "\\ud83d\\ude00"}', PLACE) == {"a": "😀"}
    assert parse_answer(b"", PLACE) == {}


def test_the_error_of_another_process_is_the_same_error() -> None:
    with pytest.raises(EngineError) as failed:
        ClusterAnswer({}, PLACE).table("hits")
    failed.value.add_note("where")
    error = pickle.loads(pickle.dumps(failed.value))
    assert (type(error), str(error), error.hint, error.__notes__) == (
        EngineError, failed.value.message, failed.value.hint, ["where"],
    )  # fmt: skip
