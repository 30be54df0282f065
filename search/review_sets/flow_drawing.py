"""The flow of a review as a drawing: the boxes of PRISMA 2020 with their numbers, as SVG without script or style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from corpus.trust.unsafe_characters import safe_text
from search.review_sets.review_flow import ReviewFlow, flow_rows

_WIDTH, _GAP, _LINE, _PADDING = 300, 40, 18, 12
"""Width of a box, space between two boxes, height of a line of text and space around it, in pixels."""
_CHARACTERS = 40
"""Characters of a line; a longer one is cut, and is whole in the table."""
_MAX_LINES = 12
"""Lines of a box; further ones are in the table."""

_MAIN_STEPS = ("identified", "records", "screened", "included")
_SIDE_STEPS = {
    "identified": ("duplicates removed",), "records": ("not retrievable", "not yet screened"),
    "screened": ("excluded", "undecided"),
}  # fmt: skip
"""The steps in the middle from top to bottom, and beside each those that leave the flow there."""


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box of the drawing: its place, and the lines in it."""

    x: int
    y: int
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return its height in pixels."""
        return 2 * _PADDING + _LINE * len(self.lines)

    @property
    def bottom(self) -> int:
        """Return the place of its lower edge."""
        return self.y + self.height


def flow_drawing(flow: ReviewFlow, title: str) -> str:
    """Return the flow of a review as SVG.

    Args:
        flow: the numbers.
        title: of the drawing, for people who have it read out.
    """
    parts: list[str] = []
    y, above = _PADDING, None
    for step in _MAIN_STEPS:
        main = FlowBox(_PADDING, y, _lines(flow, (step,)))
        parts += _box(main)
        if above is not None:
            parts.append(_arrow(above.x + _WIDTH // 2, above.bottom, main.x + _WIDTH // 2, main.y))
        bottom = main.bottom
        if step in _SIDE_STEPS:
            side = FlowBox(_PADDING + _WIDTH + _GAP, y, _lines(flow, _SIDE_STEPS[step]))
            parts += _box(side)
            middle = main.y + min(main.height, side.height) // 2
            parts.append(_arrow(main.x + _WIDTH, middle, side.x, middle))
            bottom = max(bottom, side.bottom)
        above, y = main, bottom + _GAP
    width, height = 2 * _WIDTH + _GAP + 2 * _PADDING, y - _GAP + _PADDING
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img" font-family="sans-serif" font-size="13"><title>{_text(title)}</title>'
        '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="7" refY="4" orient="auto">'
        '<path d="M0 0L8 4L0 8z"/></marker></defs>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
    )
    return f"{head}{''.join(parts)}</svg>\n"


def _lines(flow: ReviewFlow, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines of a box: each step with its number, and the details below it."""
    lines = [
        f"    {detail}: {count:,}" if detail else f"{step.capitalize()}: {count:,}"
        for step, detail, count in flow_rows(flow)
        if step in steps and (count or not detail)
    ]
    if len(lines) > _MAX_LINES:
        lines = [*lines[: _MAX_LINES - 1], "    …"]
    return tuple(line if len(line) <= _CHARACTERS else f"{line[: _CHARACTERS - 1]}…" for line in lines)


def _box(box: FlowBox) -> Iterator[str]:
    yield (f'<rect x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" fill="#fff" stroke="#000"/>')
    for number, line in enumerate(box.lines):
        indent = 12 if line.startswith(" ") else 0
        x, y = box.x + _PADDING + indent, box.y + _PADDING + _LINE * number + 13
        yield f'<text x="{x}" y="{y}">{_text(line.strip())}</text>'


def _arrow(x1: int, y1: int, x2: int, y2: int) -> str:
    return f'<path d="M{x1} {y1}L{x2} {y2}" stroke="#000" fill="none" marker-end="url(#tip)"/>'


def _text(value: str) -> str:
    return escape(safe_text(value))
