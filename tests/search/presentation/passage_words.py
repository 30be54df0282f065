"""Words that generated texts of the tests of passages consist of."""

from __future__ import annotations

WORDS = [
    "report",
    "Reports",
    "mission",
    "Protection",
    "protéger",
    "the",
    "of",
    "人権保護",
    "A/HRC/47/1",
    "ill-treatment",
]
