"""Embedded documents: each is listed, found again by its address, and read within limits."""

from __future__ import annotations

import gzip
import hashlib
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import DocumentText, Extraction, State
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import read, retry
from indexer.readers.embedded.embedded_reader import OpenContainers, read_embedded, retry_embedded
from indexer.readers.reader_protocol import Limits
from indexer.sandbox.pool import Job, run_jobs
from indexer.sandbox.worker import WorkerSettings
from tests.indexer.readers.reader_support import text_of, write_file


@pytest.fixture(scope="session")
def formats(data: Path) -> Path:
    return data / "formats"


@pytest.fixture(autouse=True)
def temp_root(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("temp")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def addresses(path: Path, limits: Limits | None = None) -> list[str]:
    return [part.address for part in read(path, limits).embedded]


def zipped(members: list[tuple[str, bytes | str]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def mail(subject: str, *attached: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Jo Doe <jo@example.org>"
    message.set_content("See the annex.")
    for name, content in attached:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


# ZIP


def test_a_zip_file_is_a_folder_of_documents(tmp_path: Path) -> None:
    content = zipped(
        [
            ("a/b.txt", "one"),
            ("a/", ""),
            (".hidden", "x"),
            ("__MACOSX/a/._b.txt", "x"),
            ("../up.md", "# Two"),
            ("c", "\1\2\3"),
        ]
    )
    extraction = read(write_file(tmp_path / "a.zip", content))
    assert (extraction.state, extraction.reader, extraction.text, extraction.reason) == (
        State.INDEXED,
        "zip",
        DocumentText(),
        "",
    )
    assert [(part.address, part.name) for part in extraction.embedded] == [
        ("a/b.txt", "b.txt"), ("../up.md", "up.md"), ("c", "c"),
    ]  # fmt: skip
    assert [text_of(read_embedded(tmp_path / "a.zip", address)[0]) for address in ("a/b.txt", "../up.md")] == [
        "one",
        "# Two",
    ]
    assert read_embedded(tmp_path / "a.zip", "c")[0].reason == "binary data, not text"
    assert not (tmp_path.parent / "up.md").exists()


def test_the_digest_is_of_the_bytes_and_no_temporary_file_remains(tmp_path: Path, temp_root: Path) -> None:
    path = write_file(tmp_path / "a.zip", zipped([("a.txt", "one"), ("b.xyz", "two")]))
    for address, content in (("a.txt", b"one"), ("b.xyz", b"two")):
        assert read_embedded(path, address)[1] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert not list(temp_root.iterdir())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12), max_size=5))
def test_members_of_any_name_are_found_again(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    with pytest.warns(UserWarning, match="Duplicate") if len(set(names)) < len(names) else _quiet():
        content = zipped([(f"{name}.txt", f"text {number}") for number, name in enumerate(names)])
    path = write_file(tmp_path_factory.getbasetemp() / "names.zip", content)
    listed = addresses(path)
    assert len(set(listed)) == len(listed) <= len(names)
    assert all(address.isprintable() or max(address) >= "\u00a0" for address in listed)
    texts = [text_of(read_embedded(path, address)[0]) for address in listed]
    assert len(set(texts)) == len(texts)
    assert all(text.startswith("text ") for text in texts)


class _quiet:  # noqa: N801 - used in place of pytest.warns
    def __enter__(self) -> None: ...

    def __exit__(self, *raised: object) -> None: ...


def test_an_encrypted_member_fails_without_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.txt", "one"), ("b.txt", "two")]))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path = write_file(tmp_path / "a.zip", bytes(content))
    assert addresses(path) == ["a.txt", "b.txt"]
    extraction, digest = read_embedded(path, "a.txt")
    assert (extraction.state, extraction.reason, digest) == (State.FAILED, "needs a password", "")
    assert text_of(read_embedded(path, "b.txt")[0]) == "two"


@pytest.mark.parametrize("declared", [10, 30 << 20])
def test_a_member_unpacks_to_no_more_than_its_caps(tmp_path: Path, temp_root: Path, declared: int) -> None:
    content = bytearray(zipped([("a.txt", b"\0" * (30 << 20))]))
    offset = content.index(b"PK\x01\x02") + 24
    content[offset : offset + 4] = struct.pack("<I", declared)
    extraction, _ = read_embedded(write_file(tmp_path / "a.zip", bytes(content)), "a.txt")
    assert extraction.state is State.FAILED
    assert not list(temp_root.iterdir())


def test_a_zip_file_with_overlapping_members_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped([("a.txt", "one")]))
    offset = content.index(b"PK\x01\x02") + 20
    content[offset : offset + 4] = struct.pack("<I", 1 << 20)
    extraction = read(write_file(tmp_path / "a.zip", bytes(content)))
    assert (extraction.state, extraction.reason) == (State.FAILED, "damaged file (the files in it overlap)")


def test_a_cap_on_embedded_documents_is_the_reason(tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.zip", zipped([(f"{number}.txt", "x") for number in range(5)]))
    extraction = read(path, Limits(embedded_documents=3))
    assert (extraction.state, extraction.reason, len(extraction.embedded)) == (
        State.PARTIAL, "only the first 3 documents inside it were read", 3,
    )  # fmt: skip


def test_an_empty_zip_file_is_without_text(tmp_path: Path) -> None:
    assert read(write_file(tmp_path / "a.zip", zipped([]))).state is State.WITHOUT_TEXT


# Containers in containers


def test_one_address_leads_through_nested_containers(tmp_path: Path) -> None:
    inner = mail("Annexes", ("report > final.txt", b"the report"))
    path = write_file(tmp_path / "a.zip", zipped([("letters/a.eml", inner)]))
    letter, _ = read_embedded(path, "letters/a.eml")
    (annex,) = letter.embedded
    assert annex.address == r"letters/a.eml > attachment 1: report \x3e final.txt"
    assert text_of(read_embedded(path, annex.address)[0]) == "the report"


def test_containers_are_followed_to_a_depth_that_the_reason_names(tmp_path: Path) -> None:
    content = zipped([("deep.txt", "x")])
    for _ in range(4):
        content = zipped([("a.zip", content)])
    path = write_file(tmp_path / "a.zip", content)
    last, _ = read_embedded(path, "a.zip > a.zip > a.zip")
    assert (last.state, last.embedded) == (State.FAILED, ())
    assert last.reason == "documents nested more than 3 files deep are not read"
    letter = write_file(tmp_path / "b.zip", zipped([("a.zip", zipped([("b.eml", mail("A note", ("c.txt", b"x")))]))]))
    with OpenContainers(Limits(depth=2)) as containers:
        noted, _ = read_embedded(letter, "a.zip > b.eml", containers)
    assert (noted.state, noted.embedded) == (State.PARTIAL, ())
    assert read_embedded(path, "a.zip > a.zip > a.zip > a.zip")[0].state is State.FAILED


@pytest.mark.parametrize(
    "address",
    ["", "gone.txt", "a.txt > b.txt", "record 5 http://x", "message 1 at byte 9", f"record {'9' * 5000} x", "\0"],
)
def test_an_address_of_nothing_has_a_reason_and_raises_nothing(tmp_path: Path, address: str) -> None:
    for name, content in (
        ("a.zip", zipped([("a.txt", "x")])), ("a.mbox", b"From a 1\n\nx\n"), ("a.warc", b"WARC/1.0\r\n"),
        ("a.eml", mail("x")), ("a.pdf", b"%PDF-1.4"), ("a.txt", b"x"), ("a.wacz", zipped([("a.txt", "x")])),
    ):  # fmt: skip
        extraction, digest = read_embedded(write_file(tmp_path / name, content), address)
        assert (extraction.state, digest) == (State.FAILED, "")
        assert extraction.reason


def test_an_embedded_document_that_crashed_is_read_by_the_fallback(tmp_path: Path, formats: Path) -> None:
    pdf = (formats / "pdf" / "sample-files" / "001-trivial.pdf").read_bytes()
    path = write_file(tmp_path / "a.zip", zipped([("a.pdf", pdf), ("b.txt", "x")]))
    retried = retry_embedded(path, "a.pdf")
    assert retried is not None
    assert retried[0].reader == "pdfium+pypdf"
    assert retry_embedded(path, "b.txt") is None


# Mail


def test_attachments_and_forwarded_mails_are_embedded_documents(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Cover note"
    message.set_content("Attached.")
    forwarded = EmailMessage()
    forwarded["Subject"] = "The old letter"
    forwarded.set_content("Dear all")
    message.add_attachment(forwarded)
    message.add_attachment(b"a,b", maintype="text", subtype="plain", filename="figures.txt")
    path = write_file(tmp_path / "a.eml", message.as_bytes())
    assert addresses(path) == ["attachment 1: The old letter.eml", "attachment 2: figures.txt"]
    assert "Dear all" in text_of(read_embedded(path, "attachment 1: The old letter.eml")[0])
    assert read_embedded(path, "attachment 2: figures.txt")[1] == f"sha256:{hashlib.sha256(b'a,b').hexdigest()}"


def test_each_message_of_a_mailbox_is_a_mail_with_attachments(tmp_path: Path, formats: Path) -> None:
    letters = [mail("One"), mail("Two", ("a.txt", b"annex")), b"Subject: Three\n\nOn 3 May.\nFrom here on 1\n"]
    content = b"".join(b"From jo@example.org Mon Jun 01 10:00:00 2009\n" + letter + b"\n" for letter in letters)
    path = write_file(tmp_path / "box", content)
    letters_read = [read_embedded(path, address)[0] for address in addresses(path)]
    assert [[c.value for c in letter.candidates if c.field == "title"] for letter in letters_read] == [
        ["One"],
        ["Two"],
        ["Three"],
    ]
    assert text_of(letters_read[2]).endswith("From here on 1")
    (annex,) = letters_read[1].embedded
    assert text_of(read_embedded(path, annex.address)[0]) == "annex"
    assert len(addresses(formats / "office" / "tika-mbox" / "complex.mbox")) == 3


# PDF


def test_files_attached_to_a_pdf_or_its_pages_are_embedded(formats: Path) -> None:
    carrier = formats / "pdf" / "pdfbox" / "attachment.pdf"
    assert addresses(carrier) == ["attachment 1: A4Unicode.pdf"]
    assert read_embedded(carrier, "attachment 1: A4Unicode.pdf")[0].reader.startswith("pdfium")
    pinned = formats / "pdf" / "cabinet-of-horrors" / "fileAttachment_fileAttachmentAnnotation.pdf"
    assert read_embedded(pinned, "attachment 1: PF.WK1")[0].reason == (
        "Lotus spreadsheet, which is not read; save it as PDF, text or another format that is read"
    )


# Web archives


@pytest.mark.parametrize("name", ["example.warc", "example.warc.gz", "example.arc", "example.arc.gz"])
def test_a_captured_page_is_a_document_with_its_web_address(formats: Path, name: str) -> None:
    path = formats / "warc" / "warcio" / name
    extraction = read(path)
    page = extraction.embedded[0]
    assert (extraction.state, extraction.text) == (State.INDEXED, DocumentText())
    assert page.address.startswith("record ")
    assert page.address.endswith(" http://example.com/")
    assert page.name == "example.com.html"
    assert text_of(read_embedded(path, page.address)[0]).startswith("This domain is established")


def test_the_day_of_capture_is_a_candidate_that_is_not_chosen(formats: Path) -> None:
    path = formats / "warc" / "warcio" / "example.warc"
    page = read(path).embedded[0]
    (captured,) = page.candidates
    assert (captured.value, captured.detail) == ("2017-03-06", "warc: captured")
    extraction, _ = read_embedded(path, page.address)
    described = (*collect_candidates(extraction, page.name, Context()), captured)
    assert choose_metadata(described).date is None


def test_pages_of_a_wacz_are_embedded_stored_or_compressed(tmp_path: Path, formats: Path) -> None:
    stored = formats / "warc" / "warcbench" / "example.com.wacz"
    packed = tmp_path / "packed.wacz"
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    listed = addresses(stored)
    assert listed[0].startswith("archive/data.warc.gz, record ")
    assert addresses(packed) == listed
    for address in listed:
        extraction, digest = read_embedded(stored, address)
        assert "Example Domain" in text_of(extraction)
        assert read_embedded(packed, address)[1] == digest


@pytest.mark.parametrize("name", ["example-bad-non-chunked.warc.gz", "example-wrong-chunks.warc.gz"])
def test_an_archive_compressed_in_wrong_chunks_is_read(formats: Path, name: str) -> None:
    path = formats / "warc" / "warcio" / name
    extraction = read(path)
    assert extraction.state is State.INDEXED
    assert text_of(read_embedded(path, extraction.embedded[0].address)[0]).startswith("This domain is established")


@pytest.mark.parametrize("compressed", [False, True])
def test_the_readable_part_of_a_truncated_archive_is_kept(tmp_path: Path, formats: Path, compressed: bool) -> None:
    whole = (formats / "warc" / "warcbench" / "fb.warc.gz").read_bytes()
    data = whole if compressed else gzip.decompress(whole)
    listed = addresses(write_file(tmp_path / "whole.warc", data))
    assert listed
    for share in (0.3, 0.6, 0.9):
        path = write_file(tmp_path / "cut.warc", data[: int(len(data) * share)])
        extraction = read(path)
        assert extraction.state is State.PARTIAL
        assert extraction.reason
        assert [part.address for part in extraction.embedded] == listed[: len(extraction.embedded)]


# All of them


def read_any(payload: tuple[str, str], use_fallback: bool) -> Extraction | None:
    path, address = payload
    if not address:
        return retry(Path(path)) if use_fallback else read(Path(path))
    outcome = retry_embedded(Path(path), address) if use_fallback else read_embedded(Path(path), address)
    return outcome[0] if outcome else None


def read_all(paths: list[Path]) -> dict[tuple[str, str], Extraction]:
    """Read every file and embedded document in worker processes, none of which may exceed its limits."""
    limits = WorkerSettings(processes=2, memory=1 << 30, cpu_seconds=20, wall_seconds=40)
    waiting = [(str(path), "") for path in paths]
    all_extractions: dict[tuple[str, str], Extraction] = {}
    while waiting:
        jobs = ((Job(key, payload, payload[:1]),) for key, payload in enumerate(waiting))
        outcomes = list(run_jobs(jobs, read_any, Extraction, limits))
        assert len(outcomes) == len(waiting)
        assert not [(waiting[outcome.key], outcome.failure) for outcome in outcomes if outcome.failure]
        extractions = {waiting[outcome.key]: outcome.result for outcome in outcomes if outcome.result}
        all_extractions |= extractions
        waiting = [
            (path, part.address) for (path, _), extraction in extractions.items() for part in extraction.embedded
        ]
    return all_extractions


def check_states(extractions: dict[tuple[str, str], Extraction]) -> None:
    for extraction in extractions.values():
        assert extraction.state in {State.INDEXED, State.WITHOUT_TEXT, State.PARTIAL, State.FAILED}
        is_container = bool(extraction.embedded) and not extraction.text.all_texts
        assert bool(extraction.reason) == (extraction.state is not State.INDEXED) or is_container


@pytest.mark.parametrize(("step", "embedded"), [(3, 15), pytest.param(1, 40, marks=pytest.mark.slow)])
def test_every_mail_book_slide_sheet_and_archive_gets_a_state(formats: Path, step: int, embedded: int) -> None:
    kinds = ("eml", "mbox", "epub", "pptx", "odp", "odt", "xlsx", "rtf", "doc")
    folders = [folder for folder in (formats / "office").iterdir() if folder.name.rpartition("-")[2] in kinds]
    paths = [path for folder in (*folders, formats / "warc") for path in sorted(folder.rglob("*")) if path.is_file()]
    paths = paths[::step]
    extractions = read_all(paths)
    check_states(extractions)
    assert {path for path, address in extractions if not address} == {str(path) for path in paths}
    assert sum(bool(address) for _, address in extractions) > embedded


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["formats", "bombs", "languages"])
def test_every_file_of_the_test_data_gets_a_state(data: Path, folder: str) -> None:
    check_states(read_all([path for path in sorted((data / folder).rglob("*")) if path.is_file()]))


# Names in ZIP files


def zipped_raw(names: list[bytes], extra: bytes = b"") -> bytes:
    """Return a zip file whose names are these bytes, without the flag for UTF-8."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, name in enumerate(names):
            info = zipfile.ZipInfo(f"{number:03}".ljust(len(name), "_"))
            info.extra = extra
            archive.writestr(info, f"text {number}")
    content = buffer.getvalue()
    for number, name in enumerate(names):
        content = content.replace(f"{number:03}".ljust(len(name), "_").encode(), name)
    return content


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp866", ["Справка/Жалоба жителей.txt", "Справка/Ответ суда.txt"]),
        ("cp1251", ["Протокол допроса.txt", "Решение суда.txt"]),
        ("cp932", ["議事録/ソフィア宣言.txt", "議事録/予算表.txt"]),
        ("gb18030", ["会议纪要/第一次会议.txt", "会议纪要/名单.txt"]),
        ("big5", ["會議紀錄/功能說明.txt", "會議紀錄/名單.txt"]),
        ("cp949", ["회의록/인권 보고서.txt", "회의록/명단.txt"]),
        ("cp850", ["Procès-verbal/Réunion d’été.txt".replace("’", "_"), "Procès-verbal/Élargissement.txt"]),
        ("cp437", ["Übersicht.txt", "Straße nach Köln.txt"]),
        ("cp852", ["Żądania/Zażalenie na wyrok.txt", "Żądania/Odwołanie.txt"]),
        ("utf-8", ["Réunion.txt", "議事録.txt"]),
        *(("cp1252", [name, "b.txt"]) for name in ("Ärzte.txt", "Jahresübersicht.txt", "Fußnote.txt", "Execução.txt")),
        *(("cp850", [name, "b.txt"]) for name in ("Impfung für alle.txt", "Große Straße.txt")),
        ("cp866", ["Отчёт.txt", "b.txt"]),
    ],
)
def test_names_without_an_encoding_are_guessed_together(tmp_path: Path, encoding: str, names: list[str]) -> None:
    path = write_file(tmp_path / "a.zip", zipped_raw([name.encode(encoding) for name in names]))
    extraction = read(path)
    assert [part.address for part in extraction.embedded] == names
    assert text_of(read_embedded(path, names[1])[0]) == "text 1"


def test_backslashes_separate_folders_and_no_name_leaves_them(tmp_path: Path) -> None:
    names = [b"a\\b.txt", b"folder\\", b"..\\..\\d.txt", b"C:\\e.txt", b"\\\\host\\f.txt", b".git\\g.txt"]
    path = write_file(tmp_path / "a.zip", zipped_raw(names))
    assert [(part.address, part.name) for part in read(path).embedded] == [
        ("a/b.txt", "b.txt"), ("../../d.txt", "d.txt"), ("C:/e.txt", "e.txt"), ("//host/f.txt", "f.txt"),
    ]  # fmt: skip
    assert text_of(read_embedded(path, "//host/f.txt")[0]) == "text 4"


def test_the_unicode_name_of_info_zip_is_taken_if_it_belongs_to_the_name(tmp_path: Path) -> None:
    raw, name = b"_____.txt", "Жалоба.txt"
    for crc, expected in ((zlib.crc32(raw), name), (1, "_____.txt")):
        field = struct.pack("<BI", 1, crc) + name.encode()
        extra = struct.pack("<HH", 0x7075, len(field)) + field
        assert addresses(write_file(tmp_path / "a.zip", zipped_raw([raw], extra))) == [expected]


def test_the_name_in_a_gzip_file_may_be_in_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(
        b"\x1f\x8b\x08\x08" + bytes(6) + "Procès-verbal été.txt\0".encode("latin-1") + gzip.compress(b"minutes")[10:]
    )
    assert [document.name for document in read(path).embedded] == ["Procès-verbal été.txt"]
