"""What tests of every folder share: where the checkout and the third-party documents are."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The checkout."""

DATA = Path(os.environ.get("MUNIMENT_TEST_DATA") or ROOT.parent / "shared" / "data").resolve()
"""Third-party documents (CONTRIBUTING.md describes them); tests that need them skip where they are missing."""
