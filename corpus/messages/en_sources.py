"""English sentences: where a value comes from, and what the operating system says of a file; both are stored.

Areas: detail, cause. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # Where in a document or beside it a value comes from; stored with the value.
    "detail.file-name": 'file name "{name}"',
    "detail.folder": 'folder "{name}"',
    "detail.label": 'label "{name}" on the first page',
    "detail.own-line": "line of its own on the first page",
    "detail.first-page-text": "in the text of the first page",
    "detail.first-lines": "first lines of the first page",
    "detail.opening-words": "opening words of the first page",
    "detail.official-heading": "heading of an official first page",
    "detail.large-type": "type of {size:.0f} pt",
    "detail.near-top": "line near the top",
    "detail.subject": "subject",
    "detail.in-title": "in the title",
    "detail.title-word": "word in the title",
    "detail.from-text": "worked out from the text",
    "detail.from-names": "worked out from the text, which is names and numbers",
    "detail.first-slide": "title of the first slide",
    "detail.first-heading": "first heading",
    "detail.title-style": "style Title",
    "detail.heading-style": "style Heading 1 at the beginning",
    "detail.archivist": "the archivist",
    "detail.listing-line": "{listing}, line {row}",
    "detail.listing-row": "{listing}, row {row}",
    "detail.sidecar": "sidecar {listing}",
    "detail.last-change": "htmldate, last change",
    "detail.somewhere": "htmldate, somewhere on the page",
    "detail.first-words": "first words of the page",
    # Why a value counts for less; it follows where the value comes from.
    "detail.junk": "{detail} (junk)",
    "detail.of-the-file": "{detail} (the file's)",
    "detail.typist": "{detail} (who typed it)",
    "detail.no-whole-title": "{detail} (no whole title)",
    "detail.publisher": "{detail} (who publishes)",
    "detail.meeting": "{detail} (who met)",
    "detail.too-late": "{detail} (after the day it was filed)",
    "detail.office": "{detail} (an office)",
    # What the operating system says of a file; the sentences are its own.
    "cause.not-found": "No such file or directory",
    "cause.permission": "Permission denied",
    "cause.input-output": "Input/output error",
    "cause.is-a-folder": "Is a directory",
    "cause.not-a-folder": "Not a directory",
    "cause.too-many-open": "Too many open files",
    "cause.no-space": "No space left on device",
    "cause.read-only": "Read-only file system",
    "cause.name-too-long": "File name too long",
    "cause.stale": "Stale file handle",
    "cause.links": "Too many levels of symbolic links",
    "cause.argument": "Invalid argument",
    "cause.not-available": "Resource temporarily unavailable",
    "cause.memory": "Cannot allocate memory",
    "cause.pdf-format": "Failed to load document (PDFium: Data format error).",
    "cause.pdf-file": "Failed to load document (PDFium: File access error).",
    "cause.pdf-page": "Failed to load page.",
}
