"""What tests of every folder share: where the checkout and the third-party documents are."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.catalogue import Catalogue
from indexer.index.writer import indexed_change

ROOT = Path(__file__).parents[1]
"""The checkout."""

DATA = Path(os.environ.get("MUNIMENT_TEST_DATA") or ROOT.parent / "shared" / "data").resolve()
"""Third-party documents (CONTRIBUTING.md describes them); tests that need them skip where they are missing."""


def is_current(catalogue: Catalogue) -> bool:
    """Report whether the index is of this version and contains every change of the catalogue."""
    return indexed_change(catalogue) == catalogue.last_change()
