"""Orders: what is accepted goes to the warehouse, everything is answered, what waits is a case."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.desk.booking import booked, dispatch_list_of
from mailflow.desk.intake import JudgedMail, asks
from mailflow.desk.people import Desk, addresses, language_of
from mailflow.desk.questions import approvals, told_or_asked
from mailflow.desk.replacing import changes_since, effects_on_replaced
from mailflow.desk.shortages import Allotting, effects_on_shortage
from mailflow.domain.case import Case, case_of_mail
from mailflow.domain.decision import STATE_OF, Outcome
from mailflow.domain.deducting import Deducting
from mailflow.domain.document import Order
from mailflow.domain.effect import BookOrder, Effect, OpenCase, Post, SettleMail
from mailflow.domain.effect_goods import TakeSamples
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import thread_of
from mailflow.domain.notice import Enclosure, Letter, ListFile, MarkedCopy
from mailflow.domain.notice_orders import CHANGE_IN_WORDS, AnswerNotice, ListNotice, OrderReport
from mailflow.domain.order import (
    IN_BOOKS,
    BookedOrder,
    Change,
    DispatchList,
    OrderState,
    order_of,
)

REASONS = {
    Outcome.ACCEPTED: "booked",
    Outcome.RETURNED: "rejected-notified",
    Outcome.HELD: "waiting-approval",
    Outcome.REVIEW: "needs-clarification",
}
SENT_AGAIN, CHANGED_TOO_LATE = "sent-again", "changed-too-late"


def effects_of(mail: JudgedMail) -> tuple[Effect, ...]:
    """Everything that follows from a mail with documents: rows, letters, cases, its own end."""
    desk = Desk(mail.facts.register)
    reports = tuple(_reports(mail, desk))
    effects: list[Effect] = [*effects_on_replaced(mail.mail_id, mail.standing)]
    orders = [d for d in mail.decisions if isinstance(d.document, Order)]
    for report, decision in zip(reports, orders, strict=True):
        if report.is_again:
            continue
        effects.append(BookOrder(report.order, decision, report.dispatch_list))
        if report.order.deductions:
            effects.append(TakeSamples(report.order))
        effects.extend(_consequences(mail, report, desk))
    if found := asks(_mail_findings(mail)):
        reason = ",".join(dict.fromkeys(f.code for f in found))
        effects.append(OpenCase(mail_case(mail.mail_id, (reason, found[0].asked), mail.facts)))
    if mail.facts.sender.known:
        effects.extend(told_or_asked(mail, reports, _answer(mail, reports)))
    is_again = bool(reports) and all(r.is_again for r in reports)
    is_again = is_again and mail.outcome is Outcome.ACCEPTED
    again = CHANGED_TOO_LATE if any(r.is_late for r in reports) else SENT_AGAIN
    reason = again if is_again else REASONS[mail.outcome]
    effects.append(SettleMail(STATE_OF[mail.outcome], reason))
    return tuple(effects)


def _reports(mail: JudgedMail, desk: Desk) -> Iterator[OrderReport]:
    allotting = Allotting(mail.facts.register, mail.facts.stock)
    deducting = Deducting(mail.facts.shortfalls)
    for position, decision in enumerate(mail.decisions):
        if not isinstance(decision.document, Order) or decision.appraisal is None:
            continue
        if known := mail.standing.resent.get(position):
            yield OrderReport(known, outcome_of(known.state), (), is_again=True)
            continue
        if known := mail.standing.late.get(position):
            yield too_late(known, changes_since(decision.appraisal, known))
            continue
        order = booked(mail, decision, position)
        region = order.customer.region if order.customer else None
        sender = mail.facts.sender.address or ""
        waits_on = tuple((a, desk.asked(a, region, sender)) for a in decision.asked)
        sheet: DispatchList | None = None
        short: tuple[int, ...] = ()
        if decision.outcome is Outcome.ACCEPTED:
            order = deducting.less(order)
            short = allotting.short_of(order)
            sheet = dispatch_list_of(order, mail.facts.business_day, mail.sha256, short=short)
        replaced = order.amends
        if before := mail.standing.replaced.get(position):
            replaced = before.revision
        yield OrderReport(
            order, decision.outcome, decision.findings, sheet, waits_on, replaced, short=short
        )


def too_late(known: BookedOrder, changes: tuple[Change, ...]) -> OrderReport:
    """Of an order that has left: what was wanted otherwise is a new order, if anything."""
    return OrderReport(known, Outcome.ACCEPTED, (), is_again=True, is_late=True, changes=changes)


def outcome_of(state: OrderState) -> Outcome:
    """How an order that is here already was decided."""
    return Outcome.ACCEPTED if state in IN_BOOKS else Outcome(state.value)


def _consequences(mail: JudgedMail, report: OrderReport, desk: Desk) -> Iterator[Effect]:
    """Letters and cases of one order, beside the answer to its sender."""
    if report.outcome is Outcome.ACCEPTED:
        if report.dispatch_list is not None:
            yield Post(list_letter(report.dispatch_list, desk, mail.mail_id, mail.language))
        told = (mail.facts.sender.address or "",)
        yield from effects_on_shortage(report.order, report.short, told, mail.language)
        return
    order, region = report.order, report.order.customer.region if report.order.customer else ""
    asked = report.waits_on[0][0]
    yield OpenCase(
        Case(
            number=order.number,
            kind="order",
            subject_id=order.number,
            waits_on=asked,
            region=region or desk.region_of(mail.facts.sender),
            reason=",".join(dict.fromkeys(f.code for f in asks(report.findings))),
            since=mail.facts.received,
        )
    )
    yield from approvals(mail, report, desk)


def list_letter(sheet: DispatchList, desk: Desk, mail_id: int, language: str) -> Letter:
    """One message a list to the warehouse of the distributor's region (rulings, 16)."""
    customer = sheet.order.customer
    warehouse = desk.warehouse(customer.region if customer else None)
    return Letter(
        notice=ListNotice(sheet),
        to=addresses(warehouse),
        subject_id=sheet.number,
        revision=sheet.revision,
        language=warehouse[0].language or language,
        enclosures=(ListFile(sheet),),
        mail_id=mail_id,
    )


