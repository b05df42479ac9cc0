"""What a distributor says lies in his own store at the end of a month (S6, S7)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mailflow.domain.month import Month
from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryRow(ReportRow):
    """One product of one distributor, and one batch of it where the sheet tells them apart.

    `moved_in` and `moved_out` are what came and went otherwise than by purchase and sale;
    `other_moves` may be either. None where the sheet does not say.
    """

    distributor_code: str = ""
    distributor: str = ""
    store: str = ""
    month: Month | None = None
    code: str = ""
    name: str = ""
    spec: str = ""
    batch: str = ""
    produced: date | None = None
    expires: date | None = None
    opening: Count | None = None
    received: Count | None = None
    sold: Count | None = None
    moved_in: Count | None = None
    moved_out: Count | None = None
    other_moves: Count | None = None
    closing: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory(Report):
    """The head may say `distributor`, `distributor-code`, `region`, `month`, `date` and `unit`."""

    rows: tuple[InventoryRow, ...] = ()
    kind: Literal["inventory-report"] = "inventory-report"
