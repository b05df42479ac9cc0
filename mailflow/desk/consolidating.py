"""The marketing head gets a month's stock when all reports are in, or when their day is over (S6)."""

from __future__ import annotations

from collections.abc import Sequence

from mailflow.domain.consolidation import Absent, Consolidated
from mailflow.domain.effect import Effect, Post
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import ConsolidationNotice, Missing, StockFile
from mailflow.domain.register import Register, Role


def absent(missing: Sequence[Missing]) -> tuple[Absent, ...]:
    every = (
        Absent(
            m.customer.region,
            m.customer.code,
            m.customer.name,
            m.customer.regional_manager,
            m.is_returned,
        )
        for m in missing
    )
    return tuple(sorted(every, key=lambda a: (a.region, a.code)))


def effects_of_consolidation(
    stock: Consolidated, register: Register, language: str
) -> tuple[Effect, ...]:
    """One letter a person; that of the deadline and that of the full month are two."""
    kind = "so-far" if stock.missing else "all"
    return tuple(
        Post(
            Letter(
                notice=ConsolidationNotice(person, stock),
                to=(person.email,),
                subject_id=f"stock-{stock.month:%Y%m}-{kind}",
                language=person.language or language,
                enclosures=(StockFile(stock, person.language or language),),
            )
        )
        for person in register.people(Role.MARKETING_GM)
    )
