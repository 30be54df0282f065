"""The answers of a cluster, whose parts are read by their types.

Nobody knows what answers at an address: another version, a proxy, a stranger. So no part of an answer is read but by a
method that says what it has to be, and an answer that has it otherwise is an error of one line.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from corpus.errors import EngineError
from corpus.messages import message

MAX_NUMBER = (1 << 63) - 1
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")

Step = str | int
"""The key of an object, or the place in a list."""


class ClusterAnswer(dict[str, Any]):
    """An object of JSON.

    Args:
        content: its parts.
        place: the address of the cluster, for messages.
    """

    __slots__ = ("_place",)

    def __init__(self, content: Mapping[str, Any], place: str) -> None:
        super().__init__(content)
        self._place = place

    def has(self, *path: Step) -> bool:
        """Return whether a part is there and not null."""
        return self._part(path) is not None

    def integer(self, *path: Step, limit: int = MAX_NUMBER) -> int:
        """Return a part that is an integer between 0 and a limit."""
        value = self._part(path)
        if type(value) is not int or not 0 <= value <= limit:
            self._refuse(path)
        return value

    def number(self, *path: Step) -> float:
        """Return a part that is a finite number."""
        value = self._part(path)
        if type(value) not in (int, float) or abs(value) > MAX_NUMBER or math.isnan(value):
            self._refuse(path)
        return float(value)

    def text(self, *path: Step) -> str:
        """Return a part that is a text."""
        value = self._part(path)
        if not isinstance(value, str):
            self._refuse(path)
        return value

    def flag(self, *path: Step) -> bool:
        """Return a part that is true or false."""
        value = self._part(path)
        if not isinstance(value, bool):
            self._refuse(path)
        return value

    def table(self, *path: Step) -> ClusterAnswer:
        """Return a part that is an object."""
        value = self._part(path)
        if not isinstance(value, dict):
            self._refuse(path)
        return ClusterAnswer(value, self._place)

    def listed(self, *path: Step) -> list[Any]:
        """Return a part that is a list, of whatever."""
        value = self._part(path)
        if not isinstance(value, list):
            self._refuse(path)
        return value

    def tables(self, *path: Step) -> list[ClusterAnswer]:
        """Return a part that is a list of objects."""
        listed = self.listed(*path)
        if not all(isinstance(value, dict) for value in listed):
            self._refuse(path)
        return [ClusterAnswer(value, self._place) for value in listed]

    def _part(self, path: tuple[Step, ...]) -> Any:
        value: Any = self
        for step in path:
            if isinstance(value, dict):
                value = value.get(str(step))
            else:
                value = value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None
        return value

    def _refuse(self, path: tuple[Step, ...]) -> NoReturn:
        reason = message("engine.unexpected-answer", part=".".join(map(str, path)))
        raise EngineError("engine.answer", address=self._place, status=200, kind="unexpected", reason=reason)


def parse_answer(content: bytes, place: str) -> ClusterAnswer | None:
    """Return an answer; None for bytes that are no object of JSON in UTF-8.

    Args:
        content: the bytes; none stand for an empty object.
        place: the address of the cluster, for messages.
    """
    try:
        answer = json.loads(content.decode() or "{}", parse_constant=_refuse_constant)
        if _HALF_CHARACTER.search(content):
            json.dumps(answer, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return ClusterAnswer(answer, place) if isinstance(answer, dict) else None


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
