"""A report is written down from a table that was judged to be one."""

from __future__ import annotations

from mailflow.domain.document import AnyReport
from mailflow.parsers.kinds.form import Form
from mailflow.parsers.kinds.report_columns import columns_told, filled_slots, strange_columns
from mailflow.parsers.kinds.report_head import MOST_ROWS, said_around
from mailflow.parsers.kinds.report_judging import Judged
from mailflow.parsers.kinds.report_rows import RowReader, hidden_rows


def report_of(judged: Judged, form: Form, format_: str, following: int | None) -> AnyReport:
    """`following` is the row of the next table's header, if there is one."""
    page, table = judged.page, judged.table
    filled, doubts = filled_slots(page, table, form)
    above = tuple(said_around(page, range(judged.rows.start, table.top), form.head))
    read = RowReader(page, table, form, filled, {s.field: s.text for s in reversed(above)}).all()
    below = judged.rows.stop if following is None else min(following, judged.rows.stop)
    foot = range(read.last + 1, min(below, read.last + 1 + MOST_ROWS))
    right = max(h.column for slot in filled for h in slot.headed)
    return form.report(
        attachment=page.attachment,
        where=page.span(table.top, table.left, read.last, right),
        format=format_,
        head=(*judged.number, *above, *said_around(page, foot, form.head)),
        columns=tuple(columns_told(page, filled)),
        totals=tuple(read.totals),
        notes=tuple(read.notes),
        others=tuple(read.others),
        doubts=(
            *doubts,
            *strange_columns(page, table, form),
            *hidden_rows(page, read.rows),
            *read.doubts,
        ),
        more_doubts=read.more_doubts,
        spoke=judged.verdict.spoke,
        rows=tuple(read.rows),
    )
