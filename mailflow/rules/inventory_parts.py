"""What an inventory report says of each distributor and month, in tins, and what is wrong there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailflow.domain.decision import Decision
from mailflow.domain.facts import Facts
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.inventory import Inventory, InventoryRow
from mailflow.domain.inventory_balance import in_tins
from mailflow.domain.kept_inventory import StockLine, month_before
from mailflow.domain.month import Month
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import Customer, Product
from mailflow.domain.report import ReportRow
from mailflow.domain.value import dataclass
from mailflow.rules.report_figures import COUNTS, figure
from mailflow.rules.report_kinds import MOVES
from mailflow.rules.report_whose import WhoseReader
from mailflow.rules.reports import RECEIVED

LATE = 3
"""Months back that a month without a year may lie; further back nobody can tell which is meant."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one report says of one distributor in one month; `month` is None where that is not
    certain. `rows` say where each product stands first."""

    report: Inventory
    customer: Customer
    month: date | None
    lines: tuple[StockLine, ...]
    findings: tuple[Finding, ...]
    rows: Mapping[str, InventoryRow]


@dataclass(frozen=True, slots=True)
class Parts:
    """`findings` are those of a report that is of nobody."""

    parts: tuple[Part, ...]
    findings: tuple[Finding, ...] = ()


def parts_of(decision: Decision, facts: Facts, lexicon: Lexicon) -> Parts:
    """A report by its distributors and months. What is wrong in a row is wrong for its part alone,
    everything else for the whole report; all of it is its sender's to mend."""
    report = decision.document
    assert isinstance(report, Inventory)
    reader = WhoseReader(report, facts, lexicon)
    found: dict[tuple[str, date | None], list[InventoryRow]] = defaultdict(list)
    customers: dict[str, Customer] = {}
    of_row: dict[int, tuple[str, date | None]] = {}
    for row in report.rows:
        whose = reader.of(row)
        if len(whose.customers) == 1 and not whose.strange:
            customer = whose.customers[0]
            key = customer.code, _month(row.month or report.month, facts)
            customers[customer.code] = customer
            found[key].append(row)
            of_row[row.row] = key
    own, shared = _shared_out(decision.findings, of_row)
    shared = (*shared, *_whole(report))
    if not found:
        return Parts((), shared)
    return Parts(
        tuple(
            _part(report, (customers[key[0]], key[1]), rows, lexicon, (*shared, *own[key]))
            for key, rows in found.items()
        )
    )


def _month(said: Month | None, facts: Facts) -> date | None:
    """A month without its year is one of the last; a month that is still to come is a slip."""
    now = facts.business_day.replace(day=1)
    if said is None:
        return None
    if said.year is not None:
        month = date(said.year, said.month, 1)
        return month if month <= now else None
    month = now
    for _ in range(LATE):
        if month.month == said.month:
            return month
        month = month_before(month)
    return None


def _shared_out(
    findings: Sequence[Finding], of_row: Mapping[int, tuple[str, date | None]]
) -> tuple[Mapping[tuple[str, date | None], list[Finding]], tuple[Finding, ...]]:
    own: dict[tuple[str, date | None], list[Finding]] = defaultdict(list)
    shared = []
    for finding in findings:
        if finding.code in RECEIVED:
            continue
        finding = replace(finding, severity=Severity.ERROR, asked=Asked.SENDER)
        key = of_row.get(finding.at.row) if finding.at else None
        if key is None:
            shared.append(finding)
        else:
            own[key].append(finding)
    return own, tuple(shared)


def _whole(report: Inventory) -> Iterator[Finding]:
    """A sheet without these columns cannot be added up."""
    for slot in sorted(MOVES - {column.field for column in report.columns}):
        yield _wrong(report, "inventory-columns", variant=slot)


