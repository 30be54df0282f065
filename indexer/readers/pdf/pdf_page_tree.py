"""The tree of pages of a PDF: how many pages it has, and whether it refers to itself.

PDFium believes the number that a file states, and shows pages of a tree with a loop again and again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

MAX_TREE_NODES = 200_000
"""Nodes and pages of a tree that are visited, ten times the pages that are read."""

MAX_TREE_DEPTH = 1_000
"""Nodes above a page; PDFium goes no deeper."""


@dataclass(slots=True)
class PageTree:
    """The pages of a PDF, counted.

    Attributes:
        pages: pages that the tree has; a node that refers back to one above it is left out.
        has_loop: whether there is such a node.
    """

    pages: int = 0
    has_loop: bool = False


def read_page_tree(reader: PdfReader, *, complete: bool) -> PageTree:
    """Count the pages of a PDF.

    Args:
        reader: of the file.
        complete: whether each page is looked at; else the numbers of nodes that have as many children are believed.

    Raises:
        one of `indexer.readers.pdf.pdf_properties.DAMAGE`: the file is damaged there.
    """
    tree = PageTree()
    pending: list[tuple[Any, tuple[int, ...]]] = [(reader.root_object.raw_get("/Pages"), ())]
    visited = 0
    while pending and visited < MAX_TREE_NODES:
        reference, above = pending.pop()
        visited += 1
        number = reference.idnum if isinstance(reference, IndirectObject) else 0
        if number and number in above:
            tree.has_loop = True
            continue
        node = reference.get_object()
        kids = node.get("/Kids") if hasattr(node, "get") else None
        if kids is None or len(above) > MAX_TREE_DEPTH:
            tree.pages += 1
        elif not complete and node.get("/Count") == len(kids.get_object()):
            tree.pages += len(kids.get_object())
        else:
            pending += [(kid, (*above, number)) for kid in reversed(kids.get_object())]
    return tree
