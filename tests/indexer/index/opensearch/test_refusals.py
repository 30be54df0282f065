"""The errors that the answers of a cluster stand for."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.errors import EngineError
from indexer.index.opensearch.refusals import require_answerable

WRONG = {"type": "illegal_argument_exception", "reason": "Result window is too large"}
ALL_PARTS = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
SILENT = {"type": "node_disconnected_exception", "reason": "disconnected"}


@pytest.mark.parametrize("answer", [
    {"error": {**ALL_PARTS, "root_cause": [WRONG]}, "status": 400},
    {"_shards": {"failed": 1, "failures": [{"reason": WRONG}]}},
])  # fmt: skip
def test_parts_that_refuse_a_request_say_why(answer: dict[str, Any]) -> None:
    with pytest.raises(EngineError, match=r"cannot do this.*Result window is too large"):
        require_answerable(answer, "")


@pytest.mark.parametrize("answer", [
    {"error": {**ALL_PARTS, "root_cause": []}, "status": 503},
    {"error": {**ALL_PARTS, "root_cause": [WRONG]}, "status": "400"},
    {"_shards": {"failed": 1, "failures": [{"reason": SILENT}]}},
    {"_shards": {"failed": 1, "failures": [None]}}, {"_shards": []}, {},
])  # fmt: skip
def test_parts_that_do_not_answer_have_refused_nothing(answer: dict[str, Any]) -> None:
    require_answerable(answer, "")
