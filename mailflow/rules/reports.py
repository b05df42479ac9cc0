"""What is found on a report: that it came, and what its reader doubts. A person has it."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.document import AnyReport, Reading, Unknown
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.report import Report, ReportKind

RECEIVED = tuple(kind.received for kind in ReportKind)
"""The codes of the findings that a report came, one a kind."""


def findings_on(report: AnyReport) -> tuple[Finding, ...]:
    return tuple(_findings(report))


def _findings(report: AnyReport) -> Iterator[Finding]:
    yield Finding(
        ReportKind(report.kind).received,
        Severity.WARNING,
        Asked.SALES_ADMIN,
        where=report.where,
        found=str(len(report.rows)),
        variant=report.variant,
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
        yield Finding(
            "report-doubt",
            Severity.WARNING,
            Asked.SALES_ADMIN,
            where=report.where,
            found=str(report.more_doubts),
            variant="more",
        )
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
            variant=kind.value,
            details=(("attachment", document.attachment), ("seen", document.seen)),
        )
        for kind in document.may_be
    )


def received_in(reading: Reading) -> Iterator[Finding]:
    """Of each report of a mail that it came, and of each table that may be one."""
    for document in reading.documents:
        if isinstance(document, Report):
            yield findings_on(document)[0]
        elif isinstance(document, Unknown) and document.may_be:
            yield from may_be_findings(document)
