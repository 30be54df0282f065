"""Messages of Outlook: MSG files and winmail.dat, their bodies, attachments and messages within messages."""

from __future__ import annotations

import datetime as dt
import struct
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.document import State
from indexer.readers import read
from indexer.readers.embedded.embedded_reader import read_embedded
from indexer.readers.outlook.mapi_message import decompress_rtf
from tests.indexer.readers.reader_support import candidate_values, text_of, write_file
from tests.ole_file import Storage, file_time, ole_file

SENT = dt.datetime(2003, 11, 20, 9, 30, tzinfo=dt.UTC)
PROPERTIES = "__properties_version1.0"
RTF_SAMPLE = bytes.fromhex(  # the example of the specification: "{\rtf1\ansi\ansicpg1252\pard hello world}\r\n"
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)


def wide(**texts: str) -> Storage:
    """Return streams of properties, named by their hexadecimal numbers behind an underscore."""
    return {f"__substg1.0_{key[1:]}001F": text.encode("utf-16-le") for key, text in texts.items()}


def fixed(head: int, *entries: tuple[int, bytes]) -> bytes:
    return bytes(head) + b"".join(struct.pack("<II8s", tag, 6, value) for tag, value in entries)


def msg(subject: str, head: int = 32, **more: Storage | bytes) -> Storage:
    sender = wide(_0037=subject, _0C1A="Müller, Zoë", _5D01="zoe@example.org", _0E04="Jo Doe")
    return {**sender, PROPERTIES: fixed(head, (0x00390040, file_time(SENT))), **more}


def attachment(name: str, content: bytes) -> Storage:
    return {**wide(_3707=name), "__substg1.0_37010102": content, PROPERTIES: fixed(8)}


def test_a_message_of_outlook_is_read_as_a_mail(tmp_path: Path) -> None:
    inner = {**msg("Réponse", 24), **wide(_1000="The answer within.")}
    streams: Storage = {
        **msg("Ordre du jour"), **wide(_1000="The agenda."),
        "__attach_version1.0_#00000000": attachment("Annexe été.txt", b"The annex."),
        "__attach_version1.0_#00000001": {"__substg1.0_3701000D": inner, PROPERTIES: fixed(8)},
    }  # fmt: skip
    path = write_file(tmp_path / "a.msg", ole_file(streams))
    extraction = read(path)
    assert (extraction.state, extraction.reader) == (State.INDEXED, "msg")
    assert text_of(extraction).split("\n")[-1] == "The agenda."
    values = [candidate_values(extraction, field) for field in ("title", "author", "date")]
    assert values == [["Ordre du jour"], ["Müller, Zoë"], ["2003-11-20"]]
    addresses = ["attachment 1: Annexe été.txt", "attachment 2: Réponse.eml"]
    assert [part.address for part in extraction.embedded] == addresses
    annex, answer = (read_embedded(path, address)[0] for address in addresses)
    assert text_of(annex) == "The annex."
    assert text_of(answer).endswith("The answer within.")
    assert candidate_values(answer, "title") == ["Réponse"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"__substg1.0_10130102": "<p>Où est la page ?</p>".encode("cp1252"),
          PROPERTIES: fixed(32, (0x3FDE0003, struct.pack("<Q", 1252)))}, "Où est la page ?"),
        ({"__substg1.0_10090102": RTF_SAMPLE}, "hello world"),
        ({"__substg1.0_1000001E": "Да, конечно".encode("cp1251"),
          PROPERTIES: fixed(32, (0x3FFD0003, struct.pack("<Q", 1251)))}, "Да, конечно"),
    ],
)  # fmt: skip
def test_a_body_can_be_html_rtf_or_in_a_code_page(tmp_path: Path, body: Storage, text: str) -> None:
    path = write_file(tmp_path / "message", ole_file({**msg("x"), **body}))
    assert text_of(read(path)).split("\n")[-1] == text


def test_compressed_rtf_refers_to_itself_and_may_be_stored() -> None:
    assert decompress_rtf(RTF_SAMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert decompress_rtf(struct.pack("<II4sI", 20, 4, b"MELA", 0) + b"{\\b}") == b"{\\b}"
    assert decompress_rtf(RTF_SAMPLE[:30]).startswith(b"{\\rtf1")
    assert decompress_rtf(b"") == b""


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    body = b"".join(
        struct.pack("<BII", level, number, len(value)) + value + b"\0\0" for level, number, value in attributes
    )
    return b"\x78\x9f\x3e\x22\x01\x00" + body


def mapi(*properties: tuple[int, int, bytes]) -> bytes:
    data = struct.pack("<I", len(properties))
    for kind, number, value in properties:
        name = bytes(16) + struct.pack("<II", 0, 7) if number >= 0x8000 else b""
        data += struct.pack("<HH", kind, number) + name
        data += value if kind == 3 else struct.pack("<II", 1, len(value)) + value.ljust(-(-len(value) // 4) * 4, b"\0")
    return data


def test_a_winmail_file_is_read_with_the_files_in_it(tmp_path: Path) -> None:
    message = mapi((3, 0x8001, bytes(4)), (0x1F, 0x0037, "Séance".encode("utf-16-le")), (0x102, 0x1009, RTF_SAMPLE))
    inner = tnef((1, 0x78004, b"Within\0"), (1, 0x2800C, b"The inner text.\0"))
    content = tnef(
        (1, 0x69007, struct.pack("<II", 1252, 0)), (1, 0x69003, message),
        (2, 0x69002, bytes(14)), (2, 0x18010, "budget é.txt\0".encode("cp1252")), (2, 0x6800F, b"Figures."),
        (2, 0x69005, mapi((0x1F, 0x3707, "budget été.txt".encode("utf-16-le")))),
        (2, 0x69002, bytes(14)), (2, 0x69005, mapi((0x0D, 0x3701, bytes(16) + inner))),
    )  # fmt: skip
    carrier = EmailMessage()
    carrier["From"], carrier["Subject"] = "a@example.org", "Carrier"
    carrier.set_content("See the file.")
    carrier.add_attachment(content, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    path = write_file(tmp_path / "a.eml", carrier.as_bytes())
    winmail, _ = read_embedded(path, "attachment 1: winmail.dat")
    assert text_of(winmail).split("\n") == ["Subject: Séance", "", "hello world"]
    addresses = [part.address.rpartition(" > ")[2] for part in winmail.embedded]
    assert addresses == ["attachment 1: budget été.txt", "attachment 2: Within.eml"]
    figures, within = (read_embedded(path, part.address)[0] for part in winmail.embedded)
    assert text_of(figures) == "Figures."
    assert text_of(within).endswith("The inner text.")


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.95])
def test_damaged_messages_have_a_state(tmp_path: Path, share: float) -> None:
    whole = {
        "a.msg": ole_file({**msg("x"), **wide(_1000="y" * 3000)}),
        "a.tnef": tnef((1, 0x78004, b"x"), (1, 0x69003, mapi())),
    }
    for name, content in whole.items():
        extraction = read(write_file(tmp_path / name, content[: int(len(content) * share)]))
        assert extraction.state in {State.INDEXED, State.WITHOUT_TEXT, State.FAILED}
        assert extraction.reason or extraction.state is State.INDEXED
