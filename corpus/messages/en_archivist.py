"""English sentences: listings, corrections, withdrawals, bags, verification.

Areas: listing, import, edit, erase, related, bag, verify, log. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

from corpus.messages.en_archive import REBUILD_INDEX, RESTORE_CATALOGUE

_FETCH_BAG = "The bag is damaged or was changed: fetch it again, or export it anew."
_INDEX_AGAIN = "Run 'muniment index'; if the difference stays, restore the catalogue from a backup."
_RECORD_CHANGE = (
    "If it was changed on purpose, run 'muniment index': it records the file as it is now, and keeps the document's id"
    " and corrections. If not, restore it from a backup first."
)
_FETCH_FILE = "Restore the file from a backup; if it was removed on purpose, run 'muniment index' to record that."
_CHECK_DISK = "Check the disk and the file's permissions."
_KEEP_INDEX = (
    "If the catalogue was restored from an older backup, run 'muniment reindex'. If not, copy .muniment first: the"
    " catalogue lacks changes that a newer backup may have."
)
_CATCH_UP = "Run 'muniment index': it brings the index up to date."

_LISTING_FORMS = "A listing is a saved web page, a CSV or TSV table, or plain text."

SENTENCES: dict[str, str | tuple[str, str]] = {
    # listings and sidecars
    "listing.page-unreadable": "the page is empty, or its markup cannot be read",
    "listing.page-without-items": "the page has no list of titles with dates or links to documents",
    "listing.text-without-items": "the text has no title with a date on a line of its own",
    "listing.date-without-title": "there is no title beside the date {date!r}",
    "listing.table-empty": "the table is empty",
    "listing.no-identifying-column": "no column identifies the document of a row; the known columns are: {columns}",
    "listing.unknown-column": "the column {column!r} is not a known field and was ignored",
    "listing.too-many-rows": "only the first {limit:,} rows were read",
    "listing.table-unreadable": "the table cannot be read from line {line} on: {reason}",
    "listing.extra-cells": "the row has more cells than the header; put a cell that contains the separator in quotes",
    "listing.no-title": "the row has no title",
    "listing.nothing-identifying": "there is no title, link, id or digest; the item was left out",
    "listing.repeated": "{item} is listed already, at {row}",
    "listing.only-year": "only the year of the date {date!r} is certain",
    "listing.new-category": "the category {category!r} is not in the archive's list; it was kept as listed",
    "listing.too-many-values": "only the first {limit} values of the field {field} were read",
    "listing.unknown-value": "the {field} {value!r} is not known and was left out",
    "listing.not-a-digest": "the digest {digest!r} is not a SHA-256 and was left out",
    "listing.no-title-to-record": "{item!r} is not in the archive, and cannot be recorded as listed without a title",
    "listing.same-content": (
        "it has the content of {listing!r}, which was imported before, and is imported as that listing"
    ),
    "listing.same-name": (
        "another listing called {former!r} was imported from another folder, so this one is called {listing!r}; if it"
        " is a newer version of that listing, undo this import and import it with --as {former!r}"
    ),
    "listing.newer-version": (
        "{count:,} of its items are in {listing!r} as well, and the values of both are kept; if it is a newer version"
        " of that listing, undo this import and import it with --as {listing!r}"
    ),
    "import.nothing-to-undo": ("there is no import to undo", "'muniment log --kind imported' shows all imports."),
    "import.unknown-listing": ("nothing was imported from {listing!r}", "Imported listings: {known}."),
    "listing.unsuitable": ("{path}: {reason}", _LISTING_FORMS),
    "listing.not-a-file": ("{path}: is not a file", _LISTING_FORMS),
    "listing.unreadable": ("{path}: cannot be read: {reason}", "Check the name and the file's permissions."),
    "listing.too-large": ("{path}: has more than {limit} MiB, too much for a listing", _LISTING_FORMS),
    "listing.sidecar-unreadable": "the sidecar cannot be read: {reason}",
    "listing.sidecar-invalid": "the sidecar is not valid: {reason}",
    "listing.sidecar-too-deep": "its values are nested too deeply",
    "listing.sidecar-too-large": "it has more than {limit} KiB",
    "listing.sidecar-too-many-fields": "it has more than {limit} fields",
    "listing.sidecar-not-a-table": "it must be a table of fields",
    "listing.sidecar-unknown-field": "{name!r} is not a known field and was ignored",
    "listing.sidecar-not-text": "{field} must be a text or a list of texts; it was left out",
    # corrections and withdrawals
    "edit.no-group": ("the log has no corrections under the name {group}", "See the log for the names."),
    "edit.not-a-field": ("{field!r} is not a field that can be corrected", "Name one of: {fields}."),
    "edit.set-and-reset": ("{field} is both corrected and reset", "Do one of the two."),
    "edit.not-a-date": (
        "{text!r} is not a date",
        "Write it as 2019, 2019-03, 2019-03-04, 2017..2019 or 4 March 2019.",
    ),
    "edit.ambiguous-date": (
        "{text!r} may be two days, because day and month cannot be told apart",
        "Write {first} or {second}.",
    ),
    "edit.changed-meanwhile": (
        "Nothing was saved: values that you change were changed after the form was loaded.",
        "Compare them where they are marked, and save again to set yours all the same.",
    ),
    "edit.state-meanwhile": (
        "Nothing was saved: the document was withdrawn, or brought back, after the form was loaded.",
        "Look at it, and save again to set your values all the same.",
    ),
    "edit.new-category": "{text!r} is not in the archive's list of categories; it is kept as you wrote it",
    "edit.not-a-language": ("{text!r} is not a known language", "Write its code or name: en, fr, Arabic."),
    "edit.not-a-country": ("{text!r} is not a known country", "Write its ISO code or name: KE, Kenya."),
    "edit.not-utf-8": (
        "{what} contains bytes that are not UTF-8 text",
        "Type it again, or set your terminal to UTF-8.",
    ),
    "edit.too-long": ("{what} has {characters:,} characters; at most {limit:,} are allowed", "Make it shorter."),
    "edit.undisclosed": "(withdrawn)",
    "edit.no-reason": ("no reason is given for the withdrawal", "Say why with --reason."),
    "edit.withdrawn-already": ("{id} was already {reason}", "To bring it back: muniment restore {id}"),
    "edit.duplicate": (
        "{id} is a duplicate of {original}, which has its text and metadata",
        "Name {original} instead: what is done to it counts for all its copies.",
    ),
    "edit.not-withdrawn": ("{id} is not withdrawn", "'muniment log --kind withdrawn' lists the documents that were."),
    "edit.withdrawn": "withdrawn on {day}: {why}",
    "edit.withdrawn-by": "withdrawn on {day} by {person}: {why}",
    # erasure
    "erase.no-reason": (
        "no reason is given for the erasure",
        "Say why with --reason, without naming whom it protects.",
    ),
    "erase.erased-already": ("{id} was already {reason}", "Nothing of it is left in the archive."),
    "erase.is-erased": ("{id} was {reason}", "Nothing of it is left in the archive; it cannot be brought back."),
    "erase.erased": "erased on {day}: {why}",
    "erase.erased-by": "erased on {day} by {person}: {why}",
    "erase.unused-file": (
        "{path}: is not a file of the index, and may contain what was erased",
        "Delete it, then run 'muniment index': it finishes the erasure.",
    ),
    "erase.open-elsewhere": (
        "another program has the archive open, so what was erased is still in catalogue.db-wal",
        "Close it, then run 'muniment index': it finishes the erasure.",
    ),
    # related documents
    "related.same-name": "names that differ in the language alone",
    "related.same-day": "the same day, category and number of pages in another language",
    # bags
    "bag.not-writable": (
        "{target}: the bag cannot be written: {reason}",
        "Name a folder that you may write to. Nothing was left behind.",
    ),
    "bag.inside-archive": (
        "{target}: is inside an archive",
        "Name a folder elsewhere: the next run would index the bag's files as new documents.",
    ),
    "bag.withdrawn": "withdrawn before this bag was made; the bag does not say why",
    "bag.erased": "erased before this bag was made; the bag does not say why",
    "bag.left-out": "cannot be read",
    "bag.draft-removed": "removed {path}, which an export that was killed had left",
    "bag.draft-left": ("An export that was killed has left {path}; the next run or export of this user removes it."),
    "bag.file-changed": (
        "{path}: differs from the catalogue (changed, missing or not readable)",
        (
            "'muniment verify' shows the difference. Restore the file, or run 'muniment index' if that is the file you"
            " want, and export again."
        ),
    ),
    "bag.files-changed": (
        "{path} and {more} more: differ from the catalogue (changed, missing or not readable)",
        (
            "'muniment verify' shows the differences. Restore the files, or run 'muniment index' if those are the files"
            " you want, and export again."
        ),
    ),
    "bag.not-empty": (
        "{archive}: is not an empty archive; a bag can only be restored into an empty one",
        "Name an empty folder with --archive; or index the bag's files alone: 'muniment index {payload}'.",
    ),
    "bag.unreadable": ("{path}: cannot be read: {reason}", _FETCH_BAG),
    "bag.not-utf8": "its text is not encoded in UTF-8",
    "bag.outside": ("{path}: line {line} names a file outside the bag", "Do not trust this bag."),
    "bag.bad-manifest-line": ("{path}: line {line} is not a line of a manifest", _FETCH_BAG),
    "bag.not-in-manifest": ("{path}: does not list {name}", _FETCH_BAG),
    "bag.missing-file": ("{path}: is missing, or is not a file", _FETCH_BAG),
    "bag.bytes": ("{path}: its bytes are not those the bag was made with", _FETCH_BAG),
    "bag.no-catalogue": ("{path}: is not the catalogue of an archive", _FETCH_BAG),
    "bag.version": (
        "{path}: format {format} with tables of version {schema}; this program reads {our_format} with {our_schema}",
        "Use the version of Muniment that made the bag.",
    ),
    "bag.bad-row": ("{path}: line {line} is not a row of a catalogue: {reason}", _FETCH_BAG),
    "bag.row-count": ("{path}: does not contain the number of rows that its first line says", _FETCH_BAG),
    "bag.disagreement": ("{bag}: {name}: the catalogue and the manifest disagree about this file", _FETCH_BAG),
    "bag.dangling": ("{bag}: its catalogue refers to rows that are not in it", _FETCH_BAG),
    "bag.unlogged-change": ("{bag}: its catalogue names a change of {id} that is not in its log", _FETCH_BAG),
    "bag.bad-catalogue": ("{bag}: its catalogue cannot be restored: {reason}", _FETCH_BAG),
    # verification
    "verify.not-looked-at": (
        "{count:,} {count:file was|files were} not looked at: outside the archive, in a folder that nobody named here",
        "If it is yours, name it once: muniment index {folder}",
    ),
    "bag.unconfirmed": (
        "{path}: outside the archive, in a folder that nobody named on this machine",
        "If the folder is yours, name it once: muniment index FOLDER",
    ),
    "verify.database": ("SQLite reports: {problem}", RESTORE_CATALOGUE),
    "verify.schema": ("the tables of the catalogue are not as they were made: {name}", RESTORE_CATALOGUE),
    "verify.text": (
        "the text that was read from the document is not stored as it was written",
        "Run 'muniment reread {id}': it reads the text from the file again. Then check the disk.",
    ),
    "verify.file-row": ("what is recorded of the file is not stored as it was written", RESTORE_CATALOGUE),
    "verify.document-row": (
        "the document's record, with its title, date and other metadata, is not stored as it was written",
        RESTORE_CATALOGUE,
    ),
    "verify.event-row": ("the event with this number is not in the log as it was written", RESTORE_CATALOGUE),
    "verify.dangling": ("row {row} of {table} refers to a row of {parent} that does not exist", RESTORE_CATALOGUE),
    "verify.pages": (
        "{pages} pages with {characters} characters are recorded; {stored_pages} with {stored_characters} are stored",
        _INDEX_AGAIN,
    ),
    "verify.unknown-state": ("{table}: {state!r} is not a known state", RESTORE_CATALOGUE),
    "verify.state": ("the document is {state}, its file {file_state}", _INDEX_AGAIN),
    "verify.change": ("its last change has the number {change}, which is not in the log", RESTORE_CATALOGUE),
    "verify.log": (
        "the log runs to event {last}, and {missing:,} {missing:event is|events are} missing from it",
        RESTORE_CATALOGUE,
    ),
    "verify.without-document": ("the file was read and has no document", _INDEX_AGAIN),
    "verify.without-file": ("the document was read and has no file", RESTORE_CATALOGUE),
    "verify.copy-inside": (
        "it is recorded as a duplicate, and no document with the same bytes was read",
        "Run 'muniment index': it reads the file that contains it again.",
    ),
    "verify.copy": (
        "the file is recorded as a duplicate of a file with other bytes",
        "Run 'muniment index': it reads the file as a document of its own.",
    ),
    "verify.absent": ("the file is missing", _FETCH_FILE),
    "verify.link": ("a link is in the place of the file", _FETCH_FILE),
    "verify.not-a-file": ("something that is not a file is in its place", _FETCH_FILE),
    "verify.no-access": ("the file cannot be accessed: {reason}", _CHECK_DISK),
    "verify.unreadable": ("the file cannot be read: {reason}", _CHECK_DISK),
    "verify.size": ("the file has {size:,} bytes; {recorded:,} are recorded", _RECORD_CHANGE),
    "verify.bytes": ("the file's bytes are not those recorded", _RECORD_CHANGE),
    "verify.decayed": (
        "the file's bytes are not those recorded, although it was not saved since",
        "Compare it with a backup before you run 'muniment index'.",
    ),
    "verify.decayed-unnoticed": (
        "the file's bytes are not those recorded, although it was not saved since",
        "Compare it with a backup first; 'muniment index' would take it for unchanged.",
    ),
    "verify.unrecorded": ("the file has never been recorded", "Run 'muniment index' to add it."),
    "verify.returned": ("the file is recorded as missing and is back", "Run 'muniment index' to record that."),
    "verify.blocked": (
        "cannot be read: {reason}; the files below it were not checked",
        "Check that the disk is connected and that you may read it.",
    ),
    "verify.stale": ("the index has the changes up to {index_change}, the catalogue up to {change}", _CATCH_UP),
    "verify.index-ahead": (
        "the index has the changes up to {index_change}, the catalogue up to {change}",
        _KEEP_INDEX,
    ),
    "verify.other-catalogue": (
        "the index was not made from this catalogue: their logs differ at change {change:,}",
        _KEEP_INDEX,
    ),
    "verify.manifest": (
        "the manifest says {recorded:,} {recorded:document|documents}, the index contains {count:,}",
        REBUILD_INDEX,
    ),
    "verify.outdated": (
        "the index has the document as of change {index_change}, the catalogue as of change {change}",
        REBUILD_INDEX,
    ),
    "verify.not-indexed": ("the document is not in the index", REBUILD_INDEX),
    "verify.not-catalogued": ("the index contains a document that should not be in it", _KEEP_INDEX),
    "verify.twice": ("the index contains the document {count} times", REBUILD_INDEX),
    "verify.sum": ("{total:,} {label}, but {parts}; the numbers should be equal", RESTORE_CATALOGUE),
    # the log
    "log.not-a-time": ("{since!r} is not a day or a time", "Write it as 2026-03-04 or 2026-03-04T15:30."),
    "log.unknown-kind": ("there is no event of the kind {kind!r}", "Kinds: {known}."),
}
