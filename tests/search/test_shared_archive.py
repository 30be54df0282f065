"""An open archive is asked from several threads, follows the newest state when told to, and is closed once."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

import pytest

from corpus.errors import CatalogueError, ClosedArchiveError, IndexStateError, SettingsError
from corpus.paths import DATA_FOLDER
from indexer.ingest.pipeline import reindex
from indexer.ingest.run_events import Summary
from search import Archive, Request, SearchResult, open_archive
from tests.support import ROOT, opened_catalogue

pytestmark = pytest.mark.no_cover  # tracing lines doubles their time, and other tests run the same lines

QUERIES = (
    "torture", "human rights", '"freedom of assembly"', "prevent*", "detention OR assembly OR rights", "detantion~",
    "category:statement torture", "language:fr", "date:2018.. rights", "title:remarks",
)  # fmt: skip


def add_document(archive: Path, name: str, text: str = "A quokka sat under the gum tree.") -> None:
    (archive / f"{name}.txt").write_text(f"{text} This is document {name}.", encoding="utf-8")


def total(archive: Archive, query: str) -> int:
    return archive.search(Request(query)).total


def ask(archive: Archive, query: str) -> tuple[object, ...]:
    """Everything that can be asked about a query and its first hit."""
    request = Request(query, limit=5)
    result = archive.search(request)
    first = result.hits[0].id
    return (
        replace(result, took_ms=0.0), archive.explain(request, first), replace(archive.similar(first), took_ms=0.0),
        archive.document(first), archive.texts(first), archive.view(first, query=query), archive.suggest(query[:4]),
    )  # fmt: skip


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_threads_that_ask_at_once_get_the_answers_of_one_thread(sample_folder: Path) -> None:
    with open_archive(sample_folder) as archive:
        expected = [ask(archive, query) for query in QUERIES]
    begin = threading.Barrier(4)

    def ask_all(archive: Archive, shift: int) -> list[tuple[object, ...]]:
        begin.wait()
        order = [(number + shift) % len(QUERIES) for number in range(len(QUERIES))]
        answers = {number: ask(archive, QUERIES[number]) for number in order}
        return [answers[number] for number in range(len(QUERIES))]

    with open_archive(sample_folder) as archive, ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda shift: ask_all(archive, shift), range(0, 8, 2)))
    assert all(answer == expected for answer in answers)


def test_an_archive_is_closed_by_another_thread_than_opened_it(sample_folder: Path) -> None:
    archive = open_archive(sample_folder)
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(total, archive, "torture").result() == total(archive, "torture") > 0
        thread.submit(archive.close).result()
    with pytest.raises(ClosedArchiveError):
        total(archive, "torture")


@pytest.mark.parametrize(
    "use",
    [
        lambda archive: archive.search(Request("torture")), lambda archive: archive.search(Request(limit=0)),
        lambda archive: archive.explain(Request("torture"), "x"), lambda archive: archive.suggest("tort"),
        lambda archive: archive.suggest(""), lambda archive: archive.similar("x"),
        lambda archive: archive.document("x"), lambda archive: archive.texts("x"), lambda archive: archive.view("x"),
        lambda archive: archive.refresh(), lambda archive: archive.settings,
    ],
)  # fmt: skip
def test_a_closed_archive_says_so_whatever_it_is_asked(sample_folder: Path, use: Callable[[Archive], object]) -> None:
    archive = open_archive(sample_folder)
    archive.close()
    archive.close()
    with pytest.raises(ClosedArchiveError, match="the archive is closed") as refused:
        use(archive)
    assert str(sample_folder) in refused.value.message
    assert refused.value.hint == "Open it again with open_archive()."


def test_a_question_is_answered_although_the_archive_is_closed(sample_folder: Path) -> None:
    archive = open_archive(sample_folder)
    with archive.shared.use() as state:
        archive.close()
        assert state.catalogue.last_change() > 0
        assert state.engine.complete_word("tort", 1)
    with pytest.raises(ClosedArchiveError):
        state.catalogue.last_change()


def descriptors() -> set[str]:
    """The files that this process has open or mapped."""
    opened = set()
    for link in Path("/proc/self/fd").iterdir():
        try:
            opened.add(str(link.readlink()))
        except OSError:  # the descriptor that listed the folder
            continue
    lines = Path("/proc/self/maps").read_text().splitlines()
    mapped = {line.split(maxsplit=5)[5].removesuffix(" (deleted)") for line in lines if "/" in line}
    return {file.removesuffix(" (deleted)") for file in opened} | mapped


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_stays_open_after_closing_whatever_threads_asked(papers: Path) -> None:
    archive = open_archive(papers)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: total(archive, "the"), range(8)))
    assert [file for file in descriptors() if file.startswith(str(papers))]
    archive.close()
    assert not [file for file in descriptors() if file.startswith(str(papers))]


# --- following the newest state --------------------------------------------------------------------------------


@pytest.fixture
def archive(papers: Path) -> Iterator[Archive]:
    with open_archive(papers) as opened:
        yield opened


def test_refresh_shows_what_was_indexed_since(papers: Path, archive: Archive, run: Callable[..., Summary]) -> None:
    add_document(papers, "new")
    run(papers)
    assert total(archive, "quokka") == 0
    assert archive.refresh() is True
    assert total(archive, "quokka") == 1
    assert archive.refresh() is False


def test_refresh_works_with_any_engine(papers: Path, memory_engine: str, run: Callable[..., Summary]) -> None:
    (papers / "muniment.toml").write_text(f'[index]\nengine = "{memory_engine}"\n', encoding="utf-8")
    run(papers)
    with open_archive(papers) as archive:
        add_document(papers, "new")
        run(papers)
        assert total(archive, "quokka") == 0
        assert archive.refresh() is True
        assert (total(archive, "quokka"), archive.refresh()) == (1, False)


def test_refresh_follows_the_settings_and_the_thesaurus(papers: Path, archive: Archive) -> None:
    equivalents = '[archive]\nname = "Ours"\n[thesaurus]\nskos = "terms.rdf"\nequivalent = [["zzyzx", "letter"]]\n'
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
    assert total(archive, "zzyzx") == 0
    (papers / "terms.rdf").write_text(rdf, encoding="utf-8")
    (papers / "muniment.toml").write_text(equivalents, encoding="utf-8")
    assert archive.refresh() is True
    assert (archive.settings.name, archive.refresh()) == ("Ours", False)
    assert total(archive, "zzyzx") == total(archive, "letter") > 0
    (papers / "terms.rdf").write_text(f"{rdf}\n", encoding="utf-8")
    assert (archive.refresh(), archive.refresh()) == (True, False)


def test_refresh_reports_changes_that_the_index_lacks_yet(papers: Path, archive: Archive) -> None:
    with opened_catalogue(papers, write=True) as catalogue:
        catalogue.run("UPDATE documents SET changed = (SELECT max(changed) + 1 FROM documents) WHERE key = 1")
    assert (archive.refresh(), archive.refresh()) == (True, False)


def test_refresh_follows_a_catalogue_that_was_put_in_place(
    papers: Path, archive: Archive, run: Callable[..., Summary]
) -> None:
    (papers / DATA_FOLDER).rename(papers / "moved-away")
    add_document(papers, "new")
    run(papers)
    assert archive.refresh() is True
    assert [hit.path for hit in archive.search(Request("quokka")).hits] == ["new.txt"]


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (lambda folder: (folder / "muniment.toml").write_text("[unknown]\n"), SettingsError),
        (lambda folder: (folder / DATA_FOLDER / "index" / "manifest.json").write_text("{}"), IndexStateError),
        (lambda folder: (folder / DATA_FOLDER / "catalogue.db").rename(folder / "moved-away"), CatalogueError),
    ],
)
def test_a_refresh_that_fails_leaves_the_archive_as_it_was(
    papers: Path, archive: Archive, spoil: Callable[[Path], object], error: type[Exception]
) -> None:
    before = archive.search(Request("the"))
    spoil(papers)
    for _ in range(2):
        with pytest.raises(error):
            archive.refresh()
    assert replace(archive.search(Request("the")), took_ms=before.took_ms) == before


@pytest.mark.no_cover  # it measures time, and tracing lines takes some
def test_refresh_takes_microseconds_when_nothing_changed(sample_folder: Path) -> None:
    seconds = []
    with open_archive(sample_folder) as archive:
        for _ in range(10):
            started = time.process_time()
            assert not any(archive.refresh() for _ in range(100))
            seconds.append((time.process_time() - started) / 100)
    assert min(seconds) < 100e-6


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_replaced_files_are_let_go_of_after_the_last_question(
    papers: Path, archive: Archive, run: Callable[..., Summary]
) -> None:
    index = str((papers / DATA_FOLDER / "index").resolve())
    before = {file for file in descriptors() if file.startswith(index)}
    with archive.shared.use() as state:
        (papers / "new.txt").write_text("quokka " * 1000, encoding="utf-8")
        run(papers)
        list(reindex(papers))
        archive.refresh()
        assert state.engine.complete_word("quokk", 1) == ()
        assert before <= descriptors()
    del state
    assert not before & descriptors()
    assert total(archive, "quokka") == 1


# --- a run in another process, meanwhile -----------------------------------------------------------------------


def follow(archive: Archive, done: threading.Event) -> list[SearchResult]:
    """Ask again and again, following the newest state, until ``done``."""
    answers = []
    while not done.is_set():
        archive.refresh()
        answers.append(archive.search(Request("quokka", limit=100)))
        time.sleep(0.02)
    return answers


@pytest.mark.no_cover  # tracing lines doubles its time, and other tests run the same lines
def test_threads_search_and_follow_while_a_run_indexes(papers: Path, archive: Archive) -> None:
    done = threading.Event()
    with ThreadPoolExecutor(3) as threads:
        followed = [threads.submit(follow, archive, done) for _ in range(3)]
        try:
            for batch in range(2):
                for number in range(4):
                    add_document(papers, f"{batch}-{number}")
                with Popen([sys.executable, "-m", "cli", "--archive", str(papers), "index"], cwd=ROOT) as process:
                    assert process.wait() == 0
        finally:
            done.set()
    for answers in (thread.result() for thread in followed):
        totals = [answer.total for answer in answers]
        assert totals == sorted(totals)
        assert all(len({hit.id for hit in answer.hits}) == answer.total for answer in answers)
    archive.refresh()
    assert total(archive, "quokka") == 8
