"""A document inside a file that has the bytes of another is a duplicate of it, and takes its place when it goes."""

from __future__ import annotations

import mailbox
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.document import SEARCHABLE, Document, State
from corpus.errors import UsageError
from indexer.archivist.bagit.export_bag import export_bag
from indexer.archivist.corrections import edit
from indexer.archivist.erasure import erase
from indexer.archivist.state_list import state_list
from indexer.archivist.status import status
from indexer.archivist.verify.verify import verify
from indexer.archivist.withdrawal import restore, withdraw
from indexer.ingest.pipeline import index
from indexer.ingest.reread import reread
from indexer.ingest.run_config import Options
from search import open_archive
from tests.conftest import Indexing
from tests.support import ROOT, documents_by_path, downgrade, found_paths, opened_catalogue

LETTER, MINUTES = "A letter on places of detention.\n", "Minutes of the meeting on torture.\n"


def pack(path: Path, **texts: str) -> Path:
    """Write a ZIP file of texts, whose bytes are those of no other one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = path.name.encode()
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(f"{name}.txt"), text)
    return path


def mail(subject: str, *attachments: tuple[str, str]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "a@example.org", subject, "Mon, 4 Mar 2019 10:00:00 +0000"
    message.set_content(f"{subject}: see attached.")
    for name, text in attachments:
        message.add_attachment(text, filename=name)
    return message


def places(archive: Path, *states: State) -> set[str]:
    """Return where the documents in some states are."""
    return {path for path, document in documents_by_path(archive).items() if document.state in states}


def document_at(archive: Path, path: str) -> Document:
    return documents_by_path(archive)[path]


def originals(archive: Path) -> set[str]:
    assert places(archive, *SEARCHABLE) == found_paths(archive)
    assert verify(archive).holds
    return found_paths(archive)


def test_an_attachment_mailed_five_times_is_one_document(tmp_path: Path, run: Indexing) -> None:
    for number in range(4):
        message = mail(f"Mail {number}", ("report.txt", LETTER))
        (tmp_path / f"{number}.eml").write_bytes(bytes(message))
    box = mailbox.mbox(tmp_path / "all.mbox")
    box.add(mail("Last mail", ("sent.txt", LETTER)))
    box.close()
    (tmp_path / "z.txt").write_text(LETTER)
    run(tmp_path)
    assert len(originals(tmp_path)) == 6
    assert found_paths(tmp_path, "detention") == {"z.txt"}
    assert len(places(tmp_path, State.DUPLICATE)) == 5
    assert status(tmp_path).copies_inside == 5


def test_a_mail_in_two_mailboxes_and_a_file_is_one_document(tmp_path: Path, run: Indexing) -> None:
    message = mail("Hearing", ("report.txt", LETTER))
    for name in ("a.mbox", "b.mbox"):
        box = mailbox.mbox(tmp_path / name)
        box.add(message)
        box.add(mail(f"Only in {name}"))
        box.close()
    run(tmp_path)
    assert len(originals(tmp_path)) == 4
    first = min(path for path in found_paths(tmp_path, "hearing"))
    with open_archive(tmp_path) as archive:
        view = archive.view(document_at(tmp_path, first).id)
        assert [copy.split(" > ")[0] for copy in view.copies] == ["b.mbox"]
        copy = archive.view(document_at(tmp_path, view.copies[0]).id)
        assert (copy.document.state, copy.original, copy.texts) == (State.DUPLICATE, view.document.id, view.texts)


def test_a_file_with_bytes_known_from_a_container_is_its_copy(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", letter=LETTER)
    run(tmp_path)
    known = document_at(tmp_path, "a.zip > letter.txt")
    edit(tmp_path, known.id, {"title": "By hand"})
    (tmp_path / "letter.txt").write_text(LETTER)
    assert run(tmp_path).duplicate == 1
    assert run(tmp_path).unchanged == 2
    assert originals(tmp_path) == {"a.zip > letter.txt"}
    (entry,) = state_list(tmp_path, State.DUPLICATE)
    assert (entry.path, entry.original) == ("letter.txt", known.id)
    (tmp_path / "a.zip").unlink()
    run(tmp_path)
    assert originals(tmp_path) == {"letter.txt"}
    after = document_at(tmp_path, "letter.txt")
    assert (after.id, after.metadata.value("title")) == (known.id, "By hand")
    pack(tmp_path / "a.zip", letter=LETTER)
    run(tmp_path)
    assert originals(tmp_path) == {"letter.txt"}
    assert places(tmp_path, State.DUPLICATE) == {"a.zip > letter.txt"}


@pytest.mark.parametrize("change", ["removed", "changed", "repacked"])
def test_a_copy_takes_the_place_of_its_original_in_one_run(tmp_path: Path, run: Indexing, change: str) -> None:
    pack(tmp_path / "a.zip", letter=LETTER, minutes=MINUTES)
    pack(tmp_path / "b.zip", sent=LETTER)
    run(tmp_path)
    known = document_at(tmp_path, "a.zip > letter.txt")
    assert places(tmp_path, State.DUPLICATE) == {"b.zip > sent.txt"}
    edit(tmp_path, known.id, {"title": "By hand"})
    if change == "removed":
        (tmp_path / "a.zip").unlink()
        run(tmp_path, yes_missing=True)
    else:
        text = {"letter": "Quite another letter."} if change == "changed" else {}
        pack(tmp_path / "a.zip", minutes=MINUTES, **text)
        run(tmp_path)
    assert found_paths(tmp_path, "places") == {"b.zip > sent.txt"}
    after = document_at(tmp_path, "b.zip > sent.txt")
    assert (after.id, after.metadata.value("title")) == (known.id, "By hand")
    assert verify(tmp_path).holds
    pack(tmp_path / "a.zip", letter=LETTER, minutes=MINUTES)
    run(tmp_path)
    assert len(originals(tmp_path)) == 2
    assert document_at(tmp_path, "b.zip > sent.txt").id == known.id


def test_a_container_is_read_again_for_a_copy_whose_text_is_gone(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", letter=LETTER)
    pack(tmp_path / "sub" / "b.zip", sent=LETTER)
    run(tmp_path)
    (tmp_path / "sub" / "b.zip").rename(tmp_path.parent / "b.zip")
    run(tmp_path, yes_missing=True)
    pack(tmp_path / "a.zip", letter=MINUTES)  # now no copy is there, and the text is replaced
    run(tmp_path)
    (tmp_path.parent / "b.zip").rename(tmp_path / "sub" / "b.zip")
    run(tmp_path)
    assert originals(tmp_path) == {"a.zip > letter.txt", "sub/b.zip > sent.txt"}


@pytest.mark.parametrize("jobs", [1, 3])
def test_files_come_before_containers_in_whatever_order(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "archive"
    for number in range(6):
        pack(folder / f"{number}.zip", letter=LETTER, minutes=MINUTES, own=f"Only in {number}")
    (folder / "z.txt").write_text(MINUTES)
    list(index(folder, (), Options(jobs=jobs)))
    found = originals(folder)
    assert found == {"z.txt", "0.zip > letter.txt", *(f"{number}.zip > own.txt" for number in range(6))}
    ids = {path: document_at(folder, path).id for path in found}
    (folder / ".muniment").rename(tmp_path / "data")
    list(index(folder, (), Options(jobs=1)))
    assert {path: document_at(folder, path).id for path in found} == ids


def test_what_an_archivist_described_is_never_made_a_duplicate(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", letter=LETTER)
    pack(tmp_path / "b.zip", letter=LETTER, other=LETTER)
    run(tmp_path)
    with opened_catalogue(tmp_path, write=True) as catalogue:  # as before duplicates were found
        catalogue.run("UPDATE documents SET digest = 'sha256:' || key")
    list(reread(tmp_path, [document_at(tmp_path, "b.zip > letter.txt").id], Options(jobs=1)))
    with opened_catalogue(tmp_path, write=True) as catalogue:
        catalogue.run("UPDATE documents SET digest = (SELECT max(digest) FROM documents WHERE length(digest) > 20)")
    described = document_at(tmp_path, "b.zip > letter.txt")
    edit(tmp_path, described.id, {"title": "By hand"})
    list(reread(tmp_path, [described.id, document_at(tmp_path, "a.zip > letter.txt").id], Options(jobs=1)))
    assert originals(tmp_path) == {"b.zip > letter.txt"}
    assert document_at(tmp_path, "b.zip > letter.txt").metadata.value("title") == "By hand"
    assert len(places(tmp_path, State.DUPLICATE)) == 2


def test_a_withdrawn_document_is_not_found_through_a_copy(tmp_path: Path, run: Indexing) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER)
    pack(folder / "a.zip", sent=LETTER, minutes=MINUTES)
    run(folder)
    document_id, copy = (document_at(folder, path).id for path in ("letter.txt", "a.zip > sent.txt"))
    with pytest.raises(UsageError, match=document_id):
        withdraw(folder, copy, "a reason")
    with pytest.raises(UsageError, match=document_id):
        edit(folder, copy, {"title": "Another"})
    withdraw(folder, document_id, "a reason")
    assert export_bag(folder, tmp_path / "bag").containers == ("a.zip",)
    (folder / "letter.txt").unlink()
    pack(folder / "b.zip", sent=LETTER)
    run(folder)
    assert originals(folder) == {"a.zip > minutes.txt"}
    assert state_list(folder, State.DUPLICATE) == ()
    with open_archive(folder) as archive:
        assert archive.view(copy).document.path == ""
    restore(folder, document_id)
    run(folder)
    assert found_paths(folder, "detention") == {"a.zip > sent.txt"}


def test_an_erased_document_does_not_come_back_through_a_copy(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", sent=LETTER, minutes=MINUTES)
    run(tmp_path)
    (tmp_path / "letter.txt").write_text(LETTER)
    pack(tmp_path / "b.zip", sent=LETTER, own="Only here.")
    run(tmp_path)
    erasure = erase(tmp_path, [document_at(tmp_path, "b.zip > sent.txt").id], "a reason")
    assert (len(erasure.documents), erasure.files, erasure.containers) == (2, ("letter.txt",), ("b.zip", "a.zip"))
    with opened_catalogue(tmp_path) as catalogue:
        assert catalogue.rows("SELECT path FROM files WHERE path = 'letter.txt'") == []
        assert catalogue.rows("SELECT path FROM events WHERE path = 'letter.txt' OR detail LIKE '%sent%'") == []
    pack(tmp_path / "c.zip", third=LETTER)
    run(tmp_path)
    assert originals(tmp_path) == {"a.zip > minutes.txt", "b.zip > own.txt"}


def test_attachments_erased_with_their_mail_stay_elsewhere(tmp_path: Path, run: Indexing) -> None:
    (tmp_path / "a.eml").write_bytes(bytes(mail("Hearing", ("letter.txt", LETTER))))
    pack(tmp_path / "b.zip", sent=LETTER)
    run(tmp_path)
    assert places(tmp_path, State.DUPLICATE) == {"b.zip > sent.txt"}
    erase(tmp_path, [document_at(tmp_path, "a.eml").id], "a reason")
    assert [one.kind for one in verify(tmp_path).differences] == ["copy"]
    run(tmp_path)
    assert originals(tmp_path) == {"b.zip > sent.txt"}


def test_copies_are_known_after_a_bag_is_restored(tmp_path: Path, run: Indexing) -> None:
    folder = tmp_path / "archive"
    pack(folder / "a.zip", letter=LETTER)
    pack(folder / "b.zip", sent=LETTER)
    run(folder)
    export_bag(folder, tmp_path / "bag")
    (tmp_path / "restored").mkdir()
    run(tmp_path / "restored", tmp_path / "bag")
    assert len(originals(tmp_path / "restored")) == 1
    assert len(places(tmp_path / "restored", State.DUPLICATE)) == 1


def test_a_catalogue_made_before_has_its_documents_as_they_were(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", letter=LETTER)
    pack(tmp_path / "b.zip", sent=MINUTES)
    pack(tmp_path / "c.zip", scan="Words of a scan.")
    run(tmp_path)
    before = documents_by_path(tmp_path)
    with opened_catalogue(tmp_path, write=True) as catalogue:
        catalogue.run("UPDATE documents SET digest = (SELECT digest FROM documents WHERE part = 'letter.txt')")
        catalogue.run(
            "UPDATE documents SET digest = (SELECT digest FROM files WHERE key = file) WHERE part LIKE 'scan%'"
        )
        catalogue.run("UPDATE documents SET record_digest = ''")
        downgrade(catalogue, 3)
    assert run(tmp_path).unchanged == 3
    with opened_catalogue(tmp_path) as catalogue:  # OCR recorded the digest of the file
        assert catalogue.rows("SELECT digest FROM documents WHERE part = 'scan.txt'") == [("",)]
    assert {path: document.id for path, document in documents_by_path(tmp_path).items()} == {
        path: document.id for path, document in before.items()
    }
    assert originals(tmp_path) == before.keys()


KILLED = """
import os, sys
from pathlib import Path
from indexer.ingest import extract_files
from indexer.ingest.pipeline import index
from indexer.ingest.run_config import Options
from indexer.ingest.run_events import Read
extract_files.BATCH_FILES = 1
reads = 0
for event in index(Path(sys.argv[1]), (), Options(jobs=1, yes_missing=True)):
    reads += isinstance(event, Read)
    if reads == int(sys.argv[2]):
        os._exit(9)
