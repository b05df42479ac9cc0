"""Whether a mail tells a warehouse's stock, and what the desk then makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.people import Desk
from mailflow.desk.stocktaking import StockMail, effects_of_stock
from mailflow.desk.supplying import (
    by_order,
    effects_of_proposal,
    effects_of_supply,
    is_as_proposed,
    no_longer_proposed,
)
from mailflow.domain.allocation import Shortage, covered
from mailflow.domain.answer import Word
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.notice_stock import Taking
from mailflow.domain.question import Question, QuestionState
from mailflow.domain.stock import Stock
from mailflow.ports import MailRow, Work
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.stock_count import Counted, counted, warehouses_of
from mailflow.supplying import supply_of


def effects_of_a_stock_mail(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail tells no stock, or its sender may not: it goes the way of all others."""
    sheets = [d for d in reading.documents if isinstance(d, Stock)]
    warehouses = warehouses_of(facts)
    if not sheets or not warehouses or not _may_tell(reading, facts):
        return None
    found = _counted(sheets, warehouses, facts, house)
    before = work.count_of(warehouses[0])
    mail = StockMail(
        mail_id=row.id,
        head=reading.head,
        facts=facts,
        counted=found,
        warehouse=warehouses[0],
        before=before,
        language=house.language,
        left={},
    )
    if mail.taking is not Taking.TAKEN:
        return effects_of_stock(mail)
    mail = replace(mail, left=work.stock().available(mail.count))
    return effects_of_stock(mail, tuple(_supplies(mail, work, house)))


def _may_tell(reading: Reading, facts: Facts) -> bool:
    """A person who is proven, and a mail that brings stock and nothing else: what else there is
    somebody has to look at."""
    is_alone = all(isinstance(d, Stock) for d in reading.documents) and not reading.refused
    return is_proven_person(reading, facts.sender) and is_alone and not is_recall(reading)


def _counted(
    sheets: Sequence[Stock], warehouses: tuple[str, ...], facts: Facts, house: House
) -> Counted:
    first = counted(sheets[0], facts, house.lexicon)
    doubts = []
    if len(sheets) > 1:
        doubts.append(_doubt("several", str(len(sheets)), sheets[0]))
    if len(warehouses) > 1:
        doubts.append(_doubt("whose", "、".join(warehouses), sheets[0]))
    if not doubts:
        return first
    return replace(first, tins={}, findings=(*doubts, *first.findings))


def _doubt(variant: str, found: str, sheet: Stock) -> Finding:
    return Finding(
        "stock-value",
        Severity.ERROR,
        Asked.SENDER,
        where=sheet.where,
        found=found,
        variant=variant,
    )


def _supplies(mail: StockMail, work: Work, house: House) -> Iterator[Effect]:
    """What the new count lets go of what was short, the oldest order first. What was proposed or
    refused just so before is not asked again; what was proposed otherwise is void."""
    register = mail.facts.register
    every = work.shortages.open_ones()
    mine = [s for s, region in every if register.warehouse_of(region) == mail.warehouse]
    covers = by_order(mine, covered(mine, mail.left))
    for number in dict.fromkeys(s.order for s in mine):
        those = tuple(s for s in mine if s.order == number)
        asked = _asked_about(those, work)
        now = covers.get(number, ())
        if asked and is_as_proposed(those, now) and not _is_over(asked, mail.facts):
            continue
        if asked:
            yield from no_longer_proposed(asked, f"M{mail.mail_id}: stock counted anew")
        if now and (supply := supply_of(those, now, work, mail.facts.business_day)):
            if house.releases_supplies:
                yield from effects_of_supply(supply, register, house.language)
            else:
                at = mail.facts.received
                desk = Desk(register)
                yield from effects_of_proposal(supply, desk, mail.mail_id, at, house.language)


def _asked_about(shortages: Sequence[Shortage], work: Work) -> Question | None:
    """The question about what was proposed of an order last."""
    numbers = dict.fromkeys(s.proposal for s in shortages if s.proposal)
    questions = [q for number in numbers for q in work.questions(number)]
    return max(questions, key=lambda q: q.id or 0, default=None)


def _is_over(asked: Question, facts: Facts) -> bool:
    """Whether nobody can answer it any more, and nobody said no."""
    if asked.state is QuestionState.USED:
        return asked.answer is not Word.REFUSE
    return asked.state is not QuestionState.OPEN or asked.is_late(facts.received)
