"""The table of formats: name, media type, file extensions, reader, fallback and extractor."""

from __future__ import annotations

from dataclasses import dataclass

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_IN = __package__


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table.

    Attributes:
        name: short name for people and the format facet.
        media_type: as stored in the catalogue.
        extensions: file-name endings, lower case with the dot; the first is the usual one.
        reader: the reader's name, and its function as ``module:function``.
        fallback: the reader that is tried when the first fails, or None.
        container_opener: the function that opens such a file to copy documents out of it, ``module:function``, or
            ``""`` where the format has none.
        is_text: whether its files are text that people can read in any editor.
        version: of its readers. It goes up when they read documents better that were read before, which
            ``muniment reread`` then reads again.
    """

    name: str
    media_type: str
    extensions: tuple[str, ...]
    reader: tuple[str, str]
    fallback: tuple[str, str] | None = None
    container_opener: str = ""
    is_text: bool = False
    version: int = 1


PDF = Format(
    "pdf", "application/pdf", (".pdf",), ("pdfium", f"{_IN}.pdf.pdf_reader:read_pdf"),
    ("pypdf", f"{_IN}.pdf.pdf_fallback:read_pdf"), f"{_IN}.pdf.pdf_attachments:open_attachments", version=2,
)  # fmt: skip
HTML = Format(
    "html", "text/html", (".html", ".htm", ".xhtml", ".xht"), ("trafilatura", f"{_IN}.html.html_reader:read_html"),
    ("beautifulsoup", f"{_IN}.html.html_fallback:read_html"), version=2,
)  # fmt: skip
DOCX = Format(
    "docx", f"{_OOXML}.wordprocessingml.document", (".docx", ".docm", ".dotx", ".dotm"),
    ("docx", f"{_IN}.office.docx:read_docx"), version=2,
)  # fmt: skip
PPTX = Format(
    "pptx", f"{_OOXML}.presentationml.presentation", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm"),
    ("pptx", f"{_IN}.office.pptx:read_pptx"), version=2,
)  # fmt: skip
XLSX = Format(
    "xlsx", f"{_OOXML}.spreadsheetml.sheet", (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb"),
    ("calamine", f"{_IN}.office.spreadsheets:read_xlsx"),
    ("lxml", f"{_IN}.office.spreadsheets_fallback:read_xlsx"), version=2,
)  # fmt: skip
ODT = Format(
    "odt",
    f"{_ODF}.text",
    (".odt", ".ott", ".odm", ".fodt", ".sxw", ".stw", ".sxg"),
    ("odf", f"{_IN}.office.odf:read_odt"),
)
ODP = Format(
    "odp", f"{_ODF}.presentation", (".odp", ".otp", ".fodp", ".sxi", ".sti"), ("odf", f"{_IN}.office.odf:read_odp")
)
ODS = Format(
    "ods",
    f"{_ODF}.spreadsheet",
    (".ods", ".ots", ".fods", ".sxc", ".stc"),
    ("calamine", f"{_IN}.office.spreadsheets:read_ods"),
)
ODG = Format(
    "odg", f"{_ODF}.graphics", (".odg", ".otg", ".fodg", ".sxd", ".std"), ("odf", f"{_IN}.office.odf:read_odg")
)
VSDX = Format(
    "vsdx", "application/vnd.ms-visio.drawing.main+xml", (".vsdx", ".vsdm", ".vstx", ".vstm"),
    ("vsdx", f"{_IN}.markup.vsdx:read_vsdx"),
)  # fmt: skip
XPS = Format("xps", "application/oxps", (".xps", ".oxps"), ("xps", f"{_IN}.markup.xps:read_xps"))
EPUB = Format("epub", "application/epub+zip", (".epub",), ("epub", f"{_IN}.office.epub:read_epub"))
RTF = Format("rtf", "application/rtf", (".rtf",), ("rtf", f"{_IN}.office.rtf:read_rtf"), version=2)
DOC = Format(
    "doc", "application/msword", (".doc", ".dot"), ("doc", f"{_IN}.old_office.legacy_office:read_doc"), version=2
)
PPT = Format(
    "ppt",
    "application/vnd.ms-powerpoint",
    (".ppt", ".pps", ".pot"),
    ("ppt", f"{_IN}.old_office.ppt:read_ppt"),
    version=2,
)
XLS = Format(
    "xls", "application/vnd.ms-excel", (".xls", ".xlt"), ("calamine", f"{_IN}.office.spreadsheets:read_xls"),
    ("xlrd", f"{_IN}.old_office.xls_fallback:read_xls"), version=2,
)  # fmt: skip
MAIL = Format(
    "eml", "message/rfc822", (".eml", ".emlx"), ("mail", f"{_IN}.mail.mail_reader:read_mail"),
    ("text", f"{_IN}.plain.text:read_text"), f"{_IN}.mail.mail_reader:open_mail", version=2,
)  # fmt: skip
MHTML = Format(
    "mhtml", "multipart/related", (".mhtml", ".mht"), ("mhtml", f"{_IN}.html.mhtml:read_mhtml"),
    ("mail", f"{_IN}.mail.mail_reader:read_mail"),
)  # fmt: skip
MSG = Format(
    "msg", "application/vnd.ms-outlook", (".msg",), ("msg", f"{_IN}.outlook.msg:read_msg"),
    container_opener=f"{_IN}.outlook.msg:open_msg",
)  # fmt: skip
TNEF = Format(
    "tnef", "application/ms-tnef", (".tnef",), ("tnef", f"{_IN}.outlook.tnef:read_tnef"),
    container_opener=f"{_IN}.outlook.tnef:open_tnef",
)  # fmt: skip
SAFARI_ARCHIVE = Format(
    "webarchive", "application/x-webarchive", (".webarchive",),
    ("safari", f"{_IN}.html.safari_archive:read_safari_archive"),
)  # fmt: skip
MAILBOX = Format(
    "mbox", "application/mbox", (".mbox", ".mbx"), ("mbox", f"{_IN}.mail.mbox:read_mbox"),
    container_opener=f"{_IN}.mail.mbox:open_mailbox",
)  # fmt: skip
WARC = Format(
    "warc", "application/warc", (".warc", ".arc", ".warc.gz", ".arc.gz"),
    ("warcio", f"{_IN}.web_archive.warc:read_warc"),
    container_opener=f"{_IN}.web_archive.warc:open_warc",
)  # fmt: skip
WACZ = Format(
    "wacz",
    "application/wacz",
    (".wacz",),
    ("warcio", f"{_IN}.web_archive.wacz:read_wacz"),
    container_opener=f"{_IN}.web_archive.wacz:open_wacz",
)
ZIP = Format(
    "zip", "application/zip", (".zip", ".cbz", ".kmz"), ("zip", f"{_IN}.embedded.zip_folder:read_zip"),
    container_opener=f"{_IN}.embedded.zip_folder:open_members",
)  # fmt: skip
TAR = Format(
    "tar", "application/x-tar",
    (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".taz", ".cbt"),
    ("tar", f"{_IN}.embedded.tar_folder:read_tar"), container_opener=f"{_IN}.embedded.tar_folder:open_tar",
)  # fmt: skip
GZIP = Format(
    "gz", "application/gzip", (".gz", ".svgz"), ("decompressed", f"{_IN}.embedded.compressed_file:read_gzip"),
    container_opener=f"{_IN}.embedded.compressed_file:open_compressed",
)  # fmt: skip
BZIP2 = Format(
    "bz2", "application/x-bzip2", (".bz2",), ("decompressed", f"{_IN}.embedded.compressed_file:read_bzip2"),
    container_opener=f"{_IN}.embedded.compressed_file:open_compressed",
)  # fmt: skip
XZ = Format(
    "xz", "application/x-xz", (".xz",), ("decompressed", f"{_IN}.embedded.compressed_file:read_xz"),
    container_opener=f"{_IN}.embedded.compressed_file:open_compressed",
)  # fmt: skip
PNG = Format("png", "image/png", (".png",), ("image", f"{_IN}.image:read_image"))
JPEG = Format("jpeg", "image/jpeg", (".jpg", ".jpeg", ".jpe"), ("image", f"{_IN}.image:read_image"))
TIFF = Format("tiff", "image/tiff", (".tif", ".tiff"), ("image", f"{_IN}.image:read_image"))


def _text_format(
    name: str, media_type: str, extensions: tuple[str, ...], reader: str, target: str, version: int = 1
) -> Format:
    return Format(name, media_type, extensions, (reader, f"{_IN}.{target}"), is_text=True, version=version)


CSV = _text_format("csv", "text/csv", (".csv",), "csv", "plain.delimited:read_csv")
TSV = _text_format("tsv", "text/tab-separated-values", (".tsv", ".tab"), "csv", "plain.delimited:read_tsv")
JSON = _text_format(
    "json", "application/json", (".json", ".geojson", ".ipynb", ".jsonld", ".webmanifest"), "json",
    "plain.json_text:read_json",
)  # fmt: skip
JSON_LINES = _text_format(
    "jsonl", "application/x-ndjson", (".jsonl", ".ndjson"), "json", "plain.json_text:read_json_lines"
)
XML = _text_format(
    "xml", "application/xml",
    (".xml", ".nxml", ".tei", ".akn", ".rss", ".atom", ".rdf", ".dbk", ".docbook", ".dita", ".ditamap", ".fb2", ".opml",
     ".kml", ".gpx", ".ttml", ".dfxp", ".mods", ".ead", ".marcxml", ".musicxml", ".xsd", ".xsl", ".xslt"),
    "xml", "markup.xml_reader:read_xml",
)  # fmt: skip
SVG = _text_format("svg", "image/svg+xml", (".svg",), "xml", "markup.xml_reader:read_svg")
LATEX = _text_format("tex", "application/x-latex", (".tex", ".latex", ".ltx"), "latex", "plain.latex:read_latex")
RST = _text_format("rst", "text/x-rst", (".rst", ".rest"), "text", "plain.titled_text:read_rst")
ORG = _text_format("org", "text/x-org", (".org",), "text", "plain.titled_text:read_org")
ASCIIDOC = _text_format("adoc", "text/x-asciidoc", (".adoc", ".asciidoc"), "text", "plain.titled_text:read_asciidoc")
SRT = _text_format("srt", "application/x-subrip", (".srt",), "subtitles", "plain.subtitles:read_srt")
VTT = _text_format("vtt", "text/vtt", (".vtt", ".webvtt"), "subtitles", "plain.subtitles:read_vtt")
ASS = _text_format("ass", "text/x-ssa", (".ass", ".ssa"), "subtitles", "plain.subtitles:read_ass")
CALENDAR = _text_format(
    "ics", "text/calendar", (".ics", ".ical", ".ifb", ".vcs"), "text", "plain.content_lines:read_calendar"
)
CARDS = _text_format("vcf", "text/vcard", (".vcf", ".vcard"), "text", "plain.content_lines:read_cards")
MARKDOWN = _text_format(
    "md", "text/markdown", (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd"), "text", "plain.text:read_markdown", 2
)
TEXT = _text_format(
    "txt", "text/plain",
    (".txt", ".text", ".log", ".asc", ".nfo", ".diz", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".bib",
     ".ris"),
    "text", "plain.text:read_text", 2,
)  # fmt: skip

FORMATS: tuple[Format, ...] = (
    PDF, HTML, DOCX, PPTX, XLSX, ODT, ODP, ODS, ODG, VSDX, XPS, EPUB, RTF, DOC, PPT, XLS, MAIL, MHTML, MAILBOX, MSG,
    TNEF, SAFARI_ARCHIVE, WARC, WACZ, ZIP, TAR, GZIP, BZIP2, XZ, PNG, JPEG, TIFF, CSV, TSV, JSON, JSON_LINES, XML, SVG,
    LATEX, RST, ORG, ASCIIDOC, SRT, VTT, ASS, CALENDAR, CARDS, MARKDOWN, TEXT,
)  # fmt: skip
"""Every format that has a reader."""

SHOWN_AS_THEY_ARE: dict[str, tuple[str, ...]] = {
    **{row.name: row.extensions for row in (PDF, PNG, JPEG, TIFF)}, TEXT.name: (".txt", ".text", ".log"),
}  # fmt: skip
"""Formats that viewers show without loading anything from elsewhere, with the endings that viewers know them by."""

PAGE_RESOURCES = (JSON, JSON_LINES, XML, SVG)
"""Formats that programs and feeds of web sites have. In web archives they belong to the pages, and are no documents."""

_NO_DOWNLOADS = (
    HTML, MAIL, MHTML, SAFARI_ARCHIVE, MAILBOX, MSG, TNEF, WARC, WACZ, ZIP, TAR, GZIP, BZIP2, XZ, PNG, JPEG, TIFF,
    CALENDAR, CARDS, *PAGE_RESOURCES,
)  # fmt: skip

DOWNLOAD_EXTENSIONS: tuple[str, ...] = (
    *(extension for row in FORMATS if row not in (*_NO_DOWNLOADS, TEXT) for extension in row.extensions),
    ".txt", ".text",
)  # fmt: skip
"""The file-name endings by which a link on a web page leads to a document and not to another page."""

READER_VERSIONS: dict[str, int] = {row.name: row.version for row in FORMATS}
"""The version of each format's readers by the format's name."""

BY_EXTENSION: dict[str, Format] = {extension: row for row in FORMATS for extension in row.extensions}
"""The formats by file-name ending."""

EXTENSION_BY_MEDIA_TYPE: dict[str, str] = {
    **{row.media_type: row.extensions[0] for row in FORMATS},
    "application/xhtml+xml": ".xhtml", "text/rtf": ".rtf", "application/x-rtf": ".rtf", "application/x-pdf": ".pdf",
    "application/x-zip-compressed": ".zip", "application/vnd.ms-word": ".doc", "text/xml": ".xml",
    "application/vnd.ms-tnef": ".tnef",
    "application/x-tex": ".tex", "text/x-tex": ".tex", "application/x-gtar": ".tar", "application/x-gzip": ".gz",
    "application/vnd.ms-xpsdocument": ".xps", "application/x-mimearchive": ".mhtml", "text/x-vcard": ".vcf",
    "application/jsonl": ".jsonl", "text/tsv": ".tsv", "application/csv": ".csv",
}  # fmt: skip
"""The usual file-name ending of each media type, aliases of media types included."""


def by_name(name: str) -> Format | None:
    """Return the format of the longest known ending of a file name; None where no ending is known.

    Blanks and dots behind the name are no part of the ending.
    """
    pieces = name.lower().rstrip(" .").rsplit(".", 2)
    endings = (".".join(("", *pieces[start:])) for start in range(1, len(pieces)))
    return next((BY_EXTENSION[ending] for ending in endings if ending in BY_EXTENSION), None)


def name_with_extension(name: str, media_type: str) -> str:
    """Return a file name with an ending: its own if that is known, else the usual one of the media type."""
    ending = EXTENSION_BY_MEDIA_TYPE.get(media_type.partition(";")[0].strip().lower(), "")
    return name if by_name(name) or name.lower().endswith(ending) else f"{name}{ending}"
