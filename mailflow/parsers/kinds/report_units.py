"""In which unit the columns of a report count where it is said once, and money that is not in yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.report import Said
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.kinds.form import Value
from mailflow.parsers.kinds.report_columns import Filled
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.page import Page
from mailflow.parsers.values import folded
from mailflow.parsers.vocabulary import counted, unit_said

LAST_ROWS = 12
"""Rows at the end of a sheet that are looked through for a note on units."""
_OTHER_MONEY = re.compile(
    r"[万千百亿][元圆]|(?<=[(（:：\s])[万千百亿](?=[)）]|$)|美元|美金|港币|欧元|日元|usd|eur|hkd|us\$|\$|€|£"
)


def unit_of_all(
    page: Page, table: ReportTable, above: range, head: Sequence[Said]
) -> tuple[Unit | None, list[Doubt]]:
    """The unit that a label, a title or a note states for all counts; two of them are asked about."""
    found = {u: s.at for s in head if s.field == Field.UNIT and (u := counted(s.text))}
    body = [row for row in table.rows() if row in page.grid.rows][-LAST_ROWS:]
    for row in (*above, *body):
        for column, text in page.texts(row):
            if unit := unit_said(text):
                found.setdefault(unit, page.place(row, column))
    if len(found) > 1:
        doubt = Doubt(DoubtKind.AMBIGUOUS_COLUMN, list(found.values())[-1], found="箱 / 听")
        return None, [doubt]
    return next(iter(found), None), []


def counting_in(table: ReportTable, unit: Unit | None) -> ReportTable:
    """The same table where counts that state no unit count in this one; a column of units goes
    before it, row by row."""
    if unit is None or any(h.field is Field.UNIT for h in table.headed):
        return table
    headed = tuple(
        replace(h, unit=unit) if h.unit is None and h.field in COUNTS else h for h in table.headed
    )
    return replace(table, headed=headed)


def of_other_money(
    page: Page, filled: Sequence[Filled], head: Sequence[Said]
) -> Iterator[tuple[Filled, Doubt]]:
    """Columns of money in ten thousands or of another currency: not read, and named."""
    label = next((s.text for s in head if s.field == Field.UNIT and is_other_money(s.text)), "")
    for slot in filled:
        if slot.value is not Value.MONEY:
            continue
        for headed in slot.headed:
            if label or is_other_money(headed.header):
                words = f"{headed.header} {label}".strip()
                at = page.place(headed.row, headed.column)
                yield slot, Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=words)


def is_other_money(text: str) -> bool:
    return _OTHER_MONEY.search(folded(text)) is not None
