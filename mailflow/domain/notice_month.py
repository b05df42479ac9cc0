"""The letters of the month: what became of an inventory report, whose reports are missing or in."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from mailflow.domain.finding import Finding
from mailflow.domain.month_grid import MonthGrid
from mailflow.domain.register import Customer, Person
from mailflow.domain.stock_summary import StockSummary
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryPart:
    """What a mail brought of one distributor and month. `where` is the sheet's span, as Excel shows
    it; `month` is None where it is not known. Without findings it is kept."""

    customer: Customer
    month: date | None
    attachment: str
    where: str
    products: int
    closing: int
    """Tins at the end of the month."""
    findings: tuple[Finding, ...] = ()
    corrects: bool = False
    """Another one held until now."""

    @property
    def is_valid(self) -> bool:
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryNotice:
    """To whoever mailed inventory reports: which are kept, and what is to be corrected.

    `findings` are those of sheets that are of nobody.
    """

    subject: str
    parts: tuple[InventoryPart, ...]
    findings: tuple[Finding, ...] = ()
    code: ClassVar[str] = "inventory-answer"

    @property
    def kept(self) -> tuple[InventoryPart, ...]:
        return tuple(part for part in self.parts if part.is_valid)

    @property
    def wrong(self) -> tuple[InventoryPart, ...]:
        return tuple(part for part in self.parts if not part.is_valid)

    @property
    def is_valid(self) -> bool:
        return not self.findings and not self.wrong

    @property
    def count(self) -> int:
        """How many points are to be corrected, what concerns several parts once."""
        every = [*self.findings, *(f for part in self.parts for f in part.findings)]
        return len(dict.fromkeys(every))


@dataclass(frozen=True, slots=True)
class Missing:
    """A distributor whose report is not in; `is_returned` where one came and was wrong."""

    customer: Customer
    is_returned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsDueNotice:
    """To a regional manager: which of his distributors' inventory reports are not in.

    `month` is its first day; `is_late` once the day they were due has come.
    """

    recipient: Person
    month: date
    due: date
    missing: tuple[Missing, ...]
    is_late: bool = False
    code: ClassVar[str] = "reports-due"


@dataclass(frozen=True, slots=True)
class StockFile:
    """All distributors' stock of a month as a workbook; `revised` is the day of one that takes the
    place of another."""

    stock: StockSummary
    language: str = "zh"
    revised: date | None = None


@dataclass(frozen=True, slots=True)
class StockPictures:
    """The same as pictures in the letter itself."""

    stock: StockSummary
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class ConsolidationNotice:
    """To the marketing head: all distributors' stock of a month, and whose report is missing."""

    recipient: Person
    stock: StockSummary
    changed: tuple[str, ...] = ()
    """Names of the distributors whose reports came, were corrected or found wrong since the last
    summary; it is revised where there are any."""
    code: ClassVar[str] = "stock-consolidated"


@dataclass(frozen=True, slots=True)
class MonthGridNotice:
    """To whoever asked how far the month's reports are: whose are in, and whose are not. `subject` is
    that of his mail."""

    grid: MonthGrid
    subject: str
    code: ClassVar[str] = "month-grid"


@dataclass(frozen=True, slots=True)
class GridFile:
    """The same as a workbook, every distributor and month."""

    grid: MonthGrid
    language: str = "zh"
