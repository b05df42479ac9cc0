"""Which column of a table fills which slot of a form; two for one slot are asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import ReportColumn
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.report_tables import Headed, ReportTable
from mailflow.parsers.kinds.report_values import Reads
from mailflow.parsers.page import Page

HIDDEN = "***"
"""In place of what a cell says of a person."""
LOOKED_AT = 500
"""Rows of a column that are looked at to see what stands in it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot with the columns that fill it: one, or two that count in cases and in tins."""

    slot: str
    value: Value
    headed: tuple[Headed, ...]
    reads: Reads | None = None
    adds: bool = False


def filled_slots(page: Page, table: ReportTable, form: Form) -> tuple[list[Filled], list[Doubt]]:
    doubts: list[Doubt] = []
    filled = []
    taken: set[Field] = set()
    for name, slot in form.slots.items():
        for field in slot.fields:
            own = [h for h in table.headed if h.field is field]
            if own and field not in taken:
                taken.add(field)
                chosen = tuple(own if slot.adds else _one_each(page, table, own, doubts))
                filled.append(Filled(name, slot.value, chosen, slot.reads, slot.adds))
                break
    return filled, doubts


def _one_each(
    page: Page, table: ReportTable, own: Sequence[Headed], doubts: list[Doubt]
) -> Iterator[Headed]:
    """Of columns with one meaning and one unit the first; where another says otherwise, that is
    asked."""
    taken: dict[object, Headed] = {}
    for headed in own:
        rival = taken.setdefault(headed.unit, headed)
        if rival is headed:
            continue
        first, second = (cells_of(page, table, h.column) for h in (rival, headed))
        if not first and second:
            taken[headed.unit] = headed
        elif second and _texts(first) != _texts(second):
            doubts.append(
                Doubt(
                    DoubtKind.AMBIGUOUS_COLUMN,
                    page.place(headed.row, headed.column),
                    found=f"{rival.header} / {headed.header}",
                    expected=(headed.field or Field.OTHER).value,
                )
            )
    yield from taken.values()


def cells_of(page: Page, table: ReportTable, column: int) -> Mapping[int, Cell]:
    """The first cells of a column."""
    return dict(cells_from_top(page, table, column))


def cells_from_top(page: Page, table: ReportTable, column: int) -> Iterator[tuple[int, Cell]]:
    """The same one by one, for who seldom wants them all."""
    filled = page.grid.rows
    for row in islice(table.rows(), LOOKED_AT):
        cell = filled[row].get(column) if row in filled else None
        if cell is not None and cell.text:
            yield row, cell


def _texts(cells: Mapping[int, Cell]) -> Mapping[int, str]:
    return {row: cell.text for row, cell in cells.items()}


def columns_told(page: Page, filled: Sequence[Filled]) -> Iterator[ReportColumn]:
    for slot in filled:
        for h in slot.headed:
            yield ReportColumn(slot.slot, h.header, page.place(h.row, h.column), h.unit)


def strange_columns(page: Page, table: ReportTable, form: Form) -> Iterator[Doubt]:
    """Columns of numbers that nobody understands: never dropped without a word. What stands in them
    may be said of a person, where the report is about people."""
    last = max(table.right + 1, *(h.column for h in table.headed))
    told = {h.column for h in table.headed if h.field is not None}
    for column in range(table.left, last + 1):
        if column in told or column in page.grid.hidden_columns:
            continue
        cells = cells_of(page, table, column)
        numbers = [(row, c) for row, c in cells.items() if c.number is not None and c.day is None]
        if numbers and 2 * len(numbers) > len(cells):
            header = next((h.header for h in table.headed if h.column == column), "")
            row, cell = numbers[0]
            text = HIDDEN if form.personal else cell.text
            yield Doubt(
                DoubtKind.AMBIGUOUS_COLUMN,
                page.place(row, column),
                found=": ".join(text for text in (header, text) if text),
            )
