"""What comes from inside the house: logistics tells of loads, finance of money, somebody asks of a batch."""

from __future__ import annotations

import io
from random import Random

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import Row, mail, sheet
from tests.life.books import Books
from tests.life.post import Postmark
from tests.scenarios.replies import ADMIN, FINANCE, GM

LOGISTICS = "logistics@songping.example"
DEALERS = ("N101", "N102", "N103", "S201", "S202")
PAID: Row = ("到账日期", "经销商", "付款人", "回款金额", "银行流水号", "备注")
GRANTED: Row = ("审批单号", "经销商", "费用类型", "申请金额", "批准金额", "批准日期", "审批结果")
STATE, DAY = 6, 7
"""Columns of a waybill sheet that logistics fills in, from 1."""


class Offices:
    """Each payment has a bank reference of its own, each expense a number."""

    def __init__(self, rng: Random, books: Books, postmark: Postmark) -> None:
        self._rng = rng
        self._books = books
        self._postmark = postmark
        self._count = 0
        self._sheets: list[bytes] = []

    def waybills_told(self) -> list[bytes]:
        """A sheet that was sent, filled in: delivered, under way, or nothing said; perhaps anew."""
        asked = [s for s in self._books.sent() if s.notice == "waybill-request"]
        if not asked:
            return []
        letter = self._rng.choice(asked[-2:])
        [data] = letter.workbooks()
        book = load_workbook(io.BytesIO(data))
        page = book.active
        assert page is not None
        for row in range(2, page.max_row + 1):
            state = self._rng.choice(("已签收", "已签收", "在途", ""))
            page.cell(row, STATE).value = state or None
            if state == "已签收" and self._rng.random() < 0.5:
                page.cell(row, DAY).value = "2026-11-13"
        out = io.BytesIO()
        book.save(out)
        subject = f"Re: {letter.letter['Subject']}"
        return [self._mail(LOGISTICS, subject, ("运单跟踪.xlsx", out.getvalue()))]

    def batch_asked_for(self) -> list[bytes]:
        return [self._mail(self._rng.choice((ADMIN, GM)), f"批次 B{self._rng.randint(1, 5)}")]

    def money_came(self) -> list[bytes]:
        rows = [PAID]
        for _ in range(self._rng.randint(1, 3)):
            amount = self._rng.choice((1000, 20_000, "3500.55"))
            day = f"2026-11-{self._rng.randint(2, 10):02}"
            reference = f"R{self._next():05}"
            rows.append((day, self._rng.choice(DEALERS), "付款人", amount, reference, "货款"))
        return [self._kept(FINANCE, "回款表", rows)]

    def expense_granted(self) -> list[bytes]:
        amount = self._rng.choice((800, 2600))
        number, code = f"FY-{self._next():05}", self._rng.choice(DEALERS)
        rows = [GRANTED, (number, code, "陈列费", amount, amount, "2026-11-06", "同意")]
        return [self._kept(self._rng.choice((GM, FINANCE)), "费用批准表", rows)]

    def same_sheet_again(self) -> list[bytes]:
        return [self._postmark.put_on(self._rng.choice(self._sheets))] if self._sheets else []

    def _kept(self, sender: str, name: str, rows: list[Row]) -> bytes:
        raw = self._mail(sender, f"{name}{self._count}", (f"{name}.xlsx", sheet(rows, "Sheet1")))
        self._sheets.append(raw)
        return raw

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _mail(self, sender: str, subject: str, *files: tuple[str, bytes]) -> bytes:
        return self._postmark.put_on(mail(sender, subject, "见附件" if files else "", *files))
