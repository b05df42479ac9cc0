"""What the pictures in the letter with statistics show: the months of the year, regions beside before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mailflow.domain.money import ZERO
from mailflow.domain.statistics import Statistics
from mailflow.outbox.chart import (
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


def charts_of(statistics: Statistics, words: Words) -> tuple[Chart, ...]:
    """None of what there is nothing of."""
    return tuple(_charts(statistics, words))


def _charts(statistics: Statistics, words: Words) -> Iterator[Chart]:
    months: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for month, _, amount in statistics.months:
        months[month] += amount
    if len(months) > 1:
        amounts = [_short(months[month], words) for month in sorted(months)]
        yield Curves(
            "months",
            words["picture_months"],
            tuple(f"{month:%Y-%m}" for month in sorted(months)),
            (Curve(words["ordered"], tuple(amounts), _said(amounts[-1])),),
        )
    if statistics.regions:
        rows = []
        for line in statistics.regions[:MOST_REGIONS]:
            both = [_short(f.amount, words) for f in (line.now, line.before)]
            name = shortened(line.name or words["nobody"])
            rows.append(Bar(name, tuple(both), tuple(_said(amount) for amount in both)))
        series = words["now"], words["before"]
        every = len(statistics.regions)
        title = titled(words["picture_regions"], len(rows), every, words)
        yield Bars("regions", title, series, tuple(rows))


def _short(amount: Decimal, words: Words) -> float:
    """In the unit that the title names."""
    return float(amount / int(words["picture_unit"]))


def _said(amount: float) -> str:
    return f"{amount:,.1f}"
