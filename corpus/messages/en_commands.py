"""English sentences: messages of commands.

Areas: command, open. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "command.unknown": "There is no command {command!r}. Did you mean {suggestion!r}?",
    "command.interrupted": (
        "interrupted",
        "What was recorded before is kept; run the command again to do the rest.",
    ),
    "command.system-error": (
        "{place}: {reason}",
        "Check that the file or folder exists, that you may use it and that the disk has room; then try again.",
    ),
    "command.watch-and-dry-run": ("--watch and --dry-run exclude each other", "Leave one of them out."),
    "command.ids-and-query": ("both ids and --query were given", "Name documents by their ids, or by a query."),
    "command.csv-of-a-list": ("--csv prints a list of documents", "Add --list STATE, and leave out --json."),
    "command.two-formats": ("{first} and {second} exclude each other", "Leave one of them out."),
    "command.table-needed": ("{option} belongs to a table", "Add --csv, --tsv or --jsonl, or leave {option} out."),
    "command.table-ending": (
        "{path}: its ending names no kind of table",
        "Add --csv, --tsv or --jsonl, or let the name end in .csv, .tsv or .jsonl.",
    ),
    "command.rows-of-all": "the table has {count:,} {count:row|rows} of {total:,}; --all makes it whole",
    "command.written": "wrote {path} with {count:,} {count:row|rows}, and {record}",
    "command.all-and-conflicts": ("--all and --conflicts exclude each other", "Leave one of them out."),
    "command.archive-taken": "using the archive {archive}",
    "command.unknown-letter": (
        "There is no option -{letter}. To leave out documents with the word {letter}, write NOT {letter}; or write --"
        " before the query."
    ),
    "command.read-as-words": ("read as {count} separate words, all of them required; for the phrase: {command}"),
    "command.read-as-any-words": ("read as {count} separate words, one of them required; for the phrase: {command}"),
    "command.read-as-field": "{field}: was read as applying to “{word}” alone; for the phrase: {command}",
    "command.redirected": (
        "the shell took > for the name of a file, and the answer is in {name}; in single quotes it is part of the"
        " query: {command}"
    ),
    "command.ambiguous-id": ("{id!r} begins several ids: {candidates}", "Type more of the id."),
    "open.opened": "opened {path}",
    "open.turn-to-page": "your viewer cannot be told the page; turn to page {page}",
    "open.changed": "the file has changed since it was read; 'muniment index' records that",
    "open.container": "the document is a part of this file: {part}",
    "open.discloses": (
        "opening this file may load pictures and other content from the internet, which tells their owners that it was"
        " opened, when and where, and it may run macros; without --original its text is shown"
    ),
    "open.withdrawn": ("{id} is {state}; its file is not opened", "To see who did that and why: muniment show {id}"),
    "open.no-file": (
        "{id} has no file: only a listing names it",
        "To see what the listing says: muniment show {id}",
    ),
    "open.missing": ("{path}: the file is missing", "Its text is kept: muniment show {id}"),
    "open.not-a-file": (
        "{path}: is not the file that was read: a link or something else is in its place",
        "It is not opened. The text that was read is kept: muniment show {id}",
    ),
    "open.unconfirmed": (
        "{path}: outside the archive, in a folder that nobody named on this machine",
        "If the folder is yours, name it once: muniment index FOLDER",
    ),
    "open.no-viewer": (
        "{path}: no program here opens files",
        "Open it yourself, or install xdg-utils.",
    ),
    "open.viewer-failed": (
        "{path}: the system's viewer could not open it",
        "Open it yourself, or choose a viewer.",
    ),
    "command.watching": "waiting for files; press Ctrl-C to stop",
    "command.erase-confirm": "Erase the words of these documents from the archive for good?",
    "command.erase-unconfirmed": ("nothing was erased: nobody confirmed it", "Add --yes where nobody can be asked."),
    "command.no-correction": ("no correction was given", "Give a field and its correct value: {options}; or --reset."),
    "command.nothing-listed": (
        "{path}: no item could be recognised{reason}",
        "docs/listings.md describes the forms of listings that are recognised.",
    ),
    "command.listing-note": "{place}: {note}",
    "command.withdrawn-inside": "{path}: the bag's copy of this file contains a document that was withdrawn",
    "command.left-out": "left out: {path}: {reason}",
    "command.log-limited": "only the newest {limit:event is|{limit:,} events are} shown; use --limit for more",
    "command.option-after-dashes": "Write {option} before '--'. Everything after '--' belongs to the query.",
}
