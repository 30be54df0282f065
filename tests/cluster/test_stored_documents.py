"""A machine without the catalogue searches what the cluster stores, which follows every change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus.engine_address import parse_engine_address
from corpus.errors import EngineError, ExitCode, IndexStateError, UsageError
from corpus.settings import load_settings
from corpus.trust.confirmed_engines import confirm_engine
from indexer.index.opensearch.client import open_client
from muniment import Request, open_archive
from search.opensearch_engine import document_texts
from tests.cluster.moved_archives import catch_up, index_folder, moved_copy, rebuild
from tests.commands.calling import call

TEXTS = {
    "pages.txt": "A long inves-\ftigation of the coun-\ncil. The council met. L'État et l'été, le détenu.\fetat",
    "chinese.txt": "人权保护是联合国的工作。人权理事会在日内瓦举行会议。",
    "arabic.txt": "حقوق الإنسان للجميع. عقد مجلس حقوق الإنسان دورته في جنيف.",
}
QUERIES = (
    "torture", '"human rights"', "", "investigation", '"of the council"', "人权", "حقوق", "inves* OR rihgts~",
    "rights NEAR/5 human", "title:statement", "zzqqzz", "=été", "category:statement date:2017..",
)  # fmt: skip
DOCUMENTS_TABLE = "[index]\nstore_documents = true\n"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(Path("corpus/sample/archive"), folder, dirs_exist_ok=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    index_folder(folder)
    return folder


@pytest.fixture
def archive(cluster: str, indexed: Path, tmp_path: Path) -> Iterator[Path]:
    """Yield an archive on the cluster, which stores its documents there."""
    with moved_copy(indexed, tmp_path / "archive", cluster, DOCUMENTS_TABLE) as folder:
        yield folder


@pytest.fixture
def elsewhere(archive: Path, tmp_path: Path) -> Path:
    """Return a folder as another machine has it: settings alone, whose cluster was confirmed."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(archive / "muniment.toml", folder)
    confirm_engine(folder, parse_engine_address(load_settings(folder).engine))
    return folder


