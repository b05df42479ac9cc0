"""What a mail means by the facts, and what follows: the pure part of dealing with it."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.house import House
from mailflow.desk.intake import JudgedMail, facts_after
from mailflow.desk.orders import effects_of, mail_case
from mailflow.desk.replacing import ALONE, Standing, facts_without, with_amendment
from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Order, Reading
from mailflow.domain.effect import Effect, OpenCase, SettleMail
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.mail import MailState
from mailflow.domain.order import order_number
from mailflow.domain.proposal import Proposal
from mailflow.domain.value import dataclass
from mailflow.ports import MailRow
from mailflow.rules.correct import proposal_for
from mailflow.rules.decide import judge
from mailflow.rules.routes import finer_reason, mail_findings, route


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


def settled(
    row: MailRow,
    reading: Reading,
    facts: Facts,
    house: House,
    standing: Standing = ALONE,
) -> Dealt:
    """The pure part: what a mail means and what follows; `explain` shows just this."""
    way = route(reading, facts.sender)
    findings = mail_findings(reading, way, facts.sender)
    if not way.answered:
        reason = finer_reason(reading, way)
        told = ",".join(dict.fromkeys(f.code for f in findings)) if way.name == "report" else reason
        effects = shown_to_a_person(row, told, facts) if way.state is MailState.REVIEW else ()
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
    return dealt_by(effects_of(mail), decisions, findings)


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
        if isinstance(document, Order) and document is not reading.documents[-1]:
            number = order_number(facts.business_day, row.id, position)
            running = facts_after(running, decision, number)
    return tuple(decisions), tuple(proposals)


def dealt_by(
    effects: tuple[Effect, ...],
    decisions: tuple[Decision, ...] = (),
    findings: tuple[Finding, ...] = (),
) -> Dealt:
    end = effects[-1]
    assert isinstance(end, SettleMail)
    return Dealt(end.state, end.reason, decisions, effects, findings)


def shown_to_a_person(row: MailRow, reason: str, facts: Facts) -> tuple[Effect, ...]:
    """A mail that nobody answers, but that a person has to look at."""
    return (OpenCase(mail_case(row.id, (reason, Asked.SALES_ADMIN), facts)),)
