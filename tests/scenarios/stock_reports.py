"""Inventory reports of the demo's distributors, as mails."""

from __future__ import annotations

from mailflow.commands.demo_desk.mails import A1, A2, BEI, Row, mail, sheet
from tests.parsers.sheets import saved, workbook

HEAD: Row = ("产品名称", "期初库存（箱）", "本月进货（箱）", "本月销售（箱）", "期末库存（箱）")
GOOD: tuple[Row, ...] = ((A1[0], 10, 20, 18, 12), (A2[0], 4, 10, 9, 5))


def rows(whose: str, month: str, *lines: Row) -> list[Row]:
    return [("经销商月度库存报表",), (f"经销商：{whose}", f"月份：{month}"), (), HEAD, *lines]


def report(
    whose: str, month: str = "2026年10月", *lines: Row, sender: str = BEI, head: str = ""
) -> bytes:
    name = f"{whose}{month}库存"
    data = sheet(rows(whose, month, *(lines or GOOD)), "Sheet1")
    return mail(sender, head or name, "见附件", (f"{whose}库存.xlsx", data))


def several(*tables: list[Row], sender: str = BEI, name: str = "北区库存") -> bytes:
    """One workbook, a sheet for each distributor."""
    book = workbook([list(row) for row in tables[0]])
    for number, table in enumerate(tables[1:], start=2):
        page = book.create_sheet(f"Sheet{number}")
        for row in table:
            page.append(list(row))
    return mail(sender, name, "见附件", (f"{name}.xlsx", saved(book)))
