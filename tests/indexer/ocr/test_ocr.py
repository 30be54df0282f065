"""OCR recognises scans in their languages, fails page by page, and continues where a run ended."""

from __future__ import annotations

import random
import re
import stat
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
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
from corpus.catalogue.scanned_pages import find_scans
from corpus.document import DocumentText, Extraction, Page, State
from corpus.errors import ArchiveError
from indexer.archivist.failures import failures
from indexer.ingest import ocr_step, ocr_tasks
from indexer.ingest.run_events import Read, Recognised
from indexer.metadata.language_detection import detect_language
from indexer.metadata.selection import Context
from indexer.ocr.page_jobs import OCR_MEDIA_TYPES, CompletionJob, OcrResult, PageJob, outcome_of_ocr
from indexer.ocr.recognise_pages import add_recognised_text, recognise_pages
from indexer.ocr.rendering import MAX_RENDERED_PIXELS, prepare_pages
from indexer.ocr.tesseract import PageImage, RecognitionError, Tesseract, installed_tesseract, recognise_image
from indexer.ocr.tesseract_languages import (
    MAX_LANGUAGES,
    TESSERACT_NAMES,
    describe_missing,
    languages_for,
    missing_languages,
)
from indexer.readers import read as read_file
from indexer.readers.image import read_image as read_picture
from indexer.readers.image import read_image_header
from indexer.readers.pdf.pdf_reader import read_pdf
from indexer.readers.reader_protocol import Limits, Unreadable
from indexer.sandbox.pool import Job, JobOutcome
from indexer.sandbox.worker import WorkerSettings
from indexer.text.text_density import MIN_TYPED_LETTERS, count_letters

ALL = ("eng", "fra", "spa", "deu")
engine = installed_tesseract()
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


def word_counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def word_f1(text: str, expected: str) -> float:
    a, b = word_counts(text), word_counts(expected)
    return 2 * (a & b).total() / (a.total() + b.total())


def photograph(text: str, degrees: float = 0.0) -> Picture.Image:
    """Return a page of type as a scanner makes it: grey, 150 dpi, a little askew, with specks."""
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
    turned: Picture.Image = picture.rotate(
        degrees, resample=Picture.Resampling.BICUBIC, fillcolor=255, expand=abs(degrees) > 45
    )
    return turned


Draw = Callable[[Canvas], object]


def scanned(picture: Picture.Image) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((picture.width * 72 / 150, picture.height * 72 / 150))
        canvas.drawImage(ImageReader(picture), 0, 0, picture.width * 72 / 150, picture.height * 72 / 150)

    return draw


def typed(text: str) -> Draw:
    return lambda canvas: canvas.drawString(40, 150, text)


def in_order(*draws: Draw) -> Draw:
    return lambda canvas: [draw(canvas) for draw in draws]


def write_pdf(path: Path, *draws: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=(480, 200))
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def pages_to_recognise(extraction: Extraction) -> tuple[int, ...]:
    return tuple(
        page.number for page in extraction.text.pages if not page.ocr and count_letters(page.text) < MIN_TYPED_LETTERS
    )


def recognise_document(extraction: Extraction, path: Path, languages: Sequence[str]) -> Extraction:
    """Recognise the pages of a document that hardly have a letter."""
    results = recognise_pages(path, pages_to_recognise(extraction), languages, LIMITS)
    return add_recognised_text(extraction, list(results))


@needs_tesseract
@pytest.mark.parametrize("code", TEXTS)
def test_clean_type_a_little_askew_is_recognised_word_for_word(code: str, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS[code], 0.6)))
    (reading,) = recognise_pages(path, [1], ALL, LIMITS)
    assert word_f1(reading.text, TEXTS[code]) > 0.95


@needs_tesseract
def test_the_language_of_a_page_is_detected_and_expected_of_the_next(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS["de"])), scanned(photograph(TEXTS["fr"])))
    german, french = recognise_pages(path, [1, 2], ALL, LIMITS)
    assert detect_language(german.text, ("en", "fr", "es", "de")) == ("de", 1.0)
    assert min(word_f1(german.text, TEXTS["de"]), word_f1(french.text, TEXTS["fr"])) > 0.95


