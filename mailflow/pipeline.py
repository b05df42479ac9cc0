"""One mail, from its receipt to the outbox, in one transaction: completely or without a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.answering import effects_of_an_answer
from mailflow.bouncing import effects_of_a_bounce
from mailflow.delivering import effects_of_a_delivery
from mailflow.desk.house import House
from mailflow.desk.idle import WINDOW, most_letters, without_letters
from mailflow.desk.intake import JudgedMail, facts_after
from mailflow.desk.orders import effects_of, mail_case
from mailflow.desk.replacing import ALONE, Standing, facts_without, with_amendment
from mailflow.domain import failpoint
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Order, Reading
from mailflow.domain.effect import ApplyRegister, Effect, OpenCase, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import MailState
from mailflow.domain.naming import Lexicon
from mailflow.domain.notice import Enclosure
from mailflow.domain.order import order_number
from mailflow.domain.proposal import Proposal
from mailflow.entering import effects_of_sheets
from mailflow.helping import effects_of_a_question_to_the_desk
from mailflow.inventories import effects_of_inventory_reports
from mailflow.overseeing import effects_of_a_month_question
from mailflow.performing import Office, enclosures_of, once_prepared, perform
from mailflow.ports import MailRow, Preparing, Work
from mailflow.registering import effects_of_a_register
from mailflow.replacing import standing_of
from mailflow.rules.correct import proposal_for
from mailflow.rules.decide import judge
from mailflow.rules.routes import finer_reason, mail_findings, route
from mailflow.shipping import effects_of_a_shipment
from mailflow.stating import effects_of_a_statement_mail
from mailflow.stocktaking import effects_of_a_stock_mail
from mailflow.summing import effects_of_a_statistics_question
from mailflow.tracing import effects_of_a_batch_question


@dataclass(frozen=True, slots=True)
class Dealt:
    """What became of a mail, for the log line and for `explain`."""

    state: MailState
    reason: str
    decisions: tuple[Decision, ...] = ()
    effects: tuple[Effect, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of the mail as a whole; each decision has its own."""

    @property
    def concerned(self) -> frozenset[str]:
        """The codes of the distributors whose books the decisions looked at."""
        customers = (d.appraisal.customer for d in self.decisions if d.appraisal)
        return frozenset(c.code for c in customers if c)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a mail meant by the facts of a moment ago, and the workbooks it then needs."""

    row: MailRow
    facts: Facts
    dealt: Dealt
    files: Mapping[Enclosure, Preparing]

    def holds(self, row: MailRow, facts: Facts) -> bool:
        """Judging is pure: the same mail on the same facts means the same."""
        mail, other = ((r.id, r.sha256, r.received, r.revision) for r in (self.row, row))
        return mail == other and facts.about(self.dealt.concerned) == self.facts


def foresee(row: MailRow, reading: Reading, raw: bytes, office: Office) -> Foreseen:
    """Judge a mail and begin to make its workbooks, while those before it are dealt with.

    A guess that proves wrong costs nothing but time: the deciding transaction asks for the facts
    again, and judges anew where they have changed.
    """
    facts = office.store.facts(reading.head, row.received)
    dealt = settled(row, reading, facts, office.house)
    # The warehouse and the manager get the same list: it is made once.
    enclosed = dict.fromkeys(enclosures_of(dealt.effects))
    files = {e: office.typesetter.prepare(e, raw) for e in enclosed}
    return Foreseen(row, facts.about(dealt.concerned), dealt, files)


def deal_with(
    mail: tuple[MailRow, Reading, bytes],
    office: Office,
    now: datetime,
    foreseen: Foreseen | None = None,
) -> Dealt | None:
    """Deal with one mail completely, or leave no trace of having tried.

    Returns None for a mail that an earlier run has dealt with.
    """
    row, reading, raw = mail
    if foreseen is not None:
        office.prepared.update({e: begun.result() for e, begun in foreseen.files.items()})

    def attempt() -> Dealt | None:
        return _in_one_transaction(row, reading, office, now, foreseen)

    dealt = once_prepared(attempt, raw, office)
    if dealt and any(isinstance(effect, ApplyRegister) for effect in dealt.effects):
        # The next mail is judged by the names of the new register, not first that of the next pass.
        office.house = replace(office.house, lexicon=Lexicon(office.store.register()))
    return dealt


def _in_one_transaction(
    row: MailRow, reading: Reading, office: Office, now: datetime, foreseen: Foreseen | None
) -> Dealt | None:
    with office.store.begin(now) as work:
        claimed = work.claim(row.id)
        if claimed is None:
            return None
        failpoint.reached("deal.claimed")
        facts = work.facts(reading.head, claimed.received)
        told = told_without_orders(claimed, reading, (facts, work, office.house), now)
        if told is not None:
            dealt = told
        elif foreseen is not None and foreseen.holds(claimed, facts):
            dealt = foreseen.dealt
        else:
            dealt = settled(claimed, reading, facts, office.house)
        standing = standing_of(claimed, reading, dealt.decisions, facts, work)
        if standing:
            if facts.stock and standing.replaced:
                # What takes the place of an order may have what that one had.
                numbers = [order.number for order in standing.replaced.values()]
                facts = replace(facts, stock=work.stock(without=numbers).free())
            dealt = settled(claimed, reading, facts, office.house, standing)
        dealt = _told_often_enough(dealt, claimed, facts, work, now)
        perform(dealt.effects, work, office, now)
        work.settle(row.id, dealt.state, dealt.reason, reading.head, dealt.findings)
        failpoint.reached("deal.performed")
    failpoint.reached("deal.committed")
    return dealt


def _told_often_enough(
    dealt: Dealt, row: MailRow, facts: Facts, work: Work, now: datetime
) -> Dealt:
    """Without its letters, where its sender has had his share of letters that decide nothing."""
    sender, most = facts.sender.address, most_letters(dealt.effects, dealt.decisions)
    if not sender or most is None or work.answered_idly(sender, now - WINDOW) < most:
        return dealt
    return _dealt(without_letters(row.id, dealt.effects, facts), dealt.decisions, dealt.findings)


def told_without_orders(
    row: MailRow, reading: Reading, around: tuple[Facts, Work, House], now: datetime
) -> Dealt | None:
    """What a person answers, asks or tells, where the mail is just that; it needs the books."""
    facts, work, house = around
    mail = row, reading
    # Words that nobody can mean otherwise, also in the thread of a question.
    if (helped := effects_of_a_question_to_the_desk(mail, around, now)) is not None:
        return _dealt(helped)
    ways = (
        effects_of_a_bounce,
        effects_of_an_answer,
        effects_of_a_batch_question,
        effects_of_a_month_question,
        effects_of_inventory_reports,
        effects_of_a_stock_mail,
        effects_of_a_register,
    )
    for effects_of_it in ways:
        if (effects := effects_of_it(row, reading, facts, work, house)) is not None:
            return _dealt(effects)
    asked = effects_of_a_statistics_question(mail, around, now)
    if asked is not None:
        return _dealt(asked)
    for effects_and_findings in (
        effects_of_a_shipment,
        effects_of_a_delivery,
        effects_of_sheets,
        effects_of_a_statement_mail,
    ):
        if (told := effects_and_findings(row, reading, facts, work, house)) is not None:
            return _dealt(told[0], findings=told[1])
    return None


def settled(
    row: MailRow,
    reading: Reading,
    facts: Facts,
    house: House,
    standing: Standing = ALONE,
) -> Dealt:
    """The pure part: what a mail means and what follows; `explain` shows just this."""
    way = route(reading, facts.sender)
    findings = mail_findings(reading, way)
    if not way.answered:
        reason = finer_reason(reading, way)
        told = ",".join(dict.fromkeys(f.code for f in findings)) if way.name == "report" else reason
        effects = _shown_to_a_person(row, told, facts) if way.state is MailState.REVIEW else ()
        return Dealt(way.state, reason, effects=effects, findings=findings)
    facts = facts_without(facts, standing)
    decisions, proposals = _judged(row, reading, facts, house, standing)
    # A word that takes proposals would make an order of its own beside the one that is listed.
    is_alone = len(proposals) == 1 and not (findings or standing.amended)
    mail = JudgedMail(
        mail_id=row.id,
        sha256=row.sha256 or "",
        reading=reading,
        decisions=decisions,
        findings=findings,
        facts=facts,
        language=house.language,
        revision=row.revision,
        standing=standing,
        proposal=proposals[0] if is_alone else None,
    )
    return _dealt(effects_of(mail), decisions, findings)


def _judged(
    row: MailRow, reading: Reading, facts: Facts, house: House, standing: Standing
) -> tuple[tuple[Decision, ...], tuple[Proposal | None, ...]]:
    """Every document in turn: what one order takes the next one has not."""
    decisions: list[Decision] = []
    proposals: list[Proposal | None] = []
    running = replace(facts, mail_text=reading.body, forwarded_text=reading.forwarded)
    for position, document in enumerate(reading.documents):
        decision = judge(document, running, house.lexicon, house.weights)
        if standing.is_booked(position):
            # It is judged already, as what it is, or nothing can be changed of it.
            decisions.append(replace(decision, findings=(), outcome=Outcome.ACCEPTED))
            proposals.append(None)
            continue
        if amended := standing.amended.get(position):
            decision = with_amendment(decision, amended.order)
        decisions.append(decision)
        proposals.append(proposal_for(decision, running, house.lexicon, house.weights))
        if isinstance(document, Order):
            number = order_number(facts.business_day, row.id, position)
            running = facts_after(running, decision, number)
    return tuple(decisions), tuple(proposals)


def _dealt(
    effects: tuple[Effect, ...],
    decisions: tuple[Decision, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Dealt:
    end = effects[-1]
    assert isinstance(end, SettleMail)
    return Dealt(end.state, end.reason, decisions, effects, findings)


def _shown_to_a_person(row: MailRow, reason: str, facts: Facts) -> tuple[Effect, ...]:
    """A mail that nobody answers, but that a person has to look at."""
    return (OpenCase(mail_case(row.id, (reason, Asked.SALES_ADMIN), facts)),)
