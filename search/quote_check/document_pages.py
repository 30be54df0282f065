"""The texts of documents by page, kept for the quotations that follow, and the pages that have words of a quotation."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.events import EventKind, LogEntry, newest_events
from corpus.catalogue.hit_records import document_sources
from corpus.document import UNDISCLOSED, Document, Page, Role
from corpus.errors import UnknownDocumentError
from indexer.text import analysis
from search.archive_state import ArchiveState
from search.planning.originals import content_id, with_original_content
from search.presentation.line_ends import IsJoined
from search.quote_check.quoted_words import AsLine, one_line

MAX_KEPT_CHARACTERS = 20_000_000
"""Characters of texts that are kept at a time, some 60 MB with their words."""
MAX_LIKELY_PAGES = 4
"""Pages of a document that a quotation is compared with: those that have most of its words."""
MIN_WORD_SHARE = 0.5
"""Share of a quotation's words that a page has to have to be compared."""
HISTORY = (
    EventKind.CHANGED, EventKind.REREAD, EventKind.RECOGNISED, EventKind.MOVED, EventKind.RETURNED, EventKind.REMOVED,
)  # fmt: skip
MAX_EVENTS = 50
MAX_SPAN_PAGES = 100
"""Pages that one source may name: a quotation runs over two or three."""
_PAGE_SPAN = re.compile(r"([0-9]{1,6})\s?[-–]\s?([0-9]{1,6})")


@dataclass
class PageText:
    """A text of a document with its folded words."""

    page: Page
    words: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        self.words = frozenset(analysis.surface(self.page.text))


@dataclass(frozen=True)
class ReadDocument:
    """A document with its texts.

    Attributes:
        document: its record; of one that was withdrawn or erased, the id and the state alone.
        texts: its main pages, then its other texts; none of a withdrawn document.
        digest: the SHA-256 of its bytes.
        history: what happened to its file and its text, oldest first.
        is_joined: says how the archive spells words that a line's end divides.
    """

    document: Document
    texts: tuple[PageText, ...]
    digest: str
    history: tuple[LogEntry, ...]
    is_joined: IsJoined | None = None

    @property
    def title(self) -> str:
        """Return the title, or the file's name."""
        return self.document.metadata.value("title") or self.document.path.rpartition("/")[2]

    def pages(self, page: str) -> list[int]:
        """Return the numbers of the pages that a quotation names: by the printed number, else by that in the file."""
        if (span := _PAGE_SPAN.fullmatch(page.strip())) and int(span[1]) < int(span[2]):
            numbers = range(int(span[1]), min(int(span[2]), int(span[1]) + MAX_SPAN_PAGES) + 1)
            return list(dict.fromkeys(number for named in numbers for number in self.pages(str(named))))
        named = page.strip().casefold()
        main = [text.page for text in self.texts if text.page.role is Role.MAIN]
        by_label = [text.number for text in main if text.label and text.label.casefold() == named]
        by_number = [text.number for text in main if named.isascii() and named.isdigit() and text.number == int(named)]
        return list(dict.fromkeys((*by_label, *by_number)))

    def label(self, number: int) -> str:
        """Return the number that is printed on a page."""
        return next((text.page.label for text in self.texts if text.page.number == number and text.page.label), "")

    def as_line(self, quote: str) -> AsLine:
        """Return the function that puts a text of the document, or a quotation from it, on one line.

        Words that a line's end divides are spelt as the archive spells them. Of those that it has nowhere else, the
        quotation's spelling is taken, unless the document has the word with a hyphen.
        """
        words = frozenset(analysis.surface(one_line(quote)))

        def is_joined(first: str, second: str) -> bool:
            if self.is_joined and self.is_joined(first, second):
                return True
            compound = f"{first}-{second}"
            return first + second in words and not any(compound in text.page.text.casefold() for text in self.texts)

        return partial(one_line, language=self.document.metadata.value("language"), is_joined=is_joined)

    def likely(self, words: frozenset[str]) -> list[tuple[int, str]]:
        """Return the page and the text of those with most of a quotation's words; two pages where it may run over."""
        wanted = len(words) * MIN_WORD_SHARE
        ranked = sorted(((len(words & text.words), -place) for place, text in enumerate(self.texts)), reverse=True)[
            :MAX_LIKELY_PAGES
        ]
        alone = [(self.texts[-place].page.number, self.texts[-place].page.text) for count, place in ranked
                 if count and count >= wanted]  # fmt: skip
        return [*alone, *self._pairs(words, wanted)]

    def _pairs(self, words: frozenset[str], wanted: float) -> Iterator[tuple[int, str]]:
        """Yield pages with those that follow them, where both together have more of the words than either."""
        main = [text for text in self.texts if text.page.role is Role.MAIN]
        counts = []
        for place, (first, second) in enumerate(pairwise(main)):
            ahead, behind = words & first.words, words & second.words
            together = len(ahead | behind)
            if together >= wanted and together > max(len(ahead), len(behind)):
                counts.append((together, -place))
        for _, place in sorted(counts, reverse=True)[:2]:
            first, second = main[-place], main[-place + 1]
            yield first.page.number, f"{first.page.text}\n{second.page.text}"


class DocumentPages:
    """Reads documents, and keeps those that were read last."""

    def __init__(self, state: ArchiveState) -> None:
        self._state = state
        self._documents: OrderedDict[str, ReadDocument | None] = OrderedDict()
        self._sizes: dict[str, int] = {}

    def read(self, document_id: str) -> ReadDocument | None:
        """Return a document, or None where there is none with this id."""
        if document_id in self._documents:
            self._documents.move_to_end(document_id)
            return self._documents[document_id]
        document = self._read(document_id)
        self._documents[document_id] = document
        self._sizes[document_id] = sum(len(text.page.text) for text in document.texts) if document else 0
        while sum(self._sizes.values()) > MAX_KEPT_CHARACTERS and len(self._documents) > 1:
            oldest, _ = self._documents.popitem(last=False)
            del self._sizes[oldest]
        return document

    def _read(self, document_id: str) -> ReadDocument | None:
        catalogue = self._state.catalogue
        try:
            document = with_original_content(catalogue, catalogue_documents.document(catalogue, document_id))
        except UnknownDocumentError:
            return None
        history = newest_events(
            catalogue, since="", document_id=document.id, kinds=[kind.value for kind in HISTORY], limit=MAX_EVENTS
        )
        if document.state in UNDISCLOSED:
            return ReadDocument(document.disclosed(), (), "", ())
        key = catalogue_documents.key_of(catalogue, content_id(catalogue, document.id))
        texts: Sequence[Page] = catalogue_documents.document_text(catalogue, key).all_texts
        digest = document_sources(catalogue, [document.id])[document.id].digest.removeprefix("sha256:")
        return ReadDocument(
            document, tuple(map(PageText, texts)), digest, tuple(history), self._state.engine.is_spelled_joined
        )
