"""A report pasted into the words of a mail is read like one that is attached; what is quoted is not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Order, Reading
from mailflow.domain.inventory import Inventory
from mailflow.domain.payments import Payments
from mailflow.domain.report import Count
from mailflow.domain.stock import Stock
from mailflow.parsers.reader import read_mail
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.parsers.mime_mails import a_part, a_text, with_parts
from tests.parsers.report_books import WHO
from tests.parsers.sheets import HEAD, KNOWN, LINES, A, B, saved, workbook

FROM = "From: Wang <rm.shandong@chenlu.example>"
STOCK: Sequence[Sequence[Any]] = (
    ("产品编码", "产品名称", "仓库", "库存数量（箱）"),
    ("CX-1", A, "郑州仓", "12"),
    ("CX-2", B, "郑州仓", "5"),
)
PAYMENTS: Sequence[Sequence[Any]] = (
    ("经销商", "回款日期", "回款金额"),
    (WHO, "2026-11-03", "1,200.50"),
)
MONTH: Sequence[Sequence[Any]] = (
    ("品名", "期初（箱）", "进货（箱）", "销售（箱）", "期末（箱）"),
    (A, "10", "5", "3", "12"),
)
BEFORE = "<div>------------------ 原始邮件 ------------------</div>发件人: 李四 &lt;li@shop.example&gt;<br>"


def html(rows: Sequence[Sequence[Any]]) -> str:
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def tabbed(rows: Sequence[Sequence[Any]]) -> str:
    return "\n".join("\t".join(map(str, row)) for row in rows)


def read(page: str = "", text: str = "", subject: str = "数据", *parts: Any) -> Reading:
    bodies = [a_text(text)] if text else []
    bodies += [a_text(page, "html")] if page else []
    kind = "mixed" if parts else "alternative"
    return read_mail(
        with_parts(*bodies, *parts, headers=(FROM, f"Subject: {subject}"), kind=kind), KNOWN
    )


@pytest.mark.parametrize("as_page", [True, False])
@pytest.mark.parametrize(
    ("kind", "rows"), [(Stock, STOCK), (Payments, PAYMENTS), (Inventory, MONTH)]
)
def test_a_pasted_report_is_read(as_page: bool, kind: Any, rows: Sequence[Sequence[Any]]) -> None:
    found = (
        read(f"<p>您好</p>{html(rows)}<p>谢谢</p>")
        if as_page
        else read(text=f"您好：\n\n{tabbed(rows)}\n\n谢谢\n")
    )
    [document] = found.documents
    assert isinstance(document, kind)
    assert (document.attachment, document.format) == ("", "body")
    assert len(document.rows) == len(rows) - 1
    assert document.doubts == ()
    assert decoded(encoded(found, Reading), Reading).documents == (document,)


def test_values_keep_their_units_and_cents() -> None:
    [stock] = read(html(STOCK)).documents
    [paid] = read(text=tabbed(PAYMENTS)).documents
    assert isinstance(stock, Stock)
    assert isinstance(paid, Payments)
    assert stock.rows[0].on_hand == Count(cases=Decimal(12))
    assert paid.rows[0].paid == Decimal("1200.50")


def test_the_subject_says_whose_it_is_where_the_words_do_not() -> None:
    [document] = read(html(MONTH), subject=f"{WHO}库存").documents
    assert isinstance(document, Inventory)
    assert f"{WHO}库存" in [hint.text for hint in document.hints]


def test_an_order_pasted_is_an_order() -> None:
    rows = (("产品名称", "规格", "库存", "箱数"), (A, "900g*6听/箱", "99", "10"))
    assert [type(d) for d in read(html(rows)).documents] == [Order]
    assert [type(d) for d in read(text=tabbed(rows)).documents] == [Order]


def test_what_is_certainly_stock_is_no_order_though_it_reads_as_one() -> None:
    rows = (("产品名称", "批号", "仓库", "库位", "数量（箱）"), (A, "B1", "郑州仓", "A-1", "12"))
    assert [type(d) for d in read(html(rows), subject="仓库库存").documents] == [Stock]


def test_what_is_quoted_is_not_read() -> None:
    assert read(f"<p>已核对，没问题</p>{BEFORE}{html(STOCK)}", subject="回复: 库存").documents == ()


def test_a_table_of_names_below_an_answer_is_no_report() -> None:
    card = (
        ("姓名", "电话", "邮箱", "地址"),
        ("王某", "13056120000", "w@chenlu.example", "某路1号"),
    )
    for subject in ("回复: 【请确认】", "通讯录"):
        found = read(f"<p>同意</p>{html(card)}", subject=subject)
        assert found.documents == ()


def test_what_is_attached_goes_before_what_is_pasted() -> None:
    name = 'Content-Disposition: attachment; filename="order.xlsx"'
    attached = a_part(name, data=saved(workbook([HEAD, *LINES])))
    found = read(html(STOCK), "", "订单", attached)
    assert [type(d) for d in found.documents] == [Order]


def test_words_alone_are_no_report() -> None:
    for text in (
        "库存还有多少？回款到账了吗？",
        "经销商：某某\n回款：已打款\n",
        "10月  库存  正常",
    ):
        assert read(text=text).documents == ()
