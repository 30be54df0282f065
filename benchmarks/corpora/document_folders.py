"""An archive of real documents, indexed as a user does it, and the same documents as rows for its peers."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora.text_rows import TextRow
from benchmarks.measures.process_usage import ROOT, plain_environment
from search import Request, open_archive

_HITS_PER_REQUEST = 500


def index_folders(archive: Path, folders: Sequence[Path]) -> None:
    """Index folders of documents into a new archive by ``muniment index``."""
    shutil.rmtree(archive, ignore_errors=True)
    archive.mkdir(parents=True)
    command = [sys.executable, "-m", "muniment", "--archive", str(archive.resolve()), "index"]
    subprocess.run(
        [*command, *(str(folder.resolve()) for folder in folders)],
        cwd=ROOT, env=plain_environment(), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def archive_rows(archive: Path) -> Iterator[TextRow]:
    """Yield every document of an archive, its pages joined."""
    with open_archive(archive) as opened:
        total = opened.search(Request(limit=0)).total
        for offset in range(0, total, _HITS_PER_REQUEST):
            for hit in opened.search(Request(limit=_HITS_PER_REQUEST, offset=offset, passages=0)).hits:
                text = "\n\n".join(page.text for page in opened.texts(hit.id))
                yield TextRow(hit.id, hit.title, hit.date or "", hit.category or "", text)
