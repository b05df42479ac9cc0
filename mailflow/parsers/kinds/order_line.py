"""A row of an order table becomes an order line, as written; nothing here is judged."""

from __future__ import annotations

from mailflow.domain.document import OrderLine
from mailflow.domain.naming import pack_of
from mailflow.domain.sheet import Written
from mailflow.parsers.headings import Fan, FanKind
from mailflow.parsers.kinds.order_figures import amount_of_row, price_of_row, quantities_of
from mailflow.parsers.kinds.order_row import Row
from mailflow.parsers.labels import is_label
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.values import may_be_quantity


def is_line(row: Row, *, behind_total: bool) -> bool:
    """A row without a product we know that all the same asks for something; notes and
    signatures do not."""
    if row.has_figure():
        return True
    texts = row.names() or row.whose()
    if not texts or behind_total or all(map(is_label, texts)):
        return False
    counted = [c for c, meaning in row.reader.figures if meaning is not Meaning.AMOUNT]
    asked = [row.cells[c].text for c in counted if c in row.cells]
    if any(may_be_quantity(text) for text in asked):
        return True
    packs = [row.cells[c].text for c in row.reader.packs if c in row.cells]
    if any(pack_of(text) != (None, None) for text in packs):
        return True
    price = price_of_row(row)
    return price is not None and price.number is not None


def line_of(
    row: Row, fan: Fan | None, funding: Written | None, *, alone: bool = False
) -> OrderLine:
    """`funding` is what the section says, where the row itself may say nothing; `alone` says that
    no other column of fans is filled in this row."""
    page, (left, right) = row.reader.page, row.reader.edges
    quantities = quantities_of(row, fan)
    code, name = row.written(Meaning.CODE), row.name()
    where = page.span(row.number, left, row.number, right)
    if fan is not None:
        column = quantities[0].at.column
        where = page.span(row.number, column, row.number, quantities[-1].at.column)
    if fan is not None and fan.kind is FanKind.PRODUCT:
        code, name = None, page.written(fan.text, fan.row, fan.column)
    elif fan is not None and fan.kind is FanKind.STAGE:
        code, name = None, row.name_at_stage(fan.text)
    return OrderLine(
        where=where,
        code=code,
        name=name,
        spec=row.spec(),
        quantities=quantities,
        unit_price=price_of_row(row),
        amount=amount_of_row(row, fan, alone=alone),
        funding=funding,
        remark=row.remark(),
        hidden=row.number in row.reader.grid.hidden_rows,
    )
