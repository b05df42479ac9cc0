"""A specimen of a reading, for trying the page it is shown on."""

from __future__ import annotations

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Unknown
from mailflow.domain.mail import Head
from mailflow.domain.painting import (
    Axis,
    CellRole,
    Note,
    PaintedCell,
    PaintedRow,
    PaintedSheet,
    RowRole,
)
from mailflow.domain.picture import DrawnCell, DrawnRow, DrawnSheet
from mailflow.outbox.reading_view import OrderView, ReadingView
from mailflow.outbox.specimen_orders import FILE, RECEIVED, loose_tins


def specimen_reading() -> ReadingView:
    """A mail with an order that was judged, and a sheet on which something was found."""
    finding = loose_tins()
    cell = DrawnCell(4, "13")
    drawn = DrawnSheet(FILE, "Sheet1", "xlsx", (DrawnRow(7, (cell,)),), 7, 7)
    painted = PaintedCell(4, cell.text, CellRole.QUANTITY, notes=(1,))
    note = Note(1, finding, 0)
    row = PaintedRow(7, RowRole.LINE, (painted,), notes=(note,))
    sheet = PaintedSheet(drawn, (Axis(4),), (row,), (0,))
    document = Unknown(FILE, None, "13")
    decision = Decision(document, None, (finding,), Outcome.RETURNED)
    order = OrderView(1, document, decision, (note,))
    head = Head("rm.shandong@chenlu.example", subject="订单", date=RECEIVED)
    return ReadingView("a.eml", head, "A", "returned", (order,), (), (sheet,))
