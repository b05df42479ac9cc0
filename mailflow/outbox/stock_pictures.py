"""What the pictures in the letter about all stock show: days of cover, sold and left, the months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.consolidation import Limits, Sums
from mailflow.domain.stock_summary import StockSummary
from mailflow.outbox.chart import (
    MOST_BARS,
    MOST_REGIONS,
    Bar,
    Bars,
    Chart,
    Curve,
    Curves,
    shortened,
    titled,
)
from mailflow.outbox.typeset_words import Words

USUAL, LITTLE, MUCH = range(3)


def charts_of(stock: StockSummary, words: Words) -> tuple[Chart, ...]:
    """None of what there is nothing of."""
    return tuple(_charts(stock, words))


def _charts(stock: StockSummary, words: Words) -> Iterator[Chart]:
    regions = tuple(replace(s, name=s.name or words["unknown"]) for s in stock.regions)
    if regions:
        yield _cover(regions, stock.limits, words)
        yield _sold("regions", regions[:MOST_REGIONS], len(regions), words)
        yield _sold("products", stock.products[:MOST_BARS], len(stock.products), words)
    months = stock.months
    if len(months) > 1:
        sold, left = [m.sold for m in months], [m.closing for m in months]
        yield Curves(
            "trend",
            words["picture_trend"],
            tuple(f"{m.month:%Y-%m}" for m in months),
            (
                Curve(words["sold"], tuple(sold), f"{sold[-1]:,}"),
                Curve(words["left"], tuple(left), f"{left[-1]:,}"),
            ),
        )


def _cover(regions: Sequence[Sums], limits: Limits, words: Words) -> Bars:
    """Those that end first on top; what did not sell lasts for ever, and has no bar."""
    told = sorted((s for s in regions if s.cover is not None), key=lambda s: (s.cover or 0, s.name))
    rows = [
        Bar(
            shortened(s.name),
            (float(s.cover or 0),),
            (words("n_days_short", n=s.cover),),
            _tone(s, limits),
        )
        for s in told[:MOST_REGIONS]
    ]
    unsold = [s for s in regions if s.cover is None]
    rows += [
        Bar(shortened(s.name), (0.0,), (words["unsold"],), MUCH)
        for s in unsold[: MOST_REGIONS - len(rows)]
    ]
    tones = (words["usual"], words("under", days=limits.dry), words("above", days=limits.over))
    title = titled(words["picture_cover"], len(rows), len(regions), words)
    return Bars("cover", title, tones, tuple(rows))


def _tone(sums: Sums, limits: Limits) -> int:
    days = sums.cover or 0
    return LITTLE if days < limits.dry else MUCH if days > limits.over else USUAL


def _sold(name: str, sums: Sequence[Sums], every: int, words: Words) -> Bars:
    rows = tuple(
        Bar(shortened(s.name), (float(s.sold), float(s.closing)), (f"{s.sold:,}", f"{s.closing:,}"))
        for s in sums
    )
    title = titled(words[f"picture_{name}"], len(rows), every, words)
    return Bars(name, title, (words["sold"], words["left"]), rows)
