"""The module in which Whoosh's table of contents finds the class of our segments, installed or not.

With Muniment installed, ``whoosh.index.open_dir("our-archive/.muniment/index")`` opens an archive's index.
"""

from __future__ import annotations

from indexer.index.codec.whoosh_codec import ArraySegment

__all__ = ["ArraySegment"]
