"""English sentences: why a file could not be read, or only in part; stored as a reason.

Areas: file. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {}
