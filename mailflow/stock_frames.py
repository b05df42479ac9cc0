"""All inventory reports of two years are put together in one go, in a process of its own: pandas is
never in the daemon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import IO, Any

import pandas as pd

from mailflow.domain.consolidation import (
    SALES_TOLD_BY,
    STOCK_ROW,
    Consolidated,
    MonthSum,
    Names,
    Position,
    Series,
    Trend,
)
from mailflow.domain.month_grid import months_until
from mailflow.domain.stock_summary import StockSummary, summary_of
from mailflow.parsers.sandbox_shapes import encoded, packed

TEXTS, NUMBERS = list(STOCK_ROW[:3]), list(STOCK_ROW[3:])
KEY = ["code", "sku"]


def consolidated(begun: Consolidated, names: Names, table: IO[bytes]) -> bytes:
    """The `StockSummary` of `begun` with the positions of its month and the trend until then, as
    `sandbox_shapes` encodes it. Lines of other months than those before it are not looked at."""
    made = put_together(begun, names, table)
    return encoded(summary_of(made, packed(made, Consolidated)), StockSummary)


def put_together(begun: Consolidated, names: Names, table: IO[bytes]) -> Consolidated:
    frame = pd.read_csv(
        table,
        # A code such as NA or 1E5 is a code: categories would be taken for numbers here.
        dtype={**dict.fromkeys(TEXTS, "str"), **dict.fromkeys(NUMBERS, "int64")},
        keep_default_na=False,
        encoding="utf-8",
    ).astype(dict.fromkeys(TEXTS, "category"))
    positions = tuple(_positions(frame, begun.month, names))
    return replace(begun, positions=positions, trend=_trend(frame, names))


def _positions(frame: pd.DataFrame, month: date, names: Names) -> Iterator[Position]:
    now = frame[frame["month"] == month.isoformat()]
    if now.empty:
        return
    summed = now.groupby(KEY, observed=True)[NUMBERS].sum()
    recent = [m.isoformat() for m in months_until(month, SALES_TOLD_BY)]
    sold = frame[frame["month"].isin(recent)].groupby([*KEY, "month"], observed=True)["sold"].sum()
    lately = sold.groupby(KEY, observed=True).agg(["sum", "count"])
    found = []
    for key, *numbers in _rows(summed.join(lately)):
        code, sku = map(str, key)
        opening, received, sold_now, moved, closing, tins, months = map(int, numbers)
        found.append(
            Position(
                **names.of(code, sku),
                code=code,
                sku=sku,
                opening=opening,
                received=received,
                sold=sold_now,
                moved=moved,
                closing=closing,
                lately=tins,
                months=months,
            )
        )
    yield from sorted(found, key=lambda p: (p.region, p.code, p.sku))


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The index, and all that stands beside it."""
    return frame.itertuples(name=None)


def _trend(frame: pd.DataFrame, names: Names) -> Trend:
    if frame.empty:
        return Trend()
    by_month = frame.groupby("month", observed=True)
    told = by_month[["received", "sold", "closing"]].sum().join(by_month["code"].nunique())
    told = told.sort_index()
    months = tuple(
        MonthSum(date.fromisoformat(str(month)), int(codes), int(received), int(sold), int(closing))
        for month, received, sold, closing, codes in _rows(told)
    )
    order = [str(month) for month in told.index]
    regions = frame["code"].map(lambda code: names.of(str(code), "")["region"])
    return Trend(
        months=months,
        regions=_series(frame, regions.astype(str), order, str),
        distributors=_series(
            frame, frame["code"], order, lambda code: f"{code} {names.of(code, '')['distributor']}"
        ),
        products=_series(
            frame, frame["sku"], order, lambda sku: f"{sku} {names.of('', sku)['product']}"
        ),
    )


def _series(
    frame: pd.DataFrame, by: pd.Series[str], order: list[str], named: Callable[[str], str]
) -> tuple[Series, ...]:
    """The largest sales of all months on top."""
    sold = (
        frame["sold"]
        .groupby([by.rename("of"), frame["month"]], observed=True)
        .sum()
        .astype("Int64")
    )
    table = sold.unstack("month").reindex(columns=order)
    every = []
    for of, *numbers in _rows(table):
        tins = tuple(None if pd.isna(number) else int(number) for number in numbers)
        every.append(Series(named(str(of)), tins))
    return tuple(sorted(every, key=lambda s: (-sum(n or 0 for n in s.sold), s.name)))
