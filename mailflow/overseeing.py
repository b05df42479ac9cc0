"""Whether a mail asks how far the month's reports are."""

from __future__ import annotations

from mailflow.desk.house import House
from mailflow.desk.month_progress import grid_letter
from mailflow.desk.people import language_of
from mailflow.domain.access import customers_open
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.month_clock import month_looked_at
from mailflow.domain.month_grid import grid_of, months_until
from mailflow.ports import MailRow, Work
from mailflow.rules.month_words import grid_asked
from mailflow.rules.personal import is_proven_person

TOLD = "month-told"


def effects_of_a_month_question(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail asks nothing of the kind, of a month to come, or its sender may not know."""
    sender, head = facts.sender, reading.head
    wanted = grid_asked(head.subject, reading.said.first)
    if wanted is None or not is_proven_person(reading, sender):
        return None
    if reading.documents or reading.refused or sender.address is None:
        return None
    today = facts.business_day
    month = wanted.month.begin(today) if wanted.month else month_looked_at(house.month, today)
    customers = customers_open(sender, (Action.SEE_MONTH,), facts.register)
    if not customers or month > today:
        return None
    months = months_until(month)
    grid = grid_of(months, customers, work.inventories(months))
    asked = (row.id, head.subject, thread_of(head))
    letter = grid_letter(grid, asked, sender.address, language_of(sender, house.language))
    return Post(letter), SettleMail(MailState.DONE, TOLD)
