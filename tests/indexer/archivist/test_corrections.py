"""The archivist's work on single documents: failures by reason, corrections, tombstones and the log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import (
    candidates,
    changed_since,
    documents_of_file,
    key_of,
)
from corpus.document import Document, Source, State
from corpus.errors import LockedError, UnknownDocumentError, UsageError
from corpus.lock import write_lock
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.corrections import edit
from indexer.archivist.event_log import read_log
from indexer.archivist.failures import failures, reason_class
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "papers"
    for name in (LETTER, BAN, CLOSING):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (folder / "broken-again.pdf").write_bytes(b"%PDF-1.4 and nothing more, again")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def papers(_filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(_filled, tmp_path / "papers", symlinks=True)


def run(archive: Path) -> None:
    list(index(archive, (), Options(jobs=1)))


def named(archive: Path, path: str) -> Document:
    catalogue = open_catalogue(archive)
    try:
        return next(one for _, one in changed_since(catalogue, 0) if one.path == path)
    finally:
        catalogue.close()


def found(archive: Path, query: str) -> set[str]:
    with open_archive(archive) as opened:
        return {hit.id for hit in opened.search(Request(query=query)).hits}


# --- failures ----------------------------------------------------------------------------------------------------


def test_failures_of_one_kind_stand_together(papers: Path) -> None:
    (group,) = failures(papers)
    assert group.count == len(group.files) == 2
    assert [one.path for one in group.files] == ["broken-again.pdf", "broken.pdf"]
    assert all(one.attempts == 1 and one.state is State.FAILED and one.reason for one in group.files)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("damaged PDF (no pages)", "damaged PDF"),
        ("cannot be read: Permission denied", "cannot be read"),
        ("the same bytes as b.pdf: damaged PDF (no pages)", "damaged PDF"),
        ("word/document.xml is larger than 64 MiB", "a part is larger than … MiB"),
        ("", "no reason recorded"),
    ],
)
def test_a_reason_is_known_without_what_is_particular_to_one_file(reason: str, kind: str) -> None:
    assert reason_class(reason) == kind


# --- corrections -------------------------------------------------------------------------------------------------


def test_a_correction_is_chosen_searchable_and_logged_with_old_and_new(papers: Path) -> None:
    before = named(papers, LETTER)
    done = edit(papers, before.id, {"title": "Last  letter", "date": "4 March 2019"}, who="Ines")
    assert done.document.metadata.title
    assert done.document.metadata.title.value == "Last letter"
    assert done.document.metadata.date
    assert done.document.metadata.date.value == "2019-03-04"
    assert found(papers, 'title:"last letter" date:2019-03') == {before.id}
    entry = read_log(papers, document=before.id)[-1]
    assert (entry.kind, entry.detail["who"]) == ("corrected", "Ines")
    assert entry.detail["fields"]["title"]["new"] == "Last letter"
    assert entry.detail["fields"]["title"]["old"] == (before.metadata.title.value if before.metadata.title else "")


def test_a_correction_survives_a_new_issue_a_move_and_a_second_run(papers: Path) -> None:
    name = named(papers, LETTER).id
    edit(papers, name, {"title": "Last letter", "category": ""})
    with (papers / LETTER).open("a") as stream:
        stream.write("\nOne line more.\n")
    run(papers)
    (papers / LETTER).rename(papers / "letter.txt")
    run(papers)
    after = named(papers, "letter.txt")
    assert after.id == name
    assert after.metadata.title
    assert after.metadata.title.value == "Last letter"
    assert after.metadata.category is None


def test_an_empty_correction_says_there_is_none_and_a_reset_takes_it_back(papers: Path) -> None:
    before = named(papers, BAN)
    assert before.metadata.date
    assert before.metadata.title
    assert edit(papers, before.id, {"date": ""}).document.metadata.date is None
    assert before.id in found(papers, "date:none")
    done = edit(papers, before.id, {}, reset=["date"])
    assert done.document.metadata == before.metadata
    assert [change.new for change in done.changes] == [before.metadata.date.value]


def test_saying_the_same_again_changes_nothing(papers: Path) -> None:
    name = named(papers, BAN).id
    edit(papers, name, {"authors": "Ana Diaz; Ben Okri"})
    events = read_log(papers)
    done = edit(papers, name, {"author": "Ana Diaz;Ben Okri"})
    assert not done.changes
    assert read_log(papers) == events
    assert [author.value for author in done.document.metadata.authors] == ["Ana Diaz", "Ben Okri"]


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [("2019", "2019"), ("2017/2019", "2017/2019"), ("2017..", "2017/.."), ("mars 2019", "2019-03"), ("2019~", "2019~"),
     ("04.03.2019", "2019-03-04")],
)  # fmt: skip
def test_a_date_may_be_edtf_or_as_people_write_it(papers: Path, typed: str, edtf: str) -> None:
    date = edit(papers, named(papers, BAN).id, {"date": typed}).document.metadata.date
    assert date
    assert date.value == edtf


def test_what_looks_odd_is_kept_with_a_warning(papers: Path) -> None:
    name = named(papers, BAN).id
    done = edit(papers, name, {"category": "Zine", "date": "04/03/2019", "country": "Kenya", "language": "français"})
    assert len(done.warnings) == 2
    metadata = done.document.metadata
    chosen = [one.value for one in (metadata.category, metadata.date, metadata.country, metadata.language) if one]
    assert chosen == ["Zine", "2019", "KE", "fr"]
    category = edit(papers, name, {"type": "STATEMENTS"})
    assert not category.warnings
    assert category.document.metadata.category
    assert category.document.metadata.category.value == "statement"


@pytest.mark.parametrize(
    "values",
    [{"date": "2019-02-30"}, {"date": "some day"}, {"language": "Quenya"}, {"country": "Narnia"}, {"text": "x"},
     {"nonsense": "x"}, {"title": "\udcff"}, {"title": "x" * 5000}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_changes_nothing(papers: Path, values: dict[str, str]) -> None:
    name, events = named(papers, BAN).id, read_log(papers)
    with pytest.raises(UsageError):
        edit(papers, name, {"author": "Someone", **values})
    assert read_log(papers) == events


def test_nobody_edits_what_is_not_there_or_what_another_run_holds(papers: Path) -> None:
    with pytest.raises(UnknownDocumentError):
        edit(papers, "nosuchid", {"title": "x"})
    with write_lock(papers), pytest.raises(LockedError):
        edit(papers, named(papers, BAN).id, {"title": "x"})


# --- tombstones --------------------------------------------------------------------------------------------------


def test_a_withdrawn_document_is_not_found_and_says_who_when_and_why(papers: Path) -> None:
    name = named(papers, CLOSING).id
    assert name in found(papers, "*")
    done = withdraw(papers, name, "names a witness", who="Ines")
    assert done.state is State.WITHDRAWN
    assert "Ines" in done.reason
    assert "names a witness" in done.reason
    assert name not in found(papers, "*")
    entry = read_log(papers, kinds=["withdrawn"])[-1]
    assert (entry.document, entry.detail["who"], entry.detail["why"]) == (name, "Ines", "names a witness")


def test_a_tombstone_stands_when_the_file_is_seen_again_moves_goes_and_returns(papers: Path) -> None:
    name = withdraw(papers, named(papers, CLOSING).id, "names a witness").id
    (papers / CLOSING).rename(papers / "elsewhere.txt")
    run(papers)
    (papers / "elsewhere.txt").rename(papers.parent / "away.txt")
    run(papers)
    (papers.parent / "away.txt").rename(papers / CLOSING)
    run(papers)
    assert named(papers, CLOSING).state is State.WITHDRAWN
    assert name not in found(papers, "*")
    assert restore(papers, name).state is State.INDEXED
    assert name in found(papers, "*")


def test_a_tombstone_stands_when_its_file_changes_and_restoring_gives_what_was_read_last(papers: Path) -> None:
    name = withdraw(papers, named(papers, CLOSING).id, "names a witness", "Ines").id
    (papers / CLOSING).write_bytes(b"\0\1\2\3" * 100)
    run(papers)
    kept = named(papers, CLOSING)
    assert kept.state is State.WITHDRAWN
    assert "Ines" in kept.reason
    back = restore(papers, name)
    assert back.state is State.FAILED
    assert back.reason
    (papers / CLOSING).write_text("Written anew, and with words in it.")
    run(papers)
    assert name in found(papers, "anew")


def test_a_document_whose_file_went_meanwhile_is_restored_as_missing_and_returns_as_it_was(papers: Path) -> None:
    name = withdraw(papers, named(papers, CLOSING).id, "names a witness").id
    (papers / CLOSING).rename(papers.parent / "away.txt")
    run(papers)
    assert restore(papers, name).state is State.MISSING
    (papers.parent / "away.txt").rename(papers / CLOSING)
    run(papers)
    assert named(papers, CLOSING).state is State.INDEXED


def test_withdrawing_twice_without_a_reason_or_restoring_what_stands_is_refused(papers: Path) -> None:
    name = named(papers, CLOSING).id
    with pytest.raises(UsageError):
        withdraw(papers, name, " ")
    with pytest.raises(UsageError):
        restore(papers, name)
    withdraw(papers, name, "names a witness")
    with pytest.raises(UsageError):
        withdraw(papers, name, "names a witness")


def test_corrections_of_a_withdrawn_document_wait_for_its_return(papers: Path) -> None:
    name = withdraw(papers, named(papers, CLOSING).id, "names a witness").id
    edit(papers, name, {"title": "Zebra"})
    assert not found(papers, "title:zebra")
    restore(papers, name)
    assert found(papers, "title:zebra") == {name}


# --- the log -----------------------------------------------------------------------------------------------------


def test_the_log_is_read_newest_last_by_document_kind_and_day(papers: Path) -> None:
    everything = read_log(papers)
    assert [entry.number for entry in everything] == sorted(entry.number for entry in everything)
    assert read_log(papers, limit=2) == everything[-2:]
    assert {entry.kind for entry in read_log(papers, kinds=["failed"])} == {"failed"}
    assert read_log(papers, since="1999-12-31") == everything
    assert not read_log(papers, since="2999-01-01")
    name = named(papers, BAN).id
    assert {entry.document for entry in read_log(papers, document=name)} == {name}
    for wrong in ({"since": "yesterday"}, {"kinds": ["eaten"]}):
        with pytest.raises(UsageError):
            read_log(papers, **wrong)
    with pytest.raises(UnknownDocumentError):
        read_log(papers, document="nosuchid")


def test_corrections_are_kept_with_the_words_that_were_typed(papers: Path) -> None:
    name = named(papers, BAN).id
    edit(papers, name, {"date": "4 March 2019"}, who="Ines")
    catalogue = open_catalogue(papers)
    kept = [one for one in candidates(catalogue, key_of(catalogue, name)) if one.source is Source.CORRECTION]
    assert not documents_of_file(catalogue, 0)
    catalogue.close()
    assert [(one.value, one.printed) for one in kept] == [("2019-03-04", "4 March 2019")]
    assert kept[0].detail.startswith("Ines, ")
