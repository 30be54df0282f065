"""Garbled text of PDFs is told from formulas, tables, names and every language."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.garbled_pages import count_garbled, exchange_letters, halves, shift_letters
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
RUSSIAN = (
    "Смотритель маяка записывал в журнал погоду, прибытие кораблей и имена рыбаков, которые вышли в море до рассвета. "
    "После войны эти записи передали в городской архив, где их переписали и разложили по годам. "
)
POLISH = (
    "Latarnik zapisywał w dzienniku pogodę, przybycie statków i nazwiska rybaków, którzy wypłynęli w morze przed "
    "świtem. Po wojnie te zapiski przekazano do archiwum miasta, gdzie je przepisano i ułożono według lat. "
)
GREEK = (
    "Ο φαροφύλακας έγραφε στο ημερολόγιο τον καιρό, την άφιξη των πλοίων και τα ονόματα των ψαράδων που βγήκαν στη "
    "θάλασσα πριν από την αυγή. Μετά τον πόλεμο οι σημειώσεις αυτές δόθηκαν στο αρχείο της πόλης. "
)
HEBREW = (
    "שומר המגדלור כתב ביומן את מזג האוויר, את בואן של הספינות ואת שמות הדייגים שיצאו לים לפני עלות השחר. לאחר המלחמה "
    "נמסרו הרשימות האלה לארכיון העיר, ושם הועתקו וסודרו לפי שנים. "
)
ARMENIAN = (
    "Փարոսի պահակը օրագրում գրում էր եղանակի, նավերի գալստյան և այն ձկնորսների մասին, որոնք ծով էին դուրս եկել "
    "լուսաբացից առաջ։ Պատերազմից հետո այդ գրառումները հանձնվեցին քաղաքի արխիվին։ "
)
GEORGIAN = (
    "შუქურის დარაჯი დღიურში წერდა ამინდს, გემების მოსვლას და იმ მეთევზეების სახელებს, რომლებიც გამთენიისას ზღვაში "
    "გავიდნენ. ომის შემდეგ ეს ჩანაწერები ქალაქის არქივს გადაეცა. "
)
KABARDIAN = "Адыгэ лъэпкъым и тхыдэм ехьэлIауэ щIэныгъэлIхэм ятха тхыгъэхэр къалэм и архивым къыщызэхуахьэсащ. " * 3
HINDI_IN_A_FONT_OF_LATIN_LETTERS = (
    "Hkkjr ds yksx bl ckr dks tkurs gSa fd mudk ns'k cgqr cM+k gS vkSj ;gk¡ vusd Hkk\"kk,¡ cksyh tkrh gSaA lHkh "
    "yksxksa dks lkekU; vf/kdkj izkIr gSaA ljdkj us dgk fd ukxfjdksa ds vf/kdkjksa dh j{kk djuk mldk drZO; gSA"
)
CHANCE = random.Random(15)
REASON = "the text of 1 page looks garbled; OCR would help"


def shifted(text: str, by: int) -> str:
    return "".join(chr(ord(letter) + by) for letter in text)


def shifted_words(text: str, by: int) -> str:
    return " ".join(shifted(word, by) for word in text.split())


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
        *(shifted_words(SENTENCE, by) for by in (-29, -5, -2, 1, 3, 7)),
        shifted_words(POLISH, 2).upper(),
        HINDI_IN_A_FONT_OF_LATIN_LETTERS,
        *(shift_letters(text, by) for text, by in ((SENTENCE, 13), (RUSSIAN, 5), (POLISH, 20), (GREEK, 9))),
        *(shift_letters(text, 5) for text in (HEBREW, ARMENIAN, GEORGIAN, ARABIC)),
        *(exchange_letters(text * 2, CHANCE) for text in (SENTENCE, RUSSIAN, GREEK)),
        "".join(letter if letter == " " else chr(0x370 + ord(letter) * 5 % 80) for letter in SENTENCE),
        "".join(letter if letter == " " else chr(0x430 + ord(letter) % 32) for letter in SENTENCE),
    ],
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
        "let n be so that n - 1 is a k , k in N\na x + b y = c  z = f ( x , y )  p > q\n" * 10,
        "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z\n" * 3,
        "#define MAX_XFRM_TTL 7\nif (xfrm_len(skb_ptr) != ctx->cfg) { strncpy(dst_buf, src_buf, NLMSG); }\n" * 9,
        "getName setMaxSize isEmptyList HttpRequestFactory toString XmlParserBuilder newInstance fooBarBaz " * 4,
        "iSixhosa isiZulu isiNgesi isiFrentshi isiJamani isiTshayina iciBemba isiBhulu isiLatini isiGrike " * 4,
        "pH of water, at pH of 2 or pH 4: mean pH 7, in mV, kW and dB. Table of pH values; pH after days, pH low. " * 3,
        "ya´ya´ alel k´inal te jujun tul winik, te yu´un bi la spas te mach´a ay k´op ta slum yu´un lek " * 4,
        "KJFK EGLL LFPG EDDF LEMD LIRF EHAM LOWW ESSA EKCH UUEE ZBAA VHHH RJTT YSSY NZAA FAOR HECA DNMM " * 3,
        "XQZPT LMNOP WKHZK RTQQX BVNMM ZLKJH QWERT PLKMN XCVBN HJKLP GFDSA TREWQ MNBVC POIUY VCXZA " * 3,
        "MKTAYIAKQR QISFVKSHFS RQLEERLGLI EVQAPILSRV RDGTQDNLSG AEKAVQVKVK ALPDAQFEVV HSLAKWKRQT " * 4,
        "XVIII XXXVII LXXXIV CXXIII MCMLXXXIV XXIII XXVIII XXXII XXXIII XLVII LXVIII LXXVII LXXXIII MDCCLXXVI " * 2,
        "Pwllheli Ynysybwl Llwyngwril Cwmystwyth Bwlchgwyn Eglwyswrw Llanrhystud Cwmbrwyno Gwytherin Ystrad " * 2,
        "Szczepański Grzegorz Chrzanowski Wrzesiński Trzciński Krzysztof Przemysław Brzeziński Strzelczyk " * 2,
        "Tsereteli Gamsakhurdia Zhvania Mkhedrioni Mtskheta Tskhinvali Nguyen Phuong Hussein Abdulrahman " * 2,
        "\n".join("qXh7Zk+VbT3mWcRr/PzLdYgNf9sJtKvQwEoUyIa8HxCl0nBpMkDGrFjS5eAiXqT" for _ in range(12)),
        *(text.upper() for text in (RUSSIAN, POLISH, GREEK, ARMENIAN)),
        *(HEBREW, GEORGIAN, KABARDIAN),
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


def test_no_language_looks_garbled_and_nearly_all_do_in_other_letters(data: Path) -> None:
    texts = {name: second for name, (_, second) in halves(data / "languages" / "udhr").items()}
    counts = count_garbled(texts, 600, pieces_each=1)
    assert counts.mistaken == []
    assert all(counts.told[kind] >= 0.88 * counts.total for kind in counts.told), counts.told
