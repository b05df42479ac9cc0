"""An order as somebody writes it down: labels, headings, rows, totals, before it has a place."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accuracy.book import Value
from accuracy.truth import TrueLine, TrueOrder

Number = int | Decimal


@dataclass
class Label:
    field: str
    word: str
    value: Value
    key: str = ""


@dataclass
class Heading:
    """One column. `upper` is the word above it in a header of two storeys."""

    field: str
    word: str
    upper: str = ""
    key: str = ""


@dataclass
class Row:
    """A line with what is stated in it; `raw` holds cells written in another way than usual.

    `numbers` has cases, tins, price, amount as stated, which a fault may have changed.
    """

    key: str
    line: TrueLine
    numbers: dict[str, Number]
    texts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Value | None] = field(default_factory=dict)
    hidden: bool = False
    struck: bool = False
    title: str = ""
    """Words in a row of their own above it."""

    def at(self, column: str) -> str:
        return f"{self.key}_{column}"


@dataclass
class Hand:
    """How this person writes: the same in the whole sheet."""

    quantity: str = "number"
    price: str = "number"
    amount: str = "number"
    name: str = "full"
    spec: str = "full"
    day: str = "iso"
    english: bool = False
    samples_priced: str = "zero"
    formulas: bool = False
    qty_unit: str = "cases"
    """What the column `qty` counts."""
    units: dict[str, str] = field(default_factory=dict)
    """The words for a case and a tin."""
    per_case_price: bool = False


@dataclass
class Form:
    """`extra` columns hold what is no order: stock, weights, bar codes."""

    key: str
    order: TrueOrder
    hand: Hand
    labels: list[Label] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    below: list[Row] = field(default_factory=list)
    """Lines that somebody put under the total."""
    dealer_text: str = ""
    """What stands for the distributor in a matrix or a column, where a fault has changed it."""
    title: str = ""
    policy: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    signatures: tuple[str, ...] = ()
    unit_note: str = ""
    total_word: str = "合计"
    totals: bool = True
    total_raw: dict[str, Value] = field(default_factory=dict)
    funding_sums: bool = False
    funding_raw: dict[str, Value] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        return any(h.field == column for h in self.headings)

    def label(self, name: str) -> Label | None:
        return next((x for x in self.labels if x.field == name), None)

    @property
    def head(self) -> str:
        return f"{self.key}_head"

    def note(self, number: int) -> str:
        return f"{self.key}_note{number}"

    @property
    def total(self) -> str:
        return f"{self.key}_total"


@dataclass
class Choices:
    """What a case must have, because its layout or fault needs it, and what it must not."""

    rng: random.Random
    need: set[str] = field(default_factory=set)
    avoid: set[str] = field(default_factory=set)
    today: date = date(2026, 11, 10)

    def wants(self, what: str, chance: float) -> bool:
        """Drawn, unless it is settled."""
        drawn = self.rng.random() < chance
        return what in self.need or (drawn and what not in self.avoid)
