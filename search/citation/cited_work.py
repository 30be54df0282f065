"""A document as a citation names it: whole names, the date as precise as known, and what readers must be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from corpus.catalogue import documents as catalogue_documents
from corpus.catalogue.hit_records import DocumentSource, document_sources
from corpus.countries import country_code
from corpus.dates.edtf import Date, parse_edtf
from corpus.document import UNDISCLOSED, Document, Role, Source
from corpus.errors import UsageError
from corpus.messages import Message, message
from corpus.trust.unsafe_characters import safe_text
from search.archive import Archive
from search.archive_state import ArchiveState
from search.planning.originals import content_id

DIGEST_CHARACTERS = 12
"""Hexadecimal digits of a document's digest in a citation: enough to tell a million versions apart."""


class WorkKind(StrEnum):
    """The kind of a work, as reference managers know it."""

    REPORT = "report"
    SPEECH = "speech"
    WEB_PAGE = "webpage"
    DOCUMENT = "document"


_KIND_WORDS = (
    (WorkKind.SPEECH, re.compile(
        r"\b(?:speech|speeches|addresses|address|lectures?|remarks|keynotes?|discours|allocutions?|discursos?|alocuci\w+"
        r"|rede|ansprache|discorso|خطاب|كلمة)\b"
    )),
    (WorkKind.WEB_PAGE, re.compile(r"\b(?:web ?pages?|pages? web|páginas? web|webseite|blogs?|صفحة)\b")),
    (WorkKind.REPORT, re.compile(
        r"\b(?:reports?|briefings?|strateg\w+|toolkits?|guides?|guidelines|handbooks?|manuals?|stud(?:y|ies)"
        r"|(?:working|policy) papers?|rapports?|stratégi\w+|études?|informes?|estrat\w+|guías?|estudios?|bericht\w*"
        r"|studie|relatórios?|rapporto|تقرير|دراسة|دليل|استراتيجي\w*)\b"
    )),
)  # fmt: skip
"""Words in the name of a category by which a kind is known, in the languages of the interface and some more."""

_BODY_WORDS = re.compile(
    r"\b(?:of|the|for|and|on|de|des|du|la|le|les|el|los|las|der|die|das|für|und|et|y"
    r"|ministry|office|department|committee|council|commission|institute|association|universit\w*|organi[sz]ation"
    r"|agency|international|network|coalition|cent(?:er|re)|foundation|government|society|union|group|bureau|court|secretariat"
    r"|minist\w+|comit\w+|conse\w+|inc|ltd|llc|gmbh)\b",
    re.IGNORECASE,
)
"""Words that no name of a person has, so that a comma in a name with one of them is no sign of a family name."""
_GIVEN_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2}")
_FAMILY_NAME = re.compile(r"[^\W\d_][\w'’-]*(?: [\w'’-]+)?")


class Creator(NamedTuple):
    """An author: a person whose source put the family name first, or a whole name, of a person or a body."""

    name: str
    family: str = ""
    given: str = ""


@dataclass(frozen=True, slots=True)
class CitedWork:
    """A document, or a page of it, as a citation names it.

    Attributes:
        document_id: its id.
        kind: its kind.
        title: its title, or the name of its file.
        creators: its authors.
        date: its date, None where it is undated.
        category: its category, ``""`` without one.
        language: its language's code.
        symbol: the number or symbol that a listing has of it.
        public_url: its address on the web, ``""`` where it is not known to have one.
        archive: the archive's name.
        digest: the digest of its bytes, as hexadecimal digits.
        page: the page that is cited; 0 for the whole document, and where the document has no pages.
        page_label: the number that is printed on this page.
        pages: the number of its pages, 0 where it has none.
        is_pdf: whether its file is a PDF.
        warnings: what a reader must be told: text that OCR recognised, values that were corrected or guessed.
    """

    document_id: str
    kind: WorkKind
    title: str
    creators: tuple[Creator, ...]
    date: Date | None
    category: str
    language: str
    symbol: str
    public_url: str
    archive: str
    digest: str
    page: int = 0
    page_label: str = ""
    pages: int = 0
    is_pdf: bool = False
    warnings: tuple[Message, ...] = ()

    @property
    def locator(self) -> str:
        """Return the cited page as printed, else its number in the file; ``""`` without a page."""
        return self.page_label or (str(self.page) if self.page else "")

    @property
    def location(self) -> str:
        """Return where the archive has the document: its id and the beginning of its digest."""
        digest = f"; sha256:{self.digest[:DIGEST_CHARACTERS]}" if self.digest else ""
        return f"{self.document_id}{digest}"

    @property
    def bodies(self) -> tuple[str, ...]:
        """Return the authors whose names are whole, as those of bodies are."""
        return tuple(creator.name for creator in self.creators if not creator.family)


