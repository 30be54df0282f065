"""OCR: recognise the text of scanned pages and pictures by tesseract, where that is installed.

`indexer.ingest.ocr_step` is the part of a run that uses it; it loads neither PDFium nor a language model, which
`indexer.ingest.ocr_tasks` does in the worker processes.
"""
