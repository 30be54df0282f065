"""The sample archive: a made-up coalition's documents, for trying things out and for the tests.

``archive/`` contains the files that ``python -m tools.sample.build`` makes from its text sources, and ``truth.csv``
the metadata that a perfect indexer would find in each.
"""

from __future__ import annotations

from pathlib import Path

ARCHIVE = Path(__file__).with_name("archive")
"""The made files, arranged in folders as an archive would have them."""

TRUTH = Path(__file__).with_name("truth.csv")
"""Path, title, date (EDTF), category, language, pages and notes of every made file."""
