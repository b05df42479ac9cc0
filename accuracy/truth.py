"""What was really meant, and which verdicts on it are right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accuracy.world import Dealer, Ware


class Funding(StrEnum):
    CASH = "cash"
    EXPENSE = "expense"
    SAMPLE = "sample"


class Expected(StrEnum):
    ACCEPTED = "accepted"
    CAUGHT = "caught"
    EITHER = "either"
    """A reasonable person might ask, or might not; accepted with anything else is wrong still."""


@dataclass(frozen=True)
class TrueLine:
    ware: Ware
    cases: int
    funding: Funding = Funding.CASH

    @property
    def tins(self) -> int:
        return self.cases * self.ware.per_case

    @property
    def amount(self) -> Decimal:
        return self.ware.price * self.tins


@dataclass(frozen=True)
class TrueOrder:
    dealer: Dealer
    lines: tuple[TrueLine, ...]
    day: date
    number: str

    @property
    def content(self) -> tuple[str, tuple[tuple[str, int, str], ...]]:
        """What an accepted order must be, whatever the order of its lines."""
        lines = sorted((x.ware.sku, x.tins, x.funding.value) for x in self.lines)
        return (self.dealer.code, tuple(lines))


@dataclass
class Truth:
    """Filled while a case is made. `keys` name cells by what stands in them; `cells` where they lie.

    `spoiled` are the orders, by position, that must not be accepted. Without `codes` any answer is
    right that is not an acceptance.
    """

    orders: tuple[TrueOrder, ...]
    expected: Expected = Expected.ACCEPTED
    why_either: str = ""
    spoiled: set[int] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    cells: set[str] = field(default_factory=set)
    in_words: list[list[str]] = field(default_factory=list)
    """The texts of a table that stands in the mail's own words: its first row is some row there."""

    def spoil(self, order: int, codes: str, *keys: str) -> None:
        """An order has a fault: what may be said of it, and of which cells."""
        self.expected = Expected.CAUGHT
        self.spoiled.add(order)
        self.codes.update(codes.split())
        self.keys.update(keys)

    def must_ask(self, codes: str, *keys: str) -> None:
        """Every order is right, but something beside them is not."""
        self.expected = Expected.CAUGHT
        self.codes.update(codes.split())
        self.keys.update(keys)

    def debatable(self, why: str) -> None:
        if self.expected is Expected.ACCEPTED:
            self.expected, self.why_either = Expected.EITHER, why
