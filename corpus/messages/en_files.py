"""English sentences: why a file could not be read, or only in part; stored as a reason.

Areas: file. See `corpus.messages` for how a sentence is written.
"""

from __future__ import annotations

SENTENCES: dict[str, str | tuple[str, str]] = {
    # The limits of the process that reads a file.
    "file.wall-time": "took longer than {seconds:g} s to read",
    "file.cpu-time": "took more than {seconds} s of processor time to read",
    "file.memory": "needed more memory to read than one document is allowed",
    "file.reader-ended": "its reader ended (code {code})",
    "file.reader-crashed": "its reader crashed with {signal}",
    "file.reader-failed": "its reader failed with {error}",
    "file.result-unsendable": "what was read cannot be passed on ({error})",
    "file.result-too-large": "what was read is larger than {mib:,} MiB",
}
