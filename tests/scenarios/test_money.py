"""Payments and approved expenses come by mail: each row is entered once, or asked about at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, BEI, Row, mail, order, sheet
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, FINANCE, GM, letters, words
from tests.scenarios.report_mails import EXPENSES, PAYMENTS
from tests.scenarios.test_ledger import account

HEAD: Row = ("到账日期", "经销商", "付款人", "回款金额", "银行流水号", "备注")
ONE: Row = ("2026-11-03", "小叶子", "陈某", 1000, "R1", "货款")
OTHER: Row = ("2026-11-04", "N102", "林某", 200.5, "", "")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path)


class Finance:
    """Sends sheets of payments one after the other, each with a subject of its own."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.sent = 0

    def sends(
        self, *rows: Row, sender: str = FINANCE, subject: str = "", text: str = "见附件"
    ) -> str:
        """What the answer says; empty where there is none."""
        self.sent += 1
        subject = subject or f"{self.sent}号回款表"
        book = ("回款.xlsx", sheet([HEAD, *rows], "Sheet1"))
        self.house.put(f"{self.sent:03}", mail(sender, subject, text, book))
        done = self.house.once()
        assert done.returncode == 0, done.stderr
        mine = [m for m in letters(self.house, sender) if m["In-Reply-To"]]
        answers = [m for m in mine if m["In-Reply-To"] == _message_id(sender, subject)]
        return f"{answers[-1]['Subject']}\n{words(answers[-1])}" if answers else ""

    def entries(self, code: str = "N101") -> list[tuple[str, str, str]]:
        if not self.sent:
            return []
        return [
            (e["kind"], e["cash"], e["expense"])
            for e in account(self.house, code)["entries"]
            if e["kind"] != "opening"
        ]

    @property
    def ends(self) -> list[tuple[str, str]]:
        return [(m["state"], m["reason"]) for m in self.house.rows("mails")]


def _message_id(sender: str, subject: str) -> str:
    raw = mail(sender, subject, "")
    return next(
        line.partition(b": ")[2].decode()
        for line in raw.splitlines()
        if line.startswith(b"Message-ID")
    )


@pytest.mark.parametrize("sender", [BEI, ADMIN, GM, "n101@dealer.example"])
def test_nobody_but_finance_says_that_money_came(house: House, sender: str) -> None:
    finance = Finance(house)
    assert finance.sends(ONE, sender=sender) == ""
    assert finance.ends == [("review", "report-received")]
    assert finance.entries() == []


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("更正：11月回款表", "见附件"),
        ("回款表", "上一封作废，以这封为准"),
        ("11月预计回款", "见附件"),
    ],
)
def test_words_around_the_sheet_are_read_by_a_person(house: House, subject: str, text: str) -> None:
    finance = Finance(house)
    assert finance.sends(ONE, subject=subject, text=text) == ""
    assert finance.ends == [("review", "report-received")]
    assert finance.entries() == []


def test_each_payment_is_an_entry_with_its_cell_and_finance_hears(house: House) -> None:
    house.put("1", PAYMENTS.raw)
    house.once()
    [row] = house.rows("mails")
    assert (row["state"], row["reason"]) == ("done", "money-entered")
    entry = account(house, "N101")["entries"][-1]
    told = {k: entry[k] for k in ("kind", "day", "document", "cash", "owed", "mail_id", "cell")}
    assert told == {
        "kind": "payment", "day": "2026-11-03", "document": "2026110300017", "cash": "-36288.00",
        "owed": "-36288.00", "mail_id": 1, "cell": "Sheet1!D3",
    }  # fmt: skip
    assert account(house, "N102")["owed"] == "-0.50"
    [answer] = letters(house, FINANCE)
    text = words(answer)
    assert answer["Subject"].startswith("Re: 11月回款 [M1]")
    for said in ("已入账 2 笔", "48,288.50 元", "D3", "预收 36,288.00", "预收 0.50"):
        assert said in text
    assert house.rows("cases") == []


def test_the_same_sheet_again_enters_nothing_and_says_so(house: House) -> None:
    finance = Finance(house)
    finance.sends(ONE, OTHER)
    before = finance.entries()
    text = finance.sends(ONE, OTHER)
    assert "没有重复记" in text
    assert "M1 回款.xlsx Sheet1!D2" in text
    assert finance.entries() == before == [("payment", "-1000.00", "0.00")]
    assert finance.ends[-1] == ("done", "money-known")
    assert "已入账 1 笔" in finance.sends(ONE, ("2026-11-05", "小叶子", "", 5, "R2", ""))
    assert finance.entries()[-1] == ("payment", "-5.00", "0.00")


