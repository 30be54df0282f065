"""Listings are kept apart: each keeps what it says, another one takes nothing from it, and an import can be undone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, open_catalogue
from corpus.catalogue.documents import document
from corpus.document import State
from corpus.errors import UsageError
from corpus.listing import Item, Listing, ListingForm
from indexer.archivist.corrections import edit
from indexer.archivist.withdrawal import withdraw
from indexer.listings.claims import undo_import as undo_module
from indexer.listings.claims.import_plan import ClaimChange, write_claim
from indexer.listings.claims.undo_import import undo_import, undo_recorded
from indexer.listings.import_listing import import_items, import_listing
from tests.commands.calling import call, call_json
from tests.support import BAN, LETTER, opened_catalogue

HEADER = "title,date,category,url\n"
FIRST = f"{HEADER}A Letter to Nobody,2020-05,speech,a/{LETTER}\nAnnual Report,2019,report,https://a.org/never.pdf\n"
SECOND = f"{HEADER}A Letter to All,2021,letter,b/{LETTER}\nAnnual Report,2019-02,report,https://b.org/never.pdf\n"


def metadata_rows(catalogue: Catalogue) -> list[tuple[object, ...]]:
    return catalogue.rows(
        "SELECT d.id, d.state, c.field, c.value, c.source, c.detail, c.printed, c.confidence, c.chosen"
        " FROM documents d LEFT JOIN candidates c ON c.document = d.key ORDER BY d.id, c.rowid"
    )


def rows_of(archive: Path) -> list[tuple[object, ...]]:
    with opened_catalogue(archive) as catalogue:
        return metadata_rows(catalogue)


@pytest.fixture
def listing(tmp_path: Path) -> Callable[[str, str], Path]:
    """A function that writes a listing."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


Write = Callable[[str, str], Path]


def test_a_second_listing_takes_nothing_from_the_first(papers: Path, listing: Write) -> None:
    first = import_listing(papers, listing("a.csv", FIRST))
    second = import_listing(papers, listing("b.csv", SECOND))
    assert len(first.new) == len(second.new) == 1
    assert (second.gone, second.changes) == ((), ())
    assert {(conflict.field, *(c.detail for c in conflict.candidates)) for conflict in second.conflicts} == {
        ("title", "a.csv, row 2", "b.csv, row 2"), ("date", "a.csv, row 2", "b.csv, row 2"),
        ("category", "a.csv, row 2", "b.csv, row 2"),
    }  # fmt: skip
    listed = call_json(papers, "status", "--list", "listed")["documents"]
    assert {(row["date"], *row["listed_in"]) for row in listed} == {
        ("2019", "a.csv, row 3"), ("2019-02", "b.csv, row 3"),
    }  # fmt: skip
    call(papers, "reindex")
    assert call_json(papers, "failures", "--conflicts")["total"] == 1


def test_one_item_in_two_listings_is_one_record_with_both_claims(papers: Path, listing: Write) -> None:
    text = f"{HEADER}The Narrowing Street,2019,report,https://a.org/street.pdf\n"
    (record_id,) = import_listing(papers, listing("a.csv", text)).new
    again = import_listing(papers, listing("b.csv", text.replace("2019", "2020")))
    assert [match.document for match in again.matched] == [record_id]
    undo_import(papers, "a.csv")
    (row,) = call_json(papers, "status", "--list", "listed")["documents"]
    assert (row["id"], row["date"], row["listed_in"]) == (record_id, "2020", ["b.csv, row 2"])


def test_a_listing_of_the_same_name_from_elsewhere_is_another_one(papers: Path, listing: Write) -> None:
    import_listing(papers, listing("one/list.csv", FIRST))
    before = rows_of(papers)
    other = listing("two/list.csv", f"{HEADER}Another Report,2001,report,\n")
    report = import_listing(papers, other)
    assert report.listing.name == "two/list.csv"
    assert set(before) < set(rows_of(papers))
    assert import_listing(papers, other).listing.name == "two/list.csv"
    newer = listing("two/list.csv", FIRST.replace("2020-05", "2020-06"))
    assert import_listing(papers, newer, name="list.csv").changes[0].new == "2020-06"


