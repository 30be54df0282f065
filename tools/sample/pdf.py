"""Typeset PDF files with a title block, headers, footers and bookmarks, by reportlab.

Nothing in them depends on the clock, the machine or a compressor's version: streams are left uncompressed, only the
fonts that every PDF reader has are used, and dates come from the source.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from html import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import XMP
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tools.sample.hyphenation import mark_breaks
from tools.sample.source import SITE, BlockKind, SampleSource, TextBlock, split_emphasis

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 32 * mm, 34 * mm, 32 * mm
GUTTER = 8 * mm
FRONT = 62 * mm
"""Height of the title block above two columns."""

PAGE_OF = {"en": "Page {} of {}", "fr": "Page {} sur {}", "es": "Página {} de {}"}
FOOTS = {"R": "{symbol}    {page_of}", "CR": "{page_of}"}
"""Footers by the letters of a document's symbol; all others print the bare page number."""

GREY = colors.HexColor("#555555")
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=12, leading=17, spaceAfter=8)
COLUMN = ParagraphStyle(
    "column", BODY, fontSize=11, leading=15, alignment=TA_JUSTIFY, embeddedHyphenation=1, splitLongWords=0
)
STYLES = {
    BlockKind.HEADING: ParagraphStyle(
        "heading", fontName="Helvetica-Bold", fontSize=14, leading=18, spaceBefore=12, spaceAfter=6, keepWithNext=1
    ),
    BlockKind.SUBHEADING: ParagraphStyle(
        "subheading", fontName="Helvetica-Bold", fontSize=11, leading=14, spaceBefore=6, spaceAfter=4, keepWithNext=1
    ),
}
LABEL = ParagraphStyle("label", fontName="Helvetica", fontSize=10, leading=14, textColor=GREY, spaceAfter=6)
TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=21, leading=26, spaceAfter=8)
CELL = ParagraphStyle("cell", fontName="Times-Roman", fontSize=9.5, leading=12)
GRID = TableStyle([
    ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
    ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.grey),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
])  # fmt: skip


