"""What is asked of one kind of report alone: that stock adds up, that an expense was approved, that
the register can be used."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mailflow.domain.distributors import DistributorRow, Distributors
from mailflow.domain.expenses import Expenses
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.inventory import Inventory, InventoryRow
from mailflow.domain.inventory_balance import Imbalance, imbalance
from mailflow.domain.master import HEADINGS, BadRows, BadValue, MasterKind, customers_of
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Register
from mailflow.domain.report import Count
from mailflow.rules.report_figures import figure

MOVES = frozenset({"opening", "received", "sold", "closing"})
"""A sheet that lacks one of these columns does not say enough to be added up."""
APPROVED = frozenset(
    {
        *(
            "同意",
            "批准",
            "已批",
            "已批准",
            "通过",
            "已通过",
            "审批通过",
            "审核通过",
            "已同意",
            "核准",
        ),
        *("是", "同意支付", "准予", "yes", "y", "ok", "approved", "√", "✓", "√同意"),
    }
)


def inventory_findings(report: Inventory, lexicon: Lexicon) -> Iterator[Finding]:
    if not {column.field for column in report.columns} >= MOVES:
        return
    doubted = {doubt.at.row for doubt in report.doubts if doubt.at is not None}
    for row in report.rows:
        if row.row in doubted:
            continue
        product = lexicon.match(row.code or None, row.name or None, row.spec or None).product
        pack = product.tins_per_case if product else None
        if found := imbalance(row, pack):
            yield _unbalanced(report, row, found, pack)


def _unbalanced(
    report: Inventory, row: InventoryRow, found: Imbalance, pack: int | None
) -> Finding:
    assert row.closing is not None
    counts = [row.closing, *found.expected]
    if not found.expected or not (said := _in_one_unit(counts, pack)):
        return figure(report, row, "closing", "units-differ", "")
    unit, (closing, *expected) = said
    either = " / ".join(f"{number:f}" for number in expected)
    return figure(report, row, "closing", f"no-balance-{unit}", f"{closing:f}", either)


def _in_one_unit(counts: list[Count], pack: int | None) -> tuple[str, list[Decimal]] | None:
    for unit in ("cases", "tins", "units"):
        numbers = [getattr(count, unit) for count in counts]
        others = [u for u in ("cases", "tins", "units") if u != unit]
        plain = not any(c.loose or any(getattr(c, u) for u in others) for c in counts)
        if plain and all(number is not None for number in numbers):
            return unit, numbers
    if pack is None:
        return None
    tins = [(c.cases or Decimal(0)) * pack + (c.tins or Decimal(0)) + c.loose for c in counts]
    return "tins", tins


def expense_findings(report: Expenses) -> Iterator[Finding]:
    results = any(column.field == "approval" for column in report.columns)
    for row in report.rows:
        if results and row.approval.strip().casefold() not in APPROVED:
            variant = "not-approved" if row.approval else "approval-missing"
            yield figure(report, row, "approval", variant, row.approval)
        if row.approved is not None and row.applied is not None and row.approved > row.applied:
            yield figure(
                report, row, "approved", "more-than-asked", str(row.approved), str(row.applied)
            )


def register_findings(report: Distributors, register: Register) -> Iterator[Finding]:
    """Every value that the master table would refuse, and managers that nobody knows."""
    bad: tuple[BadValue, ...] = ()
    try:
        customers_of(map(master_row, report.rows))
    except BadRows as error:
        bad = error.bad
    doubted = {doubt.at for doubt in report.doubts}
    for value in bad:
        row = report.rows[value.row]
        finding = register_value(report, row, value.column, value_variant(value), value.text)
        if finding.at not in doubted:
            yield finding
    refused = {(value.row, value.column) for value in bad}
    for number, row in enumerate(report.rows):
        known = register.managers(row.regional_manager.strip())
        if not known and (number, "regional_manager") not in refused:
            yield register_value(report, row, "regional_manager", "manager", row.regional_manager)


def master_row(row: DistributorRow) -> dict[str, str]:
    return {
        heading.name: _text(getattr(row, heading.name))
        for heading in HEADINGS[MasterKind.CUSTOMERS]
    }


def _text(value: str | Decimal | None) -> str:
    return value if isinstance(value, str) else "" if value is None else f"{value:f}"


def value_variant(value: BadValue) -> str:
    if not value.text:
        return "missing"
    if value.column in ("regional_manager", "email"):
        return "email"
    return "amount" if value.column in ("credit_limit", "expense_balance", "owed") else ""


def register_value(
    report: Distributors, row: DistributorRow, column: str, variant: str, found: str
) -> Finding:
    return Finding(
        "register-value",
        Severity.WARNING,
        Asked.SALES_ADMIN,
        at=next(report.places(row, column), report.first_cell(row)),
        where=report.where,
        found=found,
        expected=column,
        variant=variant,
    )
