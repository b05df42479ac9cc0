"""Whether a mail asks for a paper of the library."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.desk.house import House
from mailflow.desk.papers import PaperMail, effects_of_paper_request
from mailflow.domain.access import may
from mailflow.domain.access_table import Action
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.notice_paper import PaperNotice
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.paper_words import paper_asked
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall

MOST_A_DAY = 30
"""Such letters to one address; whoever asks more often may be a program, and a person looks."""
A_DAY = timedelta(days=1)


def effects_of_a_paper_request(
    mail: tuple[MailRow, Reading], around: tuple[Facts, Work, House], now: datetime
) -> tuple[Effect, ...] | None:
    """None where the mail asks for none or says more than that, and where there is no library."""
    (row, reading), (facts, work, house) = mail, around
    sender = facts.sender
    if house.lends is None or not facts.register.papers:
        return None
    is_his = may(sender, Action.PAPER) and is_proven_person(reading, sender)
    has_more = brings_more(reading)
    if not is_his or has_more or reading.forwarded or is_recall(reading):
        return None
    asked = paper_asked(reading)
    if asked is None:
        return None
    address = sender.address or ""
    if work.status.answers_since((PaperNotice.code,), address, now - A_DAY) >= MOST_A_DAY:
        return None
    return effects_of_paper_request(
        PaperMail(row.id, reading.head, asked, facts, house.language, house.lends)
    )
