"""What a warehouse says it sent (S3): a dispatch list of ours filled in, or a report of many lists."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


class Filled(StrEnum):
    """How far a dispatch list is filled in."""

    BLANK = "blank"
    """Nothing is: it is the list as we sent it."""
    PARTLY = "partly"
    """Something is, and some line does not say what was sent of it."""
    FULLY = "fully"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentRow(ReportRow):
    """Goods of one line of a list, and of one batch where a line was sent from several.

    `list_no` is our own number as we write it, `FH261109-0042`, where the sheet names a list of
    ours; else what the sheet says. `ordered` is what was to be sent, `shipped` what was. None or
    empty where nobody says. `same_line` marks another batch of the line above, which says of itself
    only what is its own.
    """

    list_no: str = ""
    revision: str = ""
    order_no: str = ""
    distributor: str = ""
    line_no: str = ""
    code: str = ""
    name: str = ""
    spec: str = ""
    ordered: Count | None = None
    shipped: Count | None = None
    short: Count | None = None
    batch: str = ""
    produced: date | None = None
    expires: date | None = None
    carrier: str = ""
    waybill: str = ""
    shipped_on: date | None = None
    arrives_on: date | None = None
    delivered_on: date | None = None
    same_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledList(Report):
    """A dispatch list of ours come back. The head says `list-no`, as it is printed, and may say
    `carrier`, `waybill` and `shipped-on` of all lines; `shipped_on` is that day."""

    shipped_on: date | None = None
    rows: tuple[ShipmentRow, ...] = ()
    kind: Literal["dispatch-list"] = "dispatch-list"

    @property
    def filled(self) -> Filled:
        """By what was sent; a line with two batches counts once for all."""
        lines = [row for row in self.rows if not row.same_line]
        sent = [row.shipped is not None for row in lines]
        if lines and all(sent):
            return Filled.FULLY
        told = any(self.said(field) for field in ("carrier", "waybill", "shipped-on"))
        by_rows = any(
            row.shipped or row.batch or row.carrier or row.waybill or row.shipped_on
            for row in self.rows
        )
        doubted = any(doubt.at is not None for doubt in self.doubts)
        return Filled.PARTLY if any(sent) or told or by_rows or doubted else Filled.BLANK

    @property
    def variant(self) -> str:
        return self.filled.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment(Report):
    """A report of what was sent of many lists. The head may say `list-no`, `carrier`, `waybill`,
    `shipped-on`, `warehouse` and `date`; `shipped_on` is the day said of all rows."""

    shipped_on: date | None = None
    rows: tuple[ShipmentRow, ...] = ()
    kind: Literal["shipment"] = "shipment"
