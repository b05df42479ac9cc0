"""Figures of a report that cannot be right as they stand, each at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mailflow.domain.document import AnyReport
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.report import Count, ReportKind, ReportRow

COUNTS = ("opening", "received", "sold", "moved_in", "moved_out", "closing")
NOT_NEGATIVE: Mapping[str, Sequence[str]] = {
    ReportKind.STOCK: ("on_hand", "available", "reserved", "damaged", "in_transit"),
    ReportKind.INVENTORY: COUNTS,
    ReportKind.DISPATCH_LIST: ("shipped", "short"),
    ReportKind.SHIPMENT: ("ordered", "shipped", "short"),
    ReportKind.WAYBILLS: ("pieces",),
    ReportKind.CALL_BACKS: ("given", "used_up", "wasted", "calls", "reached", "users"),
    ReportKind.PAYMENTS: ("paid",),
    ReportKind.EXPENSES: ("applied", "approved"),
}
NOT_ZERO: Mapping[str, Sequence[str]] = {
    ReportKind.PAYMENTS: ("paid",),
    ReportKind.EXPENSES: ("approved",),
}
NEEDED: Mapping[str, Sequence[str]] = {
    ReportKind.INVENTORY: ("closing",),
    ReportKind.SHIPMENT: ("shipped",),
    ReportKind.PAYMENTS: ("paid", "paid_on"),
    ReportKind.EXPENSES: ("approved",),
}
"""What every row has to say, where the sheet has a column for it or must have one."""
SAME: Mapping[str, Sequence[str]] = {
    ReportKind.STOCK: (
        *("section", "warehouse", "location", "code", "name", "spec", "batch", "produced", "expires"),
        *("on_hand", "available"),
    ),
    ReportKind.INVENTORY: (
        *("section", "distributor_code", "distributor", "store", "month"),
        *("code", "name", "spec", "batch", "produced", "expires"),
    ),
    ReportKind.PAYMENTS: ("distributor_code", "distributor", "payer", "paid", "paid_on", "reference", "order_no"),
    ReportKind.EXPENSES: (
        *("distributor_code", "distributor", "month", "approval_no", "expense_kind", "activity"),
        *("approved", "approved_on"),
    ),
    ReportKind.SHIPMENT: (
        *("list_no", "order_no", "distributor", "line_no", "code", "name", "shipped", "batch"),
        *("expires", "carrier", "waybill", "shipped_on"),
    ),
    ReportKind.DISTRIBUTORS: ("code",),
}  # fmt: skip
"""Two rows that say the same in all of these may be one row twice."""
CENT = Decimal("0.01")
MOST = Decimal(10**12)
"""No amount of ours is so large: such a figure is a slip."""


def figure_findings(report: AnyReport) -> Iterator[Finding]:
    doubted = {doubt.at.row for doubt in report.doubts if doubt.at is not None}
    seen: dict[tuple[object, ...], ReportRow] = {}
    for row in report.rows:
        for slot in NOT_NEGATIVE.get(report.kind, ()):
            yield from _of_value(report, row, slot)
        if row.row not in doubted:
            yield from _missing(report, row)
        yield from _again(report, row, seen)


def _of_value(report: AnyReport, row: ReportRow, slot: str) -> Iterator[Finding]:
    value = getattr(row, slot)
    numbers: tuple[Decimal | None, ...] = ()
    if isinstance(value, Count):
        numbers = (value.cases, value.tins, value.units)
        if value.tins is not None and value.tins != value.tins.to_integral_value():
            yield figure(report, row, slot, "fraction", str(value.tins))
    elif isinstance(value, Decimal):
        numbers = (value,)
        if value == 0 and slot in NOT_ZERO.get(report.kind, ()):
            yield figure(report, row, slot, "zero", str(value))
        if value != value.quantize(CENT) if abs(value) < MOST else True:
            yield figure(report, row, slot, "cents", str(value))
    for number in numbers:
        if number is not None and number < 0:
            yield figure(report, row, slot, "negative", str(number))


def _missing(report: AnyReport, row: ReportRow) -> Iterator[Finding]:
    for slot in NEEDED.get(report.kind, ()):
        if getattr(row, slot) is not None:
            continue
        if slot == "closing" and all(getattr(row, each) is None for each in COUNTS):
            continue  # a form printed with all products: nothing is said of this one
        if slot == "paid_on" and report.said("date") is not None:
            continue
        yield figure(report, row, slot, "missing", "")


def _again(
    report: AnyReport, row: ReportRow, seen: dict[tuple[object, ...], ReportRow]
) -> Iterator[Finding]:
    slots = SAME.get(report.kind)
    if not slots:
        return
    values = tuple(getattr(row, slot) for slot in slots)
    if not any(values):
        return
    before = seen.setdefault(values, row)
    if before is not row:
        yield Finding(
            "report-repeated",
            Severity.WARNING,
            Asked.SALES_ADMIN,
            at=report.first_cell(row),
            where=report.where,
            found=report.first_cell(before).address,
            variant=report.kind,
        )


def figure(
    report: AnyReport, row: ReportRow, slot: str, variant: str, found: str, expected: str = ""
) -> Finding:
    return Finding(
        "report-figure",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=next(report.places(row, slot), report.first_cell(row)),
        where=report.where,
        found=found,
        expected=expected,
        variant=variant,
    )
