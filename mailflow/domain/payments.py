"""What finance says distributors paid (S5, 回款)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mailflow.domain.report import Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRow(ReportRow):
    """Money of one distributor that arrived on one day, in CNY. `payer` is who sent it, who may be
    another; `funding` says what it is for, as written."""

    distributor_code: str = ""
    distributor: str = ""
    region: str = ""
    paid: Decimal | None = None
    paid_on: date | None = None
    payer: str = ""
    bank: str = ""
    reference: str = ""
    method: str = ""
    funding: str = ""
    order_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments(Report):
    """The head may say `distributor`, `distributor-code`, `region`, `month`, `date` and `unit`."""

    rows: tuple[PaymentRow, ...] = ()
    kind: Literal["payments"] = "payments"