def test_a_row_of_nobody_is_asked_and_the_others_are_entered(house: House) -> None:
    finance = Finance(house)
    strange: Row = ("2026-11-04", "不认识的店", "", 300, "R3", "")
    text = finance.sends(ONE, strange)
    assert "已入账 1 笔，1 处要请您核对" in text
    assert "B3" in text
    assert "不认识的店" in text
    assert finance.ends == [("returned", "money-asked")]
    [case] = house.rows("cases")
    assert (case["waits_on"], case["state"], case["reason"]) == ("finance", "open", "report-whose")
    text = finance.sends(
        ONE,
        ("2026-11-04", "宝宝屋", "", 300, "R3", ""),
        subject="Re: 1号回款表 [M1] 有行要请您核对",
    )
    assert "已入账 1 笔，1 笔以前已入账" in text
    assert finance.entries("N102") == [("payment", "-300.00", "0.00")]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def test_somebody_elses_case_is_not_closed(house: House) -> None:
    finance = Finance(house)
    finance.sends(ONE, sender=BEI)
    finance.sends(OTHER, subject="回款表 [M1] [M99]")
    assert [c["state"] for c in house.rows("cases")] == ["open"]


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        (("2026-11-03", "小叶子", "宝宝屋", 1000, "R1", ""), "", "N102"),
        (("2026-11-30", "小叶子", "", 1000, "R1", ""), "A2", "还没有到"),
        (("2026-11-03", "小叶子", "", 1000, "R1", "款项待确认"), "F2", "待确"),
        (("2026-11-03", "小叶子", "", 1000, "R1", "履约保证金"), "F2", "保证金"),
        (("2026-11-03", "小叶子", "", 1000, "R1", "冲抵市场费用"), "F2", "费用"),
        (("2026-11-03", "小叶子", "", 1000, "R1", "冲销上月"), "F2", "冲销"),
        (("2026-11-03", "小叶子", "", -1000, "R1", ""), "D2", "负数"),
        (("2026-11-03", "小叶子", "", 0, "R1", ""), "D2", "金额是 0"),
        (("2026-11-03", "小叶子", "", 10.005, "R1", ""), "D2", "到分"),
        (("2026-11-03", "小叶子", "", "约1000", "R1", ""), "D2", ""),
        (("", "小叶子", "", 1000, "", ""), "A2", ""),
    ],
)
def test_what_is_not_certain_of_a_row_is_asked_at_its_cell(
    house: House, row: Row, cell: str, said: str
) -> None:
    finance = Finance(house)
    text = finance.sends(row, OTHER)
    assert cell in text, text
    assert said in text, text
    assert finance.entries() == []
    assert finance.entries("N102") == [("payment", "-200.50", "0.00")]


def test_a_total_that_differs_leaves_the_whole_sheet_unentered(house: House) -> None:
    finance = Finance(house)
    text = finance.sends(ONE, OTHER, ("合计", "", "", 1300.5, "", ""))
    assert "整张表都没有入账" in text
    assert "D4" in text
    assert finance.entries() == finance.entries("N102") == []


def test_a_payment_is_taken_back_by_a_row_below_zero_that_says_so(house: House) -> None:
    finance = Finance(house)
    finance.sends(ONE)
    text = finance.sends(("2026-11-06", "小叶子", "陈某", -1000, "R1", "记错，冲销"))
    assert "已入账 1 笔" in text
    assert finance.entries() == [("payment", "-1000.00", "0.00"), ("payment", "1000.00", "0.00")]
    assert account(house, "N101")["owed"] == "0.00"


@pytest.mark.parametrize(
    ("again", "is_asked"),
    [
        (("2026-11-03", "小叶子", "", 1000, "", ""), True),
        (("2026-11-03", "小叶子", "", 1000, "", "另一笔"), False),
        (("2026-11-03", "小叶子", "", 1000, "R2", ""), False),
        (("2026-11-03", "小叶子", "陈某", 1001, "R1", ""), True),
        (("2026-11-03", "宝宝屋", "", 1000, "R1", ""), False),
        (("2026-11-04", "小叶子", "", 1000, "", ""), False),
    ],
)
def test_what_may_be_the_same_money_is_asked(house: House, again: Row, *, is_asked: bool) -> None:
    finance = Finance(house)
    finance.sends(ONE)
    text = finance.sends(again)
    assert ("可能是同一笔" in text) is is_asked, text
    assert ("已入账 1 笔" in text) is not is_asked


def test_an_order_that_fits_the_limit_after_a_payment_is_named_and_stays_held(house: House) -> None:
    book = ("亲贝.xlsx", sheet(order("N101", [(A1, 20, "现金"), (A2, 250, "现金")])))
    house.put("0", mail(BEI, "小叶子大单", "请发货", book))
    house.once()
    [held] = [o for o in house.rows("orders") if o["state"] == "held"]
    finance = Finance(house)
    text = finance.sends(("2026-11-03", "小叶子", "", 1000, "R1", ""))
    assert held["number"] not in text
    text = finance.sends(("2026-11-04", "小叶子", "", 500000, "R2", ""))
    assert held["number"] in text
    assert "不会自动放行" in text
    assert [o["state"] for o in house.rows("orders")] == ["held"]


def test_expenses_are_granted_row_by_row(house: House) -> None:
    house.put("1", EXPENSES.raw)
    house.once()
    assert account(house, "N102")["expense_left"] == "10500.00"
    assert account(house, "S201")["expense_left"] == "35000.00"
    text = words(letters(house, GM)[0])
    assert "市场费用" in text
    assert "费用余额 10,500.00" in text
    rows: Sequence[Any] = [
        *EXPENSES.rows,
        ("FY-2611-03", "奶香", "陈列费", 100, 100, "2026-11-07", "驳回"),
        ("FY-2611-01", "宝宝屋", "陈列费", 3000, 2600, "2026-11-06", "同意"),
    ]
    again = mail(FINANCE, "费用补充", "见附件", ("费用.xlsx", sheet(rows, "Sheet1")))
    house.put("2", again)
    house.once()
    text = words(letters(house, FINANCE)[0])
    assert "这次没有入账，2 笔以前已入账" in text
    assert "G4" in text
    assert "“驳回”" in text
    assert "E5" in text
    assert "可能是同一笔" in text
    assert account(house, "S201")["expense_left"] == "35000.00"


def test_a_sheet_too_long_to_look_up_is_looked_at_by_a_person(house: House) -> None:
    finance = Finance(house)
    rows: list[Row] = [("2026-11-03", "小叶子", "", n, f"R{n}", "") for n in range(1, 2002)]
    assert finance.sends(*rows) == ""
    assert finance.ends == [("review", "report-received")]
    assert finance.entries() == []
