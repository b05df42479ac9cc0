"""A manager mends one quantity in his marked copy, and his own formulas do the rest."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import BEI, mail
from tests.scenarios.house import LATER, House, build_house

HEAD = ("序号", "产品名称", "箱数", "听数", "单价", "金额")


def an_order_with_formulas() -> bytes:
    """13 tins are no whole cases; cases, amounts and totals are the sheet's own arithmetic."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("订单")
    page.write_row(0, 0, ("经销商", "青禾市小叶子母婴用品有限公司"))
    page.write_row(1, 0, HEAD)
    for row, (name, tins, price) in enumerate(
        (("优护1段", 13, 198), ("优护2段", 60, 188)), start=2
    ):
        page.write_row(row, 0, (row - 1, name))
        page.write_row(row, 3, (tins, price))
        page.write_formula(row, 2, f"=ROUND(D{row + 1}/6,2)", None, round(tins / 6, 2))
        page.write_formula(row, 5, f"=D{row + 1}*E{row + 1}", None, tins * price)
    page.write(4, 0, "合计")
    page.write_formula(4, 3, "=SUM(D3:D4)", None, 73)
    page.write_formula(4, 5, "=SUM(F3:F4)", None, 13 * 198 + 60 * 188)
    book.close()
    return out.getvalue()


def marked_copy(house: House) -> bytes:
    [path] = (house.folder / "outbox" / "new").glob("*order-answer*")
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    [copy] = (p for p in message.iter_attachments() if "标注" in str(p.get_filename()))
    content = copy.get_content()
    assert isinstance(content, bytes)
    return content


def mended(copy: bytes) -> bytes:
    book = load_workbook(io.BytesIO(copy))
    book["订单"]["D3"] = 12
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_mended_quantity_is_accepted_without_a_word_about_amounts(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    house.put("first", mail(BEI, "小叶子订单", "请查收", ("订单.xlsx", an_order_with_formulas())))
    assert house.once().returncode == 0
    [order] = house.rows("orders")
    assert order["state"] == "returned"
    answer = mail(BEI, "Re: 小叶子订单", "已改", ("订单-标注.xlsx", mended(marked_copy(house))))
    house.put("second", answer)
    assert house.once(LATER[0]).returncode == 0
    _, again = house.rows("orders")
    assert (again["state"], again["tins"]) == ("accepted", 72)
    assert again["amount_cents"] == (12 * 198 + 60 * 188) * 100
