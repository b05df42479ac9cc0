"""What `explain --json` prints of a report: its head, its columns, and every row with its cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from mailflow.domain.document import AnyReport, Unknown
from mailflow.domain.money import shown
from mailflow.domain.month import Month
from mailflow.domain.report import Count, ReportRow, Spoke
from mailflow.domain.shipment import FilledList


def report_shape(report: AnyReport) -> dict[str, Any]:
    """Counts are objects of what is stated: `{"cases": 12}`; numbers that are not whole are text."""
    state = {"filled": report.filled.value} if isinstance(report, FilledList) else {}
    return {
        **state,
        "head": {said.field: said.text for said in reversed(report.head)},
        "rows": [_row(report, row) for row in report.rows],
        "totals": [
            {
                "field": total.field,
                "where": str(total.at),
                "stated": _number(total.number),
                "summed": None if total.summed is None else _number(total.summed),
            }
            for total in report.totals
        ],
        "columns": [
            {
                "meaning": c.field,
                "header": c.header,
                "where": str(c.at),
                "unit": c.unit.value if c.unit else None,
            }
            for c in report.columns
        ],
        "notes": [{"where": str(n.at), "text": n.text} for n in report.notes],
        "spoke": [_spoke(s) for s in report.spoke],
    }


def may_be_shape(document: Unknown) -> dict[str, Any]:
    return {
        "may_be": [kind.value for kind in document.may_be],
        "spoke": [{"kind": s.kind.value, **_spoke(s)} for s in document.spoke],
    }


def _spoke(spoke: Spoke) -> dict[str, Any]:
    where = str(spoke.at) if spoke.at else None
    return {"word": spoke.word, "where": where, "weight": spoke.weight}


def _row(report: AnyReport, row: ReportRow) -> dict[str, Any]:
    shape: dict[str, Any] = {"where": str(report.first_cell(row))}
    for name in _names(row):
        shape[name] = _value(getattr(row, name))
    return shape


def _names(row: ReportRow) -> Iterable[str]:
    return (f.name for f in fields(row) if f.name != "row")


def _value(value: object) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, Count):
        stated = {"cases": value.cases, "tins": value.tins, "units": value.units}
        shape: dict[str, object] = {k: _number(n) for k, n in stated.items() if n is not None}
        return shape | ({"loose": value.loose} if value.loose else {})
    if isinstance(value, Decimal):
        return shown(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Month):
        return str(value)
    return value or None


def _number(number: Decimal) -> int | str:
    return int(number) if number == number.to_integral_value() else str(number)
