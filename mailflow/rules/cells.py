"""Which cell a person should look at for a line's product, quantity or money."""

from __future__ import annotations

from decimal import Decimal

from mailflow.domain.appraisal import Item
from mailflow.domain.document import Order, OrderLine
from mailflow.domain.sheet import Place, Written


def header_over(order: Order, at: Place) -> str:
    """The words over a cell's column; empty where none are known."""
    above = [
        c
        for c in order.columns
        if (c.at.sheet, c.at.column) == (at.sheet, at.column) and c.at.row < at.row
    ]
    return max(above, key=lambda c: c.at.row).header if above else ""


def product_cell(line: OrderLine) -> Place | None:
    written = line.name or line.code or line.spec
    return written.at if written else _first(line)


def quantity_cell(line: OrderLine) -> Place | None:
    """The filled quantity cell a manager would mend; else the empty one."""
    filled = [q for q in line.quantities if q.text]
    chosen = filled or list(line.quantities)
    return chosen[-1].at if chosen else product_cell(line)


def _first(line: OrderLine) -> Place:
    where = line.where
    return Place(where.attachment, where.sheet, where.top, where.left)


def product_text(line: OrderLine) -> str:
    return " ".join(w.text for w in (line.code, line.name) if w)


def word_for(line: OrderLine) -> str:
    """What the line calls its product: its name, or its code where there is none."""
    written = line.name or line.code
    return written.text if written else ""


def product_name(item: Item) -> str:
    return item.product.name if item.product else product_text(item.line)


def shown(number: Decimal | int | None) -> str:
    """`12`, `9.5`, never `1.2E+1`."""
    if number is None:
        return ""
    number = Decimal(number)
    return f"{number.normalize():f}" if number else "0"


def money(number: Decimal | None) -> str:
    return "" if number is None else f"{number:.2f}"


def text_of(written: Written | None) -> str | None:
    return written.text if written is not None and written.text.strip() else None


def says_nothing(line: OrderLine) -> bool:
    """A row with at most a line number."""
    cells = (
        *(line.name, line.code, line.spec, line.funding, line.remark, line.unit_price, line.amount),
        *line.quantities,
    )
    return not any(cell is not None and cell.text.strip() for cell in cells)