def _answer(mail: JudgedMail, reports: tuple[OrderReport, ...]) -> Letter:
    """One answer a mail, in the sender's thread; the manager gets a copy (rulings, 1 and 15)."""
    sender = mail.facts.sender
    assert sender.address is not None
    name = sender.people[0].name if sender.people else sender.customers[0].name
    managers = (r.order.customer.regional_manager for r in reports if r.order.customer)
    copies = dict.fromkeys(m for m in managers if m.casefold() != sender.address.casefold())
    entitled = not any(f.code == "not-entitled" for r in reports for f in r.findings)
    # What was here already was answered under its number before.
    own = next((r for r in reports if not r.is_again), None)
    return Letter(
        notice=AnswerNotice(
            recipient=name,
            subject=mail.reading.head.subject,
            received=mail.facts.received,
            outcome=mail.outcome,
            reports=reports,
            refused=mail.reading.refused,
            findings=_mail_findings(mail),
            changes=mail.taken.changes if mail.taken else (),
            replaces=mail.taken.order if mail.taken else "",
            confirmed=mail.facts.confirmed,
        ),
        to=(sender.address,),
        cc=tuple(copies) if entitled else (),
        subject_id=own.order.number if own else f"M{mail.mail_id}",
        about=reports[0].order.number if reports else _spoken_of(mail),
        revision=own.order.revision if own else mail.revision,
        language=language_of(sender, mail.language),
        thread=thread_of(mail.reading.head),
        enclosures=tuple(_enclosures(mail, reports)),
        mail_id=mail.mail_id,
    )


def _spoken_of(mail: JudgedMail) -> str:
    """The order that he would have changed in words, so that the sheet in answer is filed to it."""
    is_change = any(f.code == CHANGE_IN_WORDS for f in mail.findings)
    numbers = dict.fromkeys(map(order_of, mail.reading.said.numbers))
    return next(iter(numbers)) if is_change and len(numbers) == 1 else ""


def _mail_findings(mail: JudgedMail) -> tuple[Finding, ...]:
    """What is said of the mail as a whole and of documents that are no order."""
    unknown = (d for d in mail.decisions if not isinstance(d.document, Order))
    return mail.findings + tuple(f for d in unknown for f in d.findings)


def _enclosures(mail: JudgedMail, reports: tuple[OrderReport, ...]) -> Iterator[Enclosure]:
    for report in reports:
        if report.dispatch_list is not None:
            yield ListFile(report.dispatch_list)
    returned = [
        d for d in mail.decisions if isinstance(d.document, Order) and d.outcome is Outcome.RETURNED
    ]
    for attachment in dict.fromkeys(d.document.attachment for d in returned):
        ours = [d for d in mail.decisions if d.document.attachment == attachment]
        kind = next(d.document.format for d in ours if isinstance(d.document, Order))
        findings = tuple(f for d in ours for f in asks(d.findings))
        language = language_of(mail.facts.sender, mail.language)
        yield MarkedCopy(mail.mail_id, attachment, kind, findings, language)


def mail_case(mail_id: int, why: tuple[str, Asked], facts: Facts) -> Case:
    """The case of a mail that waits though no order of it does: unread, unknown, refused."""
    region = Desk(facts.register).region_of(facts.sender)
    return case_of_mail(mail_id, why, facts.received, region)
