"""The job of rendering a page for a reader, and its result. It loads no library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageJob:
    """A job: the image of a page.

    Attributes:
        file: location of the file.
        address: of the document inside it; ``""`` for the file itself.
        page: number of the page, from 1.
        dpi: resolution.
        words: stretches of the page's text that are marked.
    """

    file: str
    address: str
    page: int
    dpi: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImageResult:
    """An image as PNG in base64, since results are texts; or why there is none, as a sentence."""

    png: str = ""
    failure: str = ""
