"""A judged mail is everything the desk needs to answer it: decisions, route, facts."""

from __future__ import annotations

from dataclasses import replace

from mailflow.desk.replacing import ALONE, Standing
from mailflow.domain.appraisal import Funding
from mailflow.domain.decision import OUTCOME_OF, Decision, Outcome, worst
from mailflow.domain.document import Reading
from mailflow.domain.facts import Balance, EarlierOrder, Facts
from mailflow.domain.finding import Asked, Finding
from mailflow.domain.money import ZERO
from mailflow.domain.proposal import Proposal
from mailflow.domain.value import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What the sender said of his returned order: what was changed as proposed, of which order."""

    changes: tuple[Finding, ...]
    order: str


@dataclass(frozen=True, slots=True)
class JudgedMail:
    """`findings` are those of the mail as a whole: refused attachments, nothing attached.

    `language` is the house's own, for people without one.
    """

    mail_id: int
    sha256: str
    reading: Reading
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    facts: Facts
    language: str = "zh"
    revision: int = 1
    proposal: Proposal | None = None
    """What the sender may take in one word, where his one order is returned."""
    taken: Taken | None = None
    standing: Standing = ALONE
    """What its orders are to those that were there before."""

    @property
    def outcome(self) -> Outcome:
        """The worst of all its documents and of the mail itself (rulings of the desk, 1)."""
        own = [OUTCOME_OF[f.asked] for f in self.findings]
        return worst([*(d.outcome for d in self.decisions), *own])


def facts_after(facts: Facts, decision: Decision, number: str) -> Facts:
    """The facts for the next document of the same mail: what the last one used is used.

    Two orders of one mail may not spend the same balance twice, nor be the same order twice.
    """
    appraisal = decision.appraisal
    if appraisal is None or appraisal.customer is None:
        return facts
    code = appraisal.customer.code
    their_number = appraisal.order.number
    earlier = EarlierOrder(
        number=number,
        distributor=code,
        fingerprint=appraisal.fingerprint,
        their_number=their_number.text if their_number else "",
        received=facts.received,
        state=decision.outcome.value,
    )
    facts = replace(facts, earlier=(*facts.earlier, earlier))
    if decision.outcome is not Outcome.ACCEPTED:
        return facts
    before = facts.balances.get(code, Balance())
    balance = replace(
        before,
        cash_accepted=before.cash_accepted + appraisal.amount_of(Funding.CASH),
        expense_accepted=before.expense_accepted + appraisal.amount_of(Funding.EXPENSE),
    )
    region, taken = appraisal.customer.region, appraisal.amount_of(Funding.EXPENSE)
    spent = {**facts.spent, region: facts.spent.get(region, ZERO) + taken}
    return replace(facts, balances={**facts.balances, code: balance}, spent=spent)


def asks(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that somebody has to settle."""
    return tuple(f for f in findings if f.asked is not Asked.NOBODY)
