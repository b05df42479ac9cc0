"""Small workbooks for tests, written by another program than the one that reads them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from mailflow.domain.document import Document, Order
from mailflow.domain.naming import KnownNames, normalised
from mailflow.parsers.reader import read_file

A, B = "晨星配方奶粉1段900g", "晨星配方奶粉2段900g"
KNOWN = KnownNames(
    product_codes=frozenset({normalised("CX-1"), normalised("CX-2")}),
    product_names=frozenset({normalised(A), normalised(B)}),
    customer_names=frozenset({normalised("某某商贸有限公司")}),
)
HEAD = ("序号", "产品名称", "规格", "箱数", "单价", "金额")
LINES = ((1, A, "900g*6听/箱", 10, 100, 6000), (2, B, "900g*6听/箱", 5, 90, 2700))
TOTAL = ("合计", None, None, 15, None, 8700)


def workbook(*sheets: Sequence[Sequence[Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        page = book.create_sheet(f"Sheet{number}")
        for row in rows:
            page.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def documents(raw: bytes, name: str = "order.xlsx") -> tuple[Document, ...]:
    return read_file(name, raw, KNOWN).documents


def order(*rows: Sequence[Any]) -> Order:
    """The one order of a sheet of these rows."""
    [found] = documents(saved(workbook(rows)))
    assert isinstance(found, Order)
    return found


def cases(found: Order) -> list[tuple[str, str]]:
    """Name and cases of each line, as written."""
    return [(line.name.text if line.name else "", line.quantities[0].text) for line in found.lines]
