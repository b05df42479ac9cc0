"""People hear when most of a region's budget is used: its sales admin and the marketing head (S8)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from mailflow.domain.budget import BudgetUse, Spent
from mailflow.domain.effect import Effect, Post
from mailflow.domain.money import ZERO
from mailflow.domain.notice import Letter
from mailflow.domain.notice_budget import BudgetNotice, Taker
from mailflow.domain.register import Person, Register, Role


def effects_of_warning(
    use: BudgetUse, spent: Iterable[Spent], register: Register, language: str
) -> tuple[Effect, ...]:
    """One letter a person."""
    takers = _takers((s for s in spent if s.region == use.region), register)
    return tuple(
        Post(
            Letter(
                notice=BudgetNotice(person, use, takers),
                to=(person.email,),
                subject_id=f"budget-{use.month:%Y%m}-{use.region}",
                language=person.language or language,
            )
        )
        for person in _told(use.region, register)
    )


def _told(region: str, register: Register) -> Iterable[Person]:
    people = (*register.people(Role.SALES_ADMIN, region), *register.people(Role.MARKETING_GM))
    return {person.email.casefold(): person for person in reversed(people)}.values()


def _takers(spent: Iterable[Spent], register: Register) -> tuple[Taker, ...]:
    found: dict[str, tuple[Decimal, int]] = {}
    for each in spent:
        amount, orders = found.get(each.distributor, (ZERO, 0))
        found[each.distributor] = amount + each.amount, orders + 1
    known = register.by_code
    takers = (
        Taker(code, known[key].name if (key := code.casefold()) in known else code, *taken)
        for code, taken in found.items()
    )
    return tuple(sorted(takers, key=lambda t: (-t.amount, t.code)))
