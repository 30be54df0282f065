"""English sentences: what a run reports while it works.

Areas: run, ocr. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    "run.no-such-archive": ("{folder}: no such folder", "Create it first, or name another one with --archive."),
    "run.unreadable-folder": (
        "{folder}: cannot be read: {cause}",
        "Check the name, the folder's permissions or the disk.",
    ),
    "run.not-a-folder": (
        "{folder}: neither a folder nor a file with content",
        "Name a folder or a file; pipes and devices cannot be indexed.",
    ),
    "run.sidecar": "describes the file beside it",
    "run.bag-restored": "restored from the bag, with its ids, corrections and log",
    # Reasons that are stored with files and documents.
    "run.unreadable-file": "cannot be read: {cause}",
    "run.copy": "the same bytes as {path}",
    "run.copy-of-failed": "the same bytes as {path}: {reason}",
    "run.part-removed": "no longer in its file",
}
