"""A report is written down from a table that was judged to be one."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.domain.document import AnyReport
from mailflow.domain.doubt import Doubt
from mailflow.domain.month import Month
from mailflow.domain.report import Said
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import WHOSE, Form
from mailflow.parsers.kinds.report_columns import columns_told, filled_slots, strange_columns
from mailflow.parsers.kinds.report_head import MOST_ROWS, said_around
from mailflow.parsers.kinds.report_judging import Judged
from mailflow.parsers.kinds.report_matrix import is_matrix, read_matrix
from mailflow.parsers.kinds.report_month import month_of
from mailflow.parsers.kinds.report_rows import RowReader, hidden_rows
from mailflow.parsers.kinds.report_units import counting_in, of_other_money, unit_of_all


def report_of(judged: Judged, form: Form, format_: str, following: int | None) -> AnyReport:
    """`following` is the row of the next table's header, if there is one."""
    page, rows = judged.page, judged.rows
    above = tuple(said_around(page, range(rows.start, judged.table.top), form.head))
    unit, doubts = unit_of_all(page, judged.table, range(rows.start, judged.table.top), above)
    table = counting_in(judged.table, unit)
    filled, unclear = filled_slots(page, table, form)
    strange = {slot.slot: doubt for slot, doubt in of_other_money(page, filled, above)}
    filled = [slot for slot in filled if slot.slot not in strange]
    said = {s.field: s.text for s in reversed(above)}
    if is_matrix(table, form):
        read, columns = read_matrix(page, table, form, filled, said)
    else:
        read = RowReader(page, table, form, filled, said).all()
        columns = tuple(columns_told(page, filled))
    head = (*judged.number, *above, *_below(judged, form, read.last, following))
    month, of_month = _month(judged, form, head)
    right = max(column.at.column for column in columns)
    of_columns = (*unclear, *doubts, *of_month, *strange.values())
    return form.report(
        attachment=page.attachment,
        where=page.span(table.top, table.left, read.last, right),
        format=format_,
        head=head,
        columns=columns,
        totals=tuple(read.totals),
        notes=tuple(read.notes),
        others=tuple(read.others),
        doubts=(
            *of_columns,
            *strange_columns(page, table, form),
            *hidden_rows(page, read.rows),
            *read.doubts,
        ),
        more_doubts=read.more_doubts,
        spoke=judged.verdict.spoke,
        hints=judged.titles,
        month=month,
        rows=tuple(read.rows),
    )


def _below(judged: Judged, form: Form, last: int, following: int | None) -> Iterator[Said]:
    """Labels below the rows. Who is named between two tables is who the next one is of."""
    stop = judged.rows.stop if following is None else min(following, judged.rows.stop)
    fields = form.head if following is None else form.head - WHOSE
    yield from said_around(judged.page, range(last + 1, min(stop, last + 1 + MOST_ROWS)), fields)


def _month(judged: Judged, form: Form, head: tuple[Said, ...]) -> tuple[Month | None, list[Doubt]]:
    if Field.MONTH not in form.head:
        return None, []
    page, table = judged.page, judged.table
    return month_of(head, judged.titles, page.place(table.top, table.left))
