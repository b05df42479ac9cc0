"""A document is judged: appraised, put to every check, and decided by what they found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mailflow.domain.access import may_for
from mailflow.domain.access_table import Action
from mailflow.domain.appraisal import Appraisal
from mailflow.domain.decision import OUTCOME_OF, Decision, Outcome, worst
from mailflow.domain.document import Document, Order, Unknown
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.mail import Trust
from mailflow.domain.naming import Lexicon
from mailflow.domain.report import Report
from mailflow.domain.sheet import Span
from mailflow.rules.appraise import appraise
from mailflow.rules.check import Weights, all_checks
from mailflow.rules.reports import judged_report, may_be_findings


def judge(document: Document, facts: Facts, lexicon: Lexicon, weights: Weights) -> Decision:
    match document:
        case Order():
            return _judge_order(document, facts, lexicon, weights)
        case Unknown():
            return _judge_unknown(document)
        case Report():
            return judged_report(document, facts, lexicon)
        case _ as never:
            assert_never(never)


def _judge_order(order: Order, facts: Facts, lexicon: Lexicon, weights: Weights) -> Decision:
    appraisal = appraise(order, facts, lexicon)
    facts = facts.about([appraisal.customer.code] if appraisal.customer else [])
    findings = sorted(
        (f for check in all_checks() for f in check.findings(appraisal, facts, weights)),
        key=_in_sheet_order,
    )
    outcome = worst(OUTCOME_OF[f.asked] for f in findings)
    # Whatever was softened or forgotten: nothing uncertain is ever booked.
    if outcome is Outcome.ACCEPTED and (doubts := list(_uncertain(appraisal, facts))):
        return Decision(order, appraisal, (*findings, *doubts), Outcome.REVIEW)
    return Decision(order, appraisal, tuple(findings), outcome)


def _in_sheet_order(finding: Finding) -> tuple[int, int, int]:
    order = (Severity.ERROR, Severity.WARNING, Severity.INFO).index(finding.severity)
    if finding.at is None:
        return (-1, 0, order)
    return (finding.at.row, finding.at.column, order)


def _uncertain(appraisal: Appraisal, facts: Facts) -> Iterator[Finding]:
    """What may not be booked whatever the checks said, or were told not to say."""
    customer = appraisal.customer
    sender, register = facts.sender, facts.register
    is_his = customer is not None and may_for(sender, Action.ORDER, customer, register)
    sure = is_his and sender.trust is Trust.A
    # What he said of a returned order is for the sales admin to agree to.
    if not sure or not appraisal.items or facts.confirmed:
        yield _doubt(appraisal.order.where, "order")
    for item in appraisal.items:
        if not (item.product and item.cases and item.funding and item.unit_price is not None):
            yield _doubt(item.line.where, "")


def _doubt(where: Span, variant: str) -> Finding:
    return Finding(
        "uncertain-line", Severity.ERROR, Asked.SALES_ADMIN, where=where, variant=variant
    )


def _judge_unknown(document: Unknown) -> Decision:
    if document.may_be:
        return Decision(document, None, may_be_findings(document), Outcome.REVIEW)
    finding = Finding(
        "unknown-document",
        Severity.ERROR,
        Asked.SALES_ADMIN,
        where=document.where,
        found=document.seen,
        details=(
            ("attachment", document.attachment),
            *((f"column{n}", text) for n, text in enumerate(document.columns)),
        ),
    )
    return Decision(document, None, (finding,), Outcome.REVIEW)