class _Template(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    """A document with a bookmark for each heading."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  (reportlab's name)
        if isinstance(flowable, Paragraph) and flowable.style.name == "heading":
            key = f"heading-{self.page}-{flowable.getPlainText()}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key)


def write_pdf(source: SampleSource) -> tuple[bytes, int]:
    """The document as PDF, and how many pages it has."""
    pages = _typeset(source, 0)[1]
    return _typeset(source, pages)


def _typeset(source: SampleSource, pages: int) -> tuple[bytes, int]:
    target = io.BytesIO()
    document = _Template(
        target,
        pagesize=A4,
        title=source["info-title"] or source["title"],
        author=source["info-author"] or source["author"],
        subject=source["symbol"],
        creator="Harbour Press",
        lang=source["language"],
        pageCompression=0,
        invariant=1,
    )
    document.addPageTemplates(_templates(source, pages))
    document.build(list(_story(source)), canvasmaker=_canvas_for(source))
    return target.getvalue(), document.page


def _canvas_for(source: SampleSource) -> Callable[..., Canvas]:
    class Dated(Canvas):  # type: ignore[misc]  # reportlab ships no types
        """A canvas dated by the source: reportlab would otherwise take SOURCE_DATE_EPOCH where that is set."""

        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, **options)
            stamp = "D:" + source["created"].replace("-", "") + "090000Z"
            self.setDateFormatter(lambda *_: stamp)
            self._doc.signature = hashlib.md5(source["path"].encode(), usedforsecurity=False)
            if source["xmp"]:
                self.setCatalogEntry("Metadata", XMP(creator=lambda _: _packet(source)))

    return Dated


def _packet(source: SampleSource) -> bytes:
    title, author = escape(source["title"]), escape(source["author"])
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        f"<dc:language><rdf:Bag><rdf:li>{source['language']}</rdf:li></rdf:Bag></dc:language>"
        '</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="w"?>'
    ).encode()


def _templates(source: SampleSource, pages: int) -> list[PageTemplate]:
    def begin(canvas: Canvas, document: BaseDocTemplate) -> None:
        if document.page > 1:
            _draw_head(canvas, source)

    def finish(canvas: Canvas, document: BaseDocTemplate) -> None:
        _draw_foot(canvas, source, document.page, pages)

    tall, wide = HEIGHT - TOP - BOTTOM, WIDTH - 2 * SIDE
    if "columns" not in source.layout:
        return [PageTemplate("page", [_frame(SIDE, wide, tall)], onPage=begin, onPageEnd=finish)]
    half = (wide - GUTTER) / 2
    starts = (SIDE, SIDE + half + GUTTER)
    front = Frame(SIDE, HEIGHT - TOP - FRONT, wide, FRONT, 0, 0, 0, 0)
    frames = {
        "front": [front, *(_frame(x, half, tall - FRONT) for x in starts)],
        "page": [_frame(x, half, tall) for x in starts],
    }
    return [PageTemplate(name, frames[name], onPage=begin, onPageEnd=finish) for name in frames]


def _frame(x: float, width: float, height: float) -> Frame:
    return Frame(x, BOTTOM, width, height, 0, 0, 0, 0)


def _draw_head(canvas: Canvas, source: SampleSource) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(GREY)
    canvas.drawString(SIDE, HEIGHT - 18 * mm, SITE[source["language"]])
    canvas.drawRightString(WIDTH - SIDE, HEIGHT - 18 * mm, source["running"])
    canvas.restoreState()


def _draw_foot(canvas: Canvas, source: SampleSource, page: int, pages: int) -> None:
    kind = source["symbol"].split("/")[2:3]
    foot = FOOTS.get(kind[0] if kind else "", "{page}")
    page_of = PAGE_OF[source["language"]].format(page, pages)
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.setFillColor(GREY)
    canvas.drawCentredString(WIDTH / 2, 15 * mm, foot.format(symbol=source["symbol"], page_of=page_of, page=page))
    canvas.restoreState()


def _story(source: SampleSource) -> Iterator[Flowable]:
    yield from _front(source)
    if "columns" in source.layout:
        yield NextPageTemplate("page")
        yield FrameBreak()
    for block in source.blocks:
        yield from _flow(source, block)


def _front(source: SampleSource) -> Iterator[Flowable]:
    lines = ((source["label"].upper(), LABEL), (source["title"], TITLE), (source["author"], LABEL))
    for text, style in (*lines, (source.printed, LABEL), (source["symbol"], LABEL)):
        if text:
            yield Paragraph(_tie(source, escape(text)), style)
    yield Spacer(1, 10)


def _flow(source: SampleSource, block: TextBlock) -> Iterator[Flowable]:
    if block.kind is BlockKind.TABLE:
        yield _table(source, block)
        yield Spacer(1, 8)
    elif block.kind in STYLES:
        yield Paragraph(_inline(source, block.text), STYLES[block.kind])
    else:
        yield _paragraph(source, block)


def _paragraph(source: SampleSource, block: TextBlock) -> Paragraph:
    style = COLUMN if source.layout & {"columns", "hyphens"} else BODY
    text = mark_breaks(block.text) if "hyphens" in source.layout else block.text
    mark = {BlockKind.BULLET: "\u2022", BlockKind.NUMBER: block.number}.get(block.kind)
    if mark:
        style = ParagraphStyle("item", style, leftIndent=16, bulletIndent=2, spaceAfter=4)
    return Paragraph(_inline(source, text), style, bulletText=mark)


def _inline(source: SampleSource, text: str) -> str:
    runs = split_emphasis(_tie(source, text))
    return "".join(f"<i>{escape(run)}</i>" if emphasised else escape(run) for run, emphasised in runs)


def _tie(source: SampleSource, text: str) -> str:
    """French sets a space before ``?`` and within quotation marks; no line may break there."""
    if source["language"] != "fr":
        return text
    return re.sub(r" (?=[?!:;»%])|(?<=«) ", "\u00a0", text)


def _table(source: SampleSource, block: TextBlock) -> Table:
    wide = WIDTH - 2 * SIDE
    if "columns" in source.layout:
        wide = (wide - GUTTER) / 2
    shares = [max(len(cell) for cell in column) + 6 for column in zip(*block.rows, strict=True)]
    widths = [wide * share / sum(shares) for share in shares]
    rows = [[Paragraph(_inline(source, cell), CELL) for cell in row] for row in block.rows]
    return Table(rows, colWidths=widths, style=GRID, repeatRows=1)
