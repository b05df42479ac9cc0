"""A chart as a value: what a picture in a letter shows, and what it says where pictures are not shown.

Numbers come with their texts: whoever draws them only draws. Pictures travel as a bundle of PNGs.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping

from mailflow.domain.value import dataclass

WIDTH = 560
"""Pixels in a letter; drawn with twice as many. A telephone shows it at the width it has."""
SCALE = 2
LABEL = (6, 7)
"""Signs of a long label that are kept of its begin and of its end, in which products differ."""
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The same pictures are the same bytes whenever they were drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """`tone` is 0 for what is usual, 1 for too little, 2 for too much; of bars of several series it
    means nothing."""

    label: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    tone: int = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie, one group a row, the first on top; `series` names the bars of a group, or what
    the tones mean where there is one bar a row."""

    name: str
    title: str
    series: tuple[str, ...]
    rows: tuple[Bar, ...]

    @property
    def alt(self) -> str:
        rows = (f"{row.label} {' / '.join(row.texts)}" for row in self.rows)
        names = " / ".join(self.series) if len(self.rows[0].values) > 1 else ""
        return _sentence(self.title, names, *rows)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line; None where nothing was told. `text` is its last number."""

    label: str
    values: tuple[float | None, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over steps of time."""

    name: str
    title: str
    steps: tuple[str, ...]
    curves: tuple[Curve, ...]

    @property
    def alt(self) -> str:
        last = (f"{curve.label} {curve.text}" for curve in self.curves)
        return _sentence(self.title, f"{self.steps[0]} – {self.steps[-1]}", *last)


Chart = Bars | Curves
MOST_REGIONS, MOST_BARS = 12, 8
"""Bars of a picture: of regions there are about so many, of other things the first ones."""


def titled(title: str, shown: int, every: int, words: Callable[..., str]) -> str:
    """Says so where not all are shown; `words` are those of the letter."""
    return words("picture_first", title=title, shown=shown, n=every) if every > shown else title


def _sentence(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def shortened(label: str) -> str:
    begin, end = LABEL
    return label if len(label) <= begin + end + 1 else f"{label[:begin]}…{label[-end:]}"


def texts_of(chart: Chart) -> Iterator[str]:
    """Everything that is written on it."""
    yield chart.title
    match chart:
        case Bars():
            yield from chart.series
            for row in chart.rows:
                yield from (row.label, *row.texts)
        case Curves():
            yield from chart.steps
            for curve in chart.curves:
                yield from (curve.label, curve.text)


def bundled(pictures: Mapping[str, bytes]) -> bytes:
    """PNGs by the names of their charts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, data in pictures.items():
            bundle.writestr(zipfile.ZipInfo(name, _ALWAYS), data)
    return out.getvalue()


def unbundled(bundle: bytes) -> dict[str, bytes]:
    """Nothing where there are none."""
    if not bundle:
        return {}
    with zipfile.ZipFile(io.BytesIO(bundle)) as pictures:
        return {name: pictures.read(name) for name in pictures.namelist()}


def height_of(png: bytes) -> int:
    """Pixels in a letter."""
    width, height = (int(number) for number in struct.unpack(">II", png[16:24]))
    return round(height * WIDTH / width)
