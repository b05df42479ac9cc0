"""Whether what a mail would do is left to a person: a machine may have answered, or somebody tries codes."""

from __future__ import annotations

from datetime import timedelta

from mailflow.desk.orders import mail_case
from mailflow.domain.document import Reading
from mailflow.domain.effect import AnswerQuestion, OpenCase, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, Trust
from mailflow.domain.suspicion import GUESSED, MOST_GUESSES, NOT_LOOKED_AT, QUICKEST, TOO_QUICK
from mailflow.judging import Dealt, dealt_by
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.personal import is_person

INSTANT = timedelta(microseconds=1)


def as_suspected(dealt: Dealt, mail: tuple[MailRow, Reading], facts: Facts, work: Work) -> Dealt:
    """As it was, or what a person is shown in its place. What a person had read again counts as it stands:
    he has looked."""
    row = mail[0]
    if row.revision > 1:
        return dealt
    return _guessed(mail, facts, work) or _too_quick(dealt, row, facts, work) or dealt


def _too_quick(dealt: Dealt, row: MailRow, facts: Facts, work: Work) -> Dealt | None:
    for effect in dealt.effects:
        if isinstance(effect, AnswerQuestion):
            since = row.received - QUICKEST
            if work.has_just_left(effect.question, since, row.received - INSTANT):
                return _for_a_person(row, facts, TOO_QUICK)
    return None


def _guessed(mail: tuple[MailRow, Reading], facts: Facts, work: Work) -> Dealt | None:
    """Counted apart for who has the address and for who only writes it: nobody shuts another out by
    guessing in his name, where that one's mails are proven."""
    row, reading = mail
    codes, sender = reading.said.tokens, facts.sender
    is_his = is_person(reading, sender) and sender.known and sender.address
    if not codes or not is_his or brings_more(reading):
        return None
    who = (sender.address or "").casefold(), sender.trust is Trust.A
    before = work.guesses_since(who, row.received - NOT_LOOKED_AT)
    if work.is_ours(codes):
        if before < MOST_GUESSES:
            work.forget_guesses(who)
            return None
        return _for_a_person(row, facts, GUESSED)
    work.note_guess(row.id, who, row.received)
    if before + 1 < MOST_GUESSES:
        return None
    if before + 1 == MOST_GUESSES:
        return _for_a_person(row, facts, GUESSED)
    # He has been told of already: each further one is a line of the list of mails.
    return dealt_by((SettleMail(MailState.IGNORED, GUESSED),))


def _for_a_person(row: MailRow, facts: Facts, why: str) -> Dealt:
    case = mail_case(row.id, (why, Asked.SALES_ADMIN), facts)
    return dealt_by((OpenCase(case), SettleMail(MailState.REVIEW, why)))
