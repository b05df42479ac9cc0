"""Columns of a table that say of its lines what other columns of it deny: a stage, a unit, a product
that stands beside them under no word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.spelling import normalised
from mailflow.parsers.columns import Columns
from mailflow.parsers.headings import Heading
from mailflow.parsers.meanings import QUANTITIES, Meaning
from mailflow.parsers.values import quantity_of
from mailflow.parsers.vocabulary import unit_of

_STAGE = re.compile(r"([1-6])段")
_STAGED = re.compile(r"[1-6]段.*")


def contradictions(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """One doubt of each sort a table."""
    yield from _other_stage(columns, kept)
    yield from _other_series(columns, kept)
    yield from _units_mixed(columns, kept)
    yield from _products_beside(columns, kept)


def _other_stage(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """`金装1段` with `2段` under 段位: which of them is the slip?"""
    names = [h.column for h in kept if h.meaning is Meaning.NAME]
    for heading in (h for h in columns.header.headings if h.meaning is Meaning.STAGE and names):
        called = columns.contents.values(names[0])
        for row, cell in columns.contents.values(heading.column).items():
            own = set(_STAGE.findall(normalised(called[row].text))) if row in called else set()
            said = cell.text.strip()
            stages = _STAGE.findall(normalised(said if "段" in said else f"{said}段"))
            if len(own) == 1 and len(stages) == 1 and stages[0] not in own:
                at = columns.page.place(row, heading.column)
                yield Doubt(
                    DoubtKind.AMBIGUOUS_COLUMN, at, found=f"{called[row].text}: {cell.text}"
                )
                return


def _other_series(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """`铂金` under 系列 or 品牌 beside `金装1段900g`, where there is a `铂金1段900g` as well."""
    names = [h.column for h in kept if h.meaning is Meaning.NAME]
    series = (Meaning.SERIES, Meaning.OTHER_NAME)
    for heading in (h for h in columns.header.headings if h.meaning in series and names):
        called = columns.contents.values(names[0])
        for row, cell in columns.contents.values(heading.column).items():
            own = normalised(called[row].text) if row in called else ""
            said = normalised(cell.text).removesuffix("系列")
            stage = _STAGED.search(own)
            if not stage or not said or said in own:
                continue
            if columns.page.known.is_exact_product(said + stage[0]):
                at = columns.page.place(row, heading.column)
                yield Doubt(
                    DoubtKind.AMBIGUOUS_COLUMN, at, found=f"{called[row].text}: {cell.text}"
                )
                return


def _units_mixed(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """A column of units that differ from line to line counts each line, and so the one word over the
    numbers cannot hold for all. Where all are alike, it may be the unit of stock or price."""
    figures = {h.meaning for h in kept if h.meaning in QUANTITIES}
    if figures not in ({Meaning.CASES}, {Meaning.TINS}):
        return
    for heading in (h for h in columns.header.headings if h.meaning is Meaning.UNIT):
        values = columns.contents.values(heading.column)
        units = {r: unit for r, c in values.items() if (unit := unit_of(c.text))}
        units = {r: unit for r, unit in units.items() if r in columns.goods}
        if len(set(units.values())) > 1:
            first = units[min(units)]
            row = next(r for r in sorted(units) if units[r] is not first)
            at = columns.page.place(row, heading.column)
            yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=values[row].text)
            return


def _products_beside(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """A product and a number that stand right beside the table's lines under no word: further lines,
    of a second half whose header was left out."""
    page, header = columns.page, columns.header
    column = max((h.column for h in kept if h.header), default=0) + 1
    beside = {column, column + 1}
    above = {c for r in range(header.top, header.first) for c in page.cells(r)}
    if beside & (above | page.grid.hidden_columns):
        return
    for row in sorted(columns.goods):
        cells = page.cells(row)
        named, counted = cells.get(column), cells.get(column + 1)
        if named is None or counted is None or not page.known.is_product(named.text):
            continue
        if counted.number is not None or quantity_of(counted.text):
            yield Doubt(DoubtKind.TABLE_UNCLEAR, page.place(row, column), found=named.text)
            return
