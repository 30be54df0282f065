"""What evaluation goes by and what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field

from search.whoosh_engine.columns import Mask
from search.whoosh_engine.postings import Floats
from search.whoosh_engine.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Matched:
    """Which documents match, and their scores: 0 where they do not; None when nothing scores."""

    mask: Mask
    scores: Floats | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What evaluation goes by: the index, and what the reader should be told, one notice a pattern."""

    snapshot: Snapshot
    notices: dict[str, str] = field(default_factory=dict)
