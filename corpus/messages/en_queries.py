"""English sentences: diagnostics, advice and the understood query; what a request may ask for.

Areas: query, advice, understood, request, state. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {}
