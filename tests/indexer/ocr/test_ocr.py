from __future__ import annotations

import random
import re
import stat
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from io import BytesIO
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.catalogue import open_catalogue
from corpus.catalogue.documents import changed_since, document_text
from corpus.document import DocumentText, Extraction, Page, State
from indexer.ingest import ocr_step as runs
from indexer.ingest import ocr_tasks
from indexer.ingest.run_events import Read
from indexer.metadata.language_detection import detect_language
from indexer.metadata.selection import Context
from indexer.ocr import tesseract
from indexer.ocr.page_jobs import Completion, OcrResult, Pages, judge
from indexer.ocr.recognize_pages import complete, ocr, pages_wanting, recognise_pages
from indexer.ocr.rendering import MOST_PIXELS, images_of
from indexer.ocr.tesseract import Image, Tesseract, Trouble, installed, read_image
from indexer.ocr.tesseract_languages import MOST, NAMES, languages_for, missing_languages, say_missing
from indexer.readers import read as read_file
from indexer.readers.image import look
from indexer.readers.image import read_image as read_picture
from indexer.readers.pdf.pdf_reader import read_pdf
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.sandbox.pool import WorkerSettings

ALL = ("eng", "fra", "spa", "deu")
engine = installed()
needs_tesseract = pytest.mark.skipif(
    engine is None or not set(ALL) <= set(engine.languages),
    reason="tesseract with eng, fra, spa and deu is not installed",
)
LIMITS = Limits()

TEXTS = {
    "en": """The harbour commission met in closed session on the morning after the storm. Its members heard three
        fishermen, a schoolteacher and the keeper of the northern light, each of whom had seen soldiers lead the
        detained men towards the old cannery. No record of their names was kept, and the families were told nothing.
        We ask the government to open the archives, to protect the witnesses, and to publish what it knows.""",
    "fr": """La commission du port s'est réunie à huis clos le lendemain de la tempête. Ses membres ont entendu trois
        pêcheurs, une institutrice et le gardien du phare, qui avaient tous vu des soldats emmener les détenus vers
        l'ancienne conserverie. Aucune liste de leurs noms n'a été gardée, et les familles n'ont rien appris. Nous
        prions le gouvernement d'ouvrir ses dossiers, de protéger les témoins et de publier ce qu'il sait déjà.""",
    "es": """La comisión del puerto se reunió a puerta cerrada la mañana después de la tormenta. Sus miembros oyeron a
        tres pescadores, una maestra y el guardián del faro, que habían visto cómo los soldados llevaban a los
        detenidos hacia la antigua fábrica. No se guardó ninguna lista de sus nombres y las familias no supieron nada.
        Pedimos al gobierno que abra los archivos, proteja a los testigos y publique todo lo que sabe hasta ahora.""",
    "de": """Die Hafenkommission tagte am Morgen nach dem Sturm hinter verschlossenen Türen. Ihre Mitglieder hörten drei
        Fischer, eine Lehrerin und den Wärter des Leuchtturms, die alle gesehen hatten, wie Soldaten die Gefangenen zur
        alten Fabrik führten. Eine Liste ihrer Namen wurde nicht aufbewahrt, und die Familien erfuhren überhaupt nichts.
        Wir bitten die Regierung, die Akten zu öffnen, die Zeugen zu schützen und alles zu veröffentlichen.""",
}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def word_f1(one: str, other: str) -> float:
    a, b = words(one), words(other)
    return 2 * (a & b).total() / (a.total() + b.total())


