"""What a parser made of a mail: orders, reports, unknown documents, refused attachments."""

from __future__ import annotations

from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from mailflow.domain.answer import SAID_NOTHING, Said
from mailflow.domain.archived import FileText
from mailflow.domain.attached import Attached, Refused
from mailflow.domain.bounce import Bounce
from mailflow.domain.call_backs import CallBacks
from mailflow.domain.consumers import Consumers
from mailflow.domain.distributors import Distributors
from mailflow.domain.doubt import Doubt as Doubt
from mailflow.domain.doubt import DoubtKind as DoubtKind
from mailflow.domain.doubt import RowKind as RowKind
from mailflow.domain.doubt import RowRead as RowRead
from mailflow.domain.expenses import Expenses
from mailflow.domain.funding import Funding
from mailflow.domain.inventory import Inventory
from mailflow.domain.mail import Head
from mailflow.domain.mailed_tables import PriceList, Products, Staff
from mailflow.domain.only_head import WHOLE
from mailflow.domain.payments import Payments
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.report import ReportKind, Spoke
from mailflow.domain.settlement import Recalled
from mailflow.domain.sheet import Place, Span, Written
from mailflow.domain.shipment import FilledList, Shipment
from mailflow.domain.stock import Stock
from mailflow.domain.value import dataclass
from mailflow.domain.waybill import Waybills


@dataclass(frozen=True, slots=True)
class Amount:
    """A money cell; `number` is None where the text is no amount. `per` is a price's unit."""

    text: str
    at: Place
    number: Decimal | None
    per: Unit | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as written; `day` is None where it cannot be read with certainty.

    `readings` are then the years (None: not stated), months and days it may mean.
    """

    text: str
    at: Place | None
    day: date | None
    readings: tuple[tuple[int | None, int, int], ...] = ()

    def day_before(self, today: date, within: timedelta) -> date | None:
        """The day; where it is in doubt, the only reading not long before today, if there is one."""
        if self.day is not None:
            return self.day
        days = {
            day
            for year, month, number in self.readings
            for each in ((year,) if year else (today.year, today.year - 1))
            if (day := _day(each, month, number)) and today - within <= day <= today
        }
        return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


class TotalOf(StrEnum):
    CASES = "cases"
    TINS = "tins"
    UNITS = "units"
    """A total under a quantity column that names no unit."""
    AMOUNT = "amount"
    CASH = "cash"
    EXPENSE = "expense"


MOST_TOTALS = 100
"""Adding up takes lines times totals; an order with more totals than this is looked at by a person."""


@dataclass(frozen=True, slots=True)
class Total:
    """A total as the sheet states it; `lines` are the indices of the order lines it covers.

    Where a sheet leaves open how far back a total reaches, `or_lines` are the other lines it may
    rightly cover. `funding` narrows all of them to the lines paid that way. `beside` is what it
    also covers of other orders.
    """

    of: TotalOf
    text: str
    at: Place
    number: Decimal | None
    lines: tuple[int, ...]
    or_lines: tuple[tuple[int, ...], ...] = ()
    funding: Funding | None = None
    beside: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One row that names a product, as written; nothing here is judged.

    `quantities` holds every quantity cell of the row (cases and tins both, where both are there);
    an empty cell has `text` "" and `number` None. A unit of None means nobody stated one.
    """

    where: Span
    code: Written | None = None
    name: Written | None = None
    spec: Written | None = None
    quantities: tuple[Quantity, ...] = ()
    unit_price: Amount | None = None
    amount: Amount | None = None
    funding: Written | None = None
    remark: Written | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class WrittenShipTo:
    consignee: Written | None = None
    phone: Written | None = None
    address: Written | None = None
    delivery_address: Written | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """How a column was understood: its meaning, the header's words, where the header stands."""

    meaning: str
    header: str
    at: Place


@dataclass(frozen=True, slots=True)
class Skipped:
    """A sheet beside an order that was not read: it is hidden, or holds no order."""

    sheet: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one distributor as the sheet says it.

    `distributor` holds what the sheet itself says (code, name); `hints` what subject, file name
    and sheet name say, used only where the sheet is silent. `funding` is what labels say of the
    whole table (`付款方式：费用`). `notes` are free texts among and below the lines. `rows` tells
    what every row that is no line was taken for, `settled` whose columns a person explained.
    """

    attachment: str
    where: Span
    format: str
    lines: tuple[OrderLine, ...]
    distributor: tuple[Written, ...] = ()
    hints: tuple[Written, ...] = ()
    number: Written | None = None
    order_date: Dated | None = None
    ship_to: WrittenShipTo = field(default_factory=WrittenShipTo)
    remarks: tuple[Written, ...] = ()
    funding: tuple[Written, ...] = ()
    notes: tuple[Written, ...] = ()
    totals: tuple[Total, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[RowRead, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    settled: tuple[Recalled, ...] = ()
    kind: Literal["order"] = "order"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A sheet, table or text that no parser claims; `seen` tells what stood there, `columns` the
    words over numbers beside products, where there are any.

    `may_be` are the kinds of report it may be, where it may be several; `spoke` what spoke for each.
    """

    attachment: str
    where: Span | None
    seen: str
    columns: tuple[str, ...] = ()
    may_be: tuple[ReportKind, ...] = ()
    spoke: tuple[Spoke, ...] = ()
    cells: tuple[Written, ...] = ()
    """The first filled cells of a sheet: it may be a form that somebody filled in."""
    kind: Literal["unknown"] = "unknown"


AnyReport = (
    Stock
    | Inventory
    | Payments
    | Expenses
    | Distributors
    | Products
    | Staff
    | PriceList
    | FilledList
    | Shipment
    | Waybills
    | Consumers
    | CallBacks
)
Document = Order | AnyReport | Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one mail or one bare workbook.

    `body` is the first visible text of the mail, capped; where it holds an order, what stands
    beside it. `said` is what it answers, if it is an answer. `forwarded` are the words of the mails
    that this one passes on, without what they quote. `bounce` is what a mail system reports of a
    message of ours. `attached` is all that a person attached, whatever it is.
    """

    head: Head
    documents: tuple[Document, ...] = ()
    refused: tuple[Refused, ...] = ()
    body: str = ""
    said: Said = SAID_NOTHING
    forwarded: str = ""
    bounce: Bounce | None = None
    attached: tuple[Attached, ...] = ()
    texts: tuple[FileText, ...] = ()
    """What stands in them, where they came to be kept."""
    form: tuple[Written, ...] = ()
    """The filled cells of tables in the mail's own words: it may be a form that somebody filled in."""

    @property
    def is_only_head(self) -> bool:
        """Whether nothing but its header was kept, as it was too large."""
        return any(refused.detail == WHOLE for refused in self.refused)
