"""What whoever sent payments or approved expenses hears of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailflow.domain.attached import Refused
from mailflow.domain.finding import Finding
from mailflow.domain.money import ZERO
from mailflow.domain.order import BookedOrder
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One row of a sheet. `before` says where the same was entered from, where it was known."""

    code: str
    name: str
    day: date
    amount: Decimal
    document: str
    cell: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class MoneySheet:
    """`kind` is `payments` or `expenses`. Where `whole`, nothing of it was entered."""

    kind: str
    attachment: str
    where: str
    entered: tuple[MoneyLine, ...] = ()
    known: tuple[MoneyLine, ...] = ()
    asked: tuple[Finding, ...] = ()
    whole: bool = False

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.entered), ZERO)


@dataclass(frozen=True, slots=True)
class MoneyBalance:
    """What a distributor owes, or has left of its expense, after what was entered."""

    kind: str
    code: str
    name: str
    amount: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class MoneyNotice:
    """To finance or marketing: what of a sheet of payments or expenses was entered, what is asked.

    `fits` are orders held for credit that are within the limit now; a person releases them.
    """

    recipient: str
    subject: str
    sheets: tuple[MoneySheet, ...]
    balances: tuple[MoneyBalance, ...] = ()
    fits: tuple[BookedOrder, ...] = ()
    refused: tuple[Refused, ...] = ()
    code: ClassVar[str] = "money-entered"

    @property
    def entered(self) -> int:
        return sum(len(sheet.entered) for sheet in self.sheets)

    @property
    def known(self) -> int:
        return sum(len(sheet.known) for sheet in self.sheets)

    @property
    def asked(self) -> int:
        return sum(len(sheet.asked) for sheet in self.sheets)
