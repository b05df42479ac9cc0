"""A report is a sheet of rows that orders nothing: stock, payments, shipments, registers, …

Its rows are plain values without an address of their own, since there may be 200,000 of them; the
cell of a value is told by its row and the column of its field.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from mailflow.domain.doubt import Doubt, RowRead
from mailflow.domain.month import Month
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Place, Span, Written
from mailflow.domain.value import dataclass


class ReportKind(StrEnum):
    """What a report is of; each has a form that tells it by its columns."""

    STOCK = "stock"
    INVENTORY = "inventory-report"
    PAYMENTS = "payments"
    EXPENSES = "expenses"
    DISPATCH_LIST = "dispatch-list"
    SHIPMENT = "shipment"
    WAYBILLS = "waybills"
    DISTRIBUTORS = "distributor-register"
    PRODUCTS = "product-register"
    STAFF = "staff-register"
    PRICES = "price-list"
    CONSUMERS = "consumers"
    CALL_BACKS = "call-backs"

    @property
    def received(self) -> str:
        """The code of the finding that such a report came in."""
        return f"{self.value}-received"


@dataclass(frozen=True, slots=True)
class Count:
    """What the cells of one measure say: in cases, in tins, or in a unit that nobody states.

    `3箱6听` has 3 cases and `loose` 6. Cases and tins both are there where the sheet says both;
    whether they agree is not judged here.
    """

    cases: Decimal | None = None
    tins: Decimal | None = None
    units: Decimal | None = None
    loose: int = 0


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column of a report: the field of its rows, the header's words, where the header stands.

    `of` is the warehouse whose rows alone it fills, where each has a column of its own.
    """

    field: str
    header: str
    at: Place
    unit: Unit | None = None
    of: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a label around the table says of all its rows."""

    field: str
    text: str
    at: Place


@dataclass(frozen=True, slots=True)
class ReportTotal:
    """A total as the sheet states it, and the sum of the rows above it that it covers; None where
    one of them cannot be added to the others."""

    field: str
    at: Place
    number: Decimal
    summed: Decimal | None


@dataclass(frozen=True, slots=True)
class Spoke:
    """One thing that spoke for a kind: a column's header or a title."""

    kind: ReportKind
    word: str
    at: Place | None
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """`row` counts from 0, as in `Place`; `section` is the title it stands under."""

    row: int
    section: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What all kinds have in common. `more_doubts` counts those that are not told one by one."""

    attachment: str
    where: Span
    format: str
    head: tuple[Said, ...] = ()
    columns: tuple[ReportColumn, ...] = ()
    totals: tuple[ReportTotal, ...] = ()
    notes: tuple[Written, ...] = ()
    others: tuple[RowRead, ...] = ()
    """Rows that are none of its own: headers, sections, totals, notes."""
    doubts: tuple[Doubt, ...] = ()
    more_doubts: int = 0
    spoke: tuple[Spoke, ...] = ()
    hints: tuple[Written, ...] = ()
    """Titles, names of sheet and file, and the subject: whose it is where the sheet is silent."""
    month: Month | None = None
    """That of the whole report, by its label or its title."""

    @property
    def variant(self) -> str:
        """A word by which people are told more exactly what came; empty where there is none."""
        return ""

    def said(self, field: str) -> Said | None:
        return next((said for said in self.head if said.field == field), None)

    def places(self, row: ReportRow, field: str) -> Iterator[Place]:
        """The cells that a value of a row was read from; several where it has several columns."""
        where = self.where
        for column in self.columns:
            if column.field == field and column.of in ("", getattr(row, "warehouse", "")):
                yield Place(where.attachment, where.sheet, row.row, column.at.column)

    def first_cell(self, row: ReportRow) -> Place:
        where = self.where
        return Place(where.attachment, where.sheet, row.row, where.left)
