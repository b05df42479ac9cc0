"""A dispatch list of ours come back from the warehouse, filled in or not; it is told by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import ReportKind, ReportRow
from mailflow.domain.shipment import FilledList, ShipmentRow
from mailflow.parsers.kinds.batches import batch_and_expiry
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import GOODS, Form, Slot, code, count, day, text
from mailflow.parsers.kinds.listed_rows import with_day_said
from mailflow.parsers.kinds.near_days import day_meant
from mailflow.parsers.kinds.shipped_lines import ShippedLines
from mailflow.parsers.kinds.table_facts import TableFacts

SENT: dict[str, Slot] = {
    "line_no": text(Field.LINE_NO),
    "code": text(Field.PRODUCT_CODE, Field.CODE),
    "name": text(Field.PRODUCT, Field.NAME),
    "spec": text(Field.SPEC),
    "batch": code(Field.BATCH, Field.BATCH_AND_EXPIRY, reads=batch_and_expiry),
    "produced": day(Field.PRODUCED, reads=day_meant),
    "expires": day(Field.EXPIRES, reads=day_meant),
    "carrier": text(Field.CARRIER),
    "waybill": code(Field.WAYBILL),
    "shipped_on": day(Field.SHIPPED_ON, reads=day_meant),
    "arrives_on": day(Field.ARRIVES_ON, reads=day_meant),
    "delivered_on": day(Field.DELIVERED_ON, reads=day_meant),
    "short": count(Field.SHORT),
    "remark": text(Field.REMARK),
}
"""What is said of goods that were sent, on a list and in a report alike."""


def _not_filled(
    facts: TableFacts, rows: Sequence[ReportRow], doubts: Sequence[Doubt]
) -> Iterator[Doubt]:
    """Lines that do not say what was sent, on a list where others do; nothing on a blank one."""
    lines = [row for row in rows if isinstance(row, ShipmentRow) and not row.same_line]
    sent = [row.shipped is not None for row in lines]
    doubted = {doubt.at for doubt in doubts}
    if not any(sent) and not doubted:
        return
    for row, is_sent in zip(lines, sent, strict=True):
        at = facts.cell_of("shipped", row.row)
        if not is_sent and at is not None and at not in doubted:
            yield Doubt(DoubtKind.NOT_FILLED, at)


FORM = Form(
    kind=ReportKind.DISPATCH_LIST,
    report=partial(with_day_said, FilledList),
    row=ShipmentRow,
    slots={
        **SENT,
        "shipped": count(Field.SHIPPED),
        "ordered": count(Field.QUANTITY, Field.ORDERED),
    },
    named=("code", "name"),
    needs=(
        GOODS,
        frozenset({Field.SHIPPED}),
        frozenset({Field.QUANTITY, Field.ORDERED}),
    ),
    proofs=frozenset(),
    hints=frozenset(),
    against=frozenset(),
    titles=re.compile(r"(?!)"),
    head=frozenset(
        {
            *(Field.CARRIER, Field.WAYBILL, Field.SHIPPED_ON, Field.ARRIVES_ON),
            *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.ORDER_NO, Field.DATE),
        }
    ),
    settles=ShippedLines,
    doubts=_not_filled,
)
