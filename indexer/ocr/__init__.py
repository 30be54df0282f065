"""Text out of images: scanned pages and pictures of pages, read by tesseract where that is installed.

`run` is what a run over the archive calls; it loads neither PDFium nor a language model, which `work` does in the
worker processes.
"""
