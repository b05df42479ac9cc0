"""Charts become pictures: in a process of its own, with a font that has every sign, or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator
from PIL import Image

from mailflow.outbox.chart import SCALE, WIDTH, Bars, Chart, Curves, bundled, texts_of
from mailflow.outbox.fonts import Face

COLOURS = 64
POINTS = 72
"""An inch; one point is one pixel of the letter."""
INK, FAINT, RULE = "#1f2329", "#646a73", "#dfe3e8"
SHADES = ("#1f4e9c", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#6b7a8f")
"""Told apart also by who sees fewer colours, and in grey."""
TONES = ("#1f4e9c", "#d55e00", "#e69f00")
SMALL, TEXT, TITLE = 14, 15, 18
BAR, BETWEEN, GAP = 18, 2, 14
"""Pixels of a bar, between two of a group, between two groups."""
HEAD, FOOT, CURVES = 78, 10, 250
LEFT = 62
"""Pixels for the numbers beside curves."""


def drawn(charts: Sequence[Chart], faces: Sequence[Face]) -> bytes:
    """A bundle of all charts that one of the faces can write; the better face first."""
    found = {}
    for chart in charts:
        face = next((f for f in faces if _writes(f, texts_of(chart))), None)
        if face is not None:
            found[chart.name] = _png(chart, face)
    return bundled(found) if found else b""


def _writes(face: Face, texts: Iterable[str]) -> bool:
    signs = {sign for text in texts for sign in text if not sign.isspace()}
    files = dict.fromkeys((face.file, face.heavy))
    fonts = [FT2Font(file, face_index=face.index) for file in files]
    return all(font.get_char_index(ord(sign)) for font in fonts for sign in signs)


def _png(chart: Chart, face: Face) -> bytes:
    match chart:
        case Bars():
            group = len(chart.rows[0].values) * (BAR + BETWEEN) + GAP
            page = _Page(HEAD + group * len(chart.rows) + FOOT, face)
            _draw_bars(page, chart, group)
        case Curves():
            page = _Page(HEAD + CURVES + 34 + FOOT, face)
            _draw_curves(page, chart)
    return page.png()


class _Page:
    """White paper that is drawn on in the letter's own pixels, from the top left corner."""

    def __init__(self, height: int, face: Face) -> None:
        self._plain = FontPath(face.file, face.index)
        self._heavy = FontPath(face.heavy, face.index)
        self._figure = Figure((WIDTH / POINTS, height / POINTS), dpi=POINTS * SCALE)
        self._canvas = FigureCanvasAgg(self._figure)
        self.axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)

    def write(
        self, at: tuple[float, float], text: str, size: int = TEXT, *, shade: str = INK,
        align: str = "left", bold: bool = False,
    ) -> float:  # fmt: skip
        """How many pixels it takes."""
        font = FontProperties(fname=self._heavy if bold else self._plain, size=size)
        # A sign of money would begin a formula.
        put = self.axes.text(
            *at, text, color=shade, ha=align, va="center", fontproperties=font, parse_math=False
        )
        return float(put.get_window_extent(self._canvas.get_renderer()).width / SCALE)

    def width_of(self, text: str) -> float:
        """In pixels, as it would be written."""
        font = FontProperties(fname=self._plain, size=TEXT)
        tried = self.axes.text(0, 0, text, fontproperties=font, parse_math=False)
        width = tried.get_window_extent(self._canvas.get_renderer()).width / SCALE
        tried.remove()
        return float(width)

    def fill(self, left: float, top: float, size: tuple[float, float], shade: str) -> None:
        self.axes.add_patch(Rectangle((left, top), *size, color=shade, linewidth=0))

    def head(self, title: str, keys: Iterable[tuple[str, str]]) -> None:
        """What each colour means stands below the title."""
        self.write((0, 18), title, TITLE, bold=True)
        left = 0.0
        for name, shade in keys:
            self.fill(left, 45, (13, 13), shade)
            left += 20 + self.write((left + 19, 51), name, SMALL, shade=FAINT) + 18

    def png(self) -> bytes:
        """Of few colours, which is a third of the bytes; and without a program's name: the same chart
        is the same bytes."""
        self._canvas.draw()
        size, colours = self._canvas.get_width_height(), self._canvas.buffer_rgba()
        drawn = Image.frombuffer("RGBA", size, colours, "raw", "RGBA", 0, 1).convert("RGB")
        out = io.BytesIO()
        drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


def _draw_bars(page: _Page, chart: Bars, group: int) -> None:
    is_toned = len(chart.rows[0].values) == 1
    page.head(chart.title, zip(chart.series, TONES if is_toned else SHADES, strict=False))
    longest = max((value for row in chart.rows for value in row.values), default=0)
    said = max(len(text) for row in chart.rows for text in row.texts)
    left = max(page.width_of(row.label) for row in chart.rows) + 10
    room = WIDTH - left - 14 - said * 9
    page.axes.plot([left, left], [HEAD - 4, HEAD + group * len(chart.rows)], color=RULE, lw=1)
    for number, row in enumerate(chart.rows):
        top = HEAD + group * number + GAP / 2
        page.write((left - 10, top + (group - GAP - BETWEEN) / 2), row.label, align="right")
        shades = (TONES[row.tone],) if is_toned else SHADES
        for value, text, shade in zip(row.values, row.texts, shades, strict=False):
            width = room * max(value, 0) / longest if longest > 0 else 0
            page.fill(left, top, (width, BAR), shade)
            page.write((left + width + 7, top + BAR / 2), text, SMALL)
            top += BAR + BETWEEN


def _draw_curves(page: _Page, chart: Curves) -> None:
    shades = [(curve.label, shade) for curve, shade in zip(chart.curves, SHADES, strict=False)]
    page.head(chart.title, shades if len(shades) > 1 else ())
    known = [value for curve in chart.curves for value in curve.values if value is not None]
    ticks = MaxNLocator(4, integer=True, min_n_ticks=3).tick_values(0, max([*known, 1]))
    highest, right = float(ticks[-1]), WIDTH - 74

    def height(value: float) -> float:
        return HEAD + CURVES * (1 - value / highest)

    def across(step: int) -> float:
        return LEFT + 14 + (right - LEFT - 28) * step / max(len(chart.steps) - 1, 1)

    for tick in ticks:
        page.axes.plot([LEFT, right], [height(tick)] * 2, color=RULE, lw=1)
        page.write((LEFT - 8, height(tick)), f"{tick:,.10g}", SMALL, shade=FAINT, align="right")
    every = max(1, -(-len(chart.steps) // 6))
    for step in range(len(chart.steps) - 1, -1, -every):
        page.write(
            (across(step), HEAD + CURVES + 22),
            chart.steps[step],
            SMALL,
            shade=FAINT,
            align="center",
        )
    for curve, (_, shade) in zip(chart.curves, shades, strict=True):
        points = [(across(n), height(v)) for n, v in enumerate(curve.values) if v is not None]
        told = [n for n, v in enumerate(curve.values) if v is not None]
        for (one, other), (begin, end) in zip(pairwise(points), pairwise(told), strict=True):
            # What nobody told is not drawn as if it had been.
            style = "-" if end == begin + 1 else ":"
            page.axes.plot(
                *zip(one, other, strict=True), style, color=shade, lw=3, solid_capstyle="round"
            )
        page.axes.plot(*zip(*points, strict=True), "o", color=shade, ms=7)
        if points:
            page.write((points[-1][0] + 10, points[-1][1]), curve.text, SMALL, shade=INK, bold=True)
