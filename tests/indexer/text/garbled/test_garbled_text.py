"""Garbled text of PDFs is told from formulas, tables, names and every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import State
from indexer.ocr.page_jobs import OcrResult
from indexer.ocr.recognise_pages import add_recognised_text
from indexer.ocr.rendering import prepare_pages
from indexer.readers import read, retry
from indexer.readers.reader_protocol import Limits
from indexer.text.garbled.garbled_text import looks_garbled
from tests.indexer.readers.pdf_objects import annotated_pdf, stream
from tests.indexer.readers.reader_support import text_of

SENTENCE = (
    "Every person deprived of liberty shall be treated with humanity and with respect for the inherent dignity of the "
    "human person. Accused persons shall be kept apart from those who were convicted, and brought to trial quickly. "
)
ARABIC = (
    "يولد جميع الناس أحراراً ومتساوين في الكرامة والحقوق وهم قد وهبوا العقل والوجدان وعليهم أن يعاملوا بعضهم بعضاً "
    "بروح الإخاء لكل إنسان حق التمتع بجميع الحقوق والحريات المذكورة في هذا الإعلان دونما تمييز من أي نوع "
)
REASON = "the text of 1 page looks garbled; OCR would help"


def shifted(text: str, by: int) -> str:
    return "".join(chr(ord(letter) + by) for letter in text)


@pytest.mark.parametrize(
    "text",
    [
        shifted(SENTENCE, 0xE000),
        shifted(SENTENCE, -29),
        "".join("\ufffd" if letter in "aeist" else letter for letter in SENTENCE),
        " ".join(SENTENCE.replace(" ", "")),
        "Th e p u r p o s e o f t hi s h e a ri n g i s t o p r o vi d e a n o p p o rt u nit y f o r p a rti e s to "
        * 2,
        "Ïðàâà ÷åëîâåêà è îñíîâíûå ñâîáîäû ïðèíàäëåæàò âñåì ëþäÿì áåç ðàçëè÷èÿ " * 3,
        "حمب على مرق اليغهاة السلي ة ن الوراف الطاحئة ه ب ا ن ال ة ح الةيطرة ع ال نةطق التي شةل كردفةن قطةع " * 2,
        " ".join(word[::2] + " " + word[1::2] for word in ARABIC.split()),
        " ".join(shifted(word, -29) for word in SENTENCE.split()),
    ],
    ids=["private", "codes", "replaced", "spaced", "split", "code page", "arabic", "arabic split", "shifted"],
)
def test_text_of_wrong_encodings_looks_garbled(text: str) -> None:
    assert looks_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        ARABIC,
        ARABIC + "\n" + "\n".join(f"{letter}) المادة" for letter in "أبجدهـزح"),
        "د افغانستان د اسلامي جمهوریت د بشر د حقونو او د خلکو د ازادۍ په اړه د راپور لومړۍ برخه " * 3,
        "人人生而自由，在尊严和权利上一律平等。" * 8,
        " ".join("人人生而自由在尊严和权利上一律平等" * 4),
        "T H E   R E P O R T\n" + SENTENCE,
        "Miller, J. F., Brownell, K. D. and Puhl, R. M. (2003), Obesity Reviews, B. 4, 213; Smith, A. Q. and Z. " * 3,
        "Sei f : X → Y stetig, x ∈ U ⊆ X offen, y = f (x), A ∩ B = ∅, n ∈ N, k < m, d (P, Q) ≤ r. Dann: g ◦ f " * 3,
        "cme1 n n n n y n\nfts1 y n n n y n\nRejection n n n y\n" * 12,
        "\n".join(f"{year} {year * 7 % 913} 12,{year % 9}0 4.48 N P" for year in range(1950, 2000)),
        "Všichni lidé se rodí svobodní a sobě rovní, smrt, krk, čtvrt, prst; jsou nadáni rozumem a svědomím. " * 3,
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền " * 4,
        "\x83 Requires potable water\n\x83 Low risk during floods\n" * 10,
        "getValue(x.y) { return self.fooBar[1]; } // sets the value of the model and returns a list\n" * 8,
        "UNHCR OHCHR UNICEF UNDP WFP IOM UNFPA report to the Council " * 5,
        "\ufffd one lost letter",
        "",
    ],
)  # fmt: skip
def test_text_in_order_does_not_look_garbled(text: str) -> None:
    assert not looks_garbled(text)


@pytest.fixture
def garbled(tmp_path: Path) -> Callable[[int], Path]:
    """Return a function that writes a PDF whose font says another character for each than it shows."""

    def write(by: int) -> Path:
        rows = [f"<{code:02x}> <{code + by:04x}>" for code in range(32, 127)]
        table = f"{len(rows)} beginbfchar {' '.join(rows)} endbfchar"
        cmap = f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {table} endcmap"
        lines = " ".join(f"({SENTENCE[start : start + 70]}) Tj T*" for start in range(0, len(SENTENCE), 70))
        font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 51 0 R >>"
        return annotated_pdf(
            tmp_path / "a.pdf", [], {5: font, 51: stream(cmap)}, text=f"BT /F1 12 Tf 14 TL 50 700 Td {lines} ET"
        )

    return write


@pytest.mark.parametrize("by", [0xE000 - 32, -29])
def test_a_garbled_page_makes_a_pdf_partial_until_ocr_has_read_it(by: int, garbled: Callable[[int], Path]) -> None:
    path = garbled(by)
    extraction = read(path)
    assert (extraction.state, extraction.reason) == (State.PARTIAL, REASON)
    assert [page.image is None for page in prepare_pages(path, [1], Limits())] == [False]
    recognised = add_recognised_text(extraction, [OcrResult(1, SENTENCE)])
    assert (recognised.state, recognised.reason, text_of(recognised)) == (State.INDEXED, "", SENTENCE)
    without = add_recognised_text(extraction, [OcrResult(1, "", "there was no time left")])
    assert without.reason == f"{REASON}; OCR failed on page 1: there was no time left"


def test_the_fallback_reader_says_that_text_is_garbled(garbled: Callable[[int], Path]) -> None:
    extraction = retry(garbled(0xE000 - 32))
    assert extraction is not None
    assert extraction.reason == REASON
