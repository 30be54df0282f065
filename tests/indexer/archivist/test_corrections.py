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
from corpus.messages import en_failures, en_files
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.corrections import edit
from indexer.archivist.event_log import read_log
from indexer.archivist.failures import REASON_ADVICE, REASON_KINDS, advice_on, failures, reason_class
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import Request, open_archive

LETTER = "letter-to-the-one-who-comes-after-me.txt"
BAN = "statements/2019/ban-on-assemblies-quillon.html"
CLOSING = "speeches/2018-10-19-closing-remarks-calderon.txt"


@pytest.fixture(scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger") / "archive"
    for name in (LETTER, BAN, CLOSING):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SAMPLE / name, folder / name)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    (folder / "broken-again.pdf").write_bytes(b"%PDF-1.4 and nothing more, again")
    list(index(folder, (), Options(jobs=1)))
    return folder


@pytest.fixture
def archive(_filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(_filled, tmp_path / "archive", symlinks=True)


def run(archive: Path) -> None:
    list(index(archive, (), Options(jobs=1)))


def document_at(archive: Path, path: str) -> Document:
    catalogue = open_catalogue(archive)
    try:
        return next(one for _, one in changed_since(catalogue, 0) if one.path == path)
    finally:
        catalogue.close()


def matching_ids(archive: Path, query: str) -> set[str]:
    with open_archive(archive) as opened:
        return {hit.id for hit in opened.search(Request(query=query)).hits}


# --- failures ----------------------------------------------------------------------------------------------------


def test_failures_of_one_kind_are_grouped(archive: Path) -> None:
    (group,) = failures(archive)
    assert group.count == len(group.files) == 2
    assert [one.path for one in group.files] == ["broken-again.pdf", "broken.pdf"]
    assert all(one.attempts == 1 and one.state is State.FAILED and one.reason for one in group.files)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("damaged PDF (no pages)", "damaged PDF"),
        ("cannot be read: Permission denied", "cannot be read"),
        ("the same bytes as b.pdf: damaged PDF (no pages)", "damaged PDF"),
        ("word/document.xml is larger than 64 MiB", "too large, or too large when unpacked"),
        ("no text on any of 1 page", "no text on any page"),
        ("no text on any of 3 pages", "no text on any page"),
        ("the text of 1 page looks garbled; OCR would help", "the text of some pages looks garbled; OCR would help"),
        ("the text of 20 pages looks garbled; OCR would help", "the text of some pages looks garbled; OCR would help"),
        ("damaged PDF (data format); damaged PDF (end)", "damaged PDF"),
        (
            "left out 3 records: 2 images, 1 font; the file is empty",
            "records that are no documents were left out; the file is empty",
        ),
        (
            "only the first 9 pages were read; 1 damaged page could not be read",
            "only the beginning was read; some damaged pages could not be read",
        ),
        ("", "no reason recorded"),
    ],
)
def test_the_class_of_a_reason_lacks_names_and_numbers(reason: str, kind: str) -> None:
    assert reason_class(reason) == kind


def test_a_file_is_read_again_only_where_that_can_help() -> None:
    reasons = {
        "needs a password": ("password", False),
        "the file is empty": ("empty", False),
        "no reader for .xyz files (binary data, not text)": ("no-reader", False),
        "damaged PDF (no pages)": ("damaged", False),
        "cannot be read: Permission denied": ("again", True),
        "no text on any of 2 pages; looks scanned": ("ocr", False),
        "no text on any of 2 pages": ("", False),
        "a reason of a later version": ("", True),
    }
    for reason, (advice, can_retry) in reasons.items():
        advised = advice_on(reason)
        assert (advised.what.code if advised.what else "failures.advice-") == f"failures.advice-{advice}"
        assert advised.can_retry == can_retry


def test_advice_and_kinds_are_of_reasons_that_exist() -> None:
    assert set(REASON_KINDS) | set(REASON_ADVICE) <= set(en_files.SENTENCES)
    assert set(REASON_KINDS.values()) <= set(en_failures.SENTENCES)
    assert set(filter(None, REASON_ADVICE.values())) <= set(en_failures.SENTENCES)


# --- corrections -------------------------------------------------------------------------------------------------


def test_a_correction_is_chosen_searchable_and_logged_with_old_and_new(archive: Path) -> None:
    before = document_at(archive, LETTER)
    done = edit(archive, before.id, {"title": "Last  letter", "date": "4 March 2019"}, who="Ines")
    assert done.document.metadata.title
    assert done.document.metadata.title.value == "Last letter"
    assert done.document.metadata.date
    assert done.document.metadata.date.value == "2019-03-04"
    assert matching_ids(archive, 'title:"last letter" date:2019-03') == {before.id}
    entry = read_log(archive, document=before.id)[-1]
    assert (entry.kind, entry.detail["who"]) == ("corrected", "Ines")
    assert entry.detail["fields"]["title"]["new"] == "Last letter"
    assert entry.detail["fields"]["title"]["old"] == (before.metadata.title.value if before.metadata.title else "")


