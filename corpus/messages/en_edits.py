"""English sentences of changes on the archivist's pages: forms that are refused, bulk edits, listings, removals."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.no-such-choice": ("The choice for {field} is none of the form's.", "Load the page anew."),
    "web.erase-unconfirmed": ("Nothing was erased.", "Type the id {id} to confirm."),
    "web.withdrawn-documents": "{count:,} withdrawn",
    "web.withdraw-heading": "Withdraw",
    "web.withdraw-about": (
        "No search and no public page shows it any more. The file stays where it is; the catalogue keeps its "
        "text, and the log who withdrew it, when and why."
    ),
    "web.withdraw-now": "Withdraw it",
    "web.erase-heading": "Erase",
    "web.erase-about": (
        "Its text, its metadata and the details of its log entries are removed for good. This cannot be undone."
    ),
    "web.erase-now": "Erase for good",
    "web.erase-files": "These files are not touched, and still have the content",
    "web.erase-containers": "These files contain it beside other documents",
    "web.erase-documents": "Erased together",
    "web.erase-confirm": "Type {id} to confirm",
    "web.bulk": "Set a value in all of these",
    "web.bulk-about": "This changes {count:,} {count:document|documents}, those of the search: {understood}",
    "web.bulk-preview": "Show what it would change",
    "web.bulk-before": "Now",
    "web.bulk-after": "Afterwards",
    "web.bulk-type": "Type the number of documents, {count}, to confirm",
    "web.bulk-apply": "Change {count:,} {count:document|documents}",
    "web.bulk-done": "{count:,} {count:document was|documents were} changed",
    "web.bulk-logged": "The log has the changes under the name {group}.",
    "web.bulk-undo": "Undo all of it",
    "web.bulk-too-many": ("The search finds more than {most:,} documents.", "Narrow it."),
    "web.bulk-changed": (
        "The search finds {count:,} {count:document|documents} now, another number than was shown.",
        "Look at what would change, and confirm again.",
    ),
    "web.bulk-unconfirmed": ("Nothing was changed.", "Type the number of documents, {count}, to confirm."),
    "web.listing": "Listing",
    "web.listing-about": "A listing says titles, dates and categories of documents: a saved web page, a table, or text "
    "that was copied from one. It is tried first, and changes nothing until you import it.",
    "web.listing-file": "File (CSV, HTML or text)",
    "web.listing-text": "Or paste it",
    "web.listing-name": "Name of the listing; one of the same name is replaced",
    "web.listing-try": "Try it",
    "web.listing-apply": "Import it",
    "web.listing-undo": "Undo an import",
    "web.listing-undo-name": "Listing; the newest import without a name",
    "web.listing-items": "{items:,} {items:item|items} understood, {here:,} of them here; {changes:,} "
    "{changes:value|values} would change.",
    "web.listing-missing": "{count:,} listed and not here",
    "web.listing-unlisted": "{count:,} here and not listed",
    "web.listing-conflicts": "{count:,} {count:value|values} on which another listing disagrees",
    "web.no-listing": ("No listing was sent.", "Choose a file, or paste the text of one."),
    "web.no-listing-name": ("The listing has no name.", "Give it one, so that it can be replaced and undone."),
    "web.nothing-listed": ("The listing names no document: {reason}", "Look at docs/listings.md for what can be read."),
    "web.listing-tried": "Nothing is changed yet.",
    "web.listing-choose": (
        "These rows would change something. Rows that you untick are left out, as if the listing did not have them."
    ),
    "web.listing-import": "Import",
    "web.listing-row": "Row",
    "web.listing-item": "Document",
    "web.listing-changes": "What would change",
    "web.listing-new": "not here; recorded as listed",
    "web.listing-disagrees": "Another listing disagrees on",
    "web.listing-more-rows": (
        "{count:,} more {count:row|rows} would change something too, and {count:is|are} imported with the rest."
    ),
    "web.listing-no-change": "No value would change.",
    "web.listing-apply-chosen": "Import the chosen rows",
    "web.listing-gone": "{count:,} listed before and not any more",
    "web.listing-another": "Try another listing",
    "web.listing-done": "{count:,} {count:item was|items were} imported.",
    "web.listing-left": "{count:,} {count:row was|rows were} left out, as you chose.",
    "web.job-has-archive": ("Nothing was saved, because a job is running: {title}.", "Save again when it has ended."),
    "web.see-job": "See how far it is",
    "web.no-own-value": (
        "No value is typed.",
        "Type one, or choose “There is none” where the document has none.",
    ),
    "web.new-category": (
        "{category!r} is not a category of this archive.",
        "Correct it, or say that you want it as a new one.",
    ),
    "web.add-category": "Yes, make {category!r} a new category",
    "web.changed-meanwhile": "Changed after this form was loaded; it is now",
    "web.bulk-undone": "The change of {count:,} {count:document|documents} was undone",
    "web.bulk-undone-on": "Undone on {day} in {count:,} {count:document|documents}.",
    "web.bulk-undone-by": "Undone on {day} by {person} in {count:,} {count:document|documents}.",
    "web.bulk-newer-kept": "Newer values were kept.",
    "web.bulk-no-change": ("Nothing was changed: all documents have that value already.", "Choose another."),
    "web.bulk-all-newer": ("Nothing was undone: every document has got a newer value since.", "See the log."),
    "web.no-such-bulk": ("The log has no change of several documents named {group}.", "See the log for those it has."),
    "web.category-is-new": "{category!r} is not a category of this archive yet.",
    "web.saved": "Saved",
    "web.saved-nothing": "Nothing was changed: all values were kept.",
    "web.listing-forgotten": (
        "The listing was imported, or its import undone, before the server was started again. "
        "The log has its documents."
    ),
    "web.listing-undone": "The import of {listing} was undone.",
    "web.listing-changed": "{count:,} {count:value was|values were} changed.",
}
