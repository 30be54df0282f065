"""English sentences: the archive's folder, settings and lock, its catalogue and its index.

Areas: archive, settings, lock, catalogue, index, engine. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {}