def test_a_correction_survives_a_new_issue_a_move_and_a_second_run(archive: Path) -> None:
    name = document_at(archive, LETTER).id
    edit(archive, name, {"title": "Last letter", "category": ""})
    with (archive / LETTER).open("a") as stream:
        stream.write("\nOne line more.\n")
    run(archive)
    (archive / LETTER).rename(archive / "letter.txt")
    run(archive)
    after = document_at(archive, "letter.txt")
    assert after.id == name
    assert after.metadata.title
    assert after.metadata.title.value == "Last letter"
    assert after.metadata.category is None


def test_an_empty_correction_says_there_is_none_and_a_reset_takes_it_back(archive: Path) -> None:
    before = document_at(archive, BAN)
    assert before.metadata.date
    assert before.metadata.title
    assert edit(archive, before.id, {"date": ""}).document.metadata.date is None
    assert edit(archive, before.id, {"date": "undated"}).document.metadata.date is None
    assert before.id in matching_ids(archive, "date:none")
    done = edit(archive, before.id, {}, reset=["date"])
    assert done.document.metadata == before.metadata
    assert [change.new for change in done.changes] == [before.metadata.date.value]


def test_the_same_correction_again_changes_nothing(archive: Path) -> None:
    name = document_at(archive, BAN).id
    edit(archive, name, {"authors": "Ana Diaz; Ben Okri"})
    events = read_log(archive)
    done = edit(archive, name, {"author": "Ana Diaz;Ben Okri"})
    assert not done.changes
    assert read_log(archive) == events
    assert [author.value for author in done.document.metadata.authors] == ["Ana Diaz", "Ben Okri"]


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [("2019", "2019"), ("2017/2019", "2017/2019"), ("2017..", "2017/.."), ("mars 2019", "2019-03"), ("2019~", "2019~"),
     ("04.03.2019", "2019-03-04"), ("«4» марта 2019 г.", "2019-03-04"), ("3-7 March 2003", "2003-03-03/2003-03-07"),
     ("2010 to 2012", "2010/2012"), ("the 1980s", "198X"), ("AD 845", "0845")],
)  # fmt: skip
def test_a_date_may_be_edtf_or_as_people_write_it(archive: Path, typed: str, edtf: str) -> None:
    date = edit(archive, document_at(archive, BAN).id, {"date": typed}).document.metadata.date
    assert date
    assert date.value == edtf


def test_unusual_values_are_kept_with_a_warning(archive: Path) -> None:
    name = document_at(archive, BAN).id
    done = edit(archive, name, {"category": "Zine", "date": "2019", "country": "Kenya", "language": "français"})
    assert len(done.warnings) == 1
    metadata = done.document.metadata
    chosen = [one.value for one in (metadata.category, metadata.date, metadata.country, metadata.language) if one]
    assert chosen == ["Zine", "2019", "KE", "fr"]
    category = edit(archive, name, {"type": "STATEMENTS"})
    assert not category.warnings
    assert category.document.metadata.category
    assert category.document.metadata.category.value == "statement"


@pytest.mark.parametrize(("day_first", "day"), [("true", "2019-03-04"), ("false", "2019-04-03")])
def test_a_day_that_may_be_two_is_refused_unless_settings_say(archive: Path, day_first: str, day: str) -> None:
    name = document_at(archive, BAN).id
    before = read_log(archive)
    with pytest.raises(UsageError) as refused:
        edit(archive, name, {"date": " 04/03/2019", "title": "New"})
    assert refused.value.hint == "Write 2019-03-04 or 2019-04-03."
    assert read_log(archive) == before
    (archive / "muniment.toml").write_text(f"[dates]\nday_first = {day_first}\n")
    date = edit(archive, name, {"date": "04/03/2019"}).document.metadata.date
    assert date
    assert date.value == day


@pytest.mark.parametrize(
    "values",
    [{"date": "2019-02-30"}, {"date": "some day"}, {"language": "Quenya"}, {"country": "Narnia"}, {"text": "x"},
     {"nonsense": "x"}, {"title": "\udcff"}, {"title": "x" * 5000}],
)  # fmt: skip
def test_impossible_values_are_refused_and_change_nothing(archive: Path, values: dict[str, str]) -> None:
    name, events = document_at(archive, BAN).id, read_log(archive)
    with pytest.raises(UsageError):
        edit(archive, name, {"author": "Someone", **values})
    assert read_log(archive) == events


def test_unknown_documents_and_locked_archives_are_not_edited(archive: Path) -> None:
    with pytest.raises(UnknownDocumentError):
        edit(archive, "nosuchid", {"title": "x"})
    with write_lock(archive), pytest.raises(LockedError):
        edit(archive, document_at(archive, BAN).id, {"title": "x"})


