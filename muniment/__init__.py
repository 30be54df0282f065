"""The public API: open an archive, search it, and read what comes back.

    import muniment

    with muniment.open_archive("Documents/our-archive") as archive:
        result = archive.search(muniment.Request(query="torture prevention"))

`muniment.api` lists the names. They are loaded when the first of them is used: in an installed Muniment every worker
process imports this package, and needs no search.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from corpus import VERSION

if TYPE_CHECKING:
    from muniment.api import *  # noqa: F403 (the names are listed once, in `muniment.api`)

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """Return a public name, loading all of them when the first is used."""
    api = importlib.import_module("muniment.api")
    if name not in {"__all__", *api.__all__}:
        raise AttributeError(f"module 'muniment' has no attribute {name!r}", name=name, obj=None)
    return getattr(api, name)


def __dir__() -> list[str]:
    """Return the public names, for completion in a notebook."""
    return ["__version__", *importlib.import_module("muniment.api").__all__]
