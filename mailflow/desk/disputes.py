"""An objection to a statement of account: confirmed, told to who can look into it, and settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mailflow.desk.people import Desk, addresses
from mailflow.domain.case import Case
from mailflow.domain.effect import CloseCase, Effect, OpenCase, Post, SettleMail
from mailflow.domain.finding import Asked
from mailflow.domain.mail import MailState, Thread
from mailflow.domain.notice import Letter
from mailflow.domain.notice_dispute import DisputeNotice, DisputeStage
from mailflow.domain.register import Customer, Person, Register, Role
from mailflow.domain.statement import Statement, StatementFile
from mailflow.domain.value import dataclass

DISPUTED, SETTLED = "statement-disputed", "statement-settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """`mail_id` is the mail that objects, `address` its sender, `language` his; `thread`, `subject`
    and `files`, the names of what came with it, are its own."""

    mail_id: int
    customer: Customer
    statement: str
    period: date
    address: str
    reason: str
    subject: str
    thread: Thread
    register: Register
    language: str
    house_language: str
    files: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        return f"M{self.mail_id}"

    @property
    def about(self) -> str:
        """What stands in brackets in the subjects: an answer is filed by it."""
        return f"{self.statement} {self.number}"


def effects_of_dispute(
    dispute: Dispute, statement: Statement, case: Case, said_before: int | None
) -> tuple[Effect, ...]:
    """The case, the letter to whoever objects, and the one to the sales admin and finance; the case
    that takes the place of that of the mail `said_before`."""
    ended = (CloseCase(said_before, dispute.number),) if said_before else ()
    return (
        *ended,
        OpenCase(case),
        Post(_to_whoever_objects(dispute, _notice(dispute, DisputeStage.RECEIVED))),
        *_told(dispute, statement),
        SettleMail(MailState.REVIEW, DISPUTED),
    )


def effects_of_settling(dispute: Dispute, by: Person, answer: str) -> tuple[Effect, ...]:
    """The case is closed; whoever objected hears what came of it, and so do all who were told."""
    notice = replace(_notice(dispute, DisputeStage.SETTLED), settled_by=by.name, answer=answer)
    letter = _to_whoever_objects(dispute, notice)
    told = _others(dispute, *letter.cc, *addresses(_lookers(dispute)))
    letter = replace(letter, cc=told)
    said = f"{by.email}: {answer}" if answer else by.email
    return (
        CloseCase(dispute.mail_id, said[:200]),
        Post(letter),
        SettleMail(MailState.DONE, SETTLED),
    )


def _notice(dispute: Dispute, stage: DisputeStage) -> DisputeNotice:
    register = dispute.register
    owner = Desk(register).asked(Asked.SALES_ADMIN, dispute.customer.region)
    people = register.person(dispute.address)
    return DisputeNotice(
        stage=stage,
        number=dispute.number,
        statement=dispute.statement,
        customer=dispute.customer,
        period=dispute.period,
        by=people[0].name if people else dispute.customer.name,
        reason=dispute.reason,
        subject=dispute.subject,
        owner=owner.name if owner else "",
        files=dispute.files,
    )


def _to_whoever_objects(dispute: Dispute, notice: DisputeNotice) -> Letter:
    """In his thread; the manager reads what a distributor objects."""
    return Letter(
        notice=notice,
        to=(dispute.address,),
        cc=_others(dispute, dispute.customer.regional_manager),
        subject_id=f"{dispute.number}-{notice.stage.value}",
        about=dispute.about,
        language=dispute.language,
        thread=dispute.thread,
        mail_id=dispute.mail_id,
    )


def _told(dispute: Dispute, statement: Statement) -> Iterator[Effect]:
    """One letter a person, each in his language."""
    for person in _lookers(dispute):
        language = person.language or dispute.house_language
        yield Post(
            Letter(
                notice=_notice(dispute, DisputeStage.RAISED),
                to=(person.email,),
                subject_id=f"{dispute.number}-{DisputeStage.RAISED.value}",
                about=dispute.about,
                language=language,
                enclosures=(StatementFile(statement, language),),
                mail_id=dispute.mail_id,
            )
        )


def _lookers(dispute: Dispute) -> tuple[Person, ...]:
    """Each address once: the sales admin of the region, and finance."""
    region = dispute.customer.region
    people = (
        p
        for role in (Role.SALES_ADMIN, Role.FINANCE)
        for p in dispute.register.people(role, region)
    )
    return tuple({p.email.casefold(): p for p in people}.values())


def _others(dispute: Dispute, *copies: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for c in copies if c.casefold() != dispute.address.casefold()))
