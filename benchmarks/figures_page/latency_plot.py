"""Plot latencies as SVG: the median of each class as a bar per engine, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.engines import ENGINES, OURS
from benchmarks.figures_page.figures import times_by_class
from benchmarks.measures.answering import AnswerTime

_COLOURS = ("#1b6ca8", "#dd9a3a", "#8c8c8c", "#6a9a58", "#c44e52")  # differ in lightness, for readers who see no red
_LEFT, _TOP, _WIDTH, _BAR, _GAP = 130, 50, 560, 12, 14
_LOW, _HIGH = 0.1, 1000.0  # milliseconds at the ends of the scale


def plot_latencies(rows: Sequence[AnswerTime]) -> str:
    """Return the plot of the medians of questions that are asked first."""
    times = {name: classes for name in ENGINES if (classes := times_by_class(rows, name))}
    kinds = list(times.get(OURS, {}))
    step = len(times) * _BAR + _GAP
    height = _TOP + len(kinds) * step + 24
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 60} {height}" role="img">',
        "<style>text { font: 12px sans-serif }</style>",
        "<title>Milliseconds of processor time by class of question and engine, first asked</title>",
        '<rect width="100%" height="100%" fill="white"/>',
        *_legend(list(times)),
        *_scale(height),
    ]
    for row, kind in enumerate(kinds):
        top = _TOP + row * step
        middle = top + len(times) * _BAR / 2 + 4
        lines.append(f'<text x="{_LEFT - 8}" y="{middle:.0f}" text-anchor="end">{escape(kind)}</text>')
        for number, name in enumerate(times):
            if kind in times[name]:
                lines += _bar(top + number * _BAR, times[name][kind].first, _COLOURS[number % len(_COLOURS)])
    return "\n".join([*lines, "</svg>", ""])


def _x(milliseconds: float) -> float:
    share = math.log(max(milliseconds, _LOW) / _LOW) / math.log(_HIGH / _LOW)
    return _LEFT + _WIDTH * min(share, 1.0)


def _bar(top: float, value: float, colour: str) -> Iterator[str]:
    end = _x(value)
    yield f'<rect x="{_LEFT}" y="{top}" width="{end - _LEFT:.1f}" height="{_BAR - 1}" fill="{colour}"/>'
    yield f'<text x="{end + 4:.1f}" y="{top + _BAR - 2}" style="font-size: 10px">{value:.2f}</text>'


def _legend(engines: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(engines):
        x = _LEFT + number * 110
        yield f'<rect x="{x}" y="8" width="12" height="12" fill="{_COLOURS[number % len(_COLOURS)]}"/>'
        yield f'<text x="{x + 17}" y="18">{escape(name)}</text>'


def _scale(height: int) -> Iterator[str]:
    for power in range(-1, 4):
        x = _x(10.0**power)
        yield f'<line x1="{x:.1f}" y1="{_TOP - 8}" x2="{x:.1f}" y2="{height - 22}" stroke="#ddd"/>'
        yield f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">{10.0**power:g} ms</text>'
