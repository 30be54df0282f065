"""Encodings: labels, guesses by the letters of languages, and texts that declare another encoding than theirs."""

from __future__ import annotations

import re
import unicodedata

import pytest

from indexer.readers.encoding import decode, refuse_binary
from indexer.readers.encodings.encoding_labels import encoding_of_label

TEXTS = {
    "fr": "Le ministère a reçu la pétition à l'été, après que les élèves eurent été privés d'école. Où étaient-ils ?",
    "es": "La señora Núñez pidió una investigación rápida según la petición de los niños del jardín. ¿Quién la leyó?",
    "de": "Die Bevölkerung fürchtet große Überschwemmungen. Für die Häuser am Fluß müssen die Behörden Dämme erhöhen.",
    "pl": "Rząd wysłał żołnierzy na granicę, gdyż mieszkańcy wsi prosili o pomoc i ochronę przed powodzią.",
    "cs": "Vláda předložila sněmovně návrh zákona o ochraně veřejných činitelů, který příští týden projedná výbor.",
    "tr": "Hükümet köylülerin şikâyetlerini dinledi ve yeni yolların açılması için gereken ödeneği hazırladı.",
    "ru": "Жители деревни просили власти починить мост, но ответа на их письмо так и не получили. Все ждут.",
    "uk": "Мешканці села просили владу полагодити міст, але відповіді на свій лист досі не отримали. Її чекають усі.",
    "el": "Οι κάτοικοι του χωριού ζήτησαν από τις αρχές να επισκευάσουν τη γέφυρα, αλλά δεν έλαβαν καμία απάντηση.",
    "he": "תושבי הכפר ביקשו מן הרשויות לתקן את הגשר אבל לא קיבלו תשובה למכתב שלהם עד היום",
    "ar": "طلب سكان القرية من السلطات إصلاح الجسر ولكنهم لم يتلقوا جوابا على رسالتهم حتى اليوم",
    "th": "ชาวบ้านขอให้ทางการซ่อมสะพานแต่ยังไม่ได้รับคำตอบจดหมายของพวกเขา",
    "ja": "村の住民は役所に橋の修理を求めたが、手紙への返事はまだ届いていない。",
    "zh-hans": "村民要求政府修桥，但是他们的信至今没有得到答复。",
    "zh-hant": "村民要求政府修橋，但是他們的信至今沒有得到答覆。",
    "ko": "마을 주민들은 당국에 다리를 고쳐 달라고 요청했지만 아직 편지에 대한 답을 받지 못했다.",
}  # fmt: skip
ENCODINGS = {
    "fr": "cp1252 mac-roman cp850 cp437 iso8859-15", "es": "cp1252 mac-roman cp850", "de": "cp1252 mac-roman cp850",
    "pl": "cp1250 iso8859-2 cp852 mac-latin2", "cs": "cp1250 iso8859-2 cp852", "tr": "cp1254 cp857 mac-turkish",
    "ru": "cp1251 koi8-r cp866 iso8859-5 mac-cyrillic", "uk": "cp1251 koi8-u cp1125",
    "el": "cp1253 iso8859-7 cp737 cp869",
    "he": "cp1255 cp862", "ar": "cp1256 iso8859-6 mac-arabic", "th": "cp874", "ja": "cp932 euc_jp iso2022_jp",
    "zh-hans": "gb18030", "zh-hant": "big5", "ko": "cp949",
}  # fmt: skip


@pytest.mark.parametrize(("language", "encodings"), ENCODINGS.items())
def test_a_text_without_a_declaration_is_read_by_its_letters(language: str, encodings: str) -> None:
    for encoding in encodings.split():
        assert decode(TEXTS[language].encode(encoding)) == TEXTS[language], encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_needs_no_byte_order_mark(encoding: str) -> None:
    for language in ("fr", "ru", "ja"):
        text = f"{TEXTS[language]}\r\n1. {TEXTS[language]}\r\n"
        assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("GB2312", "gb18030"), ("x-gbk", "gb18030"), ("iso-8859-1", "cp1252"), ("US-ASCII", "cp1252"),
        ("x-sjis", "cp932"), ("Shift_JIS", "cp932"), ("x-euc-jp", "euc_jp"), ("x-x-big5", "big5hkscs"),
        ("iso-8859-8-I", "iso8859-8"), ("iso-8859-8-e", "iso8859-8"), ("x-mac-roman", "mac-roman"),
        ("macintosh", "mac-roman"), ("x-mac-cyrillic", "mac-cyrillic"), ("windows-874", "cp874"),
        ("ks_c_5601-1987", "cp949"), ("windows-949", "cp949"), ("iso-8859-9", "cp1254"), ("ISO8859-15", "iso8859-15"),
        ("cp-850", "cp850"), ("ibm850", "cp850"), ("IBM-866", "cp866"), ("x-cp1251", "cp1251"), ("win1251", "cp1251"),
        ("koi8", "koi8-r"), ("utf8", "utf-8"), ('"utf-8"', "utf-8"), ("base64", ""), ("x-user-defined", ""), ("", ""),
        ("unicode_escape", ""), ("a\0b", ""), ("élan", ""),
    ],
)  # fmt: skip
def test_labels_mean_what_browsers_read(label: str, encoding: str) -> None:
    assert encoding_of_label(label) == encoding


