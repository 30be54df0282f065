"""The folders in which bags are made, and those that killed exports have left.

A bag is made in a folder beside its place and then moved there. A file in the user's state folder names that folder and
is locked for as long as the export lives, so that the next run or export finds what a killed one has left.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.trust.untrusted_files import read_regular
from corpus.trust.user_table import state_folder

_RECORDS = "bag-drafts"
"""Folder, in the user's state folder, with a file for each draft."""
DRAFT_ENDING = ".muniment-draft"
"""The end of the name of a folder in which a bag is made."""
_DRAFT_NAME = re.compile(rf"\..+\.[0-9a-f]{{16}}{re.escape(DRAFT_ENDING)}")
_MAX_RECORD_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class BagDraft:
    """A folder that a killed export has left, and the archive that was exported."""

    path: Path
    archive: str
    record: Path


@contextmanager
def bag_draft(archive: Path, target: Path) -> Iterator[Path]:
    """Make an empty folder beside the place of a bag. What is still there when the block ends is removed.

    Raises:
        OSError: the folder cannot be made.
    """
    token = secrets.token_hex(8)
    draft = target.with_name(f".{target.name[:100]}.{token}{DRAFT_ENDING}")
    with ExitStack() as stack:
        with suppress(OSError):  # without a state folder, nobody learns of a killed export's draft
            stack.enter_context(_recorded(token, {"archive": str(archive), "draft": str(draft)}))
        draft.mkdir(mode=0o700)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def abandoned_drafts(archive: Path | None = None) -> list[BagDraft]:
    """Return the drafts that killed exports of this user have left, those of one archive or of all."""
    drafts = []
    for record in sorted((state_folder() / _RECORDS).glob("*.json")):
        with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
            table = json.loads(read_regular(record, _MAX_RECORD_BYTES))
            draft = BagDraft(Path(table["draft"]), str(table["archive"]), record)
            if archive in {None, Path(draft.archive)} and _is_ours(draft.path) and _is_abandoned(record):
                drafts.append(draft)
    return drafts


def remove_abandoned_drafts() -> list[Path]:
    """Remove the drafts that killed exports of this user have left, and return their paths."""
    removed = []
    for draft in abandoned_drafts():
        with suppress(OSError):
            shutil.rmtree(draft.path)
            draft.record.unlink()
            removed.append(draft.path)
    return removed


@contextmanager
def _recorded(token: str, table: dict[str, str]) -> Iterator[None]:
    """Keep a locked record of a draft during the block."""
    folder = state_folder() / _RECORDS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    record = folder / f"{token}.json"
    with record.open("x", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stream.write(json.dumps(table))
        stream.flush()
        try:
            yield
        finally:
            record.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    """Return whether a path is a folder that an export of this user has made."""
    status = path.lstat()
    named = path.is_absolute() and _DRAFT_NAME.fullmatch(path.name)
    return bool(named) and path.is_dir() and not path.is_symlink() and status.st_uid == os.getuid()


def _is_abandoned(record: Path) -> bool:
    with record.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
    return True
