"""Whether a mail is a mail system's report on a message of ours that did not arrive (S16)."""

from __future__ import annotations

from mailflow.desk.bounced import effects_of_a_bounce_on
from mailflow.desk.house import House
from mailflow.domain.bounce import struck
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState
from mailflow.domain.order import order_of
from mailflow.ports import MailRow, Work

MATCHED, LATE = "bounce-matched", "bounce-late"


def effects_of_a_bounce(
    _row: MailRow, reading: Reading, _facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where it is no report, or of nothing that is out: a person then reads it in the digest.

    Whoever got a letter can write such a report with its number: it marks that letter and is told,
    nothing is sent again and nothing moves.
    """
    bounce = reading.bounce
    if bounce is None:
        return None
    sent = work.sent_as(bounce.message_ids)
    if sent and bounce.only_late:
        return (SettleMail(MailState.IGNORED, LATE),)
    effects: list[Effect] = []
    for message in struck(bounce, sent):
        order = work.load_order(order_of(message.subject_id))
        register = house.lexicon.register
        effects += effects_of_a_bounce_on(message, bounce, order, register, house.language)
    return (*effects, SettleMail(MailState.DONE, MATCHED)) if effects else None
