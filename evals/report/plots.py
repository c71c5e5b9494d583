"""Small drawings as SVG text: they need no library, no network, and print well. Colours come from the page's style."""

from collections.abc import Sequence
from typing import Final

from evals.log import CurvePoint, Row

_WIDTH: Final = 220
_HEIGHT: Final = 18
_SIDE: Final = 260
_EDGE: Final = 34


def interval_bar(row: Row) -> str:
    """Return a line from 0 to 1 with the interval, the value, and the aim as a tick; empty where that does not fit."""
    if row.value is None or row.form == "count" or not 0 <= row.value <= 1:
        return ""
    low, high = (row.value if bound is None else min(1.0, max(0.0, bound)) for bound in (row.low, row.high))
    parts = [
        f'<line class="axis" x1="0" y1="9" x2="{_WIDTH}" y2="9"/>',
        f'<line class="span" x1="{low * _WIDTH:.1f}" y1="9" x2="{high * _WIDTH:.1f}" y2="9"/>',
        f'<circle class="value" cx="{row.value * _WIDTH:.1f}" cy="9" r="4"/>',
    ]
    if row.aim is not None and 0 <= row.aim <= 1:
        at = row.aim * _WIDTH
        parts.insert(1, f'<line class="aim" x1="{at:.1f}" y1="2" x2="{at:.1f}" y2="16"/>')
    return f'<svg class="bar" viewBox="-5 0 {_WIDTH + 10} {_HEIGHT}" role="img" aria-label="{_told(row)}">{"".join(parts)}</svg>'


def calibration(points: Sequence[CurvePoint]) -> str:
    """Return the curve of confidence against the share that is right; on the dashed line both are equal."""
    inner = _SIDE - 2 * _EDGE
    most = max((point.n for point in points), default=1)

    def place(x: float, y: float) -> tuple[float, float]:
        return _EDGE + x * inner, _SIDE - _EDGE - y * inner

    marks = []
    for tick in (0.0, 0.5, 1.0):
        x, y = place(tick, tick)
        marks.append(f'<text x="{x:.0f}" y="{_SIDE - _EDGE + 16}" text-anchor="middle">{tick:.0%}</text>')
        marks.append(f'<text x="{_EDGE - 6}" y="{y + 4:.0f}" text-anchor="end">{tick:.0%}</text>')
    (x0, y0), (x1, y1) = place(0, 0), place(1, 1)
    dots, line = [], []
    for point in points:
        x, y = place(point.confidence, point.right)
        line.append(f"{x:.1f},{y:.1f}")
        radius = 3 + 6 * (point.n / most) ** 0.5
        told = f"{point.n} conversations, confidence {point.confidence:.0%}, right {point.right:.0%}"
        dots.append(f'<circle class="value" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{told}</title></circle>')
    return (
        f'<svg class="curve" viewBox="0 0 {_SIDE} {_SIDE}" role="img" aria-label="Calibration curve">'
        f'<rect class="frame" x="{_EDGE}" y="{_EDGE}" width="{inner}" height="{inner}"/>'
        f'<line class="aim" stroke-dasharray="4 4" x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}"/>'
        f'<polyline class="path" points="{" ".join(line)}"/>{"".join(dots)}{"".join(marks)}'
        f'<text x="{_SIDE / 2}" y="{_SIDE - 4}" text-anchor="middle">confidence</text>'
        f'<text x="{_EDGE}" y="{_EDGE - 10}">right</text></svg>'
    )


def _told(row: Row) -> str:
    bounds = "" if row.low is None or row.high is None else f", between {row.low:.2f} and {row.high:.2f}"
    return f"{row.value:.2f}{bounds}"
