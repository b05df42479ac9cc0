"""The marketing head gets a month's stock when all reports are in, or when their day is over (S6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mailflow.domain.consolidation import Absent, Expiring, Limits, Names
from mailflow.domain.effect import Effect, Post
from mailflow.domain.kept_inventory import StockLine, month_after
from mailflow.domain.notice import Letter
from mailflow.domain.notice_month import ConsolidationNotice, Missing, StockFile, StockPictures
from mailflow.domain.register import Register, Role
from mailflow.domain.stock_summary import StockSummary
from mailflow.domain.value import dataclass


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


def expires_before(month: date, limits: Limits) -> date:
    """What is left at the end of the month and expires before this day is near its date, or past it."""
    last = month_after(month)
    for _ in range(limits.near):
        last = month_after(last)
    return last


def expiring_of(lines: Iterable[tuple[str, StockLine]], names: Names) -> tuple[Expiring, ...]:
    """Of such lines, the first to expire on top."""
    found = [
        Expiring(
            **names.of(code, line.sku),
            code=code,
            sku=line.sku,
            batch=line.batch,
            expires=line.expires,
            tins=line.closing,
        )
        for code, line in lines
        if line.expires
    ]
    return tuple(sorted(found, key=lambda e: (e.expires, e.region, e.code, e.sku, e.batch)))


@dataclass(frozen=True, slots=True)
class Revision:
    """What changed since the summary that was told last, by the codes of distributors."""

    day: date
    changed: tuple[str, ...]

    def names(self, register: Register) -> tuple[str, ...]:
        known = register.by_code
        return tuple(
            known[code.casefold()].name if code.casefold() in known else code
            for code in sorted(self.changed)
        )


def effects_of_consolidation(
    stock: StockSummary, register: Register, language: str, revision: Revision | None = None
) -> tuple[Effect, ...]:
    """One letter a person; that of the deadline, that of the full month and each revision are
    letters of their own."""
    kind = "so-far" if stock.missing else "all"
    changed: tuple[str, ...] = ()
    day: date | None = None
    if revision is not None:
        kind, day = f"revised-{revision.day:%m%d}", revision.day
        changed = revision.names(register)
    return tuple(
        Post(
            Letter(
                notice=ConsolidationNotice(person, stock, changed),
                to=(person.email,),
                subject_id=f"stock-{stock.month:%Y%m}-{kind}",
                language=person.language or language,
                enclosures=(
                    StockFile(stock, person.language or language, day),
                    StockPictures(stock, person.language or language),
                ),
            )
        )
        for person in register.people(Role.MARKETING_GM)
    )
