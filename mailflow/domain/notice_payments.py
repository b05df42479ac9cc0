"""The letter that asks for money: what is still owed of a month, and by whom."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from mailflow.domain.money import ZERO
from mailflow.domain.register import Customer
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Debt:
    """What a distributor has still to pay, more than nothing."""

    customer: Customer
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsDueNotice:
    """To a distributor or to the manager of several: what is still to be paid of a month.

    `month` is its first day; `due` the working day it is to be paid on, `day` that of the letter.
    """

    month: date
    due: date
    day: date
    debts: tuple[Debt, ...]
    code: ClassVar[str] = "payments-due"

    @property
    def total(self) -> Decimal:
        return sum((debt.amount for debt in self.debts), ZERO)

    @property
    def is_today(self) -> bool:
        return self.day == self.due

    @property
    def is_late(self) -> bool:
        return self.day > self.due
