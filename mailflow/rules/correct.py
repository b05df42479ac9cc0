"""A returned order with every proposal taken: offered only where it is then certain.

Loose tins have two proposals; he may say instead that he wants them, and of a ship-to that it is
new: then the sales admin decides. What is stated wrongly is replaced by the one thing proposed, or left unsaid where the register or
the arithmetic says it: a wrong amount or total, a ship-to that is not the registered one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from mailflow.domain.answer import Word
from mailflow.domain.confirmed import Confirmed
from mailflow.domain.decision import OUTCOME_OF, Decision, Outcome, worst
from mailflow.domain.document import Amount, Order, OrderLine, TotalOf
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.naming import Lexicon
from mailflow.domain.proposal import SHIP_TO, Proposal
from mailflow.domain.sheet import Place, Written
from mailflow.rules.check import Weights
from mailflow.rules.decide import judge

Mend = Callable[[Order, Finding, Place], Order | None]
MONEY = (TotalOf.AMOUNT, TotalOf.CASH, TotalOf.EXPENSE)


def proposal_for(
    decision: Decision, facts: Facts, lexicon: Lexicon, weights: Weights
) -> Proposal | None:
    """None where a mistake has no proposal, or more than one, or where the order would be returned
    all the same."""
    order = decision.document
    if not isinstance(order, Order) or decision.outcome is not Outcome.RETURNED:
        return None
    wrong = tuple(f for f in decision.findings if f.asked is Asked.SENDER)
    changes = tuple(f for f in wrong if f.code != LOOSE)
    mended = order
    for finding in changes:
        changed = _mended(mended, finding)
        if changed is None:
            return None
        mended = changed
    is_loose = len(changes) < len(wrong)
    is_elsewhere = any(f.code == SHIP_TO for f in changes)
    proposal = Proposal(
        mended,
        changes,
        facts.mail_text,
        words=(Word.LOOSE,) if is_loose else (Word.ACCEPT,),
        stated=order.ship_to if is_elsewhere else None,
    )
    if is_elsewhere and not is_loose:
        proposal = replace(proposal, words=(Word.ACCEPT, Word.NEW_ADDRESS))
    for word in proposal.words:
        told = replace(facts, confirmed=confirmed_by(word, SOME_REASON))
        if judge(proposal.after(word)[0], told, lexicon, weights).outcome is Outcome.RETURNED:
            return None
    return proposal


LOOSE, SOME_REASON = "loose-tins", "…"


def confirmed_by(word: Word, reason: str) -> Confirmed:
    """What he stands by who says this word of a returned order."""
    return Confirmed(
        loose_because=reason if word is Word.LOOSE else "", ship_to=word is Word.NEW_ADDRESS
    )


ENDED = ("returned", "closed")


def unless_sent_again(decision: Decision, facts: Facts, since: datetime) -> Decision:
    """What was returned may have come again meanwhile, corrected by hand: a person looks, for
    nobody else can tell whether that was this order or another."""
    customer = decision.appraisal.customer if decision.appraisal else None
    later = [
        earlier
        for earlier in facts.earlier
        if customer is not None
        and earlier.distributor == customer.code
        and earlier.received > since
        and earlier.state not in ENDED
    ]
    if not later or any(f.code == "duplicate-order" for f in decision.findings):
        return decision
    day = later[-1].received.astimezone(facts.zone).strftime("%Y-%m-%d")
    again = Finding(
        "duplicate-order",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        where=decision.document.where,
        found=later[-1].number,
        variant="meanwhile",
        details=(("received", day),),
    )
    findings = (*decision.findings, again)
    outcome = worst(OUTCOME_OF[f.asked] for f in findings)
    return replace(decision, findings=findings, outcome=outcome)


def _mended(order: Order, finding: Finding) -> Order | None:
    mend = MENDS.get(finding.code)
    if mend is None or finding.at is None or not finding.proposal:
        return None
    return mend(order, finding, finding.at)


def _price(order: Order, finding: Finding, at: Place) -> Order | None:
    """The list price; what was reckoned by the wrong one is reckoned anew."""

    def change(line: OrderLine) -> OrderLine | None:
        if line.unit_price is None or line.unit_price.at != at:
            return None
        price = Amount(finding.proposal, at, Decimal(finding.proposal))
        return replace(line, unit_price=price, amount=None)

    return _without_sums(_with_line(order, change))


def _amount(order: Order, _finding: Finding, at: Place) -> Order | None:
    def change(line: OrderLine) -> OrderLine | None:
        return replace(line, amount=None) if line.amount and line.amount.at == at else None

    return _without_sums(_with_line(order, change))


def _product(order: Order, finding: Finding, at: Place) -> Order | None:
    def change(line: OrderLine) -> OrderLine | None:
        if at not in [text.at for text in (line.code, line.name) if text]:
            return None
        return replace(line, code=None, name=Written(finding.proposal, at))

    return _with_line(order, change)


def _total(order: Order, _finding: Finding, at: Place) -> Order | None:
    kept = tuple(total for total in order.totals if total.at != at)
    return replace(order, totals=kept) if len(kept) < len(order.totals) else None


def _ship_to(order: Order, finding: Finding, at: Place) -> Order | None:
    name = finding.variant.replace("-", "_")
    written = getattr(order.ship_to, name, None)
    if not isinstance(written, Written) or written.at != at:
        return None
    return replace(order, ship_to=replace(order.ship_to, **{name: None}))


MENDS: Mapping[str, Mend] = {
    "amount-mismatch": _amount,
    "price-mismatch": _price,
    SHIP_TO: _ship_to,
    "total-mismatch": _total,
    "unknown-product": _product,
}
"""By the code of the finding. Quantities are never among them: loose tins have two proposals."""


def _with_line(order: Order, change: Callable[[OrderLine], OrderLine | None]) -> Order | None:
    """The order with the one line that is meant changed."""
    changed = [(n, new) for n, line in enumerate(order.lines) if (new := change(line))]
    if len(changed) != 1:
        return None
    number, new = changed[0]
    return replace(order, lines=(*order.lines[:number], new, *order.lines[number + 1 :]))


def _without_sums(order: Order | None) -> Order | None:
    """Sums of money that were made of what is mended say nothing any more."""
    if order is None:
        return None
    return replace(order, totals=tuple(t for t in order.totals if t.of not in MONEY))