def test_a_renamed_listing_is_the_listing_that_it_was(papers: Path, listing: Write) -> None:
    import_listing(papers, listing("a.csv", FIRST))
    before = rows_of(papers)
    report = import_listing(papers, listing("a (1).csv", FIRST))
    assert (report.listing.name, report.changed) == ("a.csv", False)
    assert rows_of(papers) == before


def test_a_listing_called_sidecar_is_no_sidecar(papers: Path, listing: Write) -> None:
    import_listing(papers, listing("sidecar a.csv", FIRST))
    before = rows_of(papers)
    call(papers, "index", "--jobs", "1")
    assert rows_of(papers) == before


def test_a_newer_version_drops_what_it_no_longer_says(papers: Path, listing: Write) -> None:
    (record_id,) = import_listing(papers, listing("a.csv", FIRST)).new
    after_first = rows_of(papers)
    report = import_listing(papers, listing("a.csv", f"\n{HEADER}Ban,2001,statement,{BAN}\n"))
    assert report.gone == (record_id,)
    assert {change.field for change in report.changes} >= {"title", "date", "category"}
    undone = undo_import(papers)
    assert undone.restored == (record_id,)
    assert sorted(map(repr, rows_of(papers))) == sorted(map(repr, after_first))


def test_undoing_keeps_corrections_and_other_listings(papers: Path, listing: Write) -> None:
    before = rows_of(papers)
    report = import_listing(papers, listing("a.csv", FIRST))
    letter_id, record_id = report.matched[0].document, report.new[0]
    edit(papers, letter_id, {"title": "By Hand"})
    edit(papers, record_id, {"title": "By Hand Too"})
    preview = undo_import(papers, dry_run=True)
    undone = undo_import(papers, "a.csv")
    assert (preview.changes, preview.removed) == (undone.changes, undone.removed)
    assert [(c.field, c.new) for c in undone.changes if c.document == letter_id] == [("date", ""), ("category", "")]
    with opened_catalogue(papers) as catalogue:
        assert document(catalogue, letter_id).metadata.value("title") == "By Hand"
        assert document(catalogue, record_id).state is State.LISTED
    without = [row for row in rows_of(papers) if row[4] != "correction" and row[0] != record_id]
    assert [row[:8] for row in without] == [row[:8] for row in before]
    with pytest.raises(UsageError):
        undo_import(papers)


def test_undoing_takes_the_claim_from_a_file_that_came_since(papers: Path, listing: Write) -> None:
    report = import_listing(papers, listing("a.csv", f"{HEADER}Holding the Line,2021,report,docs/line.txt\n"))
    (papers / "line.txt").write_text("We held the line, and this tells how it was done.", encoding="utf-8")
    call(papers, "index", "--jobs", "1")
    line_id = call_json(papers, "search", "file:line")["hits"][0]["id"]
    assert line_id not in report.new
    assert call_json(papers, "show", line_id)["title"] == "Holding the Line"
    undo_import(papers)
    assert not [row for row in rows_of(papers) if row[4] == "listing"]
    assert call_json(papers, "status")["listed"] == 0


@pytest.mark.parametrize(
    "detail", ["", "[]", "[" * 100_000, '{"replaced": 1, "import": 1}', '{"rows": [1], "import": {}}']
)
def test_a_log_from_somebody_else_ends_in_one_line(papers: Path, listing: Write, detail: str) -> None:
    import_listing(papers, listing("a.csv", FIRST))
    with opened_catalogue(papers, write=True) as catalogue:
        catalogue.run("DROP TRIGGER events_are_never_changed")
        number = catalogue.rows("SELECT number FROM events WHERE kind = 'imported'")[0][0]
        changed = detail.replace('"import": 1', f'"import": {number}')
        catalogue.run("UPDATE events SET detail = ? WHERE kind IN ('imported', 'listed')", changed)
        catalogue.run(
            "INSERT INTO events SELECT number + 100, at, 'import-undone', path, document, detail, '' FROM events"
        )
    for words in (("import", "--undo"), ("import", "--undo", "a.csv"), ("log",), ("log", "--json")):
        result = call(papers, *words)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert len(result.stderr.splitlines()) <= 2


