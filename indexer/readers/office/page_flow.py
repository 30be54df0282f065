"""The text of an office document while its XML is walked: finished pages, the current page and its title."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.document import Candidate, Source
from corpus.messages import message
from indexer.text.cleaning import clean


@dataclass(slots=True)
class PageFlow:
    """The state of walking a document.

    Attributes:
        pages: the finished pages.
        pieces: the texts of the current page.
        page_notes: its footnotes.
        open_cells: number of table cells that the walk is inside of.
        title_start: index of the piece at which a title began, while inside one.
        title: the text of the first title.
        title_detail: the style that it is in.
    """

    pages: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    page_notes: list[str] = field(default_factory=list)
    open_cells: int = 0
    title_start: int | None = None
    title: str = ""
    title_detail: str = str(message("detail.title-style"))

    def finish_page(self) -> None:
        """Finish the current page, with its footnotes at the end."""
        self.pages.append(clean("\n".join(("".join(self.pieces), *self.page_notes))))
        self.pieces, self.page_notes, self.title_start = [], [], None

    def title_candidates(self) -> tuple[Candidate, ...]:
        """Return the title in the style for titles, or for headings at the beginning, where there is one."""
        if not self.title:
            return ()
        return (Candidate("title", self.title, Source.FIRST_PAGE, self.title_detail, confidence=0.9),)