def _part(
    report: Inventory,
    of: tuple[Customer, date | None],
    rows: Sequence[InventoryRow],
    lexicon: Lexicon,
    findings: tuple[Finding, ...],
) -> Part:
    customer, month = of
    found = [*findings]
    if month is None:
        said = rows[0].month or report.month
        found.append(_of_month(report, rows[0], said))
    lines: list[StockLine] = []
    firsts: dict[str, InventoryRow] = {}
    told = {(f.at, f.code) for f in found}
    for row in rows:
        if all(getattr(row, slot) is None for slot in COUNTS):
            continue
        match = lexicon.match(row.code or None, row.name or None, row.spec or None)
        if match.product is None:
            found.append(_unknown(report, row, match.candidates))
            continue
        firsts.setdefault(match.product.sku, row)
        line, wrong = _line(report, row, match.product)
        found.extend(f for f in wrong if (f.at, f.code) not in told)
        if line is not None:
            lines.append(line)
    if not firsts and not found:
        found.append(_wrong(report, "inventory-columns", rows[0], "empty"))
    return Part(report, customer, month, tuple(lines), tuple(found), firsts)


def _of_month(report: Inventory, row: InventoryRow, said: Month | None) -> Finding:
    if said is None:
        return _wrong(report, "inventory-month", row, "missing")
    variant = "future" if said.year else "unclear"
    return _wrong(report, "inventory-month", row, variant, str(said))


def _unknown(report: Inventory, row: InventoryRow, may_be: Sequence[Product]) -> Finding:
    at = next(report.places(row, "name"), None) or next(report.places(row, "code"), None)
    finding = _wrong(
        report, "inventory-product", row, "ambiguous" if may_be else "", row.name or row.code
    )
    named = "、".join(f"{p.sku} {p.name}" for p in may_be[:5])
    return replace(finding, at=at or finding.at, expected=named)


def _line(
    report: Inventory, row: InventoryRow, product: Product
) -> tuple[StockLine | None, list[Finding]]:
    """A cell that says nothing counts as zero; what is neither cases nor tins is asked about."""
    tins: dict[str, int] = {}
    wrong = []
    for slot in COUNTS:
        count = getattr(row, slot)
        amount = in_tins(count, product.tins_per_case) if count is not None else Decimal(0)
        if amount is None:
            wrong.append(_asked(figure(report, row, slot, "units-differ", "")))
        elif amount != amount.to_integral_value():
            wrong.append(_asked(figure(report, row, slot, "fraction", f"{amount:f}")))
        else:
            tins[slot] = int(amount)
    if wrong or row.closing is None:
        return None, wrong
    opening, received, sold = (tins[slot] for slot in ("opening", "received", "sold"))
    closing = tins["closing"]
    moved = closing - opening - received + sold
    of = (product.sku, opening, received, sold, moved, closing, row.batch.strip(), row.expires)
    return StockLine(*of), wrong


def carried_over(part: Part, before: Mapping[str, int]) -> Iterator[Finding]:
    """What the month begins with is what the month before ended with, product by product."""
    opening: Counter[str] = Counter()
    for line in part.lines:
        opening[line.sku] += line.opening
    for sku, row in part.rows.items():
        if opening[sku] != before.get(sku, 0):
            finding = figure(part.report, row, "opening", "", str(opening[sku]))
            left = str(before.get(sku, 0))
            yield replace(_asked(finding), code="inventory-opening", expected=left)
    for sku, tins in before.items():
        if tins and sku not in part.rows:
            finding = _wrong(part.report, "inventory-opening", None, "absent", sku)
            yield replace(finding, expected=str(tins))


def said_twice(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Of two reports of one distributor and month in one mail nobody can tell which one holds."""
    count = Counter((p.customer.code, p.month) for p in parts)
    return tuple(
        replace(p, findings=(*p.findings, _wrong(p.report, "inventory-twice")))
        if count[p.customer.code, p.month] > 1
        else p
        for p in parts
    )


def _asked(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR, asked=Asked.SENDER)


def _wrong(
    report: Inventory, code: str, row: ReportRow | None = None, variant: str = "", found: str = ""
) -> Finding:
    return Finding(
        code,
        Severity.ERROR,
        Asked.SENDER,
        at=report.first_cell(row) if row else None,
        where=report.where,
        found=found,
        variant=variant,
    )
