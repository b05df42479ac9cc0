"""A mailed list of consumers: good rows go to who calls in their region, the others back by cell (S10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailflow.desk.people import language_of
from mailflow.domain.access import may_in
from mailflow.domain.access_table import Action
from mailflow.domain.case import Case, case_of_mail
from mailflow.domain.consumer_list import KEEP_DAYS, NO_CALLER, Batch, ConsumerList, batches_of
from mailflow.domain.document import Reading
from mailflow.domain.effect import CloseCase, Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_people import KeepConsumers, PassConsumers
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import MailState, thread_of
from mailflow.domain.notice import Letter
from mailflow.domain.notice_consumers import (
    CallSheet,
    ConsumersNotice,
    NoCallerNotice,
    PassedOn,
    calls_of,
)
from mailflow.domain.register import Person, Register, Role
from mailflow.domain.value import dataclass
from mailflow.rules.consumer_sheet import JudgedConsumers

WAITS = NO_CALLER
TAKEN, KNOWN, RETURNED = "consumers-taken", "consumers-known", "consumers-returned"


@dataclass(frozen=True, slots=True)
class Calling:
    """How a house hands on consumers. `masked`: rehearsals, in which every letter goes to one address,
    which may not know who they are."""

    keep_days: int = KEEP_DAYS
    language: str = "zh"
    masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsumersMail:
    """A mail that brings lists of consumers and nothing else; `sheets` is each as it was judged."""

    mail_id: int
    revision: int
    reading: Reading
    facts: Facts
    sheets: tuple[JudgedConsumers, ...]
    taken: ConsumerList
    calling: Calling

    @property
    def asked(self) -> tuple[Finding, ...]:
        return tuple(f for sheet in self.sheets for f in sheet.asked)

    @property
    def again(self) -> tuple[Finding, ...]:
        return tuple(f for sheet in self.sheets for f in sheet.again)


def effects_of_consumers(mail: ConsumersMail) -> tuple[Effect, ...]:
    """Good rows are kept and passed on, whoever sent them hears of each other one; where nobody calls
    in a region, what is of it stays here and the sales admin is asked."""
    effects: list[Effect] = []
    batches = batches_of(mail.taken)
    if batches:
        effects.append(KeepConsumers(mail.taken))
    passed: list[PassedOn] = []
    register = mail.facts.register
    for batch in batches:
        agent = agent_for(batch.region, register)
        passed.append(PassedOn(batch.region, len(batch.rows), agent.name if agent else ""))
        if agent is not None:
            effects += effects_of_passing_on(batch, agent, mail.calling)
        else:
            effects += _admins_asked(batch, mail)
    waiting = [part.region for part in passed if not part.to]
    if waiting:
        effects.append(OpenCase(_case(mail, waiting)))
    effects.append(Post(_answer(mail, tuple(passed))))
    effects.append(_settled(mail, is_waiting=bool(waiting)))
    return tuple(effects)


def agent_for(region: str, register: Register) -> Person | None:
    """The first of customer service that the register names for a region: one is in charge, so that
    nobody is called twice."""
    people = register.people(Role.CUSTOMER_SERVICE, region)
    able = (p for p in people if may_in((p,), Action.CALL_CONSUMERS, region, register))
    return next(able, None)


def effects_of_passing_on(batch: Batch, agent: Person, calling: Calling) -> Iterator[Effect]:
    """What is passed on is marked in the transaction that queues its letter: once, or not at all."""
    language = agent.language or calling.language
    rows = tuple(row.masked() for row in batch.rows) if calling.masked else batch.rows
    yield PassConsumers(batch.number, batch.region, agent.email)
    yield Post(
        Letter(
            notice=calls_of(batch, calling.keep_days),
            to=(agent.email,),
            subject_id=f"{batch.number} {batch.region}",
            revision=batch.kept_back + 1,
            about=batch.number,
            language=language,
            enclosures=(CallSheet(batch.number, batch.region, rows, language, calling.masked),),
            mail_id=batch.mail_id,
        )
    )


def effects_once_there_is_an_agent(
    waiting: Sequence[Batch], register: Register, calling: Calling
) -> Iterator[Effect]:
    """Of one list: what waited for somebody to call in its region is passed on; its case ends with
    the last region."""
    left = 0
    for batch in waiting:
        agent = agent_for(batch.region, register)
        if agent is None:
            left += 1
        else:
            yield from effects_of_passing_on(batch, agent, calling)
    if waiting and not left:
        yield CloseCase(waiting[0].mail_id, f"{waiting[0].number}: passed on")


def _admins_asked(batch: Batch, mail: ConsumersMail) -> Iterator[Effect]:
    notice = NoCallerNotice(number=batch.number, region=batch.region, count=len(batch.rows))
    for person in mail.facts.register.people(Role.SALES_ADMIN, batch.region):
        yield Post(
            Letter(
                notice=notice,
                to=(person.email,),
                subject_id=f"{batch.number} {batch.region}",
                about=batch.number,
                language=person.language or mail.calling.language,
                mail_id=mail.mail_id,
            )
        )


def _case(mail: ConsumersMail, regions: Sequence[str]) -> Case:
    region = regions[0] if len(regions) == 1 else ""
    why = (WAITS, Asked.SALES_ADMIN)
    return case_of_mail(mail.mail_id, why, mail.facts.received, region)


def _settled(mail: ConsumersMail, *, is_waiting: bool) -> SettleMail:
    if mail.asked:
        return SettleMail(MailState.RETURNED, RETURNED)
    if is_waiting:
        return SettleMail(MailState.REVIEW, WAITS)
    return SettleMail(MailState.DONE, TAKEN if mail.taken.rows else KNOWN)


def _answer(mail: ConsumersMail, passed: tuple[PassedOn, ...]) -> Letter:
    facts, head = mail.facts, mail.reading.head
    return Letter(
        notice=ConsumersNotice(
            subject=head.subject,
            number=mail.taken.number,
            passed=passed,
            again=mail.again,
            asked=mail.asked,
            whole=any(sheet.whole for sheet in mail.sheets),
        ),
        to=(facts.sender.address or "",),
        subject_id=mail.taken.number,
        revision=mail.revision,
        language=language_of(facts.sender, mail.calling.language),
        thread=thread_of(head),
        mail_id=mail.mail_id,
    )
