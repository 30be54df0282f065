"""The sample archive: a made-up coalition's documents, for trying things out and for the tests.

``sources/`` holds the texts, ``archive/`` the files made from them by ``python -m corpus.sample.build``, and
``truth.csv`` what a perfect indexer would find out about each file. Only the build needs reportlab.
"""

from __future__ import annotations

from pathlib import Path

SOURCES = Path(__file__).with_name("sources")
"""The texts, one file a document."""

ARCHIVE = Path(__file__).with_name("archive")
"""The made files, arranged in folders as an archive would have them."""

TRUTH = Path(__file__).with_name("truth.csv")
"""Path, title, date (EDTF), category, language, pages and notes of every made file."""
