"""Each content is one document, wherever and however often its bytes are, after any changes to a folder."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections import Counter
from itertools import count
from pathlib import Path

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from corpus.document import SEARCHABLE, State
from indexer.archivist.verify.verify import verify
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from tests.support import found_paths, opened_catalogue

EXAMPLES = 5
"""Histories tried; each run of one takes about 0.1 s, and hypothesis begins with small ones."""

TEXTS = tuple(f"Report {number}\n\nWords on detention, number {number}.\n" for number in range(4))
CONTAINERS, FILES = ("a.zip", "m/b.zip", "z.zip"), ("0.txt", "m/n.txt", "x.txt")

NUMBERS = count()

members = st.lists(st.tuples(st.sampled_from(("p.txt", "q.txt", "s/p.txt")), st.sampled_from(TEXTS)), min_size=1)
changes = st.one_of(
    st.tuples(st.just("pack"), st.sampled_from(CONTAINERS), members.map(dict)),
    st.tuples(st.just("write"), st.sampled_from(FILES), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from((*CONTAINERS, *FILES)), st.none()),
    st.tuples(st.just("move"), st.sampled_from(CONTAINERS), st.sampled_from(CONTAINERS)),
)
histories = st.lists(st.lists(changes, min_size=1, max_size=4), min_size=1, max_size=5)


def pack(path: Path, texts: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = str(
            next(NUMBERS)
        ).encode()  # two files with the same bytes would be one, and the other not read
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(name), text)


def carry_out(folder: Path, what: str, name: str, value: object) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(value, dict):
        pack(path, value)
    elif what == "write":
        path.write_text(str(value))
    elif what == "delete":
        path.unlink(missing_ok=True)
    elif path.exists():
        (folder / str(value)).parent.mkdir(exist_ok=True)
        path.rename(folder / str(value))


def places(folder: Path) -> dict[str, str]:
    """Return the digest of the bytes at every place that is a document, by path and address."""
    contents: dict[str, bytes] = {}
    for path in folder.glob("**/[!.]*"):
        name = str(path.relative_to(folder))
        if name.endswith(".zip") and path.is_file():
            with zipfile.ZipFile(path) as archive:
                contents |= {f"{name} > {member}": archive.read(member) for member in archive.namelist()}
        elif path.is_file() and not name.startswith("."):
            contents[name] = path.read_bytes()
    return {place: f"sha256:{hashlib.sha256(content).hexdigest()}" for place, content in contents.items()}


def recorded_places(folder: Path) -> dict[str, tuple[str, State]]:
    """Return digest and state of every document or file that the catalogue has as present, by path and address."""
    with opened_catalogue(folder) as catalogue:
        rows = catalogue.rows(
            "SELECT f.path || iif(d.part = '', '', ' > ' || d.part), d.digest, d.state FROM documents d"
            " JOIN files f ON f.key = d.file WHERE d.state <> 'missing'"
            " UNION ALL SELECT path, digest, state FROM files WHERE state = 'duplicate'"
        )
    assert len({row[0] for row in rows}) == len(rows)
    return {place: (digest, State(state)) for place, digest, state in rows}


def check(folder: Path) -> None:
    expected, recorded = places(folder), recorded_places(folder)
    assert {place: digest for place, (digest, _) in recorded.items()} == expected
    originals = Counter(digest for digest, state in recorded.values() if state in SEARCHABLE)
    assert originals == Counter(set(expected.values()))
    assert found_paths(folder) == {place for place, (_, state) in recorded.items() if state in SEARCHABLE}
    copied = Counter(expected.values())
    with_copies = {place for place, (digest, state) in recorded.items() if state in SEARCHABLE and copied[digest] > 1}
    assert found_paths(folder, "is:duplicate") == with_copies
    report = verify(folder)
    assert report.holds, report.differences


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_each_content_is_one_document_after_any_changes(history: list[list[tuple[str, str, object]]]) -> None:
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base)
        for changes_between_runs in history:
            for change in changes_between_runs:
                carry_out(folder, *change)
            note(str(changes_between_runs))
            list(index(folder, (), Options(jobs=1, yes_missing=True)))
            check(folder)
