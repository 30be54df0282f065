"""Hints for people who use the pages: names of pages and buttons in place of commands."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from corpus.errors import MunimentError
from corpus.messages import Message, message, render, render_hint
from corpus.trust.unsafe_characters import safe_text

SECTIONS = (
    ("/curate", "web.overview"), ("/curate/files", "web.bring-in"), ("/curate/failures", "web.failures"),
    ("/curate/queue", "web.queue"), ("/curate/listing", "web.listing"), ("/curate/log", "web.log"),
    ("/curate/export", "web.export"),
)  # fmt: skip
"""The archivist's pages, each with the code of its name."""

COMMAND_PAGES = {
    "index": ("/curate/files", "web.bring-in"),
    "reindex": ("/curate/files", "web.reindex-now"),
    "verify": ("/curate", "web.verify-now"),
    "log": ("/curate/log", "web.log"),
    "search": ("/search", "web.all-documents"),
}
"""Page on which a command's work is done, with the name of the page or of its button."""

PAGE_HINTS = {
    "research.settled": "page-hint.take-back",
    "archive.no-such-folder": "page-hint.check-folder",
    "run.no-such-archive": "page-hint.check-folder",
    "catalogue.none": "page-hint.first-files",
    "catalogue.unknown-document": "page-hint.no-document",
    "catalogue.not-text": "page-hint.type-again",
    "research.search-exists": "page-hint.another-name",
    "research.review-exists": "page-hint.another-name",
    "edit.no-reason": "page-hint.reason",
    "erase.no-reason": "page-hint.reason-of-erasure",
    "edit.withdrawn-already": "page-hint.withdrawn-already",
    "edit.not-withdrawn": "page-hint.see-log",
    "import.nothing-to-undo": "page-hint.see-log",
    "run.many-missing": "page-hint.allow-missing",
    "run.empty-folder": "page-hint.allow-missing",
    "run.gone-folder": "page-hint.allow-missing",
    "open.missing": "page-hint.text-kept",
    "open.not-a-file": "page-hint.text-kept",
    "open.no-file": "page-hint.see-document",
    "open.withdrawn": "page-hint.see-document",
    "open.unconfirmed": "page-hint.name-folder",
    "bag.unconfirmed": "page-hint.name-folder",
    "bag.not-empty": "page-hint.new-archive",
    "index.builder-died": "page-hint.bring-in-again",
}
"""Hint that the pages show for an error whose own names an option or an argument of a command."""

IN_A_TERMINAL = frozenset({
    "archive.contains-archive", "archive.data-folder-link", "archive.nested", "disk.no-locks", "verify.text",
    "research.store-damaged", "research.store-foreign", "research.store-in-archive", "research.store-of-another",
    "research.store-no-folder", "research.store-not-there", "research.nothing-to-settle",
    "research.store-unnamed", "research.store-of-another-user",
    "research.store-too-large", "research.store-version", "research.stores-ambiguous", "research.record-damaged",
    "research.not-a-request", "research.empty-archive", "research.not-a-review-table", "research.import-too-large",
    "research.output-format", "research.only-of-groups", "cite.nothing", "cite.page-of-one",
    "web.no-token", "web.wrong-host", "engine.unconfirmed", "engine.unconfirmed-reader",
    "engine.change-unconfirmed", "engine.document-too-long",
    "engine.no-documents", "engine.no-cluster", "command.no-place", "engine.redirect", "engine.tls-wanted",
})  # fmt: skip
"""Errors that only a command mends."""

_COMMAND = re.compile(rf"'muniment ({'|'.join(COMMAND_PAGES)})\b[^']*'|\bmuniment ({'|'.join(COMMAND_PAGES)})\b")


def page_hint(error: MunimentError, language: str, *, read_only: bool = False) -> Markup:
    """Return what to do about an error on the pages.

    Args:
        error: the error.
        language: of the page.
        read_only: whether the archivist's pages are left out, so that only the archive's keeper can do it.
    """
    if error.code in PAGE_HINTS:
        labels = {"tick": message("web.allow-missing"), "folders": message("web.add-folders")}
        return escape(safe_text(render(Message(PAGE_HINTS[error.code], labels), language)))
    hint = safe_text(render_hint(Message(error.code, error.parameters), language))
    if read_only and _COMMAND.search(hint):
        return escape(render(message("page-hint.ask-keeper"), language))
    return with_pages(hint, language)


def with_pages(text: str, language: str) -> Markup:
    """Return a text in which links to pages take the place of commands."""
    pieces: list[str] = []
    end = 0
    for match in _COMMAND.finditer(text):
        address, label = COMMAND_PAGES[match[1] or match[2]]
        link = Markup('<a href="{}">{}</a>').format(address, render(message(label), language))
        pieces += [escape(text[end : match.start()]), link]
        end = match.end()
    return Markup("").join([*pieces, escape(text[end:])])