@needs_tesseract
def test_a_page_on_its_side_is_turned(tmp_path: Path) -> None:
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
    after = recognise_document(before, data / name, ["deu" if "gesetze" in name else "eng"])
    assert after.state is State.INDEXED
    assert after.reader == "pdfium+tesseract"
    assert all(page.ocr for page in after.text.all_texts if page.text)
    assert word in after.text.all_texts[0].text


@needs_tesseract
def test_only_the_scanned_pages_of_a_document_are_recognised(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "mixed.pdf", typed("Typed words of the first page"), scanned(photograph(TEXTS["en"])))
    before = read_pdf(path, LIMITS)
    assert pages_to_recognise(before) == (2,)
    first, second = recognise_document(before, path, ["eng"]).text.pages
    assert (first.text, first.ocr) == ("Typed words of the first page", False)
    assert second.ocr
    assert "cannery" in second.text


@needs_tesseract
def test_pictures_without_words_stay_without_text_and_say_so(tmp_path: Path) -> None:
    noise = Picture.frombytes("L", (400, 300), random.Random(1).randbytes(120_000))
    path = write_pdf(tmp_path / "dark.pdf", scanned(noise), lambda canvas: canvas.rect(0, 0, 500, 500, fill=1))
    after = recognise_document(read_pdf(path, LIMITS), path, ["eng"])
    assert after.state is State.WITHOUT_TEXT
    assert after.reason.endswith("; OCR found no text")


