"""Images of the pages of PDFs, rendered in a confined process and kept for a while in memory."""

from __future__ import annotations

import base64
from collections import OrderedDict
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from corpus.errors import ArchiveError, UsageError
from corpus.folder_scan import file_times
from indexer.page_images.image_job import ImageJob, PageImageResult
from indexer.readers.formats import PDF
from indexer.sandbox.pool import Job
from indexer.sandbox.tasks import NamedTask
from indexer.sandbox.warm_pool import WarmPool
from indexer.sandbox.worker import WorkerSettings
from search.archive import Archive
from web.files.originals import unchanged_original
from web.site import Site

DEFAULT_DPI, MIN_DPI, MAX_DPI = 110, 40, 220
MAX_CACHE_BYTES = 64 << 20
"""Bytes of images that are kept, some six hundred pages."""
MEMORY_BYTES = 1 << 30
"""Memory of the process that renders."""
RENDER_SECONDS = 10


class PageImages:
    """Renders pages, one at a time, and keeps the images used last."""

    def __init__(self) -> None:
        settings = WorkerSettings(memory=MEMORY_BYTES, cpu_seconds=RENDER_SECONDS, wall_seconds=2 * RENDER_SECONDS)
        self._pool = WarmPool(NamedTask("page-image", None), PageImageResult, settings)
        self._kept: OrderedDict[tuple[str, ImageJob], bytes] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()
        self._jobs = 0

    def image(self, digest: str, job: ImageJob, times: tuple[int, int] | None) -> bytes:
        """Return the image of a page as PNG.

        Raises:
            ArchiveError: it cannot be rendered.
        """
        key = (digest, job)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            self._jobs += 1
            number = self._jobs
        outcome = self._pool.run(Job(number, job, (job.file,), times))
        if outcome.result is None or not outcome.result.png:
            raise ArchiveError("web.no-image", page=job.page)
        png = base64.b64decode(outcome.result.png)
        with self._lock:
            self._kept[key] = png
            self._bytes += len(png)
            while self._bytes > MAX_CACHE_BYTES:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return png

    def close(self) -> None:
        """End the process that renders."""
        self._pool.close()


async def serve_page_image(request: Request) -> Response:
    """Answer with the image of a page, with what a query matches on a tint."""
    site: Site = request.app.state.site
    images: PageImages = request.app.state.page_images
    dpi = _dpi(request.query_params.get("dpi", ""))
    document_id, page = request.path_params["id"], request.path_params["page"]
    words = await site.ask(lambda archive: marked_words(archive, document_id, page, request.query_params.get("q", "")))
    png = await site.slow_work.run(lambda: _image(site, images, document_id, page, dpi, words))
    return Response(png, headers={"content-type": "image/png", "cache-control": "private, max-age=3600"})


def _dpi(text: str) -> int:
    if not text:
        return DEFAULT_DPI
    if not (text.isascii() and text.isdigit() and MIN_DPI <= int(text[:4]) <= MAX_DPI and len(text) <= 3):
        raise UsageError("web.bad-parameter", parameter="dpi", value=text[:40], accepted=f"{MIN_DPI}–{MAX_DPI}")
    return int(text)


def marked_words(archive: Archive, document_id: str, page: int, query: str) -> tuple[str, ...]:
    """Return the different stretches of a page that a query matches, in pieces that each stand on one line."""
    view = archive.view(document_id, page=page, query=query)
    stretches = (
        text.text[start:end] for text, spans in zip(view.texts, view.spans, strict=True) for start, end in spans
    )
    return tuple(dict.fromkeys(piece for stretch in stretches for piece in stretch.split()))


def _image(
    site: Site, images: PageImages, document_id: str, page: int, dpi: int, words: tuple[str, ...]
) -> bytes:  # fmt: skip
    original = unchanged_original(site.folder, document_id)
    if original.format != PDF.name:
        raise ArchiveError("web.no-image", page=page)
    times = file_times(original.path.stat())
    return images.image(original.digest, ImageJob(str(original.path), original.part, page, dpi, words), times)
