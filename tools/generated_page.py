"""Pages that programs for developers write: over the page that they wrote before, and over nothing else."""

from __future__ import annotations

from pathlib import Path


def write_page(path: Path, text: str) -> None:
    """Write a page to a file that is new, or that begins with the same line as the page.

    Raises:
        SystemExit: the file is another, which somebody wrote.
    """
    if (
        path.exists()
        and path.read_text(encoding="utf-8", errors="replace").partition("\n")[0] != text.partition("\n")[0]
    ):
        raise SystemExit(f"{path}: is not a page that this program wrote; name another file")
    path.write_text(text, encoding="utf-8")
