"""What stands in a cell of a line: stated numbers and texts, as this person writes them."""

from __future__ import annotations

from decimal import Decimal

from accuracy import values
from accuracy.book import Formula, Value
from accuracy.form import Form, Row
from accuracy.truth import TrueLine

EXTRA = {
    "barcode": "条码",
    "life": "保质期",
    "retail": "建议零售价",
    "per_case": "装箱数",
    "stock": "现有库存（箱）",
    "sold": "上月销量（箱）",
    "weight": "毛重(KG)",
}


def extra_value(extra: str, line: TrueLine, number: int) -> Value:
    values_of: dict[str, Value] = {
        "barcode": f"69{line.ware.weight:04d}{line.ware.stage}{number:06d}",
        "life": "24个月",
        "retail": line.ware.price + Decimal(80),
        "per_case": line.ware.per_case,
        "stock": (number * 7) % 23,
        "sold": (number * 11) % 31,
        "weight": Decimal(line.ware.weight * line.ware.per_case + 900) / 1000,
    }
    return values_of[extra]


def cell(form: Form, row: Row, column: str, number: int) -> Value | None:
    """What stands in a line's cell under this column."""
    if column in row.raw:
        return row.raw[column]
    if column == "no":
        return number
    if column.startswith("x_"):
        return extra_value(column[2:], row.line, number)
    if column in ("cases", "tins", "qty", "unit"):
        return _counted(form, row, column)
    if column in ("price", "case_price", "amount"):
        return _money(form, row, column)
    return row.texts.get(column)


def _counted(form: Form, row: Row, column: str) -> Value:
    unit = form.hand.qty_unit if column in ("qty", "unit") else column
    if column == "unit":
        return form.hand.units[unit]
    return values.quantity(row.numbers[unit], form.hand.quantity, form.hand.units[unit])


def _money(form: Form, row: Row, column: str) -> Value | None:
    hand, numbers = form.hand, row.numbers
    if row.line.ware.sample and not numbers["price"] and hand.samples_priced != "zero":
        return None if hand.samples_priced == "blank" else "-"
    if column != "amount":
        return values.price(numbers["price"], hand.price)
    if hand.formulas and hand.amount == "formula":
        return Formula(_product(form, row), Decimal(numbers["amount"]))
    return values.amount(numbers["amount"], hand.amount)


def _product(form: Form, row: Row) -> str:
    """Price times tins, by the cells that hold them."""
    cells = {c: f"{{{row.at(c)}}}" for c in ("cases", "tins", "qty", "price", "case_price")}
    size = row.line.ware.per_case
    if form.has("case_price"):
        return f"{cells['cases']}*{cells['case_price']}"
    if form.has("tins"):
        return f"{cells['tins']}*{cells['price']}"
    if form.has("cases"):
        return f"{cells['cases']}*{size}*{cells['price']}"
    if form.hand.qty_unit == "tins":
        return f"{cells['qty']}*{cells['price']}"
    return f"{cells['qty']}*{size}*{cells['price']}"
