"""English sentences: messages of commands.

Areas: command. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "command.unknown": "There is no command {command!r}. Did you mean {suggestion!r}?",
    "command.interrupted": ("interrupted", "What was recorded so far is kept. Run the command again to continue."),
    "command.system-error": ("{place}: {reason}", "Solve this problem and run the command again."),
    "command.watch-and-dry-run": ("--watch and --dry-run exclude each other", "Leave one of them out."),
    "command.all-and-conflicts": ("--all and --conflicts exclude each other", "Leave one of them out."),
    "command.watching": "waiting for files; press Ctrl-C to stop",
    "command.no-correction": ("no correction was given", "Give a field and its correct value: {options}; or --reset."),
    "command.nothing-listed": (
        "{path}: no item could be recognised{reason}",
        "docs/listings.md describes the forms of listings that are recognised.",
    ),
    "command.listing-note": "{place}: {note}",
    "command.left-out": "left out: {path}: {reason}",
    "command.log-limited": "only the newest {limit:,} {limit:event|events} are shown; use --limit for more",
    "command.option-after-dashes": "Write {option} before '--'. Everything after '--' belongs to the query.",
}
