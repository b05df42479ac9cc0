"""Whether a mail tells where goods are, and what the desk then makes of it."""

from __future__ import annotations

from mailflow.desk.delivered import DeliveryMail, effects_of_delivery
from mailflow.desk.house import House
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.delivery import told_by
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Finding
from mailflow.domain.waybill import Waybills
from mailflow.ports import MailRow, Work
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall

Outcome = tuple[tuple[Effect, ...], tuple[Finding, ...]]


def effects_of_a_delivery(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> Outcome | None:
    """None where the mail is nothing else than waybills that logistics filled in, every cell of
    them certain, or where nothing is filled in: it goes the way of all others."""
    papers = [d for d in reading.documents if isinstance(d, Waybills)]
    if not papers or len(papers) != len(reading.documents) or reading.refused:
        return None
    if not _may_tell(reading, facts) or any(p.doubts or p.more_doubts for p in papers):
        return None
    loads = work.under_way(house.zone)
    rows = [each for paper in papers for each in paper.rows]
    told = told_by(rows, loads, work.arrived(), facts.business_day)
    if not (told.delivered or told.unclear or told.noted):
        return None
    numbers = dict.fromkeys(each.load.order for each in told.delivered)
    found = ((number, work.load_order(number)) for number in numbers)
    orders = {n: (order, work.origin(order.mail_id)) for n, order in found if order}
    return effects_of_delivery(
        DeliveryMail(
            mail_id=row.id,
            told=told,
            loads=loads,
            facts=facts,
            orders=orders,
            language=house.language,
        )
    )


def _may_tell(reading: Reading, facts: Facts) -> bool:
    """A person of logistics or of a warehouse, proven; automatic mails book nothing."""
    sender = facts.sender
    is_his = may(sender, Action.TELL_DELIVERED) and is_proven_person(reading, sender)
    return is_his and not is_recall(reading)
