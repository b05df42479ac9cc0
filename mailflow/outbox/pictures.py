"""Pictures in letters: drawn apart from us, shown by their names, left out where they cannot be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import assert_never

from mailflow.domain.notice import Enclosure, Letter, Pictures
from mailflow.domain.notice_month import StockPictures
from mailflow.domain.notice_statistics import StatisticsPictures
from mailflow.domain.value import dataclass
from mailflow.log import get_logger
from mailflow.outbox import statistics_pictures, stock_pictures
from mailflow.outbox.apart import Apart, NotMade
from mailflow.outbox.catalogue import known
from mailflow.outbox.chart import WIDTH, Chart, height_of, unbundled
from mailflow.outbox.fonts import Face
from mailflow.outbox.mime_parts import Inline
from mailflow.outbox.typeset_pages import Pages

DRAWN = Apart("pictures", "mailflow.outbox.chart_drawing:drawn")
LARGEST = 80_000
"""Bytes of one; a larger one is left out rather than sent to a telephone."""

log = get_logger()


@dataclass(frozen=True)
class Drawing:
    """Pictures that are drawn when their bytes are asked for."""

    charts: tuple[Chart, ...]
    faces: tuple[Face, ...]

    def result(self) -> bytes:
        """A bundle; empty where nothing can be drawn: the letter goes all the same."""
        return self._drawn

    @cached_property
    def _drawn(self) -> bytes:
        if not self.faces or not self.charts:
            return b""
        try:
            return DRAWN.made(self.charts, self.faces)
        except NotMade as why:
            log.warning("letter without pictures", why=str(why))
            return b""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a template needs of a picture."""

    cid: str
    alt: str
    width: int
    height: int


def charts_of(enclosure: Pictures, pages: Pages) -> tuple[Chart, ...]:
    language = known(enclosure.language)
    match enclosure:
        case StockPictures(stock):
            return stock_pictures.charts_of(stock, pages.words("stock-consolidated", language))
        case StatisticsPictures(statistics):
            return statistics_pictures.charts_of(statistics, pages.words("statistics", language))
        case _ as unknown:
            assert_never(unknown)


def pictures_in(
    letter: Letter, prepared: Mapping[Enclosure, bytes], pages: Pages
) -> Iterator[tuple[Shown, Inline]]:
    """Those that were drawn, in the order in which they are shown."""
    for enclosure in letter.enclosures:
        if not isinstance(enclosure, StockPictures | StatisticsPictures):
            continue
        drawn = unbundled(prepared[enclosure])
        for chart in charts_of(enclosure, pages):
            data = drawn.get(chart.name, b"")
            if data and len(data) <= LARGEST:
                cid = f"{chart.name}.{hashlib.sha256(data).hexdigest()[:24]}@pictures"
                shown = Shown(cid, chart.alt, WIDTH, height_of(data))
                yield shown, Inline(cid, f"{chart.name}.png", data)


def seen(pictures: Sequence[tuple[Shown, Inline]], html: str) -> list[Inline]:
    """Only those that the page shows: a house's own template may have none."""
    return [inline for shown, inline in pictures if f"cid:{shown.cid}" in html]
