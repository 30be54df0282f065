"""A record of a search, and exactly what was added, changed and withdrawn since, with the reasons of the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.researcher_store import ResearcherStore, open_store
from indexer.archivist.corrections import edit, edit_all
from indexer.archivist.erasure import erase
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import refresh
from indexer.ingest.run_config import Options
from search.archive import Archive, open_archive
from search.request import Filter, Request
from search.search_records.record_changes import RecordChanges, record_changes
from search.search_records.saved_searches import make_feed, revoke_feed, save_search, search_news, search_of_feed
from search.search_records.search_record import make_record, record, records
from tests.conftest import Indexing
from tests.support import documents_by_path

HARBOUR = Request("harbour", (Filter("category", "letter", exclude=True),))


def store_of(archive: Archive, *, write: bool = True) -> ResearcherStore:
    with archive.shared.use() as state:
        return open_store(state.catalogue, write=write)


def write_notes(folder: Path, first: int, last: int, text: str = "The harbour of this town was surveyed.") -> None:
    folder.mkdir(exist_ok=True)
    for number in range(first, last):
        (folder / f"note-{number:02}.txt").write_text(
            f"Survey note {number}\n\n{text} Entry {number}.\n", encoding="utf-8"
        )


def paths_of(archive: Path, ids: list[str]) -> set[str]:
    by_id = {document.id: path for path, document in documents_by_path(archive).items()}
    return {by_id[document_id] for document_id in ids}


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, run_index: Indexing) -> tuple[Path, RecordChanges]:
    """An archive of 20 notes whose record was made before 30 of them were added, changed and taken away."""
    folder = tmp_path_factory.mktemp("surveys") / "archive"
    write_notes(folder, 0, 20)
    (folder / "other.txt").write_text("Nothing about ships.\n", encoding="utf-8")
    run_index(folder, options=Options(jobs=1))
    with open_archive(folder) as archive, store_of(archive) as store:
        made = make_record(archive, store, HARBOUR, reason="letters are private", address="/search?q=harbour")
        save_search(archive, store, "surveys", Request("harbour"))
        assert not search_news(archive, store, "surveys").new
    write_notes(folder, 20, 32, "18 March 1911. The harbour was dredged.")
    (folder / "other.txt").write_text("Nothing about the harbour.\n", encoding="utf-8")
    write_notes(folder, 0, 8, "The harbour of this town was surveyed anew.")
    write_notes(folder, 8, 9, "This town was surveyed anew.")
    (folder / "note-09.txt").unlink()
    run_index(folder, options=Options(jobs=1))
    ids = [document.id for _, document in sorted(documents_by_path(folder).items())]
    for document_id in ids[10:12]:
        withdraw(folder, document_id, "a witness asked", "Ines")
    edit_all(folder, ids[12:16], {"title": "Corrected"}, who="Omar")
    withdraw(folder, ids[17], "by mistake")
    restore(folder, ids[17])
    edit(folder, ids[18], {"category": "letter"}, who="Omar")
    erase(folder, [ids[19]], "by order of a court")
    refresh(folder)
    with open_archive(folder) as archive, store_of(archive) as store:
        return folder, record_changes(archive, record(store, made.number))


def test_changes_since_a_record_are_exactly_those_that_were_made(changed: tuple[Path, RecordChanges]) -> None:
    folder, changes = changed
    names = {name: [change.id for change in rows] for name, rows in changes.lists.items()}
    assert changes.total == 20
    assert paths_of(folder, names["new"]) == {f"note-{number}.txt" for number in range(20, 32)} | {"other.txt"}
    assert paths_of(folder, names["text_changed"]) == {f"note-{number:02}.txt" for number in range(8)}
    assert [change.title for change in changes.metadata_changed] == ["Corrected"] * 4
    assert len(names["withdrawn"]) == 3
    assert len(names["gone"]) == 3
    assert changes.total_now == 20 + 13 - 3 - 3
    assert changes.is_understood_as_before


def test_every_change_has_the_reason_that_the_log_has(changed: tuple[Path, RecordChanges]) -> None:
    _, changes = changed
    kinds = {name: {change.reasons[-1].event for change in rows} for name, rows in changes.lists.items()}
    assert kinds == {
        "new": {"added", "changed"},
        "withdrawn": {"withdrawn", "erased"},
        "gone": {"removed", "changed", "corrected"},
        "text_changed": {"changed"},
        "metadata_changed": {"corrected"},
    }
    corrected = changes.metadata_changed[0].reasons[-1]
    assert (corrected.who, corrected.fields) == ("Omar", ("title",))
    assert {(change.title, change.reasons[-1].why) for change in changes.withdrawn} == {
        ("", "a witness asked"),
        ("", "by order of a court"),
    }


def test_a_record_says_what_was_asked_and_what_could_not_be_searched(changed: tuple[Path, RecordChanges]) -> None:
    folder, _ = changed
    with open_archive(folder) as archive, store_of(archive, write=False) as store:
        (made,) = records(store)
    assert made.is_intact
    assert made.request == Request(HARBOUR.query, HARBOUR.filters, facets=(), passages=0)
    assert (made.total, len(made.documents), made.reason) == (20, 20, "letters are private")
    assert (made.coverage.documents, made.coverage.undated, made.coverage.failed) == (21, 21, 0)
    assert made.index["waiting"] == 0
    erased = [document for document in made.documents if not document.text]
    assert len(erased) == 1  # the digests of its words went with it


def test_new_documents_are_those_that_came_to_match_whatever_their_date(changed: tuple[Path, RecordChanges]) -> None:
    with open_archive(changed[0]) as archive, store_of(archive) as store:
        for look in (False, True):  # what is new is new until it was looked at
            news = search_news(archive, store, "surveys", look=look).new
            assert sorted(new.reason.event for new in news if new.reason) == [*["added"] * 12, "changed"]
        assert not search_news(archive, store, "surveys").new


def test_a_feed_key_opens_its_own_search_until_it_is_revoked(papers: Path) -> None:
    with open_archive(papers) as archive, store_of(archive) as store:
        save_search(archive, store, "all", Request())
        key = make_feed(store, "all").feed_key
        found = search_of_feed(store, key)
        assert found
        assert found.name == "all"
        newer = make_feed(store, "all").feed_key
        assert search_of_feed(store, key) is None
        revoke_feed(store, "all")
        assert search_of_feed(store, newer) is None
        assert search_of_feed(store, "") is None
