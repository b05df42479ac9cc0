"""What is doubted on a paper about goods that left: it hinders a list, or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mailflow.domain.doubt import DoubtKind
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.shipment import FilledList, Shipment
from mailflow.rules.report_figures import figure_findings

Told = FilledList | Shipment
OF_ALL = -1
ByRow = Mapping[int, tuple[Finding, ...]]


def doubts_by_row(document: Told) -> tuple[ByRow, ByRow]:
    """What hinders and what is not said, by row; under `OF_ALL` what hinders every list."""
    rows = {row.row for row in document.rows}
    hindrances: dict[int, tuple[Finding, ...]] = {}
    unsaid: dict[int, tuple[Finding, ...]] = {}
    for finding in _findings(document):
        row = finding.at.row if finding.at is not None and finding.at.row in rows else OF_ALL
        is_unsaid = finding.variant == DoubtKind.NOT_FILLED
        found = unsaid if is_unsaid and row != OF_ALL else hindrances
        found[row] = (*found.get(row, ()), finding)
    return hindrances, unsaid


def _findings(document: Told) -> Iterator[Finding]:
    for doubt in document.doubts:
        yield Finding(
            "report-doubt",
            Severity.ERROR,
            Asked.SENDER,
            at=doubt.at,
            where=document.where,
            found=doubt.found,
            variant=doubt.kind.value,
        )
    if document.more_doubts:
        yield Finding(
            "report-doubt",
            Severity.ERROR,
            Asked.SENDER,
            where=document.where,
            found=str(document.more_doubts),
            variant="more",
        )
    for total in document.totals:
        if total.summed is not None and total.number != total.summed:
            yield Finding(
                "report-total",
                Severity.ERROR,
                Asked.SENDER,
                at=total.at,
                where=document.where,
                found=str(total.number),
                expected=str(total.summed),
            )
    yield from figure_findings(document)
