"""What was ordered, a row a month and a column a region."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pandas as pd


def months_by_region(
    months: Sequence[tuple[date, str, Decimal]], regions: Sequence[str]
) -> Sequence[tuple[str, Sequence[Decimal]]]:
    """Every month that has any order, in order, with an amount for each of the regions, 0 where
    there is none. Sums are of whole cents, so nothing is rounded."""
    frame = pd.DataFrame(
        [(f"{month:%Y-%m}", region, int(amount * 100)) for month, region, amount in months],
        columns=["month", "region", "cents"],
    )
    if frame.empty:
        return ()
    table = frame.pivot_table(
        index="month", columns="region", values="cents", aggfunc="sum", fill_value=0
    )
    table = table.reindex(columns=list(regions), fill_value=0).sort_index()
    return tuple(
        (str(month), tuple(Decimal(int(cents)).scaleb(-2) for cents in row))
        for month, row in zip(table.index, table.to_numpy(), strict=True)
    )
