"""Specimens of what the sender of a returned order may say of it, and of what then follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailflow.domain.answer import Word
from mailflow.domain.confirmed import Confirmed
from mailflow.domain.decision import Outcome
from mailflow.domain.document import Order, WrittenShipTo
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, ListFile, MarkedCopy
from mailflow.domain.notice_asked import ApprovalNotice
from mailflow.domain.notice_orders import AnswerNotice, ListNotice, OrderReport
from mailflow.domain.order import BookedOrder, OrderState
from mailflow.domain.proposal import SHIP_TO, Proposal
from mailflow.domain.question import Question
from mailflow.domain.sheet import Place, Span
from mailflow.outbox.specimen_orders import (
    ADMIN,
    CUSTOMER,
    FILE,
    RECEIVED,
    dispatch_list,
    loose_tins,
    order,
)

MANAGER, SUBJECT, BEFORE = "rm.henan@chenlu.example", "南阳童之家11月订单", "DD261108-0037"
REASON = "门店活动急用，整箱卖不完"
ADDRESS = "河南省南阳市卧龙路66号"
NOT_READ = Order(FILE, Span(FILE, "Sheet1", 5, 0, 9, 7), "xlsx", ())
LOOSE = Confirmed(loose_because=REASON)
MOVED = Confirmed(ship_to=True)


def confirmed_letters(question: Question, language: str) -> Iterator[Letter]:
    """Offered, said and in review, asked of the sales admin, released."""
    address, wrong = other_address(), (loose_tins(), other_address())
    both = Proposal(NOT_READ, (address,), words=(Word.LOOSE,), stated=WrittenShipTo())
    yield offer(question, both, wrong, language)
    moved = (Word.ACCEPT, Word.NEW_ADDRESS)
    yield offer(question, replace(both, words=moved), wrong[1:], language)
    for confirmed, what in ((LOOSE, wanted()), (MOVED, new_address())):
        asked = replace(question, role=Asked.SALES_ADMIN, address=ADMIN.email)
        own = of(confirmed, OrderState.REVIEW)
        report = OrderReport(own, Outcome.REVIEW, (what,), waits_on=((Asked.SALES_ADMIN, ADMIN),))
        yield told(report, confirmed, language)
        yield Letter(
            notice=ApprovalNotice(ADMIN, report, ADMIN),
            to=(ADMIN.email,),
            subject_id=own.number,
            language=language,
            question=asked,
        )
    sheet = replace(dispatch_list(), order=of(MOVED, OrderState.ACCEPTED))
    yield Letter(
        notice=ListNotice(sheet),
        to=("warehouse.north@chenlu.example",),
        subject_id=sheet.number,
        language=language,
        enclosures=(ListFile(sheet),),
    )
    report = OrderReport(sheet.order, Outcome.ACCEPTED, (), sheet)
    yield told(report, Confirmed(), language)


def offer(
    question: Question, proposal: Proposal, wrong: tuple[Finding, ...], language: str
) -> Letter:
    """The answer to a returned order, with all that may be said of it."""
    report = OrderReport(
        order(OrderState.RETURNED), Outcome.RETURNED, wrong, waits_on=((Asked.SENDER, None),)
    )
    asked = replace(
        question,
        role=Asked.SENDER,
        address=MANAGER,
        allowed=proposal.words,
        proposal=proposal,
    )
    letter = told(report, Confirmed(), language)
    copy = MarkedCopy(42, FILE, "xlsx", wrong, language)
    return replace(letter, question=asked, enclosures=(copy,))


def told(report: OrderReport, confirmed: Confirmed, language: str) -> Letter:
    sheet = report.dispatch_list
    return Letter(
        notice=AnswerNotice(
            recipient="河南区域经理",
            subject=SUBJECT,
            received=RECEIVED,
            outcome=report.outcome,
            reports=(report,),
            replaces=BEFORE if confirmed else "",
            confirmed=confirmed,
        ),
        to=(MANAGER,),
        subject_id=report.order.number,
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), SUBJECT),
        enclosures=(ListFile(sheet),) if sheet else (),
        mail_id=42,
    )


def of(confirmed: Confirmed, state: OrderState) -> BookedOrder:
    own = order(state)
    if confirmed.ship_to:
        there = replace(CUSTOMER.ship_to, address=ADDRESS, delivery_address="")
        return replace(own, ship_to=there, is_elsewhere=True)
    return replace(own, lines=(replace(own.lines[0], tins=63), *own.lines[1:]))


def other_address() -> Finding:
    return Finding(
        SHIP_TO,
        Severity.ERROR,
        Asked.SENDER,
        at=Place(FILE, "Sheet1", 3, 1),
        found=ADDRESS,
        expected=CUSTOMER.ship_to.address,
        proposal=CUSTOMER.ship_to.address,
        variant="address",
    )


def new_address() -> Finding:
    return replace(other_address(), asked=Asked.SALES_ADMIN, proposal="", variant="new-address")


def wanted() -> Finding:
    found = loose_tins()
    details = (*found.details, ("reason", REASON))
    return replace(found, asked=Asked.SALES_ADMIN, variant="by-reply", details=details)