# --- tombstones --------------------------------------------------------------------------------------------------


def test_a_withdrawal_hides_a_document_and_records_who_when_and_why(archive: Path) -> None:
    name = document_at(archive, CLOSING).id
    assert name in matching_ids(archive, "*")
    done = withdraw(archive, name, "names a witness", who="Ines")
    assert done.state is State.WITHDRAWN
    assert "Ines" in done.reason
    assert "names a witness" in done.reason
    assert name not in matching_ids(archive, "*")
    entry = read_log(archive, kinds=["withdrawn"])[-1]
    assert (entry.document, entry.detail["who"], entry.detail["why"]) == (name, "Ines", "names a witness")


def test_a_withdrawal_outlasts_moves_removal_and_return_of_the_file(archive: Path) -> None:
    name = withdraw(archive, document_at(archive, CLOSING).id, "names a witness").id
    (archive / CLOSING).rename(archive / "elsewhere.txt")
    run(archive)
    (archive / "elsewhere.txt").rename(archive.parent / "away.txt")
    run(archive)
    (archive.parent / "away.txt").rename(archive / CLOSING)
    run(archive)
    assert document_at(archive, CLOSING).state is State.WITHDRAWN
    assert name not in matching_ids(archive, "*")
    assert restore(archive, name).state is State.INDEXED
    assert name in matching_ids(archive, "*")


def test_restoring_after_a_change_of_the_file_gives_its_last_reading(archive: Path) -> None:
    name = withdraw(archive, document_at(archive, CLOSING).id, "names a witness", "Ines").id
    (archive / CLOSING).write_bytes(b"\0\1\2\3" * 100)
    run(archive)
    kept = document_at(archive, CLOSING)
    assert kept.state is State.WITHDRAWN
    assert "Ines" in kept.reason
    back = restore(archive, name)
    assert back.state is State.FAILED
    assert back.reason
    (archive / CLOSING).write_text("Written anew, and with words in it.")
    run(archive)
    assert name in matching_ids(archive, "anew")


def test_a_document_whose_file_was_removed_is_restored_as_missing(archive: Path) -> None:
    name = withdraw(archive, document_at(archive, CLOSING).id, "names a witness").id
    (archive / CLOSING).rename(archive.parent / "away.txt")
    run(archive)
    assert restore(archive, name).state is State.MISSING
    (archive.parent / "away.txt").rename(archive / CLOSING)
    run(archive)
    assert document_at(archive, CLOSING).state is State.INDEXED


def test_withdrawing_twice_or_without_reason_is_refused(archive: Path) -> None:
    name = document_at(archive, CLOSING).id
    with pytest.raises(UsageError):
        withdraw(archive, name, " ")
    with pytest.raises(UsageError):
        restore(archive, name)
    withdraw(archive, name, "names a witness")
    with pytest.raises(UsageError):
        withdraw(archive, name, "names a witness")


def test_corrections_of_a_withdrawn_document_show_when_it_is_restored(archive: Path) -> None:
    name = withdraw(archive, document_at(archive, CLOSING).id, "names a witness").id
    edit(archive, name, {"title": "Zebra"})
    assert not matching_ids(archive, "title:zebra")
    restore(archive, name)
    assert matching_ids(archive, "title:zebra") == {name}


# --- the log -----------------------------------------------------------------------------------------------------


def test_the_log_is_read_newest_last_by_document_kind_and_day(archive: Path) -> None:
    everything = read_log(archive)
    assert [entry.number for entry in everything] == sorted(entry.number for entry in everything)
    assert read_log(archive, limit=2) == everything[-2:]
    assert {entry.kind for entry in read_log(archive, kinds=["failed"])} == {"failed"}
    assert read_log(archive, since="1999-12-31") == everything
    assert not read_log(archive, since="2999-01-01")
    name = document_at(archive, BAN).id
    assert {entry.document for entry in read_log(archive, document=name)} == {name}
    for wrong in ({"since": "yesterday"}, {"kinds": ["eaten"]}):
        with pytest.raises(UsageError):
            read_log(archive, **wrong)
    with pytest.raises(UnknownDocumentError):
        read_log(archive, document="nosuchid")


def test_corrections_are_kept_with_the_words_that_were_typed(archive: Path) -> None:
    name = document_at(archive, BAN).id
    edit(archive, name, {"date": "4 March 2019"}, who="Ines")
    catalogue = open_catalogue(archive)
    kept = [one for one in candidates(catalogue, key_of(catalogue, name)) if one.source is Source.CORRECTION]
    assert not documents_of_file(catalogue, 0)
    catalogue.close()
    assert [(one.value, one.printed) for one in kept] == [("2019-03-04", "4 March 2019")]
    assert kept[0].detail.startswith("Ines, ")
