"""Arrays kept in memory, the least recently used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar, cast


class Sized(Protocol):
    """Anything that knows how much memory it holds."""

    @property
    def nbytes(self) -> int:
        """Memory held, in bytes."""
        ...


Value = TypeVar("Value", bound=Sized)
Made = TypeVar("Made")


class ArrayCache:
    """Keeps made values within ``limit`` bytes; a value larger than that is handed out and not kept."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._values: OrderedDict[Hashable, Sized] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under ``key``, made when it is not here. One key always holds one type."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("Value", self._values[key])
        made = make()
        self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: Sized) -> None:
        with self._lock:
            if key in self._values or made.nbytes > self._limit:
                return
            self._values[key] = made
            self._held += made.nbytes
            while self._held > self._limit:
                _, dropped = self._values.popitem(last=False)
                self._held -= dropped.nbytes


class Shelf:
    """Keeps made values for good."""

    def __init__(self) -> None:
        self._values: dict[Hashable, Any] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """The value under ``key``, made when it is not here. One key always holds one type."""
        if key not in self._values:
            self._values[key] = make()
        return cast("Made", self._values[key])