def photograph(text: str, degrees: float = 0.0) -> Picture.Image:
    """A page of type as a scanner gives it: grey, 150 dpi, a little askew, with specks."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(480, 200))
    lines = canvas.beginText(30, 165)
    lines.setFont("Times-Roman", 11)
    line = ""
    for word in text.split():
        if len(line) + len(word) > 75:
            lines.textLine(line.strip())
            line = ""
        line += f" {word}"
    lines.textLine(line.strip())
    canvas.drawText(lines)
    canvas.save()
    document = pdfium.PdfDocument(stream.getvalue())
    picture = document[0].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    dice = random.Random(3)
    for _ in range(300):
        picture.putpixel((dice.randrange(picture.width), dice.randrange(picture.height)), dice.randrange(256))
    return picture.rotate(degrees, resample=Picture.Resampling.BICUBIC, fillcolor=255, expand=abs(degrees) > 45)


Draw = Callable[[Canvas], object]


def scanned(picture: Picture.Image) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((picture.width * 72 / 150, picture.height * 72 / 150))
        canvas.drawImage(ImageReader(picture), 0, 0, picture.width * 72 / 150, picture.height * 72 / 150)

    return draw


def typed(text: str) -> Draw:
    return lambda canvas: canvas.drawString(40, 150, text)


def write_pdf(path: Path, *draws: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=(480, 200))
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


@needs_tesseract
@pytest.mark.parametrize("code", TEXTS)
def test_clean_type_a_little_askew_is_recognised_word_for_word(code: str, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS[code], 0.6)))
    (reading,) = recognise_pages(path, [1], ALL, LIMITS)
    assert word_f1(reading.text, TEXTS[code]) > 0.95


@needs_tesseract
def test_the_language_is_found_when_nothing_says_it_and_the_next_pages_follow(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS["de"])), scanned(photograph(TEXTS["fr"])))
    german, french = recognise_pages(path, [1, 2], ALL, LIMITS)
    assert detect_language(german.text, ("en", "fr", "es", "de")) == ("de", 1.0)
    assert min(word_f1(german.text, TEXTS["de"]), word_f1(french.text, TEXTS["fr"])) > 0.95


@needs_tesseract
def test_a_page_lying_on_its_side_is_turned(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "side.pdf", scanned(photograph(f"{TEXTS['en']} {TEXTS['en']}", 90)))
    (reading,) = recognise_pages(path, [1], ["eng"], LIMITS)
    assert word_f1(reading.text, f"{TEXTS['en']} {TEXTS['en']}") > 0.9


@needs_tesseract
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("formats/pdf/scans/c02-22.pdf", "widow"),
        ("formats/pdf/scans/francais.pdf", "whisky"),
        ("reports/gesetze-de/bgbl1_2018_j1398-1_0740.pdf", "Untersuchungskommission"),
    ],
)
def test_real_scans_get_their_text(name: str, word: str, data: Path) -> None:
    before = read_pdf(data / name, LIMITS)
    assert before.state is State.WITHOUT_TEXT
    after = ocr(before, data / name, ["deu" if "gesetze" in name else "eng"])
    assert after.state is State.INDEXED
    assert after.reader == "pdfium+tesseract"
    assert all(page.ocr for page in after.text.all_texts if page.text)
    assert word in after.text.all_texts[0].text


@needs_tesseract
def test_of_a_partly_scanned_document_only_the_scans_are_recognised(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "mixed.pdf", typed("Typed words of the first page"), scanned(photograph(TEXTS["en"])))
    before = read_pdf(path, LIMITS)
    assert pages_wanting(before) == (2,)
    first, second = ocr(before, path, ["eng"]).text.pages
    assert (first.text, first.ocr) == ("Typed words of the first page", False)
    assert second.ocr
    assert "cannery" in second.text


@needs_tesseract
def test_what_shows_no_words_stays_without_text_and_says_so(tmp_path: Path) -> None:
    noise = Picture.frombytes("L", (400, 300), random.Random(1).randbytes(120_000))
    path = write_pdf(tmp_path / "dark.pdf", scanned(noise), lambda canvas: canvas.rect(0, 0, 500, 500, fill=1))
    after = ocr(read_pdf(path, LIMITS), path, ["eng"])
    assert after.state is State.WITHOUT_TEXT
    assert after.reason.endswith("; OCR found nothing")


def test_text_laid_invisibly_over_its_scan_counts_as_recognised(tmp_path: Path) -> None:
    def layer(canvas: Canvas, mode: int) -> None:
        text = canvas.beginText(40, 150)
        text.setTextRenderMode(mode)
        text.textLine("These words were recognised by a scanner long ago")
        canvas.drawText(text)

    background = scanned(Picture.new("L", (1000, 417), 220))
    path = write_pdf(
        tmp_path / "layers.pdf",
        lambda canvas: (background(canvas), layer(canvas, 3)),
        lambda canvas: (layer(canvas, 0), background(canvas)),
        lambda canvas: (background(canvas), layer(canvas, 0)),  # a slide: its words are seen on the picture
        typed("No picture at all but words enough"),
    )
    assert [page.ocr for page in read_pdf(path, LIMITS).text.pages] == [True, True, False, False]


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    one, two = photograph(TEXTS["en"]), photograph(TEXTS["es"])
    one.save(tmp_path / "one.png")
    one.save(tmp_path / "one.jpg", quality=80)
    one.save(tmp_path / "two.tif", save_all=True, append_images=[two])
    return sorted(tmp_path.iterdir())


def test_images_are_documents_without_text_that_want_ocr(pictures: list[Path]) -> None:
    found = [read_picture(path, LIMITS) for path in pictures]
    assert [one.media_type for one in found] == ["image/jpeg", "image/png", "image/tiff"]
    assert {(one.state, one.reason) for one in found} == {(State.WITHOUT_TEXT, "an image; wants OCR")}
    assert [pages_wanting(one) for one in found] == [(1,), (1,), (1, 2)]
    assert look(pictures[0], LIMITS).sizes == look(pictures[1], LIMITS).sizes == look(pictures[2], LIMITS).sizes[:1]


@needs_tesseract
def test_images_are_read_by_ocr_page_by_page(pictures: list[Path]) -> None:
    jpeg, _, tiff = (ocr(read_picture(path, LIMITS), path, ["eng", "spa"]) for path in pictures)
    assert word_f1(jpeg.text.all_texts[0].text, TEXTS["en"]) > 0.9
    assert "pescadores" in tiff.text.all_texts[1].text
    assert tiff.state is State.INDEXED


@needs_tesseract
def test_a_scan_inside_a_zip_file_is_recognised_and_described(tmp_path: Path) -> None:
    scan = write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS["es"])))
    package = tmp_path / "letters.zip"
    with zipfile.ZipFile(package, "w") as folder:
        folder.write(scan, "scan.pdf")
    (part,) = read_file(package).embedded
    readings = ocr_tasks.recognise(Context(), Pages(str(package), part.address, (1,), ("spa",)), again=False)
    assert readings
    outcome = ocr_tasks.finish(Context(), Completion(str(package), part.address, "letters.zip", readings), again=False)
    assert outcome
    assert outcome.extraction.state is State.INDEXED
    assert outcome.metadata.language
    assert outcome.metadata.language.value == "es"


@given(data=st.data())
def test_a_damaged_image_is_unreadable_and_nothing_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    header = data.draw(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(header[: data.draw(st.integers(0, 8))] + data.draw(st.binary(max_size=200)))
    try:
        assert look(path, LIMITS).sizes
    except Unreadable as error:
        assert error.reason  # noqa: PT017 - either is right


def test_only_images_are_ever_handed_over_as_files(tmp_path: Path) -> None:
    # Tesseract takes a file that is no image for a list of files to read.
    path = tmp_path / "list.png"
    path.write_text("/etc/hostname\n")
    (shot,) = images_of(path, [1], LIMITS)
    assert shot.image is None
    assert shot.failure


def test_a_giant_page_is_rendered_within_the_cap_and_a_giant_image_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "giant.pdf"
    canvas = Canvas(str(path), pagesize=(14_400, 14_400))
    canvas.rect(100, 100, 9000, 9000, fill=1)
    canvas.save()
    (shot,) = images_of(path, [1], LIMITS)
    assert shot.image is not None
    assert isinstance(shot.image.content, bytes)
    assert MOST_PIXELS * 0.9 < len(shot.image.content) < MOST_PIXELS * 1.01
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\0\0\0\0")
    (shot,) = images_of(bomb, [1], LIMITS)
    assert shot.failure == "an image of 65,536 x 65,536 pixels is too large"


def program(folder: Path, body: str) -> Tesseract:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Tesseract(str(path), "5.3.0", ("eng",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while :; do :; done", "took longer"),
        ("echo Cannot open file >&2; exit 1", "tesseract: Cannot open file"),
        ("kill -9 $$", "crashed with SIGKILL"),
    ],
)
def test_a_program_that_hangs_or_fails_is_the_page_s_trouble(body: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=reason):
        read_image(program(tmp_path, body), Image(b"P5 1 1 255\n\0"), ["eng"], time.monotonic() + 0.5)


def test_pages_that_failed_make_a_document_partial_and_none_is_lost() -> None:
    blank = Extraction(
        "pdfium", "application/pdf", DocumentText((Page(1, ""), Page(2, ""))), state=State.WITHOUT_TEXT, reason="why"
    )
    made = complete(blank, [OcrResult(1, "Found on the first page"), OcrResult(2, failure="it took too long")])
    assert (made.state, made.reason) == (State.PARTIAL, "OCR failed on page 2: it took too long")
    assert made.text.pages == (Page(1, "Found on the first page", ocr=True), Page(2, ""))
    assert complete(blank, [OcrResult(1)]).reason == "why; OCR found nothing"
    assert judge(State.WITHOUT_TEXT, "why; OCR found nothing", (), lacking=True)[1] == "why; OCR found nothing"


@given(
    st.lists(st.sampled_from(sorted(NAMES)), unique=True),
    st.sampled_from(["", *NAMES]),
    st.sets(st.sampled_from(["eng", "fra", "deu", "ara", "chi_sim", "equ"])),
)
def test_only_installed_languages_are_asked_for_the_document_s_first(
    archive: list[str], document: str, have: set[str]
) -> None:
    names = languages_for(archive, document, tuple(have))
    assert set(names) <= have
    assert len(names) <= MOST
    mine = [name for name in NAMES.get(document, ()) if name in have]
    assert not document or names[: len(mine)] == tuple(mine)
    assert mine or not document or names == ()


def test_a_missing_language_is_said_with_what_to_install() -> None:
    assert missing_languages(["en", "ar", "xx"], ["eng", "fra"]) == ("ar", "xx")
    line = say_missing(["ar", "zh"], ["eng"])
    assert line == (
        "tesseract cannot read Arabic, Chinese here (Debian: apt install tesseract-ocr-ara tesseract-ocr-chi-sim)"
    )
    assert say_missing(["en"], ["eng"]) == ""


def test_without_tesseract_a_run_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.installed.cache_clear()
    try:
        with pytest.raises(runs.ArchiveError, match="not installed") as raised:
            runs.require_tesseract()
        assert "apt install" in raised.value.hint
    finally:
        tesseract.installed.cache_clear()


def recognise(archive: Path, *, portions: int | None = None) -> list[object]:
    """Run OCR over an archive, or as many portions of it as a run that is ended early gets to."""
    catalogue = open_catalogue(archive, write=True)
    try:
        return list(islice(runs.recognise(catalogue, archive, Context(), WorkerSettings()), portions))
    finally:
        catalogue.close()


@needs_tesseract
def test_a_run_makes_scans_searchable_once_and_goes_on_where_it_was_ended(
    tmp_path: Path, run_index: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_pdf(archive / "scan.pdf", scanned(photograph(TEXTS["fr"])), scanned(photograph(TEXTS["fr"])))
    write_pdf(archive / "typed.pdf", typed("A page that needs no help from anyone"), Canvas.saveState)
    run_index(archive)
    monkeypatch.setattr(runs, "PORTION", 1)
    recognise(archive, portions=1)
    again = recognise(archive)
    assert next(event.total for event in again if isinstance(event, runs.Recognised)) == 2  # one of three was kept
    done = {event.path: event.state for event in again if isinstance(event, Read)}
    assert done == {"scan.pdf": State.INDEXED, "typed.pdf": State.INDEXED}
    catalogue = open_catalogue(archive)
    found = {one.path: (key, one) for key, one in changed_since(catalogue, 0)}
    key, scan = found["scan.pdf"]
    assert scan.metadata.language and scan.metadata.language.value == "fr"  # noqa: PT018 - the one for the other
    assert all(page.ocr and "pêcheurs" in page.text for page in document_text(catalogue, key).all_texts)
    assert not any(page.ocr for page in document_text(catalogue, found["typed.pdf"][0]).all_texts)
    catalogue.close()
    assert recognise(archive) == []


@needs_tesseract
def test_a_document_in_a_language_that_is_not_installed_is_left_alone(
    tmp_path: Path, run_index: Callable[..., object]
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_pdf(archive / "scan.pdf", scanned(photograph(TEXTS["en"])))
    run_index(archive)
    catalogue = open_catalogue(archive, write=True)
    (read,) = (
        event
        for event in runs.recognise(catalogue, archive, Context(languages=("my",)), WorkerSettings())
        if isinstance(event, Read)
    )
    assert (read.state, read.reason[:37]) == (State.WITHOUT_TEXT, "tesseract cannot read Burmese here (D")
    assert list(runs.find_scans(catalogue, runs.READABLE))  # it waits for the language to be installed
    catalogue.close()
