"""Mail: headers in any encoding, the body that says most, what is inside it, and mailboxes of several kinds."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

import pytest

from corpus.document import State
from indexer.metadata.candidates import collect_candidates
from indexer.metadata.selection import Context, choose_metadata
from indexer.readers import read, recognise
from indexer.readers.embedded.embedded_reader import read_embedded
from indexer.readers.mail.mail_bodies import join_flowed
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file

HEADERS = b"From: Jo <jo@example.org>\nTo: all@example.org\nSubject: Minutes\nDate: Tue, 5 Mar 2019 10:00:00 +0100\n"


def letter(body: str, content_type: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    return HEADERS + f"MIME-Version: 1.0\n{more}Content-Type: {content_type}\n\n{body}".encode()


def multipart(kind: str, *parts: tuple[str, str]) -> str:
    body = "".join(f"--B\nContent-Type: {content_type}\n\n{text}\n" for content_type, text in parts)
    return letter(f"{body}--B--\n", f'multipart/{kind}; boundary="B"').decode()


def body_of(path: Path) -> str:
    return text_of(read(path)).partition("+0100")[2].strip()


@pytest.mark.parametrize(
    ("raw", "charset", "title"),
    [
        ("Compte rendu de la séance".encode(), "us-ascii", "Compte rendu de la séance"),
        ("Compte rendu de la séance".encode("cp1252"), "utf-8", "Compte rendu de la séance"),
        ("Отчёт о заседании комитета".encode("koi8-r"), "koi8-r", "Отчёт о заседании комитета"),
        ("Отчёт о заседании комитета".encode("cp1251"), "us-ascii", "Отчёт о заседании комитета"),
        (b"=?utf-8?B?UsOp?= =?utf-8?B?dW5pb24gw6?=\n =?utf-8?B?lsYXJnaWU=?=", "us-ascii", "Réunion élargie"),
        (b"=?utf-8?B?UsOpdW5pb24gww==?= =?utf-8?B?qWxhcmdpZQ==?=", "us-ascii", "Réunion élargie"),
        (b"=?ISO-8859-1?Q?S=E9ance?= of =?koi8-r?B?7sHM?=", "us-ascii", "Séance of Нал"),
        (b"=?utf-8?q?A_word_with space?=", "us-ascii", "A word with space"),
        (b"=?x-sjis?B?kGyMoA==?=", "us-ascii", "人権"),
        (b"=?utf-8*fr?Q?Proc=C3=A8s?=", "us-ascii", "Procès"),
        (b"=?no-such?B?!!!?= rest", "us-ascii", "rest"),
    ],
)
def test_subjects_are_read_however_they_are_encoded(tmp_path: Path, raw: bytes, charset: str, title: str) -> None:
    content = b"From: a@example.org\nSubject: " + raw + f"\nContent-Type: text/plain; charset={charset}\n\nx".encode()
    assert candidate_values(read(write_file(tmp_path / "a.eml", content)), "title") == [title]


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("Núñez, María <m@example.org>".encode("cp1252"), "Núñez, María"),
        (b"=?utf-8?Q?N=C3=BA=C3=B1ez=2C_Mar=C3=ADa?= <m@example.org>", "Núñez, María"),
        ('"Čapek, Karel" <k@example.org>'.encode(), "Čapek, Karel"),
        (b"plain@example.org", "plain@example.org"),
    ],
)
def test_senders_have_their_names_whole(tmp_path: Path, sender: bytes, author: str) -> None:
    path = write_file(tmp_path / "a.eml", b"From: " + sender + b"\nSubject: x\n\nText")
    assert candidate_values(read(path), "author") == [author]


@pytest.mark.parametrize(
    "parameter",
    [
        'filename="Protokoll über Öl.txt"'.encode(), 'filename="Protokoll über Öl.txt"'.encode("cp1252"),
        b"filename*=utf-8''Protokoll%20%C3%BCber%20%C3%96l.txt",
        b"filename*0*=iso-8859-1''Protokoll%20;\n filename*1*=%FCber%20%D6l.txt",
        b'filename="=?utf-8?Q?Protokoll_=C3=BCber_=C3=96l.txt?="',
        'filename="C:\\\\Temp\\\\Protokoll über Öl.txt"'.encode(),
    ],
)  # fmt: skip
def test_names_of_attachments_are_read_however_they_are_encoded(tmp_path: Path, parameter: bytes) -> None:
    content = HEADERS + b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Disposition: attachment; "
    path = write_file(tmp_path / "a.eml", content + parameter + b"\n\nThe file\n--B--\n")
    assert [part.name for part in read(path).embedded] == ["Protokoll über Öl.txt"]


def test_an_attached_text_is_in_the_encoding_that_the_mail_states(tmp_path: Path) -> None:
    content = (
        HEADERS + b"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/csv; charset=windows-1250\n"
    )
    content += b"Content-Disposition: attachment; filename=a.csv\n\n" + "Łódź".encode("cp1250") + b"\n--B--\n"
    path = write_file(tmp_path / "a.eml", content)
    assert text_of(read_embedded(path, "attachment 1: a.csv")[0]) == "Łódź"


LONG = "The committee met on Tuesday and adopted the budget for the coming year without a vote."


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([("text/plain", "See the HTML version."), ("text/html", f"<p>{LONG}</p>")], LONG),
        ([("text/plain", LONG), ("text/html", f"<p>{LONG}</p>")], LONG),
        ([("text/plain", "\n \n"), ("text/html", f"<p>{LONG}</p>")], LONG),
        ([("text/html", f"<p>{LONG}</p>"), ("text/plain", LONG)], LONG),
        ([("text/plain", ""), ("text/calendar; method=REQUEST", f"BEGIN:VEVENT\nSUMMARY:{LONG[:40]}\n {LONG[40:]}\n")],
         LONG),
        ([("text/plain", LONG), ("text/html", "<p>loud blue words in a page that nobody has seen before</p>")],
         f"{LONG}\n\nloud blue words in a page that nobody has seen before"),
    ],
)  # fmt: skip
def test_the_alternative_that_says_most_is_the_body(tmp_path: Path, parts: list[tuple[str, str]], body: str) -> None:
    assert body_of(write_file(tmp_path / "a.eml", multipart("alternative", *parts))) == body


INVITATION = (
    "BEGIN:VCALENDAR\nSUMMARY:Lighting the lamps\nLOCATION:Upper pier\nDESCRIPTION:Please come at six\nEND:VCALENDAR\n"
)


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([("text/plain", "Please come at six"), ("text/calendar", INVITATION)],
         "Please come at six\n\nLighting the lamps\nUpper pier"),
        ([("text/plain", "The lamps are lit"), ("text/plain", "Les feux sont allumés")],
         "The lamps are lit\n\nLes feux sont allumés"),
        ([("text/plain", "The lamps are lit"), ("text/plain", "The lamps are lit.")], "The lamps are lit"),
    ],
    ids=["invitation", "two-languages", "twice"],
)  # fmt: skip
def test_what_only_another_alternative_says_is_kept(tmp_path: Path, parts: list[tuple[str, str]], body: str) -> None:
    assert body_of(write_file(tmp_path / "a.eml", multipart("alternative", *parts))) == body


def test_files_inside_an_alternative_are_kept(tmp_path: Path) -> None:
    inner = (
        'multipart/mixed; boundary="C"',
        f"--C\nContent-Type: text/html\n\n<p>{LONG}</p>\n--C\nContent-Type: text/plain; name=a.txt\n\nannex\n--C--\n",
    )
    path = write_file(tmp_path / "a.eml", multipart("alternative", ("text/plain", LONG), inner))
    extraction = read(path)
    assert body_of(path) == LONG
    assert [part.address for part in extraction.embedded] == ["attachment 1: a.txt"]
    assert text_of(read_embedded(path, "attachment 1: a.txt")[0]) == "annex"


def test_flowed_lines_are_joined_within_their_quotation() -> None:
    text = "One line \nand more.\n> quoted \n> text\n>> deeper \n> not joined\n From here\n-- \nJo"
    joined = "One line and more.\n> quoted text\n>> deeper \n> not joined\nFrom here\n-- \nJo"
    assert join_flowed(text, delete_space=False) == joined
    assert join_flowed("人 \n権", delete_space=True) == "人権"


def test_the_declared_flow_decides_how_lines_are_joined(tmp_path: Path) -> None:
    for content_type, body in (
        ("text/plain; format=flowed", "a b"), ("text/plain; format=flowed; delsp=yes", "ab"), ("text/plain", "a\nb"),
    ):  # fmt: skip
        assert body_of(write_file(tmp_path / "a.eml", letter("a \nb", content_type))) == body


def test_a_uuencoded_file_is_an_attachment_and_no_text(tmp_path: Path) -> None:
    encoded = "".join(binascii.b2a_uu(b"The annex of the minutes, page %d.\n" % page).decode() for page in range(3))
    path = write_file(tmp_path / "a.eml", letter(f"Before.\n\nbegin 644 annex.txt\n{encoded}`\nend\nAfter.\n"))
    assert body_of(path).split() == ["Before.", "After."]
    assert text_of(read_embedded(path, "attachment 1: annex.txt")[0]).endswith("page 2.")


def der(tag: int, content: bytes) -> bytes:
    size = len(content).to_bytes(2, "big")
    return bytes([tag, 0x82]) + size + content


@pytest.mark.parametrize("indefinite", [False, True])
def test_an_opaque_signature_is_opened_and_encryption_is_said(tmp_path: Path, indefinite: bool) -> None:
    inner = b"Content-Type: text/plain\r\n\r\nSigned words."
    octets = b"\x24\x80" + der(4, inner[:20]) + der(4, inner[20:]) + b"\0\0" if indefinite else der(4, inner)
    signed = bytes.fromhex("06092a864886f70d010702")
    data = bytes.fromhex("06092a864886f70d010701") + der(0xA0, octets)
    cms = der(0x30, signed + der(0xA0, der(0x30, b"\x02\x01\x01" + der(0x30, data))))
    for content, text in ((cms, "Signed words."), (cms.replace(signed, signed[:-1] + b"\x03"), "")):
        body = base64.encodebytes(content).decode()
        source = letter(body, "application/pkcs7-mime; name=smime.p7m", "Content-Transfer-Encoding: base64\n")
        extraction = read(write_file(tmp_path / "a.eml", source))
        assert text_of(extraction).partition("+0100")[2].strip() == text
        assert extraction.state is (State.INDEXED if text else State.PARTIAL)
    assert extraction.reason == "the mail is encrypted; only its headers were read"


@pytest.mark.parametrize(
    "name", ["1552381200.M5P6.host:2,S", "4711", "letter.txt", "12.", "saved.msgtext", "5.emlx", "box.mbox"]
)
def test_a_mail_is_known_by_its_headers_whatever_its_name(tmp_path: Path, name: str) -> None:
    content = letter("The text.\n")
    if name.endswith("emlx"):
        content = f"{len(content)}\n".encode() + content + b'<?xml version="1.0"?><plist><dict/></plist>'
    path = write_file(tmp_path / name, content)
    assert (body_of(path), candidate_values(read(path), "title")) == ("The text.", ["Minutes"])


def test_a_text_that_only_begins_like_a_mail_is_no_mail(tmp_path: Path) -> None:
    for content in (b"Subject: x\n\nText", b"To: all\nSubject: x\nDate: today\n\nText", b"Note: a\nb: c\nd: e\n\nx"):
        file_format = recognise(write_file(tmp_path / "a.txt", content))
        assert file_format is not None
        assert file_format.name == "txt"


def test_mailboxes_quote_lines_or_count_bytes(tmp_path: Path) -> None:
    quoted = letter("One.\n\n>From the chair 9:\n>>From 1\n")
    counted_body = "Two.\n\nFrom me 10:00:00 2019\nSubject: within the text\n"
    counted = letter(counted_body, more=f"Content-Length: {len(counted_body)}\n")
    wrong = letter("Three.\n", more="Content-Length: 99999\n")
    plain = letter("Four.\n\nFrom 1990 on\nno header follows\n")
    content = b"".join(
        b"From jo@x Tue Mar  5 10:00:00 2019\n" + mail + b"\n" for mail in (quoted, counted, wrong, plain)
    )
    path = write_file(tmp_path / "a.mbox", content)
    messages = [text_of(read_embedded(path, part.address)[0]) for part in read(path).embedded]
    assert [message.partition("+0100")[2].strip() for message in messages] == [
        "One.\n\nFrom the chair 9:\n>From 1", counted_body.strip(), "Three.",
        "Four.\n\nFrom 1990 on\nno header follows",
    ]  # fmt: skip


@pytest.mark.parametrize("declared", ["; boundary=other", ""])
def test_parts_are_found_by_the_boundary_that_occurs(tmp_path: Path, declared: str) -> None:
    body = "--seen\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nUn th=C3=A9\n--seen--\n"
    path = write_file(tmp_path / "a.eml", letter(body, f"multipart/mixed{declared}"))
    assert body_of(path) == "Un thé"
    undivided = write_file(tmp_path / "b.eml", letter("Only words", f"multipart/mixed{declared}"))
    assert body_of(undivided) == "Only words"


def test_base64_that_was_cut_is_read_up_to_the_cut(tmp_path: Path) -> None:
    encoded = base64.b64encode(b"The quay was repaired").decode()
    path = write_file(tmp_path / "a.eml", letter(encoded[:25], more="Content-Transfer-Encoding: base64\n"))
    assert body_of(path) == "The quay was repai"
    assert (read(path).state, read(path).reason) == (State.PARTIAL, "the end of the mail is missing")


@pytest.mark.parametrize("date", ["", "Date: Thu, 1 Jan 1970 00:00:00 +0000\n"])
def test_a_short_subject_is_a_title_and_servers_date_a_mail(tmp_path: Path, date: str) -> None:
    received = (
        "Received: from c by d; Sat, 6 Apr 2013 09:00:00 +0000\nReceived: from a by b; Fri, 5 Apr 2013 9:00 +0000\n"
    )
    source = f"From: a@b.example\nSubject: OAS\n{received}{date}\nThe text of the letter, and no more than that.\n"
    path = write_file(tmp_path / "a.eml", source.encode())
    chosen = choose_metadata(collect_candidates(read(path), path.name, Context()))
    assert (chosen.value("title"), chosen.value("date")) == ("OAS", "2013-04-05")
