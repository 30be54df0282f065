"""Write small PDFs from their objects, where no library writes what a test needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

Objects = Mapping[int, str | bytes]

PAGE_TEXT = "BT /F1 12 Tf 50 700 Td (Printed words of the page) Tj ET"
FIRST_ANNOTATION = 10


def stream(content: str | bytes, entries: str = "") -> bytes:
    """Return a stream object with these entries of its dictionary."""
    data = content.encode("latin-1") if isinstance(content, str) else content
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode("latin-1") + data + b"\nendstream"


def drawing(text: str) -> bytes:
    """Return the drawing of an annotation that shows a text, letter by letter as some programs do."""
    letters = " ".join(f"({letter}) Tj" for letter in text)
    entries = "/Type /XObject /Subtype /Form /BBox [0 0 300 50] /Resources << /Font << /F1 5 0 R >> >>"
    return stream(f"BT /F1 12 Tf 5 20 Td {letters} ET", entries)


def write_pdf(path: Path, objects: Objects) -> Path:
    """Write a PDF of these objects, of which the first is the catalogue."""
    content, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(content)
        data = body.encode("latin-1") if isinstance(body, str) else body
        content += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    size = max(objects) + 1
    rows = (b"%010d 00000 %s \n" % (offsets.get(n, 0), b"n" if n in offsets else b"f") for n in range(1, size))
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(rows)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(content))
    path.write_bytes(content + table + trailer)
    return path


def annotated_pdf(
    path: Path,
    annotations: Sequence[str],
    objects: Objects | None = None,
    *,
    catalogue: str = "",
    text: str = PAGE_TEXT,
) -> Path:
    """Write a PDF of one page with annotations, each given by the entries of its dictionary.

    Args:
        path: of the file.
        annotations: they are the objects from `FIRST_ANNOTATION` on.
        objects: further objects, by number.
        catalogue: further entries of the catalogue.
        text: the page's content.
    """
    numbers = range(FIRST_ANNOTATION, FIRST_ANNOTATION + len(annotations))
    listed = " ".join(f"{number} 0 R" for number in numbers)
    own: dict[int, str | bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        f" /Resources << /Font << /F1 5 0 R >> >> /Annots [{listed}] >>",
        4: stream(text),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        **{
            number: f"<< /Type /Annot /Rect [100 300 400 350] {entries} >>"
            for number, entries in zip(numbers, annotations, strict=True)
        },
    }
    return write_pdf(path, {**own, **(objects or {})})
