"""The token that lets a user's browser in: one for each user and archive, kept so that bookmarks outlive a restart."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from corpus.trust.untrusted_files import read_regular
from corpus.trust.user_table import real_path, state_folder

TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_MAX_FILE_BYTES = 200


def token_of_archive(archive: Path, *, renew: bool = False) -> str:
    """Return the user's token for an archive; make one where there is none, or where another is wanted.

    Where the user's folder cannot be written to, the token is good for this run alone.
    """
    path = private_file(archive, "tokens")
    if not renew:
        with suppress(OSError, ValueError, RuntimeError):
            text = read_regular(path, _MAX_FILE_BYTES).decode("ascii").strip()
            if _TOKEN.fullmatch(text):
                return text
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with suppress(OSError):
        write_private(path, token)
    return token


def private_file(archive: Path, kind: str) -> Path:
    """Return where something about an archive is kept for this user. Its name tells nobody which archive that is."""
    return state_folder() / kind / archive_digest(archive)


def archive_digest(archive: Path) -> str:
    """Return the name under which the user's folder has something of an archive."""
    return hashlib.sha256(os.fsencode(real_path(archive))).hexdigest()[:32]


def write_private(path: Path, text: str) -> None:
    """Write a file that this user alone can read, in one step.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
