"""English sentences: listings, corrections, withdrawals, bags, verification.

Areas: listing, edit, bag, verify, log. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {}