def cited_works(archive: Archive, document_ids: Iterable[str], page: int = 0) -> list[CitedWork]:
    """Return documents as citations name them, in the order of their ids.

    Args:
        archive: the archive.
        document_ids: the documents; a duplicate has the text and the metadata of its original.
        page: a page of them that is cited, 0 for none. A document without pages is cited whole.

    Raises:
        UnknownDocumentError: there is no such document.
        UsageError: a document was withdrawn or erased, or has no such page.
    """
    documents = [archive.document(document_id) for document_id in document_ids]
    for document in documents:
        if document.state in UNDISCLOSED:
            raise UsageError("request.undisclosed", id=document.id, reason=document.reason)
    with archive.shared.use() as state:
        sources = document_sources(state.catalogue, [document.id for document in documents])
        return [_cited(state, document, sources.get(document.id, DocumentSource()), page) for document in documents]


def _cited(state: ArchiveState, document: Document, source: DocumentSource, page: int) -> CitedWork:
    metadata = document.metadata
    is_paged = document.is_paged
    label, has_ocr = _page_facts(state, document, page) if page else ("", source.has_ocr)
    category = metadata.value("category")
    is_symbol = source.identifier and source.identifier.casefold() != document.id.casefold()
    title = metadata.value("title") or document.path.rpartition("/")[2]
    return CitedWork(
        document.id, kind_of_work(category, document.format, source.public_url), _line(title),
        tuple(creator_of(name) for name in metadata.values("author")), parse_edtf(metadata.value("date")),
        _line(category), metadata.value("language"), _line(source.identifier) if is_symbol else "",
        source.public_url, _line(state.settings.name or state.catalogue.archive.resolve().name),
        source.digest.removeprefix("sha256:"), page if is_paged else 0, _line(label) if is_paged else "",
        document.pages if is_paged else 0, document.format == "pdf", tuple(_warnings(document, has_ocr=has_ocr)),
    )  # fmt: skip


def _page_facts(state: ArchiveState, document: Document, page: int) -> tuple[str, bool]:
    """Return the number that is printed on a page, and whether OCR recognised its text.

    Raises:
        UsageError: the document has no such page.
    """
    key = catalogue_documents.key_of(state.catalogue, content_id(state.catalogue, document.id))
    texts = catalogue_documents.page_texts(state.catalogue, key, page)
    main = [text for text in texts if text.role is Role.MAIN]
    if not main and page > document.pages:
        raise UsageError("request.no-such-page", document_id=document.id, page=page, pages=document.pages)
    return (main[0].label or "", main[0].ocr) if main else ("", False)  # a page may be an image alone


def _warnings(document: Document, *, has_ocr: bool) -> Iterable[Message]:
    """Yield what a reader must be told of the text and the values of a document."""
    if has_ocr:
        yield message("cite.ocr")
    corrected = [
        name for name in ("title", "date", "author")
        if any(candidate.source is Source.CORRECTION for candidate in document.metadata.candidates(name))
    ]  # fmt: skip
    if corrected:
        yield message("cite.corrected", fields=", ".join(corrected))
    date = document.metadata.date
    if date is not None and date.source in {Source.FILE_NAME, Source.FOLDER, Source.HINT}:
        yield message("cite.date-guessed")


def kind_of_work(category: str, file_format: str = "", public_url: str = "") -> WorkKind:
    """Return the kind of a document by the name of its category; without one, a page of the web is a web page."""
    folded = category.casefold()
    for kind, words in _KIND_WORDS:
        if words.search(folded):
            return kind
    return WorkKind.WEB_PAGE if not category and public_url and file_format == "html" else WorkKind.DOCUMENT


def creator_of(name: str) -> Creator:
    """Return an author. A name is taken apart only where its source put a family name before a comma."""
    whole = _line(name)
    family, comma, given = (part.strip() for part in whole.partition(","))
    is_person = comma and _FAMILY_NAME.fullmatch(family) and _GIVEN_NAME.fullmatch(given)
    if not is_person or country_code(given) or _BODY_WORDS.search(whole):
        return Creator(whole)
    return Creator(whole, family, given)


def _line(text: str) -> str:
    """Return a text on one line, without characters that could reorder what is around it."""
    return " ".join(safe_text(text).split())


def joined_names(names: Sequence[str], last: str = " and ") -> str:
    """Return names with commas between them, and a word before the last."""
    return last.join(filter(None, (", ".join(names[:-1]), *names[-1:])))
