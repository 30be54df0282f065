"""Word files: the few parts a DOCX needs, written without a library so that the bytes are ours."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from tools.sample.source import BlockKind, SampleSource, TextBlock, split_emphasis

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OPEN = "http://schemas.openxmlformats.org"
PACKAGE = f"{OPEN}/package/2006"
OFFICE = f"{OPEN}/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {
    BlockKind.HEADING: "Heading1",
    BlockKind.SUBHEADING: "Heading2",
    BlockKind.BULLET: "ListBullet",
    BlockKind.NUMBER: "ListNumber",
}
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can hold: no clock gets into the file."""


def write_word(source: SampleSource) -> bytes:
    """Return the document as DOCX, stored and not deflated, so that no compressor's version changes the bytes."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _properties(source),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/styles.xml": _styles(),
        "word/footer1.xml": _footer(source),
        "word/document.xml": _document(source),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.create_system = 0  # otherwise it differs between Windows and Unix
            package.writestr(info, XML + text)
    return target.getvalue()


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/word/styles.xml": f"{WORD}.styles+xml",
        "/word/footer1.xml": f"{WORD}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{content}"/>' for name, content in parts.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(targets: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def _package_relations() -> str:
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return _relations([(f"{OFFICE}/officeDocument", "word/document.xml"), (core, "docProps/core.xml")])


def _document_relations() -> str:
    return _relations([(f"{OFFICE}/styles", "styles.xml"), (f"{OFFICE}/footer", "footer1.xml")])


def _properties(source: SampleSource) -> str:
    names = (
        f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    created = (
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{source["created"]}T09:00:00Z</dcterms:created>'
        if source["created"]
        else ""
    )
    return (
        f"<cp:coreProperties {names}><dc:title>{escape(source['title'])}</dc:title>"
        f"<dc:creator>{escape(source['author'])}</dc:creator>"
        f"<dc:language>{source['language']}</dc:language>{created}</cp:coreProperties>"
    )


def _styles() -> str:
    names = {"Title": 40, "heading 1": 30, "heading 2": 26, "List Bullet": 22, "List Number": 22}
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{_style_id(name)}"><w:name w:val="{name}"/>'
        f'<w:rPr><w:sz w:val="{size}"/></w:rPr></w:style>'
        for name, size in names.items()
    )
    return f'<w:styles xmlns:w="{OPEN}/wordprocessingml/2006/main">{styles}</w:styles>'


def _style_id(name: str) -> str:
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _footer(source: SampleSource) -> str:
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'<w:ftr xmlns:w="{OPEN}/wordprocessingml/2006/main"><w:p>{_run(source["title"] + " | ")}{field}</w:p></w:ftr>'
    )


def _document(source: SampleSource) -> str:
    opening = [(source["label"], ""), (source["title"], "Title"), (source["author"], ""), (source.printed, "")]
    front = "".join(_paragraph(_run(text), style) for text, style in opening if text)
    body = "".join(_block(block) for block in source.blocks)
    section = '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    names = f'xmlns:w="{OPEN}/wordprocessingml/2006/main" xmlns:r="{OFFICE}"'
    return f"<w:document {names}><w:body>{front}{body}{section}</w:body></w:document>"


def _block(block: TextBlock) -> str:
    if block.kind is BlockKind.TABLE:
        rows = "".join(f"<w:tr>{''.join(_cell(cell) for cell in row)}</w:tr>" for row in block.rows)
        grid = "<w:gridCol/>" * len(block.rows[0])
        return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl><w:p/>"
    number = f"{block.number} " if block.number else ""
    return _paragraph(_runs(number + block.text), STYLES.get(block.kind, ""))


def _cell(text: str) -> str:
    return f"<w:tc>{_paragraph(_runs(text), '')}</w:tc>"


def _paragraph(runs: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _runs(text: str) -> str:
    return "".join(_run(run, "<w:rPr><w:i/></w:rPr>" if slanted else "") for run, slanted in split_emphasis(text))


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
