"""English sentences of search records, saved searches, feeds and review sets."""

from __future__ import annotations

_STORE = "It has searches and notes of a researcher. Restore it from a backup, or name another folder with --in."

SENTENCES: dict[str, str | tuple[str, str]] = {
    "research.store-foreign": ("{path}: not a store of records and reviews", "Name another folder with --in."),
    "research.store-version": (
        "{path}: store version {version}, this program reads version {ours}",
        "Use the version of Muniment that wrote it.",
    ),
    "research.store-damaged": ("{path}: the store is damaged: {reason}", _STORE),
    "research.record-damaged": ("{path}: record {number} is damaged", _STORE),
    "research.store-too-large": (
        "{path}: the store is larger than {most:,} MiB",
        "Remove records that are not needed, or name another folder with --in.",
    ),
    "research.store-of-another": (
        "{path}: the store is another archive's",
        "Name a folder of its own for each archive with --in.",
    ),
    "research.store-no-folder": ("{folder} is not a folder, or a link to one", "Name the folder itself with --in."),
    "research.store-not-there": (
        "{folder}: there is no such folder",
        "Check what --in names; 'record make', 'saved add' and 'review new' make the folder.",
    ),
    "research.store-unnamed": ("the name of the folder is empty", "Name a folder with --in, or leave --in out."),
    "research.store-of-another-user": (
        "{path}: the store belongs to another user of this machine",
        "Name a folder of your own with --in.",
    ),
    "research.no-feed": (
        "no feed has this address, which may have been revoked",
        "Ask whoever gave it to you for a new one.",
    ),
    "research.no-search": (
        "the form has no search",
        "Go back to the results, and follow the link below them.",
    ),
    "research.store-in-archive": (
        "{folder}: records and reviews are not kept in an archive, with which they would be given away",
        "Name a folder outside of it.",
    ),
    "research.stores-ambiguous": (
        "several stores can be this archive's, which was moved or copied: {folders}",
        "Say which one with --in.",
    ),
    "research.empty-archive": (
        "{archive}: nothing is indexed here, so there is nothing to keep a record of",
        "Index files first: muniment index.",
    ),
    "research.not-a-request": ("a stored search cannot be read", _STORE),
    "research.no-name": ("the name is empty", "Type a name."),
    "research.no-such-record": ("there is no record {number}", "'record list' shows which there are."),
    "research.no-such-search": ("there is no saved search {name!r}", "'saved list' shows which there are."),
    "research.search-exists": (
        "there is a saved search {name!r} already",
        "Choose another name, or remove that one with 'saved remove'.",
    ),
    "research.no-such-review": ("there is no review {name!r}", "'review list' shows which there are."),
    "research.review-exists": (
        "there is a review {name!r} already",
        "Choose another name, or add the search to it with 'review add'.",
    ),
    "research.not-in-review": (
        "document {id} is not in the review {name!r}",
        "'review show NAME' shows those that are.",
    ),
    "research.nothing-to-settle": (
        "document {id}: the two readers have not decided differently on it, so there is nothing to settle",
        "Record what each of them decided, with --reader 1 and --reader 2.",
    ),
    "research.settled": (
        "document {id}: this would end the disagreement of the two readers, which they have settled",
        "Take back first what they agreed on: 'unseen' with --reader agreed.",
    ),
    "research.no-such-decision": ("{text!r} is no decision", "Decisions: {known}."),
    "research.no-such-reader": ("{text!r} is no reader", "Readers: {known}."),
    "research.not-a-review-table": (
        "{file}: no table or RIS file of a review",
        "Import what 'review export' wrote, with its columns 'id' and 'decision'.",
    ),
    "research.import-too-large": ("{file}: larger than {most:,} MiB", "Import what 'review export' wrote."),
    "research.file-exists": ("{file}: there is a file of this name", "Choose another name; nothing is overwritten."),
    "erase.researcher-store": (
        "words of erased documents cannot be removed from your records and reviews: {reason}",
        "Run 'muniment index' when that is mended.",
    ),
    "methods.searched": (
        "On {day}, the archive {archive} with {documents:,} searchable {documents:document|documents} was searched with"
        " Muniment {version}."
    ),
    "methods.years": "Its dated documents are from {first} to {last}; {undated:,} {undated:is|are} undated.",
    "methods.query": "The query was: {query}. It was understood as: {understood}.",
    "methods.any-words": "The query, of which any word sufficed, was: {query}. It was understood as: {understood}.",
    "methods.everything": "All documents were asked for.",
    "methods.limits": "The search was limited to {limits}.",
    "methods.no-limits": "No limits were applied.",
    "methods.limit": "{field}: {value}",
    "methods.limit-without": "without {field}: {value}",
    "methods.reason": "The reason for this was: {reason}.",
    "methods.total": "It found {total:,} {total:document|documents}.",
    "methods.copies": (
        "Copies with the same bytes ({copies:,} in the archive) were counted once; versions of a document were not"
        " merged."
    ),
    "methods.not-searched": (
        "Not searchable were {failed:,} {failed:file|files} that could not be read, {listed:,} listed"
        " {listed:document|documents} without a file, {missing:,} whose file is gone, and {withdrawn:,} withdrawn or"
        " erased."
    ),
    "methods.in-part": (
        "Of the searchable documents, {partial:,} {partial:was|were} read in part only, and {textless:,}"
        " {textless:has|have} no text and can be found by {textless:its|their} metadata alone."
    ),
    "methods.analysis": (
        "Words were compared without regard to case and accents and by their stems (analyser version {analyser}), with"
        " {groups:,} {groups:group|groups} of equivalent terms."
    ),
    "methods.record": (
        "The list of documents with their digests is search record {number} (state {change} of the archive)."
    ),
    "prisma-s.database": "{archive}, searched with Muniment {version}",
    "prisma-s.strategy": "Typed: {query} - understood: {understood}.",
    "prisma-s.strategy-any": "Typed: {query} (any word) - understood: {understood}.",
    "prisma-s.no-limits": "no limits",
    "prisma-s.filters": (
        "No published search filter. {groups:,} {groups:group|groups} of equivalent terms of the archive were applied."
    ),
    "prisma-s.no-update": "not updated yet; 'muniment record diff {number}' says what has changed",
    "prisma-s.update": (
        "{new:,} new, {withdrawn:,} withdrawn, {gone:,} not found any more, {text:,} with another text and {metadata:,}"
        " with other metadata since"
    ),
    "prisma-s.total": "{total:,} {total:document|documents}",
    "prisma-s.copies": (
        "Copies with the same bytes ({copies:,} in the archive) are found once. Versions and translations are suggested"
        " and never merged."
    ),
    "records.yours": "Saved and on record",
    "records.saved": "Saved searches",
    "records.records": "Records",
    "records.reviews": "Reviews",
    "records.kept-where": "These are yours: they are kept in a folder of your own, never in the archive.",
    "records.keep": "Save, record or screen this search",
    "records.save": "Save the search",
    "records.put": "Put it on record",
    "records.screen-these": "Screen its documents",
    "records.name": "Name",
    "records.note": "Note",
    "records.reason-for-limits": "Why it is limited as it is",
    "records.add-to": "Add to the review",
    "records.new-review": "Name of a new review",
    "records.reasons": "Reasons to leave documents out, one on each line",
    "records.new-since": "{count:,} new since {date}.",
    "records.seen": "I have seen these",
    "records.feed": "Atom feed",
    "records.feed-key": "Its address opens this feed alone. Whoever has it can read the feed while this server runs.",
    "records.make-feed": "Make a feed",
    "records.revoke-feed": "Revoke the feed",
    "records.remove": "Remove for good",
    "records.cannot-undo": "This cannot be undone.",
    "records.none-saved": "No search is saved. Search, then choose “{link}” on the page of results.",
    "records.none-on-record": "No search is on record. Search, then choose “{link}” on the page of results.",
    "records.none-in-review": "There is no review. Search, then choose “{link}” on the page of results.",
    "records.record": "Record {number}",
    "records.forged": "This record was changed after it was made.",
    "records.changes": "What has changed since",
    "records.then-and-now": "{then:,} then, {now:,} now.",
    "records.nothing-changed": "Nothing has changed since.",
    "records.understood-otherwise": "The query is understood in another way now: {understood}.",
    "records.change.new": "New",
    "records.change.withdrawn": "Withdrawn or erased",
    "records.change.gone": "Not found any more",
    "records.change.text_changed": "Text changed",
    "records.change.metadata_changed": "Metadata changed",
    "records.unexplained": "Nothing in the log: the query is understood, or the archive set, in another way than then.",
    "records.files": "For your paper",
    "records.file.methods": "Methods paragraph",
    "records.file.prisma-s": "PRISMA-S checklist",
    "records.file.csv": "Table of documents (CSV)",
    "records.file.changes": "Table of changes (CSV)",
    "records.file.json": "JSON",
    "records.file.ro-crate": "Research object (RO-Crate)",
    "records.file-of-review.csv": "Table (CSV)",
    "records.file-of-review.ris": "RIS",
    "records.file-of-review.flow": "Flow as a table (CSV)",
    "records.file-of-review.svg": "Flow as a drawing (SVG)",
    "records.progress": "{done:,} of {count:,} done.",
    "records.settled": "{done:,} of {count:,} disagreements settled.",
    "records.not-searched": (
        "Not searched: {failed:,} {failed:file|files} failed, {listed:,} listed, {missing:,} missing, {without:,}"
        " without text."
    ),
    "records.kappa-jumps": (
        "With few documents, or when nearly all are decided alike, kappa jumps: report the number of agreements"
        " beside it."
    ),
    "records.screen-as.1": "Screen as first reader",
    "records.screen-as.2": "Screen as second reader",
    "records.screen-as.agreed": "Settle disagreements",
    "records.reader.1": "First reader",
    "records.reader.2": "Second reader",
    "records.reader.agreed": "Both readers",
    "records.decision.relevant": "Relevant",
    "records.decision.not": "Not relevant",
    "records.decision.maybe": "Maybe",
    "records.decision.unseen": "Not yet screened",
    "records.reason": "Reason",
    "records.own-reason": "Another reason",
    "records.later": "Later",
    "records.space": "space",
    "records.take-back": "Take it back",
    "records.whole": "Open the document",
    "records.nothing-left": "Nothing is left to decide on.",
    "records.flow": "Numbers of the review",
    "records.agreement": "Both readers decided alike on {agreed:,} of {count:,}; Cohen’s kappa: {kappa}.",
    "records.agreement-only": "Both readers decided alike on {agreed:,} of {count:,}; Cohen’s kappa is not defined.",
    "records.read-back": "Read decisions back",
    "records.file-to-read-back": "The table or RIS file, with your decisions",
    "records.decisions-read": "Decisions read: {count:,}. Ids in the file that are not in this review: {unknown:,}.",
    "records.documents": "Its documents",
    "flow.identified": "Identified by searches",
    "flow.duplicates-removed": "Duplicates removed",
    "flow.records": "To be screened",
    "flow.not-retrievable": "Not retrievable",
    "flow.not-yet-screened": "Not yet screened",
    "flow.screened": "Screened",
    "flow.excluded": "Excluded",
    "flow.undecided": "Undecided",
    "flow.included": "Included",
    "flow.maybe": "Maybe",
    "flow.readers-disagree": "Readers disagree",
    "flow.no-reason-given": "No reason given",
}
"""The sentences by code; of an error with its hint."""
