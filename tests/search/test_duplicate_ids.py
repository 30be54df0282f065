"""The id of a duplicate answers as that of its original, wherever an id is asked for."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from corpus.document import State
from corpus.errors import ArchiveError, UsageError
from corpus.sample import ARCHIVE as SAMPLE
from indexer.archivist.original_file import original_file
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from search import open_archive
from search.request import Request
from tests.commands.calling import call, call_json
from tests.support import documents_by_path
from tests.web.conftest import client_of

BARRELS, AGAIN, SHEET = "barrels.txt", "again.txt", "sheet.pdf"
Ids = dict[str, str]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ids]:
    """An archive of two texts and a PDF, each also in a ZIP file, and the ids by place; ``in/NAME`` is a duplicate."""
    folder = tmp_path_factory.mktemp("twice")
    (folder / BARRELS).write_text("The commission counted the barrels of herring in the harbour of Quillon.\n")
    (folder / AGAIN).write_text("In the harbour of Quillon the herring lost its barrels, said the commission.\n")
    shutil.copyfile(SAMPLE / "briefings/gender-recognition-briefing.pdf", folder / SHEET)
    with zipfile.ZipFile(folder / "z.zip", "w") as packed:
        for name in (BARRELS, AGAIN, SHEET):
            packed.write(folder / name, f"in/{name}")
    list(index(folder, (), Options(jobs=1)))
    by_path = documents_by_path(folder)
    assert {by_path[f"z.zip > in/{name}"].state for name in (BARRELS, AGAIN, SHEET)} == {State.DUPLICATE}
    return folder, {path.removeprefix("z.zip > "): document.id for path, document in by_path.items()}


def test_similar_documents_are_those_of_the_original(twice: tuple[Path, Ids]) -> None:
    folder, ids = twice
    copy, original = ids[f"in/{BARRELS}"], ids[BARRELS]
    hits = call_json(folder, "similar", copy)["hits"]
    assert hits[0]["id"] == ids[AGAIN]
    assert hits == call_json(folder, "similar", original)["hits"]
    assert f"{copy} is a duplicate of {original}" in call(folder, "similar", copy).stderr
    assert not call(folder, "similar", original).stderr


def test_a_query_for_the_id_finds_the_original(twice: tuple[Path, Ids]) -> None:
    folder, ids = twice
    copy = ids[f"in/{BARRELS}"]
    with open_archive(folder) as archive:
        for query, found in ((f"id:{copy}", [BARRELS]), (f"id:{copy.upper()}", [BARRELS]), (f"-id:{copy}", [AGAIN])):
            result = archive.search(Request(f"herring {query}"))
            assert [hit.path for hit in result.hits] == found
            assert ids[BARRELS] in str(result.diagnostics[-1].message)
        request = Request("herring")
        assert archive.explain(request, copy) == archive.explain(request, ids[BARRELS])


def test_a_duplicate_is_shown_with_the_text_of_its_original(twice: tuple[Path, Ids]) -> None:
    folder, ids = twice
    with open_archive(folder) as archive:
        copy, original = (archive.view(ids[name], page=2, query="law") for name in (f"in/{SHEET}", SHEET))
        assert (copy.texts, copy.spans, copy.candidates) == (original.texts, original.spans, original.candidates)
        assert (copy.document.state, copy.original) == (State.DUPLICATE, ids[SHEET])
        assert copy.document.path == f"z.zip > in/{SHEET}"
        assert copy.document.metadata == original.document.metadata
        assert archive.texts(ids[f"in/{SHEET}"]) == archive.texts(ids[SHEET])
    assert original_file(folder, ids[f"in/{SHEET}"]) == original_file(folder, ids[SHEET])


@pytest.mark.parametrize("rest", ["", ".txt", "/original", "/page/2.png?dpi=40"])
def test_pages_of_a_duplicate_are_those_of_its_original(twice: tuple[Path, Ids], rest: str) -> None:
    folder, ids = twice
    with client_of(folder) as client:
        copy, original = (client.get(f"/documents/{ids[name]}{rest}") for name in (f"in/{SHEET}", SHEET))
    assert copy.status_code == original.status_code == 200
    assert rest == "" or copy.content == original.content


def test_a_duplicate_of_a_withdrawn_document_is_withdrawn(twice: tuple[Path, Ids], tmp_path: Path) -> None:
    folder, ids = shutil.copytree(twice[0], tmp_path / "a"), twice[1]
    copy = ids[f"in/{BARRELS}"]
    withdraw(folder, ids[BARRELS], "asked for")
    with open_archive(folder) as archive:
        assert archive.view(copy).texts == ()
        assert archive.document(copy).state is State.WITHDRAWN
        with pytest.raises(UsageError):
            archive.similar(copy)
    with pytest.raises(ArchiveError, match="withdrawn"):
        original_file(folder, copy)
    with pytest.raises(UsageError, match=ids[BARRELS]):
        restore(folder, copy)
