"""Whether a mail says that no sample tins are taken off for a store."""

from __future__ import annotations

from mailflow.desk.house import House
from mailflow.desk.waiving import effects_of_waiving
from mailflow.domain.access import may, may_for
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall
from mailflow.rules.waive_words import waived


def effects_of_a_waiver(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail says nothing of the kind, or more than that, or it is not his to say."""
    sender, head = facts.sender, reading.head
    number = waived(head.subject, reading.said.first)
    has_more = brings_more(reading)
    is_his = may(sender, Action.WAIVE_SAMPLES) and is_proven_person(reading, sender)
    if number is None or has_more or not is_his or reading.forwarded or is_recall(reading):
        return None
    shortfall = work.samples.load(number)
    customer = facts.register.by_code.get(shortfall.distributor.casefold()) if shortfall else None
    if shortfall is None or customer is None:
        return None
    if not may_for(sender, Action.WAIVE_SAMPLES, customer, facts.register):
        return None
    return effects_of_waiving((row.id, head), shortfall, customer, facts, house.language)