"""


def test_a_correction_after_a_kill_is_not_taken_for_a_reading(tmp_path: Path, run: Indexing) -> None:
    pack(tmp_path / "a.zip", first="The first words.", second=LETTER)
    run(tmp_path)
    pack(tmp_path / "a.zip", first="The first words.", second=MINUTES)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "1"], cwd=ROOT, check=False)
    assert killed.returncode == 9
    edit(tmp_path, document_at(tmp_path, "a.zip > second.txt").id, {"title": "By hand"})
    run(tmp_path)
    assert found_paths(tmp_path, "minutes") == {"a.zip > second.txt"}


def test_a_killed_run_leaves_no_copy_without_its_text(tmp_path: Path, run: Indexing) -> None:
    for name in ("a", "b", "c"):
        pack(tmp_path / f"{name}.zip", letter=LETTER, minutes=MINUTES, own=f"Only in {name}.")
    run(tmp_path)
    pack(tmp_path / "a.zip", own="Only in a.", letter=MINUTES)
    pack(tmp_path / "b.zip", other=LETTER)
    (tmp_path / "c.zip").unlink()
    for read in (3, 5):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(read)], cwd=ROOT, check=False)
        assert killed.returncode in {0, 9}
    run(tmp_path)
    assert originals(tmp_path) == {"a.zip > own.txt", "a.zip > letter.txt", "b.zip > other.txt"}