def answer(folder: Path, *arguments: str) -> dict[str, object]:
    result = call(folder, "search", "--json", "--verbose", "--explain", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    del found["took_ms"]
    return found


def stored_text(archive: Path) -> str:
    """Return all that the cluster stores of the documents of the index in use."""
    with closing(open_client(archive, load_settings(archive))) as client:
        return json.dumps(client.search(client.address.name, {"size": 1000}), ensure_ascii=False)


def test_both_places_give_the_same_answers(archive: Path, elsewhere: Path) -> None:
    for query in QUERIES:
        for more in ((), ("--limit", "3", "--offset", "2", "--sort", "newest"), ("--any", "--facets", "category,year")):
            here, there = answer(archive, query, *more), answer(elsewhere, query, "--read-from", "cluster", *more)
            assert there == here, query
    assert not (elsewhere / ".muniment").exists()


def test_a_table_of_all_hits_is_the_same(archive: Path, elsewhere: Path) -> None:
    columns = ("--csv", "--all", "--columns", "id,title,date,category,passage,page", "rights OR 人权")
    here = call(archive, "search", *columns)
    there = call(elsewhere, "search", "--read-from", "cluster", *columns)
    assert here.exit_code == there.exit_code == 0
    assert there.stdout == here.stdout
    assert there.stdout.count("\n") > 30


def test_a_typed_address_is_confirmed_by_that(archive: Path, tmp_path: Path) -> None:
    folder, address = tmp_path / "typed", load_settings(archive).engine
    folder.mkdir()
    assert answer(folder, "--read-from", address, "torture") == answer(archive, "torture")
    shutil.copy(archive / "muniment.toml", folder)
    assert answer(folder, "--read-from", "cluster", "torture") == answer(archive, "torture")


def test_what_is_stored_follows_corrections_and_erasures(archive: Path, elsewhere: Path) -> None:
    with open_archive(archive) as opened:
        edited, erased = (opened.search(Request(word)).hits[0].id for word in ("investigation", "人权"))
    assert "人权保护" in stored_text(archive)
    for command in (("edit", edited, "--title", "Renamed"), ("erase", erased, "--reason", "asked", "--yes")):
        muniment = [sys.executable, "cli.py", "--archive", str(archive), *command]
        subprocess.run(muniment, check=True, capture_output=True)
    with open_archive(elsewhere, read_from="cluster") as opened:
        assert opened.search(Request("investigation")).hits[0].metadata["title"] == "Renamed"
        assert opened.search(Request("人权")).total == 0
    assert "人权保护" not in stored_text(archive)
    catch_up(archive)
    assert "Renamed" in stored_text(archive)


def test_nothing_about_editors_or_sources_is_stored(archive: Path) -> None:
    with open_archive(archive) as opened:
        document = opened.document(opened.search(Request("torture")).hits[0].id)
    details = [one.detail for one in document.metadata.chosen if len(one.detail) > 8]
    text = stored_text(archive)
    assert details
    assert document.path in text
    assert not any(json.dumps(detail, ensure_ascii=False) in text for detail in details)


def test_the_record_of_a_table_names_the_archive_and_the_cluster(archive: Path, tmp_path: Path) -> None:
    address = load_settings(archive).engine
    with (archive / "muniment.toml").open("a") as file:
        file.write('[archive]\nname = "Ours"\n')
    rebuild(archive)
    for folder, name in ((archive, "here.csv"), (tmp_path, "there.csv")):
        table = tmp_path / name
        result = call(
            folder, "search", "torture", "-o", str(table), *([] if folder == archive else ["--read-from", address])
        )
        assert result.exit_code == 0, result.output
        record = json.loads(table.with_name(f"{name}.record.json").read_text())
        assert (record["archive"]["name"], record["archive"]["engine"]) == ("Ours", address)


def test_an_index_without_documents_says_so(archive: Path, elsewhere: Path) -> None:
    settings = (archive / "muniment.toml").read_text()
    (archive / "muniment.toml").write_text(settings.replace("store_documents = true\n", ""))
    with open_archive(elsewhere, read_from="cluster") as opened:
        assert opened.search(Request("torture")).hits, "the setting counts when the index is rebuilt"
    rebuild(archive)
    with pytest.raises(IndexStateError, match="stores no documents"):
        open_archive(elsewhere, read_from="cluster")
    assert "Convention against Torture" not in stored_text(archive)


def test_an_address_that_nobody_confirmed_is_not_asked(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "unconfirmed"
    folder.mkdir()
    shutil.copy(archive / "muniment.toml", folder)
    with pytest.raises(EngineError, match="nobody has confirmed") as refused:
        open_archive(folder, read_from="cluster")
    assert "--read-from opensearch://" in str(refused.value.hint)
    result = call(folder, "search", "--read-from", "cluster", "torture")
    assert result.exit_code == ExitCode.UNAVAILABLE


def test_documents_kept_in_memory_give_way_to_others(
    archive: Path, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(archive) as here, open_archive(elsewhere, read_from="cluster") as there:
        monkeypatch.setattr(document_texts, "MAX_CHARACTERS", 120_000)
        for query in ("人权", "date:2019 limit", "investigation", "title:toolkit", "حقوق"):
            request = Request(query, limit=2)
            assert there.search(request).hits == here.search(request).hits
        monkeypatch.setattr(document_texts, "MAX_CHARACTERS", 1_000)
        with pytest.raises(UsageError, match="characters"):
            there.search(Request("rights", limit=50))


def test_stored_documents_of_a_stranger_are_an_error_of_one_line(archive: Path, elsewhere: Path) -> None:
    with closing(open_client(archive, load_settings(archive))) as client:
        hits = client.search(client.address.name, {"size": 1, "query": {"match": {"text": "torture"}}})["hits"]["hits"]
        body = {"id": hits[0]["_id"], "change": 1, "text": "zzforged", "stored": {"id": hits[0]["_id"], "texts": [[1]]}}
        client.request("PUT", f"/{hits[0]['_index']}/_doc/{hits[0]['_id']}?refresh=true", body)
    result = call(elsewhere, "search", "--read-from", "cluster", "=zzforged")
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert "damaged" in result.output
