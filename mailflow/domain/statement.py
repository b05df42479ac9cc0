"""A statement of account (对账单): what moved for one distributor in a month, cash and expense apart.
Several of them go in one letter and one workbook."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailflow.domain.money import ZERO
from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One entry: what it moved, and what stood after it. `kind` is that of the entry."""

    day: date
    kind: str
    document: str
    cash: Decimal
    owed: Decimal
    expense: Decimal
    left: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`period` is the first day of its month; `made_on` the business day it was made. What is owed
    below zero was paid ahead."""

    code: str
    name: str
    region: str
    period: date
    made_on: date
    owed_before: Decimal = ZERO
    left_before: Decimal = ZERO
    lines: tuple[StatementLine, ...] = ()

    @property
    def owed(self) -> Decimal:
        return self.lines[-1].owed if self.lines else self.owed_before

    @property
    def left(self) -> Decimal:
        return self.lines[-1].left if self.lines else self.left_before

    @property
    def number(self) -> str:
        """`DZ-N101-202611`."""
        return f"DZ-{self.code}-{self.period:%Y%m}"

    @property
    def is_empty(self) -> bool:
        """Nothing moved, and nothing stands."""
        return not (self.lines or self.owed or self.left)

    @property
    def is_running(self) -> bool:
        """Its month is not over: more may come."""
        return self.period >= self.made_on.replace(day=1)

    def moved(self, *kinds: str) -> Decimal:
        """Money moved by entries of these kinds."""
        return sum((line.cash for line in self.lines if line.kind in kinds), ZERO)

    def granted(self, *kinds: str) -> Decimal:
        return sum((line.expense for line in self.lines if line.kind in kinds), ZERO)


@dataclass(frozen=True, slots=True)
class StatementNotice:
    """To a distributor, its manager or the desk: the statement of account of one month.

    `subject` is that of the mail which asked for it; empty where it comes by itself.
    """

    statement: Statement
    subject: str = ""
    code: ClassVar[str] = "statement"


@dataclass(frozen=True, slots=True)
class StatementFile:
    """The same as a workbook."""

    statement: Statement
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class Statements:
    """Those of several distributors and one month, by their codes."""

    period: date
    made_on: date
    each: tuple[Statement, ...]

    @property
    def number(self) -> str:
        """`DZ-202611`; each has its own beside it."""
        return f"DZ-{self.period:%Y%m}"

    @property
    def is_running(self) -> bool:
        return any(statement.is_running for statement in self.each)

    @property
    def owed(self) -> Decimal:
        return sum((statement.owed for statement in self.each), ZERO)

    @property
    def left(self) -> Decimal:
        return sum((statement.left for statement in self.each), ZERO)

    def moved(self, *kinds: str) -> Decimal:
        return sum((statement.moved(*kinds) for statement in self.each), ZERO)


@dataclass(frozen=True, slots=True)
class StatementsNotice:
    """To a manager who asked for the statements of account of all his distributors."""

    statements: Statements
    subject: str
    code: ClassVar[str] = "statements"


@dataclass(frozen=True, slots=True)
class StatementsFile:
    """The same as a workbook: a summary, and a sheet for each."""

    statements: Statements
    language: str = "zh"


@dataclass(frozen=True, slots=True)
class StatementWhichNotice:
    """To whoever asked for a statement of account in words that may mean several distributors:
    which one? `month` is the first day of the one he named, if he did."""

    who: str
    month: date | None
    candidates: tuple[Customer, ...]
    subject: str
    code: ClassVar[str] = "statement-which"
