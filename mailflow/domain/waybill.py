"""Where the goods are that were sent (S3): the state of each waybill."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mailflow.domain.report import Count, Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WaybillRow(ReportRow):
    """`state` is what the sheet says in its own words; `pieces` what was handed over."""

    waybill: str = ""
    list_no: str = ""
    revision: str = ""
    order_no: str = ""
    distributor: str = ""
    carrier: str = ""
    pieces: Count | None = None
    shipped_on: date | None = None
    arrives_on: date | None = None
    state: str = ""
    delivered_on: date | None = None
    signed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybills(Report):
    """The head may say `carrier`, `shipped-on` and `date`."""

    rows: tuple[WaybillRow, ...] = ()
    kind: Literal["waybills"] = "waybills"