def test_text_laid_invisibly_over_its_scan_counts_as_recognised(tmp_path: Path) -> None:
    def layer(mode: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            text = canvas.beginText(40, 150)
            text.setTextRenderMode(mode)
            text.textLine("These words were recognised by a scanner long ago")
            canvas.drawText(text)

        return draw

    background = scanned(Picture.new("L", (1000, 417), 220))
    path = write_pdf(
        tmp_path / "layers.pdf",
        in_order(background, layer(mode=3)),
        in_order(layer(mode=0), background),
        in_order(background, layer(mode=0)),  # a slide: its words are seen on the picture
        typed("No picture at all but words enough"),
    )
    assert [page.ocr for page in read_pdf(path, LIMITS).text.pages] == [True, True, False, False]


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    english, spanish = photograph(TEXTS["en"]), photograph(TEXTS["es"])
    english.save(tmp_path / "one.png")
    english.save(tmp_path / "one.jpg", quality=80)
    english.save(tmp_path / "two.tif", save_all=True, append_images=[spanish])
    return sorted(tmp_path.iterdir())


def test_images_are_documents_without_text_that_want_ocr(pictures: list[Path]) -> None:
    images = [read_picture(path, LIMITS) for path in pictures]
    assert [image.media_type for image in images] == ["image/jpeg", "image/png", "image/tiff"]
    assert {(image.state, image.reason) for image in images} == {(State.WITHOUT_TEXT, "an image; readable only by OCR")}
    assert [pages_to_recognise(image) for image in images] == [(1,), (1,), (1, 2)]
    assert (
        read_image_header(pictures[0], LIMITS).sizes
        == read_image_header(pictures[1], LIMITS).sizes
        == read_image_header(pictures[2], LIMITS).sizes[:1]
    )


@needs_tesseract
def test_images_are_read_by_ocr_page_by_page(pictures: list[Path]) -> None:
    jpeg, _, tiff = (recognise_document(read_picture(path, LIMITS), path, ["eng", "spa"]) for path in pictures)
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
    results = ocr_tasks.recognise(Context(), PageJob(str(package), part.address, (1,), ("spa",)), use_fallback=False)
    assert results
    outcome = ocr_tasks.finish(
        Context(), CompletionJob(str(package), part.address, "letters.zip", results), use_fallback=False
    )
    assert outcome
    assert outcome.extraction.state is State.INDEXED
    assert outcome.metadata.language
    assert outcome.metadata.language.value == "es"


@given(data=st.data())
def test_a_damaged_image_raises_unreadable_only(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    header = data.draw(st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(header[: data.draw(st.integers(0, 8))] + data.draw(st.binary(max_size=200)))
    try:
        assert read_image_header(path, LIMITS).sizes
    except Unreadable as error:
        assert error.reason  # noqa: PT017 - either is right


def test_only_images_are_passed_to_tesseract_as_files(tmp_path: Path) -> None:
    # Tesseract takes a file that is no image for a list of files to read.
    path = tmp_path / "list.png"
    path.write_text("/etc/hostname\n")
    (page,) = prepare_pages(path, [1], LIMITS)
    assert page.image is None
    assert page.failure


def test_a_giant_page_is_rendered_smaller_and_a_giant_image_refused(tmp_path: Path) -> None:
    path = tmp_path / "giant.pdf"
    canvas = Canvas(str(path), pagesize=(14_400, 14_400))
    canvas.rect(100, 100, 9000, 9000, fill=1)
    canvas.save()
    (page,) = prepare_pages(path, [1], LIMITS)
    assert page.image is not None
    assert isinstance(page.image.content, bytes)
    assert MAX_RENDERED_PIXELS * 0.9 < len(page.image.content) < MAX_RENDERED_PIXELS * 1.01
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\0\0\0\0")
    (page,) = prepare_pages(bomb, [1], LIMITS)
    assert page.failure == "an image of 65,536 x 65,536 pixels is too large"


def fake_tesseract(folder: Path, body: str) -> Tesseract:
    path = folder / "tesseract"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Tesseract(str(path), "5.3.0", ("eng",))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("while :; do :; done", "took longer"),
        ("echo Cannot open file >&2; exit 1", "tesseract failed: Cannot open file"),
        ("kill -9 $$", "crashed with SIGKILL"),
    ],
)
def test_a_tesseract_that_hangs_or_fails_fails_the_page_only(body: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match=reason):
        recognise_image(fake_tesseract(tmp_path, body), PageImage(b"P5 1 1 255\n\0"), ["eng"], time.monotonic() + 0.5)


def test_failed_pages_make_a_document_partial_and_none_is_lost() -> None:
    blank = Extraction(
        "pdfium", "application/pdf", DocumentText((Page(1, ""), Page(2, ""))), state=State.WITHOUT_TEXT, reason="why"
    )
    document = add_recognised_text(
        blank, [OcrResult(1, "Found on the first page"), OcrResult(2, failure="it took too long")]
    )
    assert (document.state, document.reason) == (State.PARTIAL, "OCR failed on page 2: it took too long")
    assert document.text.pages == (Page(1, "Found on the first page", ocr=True), Page(2, ""))
    assert add_recognised_text(blank, [OcrResult(1)]).reason == "why; OCR found no text"
    assert (
        outcome_of_ocr(State.WITHOUT_TEXT, "why; OCR found no text", (), lacks_text=True)[1] == "why; OCR found no text"
    )


@given(
    st.lists(st.sampled_from(sorted(TESSERACT_NAMES)), unique=True),
    st.sampled_from(["", *TESSERACT_NAMES]),
    st.sets(st.sampled_from(["eng", "fra", "deu", "ara", "chi_sim", "equ"])),
)
def test_only_installed_languages_are_tried_the_document_s_first(
    archive: list[str], document: str, have: set[str]
) -> None:
    names = languages_for(archive, document, tuple(have))
    assert set(names) <= have
    assert len(names) <= MAX_LANGUAGES
    mine = [name for name in TESSERACT_NAMES.get(document, ()) if name in have]
    assert not document or names[: len(mine)] == tuple(mine)
    assert mine or not document or names == ()


def test_a_missing_language_is_reported_with_what_to_install() -> None:
    assert missing_languages(["en", "ar", "xx"], ["eng", "fra"]) == ("ar", "xx")
    line = describe_missing(["ar", "zh"], ["eng"])
    assert line == (
        "tesseract cannot read Arabic, Chinese here (on Debian and Ubuntu: apt install"
        " tesseract-ocr-ara tesseract-ocr-chi-sim)"
    )
    assert describe_missing(["en"], ["eng"]) == ""


def test_without_tesseract_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    installed_tesseract.cache_clear()
    try:
        with pytest.raises(ArchiveError, match="not installed") as raised:
            ocr_step.require_tesseract()
        assert "apt install" in raised.value.hint
    finally:
        installed_tesseract.cache_clear()


def run_ocr(archive: Path, *, events: int | None = None) -> list[object]:
    """Run OCR over an archive and return its events, or the first ones of a run that is ended early."""
    catalogue = open_catalogue(archive, write=True)
    try:
        return list(islice(ocr_step.recognise(catalogue, archive, Context(), WorkerSettings()), events))
    finally:
        catalogue.close()


@needs_tesseract
def test_a_run_makes_scans_searchable_and_continues_where_it_ended(
    tmp_path: Path, run_index: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_pdf(archive / "scan.pdf", scanned(photograph(TEXTS["fr"])), scanned(photograph(TEXTS["fr"])))
    write_pdf(archive / "typed.pdf", typed("A page that needs no help from anyone"), Canvas.saveState)
    run_index(archive)
    monkeypatch.setattr(ocr_step, "JOB_PAGES", 1)
    run_ocr(archive, events=1)
    again = run_ocr(archive)
    assert next(event.total for event in again if isinstance(event, Recognised)) == 2  # one of three was saved
    states = {event.path: event.state for event in again if isinstance(event, Read)}
    assert states == {"scan.pdf": State.INDEXED, "typed.pdf": State.INDEXED}
    catalogue = open_catalogue(archive)
    documents = {document.path: (key, document) for key, document in changed_since(catalogue, 0)}
    key, scan = documents["scan.pdf"]
    assert scan.metadata.language and scan.metadata.language.value == "fr"  # noqa: PT018 - the one for the other
    assert all(page.ocr and "pêcheurs" in page.text for page in document_text(catalogue, key).all_texts)
    assert not any(page.ocr for page in document_text(catalogue, documents["typed.pdf"][0]).all_texts)
    catalogue.close()
    assert run_ocr(archive) == []


@needs_tesseract
def test_a_document_in_a_language_not_installed_is_left_alone(tmp_path: Path, run_index: Callable[..., object]) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_pdf(archive / "scan.pdf", scanned(photograph(TEXTS["en"])))
    run_index(archive)
    catalogue = open_catalogue(archive, write=True)
    (read,) = (
        event
        for event in ocr_step.recognise(catalogue, archive, Context(languages=("my",)), WorkerSettings())
        if isinstance(event, Read)
    )
    assert (read.state, read.reason[:31]) == (State.WITHOUT_TEXT, "tesseract cannot read Burmese h")
    assert list(find_scans(catalogue, OCR_MEDIA_TYPES))  # it waits for the language to be installed
    catalogue.close()


def test_ocr_that_the_machine_interrupts_twice_is_recorded_as_failed(
    tmp_path: Path, run_index: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    write_pdf(archive / "scan.pdf", scanned(photograph(TEXTS["fr"])))
    run_index(archive)

    def killed(jobs: Iterable[tuple[Job[object], ...]], *_: object) -> list[JobOutcome[object]]:
        return [JobOutcome(job.key, None, "the process was killed", machine_failure=True) for (job,) in jobs]

    tesseract = Tesseract("tesseract", "5", ("eng",), detects_orientation=False)
    monkeypatch.setattr(ocr_step, "installed_tesseract", lambda: tesseract)
    monkeypatch.setattr(ocr_step, "run_jobs", killed)
    (first,) = [event for event in run_ocr(archive) if isinstance(event, Read)]
    (second,) = [event for event in run_ocr(archive) if isinstance(event, Read)]
    assert first.reason == "the process was killed"
    assert "the process was killed" in second.reason
    assert run_ocr(archive) == []
    (group,) = failures(archive, [State.WITHOUT_TEXT])
    assert "the process was killed" in group.files[0].reason
