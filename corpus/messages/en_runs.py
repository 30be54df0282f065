"""English sentences: what a run reports while it works.

Areas: run, ocr. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {}
