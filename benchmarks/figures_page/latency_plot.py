"""Plot latencies as SVG: the p50 of each class as a bar per engine, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.engines import ENGINES
from benchmarks.figures_page.figures import times_by_class
from benchmarks.measures.latency import QuestionTimes

_COLOURS = ("#1b6ca8", "#c44e52", "#8c8c8c", "#dd9a3a")  # distinguishable for readers who see no red or no green
_LEFT, _TOP, _WIDTH, _BAR, _GAP = 130, 46, 560, 9, 12
_LOW, _HIGH = 0.01, 1000.0  # milliseconds at the ends of the scale


def plot_latencies(asked: Sequence[QuestionTimes]) -> str:
    """Return the plot of the p50s in ``asked``."""
    times = {name: times_by_class(asked, name) for name in ENGINES}
    kinds = list(next(iter(times.values())))
    step = len(ENGINES) * _BAR + _GAP
    height = _TOP + len(kinds) * step + 24
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" role="img">',
        "<style>text { font: 11px sans-serif }</style>",
        "<title>p50 in milliseconds by class of question and engine, logarithmic scale</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        *_legend(),
        *_scale(height),
    ]
    for row, kind in enumerate(kinds):
        top = _TOP + row * step
        lines.append(f'<text x="{_LEFT - 8}" y="{top + step / 2 - 2:.0f}" text-anchor="end">{escape(kind)}</text>')
        for number, name in enumerate(ENGINES):
            lines += _bar(top + number * _BAR, times[name][kind].p50, _COLOURS[number % len(_COLOURS)])
    return "\n".join([*lines, "</svg>", ""])


def _x(milliseconds: float) -> float:
    share = math.log(max(milliseconds, _LOW) / _LOW) / math.log(_HIGH / _LOW)
    return _LEFT + _WIDTH * min(share, 1.0)


def _bar(top: float, value: float, colour: str) -> Iterator[str]:
    end = _x(value)
    yield f'<rect x="{_LEFT}" y="{top}" width="{end - _LEFT:.1f}" height="{_BAR - 1}" fill="{colour}"/>'
    yield f'<text x="{end + 3:.1f}" y="{top + _BAR - 2}" font-size="8">{value:.2f}</text>'


def _legend() -> Iterator[str]:
    for number, name in enumerate(ENGINES):
        x = _LEFT + number * 110
        yield f'<rect x="{x}" y="8" width="10" height="10" fill="{_COLOURS[number % len(_COLOURS)]}"/>'
        yield f'<text x="{x + 14}" y="17">{escape(name)}</text>'


def _scale(height: int) -> Iterator[str]:
    for power in range(-2, 4):
        x = _x(10.0**power)
        yield f'<line x1="{x:.1f}" y1="{_TOP - 6}" x2="{x:.1f}" y2="{height - 20}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">{10.0**power:g} ms</text>'
