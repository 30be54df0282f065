"""Write the help page of the query language from its documentation: ``python -m tools.query_help --write FILE``.

``docs/query-language.md`` is Markdown of few kinds: headings, paragraphs, lists, tables and blocks of examples. An
example becomes a link that searches for it.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote_plus

from tools.generated_page import write_page

SOURCE = Path(__file__).parents[1] / "docs" / "query-language.md"
HEAD = "{# Written by tools.query_help from docs/query-language.md. #}"
LEFT_OUT = ("In a shell",)
"""Sections that do not concern somebody who types into a page."""

_INLINE = re.compile(r"`([^`]+)`|\*\*(.+?)\*\*|\*(.+?)\*|\[(.+?)\]\((.+?)\)")
_ARROW = " → "


def query_help(source: str) -> str:
    """Return the HTML of the documentation, without the sections that are left out."""
    blocks = [*_blocks(source)]
    made, left_out = [], False
    for block in blocks:
        if block[0].startswith("## "):
            left_out = block[0].removeprefix("## ") in LEFT_OUT
        if not left_out:
            made.append(_html(block))
    return f"{HEAD}\n{{% raw %}}\n" + "\n".join(made) + "\n{% endraw %}\n"


def _blocks(source: str) -> Iterator[list[str]]:
    """Yield the blocks of lines that belong together: a fenced one, or those between empty lines."""
    lines: list[str] = []
    fenced = False
    for line in source.splitlines():
        if line.startswith("```"):
            if not fenced and lines:
                yield lines
                lines = []
            lines.append(line)
            fenced = not fenced
            if not fenced:
                yield lines
                lines = []
        elif fenced or line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _html(block: Sequence[str]) -> str:
    first = block[0]
    if first.startswith("```"):
        return _fenced(first.removeprefix("```"), block[1:-1])
    if heading := re.match(r"(#+) (.*)", first):
        level = len(heading[1])
        return f"<h{level}>{_inline(heading[2])}</h{level}>"
    if first.startswith("|"):
        return _table(block)
    if first.startswith("- "):
        items = re.split(r"\n- ", "\n".join(block).removeprefix("- "))
        return "<ul>\n" + "\n".join(f"<li>{_inline(item)}</li>" for item in items) + "\n</ul>"
    return f"<p>{_inline(chr(10).join(block))}</p>"


def _fenced(kind: str, lines: Sequence[str]) -> str:
    if not kind.startswith(("examples", "problems")):
        return f"<pre tabindex='0'>{escape(chr(10).join(lines))}</pre>"
    rows = "\n".join(_example(line, any_word=kind == "examples-any") for line in lines if _ARROW in line)
    return f'<table class="examples">\n{rows}\n</table>'


def _example(line: str, *, any_word: bool) -> str:
    typed, _, understood = line.partition(_ARROW)
    link = f"/search?q={quote_plus(typed.strip())}{'&any=1' if any_word else ''}"
    return f'<tr><td><a href="{escape(link)}"><code>{escape(typed)}</code></a></td><td>{escape(understood)}</td></tr>'


def _table(lines: Sequence[str]) -> str:
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    head, *body = [row for row in rows if not all(re.fullmatch(r"-*", cell) for cell in row)]
    names = [f"<th scope=col>{_inline(cell[:1].upper() + cell[1:])}</th>" for cell in head]
    made = ["<table>", f"<thead><tr>{''.join(names)}</tr></thead>"]
    made += ["<tbody>", *(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in body)]
    return "\n".join([*made, "</tbody>", "</table>"])


def _inline(text: str) -> str:
    """Return a line with code, emphasis and links as HTML. Links to other documents become their text."""
    pieces, end = [], 0
    for match in _INLINE.finditer(text):
        pieces.append(escape(_unescaped(text[end : match.start()])))
        code, strong, emphasis, label, _ = match.groups()
        if code is not None:
            pieces.append(f"<code>{escape(_unescaped(code))}</code>")
        else:
            tag = "strong" if strong else "em" if emphasis else "span"
            pieces.append(f"<{tag}>{_inline(strong or emphasis or label)}</{tag}>")
        end = match.end()
    return "".join([*pieces, escape(_unescaped(text[end:]))])


def _unescaped(text: str) -> str:
    return text.replace(r"\|", "|")


def main() -> None:
    """Print the page, or write it to a file."""
    parser = argparse.ArgumentParser(description="Write the help page of the query language.")
    parser.add_argument("--write", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    page = query_help(SOURCE.read_text(encoding="utf-8"))
    if arguments.write:
        write_page(arguments.write, page)
    else:
        print(page, end="")


if __name__ == "__main__":
    main()
