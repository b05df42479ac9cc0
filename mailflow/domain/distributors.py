"""The register of distributors as a sales admin mails it (S9, 经销商名单)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mailflow.domain.report import Report, ReportRow
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributorRow(ReportRow):
    """One distributor as written, by the columns of the register's master table.

    `aliases` are parted by `;`. Money is CNY, None where nothing stands there.
    """

    code: str = ""
    name: str = ""
    aliases: str = ""
    region: str = ""
    regional_manager: str = ""
    email: str = ""
    consignee: str = ""
    phone: str = ""
    address: str = ""
    delivery_address: str = ""
    credit_limit: Decimal | None = None
    expense_balance: Decimal | None = None
    owed: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributors(Report):
    """The head may say `date` and `region`."""

    rows: tuple[DistributorRow, ...] = ()
    kind: Literal["distributor-register"] = "distributor-register"
