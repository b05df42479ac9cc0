"""The digest: once a day each sales admin hears what needs a person, for his regions (S14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from mailflow.desk.archiving import READ
from mailflow.domain.allocation import ShortGoods
from mailflow.domain.barred import Barred
from mailflow.domain.budget import BudgetUse
from mailflow.domain.effect import Effect, Post
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.history_chain import Seal
from mailflow.domain.mail import Aside
from mailflow.domain.matter import DayCounts, MachineTrouble, Matter, MatterKind
from mailflow.domain.notice import Letter
from mailflow.domain.notice_digest import DigestCounts, DigestLine, DigestNotice
from mailflow.domain.paper import TOLD_TO_ADMIN
from mailflow.domain.personal import without_numbers
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.value import dataclass

UNTOLD = frozenset((*Aside, *MachineTrouble, *Barred, *TOLD_TO_ADMIN, READ))


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """`matters` are all that is open or was refused; `counts` those of the day, by region."""

    register: Register
    day: date
    matters: tuple[Matter, ...]
    counts: tuple[DayCounts, ...]
    language: str = "zh"
    shadow: bool = False
    shortages: tuple[ShortGoods, ...] = ()
    budgets: tuple[BudgetUse, ...] = ()
    seal: Seal | None = None
    """How far the history went when the day was told."""


def digest_recipients(register: Register) -> tuple[Person, ...]:
    """Every sales admin once, with all regions of his lines."""
    people: dict[str, Person] = {}
    for person in register.people(Role.SALES_ADMIN):
        known = people.get(person.email.casefold())
        regions = person.regions + (known.regions if known else ())
        people[person.email.casefold()] = Person(
            person.role, person.name, person.email, regions, person.language
        )
    return tuple(people.values())


def digest_for(person: Person, facts: DigestFacts) -> Effect:
    """What is his: matters of his regions, and those whose region nobody can tell."""
    mine = [m for m in facts.matters if not m.region or _is_his(person, m.region, facts.register)]
    counts = [c for c in facts.counts if not c.region or _is_his(person, c.region, facts.register)]
    return Post(
        Letter(
            notice=DigestNotice(
                recipient=person,
                day=facts.day,
                counts=_sum(counts),
                decide=_lines(m for m in mine if _is_to_decide(m)),
                waiting=_lines(m for m in mine if _waits_on_others(m)),
                unread=_lines(m for m in mine if m.kind is MatterKind.UNREAD),
                machine=_lines(m for m in mine if m.kind is MatterKind.MACHINE),
                shadow=facts.shadow,
                seal=facts.seal,
                shortages=_short_of(person, facts),
                budgets=tuple(
                    use
                    for use in facts.budgets
                    if use.is_warned and _is_his(person, use.region, facts.register)
                ),
            ),
            to=(person.email,),
            subject_id=f"digest-{facts.day:%Y%m%d}",
            language=person.language or facts.language,
        )
    )


def _short_of(person: Person, facts: DigestFacts) -> tuple[ShortGoods, ...]:
    register = facts.register
    named = register.by_sku
    return tuple(
        replace(
            goods, name=named[key].name if (key := goods.sku.casefold()) in named else goods.sku
        )
        for goods in facts.shortages
        if not goods.region or _is_his(person, goods.region, register)
    )


def _is_his(person: Person, region: str, register: Register) -> bool:
    mine = person.email.casefold()
    return any(p.email.casefold() == mine for p in register.people(Role.SALES_ADMIN, region))


def _is_to_decide(matter: Matter) -> bool:
    return matter.kind is MatterKind.CASE and matter.waits_on is Asked.SALES_ADMIN


def _waits_on_others(matter: Matter) -> bool:
    return matter.kind is MatterKind.CASE and matter.waits_on is not Asked.SALES_ADMIN


def _lines(matters: Iterable[Matter]) -> tuple[DigestLine, ...]:
    chosen = sorted(matters, key=lambda m: m.since)
    return tuple(
        DigestLine(
            reference=m.reference,
            what=m.reason,
            who=m.who,
            subject=without_numbers(m.subject),
            since=m.since,
            findings=explained(m),
            region=m.region,
            waits_on=m.waits_on,
            steps=m.steps,
        )
        for m in chosen
    )


def explained(matter: Matter) -> tuple[Finding, ...]:
    """The sentence to a reason that no letter has explained: what happened, what can be done."""
    if matter.reason not in UNTOLD:
        return ()
    code, _, variant = matter.reason.partition(":")
    return (Finding(code, Severity.ERROR, matter.waits_on, variant=variant),)


def _sum(counts: Sequence[DayCounts]) -> DigestCounts:
    return DigestCounts(
        mails=sum(c.mails for c in counts),
        accepted=sum(c.accepted for c in counts),
        returned=sum(c.returned for c in counts),
        held=sum(c.held for c in counts),
        review=sum(c.review for c in counts),
        ignored=sum(c.ignored for c in counts),
        lists=sum(c.lists for c in counts),
        unsent=sum(c.unsent for c in counts),
    )
