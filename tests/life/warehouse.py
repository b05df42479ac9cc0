"""What a warehouse sends back about the lists it has: filled in, in part, too much, in words, twice."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from mailflow.commands.demo_desk.mails import mail
from tests.life.books import Books, Sent, goods_on
from tests.life.post import Postmark
from tests.parsers.sheets import saved
from tests.parsers.sheets import workbook as workbook_of
from tests.scenarios.shipped import WAREHOUSE, filled
from tests.scenarios.test_stock import stock

STOCKED = ("SP-A1-800", "SP-A2-800", "SP-A3-800", "SP-G1-800", "SP-G2-800")
REPORT = ["清单号", "产品编码", "实发箱数", "批号", "承运商", "运单号", "发货日期"]
PER_CASE = 6
"""Of every product that is ordered in these stories."""


class Warehouse:
    """Every load has a waybill of its own."""

    def __init__(self, rng: Random, books: Books, postmark: Postmark) -> None:
        self._postmark = postmark
        self._rng = rng
        self._books = books
        self._loads = 0
        self._filled: list[tuple[str, bytes]] = []

    def list_filled_in(self) -> list[bytes]:
        """As listed; or with some lines short, too many, or left for another day."""
        if (letter := self._some_list()) is None:
            return []
        [workbook] = letter.workbooks()
        how = self._rng.choice(("all", "all", "all", "part", "less", "more"))
        cases = {n: tins // PER_CASE for n, (_, tins) in enumerate(goods_on(workbook))}
        line = self._rng.choice(sorted(cases))
        if how == "part":
            cases = {line: cases[line]}
        elif how in ("less", "more"):
            cases[line] = max(0, cases[line] + (1 if how == "more" else -1))
        data = filled(letter.letter, cases, self._batches(cases), self._truck())
        self._filled.append((letter.subject_id, data))
        return [self._mail(f"清单回填 {letter.subject_id}", "请查收", data)]

    def list_corrected(self) -> list[bytes]:
        """It says so, and other figures than before."""
        if not self._filled:
            return []
        number, _ = self._rng.choice(self._filled)
        mine = [s for s in self._lists() if s.subject_id == number]
        [workbook] = mine[-1].workbooks()
        cases = {n: max(0, tins // PER_CASE - 1) for n, (_, tins) in enumerate(goods_on(workbook))}
        data = filled(mine[-1].letter, cases, {}, self._truck())
        return [self._mail(f"更正 清单回填 {number}", "之前填错了，以此为准", data)]

    def report_over_lists(self) -> list[bytes]:
        """All that some lists say, in one sheet; a list that is not ours among them now and then."""
        lists = self._lists()
        chosen = self._rng.sample(lists, min(len(lists), self._rng.randint(1, 3)))
        rows = []
        for letter in chosen:
            truck = self._truck()
            [workbook] = letter.workbooks()
            rows += [
                [letter.subject_id, sku, tins // PER_CASE, "B4", *truck.values()]
                for sku, tins in goods_on(workbook)
            ]
        if self._rng.random() < 0.1:
            rows.append(["FH261101-0999", "SP-A1-800", 1, "B4", *self._truck().values()])
        if not rows:
            return []
        return [self._mail("发货明细", "请查收", saved(workbook_of([REPORT, *rows])))]

    def stock_told(self) -> list[bytes]:
        """A count of all that is ordered in these stories, rarely enough of everything."""
        rows = [(sku, self._rng.choice((0, 2, 10, 40, 200))) for sku in STOCKED]
        return [self._postmark.put_on(stock(*rows))]

    def same_list_again(self) -> list[bytes]:
        if not self._filled:
            return []
        number, data = self._rng.choice(self._filled)
        return [self._mail(f"再发一次 {number}", "请查收", data)]

    def sent_in_words(self) -> list[bytes]:
        if (letter := self._some_list()) is None:
            return []
        waybill = self._truck()["waybill"]
        said = self._rng.choice((f"已发 顺丰 {waybill}", f"全部发出，顺丰 {waybill}", "发了一部分"))
        return [self._mail(f"回复：{letter.letter['Subject']}", said)]

    def _some_list(self) -> Sent | None:
        lists = self._lists()
        return self._rng.choice(lists) if lists else None

    def _lists(self) -> list[Sent]:
        return [
            s for s in self._books.sent() if s.notice == "dispatch-list" and s.state == "accepted"
        ]

    def _batches(self, cases: Mapping[int, int]) -> dict[int, str]:
        return {line: f"B{self._rng.randint(1, 3)}" for line in cases if self._rng.random() < 0.5}

    def _truck(self) -> dict[str, str]:
        self._loads += 1
        return {"carrier": "顺丰", "waybill": f"SF{10_000_000 + self._loads}", "day": "2026-11-12"}

    def _mail(self, subject: str, text: str, data: bytes | None = None) -> bytes:
        files = [("清单.xlsx", data)] if data else []
        return self._postmark.put_on(mail(WAREHOUSE, subject, text, *files))
