"""A booked order and its dispatch list: what was decided, fit to be kept and to be shipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from mailflow.domain.appraisal import Funding
from mailflow.domain.money import ZERO
from mailflow.domain.pattern import pattern
from mailflow.domain.register import Customer, ShipTo
from mailflow.domain.shortfall import Deducted
from mailflow.domain.value import dataclass


class OrderState(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    HELD = "held"
    REVIEW = "review"
    CLOSED = "closed"
    """Settled by a person without goods moving."""
    SHIPPED = "shipped"
    """Of every product at least as many tins have left as were ordered (domain/shipping.py)."""


_SUPPLY = pattern(r"-B\d{1,3}$")
IN_BOOKS = (OrderState.ACCEPTED, OrderState.SHIPPED)
"""Orders that are owed for and that a dispatch list is out of."""


@dataclass(frozen=True, slots=True)
class BookedLine:
    where: str
    sku: str
    name: str
    spec: str
    tins_per_case: int
    tins: int
    unit_price: Decimal
    amount: Decimal
    funding: Funding
    remark: str = ""
    price_list: str = ""
    """What its price stands on, and since when it holds; empty and None: the register of products,
    since ever."""
    price_since: date | None = None
    deducted: int = 0
    """Sample tins that were ordered and are not given (domain/deducting.py); not among `tins`."""

    @property
    def ordered(self) -> int:
        return self.tins + self.deducted

    @property
    def cases(self) -> int:
        return self.tins // self.tins_per_case

    @property
    def loose(self) -> int:
        """Tins beyond whole cases; more than 0 only on a special release (特批)."""
        return self.tins % self.tins_per_case


@dataclass(frozen=True, slots=True)
class Change:
    """What another revision of an order has of a product, in tins: 0 before or after where it is
    new or falls away."""

    sku: str
    name: str
    tins_per_case: int
    before: int
    after: int

    @property
    def signed(self) -> str:
        """`+12`, `−30`."""
        more = self.after - self.before
        return f"+{more}" if more > 0 else f"−{-more}"


@dataclass(frozen=True, slots=True)
class BookedOrder:
    """An order as it enters the books. `number` stands in the subject of every mail about it.

    An order that waits is kept too, with the lines that could be read; `customer` is then None
    where nobody could tell whose it is.
    """

    number: str
    revision: int
    mail_id: int
    position: int
    customer: Customer | None
    their_number: str
    day: date
    received: datetime
    month: date
    ship_to: ShipTo
    lines: tuple[BookedLine, ...]
    state: OrderState
    fingerprint: str
    register_version: str
    attachment: str
    where: str
    remarks: tuple[str, ...] = ()
    is_complete: bool = True
    """False where a line of the sheet could not be understood and is not among `lines`."""
    amends: int | None = None
    """The revision whose list is with the warehouse: it stays in force until this one is approved."""
    is_elsewhere: bool = False
    """Its ship-to is not the registered one: its manager said that it is new, and the sales admin
    agrees before anything leaves."""
    deductions: tuple[Deducted, ...] = ()
    """Why it gets fewer sample tins than it asks for."""

    @property
    def is_releasable(self) -> bool:
        """Whether a person's yes is enough: every line is certain, and whose it is."""
        return self.customer is not None and bool(self.lines) and self.is_complete

    @property
    def tins(self) -> int:
        return sum(line.tins for line in self.lines)

    @property
    def cases(self) -> int:
        return sum(line.cases for line in self.lines)

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)

    def amount_of(self, funding: Funding) -> Decimal:
        return sum((line.amount for line in self.lines if line.funding is funding), ZERO)


class Listed(StrEnum):
    """Where the dispatch list of an order is: what letters say of it has to be true."""

    NEVER = "never"
    """There is none: all of the order is short."""
    UNSENT = "unsent"
    """It has left to nobody yet."""
    OUT = "out"


@dataclass(frozen=True, slots=True)
class DispatchList:
    """What the warehouse picks by. One number and revision mean one content, for ever."""

    number: str
    revision: int
    order: BookedOrder = field(hash=False)  # number and revision tell lists apart at a glance
    issued: date
    source: str
    """SHA-256 of the mail it was made from, so that an auditor finds it years later."""
    special_release: bool = False
    changes: tuple[Change, ...] = ()
    """Against the list that is with the warehouse already."""
    short: tuple[int, ...] = ()
    """Tins of each line that are not in stock; empty where all of the order is."""

    @property
    def lines(self) -> tuple[BookedLine, ...]:
        """What is to be sent now: a line that lacks everything stays on the paper with 0 tins."""
        if not self.is_short:
            return self.order.lines
        lines = zip(self.order.lines, self.short, strict=True)
        return tuple(
            replace(line, tins=line.tins - short) if short else line for line, short in lines
        )

    @property
    def is_short(self) -> bool:
        return any(self.short)

    @property
    def short_tins(self) -> int:
        return sum(self.short)

    @property
    def tins(self) -> int:
        return self.order.tins - self.short_tins

    @property
    def cases(self) -> int:
        return sum(line.cases for line in self.lines)

    @property
    def is_supplementary(self) -> bool:
        return bool(_SUPPLY.search(self.number))

    @property
    def file_name(self) -> str:
        customer = self.order.customer
        who = customer.name if customer else "-"
        return f"{self.number}_{who}_R{self.revision}.xlsx"


def order_number(day: date, mail_id: int, position: int) -> str:
    """`DD261109-0042`, with `-2` for the second order of a mail; never given out twice.

    It is made from the mail's own number in the journal, so a try that was rolled back and
    repeated names the same order.
    """
    suffix = f"-{position + 1}" if position else ""
    return f"DD{day:%y%m%d}-{mail_id:04d}{suffix}"


def list_number(order: str) -> str:
    """The number of an order's dispatch list: `FH` for 发货 in place of `DD` for 订单."""
    return "FH" + order.removeprefix("DD")


def supply_number(order: str, nth: int) -> str:
    """`FH261109-0042-B1`: the list of what was short at first, `B` for 补发; counts from 1 and is
    never given out twice."""
    return f"{list_number(order)}-B{nth}"


def order_of(number: str) -> str:
    """The order that a person means by its own number or by that of one of its dispatch lists."""
    if not number.startswith("FH"):
        return number
    return "DD" + _SUPPLY.sub("", number).removeprefix("FH")


def is_supply(number: str) -> bool:
    """Whether a number is that of a supplementary list."""
    return number.startswith("FH") and bool(_SUPPLY.search(number))


def part_of(order: BookedOrder, goods: Iterable[tuple[int, int]]) -> BookedOrder:
    """Lines of an order by position, each with the tins of it that a list of their own sends. What the
    order is given less stands on its first list alone."""
    lines = tuple(replace(order.lines[at], tins=tins, deducted=0) for at, tins in goods)
    return replace(order, lines=lines, deductions=())


def with_state(order: BookedOrder, state: OrderState) -> BookedOrder:
    return replace(order, state=state)
