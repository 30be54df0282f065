"""English sentences of the archivist's pages: steps, events, verification, queue, listings, export."""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "web.number": "{number:,}",
    "web.arrow": "→",
    "web.bytes": "{size:,} bytes",
    "web.kib": "{size:,} KB",
    "web.mib": "{size:,} MB",
    "web.gib": "{size:,} GB",
    # Steps of a run for one file, by their values.
    "step.added": "new",
    "step.changed": "changed",
    "step.moved": "moved",
    "step.duplicate": "duplicate",
    "step.retried": "read again",
    "step.removed": "no longer there",
    # Kinds of events in the log, by their stored values.
    "event.added": "added",
    "event.changed": "changed",
    "event.begun": "begun",
    "event.retried": "tried again",
    "event.reread": "read again",
    "event.moved": "moved",
    "event.returned": "came back",
    "event.removed": "no longer there",
    "event.duplicate": "duplicate",
    "event.copies": "copies",
    "event.failed": "failed",
    "event.unreadable": "unreadable",
    "event.recognising": "being recognised",
    "event.recognised": "recognised",
    "event.ocr-interrupted": "OCR interrupted",
    "event.listed": "listed",
    "event.arrived": "arrived",
    "event.imported": "listing imported",
    "event.unlisted": "no longer listed",
    "event.import-undone": "import undone",
    "event.corrected": "corrected",
    "event.withdrawn": "withdrawn",
    "event.restored": "restored",
    "event.erased": "erased",
    "event.unpacked": "bag restored",
    # Details of events, by their keys.
    "log-detail.state": "State",
    "log-detail.reason": "Reason",
    "log-detail.who": "By",
    "log-detail.group": "Group",
    "log-detail.reader": "Reader",
    "log-detail.listing": "Listing",
    "log-detail.items": "Items",
    "log-detail.copies": "Copies",
    "log-detail.now": "Now",
    "log-detail.files": "Files",
    # The overview.
    "web.sizes": "Sizes",
    "web.originals": "Originals",
    "web.index": "Index",
    "web.verification": "Verification",
    "web.never-verified": "Not verified from these pages yet.",
    "web.verified-fully": "Every byte was compared on {day} ({days:,} {days:day|days} ago).",
    "web.verified-quickly": "Presence and sizes were checked on {day} ({days:,} {days:day|days} ago).",
    "web.verified-well": "{files:,} {files:file agrees|files agree} with what was recorded.",
    "web.orphans": "{count:,} unused {count:file|files} of the index ({size}); the next run removes them.",
    "web.job.verify-quick": "Check presence and sizes",
    "web.difference": "{problem}. {advice}",
    "web.sum": "{total:,} {label} = {parts}",
    "web.sum-part": "{count:,} {name}",
    "web.sum-parts": "{left} + {count:,} {name}",
    # Failures.
    "web.retry-group": "Read {count:,} {count:file|files} again",
    "web.retry-one": "Read again",
    "web.nothing-to-retry": ("No such file waits to be read again.", "Load the list of failures anew."),
    "web.job.retry": "Read {count:,} {count:file|files} again",
    "web.reader": "Reader",
    # The queue.
    "web.queue.uncertain": "Low confidence",
    "web.queue.day-month": "Day or month first?",
    "web.queue-about.conflicts": "Trusted sources give these fields different values.",
    "web.queue-about.uncertain": "These values are guesses, or nothing better was there.",
    "web.queue-about.day-month": "Printed as 03/04/2018, a date is 3 April for some and 4 March for others.",
    "web.queue-about.versions": "Pairs that may be one text in several languages. Compare them; nothing is merged.",
    "web.off-list": "No longer in this list",
    "web.first-page-image": "The first page",
    "web.first-page-text": "The beginning of the text",
    "web.log-show": "Show",
    # A listing.
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
    # Export and the check before it.
    "web.export-bag": "A bag of the whole archive",
    "web.export-files": "{count:,} {count:original|originals}, {size}",
    "web.export-documents": "The table and the catalogue of {count:,} {count:document|documents}",
    "web.export-missing": "{count:,} {count:file is|files are} missing and cannot be exported",
    "web.export-withdrawn": "{count:,} withdrawn {count:document is|documents are} left out, unless you tick it below",
    "web.export-table": "The table alone",
    "web.export-table-about": (
        "Title, date, category and the other values of every searchable document, without texts and files:"
    ),
    "web.harm-heading": "Before you pass it on",
    "web.harm-about": (
        "Counts e-mail addresses, phone numbers and the names that you give in everything that would be "
        "exported, and names the documents. The list of names is not kept. A count of zero proves nothing: "
        "read what you pass on."
    ),
    "web.harm-names": "Names to look for, one a line",
    "web.harm-file": "Or a text file with one name a line",
    "web.harm-check": "Look for them",
    "web.job.harm": "Look for addresses, numbers and names",
    "web.job.looking": "reading texts",
    "web.harm-total": (
        "{documents:,} {documents:document was|documents were} looked through; something was found in {found:,}."
    ),
    "web.harm-total-mails": "{count:,} e-mail {count:address|addresses}",
    "web.harm-total-phones": "{count:,} phone {count:number|numbers}",
    "web.harm-total-names": "{count:,} {count:occurrence|occurrences} of the names",
    "web.harm-counts": "e-mail addresses {mails:,}, phone numbers {phones:,}, names {names:,}",
    # Reasons of failures, put together.
    "failures.part": "a part",
    "failures.none": "no reason recorded",
}
