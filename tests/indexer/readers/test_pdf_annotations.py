"""What is written on the pages of a PDF is read with its page, apart from the page's text."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfWriter

from corpus.document import Role, State
from indexer.readers import read, retry
from indexer.readers.pdf import pdf_annotations
from indexer.readers.reader_protocol import Limits
from tests.indexer.readers.pdf_objects import annotated_pdf, drawing
from tests.indexer.readers.reader_support import text_of

CASES = Path(__file__).parents[2] / "cases"
FORM_FIELDS = {
    "display": "/FT /Ch /T (a) /Ff 131072 /Opt [[(DE) (Germany)] [(FR) (France)]] /V (FR)",
    "list": "/FT /Ch /T (b) /Ff 2097152 /Opt [(Tulip) (Dahlia) (Rose)] /V [(Tulip) (Rose)]",
    "codes": "/FT /Ch /T (l) /Ff 2097152 /Opt [[(q) (Quay)] [(m) (Mole)] [(w) (Weir)]] /V [(q) (w)]",
    "hidden codes": "/FT /Ch /F 2 /T (m) /Ff 2097152 /Opt [[(y) (Canal)] [(z) (Sluice)]] /V [(y) (z)]",
    "own": "/FT /Ch /T (c) /Ff 393216 /Opt [(A)] /V (typed instead)",
    "typed": "/FT /Tx /T (d) /V <FEFF0416043804320438>",
    "ticked": "/FT /Btn /T (e) /TU (Asks for asylum) /V /Yes /AS /Yes",
    "not ticked": "/FT /Btn /T (f) /TU (Asks for return) /V /Off /AS /Off",
    "radio": "/FT /Btn /Ff 49152 /T (g) /V /Widowed /AS /Widowed",
    "button": "/FT /Btn /Ff 65536 /T (h) /MK << /CA (Submit) >>",
    "password": "/FT /Tx /Ff 8192 /T (i) /V (secret)",
    "hidden": "/FT /Tx /F 2 /T (j) /V (computed)",
}


@pytest.mark.parametrize(
    ("entries", "written"),
    [
        ("/Subtype /Text /Contents (ask the registrar)", "ask the registrar"),
        ("/Subtype /FreeText /DA (/F1 12 Tf) /Contents (typed\\rin two lines)", "typed\nin two lines"),
        ("/Subtype /Highlight /Contents <FEFF0645064406270062>", "ملاb"),
        ("/Subtype /Caret /Contents (caf\\351 \\205 \\240)", "café – €"),
        ("/Subtype /StrikeOut /RC (<body><p>rich &amp; <b>bold</b></p><p>two</p></body>)", "rich & bold\ntwo"),
        ("/Subtype /Ink /Contents (a signature in ink)", "a signature in ink"),
        ("/Subtype /Square /IRT 11 0 R /Contents (a reply)", "a reply"),
        ("/Subtype /Popup /Contents (said in the window)", "said in the window"),
        ("/Subtype /Unheard /Contents (of no known type)", "of no known type"),
        ("/Subtype /Stamp /Name /NotApproved", "Not Approved"),
        ("/Subtype /Stamp /AP << /N 50 0 R >> /Contents (second copy)", "second copy\n\ndrawn remark"),
        ("/Subtype /FreeText /AP << /N 50 0 R >>", "drawn remark"),
        ("/Subtype /FreeText /AP << /N 50 0 R >> /Contents (drawn  remark)", "drawn  remark"),
        ("/Subtype /Stamp /AP << /N 50 0 R >> /Contents (Drawn remark)", "Drawn remark"),
        ("/Subtype /Widget /FT /Sig /T (s) /AP << /N 50 0 R >>", "drawn remark"),
        ("/Subtype /Text /F 36 /Contents (only in print)", "only in print"),
        ("/Subtype /Text /F 2 /Contents (hidden)", ""),
        ("/Subtype /Text /F 32 /Contents (never shown)", ""),
        ("/Subtype /Text /StateModel (Review) /State (Accepted) /Contents (Accepted set by A)", ""),
        ("/Subtype /Link /Contents (the linked page)", ""),
        ("/Subtype /Text /AP << /N 50 0 R >>", ""),
    ],
)  # fmt: skip
def test_a_note_is_read_apart_from_the_page(tmp_path: Path, entries: str, written: str) -> None:
    extraction = read(annotated_pdf(tmp_path / "a.pdf", [entries], {50: drawing("drawn remark")}))
    assert text_of(extraction, Role.ANNOTATION) == written
    assert text_of(extraction, Role.MAIN) == "Printed words of the page"
    assert extraction.state is State.INDEXED


def test_each_field_of_a_form_is_read_as_it_is_shown(tmp_path: Path) -> None:
    fields = [f"/Subtype /Widget {entries}" for entries in FORM_FIELDS.values()]
    listed = " ".join(f"{10 + number} 0 R" for number in range(len(fields)))
    unseen = {60: "<< /FT /Tx /T (k) /V (field without a place) >>"}
    path = annotated_pdf(
        tmp_path / "a.pdf", fields, unseen, catalogue=f"/AcroForm << /Fields [{listed} 60 0 R] >>"
    )  # fmt: skip
    assert text_of(read(path), Role.ANNOTATION).split("\n") == [
        "France", "Tulip", "Rose", "Quay", "Weir", "typed instead", "Живи", "Asks for asylum", "Widowed",
        "field without a place",
    ]  # fmt: skip


def test_form_fields_that_the_form_does_not_list_are_read(tmp_path: Path) -> None:
    path = annotated_pdf(tmp_path / "a.pdf", [f"/Subtype /Widget {FORM_FIELDS['typed']}"])
    assert text_of(read(path), Role.ANNOTATION) == "Живи"


def test_equal_notes_of_a_page_are_read_once_and_each_page_has_its_own(tmp_path: Path) -> None:
    writer = PdfWriter()
    for name in ("one", "two"):
        note = f"/Subtype /Text /Contents (seen by {name})"
        writer.append(str(annotated_pdf(tmp_path / f"{name}.pdf", [note, note, "/Subtype /Popup /Parent 10 0 R"])))
    writer.write(tmp_path / "both.pdf")
    annotations = read(tmp_path / "both.pdf").text.annotations
    assert [(page.number, page.text) for page in annotations] == [(1, "seen by one"), (2, "seen by two")]


def test_a_page_with_nothing_but_a_note_is_a_document_with_text(tmp_path: Path) -> None:
    extraction = read(annotated_pdf(tmp_path / "a.pdf", ["/Subtype /Text /Contents (filed 1987)"], text=""))
    assert (extraction.state, text_of(extraction, Role.MAIN)) == (State.INDEXED, "")


def test_the_fallback_reader_reads_notes_and_form_values(tmp_path: Path) -> None:
    annotations = ["/Subtype /Text /Contents (a note)", f"/Subtype /Widget {FORM_FIELDS['list']}"]
    extraction = retry(annotated_pdf(tmp_path / "a.pdf", annotations, catalogue="/AcroForm << /Fields [11 0 R] >>"))
    assert extraction is not None
    assert text_of(extraction, Role.ANNOTATION) == "a note\n\nTulip\nRose"


def test_a_dynamic_xfa_form_is_partial(tmp_path: Path) -> None:
    entries = "/NeedsRendering true /AcroForm << /Fields [] /XFA (<xdp/>) >>"
    extraction = read(annotated_pdf(tmp_path / "a.pdf", [], catalogue=entries))
    assert extraction.state is State.PARTIAL
    assert extraction.reason.startswith("an XFA form")


def test_no_number_of_annotations_costs_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_annotations, "MAX_ANNOTATIONS", 20)
    notes = [f"/Subtype /Text /IRT 10 0 R /Contents (note {number})" for number in range(30)]
    extraction = read(annotated_pdf(tmp_path / "a.pdf", notes))
    assert (extraction.state, extraction.reason) == (State.PARTIAL, "only the first 20 annotations were read")
    assert text_of(extraction, Role.MAIN) == "Printed words of the page"


def test_long_notes_are_cut(tmp_path: Path) -> None:
    path = annotated_pdf(tmp_path / "a.pdf", [f"/Subtype /Text /Contents ({'long ' * 100})"])
    extraction = read(path, Limits(page_characters=50))
    assert (extraction.state, len(text_of(extraction, Role.ANNOTATION))) == (State.PARTIAL, 50)
    assert extraction.reason == "only the first 50 characters of the annotations of page 1 were read"


@pytest.mark.parametrize(
    ("case", "written"),
    [
        ("pdf-annotations/annotated.pdf", (1, "ZEBRANOTE: the date of the second visit is wrong", "ZEBRATYPED remark")),
        ("pdf-form-choice/form.pdf", (2, "ORCHID", "MARIGOLD\nTULIP\nDAHLIA")),
    ],
)
def test_cases_of_text_written_on_a_pdf(case: str, written: tuple[int, str, str]) -> None:
    (page,) = read(CASES / case).text.annotations
    number, *texts = written
    assert page.number == number
    assert all(text in page.text for text in texts)
