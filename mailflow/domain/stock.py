"""What the warehouse says lies in it (S4)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow(ReportRow):
    """Goods of one product, and of one batch and place where the sheet tells them apart.

    `on_hand` is all that lies there; `available` what of it may be promised; `in_transit` is on its
    way to the warehouse and not part of `on_hand`. None where the sheet does not say.
    """

    code: str = ""
    name: str = ""
    spec: str = ""
    warehouse: str = ""
    location: str = ""
    batch: str = ""
    produced: date | None = None
    expires: date | None = None
    on_hand: Count | None = None
    available: Count | None = None
    reserved: Count | None = None
    damaged: Count | None = None
    in_transit: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock(Report):
    """The head may say `warehouse`, `date` and `unit`."""

    rows: tuple[StockRow, ...] = ()
    kind: Literal["stock"] = "stock"
