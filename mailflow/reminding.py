"""Whoever has not answered is reminded when it is due, once, however often the bell rings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from mailflow.desk.announcement_reminders import effects_on_unsent
from mailflow.desk.answer_mail import waits_of
from mailflow.desk.register_reminders import Unconfirmed, effects_on_unconfirmed
from mailflow.desk.reminders import Unanswered, effects_of_stage
from mailflow.desk.returned import Uncorrected, effects_on_returned
from mailflow.domain import failpoint
from mailflow.domain.asking import OPEN_FOR
from mailflow.domain.chase import (
    Chased,
    Returned,
    Stage,
    job_of,
    stage_of_question,
    stage_of_returned,
)
from mailflow.domain.effect import Effect
from mailflow.domain.finding import Asked
from mailflow.domain.order import BookedOrder, OrderState, order_of
from mailflow.domain.question import Question, QuestionKind, QuestionState
from mailflow.domain.register_change import ProposalState
from mailflow.performing import Office, perform
from mailflow.ports import Work
from mailflow.supplying import proposed

OWN_WAYS = (QuestionKind.CORRECTION, QuestionKind.REQUEST, QuestionKind.SENDER_PROOF)
"""What is asked again with its order, by the days of its step (`request_chasing.py`), or never: who
has not written a mail need not say so."""
SOONEST = timedelta(hours=22)
"""Before that nothing is due, in whatever zone; the calendar need not be asked."""


def remind(office: Office, now: datetime) -> int:
    """How many stages were reached. Each is a transaction of its own."""
    chased = office.store.records.chased()
    questions = [q for q in chased.questions if q.kind not in OWN_WAYS]
    steps = [_of_question(q, chased, office, now) for q in questions if now - q.created >= SOONEST]
    steps += [
        _of_returned(r, chased, office, now) for r in chased.returned if now - r.since >= SOONEST
    ]
    return sum(steps)


def _of_question(question: Question, chased: Chased, office: Office, now: datetime) -> bool:
    house, job = office.house, job_of(question)
    term = house.asking.term(question.role)
    stage = stage_of_question(question, term, house.workdays, now, chased.done_of(job))
    if stage is None:
        return False
    with office.store.begin(now) as work:
        effects = _asked_again(stage, question, (work, office), now)
        # While nobody could answer it its stage is not reached: it is once somebody can.
        if not effects or not work.take_job(job, stage.value):
            return False
        perform(effects, work, office, now)
        failpoint.reached("reminder.queued")
    return True


def _asked_again(
    stage: Stage, question: Question, doors: tuple[Work, Office], now: datetime
) -> Sequence[Effect]:
    work, office = doors
    if question.kind is QuestionKind.REGISTER:
        return _asked_to_confirm(stage, question, work, office)
    if question.kind is QuestionKind.ANNOUNCEMENT:
        return _asked_to_send(stage, question, work, office)
    order, every = work.load_order(order_of(question.order)), work.questions(question.order)
    known = next((q for q in every if q.id == question.id), question)
    if order is None or not _is_open(known, order):
        return ()
    supply = None
    if question.kind is QuestionKind.SUPPLY:
        today = now.astimezone(office.house.workdays.zone).date()
        supply = proposed(question.order, work, today)
        if supply is None:
            return ()
    unanswered = Unanswered(
        question=known,
        order=order,
        findings=work.findings(order),
        questions=every,
        sender=work.origin(order.mail_id).sender,
        register=office.store.register(),
        asking=office.house.asking,
        language=office.house.language,
        supply=supply,
        listed=work.listed(order),
    )
    return tuple(effects_of_stage(stage, unanswered))


def _asked_to_confirm(
    stage: Stage, question: Question, work: Work, office: Office
) -> Sequence[Effect]:
    """Nothing where it was decided, or would not hold any more: its case tells it."""
    proposal = work.registers.proposal(question.order)
    if proposal is None or proposal.state is not ProposalState.PROPOSED:
        return ()
    base, known = work.registers.current(proposal.kind)
    if base != proposal.base and stage is not Stage.MOVE:
        return ()
    unconfirmed = Unconfirmed(
        question=question,
        proposal=proposal,
        known=known,
        subject=work.origin(proposal.mail_id).subject,
        register=office.store.register(),
        language=office.house.language,
    )
    return tuple(effects_on_unconfirmed(stage, unconfirmed))


def _asked_to_send(
    stage: Stage, question: Question, work: Work, office: Office
) -> Sequence[Effect]:
    """Nothing where another version came, or it went."""
    announcement = work.announcements.proposed(question.order)
    if announcement is None or announcement.revision != question.revision:
        return ()
    register, language = office.store.register(), office.house.language
    return tuple(effects_on_unsent(stage, question, announcement, register, language))


def _is_open(question: Question, order: BookedOrder) -> bool:
    is_here = order.state in waits_of(question) and order.revision == question.revision
    return is_here and question.state is QuestionState.OPEN


def _of_returned(returned: Returned, chased: Chased, office: Office, now: datetime) -> bool:
    done = chased.done_of(returned.job)
    stage = stage_of_returned(returned.since, office.house.workdays, now, done)
    if stage is None:
        return False
    with office.store.begin(now) as work:
        if not work.take_job(returned.job, stage.value):
            return False
        perform(_asked_to_correct(stage, returned, (work, office), now), work, office, now)
        failpoint.reached("reminder.queued")
    return True


def _asked_to_correct(
    stage: Stage, returned: Returned, doors: tuple[Work, Office], now: datetime
) -> Sequence[Effect]:
    work, office = doors
    order = work.load_order(returned.number)
    if order is None or order.state is not OrderState.RETURNED:
        return ()
    if order.revision != returned.revision:
        return ()
    mine = [q for q in work.questions(order.number) if q.revision == order.revision]
    is_open = [q for q in mine if q.state is QuestionState.OPEN and not q.is_late(now)]
    workdays = office.house.workdays
    uncorrected = Uncorrected(
        order=order,
        findings=work.findings(order),
        origin=work.origin(order.mail_id),
        question=next((q for q in is_open if q.role is Asked.SENDER), None),
        closes=max(workdays.due(returned.since, OPEN_FOR), workdays.due(now, 1)),
        register=office.store.register(),
        language=office.house.language,
    )
    return tuple(effects_on_returned(stage, uncorrected))
