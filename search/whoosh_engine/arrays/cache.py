"""The one cache of the engine: values of one type within a bound of memory, the least recently used dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """A value that knows its memory."""

    @property
    def nbytes(self) -> int:
        """Return the memory held, in bytes."""
        ...


Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value", bound=Sized)


class BoundedCache(Generic[Key, Value]):
    """Keeps values within a number of bytes; a value larger than that is returned and not kept."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        self.nbytes = 0
        """Memory of the values, in bytes."""

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """Return the value under ``key``; where there is none, ``make`` it outside the lock and keep it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if key not in self._values and value.nbytes <= self._max_bytes:
                self._values[key] = value
                self.nbytes += value.nbytes
                while self.nbytes > self._max_bytes:
                    _, dropped = self._values.popitem(last=False)
                    self.nbytes -= dropped.nbytes
        return value
