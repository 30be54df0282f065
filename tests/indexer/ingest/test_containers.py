"""A file of many documents is read in linear time, within a budget, and continued where a run ended."""

from __future__ import annotations

import zipfile
from collections.abc import Generator
from contextlib import closing
from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from corpus.catalogue import open_catalogue
from corpus.catalogue.file_records import all_files
from corpus.document import State
from indexer.ingest import extract_files
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Event, Read
from indexer.readers import container_opener
from indexer.readers.embedded.embedded_reader import OpenContainers, read_embedded
from indexer.readers.mail.mail_parts import load
from indexer.readers.reader_protocol import ContainerOpener, Limits

ONE_PROCESS = Options(jobs=1)


def zip_of(path: Path, count: int, word: str = "words") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", f"{word} {number}")
    return path


def read_labels(archive: Path) -> list[str]:
    return [event.path for event in index(archive, [], ONE_PROCESS) if isinstance(event, Read)]


def begin(archive: Path) -> Generator[Event, None, None]:
    yield from index(archive, [], ONE_PROCESS)


def test_a_container_is_opened_once_for_all_documents_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def count(path: Path) -> ContainerOpener | None:
        opened.append(path.name)
        return container_opener(path)

    monkeypatch.setattr("indexer.readers.embedded.embedded_reader.container_opener", count)
    inner = zip_of(tmp_path / "inner.zip", 50)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "inner.zip")
        for number in range(50):
            archive.writestr(f"{number}.txt", f"outer {number}")
    addresses = [f"{number}.txt" for number in range(50)] + [f"inner.zip > {number}.txt" for number in range(50)]
    with OpenContainers() as containers:
        texts = [read_embedded(outer, address, containers)[0].text.pages[0].text for address in addresses]
    assert texts == [f"outer {number}" for number in range(50)] + [f"words {number}" for number in range(50)]
    assert opened == ["outer.zip", "part.zip"]


def test_a_mail_of_many_attachments_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Many"
    mail.set_content("See attached.")
    for number in range(300):
        mail.add_attachment(f"part {number}", filename=f"{number}.txt")
    path = tmp_path / "a.eml"
    path.write_bytes(mail.as_bytes())
    loads: list[Path] = []

    def count(path: Path, limits: Limits) -> tuple[Message, str]:
        loads.append(path)
        return load(path, limits)

    monkeypatch.setattr("indexer.readers.mail.mail_reader.load", count)
    with OpenContainers() as containers:
        text = [
            read_embedded(path, f"attachment {number + 1}: {number}.txt", containers)[0].text.pages[0].text
            for number in (0, 1, 299)
        ]
    assert text == ["part 0", "part 1", "part 299"]
    assert len(loads) == 1


def test_a_run_continues_a_file_where_the_one_before_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_of(tmp_path / "a.zip", 40)
    monkeypatch.setattr(extract_files, "BATCH_FILES", 1)
    run = begin(tmp_path)
    labels: list[str] = []
    while len(labels) < 11:
        event = next(run)
        labels += [event.path] if isinstance(event, Read) else []
    run.close()
    rest = read_labels(tmp_path)
    assert rest[0] == "a.zip"
    assert len(rest) == 1 + 30
    assert not {*labels[1:]} & {*rest[1:]}
    assert {*labels, *rest} == {"a.zip", *(f"a.zip > {number}.txt" for number in range(40))}
    assert read_labels(tmp_path) == []


def test_a_file_that_changed_meanwhile_is_read_from_its_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zip_of(tmp_path / "a.zip", 20)
    monkeypatch.setattr(extract_files, "BATCH_FILES", 1)
    run = begin(tmp_path)
    while not (isinstance(event := next(run), Read) and event.done > 10):
        pass
    run.close()
    zip_of(tmp_path / "a.zip", 20, "others")
    assert len(read_labels(tmp_path)) == 21


def test_a_file_that_takes_all_of_its_time_is_continued_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zip_of(tmp_path / "a.zip", 40)
    (tmp_path / "b.txt").write_text("another file")
    monkeypatch.setattr(extract_files, "MAX_FILE_SECONDS", 0.0)
    first = read_labels(tmp_path)
    assert "b.txt" in first
    assert len(first) < 20
    with closing(open_catalogue(tmp_path)) as catalogue:
        record = all_files(catalogue)[0]
        assert (record.state, record.digest) == (State.PARTIAL, "")
        assert record.reason.endswith("the next run continues")
    monkeypatch.undo()
    second = read_labels(tmp_path)
    assert len({*first, *second}) == 42
    with closing(open_catalogue(tmp_path)) as catalogue:
        assert [record.state for record in all_files(catalogue)] == [State.INDEXED, State.INDEXED]
