"""Lists of consumers and what became of the calls. Whoever stands on them is told by name and number: `某` in
the one, 1391 (北区) or 1392 (南区) ahead in the other; nobody else in these stories has such."""

from __future__ import annotations

import io
from collections.abc import Sequence
from random import Random

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, Row, sheet
from tests.life.books import Books
from tests.life.post import Postmark
from tests.life.town import ASSISTANT, DEALERS, NORTH, SOUTH
from tests.life.writers import STRANGER, Writers
from tests.parsers.sheets import saved, workbook
from tests.scenarios.consumers import listed
from tests.scenarios.replies import ADMIN
from tests.scenarios.test_call_backs import HEAD, SAMPLE
from tests.scenarios.test_samples import form

STORES = {"亲贝": "1391", "小叶子": "1391", "宝宝屋": "1391", "奶香": "1392", "童心": "1392"}
"""Distributors, and how the numbers of their consumers begin."""
AGENT = {"1391": NORTH, "1392": SOUTH}
FIGURES = "一二三四五六七八九十"
RESULTS = (("接通", "是"), ("接通", "否"), ("接通", "部分使用"), ("无人接听", None), ("空号", None))
FIRST, LAST = 9, 15
"""Columns of a call sheet that an agent fills in, from 1."""


class Callers(Writers):
    def __init__(self, rng: Random, books: Books, postmark: Postmark) -> None:
        super().__init__(rng, books, postmark)
        self._known: list[Row] = []

    def consumers_listed(self) -> list[bytes]:
        """New ones, some who are known, some of whom something is missing."""
        sender = self._rng.choice((ADMIN, ADMIN, BEI, NAN, *DEALERS))
        rows = [self._consumer() for _ in range(self._rng.randint(1, 4))]
        rows += self._rng.sample(self._known, min(len(self._known), self._rng.randint(0, 2)))
        self._known += rows
        if self._rng.random() < 0.3:
            name, phone, *rest = rows[0]
            rows.append((name, f"{phone}"[:-3], *rest))
        return [self._list(sender, rows)]

    def consumers_listed_by_others(self) -> list[bytes]:
        sender = self._rng.choice((STRANGER, ASSISTANT, NORTH))
        return [self._list(sender, [self._consumer()])]

    def _list(self, sender: str, rows: Sequence[Row]) -> bytes:
        subject = f"消费者名单{self._next()}"
        return self._mail(sender, subject, "请查收", ("消费者名单.xlsx", listed(*rows)))

    def _consumer(self) -> Row:
        store = self._rng.choice(sorted(STORES))
        number = self._next()
        phone = f"{STORES[store]}{number:07}"
        if self._rng.random() < 0.2:
            phone = f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"
        name = f"王某{FIGURES[number % 10]}"
        return name, phone, "", "", f"{store}店", store, "优护1段"

    def calls_made(self) -> list[bytes]:
        """The sheet that an agent got, filled in; in part, or again and otherwise."""
        with_sheet = [s for s in self._got("consumers-to-call") if s.workbooks()]
        if (letter := self._some(with_sheet)) is None:
            return []  # of a list that was deleted nobody has a sheet any more
        book = load_workbook(io.BytesIO(letter.workbooks()[0]))
        page = book.active
        assert page is not None
        for row in range(3, page.max_row + 1):
            if self._rng.random() < 0.2:
                continue
            result, used = self._rng.choice(RESULTS)
            tins = (2, 1, 0) if used else (None, None, None)
            said = ("2026-11-11", "小陈", result, used, *tins)
            for column, value in enumerate(said, start=FIRST):
                page.cell(row, column, value)
        out = io.BytesIO()
        book.save(out)
        return [self._reply(letter, "请查收", "", ("回访结果.xlsx", out.getvalue()))]

    def calls_summed_up(self) -> list[bytes]:
        """In the agent's own sheet, by consumer; now and then for a region that is not his."""
        store = self._rng.choice(sorted(STORES))
        sender = AGENT[STORES[store]] if self._rng.random() < 0.8 else NORTH
        rows = []
        for _ in range(self._rng.randint(1, 4)):
            number = self._rng.randint(1, 12)
            result, used = self._rng.choice(RESULTS)
            name, phone = f"李某{FIGURES[number % 10]}", f"{STORES[store]}5{number:06}"
            day, given = f"2026-11-{self._rng.randint(2, 9):02}", self._rng.choice((1, 24, 48))
            told = f"{name}说宝宝喜欢" if used else ""
            rows.append([store, f"{store}店", name, phone, SAMPLE, day, result, used, given, told])
        data = saved(workbook([["回访结果"], HEAD, *rows]))
        subject = f"回访结果{self._next()}"
        return [self._mail(sender, subject, "见附件", ("回访结果.xlsx", data))]

    def list_deleted(self) -> list[bytes]:
        """By whose it is, or by another."""
        rows = self._books.rows("select number, sender from consumer_lists order by id")
        if not rows:
            return []
        row = self._rng.choice(rows)
        sender = self._rng.choice((row["sender"], row["sender"], NAN, STRANGER))
        return [self._mail(sender, f"删除名单 {row['number']}", "")]

    def samples_ordered(self) -> list[bytes]:
        """Sample tins too, of which stores that used few of them get fewer."""
        cases = self._rng.randint(1, 4)
        rows = form(((SAMPLE, 0), cases, "小听粉"), (A1, self._rng.randint(1, 9), "现金"))
        return [self._mail(BEI, f"小叶子订单{cases}", "您好", ("小叶子.xlsx", rows))]

    def samples_waived(self) -> list[bytes]:
        rows = self._books.rows("select number from sample_shortfalls order by number")
        return [self._mail(ADMIN, f"免扣 {self._rng.choice(rows)['number']}", "")] if rows else []

    def list_and_more(self) -> list[bytes]:
        """Consumers beside something else: a person reads it."""
        files = (
            ("名单.xlsx", listed(self._consumer())),
            ("表.xlsx", sheet([("月份",), ("11",)], "表")),
        )
        return [self._mail(self._rng.choice((ADMIN, BEI)), "资料", "请转发仓库", *files)]