@pytest.mark.parametrize(
    ("declared", "encoding", "language"),
    [("utf-8", "cp1252", "fr"), ("iso-8859-1", "utf-8", "fr"), ("iso-8859-1", "cp1251", "ru"),
     ("utf-16", "cp1252", "es"), ("windows-1252", "cp932", "ja"), ("gb2312", "cp1252", "de"),
     ("windows-1256", "iso8859-6", "ar")],
)  # fmt: skip
def test_a_false_declaration_is_not_believed(declared: str, encoding: str, language: str) -> None:
    assert decode(TEXTS[language].encode(encoding), declared) == TEXTS[language]


def test_a_declaration_decides_between_likely_readings() -> None:
    assert decode("Łódź".encode("cp1250"), "windows-1250") == "Łódź"
    assert decode("ŵyneb tŷ".encode("iso8859-14"), "iso-8859-14") == "ŵyneb tŷ"
    assert decode("朱鎔基".encode("gbk"), "gb2312") == "朱鎔基"
    assert decode(TEXTS["ja"].encode("cp932") + b"\x82", "x-sjis") == f"{TEXTS['ja']}\ufffd"


def test_utf8_with_a_few_broken_bytes_stays_utf8() -> None:
    assert decode(TEXTS["fr"].encode() + b"\xe9 \xc3") == f"{TEXTS['fr']}\ufffd \ufffd"


def test_quotation_marks_of_windows_are_read_in_english_text() -> None:
    text = "It’s the “first” word – or so they say… at a café"
    assert decode(text.encode("cp1252")) == text
    assert decode("1 été".encode("cp1252")) == "1 été"


@pytest.mark.parametrize(("encoding", "language"), [("cp437", "fr"), ("cp850", "de"), ("cp866", "ru")])
def test_tables_drawn_with_dos_signs_are_read(encoding: str, language: str) -> None:
    rule = "─" * 40
    table = f"┌{rule}┐\r\n│ {TEXTS[language]} │\r\n└{rule}┘\r\n"
    assert decode(table.encode(encoding)) == table


@pytest.mark.parametrize(
    ("encoding", "language"),
    [("cp1251", "ru"), ("koi8-r", "ru"), ("cp866", "ru"), ("iso8859-5", "ru"), ("cp1253", "el"), ("cp737", "el")],
)
def test_a_text_in_capitals_is_read(encoding: str, language: str) -> None:
    decomposed = unicodedata.normalize("NFD", TEXTS[language].upper())
    capitals = TEXTS["ru"].upper() if language == "ru" else re.sub("[\u0300-\u036f]", "", decomposed)
    assert decode(capitals.encode(encoding)) == capitals


def test_turkish_capitals_are_read() -> None:
    text = "İLÇE HALKI İÇİN YENİ KÖPRÜ DİLEĞİ"
    assert decode(text.encode("cp1254")) == text


@pytest.mark.parametrize(
    "text",
    ["ყველა ადამიანი იბადება თავისუფალი.", "Բոլոր մարդիկ ծնվում են ազատ։", "ሰው ሁሉ ነጻ ሆኖ ይወለዳል።", TEXTS["th"],
     TEXTS["ja"], TEXTS["zh-hans"]],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_of_one_line_in_any_script_is_read(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_stray_zero_does_not_make_a_text_wide() -> None:
    assert decode(b"port,day\nBr\0est,1 May\n") == "port,day\nBr\0est,1 May\n"


def test_each_line_may_be_utf8_or_in_the_encoding_of_the_others() -> None:
    lines = [line.strip() for line in TEXTS["fr"].replace(",", ".").split(".")]
    data = b"\n".join(line.encode(("utf-8", "cp1252")[number % 2]) for number, line in enumerate(lines))
    assert decode(data) == "\n".join(lines)


@pytest.mark.parametrize("end", ["\x1a", "\x1a" + "\0" * 300])
def test_the_end_mark_of_dos_and_its_padding_are_no_binary_data(end: str) -> None:
    refuse_binary("A memo.\r\n" + end)


@pytest.mark.parametrize("text", ["カタログ", "スケジュール表", "コーヒー"])
def test_japanese_words_of_syllables_are_read(text: str) -> None:
    assert decode(text.encode("cp932")) == text


@pytest.mark.parametrize("text", ["âge", "Mühle", "mañana", "São João"])
def test_short_western_texts_of_dos_have_no_japanese_syllables(text: str) -> None:
    assert decode(text.encode("cp850")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Name\tOrt\r\nAnna\tGenève\r\n", "cp1252"), ("Le problème, après le règlement", "cp1252"),
     ("Boiling at 98°C, ±2; price £250 for ½ ton", "cp437"), ("20 °C and ¼ inch", "cp850"),
     ("Ён быў у хаце, дзе жыў яго брат, і пісаў праўду".replace("і", ""), "cp866")],
)  # fmt: skip
def test_signs_and_rare_letters_are_read_by_their_neighbours(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("cp037", "The ferry [no. 7] left at 10:45; 12 of 30 cars stayed behind!"), ("cp500", TEXTS["es"]),
     ("cp273", TEXTS["de"]), ("cp1140", "PAYROLL FOR MAY 1987, ALL EMPLOYEES OF THE PORT")],
)  # fmt: skip
def test_text_of_mainframes_is_read(encoding: str, text: str) -> None:
    lines = f"{text}\n{text}\n"
    assert decode(lines.encode(encoding).replace(b"\x25", b"\x15")) == lines
