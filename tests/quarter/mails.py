"""The mails that people of the desk write, as their programs send them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import HEAD, Row, sheet
from tests.life.post import parsed
from tests.parsers.sheets import saved
from tests.quarter import events as happened
from tests.quarter.events import Event
from tests.scenarios.stock_reports import rows as inventory_rows
from tests.scenarios.stock_reports import several

US = "orders@songping.example"
Find = Callable[[str, str, str], EmailMessage]
"""The last letter of a kind, with a text in its subject, that somebody got."""
SHIPMENT_HEAD: Row = ("清单号", "产品编码", "产品名称", "实发箱数", "承运商", "运单号", "发货日期")
PAYMENT_HEAD: Row = ("到账日期", "经销商", "付款人", "回款金额", "银行流水号", "备注")
EXPENSE_HEAD: Row = ("审批单号", "经销商", "费用类型", "申请金额", "批准金额", "批准日期", "审批结果")  # fmt: skip
STOCK_HEAD: Row = ("产品编码", "批号", "库存数量（箱）")


class Writer:
    """Every mail has a name of its own."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._written = 0

    def raw(self, event: Event, now: datetime) -> bytes:
        """Not of what is no mail."""
        match event:
            case happened.Ordered():
                book = sheet(order_rows(event, now), "订单")
                first = None
                if event.corrects:
                    first = self._find("order-answer", event.corrects, event.sender)
                return self._mail(event.sender, event.subject, now, ("订货单.xlsx", book), to=first)
            case happened.Answered():
                kind = "supply-request" if event.about == "supply" else "approval-request"
                asked = self._find(kind, event.order, event.sender)
                word = "同意" if event.agrees else "不同意\n这单先不做"
                return self._mail(event.sender, f"Re: {asked['Subject']}", now, to=asked, text=word)
            case happened.Shipped():
                book = sheet([SHIPMENT_HEAD, *_shipped(event)], "发货明细")
                return self._mail(event.sender, event.subject, now, ("发货明细.xlsx", book))
            case happened.Delivered():
                return self._delivered(event, now)
            case happened.Counted():
                lines = [(sku, "", cases) for sku, cases in event.cases.items()]
                book = sheet([("盘点日期", f"{now:%Y-%m-%d}"), STOCK_HEAD, *lines], "仓库库存")
                return self._mail(event.sender, event.subject, now, ("仓库库存.xlsx", book))
            case happened.Paid():
                rows = [
                    (f"{event.day}", d.name, "", float(amount), reference, "货款")
                    for d, amount, reference in event.rows
                ]
                book = sheet([PAYMENT_HEAD, *rows], "回款")
                return self._mail(event.sender, event.subject, now, ("回款.xlsx", book))
            case happened.Approved():
                rows = [
                    (number, d.name, "陈列费", float(amount), float(amount), f"{event.day}", "同意")
                    for d, amount, number in event.rows
                ]
                book = sheet([EXPENSE_HEAD, *rows], "市场费用")
                return self._mail(event.sender, event.subject, now, ("市场费用.xlsx", book))
            case happened.Reported():
                return self._reported(event, now)
            case happened.Wished():
                return self._mail(event.sender, event.subject, now, text="谢谢")
            case happened.Disputed():
                mine = self._find(
                    "statement", f"DZ-{event.of.code}-{event.month:%Y%m}", event.sender
                )
                said = "有异议\n上月有一笔回款金额对不上"
                return self._mail(event.sender, f"Re: {mine['Subject']}", now, to=mine, text=said)
            case happened.Settled():
                told = self._find("statement-dispute", event.of.code, event.sender)
                said = "已核实\n那笔回款已记在上月"
                return self._mail(event.sender, f"Re: {told['Subject']}", now, to=told, text=said)
            case happened.FoundWrong():
                raise ValueError("nobody writes a mail of it")

    def _mail(
        self,
        sender: str,
        subject: str,
        now: datetime,
        *files: tuple[str, bytes],
        to: EmailMessage | None = None,
        text: str = "您好，请查收，谢谢！",
    ) -> bytes:
        self._written += 1
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender, US, subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<quarter-{self._written}@street.example>"
        if to is not None:
            message["In-Reply-To"] = message["References"] = to["Message-ID"]
        message.set_content(text)
        for name, data in files:
            message.add_attachment(
                data, maintype="application", subtype="octet-stream", filename=name
            )
        return message.as_bytes()

    def _reported(self, event: happened.Reported, now: datetime) -> bytes:
        tables = [
            inventory_rows(
                stock.of.name,
                f"{event.month.year}年{event.month.month}月",
                *((p.name, *figures) for p, *figures in stock.rows),
            )
            for stock in event.stocks
        ]
        made = several(*tables, sender=event.sender, name=event.subject)
        book = next(_attached(made))
        return self._mail(event.sender, event.subject, now, ("库存报表.xlsx", book))

    def _delivered(self, event: happened.Delivered, now: datetime) -> bytes:
        """The sheet that logistics got, with what has arrived filled in."""
        asked = self._find("waybill-request", "", event.sender)
        book = load_workbook(io.BytesIO(next(_attached(asked.as_bytes()))))
        page = book.worksheets[0]
        for row in page.iter_rows(min_row=2):
            if row[3].value in event.waybills:
                row[5].value, row[6].value = "已签收", f"{event.day}"
        return self._mail(
            event.sender,
            f"Re: {asked['Subject']}",
            now,
            ("运单跟踪.xlsx", saved(book)),
            to=asked,
            text="见附件",
        )


def _attached(raw: bytes) -> Iterator[Any]:
    for part in parsed(raw).iter_attachments():
        yield part.get_content()


def order_rows(event: happened.Ordered, now: datetime) -> Sequence[Row]:
    who = event.of
    rows: list[Row] = [
        ("经销商", who.name),
        ("订货日期", f"{now:%Y-%m-%d}"),
        ("收货人", who.consignee),
        ("联系电话", who.phone),
        ("收货地址", who.address),
        (),
        HEAD,
    ]
    cases, money = 0, 0.0
    for number, line in enumerate(event.lines, start=1):
        price = line.product.price + (10 if event.is_wrong and number == 1 else 0)
        amount = price * line.tins
        cases, money = cases + line.cases, money + float(amount)
        funding = "现金" if line.is_cash else "费用"
        product = line.product
        rows.append(
            (
                number,
                product.name,
                product.spec,
                line.cases,
                float(price),
                float(amount),
                funding,
                "",
            )
        )
    rows.append(("合计", "", "", cases, "", money, "", ""))
    return rows


def _shipped(event: happened.Shipped) -> list[Row]:
    return [
        (load.sheet, sku, "", cases, "顺丰", load.waybill, f"{load.day}")
        for load in event.loads
        for sku, cases in load.cases.items()
    ]
