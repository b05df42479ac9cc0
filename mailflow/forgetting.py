"""Whether a mail asks that a list of consumers is deleted before its time; an operator does it by command."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailflow.desk.forgetting import FORGOTTEN, effects_of_forgetting, notice_of
from mailflow.desk.house import House
from mailflow.desk.people import language_of
from mailflow.domain.access import may, may_in
from mailflow.domain.access_table import Action
from mailflow.domain.consumer_list import KeptList
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect, Post, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.performing import Office, perform
from mailflow.ports import MailRow, Refusal, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.forget_words import list_to_forget
from mailflow.rules.personal import is_proven_person
from mailflow.rules.requests import is_recall


def effects_of_a_wish_to_forget(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail asks nothing of the kind, or more than that, or it is not his to ask: a person
    then reads it."""
    sender = facts.sender
    number = list_to_forget(reading)
    has_more = brings_more(reading)
    if number is None or has_more or reading.forwarded or is_recall(reading):
        return None
    if not (may(sender, Action.SEND_CONSUMERS) and is_proven_person(reading, sender)):
        return None
    kept = work.consumers.kept(number)
    if kept is None or not _is_his(kept, facts):
        return None
    address = sender.address or ""
    said = f"M{row.id} {address}"
    notice = replace(notice_of(kept, facts.register, address), subject=reading.head.subject)
    letter = Letter(
        notice=notice,
        to=(address,),
        subject_id=f"{number}-M{row.id}",
        about=number,
        language=language_of(sender, house.language),
        thread=thread_of(reading.head),
        mail_id=row.id,
    )
    return (
        *effects_of_forgetting(kept, said, house, by=address, mail_id=row.id),
        Post(letter),
        SettleMail(MailState.DONE, FORGOTTEN),
    )


def _is_his(kept: KeptList, facts: Facts) -> bool:
    """Whoever sent it; and who might have sent all of it by his part in its regions."""
    sender = facts.sender
    if (sender.address or "").casefold() == kept.sender.casefold():
        return True
    regions = {part.region for part in kept.parts}
    action = Action.SEND_CONSUMERS
    return bool(regions) and all(
        may_in(sender.people, action, region, facts.register) for region in regions
    )


def forget_list(number: str, reason: str, office: Office, now: datetime) -> None:
    """An operator has it deleted; those who have it hear so. Raises `Refusal`."""
    with office.store.begin(now) as work:
        kept = work.consumers.kept(number)
        if kept is None:
            raise Refusal(f"consumers {number}: there is none: see `mailflow list consumers`")
        effects = tuple(effects_of_forgetting(kept, reason, office.house))
        perform(effects, work, office, now)
