"""A shipping report (发货明细): what a warehouse sent, of many dispatch lists in one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from mailflow.domain.doubt import Doubt, DoubtKind
from mailflow.domain.report import ReportKind, ReportRow
from mailflow.domain.shipment import Shipment, ShipmentRow
from mailflow.parsers.kinds.dispatch_list import SENT
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import GOODS, Form, code, count, text
from mailflow.parsers.kinds.listed_rows import list_day, with_day_said
from mailflow.parsers.kinds.shipped_lines import ShippedLines
from mailflow.parsers.kinds.table_facts import TableFacts


def _of_no_list(
    facts: TableFacts, rows: Sequence[ReportRow], _: Sequence[Doubt]
) -> Iterator[Doubt]:
    """Each row that names no list of ours; the header once where none does."""
    lost = [row for row in rows if isinstance(row, ShipmentRow) and list_day(row.list_no) is None]
    table = facts.table
    if lost and len(lost) == len(rows):
        at = facts.header_of("list_no") or facts.page.place(table.top, table.left)
        yield Doubt(DoubtKind.LIST_MISSING, at, found=lost[0].list_no)
        return
    for row in lost:
        at = facts.cell_of("list_no", row.row) or facts.page.place(row.row, table.left)
        yield Doubt(DoubtKind.LIST_MISSING, at, found=row.list_no)


FORM = Form(
    kind=ReportKind.SHIPMENT,
    report=partial(with_day_said, Shipment),
    row=ShipmentRow,
    slots={
        "list_no": code(Field.LIST_NO),
        "order_no": code(Field.ORDER_NO),
        "distributor": text(Field.DISTRIBUTOR),
        **SENT,
        "shipped": count(
            Field.SHIPPED, Field.SENDING, Field.SENT_SO_FAR, Field.SOLD, Field.QUANTITY
        ),
        "ordered": count(Field.ORDERED, Field.QUANTITY),
    },
    named=("code", "name"),
    needs=(
        GOODS,
        frozenset({Field.SHIPPED, Field.SENDING, Field.SENT_SO_FAR, Field.SOLD, Field.QUANTITY}),
    ),
    proofs=frozenset({Field.CARRIER, Field.SHIPPED_ON}),
    hints=frozenset(
        {
            *(Field.ORDERED, Field.SHORT, Field.BATCH, Field.BATCH_AND_EXPIRY, Field.EXPIRES),
            *(Field.ARRIVES_ON, Field.DELIVERED_ON, Field.SENDING, Field.SENT_SO_FAR),
        }
    ),
    against=frozenset(
        {
            *(Field.ON_HAND, Field.AVAILABLE, Field.RESERVED, Field.OPENING, Field.CLOSING),
            *(Field.PAID, Field.CONSUMER, Field.BABY, Field.RESULT, Field.USED),
        }
    ),
    titles=re.compile(
        "送货单|出库单|签收单|随货同行|发货明细|发货报表|发货报告|发货回执|发货情况|发货统计|发货汇总|发货反馈|出库明细|出库报表|出库汇总|出货明细|出货报表|发运明细|"
        r"shipping\s*report|shipment\s*report|dispatch\s*report|outbound\s*report|delivery\s*note|packing\s*list|shipments"
    ),
    head=frozenset(
        {Field.LIST_NO, Field.CARRIER, Field.WAYBILL, Field.SHIPPED_ON}
        | {Field.WAREHOUSE, Field.DATE, Field.DISTRIBUTOR}
    ),
    settles=ShippedLines,
    doubts=_of_no_list,
    conclusive=frozenset({Field.WAYBILL, Field.SHIPPED, Field.LIST_NO}),
)
