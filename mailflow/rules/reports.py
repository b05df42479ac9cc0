"""What is found on a report: that it came, and what its reader doubts. A person has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.distributors import Distributors
from mailflow.domain.document import AnyReport, Reading, Unknown
from mailflow.domain.expenses import Expenses
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.inventory import Inventory
from mailflow.domain.naming import Lexicon
from mailflow.domain.payments import Payments
from mailflow.domain.register import Customer
from mailflow.domain.report import Report, ReportKind
from mailflow.rules.report_figures import figure_findings
from mailflow.rules.report_kinds import expense_findings, inventory_findings, register_findings
from mailflow.rules.report_whose import whose_findings

RECEIVED = tuple(kind.received for kind in ReportKind)
"""The codes of the findings that a report came, one a kind."""


MOST_TOLD = 200
"""Findings on the rows of a report that are told one by one; the others are counted."""


def judged_report(report: AnyReport, facts: Facts, lexicon: Lexicon) -> Decision:
    """Nothing of a report is booked by itself yet: whatever is found, a person has it."""
    customers: tuple[Customer, ...] = ()
    whose: tuple[Finding, ...] = ()
    if isinstance(report, Inventory | Payments | Expenses):
        customers, whose = whose_findings(report, facts, lexicon)
    found = (*_findings(report), *whose, *_few(report, _on_rows(report, facts, lexicon)))
    return Decision(report, None, found, Outcome.REVIEW, customers)


def _on_rows(report: AnyReport, facts: Facts, lexicon: Lexicon) -> Iterator[Finding]:
    yield from figure_findings(report)
    match report:
        case Inventory():
            yield from inventory_findings(report, lexicon)
        case Expenses():
            yield from expense_findings(report)
        case Distributors():
            yield from register_findings(report, facts.register)


def _few(report: AnyReport, findings: Iterable[Finding]) -> Iterator[Finding]:
    rest = iter(findings)
    yield from islice(rest, MOST_TOLD)
    if more := sum(1 for _ in rest):
        yield _more(report, more)


def _more(report: AnyReport, count: int) -> Finding:
    return Finding(
        "report-doubt",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        where=report.where,
        found=str(count),
        variant="more",
    )


def _received(report: AnyReport) -> Finding:
    return next(_findings(report))


def _findings(report: AnyReport) -> Iterator[Finding]:
    yield Finding(
        ReportKind(report.kind).received,
        Severity.WARNING,
        Asked.SALES_ADMIN,
        where=report.where,
        found=str(len(report.rows)),
        variant=report.variant or ("" if report.attachment else "body"),
        details=(("attachment", report.attachment),),
    )
    for doubt in report.doubts:
        yield Finding(
            "report-doubt",
            Severity.WARNING,
            Asked.SALES_ADMIN,
            at=doubt.at,
            where=report.where,
            found=doubt.found,
            variant=doubt.kind.value,
        )
    if report.more_doubts:
        yield _more(report, report.more_doubts)
    for total in report.totals:
        if total.summed is not None and total.number != total.summed:
            yield Finding(
                "report-total",
                Severity.WARNING,
                Asked.SALES_ADMIN,
                at=total.at,
                where=report.where,
                found=str(total.number),
                expected=str(total.summed),
            )


def may_be_findings(document: Unknown) -> tuple[Finding, ...]:
    """One for each kind of report that a table may be, with what spoke for it."""
    return tuple(
        Finding(
            "report-unclear",
            Severity.ERROR,
            Asked.SALES_ADMIN,
            where=document.where,
            found=", ".join(
                dict.fromkeys(
                    " ".join(s.word.split())
                    for s in document.spoke
                    if s.kind is kind and s.weight > 0
                )
            ),
            variant=kind.value if document.attachment else "body",
            details=(("attachment", document.attachment), ("seen", document.seen)),
        )
        for kind in document.may_be
    )


def received_in(reading: Reading) -> Iterator[Finding]:
    """Of each report of a mail that it came, and of each table that may be one."""
    for document in reading.documents:
        if isinstance(document, Report):
            yield _received(document)
        elif isinstance(document, Unknown) and document.may_be:
            yield from may_be_findings(document)
