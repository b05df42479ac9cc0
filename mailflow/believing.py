"""Whether a mail is believed: where nothing proves it, its registered sender is asked, if that matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.sender_proof import effects_of_a_proof, effects_of_asking
from mailflow.domain.document import Reading
from mailflow.domain.effect import Effect
from mailflow.domain.facts import Facts
from mailflow.domain.mail import Trust
from mailflow.domain.question import QuestionKind, clues_of
from mailflow.judging import Dealt, dealt_by
from mailflow.ports import MailRow, Work
from mailflow.rules.alone import brings_more
from mailflow.rules.personal import is_person


def as_acknowledged(row: MailRow, facts: Facts) -> Facts:
    """As if the mail had been proven, where its sender, or an operator, has said that it is his."""
    if not row.is_acknowledged or facts.sender.trust is not Trust.B:
        return facts
    return _proven(facts)


def effects_of_a_sender_proof(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where the mail does not bring the code that its sender was mailed. The code is the proof:
    it went to the registered address alone."""
    has_more = brings_more(reading)
    if has_more or not _is_known_person(reading, facts):
        return None
    clues = clues_of(reading)
    found = [q for q in work.pointed(clues).by_token if q.kind is QuestionKind.SENDER_PROOF]
    if len(found) != 1 or not found[0].is_put_to(facts.sender.address):
        return None
    return effects_of_a_proof((row.id, reading), found[0], facts, house.language)


def asked_for_proof(
    mail: tuple[MailRow, Reading],
    facts: Facts,
    dealt: Dealt,
    as_meant: Callable[[Facts], Dealt],
    language: str,
) -> Dealt | None:
    """None where the mail is proven, or a proof would change nothing of what becomes of it (`dealt`):
    nobody is asked about a mail that a person reads anyway."""
    row, reading = mail
    if facts.sender.trust is not Trust.B or not _is_known_person(reading, facts):
        return None
    if as_meant(_proven(facts)).effects == dealt.effects:
        return None
    return dealt_by(effects_of_asking((row.id, reading), facts, language, row.revision))


def _is_known_person(reading: Reading, facts: Facts) -> bool:
    return is_person(reading, facts.sender) and facts.sender.known


def _proven(facts: Facts) -> Facts:
    return replace(facts, sender=replace(facts.sender, trust=Trust.A))
