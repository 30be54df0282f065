"""Functions that are imported and patterns that are compiled when they are first used, for a faster start.

    if TYPE_CHECKING:
        from search.presentation.suggest import suggest
    else:
        suggest = Deferred("search.presentation.suggest:suggest")

A search takes longer to start than to answer, so what only some searches need is deferred. Tests bound what a search
may import.
"""

from __future__ import annotations

import re
from pkgutil import resolve_name
from typing import Any, cast


class Deferred:
    """A function, as ``module:function``."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._function: Any = None

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Call the function, importing its module before the first call."""
        if self._function is None:
            self._function = resolve_name(self._target)
        return self._function(*arguments, **options)


def deferred_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a regular expression that is compiled when it is first used, which takes longer than to match it."""
    return cast("re.Pattern[str]", _DeferredPattern(pattern, flags))


class _DeferredPattern:
    """A regular expression whose methods are those of the compiled one, kept from their first use on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Return a method or an attribute of the compiled pattern."""
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)
        return value
