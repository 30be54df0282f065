"""A quotation of a scan is told for what it is when OCR reads the page anew, in other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import SETTINGS_FILE
from indexer.ingest.reread import reread
from indexer.ingest.run_config import Options
from search import Request, open_archive
from search.quote_check.check_quotes import check_quotes
from search.quote_check.quote_values import Quotation, QuoteResult
from tests.conftest import Indexing
from tests.indexer.ocr.test_ocr import TEXTS, needs_tesseract, photograph, scanned, write_pdf

pytestmark = pytest.mark.slow


def ocr_in(folder: Path, language: str) -> None:
    (folder / SETTINGS_FILE).write_text(f'[archive]\nlanguages = ["{language}"]\n', encoding="utf-8")


def text_of(folder: Path) -> tuple[str, str]:
    with open_archive(folder) as opened:
        (hit,) = opened.search(Request(limit=2)).hits
        return hit.id, opened.view(hit.id).texts[0].text


@needs_tesseract
def test_a_quotation_of_a_scan_read_anew_says_that_the_text_changed(tmp_path: Path, run: Indexing) -> None:
    write_pdf(tmp_path / "scan.pdf", scanned(photograph(TEXTS["fr"])))
    ocr_in(tmp_path, "en")
    run(tmp_path, ocr=True)
    document_id, before = text_of(tmp_path)
    quotation = Quotation(" ".join(before.split()), document_id)
    with open_archive(tmp_path) as opened:
        assert check_quotes(opened, [quotation]).counts == {QuoteResult.VERBATIM: 1}
    ocr_in(tmp_path, "fr")
    for _ in reread(tmp_path, [document_id], Options(jobs=1, ocr=True)):
        pass
    same_id, after = text_of(tmp_path)
    assert same_id == document_id
    assert after != before
    with open_archive(tmp_path) as opened:
        (checked,) = check_quotes(opened, [quotation]).quotes
    assert checked.result is QuoteResult.TEXT_CHANGED
    assert "read anew" in str(checked.notes[0])
    assert checked.place
    assert checked.place.document_id == document_id
    assert any(change.printed != change.quoted for change in checked.changes)
