"""Text files: wrapped lines, in the encoding and with the line ends a source asks for."""

from __future__ import annotations

import textwrap

from tools.sample.source import BlockKind, SampleSource, TextBlock, strip_emphasis

WIDTH = 78
ENCODINGS = {"cp1252": "cp1252", "bom": "utf-8-sig"}


def write_text(source: SampleSource) -> bytes:
    """The document as a text file: title, author and date on lines of their own, then the wrapped body."""
    opening = [source["title"], "=" * min(len(source["title"]), WIDTH)]
    under = [line for line in (source["author"], source.printed) if line]
    front = [*opening, "", *under, ""] if under else [*opening, ""]
    text = "\n".join([*front, *_separate(source)]) + "\n"
    if "crlf" in source.layout:
        text = text.replace("\n", "\r\n")
    encodings = [ENCODINGS[word] for word in source.layout & ENCODINGS.keys()]
    return text.encode(encodings[0] if encodings else "utf-8")


def _separate(source: SampleSource) -> list[str]:
    lines: list[str] = []
    for index, block in enumerate(source.blocks):
        lines += _wrap(block)
        following = source.blocks[index + 1 : index + 2]
        if following and not (block.kind is BlockKind.BULLET and following[0].kind is BlockKind.BULLET):
            lines.append("")
    return lines


def _wrap(block: TextBlock) -> list[str]:
    mark = "* " if block.kind is BlockKind.BULLET else ""
    text = strip_emphasis(block.text)
    return textwrap.wrap(text, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))


def write_markdown(source: SampleSource) -> bytes:
    """The document as a Markdown file."""
    marks = {BlockKind.HEADING: "## ", BlockKind.SUBHEADING: "### ", BlockKind.BULLET: "- "}
    parts = [f"# {source['title']}", *(marks.get(block.kind, "") + block.text for block in source.blocks)]
    return ("\n\n".join(parts) + "\n").encode()
