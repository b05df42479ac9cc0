"""Whether a mail makes a request that goes through people, or is about one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailflow.desk.house import House
from mailflow.desk.people import Desk
from mailflow.desk.request_letters import Come
from mailflow.desk.request_mail import RequestReply
from mailflow.desk.request_people import Here
from mailflow.desk.request_replies import effects_of_reply
from mailflow.desk.requests import KNOWN, RequestMail, effects_of_request
from mailflow.domain.access import may, may_request
from mailflow.domain.access_table import Action
from mailflow.domain.answer import Word, without_tokens
from mailflow.domain.document import Order, Reading, Unknown
from mailflow.domain.effect import Effect, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.question import Pointed, Question, QuestionState, clues_of
from mailflow.domain.request import (
    CaseFile,
    Note,
    Request,
    RequestKind,
    RequestState,
    is_request,
)
from mailflow.ports import MailRow, Work
from mailflow.rules.personal import is_proven_person
from mailflow.rules.request_answers import Reply, reply_in
from mailflow.rules.request_fields import answered_fields, own_text, told_fields
from mailflow.rules.request_whose import Weighed, weighed
from mailflow.rules.request_words import asked_besides, request_wanted
from mailflow.rules.requests import is_recall

A_DAY = timedelta(days=1)
MOST_A_DAY = 20
"""Requests that one address opens; whoever sends more may be a program, and a person looks."""
MOST_SAID = 20
"""Mails of one address about one request in a day, after which a person reads them."""
LONGEST_FORWARDED = 2_000


def effects_of_a_request_reply(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where a mail is about no request, or about more than that one, or its sender has nothing to do
    with it: it goes the way of all others."""
    sender = facts.sender
    if not sender.known or not is_proven_person(reading, sender) or is_recall(reading):
        return None
    clues = clues_of(reading)
    pointed = work.pointed(clues) if clues else Pointed()
    numbers = set(pointed.orders)
    is_forged = set(clues.tokens) > {q.token for q in pointed.by_token}
    if len(numbers) != 1 or is_forged or not is_request(number := numbers.pop()):
        return None
    request = work.requests.request(number)
    if request is None:
        return None
    if _says_too_much(request, facts):
        return None
    questions = work.questions(number)
    question = _question(pointed, questions, sender.address or "")
    is_his = question is not None and question.is_put_to(sender.address)
    if not is_his and not all(isinstance(d, Unknown) for d in reading.documents):
        return None  # an order or a report in its thread is one all the same
    if is_his and pointed.by_token == () and any(isinstance(d, Order) for d in reading.documents):
        return None
    return effects_of_reply(_reply(row, (reading, facts, house), request, question, questions))


def _says_too_much(request: Request, facts: Facts) -> bool:
    """A program that answers each letter by another one would go on for ever."""
    address, since = (facts.sender.address or "").casefold(), facts.received - A_DAY
    said = [n for n in request.notes if n.by.casefold() == address and n.at >= since]
    return len(said) >= MOST_SAID


def _question(pointed: Pointed, questions: tuple[Question, ...], address: str) -> Question | None:
    """That of the token; else the one that was put to him, open ones first, newest first."""
    if pointed.by_token:
        return pointed.by_token[0]
    mine = [q for q in questions if q.is_put_to(address)]
    ranked = sorted(mine, key=lambda q: (q.state is QuestionState.OPEN, q.id or 0))
    return ranked[-1] if ranked else None


def _reply(
    row: MailRow,
    read: tuple[Reading, Facts, House],
    request: Request,
    question: Question | None,
    questions: tuple[Question, ...],
) -> RequestReply:
    reading, facts, house = read
    values = answered_fields(request.kind, reading, dict(request.values))
    told = weighed(request.kind, values, facts.sender, house.lexicon)
    return RequestReply(
        come=_come(row, reading),
        sender=facts.sender.address or "",
        request=request,
        question=question,
        questions=questions,
        reply=_said(reading, request, question, facts),
        text=own_text(reading),
        files=_files(row, reading, facts, request.step),
        here=_here(facts, house),
        told=told,
    )


def _said(reading: Reading, request: Request, question: Question | None, facts: Facts) -> Reply:
    sender = facts.sender
    names = tuple(p.name for p in sender.people) + tuple(c.name for c in sender.customers)
    is_asked = question is not None and question.is_put_to(sender.address)
    is_requester = (sender.address or "").casefold() == request.requester.casefold()
    allowed = question.allowed if question is not None and is_asked else ()
    return reply_in(reading, (*allowed, *((Word.CANCEL,) if is_requester else ())), names)


def effects_of_a_request(
    row: MailRow, reading: Reading, facts: Facts, work: Work, house: House
) -> tuple[Effect, ...] | None:
    """None where a mail asks for nothing that the house has a kind for, or it is not certain what: a person
    reads it."""
    sender = facts.sender
    is_his = sender.known and may(sender, Action.REQUEST) and is_proven_person(reading, sender)
    if not house.requests or not is_his or is_recall(reading):
        return None
    wanted = request_wanted(reading, house.requests)
    if wanted is None or not may_request(sender, wanted.kind.askers):
        return None
    if work.pointed(clues_of(reading)).orders:
        return None  # in the thread of something else it may be about that
    if work.requests.of_mail(row.id):
        return (SettleMail(MailState.DONE, KNOWN),)
    address = sender.address or ""
    if work.requests.opened_since(address, facts.received - A_DAY) >= MOST_A_DAY:
        return None
    values = told_fields(wanted.kind, reading, wanted.rest)
    told = weighed(wanted.kind, values, sender, house.lexicon)
    number = work.requests.next_number(facts.business_day.year)
    mail = RequestMail(
        come=replace(_come(row, reading), more=asked_besides(reading, house.requests)),
        request=replace(_new(row, reading, facts, wanted.kind, told), number=number),
        lacks=told.lacks,
        mine=tuple(work.requests.open_of(address)),
        here=_here(facts, house),
    )
    return effects_of_request(mail)


def _new(row: MailRow, reading: Reading, facts: Facts, kind: RequestKind, told: Weighed) -> Request:
    """A mail's request, without its number yet."""
    sender, customer = facts.sender, told.customer
    text = "\n\n".join(filter(None, (own_text(reading), reading.forwarded[:LONGEST_FORWARDED])))
    request = Request(
        number="",
        kind=kind,
        state=RequestState.ASKED,
        requester=sender.address or "",
        mail_id=row.id,
        subject=without_tokens(reading.head.subject),
        created=facts.received,
        region=customer.region if customer else Desk(facts.register).region_of(sender),
        distributor=customer.code if customer else "",
        values=tuple(told.values.items()),
        files=_files(row, reading, facts, 0),
    )
    return request.with_note(Note(request.requester, facts.received, text, 0, row.id))


def _files(row: MailRow, reading: Reading, facts: Facts, step: int) -> tuple[CaseFile, ...]:
    sender = facts.sender.address or ""
    return tuple(
        CaseFile(file, row.id, row.sha256 or "", sender, step) for file in reading.attached
    )


def _come(row: MailRow, reading: Reading) -> Come:
    return Come(mail_id=row.id, thread=thread_of(reading.head))


def _here(facts: Facts, house: House) -> Here:
    return Here(facts.register, house, facts.received)
