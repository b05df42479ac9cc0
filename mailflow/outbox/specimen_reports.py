"""Specimens of what became of an order, and of the answer to its mail."""

from __future__ import annotations

from mailflow.domain.decision import Outcome
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import Thread
from mailflow.domain.notice import Letter, ListFile, MarkedCopy
from mailflow.domain.notice_orders import AnswerNotice, OrderReport
from mailflow.domain.order import OrderState
from mailflow.domain.register import Person
from mailflow.outbox.specimen_orders import (
    ADMIN,
    FILE,
    FINANCE,
    RECEIVED,
    dispatch_list,
    hidden_quantity,
    loose_tins,
    order,
    over_credit,
)


def answer(notice: AnswerNotice, language: str = "zh") -> Letter:
    """The letter around an answer, with what would be enclosed."""
    lists = (ListFile(r.dispatch_list) for r in notice.reports if r.dispatch_list)
    wrong = tuple(f for r in notice.reports for f in r.findings if f.asked is Asked.SENDER)
    copies = (MarkedCopy(42, FILE, "xlsx", wrong, language),) if wrong else ()
    return Letter(
        notice=notice,
        to=("rm.henan@chenlu.example",),
        subject_id=notice.reports[0].order.number if notice.reports else "M42",
        language=language,
        thread=Thread("<order-1109@chenlu.example>", (), notice.subject),
        enclosures=(*lists, *copies),
        mail_id=42,
    )


def answered(
    *reports: OrderReport, outcome: Outcome, findings: tuple[Finding, ...] = ()
) -> AnswerNotice:
    return AnswerNotice(
        recipient="河南区域经理",
        subject="南阳童之家11月订单",
        received=RECEIVED,
        outcome=outcome,
        reports=reports,
        findings=findings,
    )


def accepted_report() -> OrderReport:
    return OrderReport(order(), Outcome.ACCEPTED, (), dispatch_list())


def returned_report() -> OrderReport:
    waits: tuple[tuple[Asked, Person | None], ...] = ((Asked.SENDER, None),)
    return OrderReport(
        order(OrderState.RETURNED), Outcome.RETURNED, (loose_tins(),), waits_on=waits
    )


def held_report() -> OrderReport:
    waits = ((Asked.FINANCE, FINANCE),)
    return OrderReport(order(OrderState.HELD), Outcome.HELD, (over_credit(),), waits_on=waits)


def review_report() -> OrderReport:
    waits = ((Asked.SALES_ADMIN, ADMIN),)
    findings = (hidden_quantity(),)
    return OrderReport(order(OrderState.REVIEW), Outcome.REVIEW, findings, waits_on=waits)


def every_report() -> tuple[OrderReport, ...]:
    return accepted_report(), returned_report(), held_report(), review_report()