def test_an_import_that_the_log_does_not_have_is_undone_by_name(papers: Path, listing: Write) -> None:
    before = rows_of(papers)
    import_listing(papers, listing("a.csv", FIRST))
    with opened_catalogue(papers, write=True) as catalogue:
        catalogue.run("DROP TRIGGER events_are_never_removed")
        catalogue.run("DELETE FROM events WHERE kind IN ('imported', 'listed')")  # as an earlier version left it
    assert undo_import(papers, "a.csv").imported_at == ""
    assert rows_of(papers) == before


def test_an_interrupted_undo_changes_nothing(papers: Path, listing: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of(papers)
    import_listing(papers, listing("a.csv", FIRST))
    after = rows_of(papers)
    written: list[str] = []

    def interrupted(catalogue: Catalogue, claim: ClaimChange, **detail: object) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(claim.document)
        write_claim(catalogue, claim, **detail)

    monkeypatch.setattr(undo_module, "write_claim", interrupted)
    with pytest.raises(KeyboardInterrupt):
        undo_import(papers)
    assert rows_of(papers) == after
    monkeypatch.undo()
    undo_import(papers)
    assert rows_of(papers) == before


def test_the_command_undoes_and_says_what_changes(papers: Path, listing: Write) -> None:
    call(papers, "import", str(listing("a.csv", FIRST)))
    assert "Nothing was changed" in call(papers, "import", "--undo", "--dry-run").stdout
    assert call_json(papers, "search", "title:nobody")["total"] == 1
    undone = call_json(papers, "import", "--undo", "somewhere/a.csv")
    assert (undone["listing"], len(undone["removed"]), undone["dry_run"]) == ("a.csv", 1, False)
    assert call_json(papers, "search", "title:nobody")["total"] == 0
    assert "no import to undo" in call(papers, "import", "--undo").stderr
    assert call(papers, "import").exit_code == 2


def test_an_import_names_no_value_of_a_withdrawn_document(papers: Path, listing: Write) -> None:
    letter_id = import_listing(papers, listing("a.csv", FIRST)).matched[0].document
    import_listing(papers, listing("a.csv", FIRST.replace("Nobody", "Somebody")))
    withdraw(papers, letter_id, "asked for")
    assert "Nobody" not in call(papers, "log", "--json").stdout
    text = f"{HEADER}Something Else,2001,report,{LETTER}\n"
    for words in (("import", str(listing("b.csv", text))), ("import", "--undo"), ("import", "--undo")):
        printed = call(papers, *words, "--json").stdout
        assert "Nobody" not in printed
        assert "Somebody" not in printed


def test_items_that_differ_by_their_date_are_two_records(papers: Path, listing: Write) -> None:
    text = f"{HEADER}Annual Report,2019,report,https://a.org/x.pdf\nAnnual Report,2020,report,https://a.org/x.pdf\n"
    report = import_listing(papers, listing("a.csv", text))
    assert len(report.new) == 2
    assert not import_listing(papers, listing("a.csv", text)).changed
    assert undo_import(papers).removed == tuple(sorted(report.new))


TITLES = st.sampled_from(["", "Annual Report", "The Narrowing Street of Quillon", "A Letter", "Plain Words"])
LINKS = st.sampled_from(["", LETTER, BAN, f"x/{LETTER}", "https://x.org/never.pdf", "https://y.org/street.html"])
DATES = st.sampled_from(["", "2019", "2019-03-04", "2020"])


def listed(title: str, link: str, date: str = "") -> Item:
    return Item(0, tuple((field, value) for field, value in (("title", title), ("date", date)) if value), link)


ITEMS = st.lists(st.builds(listed, TITLES, LINKS, DATES), max_size=4)
VERSIONS = st.lists(st.tuples(st.sampled_from(["a.csv", "b.html", "c.txt"]), ITEMS), min_size=1, max_size=4)
ITEM_NEARLY_AS_ANOTHER = [
    ("b.html", [listed("Annual Report", LETTER), listed("The Narrowing Street of Quillon", LETTER)]),
    ("b.html", [listed("Annual Report", ""), listed("Annual Report", LETTER, "2019"),
                listed("The Narrowing Street of Quillon", LETTER, "2019")]),
]  # fmt: skip
UNTITLED_BESIDE_TITLED = [("a.csv", [listed("", LETTER), listed("Annual Report", LETTER)])]
UNTITLED_BESIDE_EQUAL_ONES = [("a.csv", [listed("", LETTER), *2 * [listed("Annual Report", LETTER, "2019")]])]
UNTITLED_OF_TWO_RECORDS = [
    ("a.csv", [listed("Annual Report", "https://x.org/never.pdf"), listed("Plain Words", "https://x.org/never.pdf")]),
    ("b.html", [listed("", "https://x.org/never.pdf"), listed("Plain Words", "", "2019")]),
]
UNTITLED_OF_A_FILE_AND_A_RECORD = [
    ("b.html", [listed("Annual Report", LETTER), listed("Annual Report", "https://x.org/never.pdf")]),
    ("a.csv", [listed("Annual Report", "https://x.org/never.pdf")]),
    ("a.csv", [listed("", "https://x.org/never.pdf")]),
]
FORMS = {"a.csv": ListingForm.TABLE, "b.html": ListingForm.PAGE, "c.txt": ListingForm.TEXT}


class _RollbackError(Exception):
    """Ends a batch whose changes are not kept."""


@contextmanager
def rolled_back(archive: Path) -> Iterator[Catalogue]:
    catalogue = open_catalogue(archive, write=True)
    try:
        with catalogue.batch():
            yield catalogue
            raise _RollbackError  # noqa: TRY301 (the end of the batch)
    except _RollbackError:
        pass
    finally:
        catalogue.close()


@pytest.fixture(scope="module")
def shared_papers(indexed_papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four papers, whose every change is rolled back."""
    return shutil.copytree(indexed_papers, tmp_path_factory.mktemp("shared") / "papers", symlinks=True)


@settings(max_examples=30)
@example(versions=ITEM_NEARLY_AS_ANOTHER)
@example(versions=UNTITLED_BESIDE_TITLED)
@example(versions=UNTITLED_OF_TWO_RECORDS)
@example(versions=UNTITLED_OF_A_FILE_AND_A_RECORD)
@example(versions=UNTITLED_BESIDE_EQUAL_ONES)
@given(versions=VERSIONS)
def test_imports_undone_one_by_one_leave_what_was_before_each(
    shared_papers: Path, versions: list[tuple[str, list[Item]]]
) -> None:
    with rolled_back(shared_papers) as catalogue:
        states = [metadata_rows(catalogue)]
        for number, (name, items) in enumerate(versions):
            numbered = tuple(Item(row, i.metadata, i.link) for row, i in enumerate(items, number + 2))
            read = Listing(name, f"sha256:{number}", FORMS[name], numbered)
            import_items(catalogue, read, Path(name), name)
            after = metadata_rows(catalogue)
            assert not import_items(catalogue, read, Path(name), name).changed
            assert metadata_rows(catalogue) == after
            if after != states[-1]:
                states.append(after)
        while len(states) > 1:
            states.pop()
            undo_recorded(catalogue)
            assert sorted(map(repr, metadata_rows(catalogue))) == sorted(map(repr, states[-1]))
        with pytest.raises(UsageError):
            undo_recorded(catalogue)
