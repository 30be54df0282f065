"""The system's viewer: started with a file, and at a page where it is known how."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from corpus.errors import ArchiveError

_OPENERS = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview")
"""Programs that start the viewer which the user has chosen for a kind of file."""
_PAGE_OPTIONS = {
    "evince": "--page-index={page}",
    "atril": "--page-index={page}",
    "xreader": "--page-index={page}",
    "okular": "--page={page}",
    "zathura": "--page={page}",
}
"""Options of viewers of PDF that begin at a page. Openers pass none on."""
_MAX_START_SECONDS = 5.0
"""Time in which an opener reports that it cannot open a file; one that takes longer is showing it."""


def open_in_viewer(path: Path, page: int | None = None) -> bool:
    """Open a file in the system's viewer, and return whether it begins at the page asked for.

    Raises:
        ArchiveError: there is no viewer, or it cannot open the file.
    """
    if page and (command := _viewer_at_page(path, page)):
        _start(command, path)
        return True
    opener = next((program for name in _OPENERS if (program := shutil.which(name))), None)
    if opener is None:
        raise ArchiveError("open.no-viewer", path=path)
    _start([opener, str(path)], path)
    return page in {None, 1}


def _viewer_at_page(path: Path, page: int) -> list[str]:
    """Return the call of the user's viewer for PDF at a page; nothing where it is not known how."""
    if path.suffix.lower() != ".pdf" or not (asking := shutil.which("xdg-mime")):
        return []
    chosen = ""
    with suppress(OSError, subprocess.TimeoutExpired):
        command = [asking, "query", "default", "application/pdf"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_MAX_START_SECONDS, check=False)
        chosen = done.stdout.lower()
    for name, option in _PAGE_OPTIONS.items():
        if name in chosen and (viewer := shutil.which(name)):
            return [viewer, option.format(page=page), str(path)]
    return []


def _start(command: list[str], path: Path) -> None:
    """Start a program that outlives this one, and wait a moment for it to fail."""
    nothing = subprocess.DEVNULL
    try:
        viewer = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    except OSError as error:
        raise ArchiveError("open.no-viewer", path=path) from error
    with suppress(subprocess.TimeoutExpired):
        if viewer.wait(_MAX_START_SECONDS):
            raise ArchiveError("open.viewer-failed", path=path)
