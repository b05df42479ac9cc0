"""A statement of account goes to whoever may have it, at once; an objection is the sales admin's."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import BEI, NAN, mail
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, letters, reply, words
from tests.scenarios.report_mails import PAYMENTS, WAREHOUSE

DEALER = "n101@dealer.example"


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path)
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    house.put("02", PAYMENTS.raw)
    house.once()
    return house


def asks(house: House, sender: str, subject: str, text: str = "谢谢") -> list[EmailMessage]:
    house.put("9", mail(sender, subject, text))
    done = house.once()
    assert done.returncode == 0, done.stderr
    return [m for m in letters(house, sender) if "[DZ-" in m["Subject"]]


def sheet_of(letter: EmailMessage) -> list[tuple[Any, ...]]:
    [attached] = list(letter.iter_attachments())
    assert attached.get_filename() == "DZ-N101-202611_青禾市小叶子母婴用品有限公司.xlsx"
    book = load_workbook(io.BytesIO(attached.get_payload(decode=True)))
    return [tuple(row) for row in book.active.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        (NAN, "小叶子对账单"),
        (WAREHOUSE, "小叶子对账单"),
        (DEALER, "宝宝屋对账单"),
        (BEI, "对账单"),
        (BEI, "小叶子对账单，另外要质检报告"),
        (BEI, "小叶子 2026年12月 对账单"),
        ("who@elsewhere.example", "小叶子对账单"),
    ],
)
def test_who_may_not_have_it_or_is_not_understood_gets_none(
    house: House, sender: str, subject: str
) -> None:
    assert asks(house, sender, subject) == []
    [*_, row] = house.rows("mails")
    assert row["state"] in ("review", "ignored")


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        (BEI, "请发小叶子对账单"),
        (DEALER, "对账单"),
        (ADMIN, "N101 11月对账单"),
        (FINANCE, "小叶子对账单"),
    ],
)
def test_who_may_have_it_gets_every_entry(house: House, sender: str, subject: str) -> None:
    [letter] = asks(house, sender, subject)
    assert letter["In-Reply-To"]
    text = words(letter)
    for said in (
        "订货  57,600.00",
        "回款  -36,288.00",
        "期末应收  21,312.00",
        "期末费用余额  10,160.00",
    ):
        assert said in text
    rows = sheet_of(letter)
    table = [row for row in rows if row[1] in ("建账余额", "订货", "回款")]
    assert sorted((r[1], r[3], r[5]) for r in table) == [
        ("回款", -36288, 0), ("建账余额", 0, 20000), ("订货", 57600, -9840),
    ]  # fmt: skip
    [end] = [row for row in rows if row[0] == "期末余额"]
    assert (end[4], end[6]) == (21312, 10160)
    [*_, row] = house.rows("mails")
    assert (row["state"], row["reason"]) == ("done", "statement-sent")


def test_a_complaint_beside_the_wish_is_read_by_a_person(house: House) -> None:
    assert asks(house, DEALER, "对账单", "上次的对账单少了一笔回款，请看一下") == []
    [*_, row] = house.rows("mails")
    assert row["state"] == "review"


def test_a_month_before_the_ledger_is_empty(house: House) -> None:
    [letter] = asks(house, BEI, "小叶子10月对账单")
    assert "[DZ-N101-202610]" in letter["Subject"]
    assert "这个月没有记录" in words(letter)


def test_an_objection_is_a_case_of_the_sales_admin_with_its_words(house: House) -> None:
    [letter] = asks(house, DEALER, "对账单")
    house.put("10", reply(letter, "有异议\n11月8日的回款没有记", DEALER))
    house.once()
    [case] = [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
    assert (case["waits_on"], case["region"], case["state"]) == ("sales_admin", "北区", "open")
    told = house.run("show", "mail", case["subject_id"]).stdout
    assert "11月8日的回款没有记" in told


def test_thanks_for_a_statement_are_no_objection_and_ask_for_none(house: House) -> None:
    [letter] = asks(house, DEALER, "对账单")
    house.put("10", reply(letter, "收到，无异议", DEALER))
    house.once()
    assert len([m for m in letters(house, DEALER) if "[DZ-" in m["Subject"]]) == 1
    assert not [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
