"""A report painted over its sheet: what its columns mean, and what its rows were taken for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mailflow.domain.document import AnyReport
from mailflow.domain.doubt import RowKind
from mailflow.domain.painting import CellRole, PaintedColumn, RowRole, Why
from mailflow.domain.report import Count

PRODUCTS = frozenset({"code", "name"})
ROW_ROLES = {
    RowKind.HEADER: (RowRole.HEADER, CellRole.HEADER),
    RowKind.SECTION: (RowRole.SECTION, CellRole.SECTION),
    RowKind.TOTAL: (RowRole.TOTAL, CellRole.TOTAL),
    RowKind.NOTE: (RowRole.NOTE, CellRole.NOTE),
}


class Canvas(Protocol):
    """What gathers the roles of a sheet's cells."""

    roles: dict[tuple[int, int], CellRole]
    rows: dict[int, RowRole]
    meanings: dict[int, dict[int, PaintedColumn]]
    texts: Mapping[int, Mapping[int, str]]


def take_report(canvas: Canvas, report: AnyReport) -> None:
    columns = {c.at.column: c for c in report.columns}
    role_of = {c.at.column: _role(report, c.field) for c in report.columns}
    for read in report.others:
        row_role, role = ROW_ROLES[read.kind]
        for row in range(read.where.top, read.where.bottom + 1):
            canvas.rows.setdefault(row, row_role)
            for column in canvas.texts.get(row, ()):
                canvas.roles.setdefault((row, column), role)
    if columns:
        last = max(c.at.row for c in report.columns)
        told = canvas.meanings.setdefault(last, {})
        for number, read_as in columns.items():
            meaning = read_as.field.replace("_", "-")
            told[number] = PaintedColumn(number, read_as.header, meaning, role_of[number], Why.WORD)
        for number, text in canvas.texts.get(last, {}).items():
            told.setdefault(number, PaintedColumn(number, text, "", CellRole.UNUSED, Why.TAKEN))
    for line in report.rows:
        for number in canvas.texts.get(line.row, ()):
            canvas.roles.setdefault((line.row, number), role_of.get(number, CellRole.UNUSED))
        canvas.rows[line.row] = RowRole.ROW
    for said in report.head:
        canvas.roles.setdefault((said.at.row, said.at.column), CellRole.ABOUT)
        canvas.rows.setdefault(said.at.row, RowRole.ABOUT)


def _role(report: AnyReport, field: str) -> CellRole:
    if field in PRODUCTS:
        return CellRole.PRODUCT
    sample = next((v for r in report.rows if (v := getattr(r, field)) not in (None, "")), None)
    if isinstance(sample, Count):
        return CellRole.QUANTITY
    return CellRole.DETAIL if isinstance(sample, str) or sample is None else CellRole.AMOUNT
