"""Registers by mail: distributors, products, staff, prices from a day; right, wrong, unchanged, and a word on
what was shown back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mailflow.commands.demo_desk.mails import A1, A2, BEI, Row, sheet
from mailflow.commands.demo_desk.registers import HEADS, PRODUCTS
from tests.life.town import PEOPLE, SOUTH
from tests.life.writers import STRANGER, Writers
from tests.scenarios.replies import ADMIN, GM
from tests.scenarios.test_registers import HEAD, KNOWN, NEW

IT = "it@songping.example"
PRICES = ("产品编码", "产品名称", "单价", "生效日期", "区域", "经销商")
PRICED = (("SP-A1-800", A1[0]), ("SP-A2-800", A2[0]))


class Registers(Writers):
    def distributors_changed(self) -> list[bytes]:
        """The whole register or what changes of it; a cell of it is wrong now and then."""
        rows: list[list[Any]] = [list(row) for row in KNOWN]
        row = self._rng.choice(rows)
        what = self._rng.choice(("phone", "limit", "new", "gone", "wrong", "same"))
        if what == "phone":
            row[7] = f"1300000{self._rng.randint(0, 9999):04}"
        elif what == "limit":
            row[10] = self._rng.choice((40_000, 90_000, 400_000))
        elif what == "wrong":
            row[self._rng.choice((4, 10))] = "who@songping.example"
        elif what == "new":
            rows.append(list(NEW))
        elif what == "gone":
            rows.pop()
        is_part = what in ("phone", "limit", "wrong") and self._rng.random() < 0.5
        name = "经销商名单变更" if is_part else "经销商名单"
        return [self._table(ADMIN, name, [["经销商名单"], HEAD, *([row] if is_part else rows)])]

    def products_changed(self) -> list[bytes]:
        rows = [list(row) for row in PRODUCTS]
        rows[self._rng.randint(0, 2)][7] = self._rng.choice((199, 205, "面议", 188))
        return [self._table(self._rng.choice((ADMIN, GM)), "产品目录", [HEADS["products"], *rows])]

    def staff_changed(self) -> list[bytes]:
        """Someone calls no more, or does again; nobody strikes out himself."""
        whole = self._rng.random() < 0.5
        rows = [p for p in PEOPLE if whole or p[2] != SOUTH]
        return [self._table(self._rng.choice((ADMIN, IT)), "人员名单", [HEADS["staff"], *rows])]

    def prices_listed(self) -> list[bytes]:
        rows: list[Sequence[Any]] = [PRICES]
        for _ in range(self._rng.randint(1, 3)):
            day = f"2026-{self._rng.choice(('11-12', '11-20', '12-01'))}"
            whose = self._rng.choice((("", ""), ("南区", ""), ("", "宝宝屋"), ("西区", "")))
            price = self._rng.choice((186, 200, 207))
            rows.append((*self._rng.choice(PRICED), price, day, *whose))
        sender = self._rng.choice((ADMIN, GM, GM, BEI))
        return [self._table(sender, "价格表", rows)]

    def register_decided(self) -> list[bytes]:
        """By its sender, by another, or in words that decide nothing; perhaps twice."""
        if (letter := self._some(self._got("register-answer"), 3)) is None:
            return []
        said = self._rng.choice(("同意", "同意", "同意", "不同意", "同意，但是先等等"))
        sender = self._rng.choice(("", "", "", "", BEI, STRANGER))
        return [self._reply(letter, said, sender) for _ in range(self._rng.choice((1, 1, 2)))]

    def register_agreed(self) -> list[bytes]:
        letter = self._some(self._got("register-answer", asked=True), 1)
        return [self._reply(letter, "同意")] if letter else []

    def _table(self, sender: str, name: str, rows: Sequence[Row]) -> bytes:
        subject = f"{name} 第{self._next()}版"
        return self._mail(sender, subject, "见附件", (f"{name}.xlsx", sheet(rows, "表")))
