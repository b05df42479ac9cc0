"""Specimens of the letter about a budget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mailflow.domain.budget import BudgetUse
from mailflow.domain.notice import Letter
from mailflow.domain.notice_budget import BudgetNotice, Taker
from mailflow.outbox.specimen_orders import ADMIN, CUSTOMER

NOVEMBER = date(2026, 11, 1)


def use(used: str = "66420.00") -> BudgetUse:
    return BudgetUse("河南", NOVEMBER, Decimal("80000.00"), Decimal(used))


def budget_letters(language: str) -> Iterator[Letter]:
    for used in ("66420.00", "81240.50"):
        takers = (
            Taker(CUSTOMER.code, CUSTOMER.name, Decimal(used) - Decimal("4720.00"), 6),
            Taker("HE1001", "洛阳市贝贝乐母婴用品有限公司", Decimal("4720.00"), 1),
        )
        yield Letter(
            notice=BudgetNotice(ADMIN, use(used), takers),
            to=(ADMIN.email,),
            subject_id="budget-202611-河南",
            language=language,
        )
