"""A statement of account goes to whoever may have it, at once; an objection is the sales admin's."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
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
        (ADMIN, "对账单"),
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


def test_a_manager_without_a_name_gets_all_of_his_in_one_workbook(house: House) -> None:
    [letter] = asks(house, BEI, "对账单")
    assert "[DZ-202611]" in letter["Subject"]
    text = words(letter)
    assert "2026年11月对账单，3 家，应收共 61,311.50 元" in text
    assert "N101  21,312.00\n  订货 57,600.00 · 回款 36,288.00 · 费用余额 10,160.00" in text
    assert "N102  预收 0.50" in text
    [attached] = list(letter.iter_attachments())
    assert attached.get_filename() == "2026-11 对账单.xlsx"
    book = load_workbook(io.BytesIO(attached.get_payload(decode=True)))
    assert book.sheetnames == ["汇总", *(f"DZ-N10{n}-202611" for n in (1, 2, 3))]
    rows = [row for row in book["汇总"].iter_rows(min_row=5, values_only=True) if row[0]]
    assert [(row[0], *row[2:6]) for row in rows] == [
        ("N101", 0, 57600, -36288, 21312),
        ("N102", 12000, 0, -12000.5, -0.5),
        ("N103", 40000, 0, 0, 40000),
        ("合计", 52000, 57600, -48288.5, 61311.5),
    ]  # fmt: skip
    assert book["汇总"]["A5"].hyperlink.location == "'DZ-N101-202611'!A1"


def test_words_that_may_mean_several_are_asked_back(house: House) -> None:
    house.put("9", mail(BEI, "有限公司10月对账单", "谢谢"))
    house.put("9b", mail(DEALER, "青禾对账单", "谢谢"))
    house.once()
    [asked] = letters(house, BEI, "请问是哪一家")
    text = words(asked)
    assert "“有限公司”可能是下面 2 家" in text
    assert "N101" in text
    assert "N102" in text
    assert "S201" not in text
    html = asked.get_body(("html",)).get_content()
    assert "N101%202026%E5%B9%B410%E6%9C%88" in html  # 对账单 N101 2026年10月, already written
    [own] = letters(house, DEALER, "请问是哪一家")
    assert "“青禾”没有完全对上，是下面这一家吗？" in words(own)
    house.put("10", reply(asked, "小叶子，谢谢", BEI, quote=True))
    house.put("11", reply(own, "不是", DEALER))
    house.once()
    [statement] = letters(house, BEI, "[DZ-")
    assert "[DZ-N101-202610]" in statement["Subject"]
    assert letters(house, DEALER, "[DZ-") == []


def test_an_objection_is_confirmed_told_and_settled_by_an_answer(house: House) -> None:
    [letter] = asks(house, DEALER, "对账单")
    sent = message_from_bytes(reply(letter, "有异议\n11月8日的回款没有记", DEALER), policy=default)
    sent.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="回单.pdf")
    house.put("10", sent.as_bytes())
    house.once()
    [case] = [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
    assert (case["waits_on"], case["region"], case["state"]) == ("sales_admin", "北区", "open")
    confirmed, _copy = letters(house, DEALER, "异议已登记")
    assert f"异议收到，编号 {case['number']}，由销管小何核对" in words(confirmed)
    assert confirmed["Cc"] == BEI
    for person in (ADMIN, FINANCE):
        [told] = letters(house, person, "对账单有异议")
        assert f"[DZ-N101-202611 {case['number']}]" in told["Subject"]
        assert "11月8日的回款没有记" in words(told)
        assert f"随信附件：回单.pdf（在来信 {case['number']} 里）" in words(told)
        assert [a.get_filename() for a in told.iter_attachments()] == [
            "DZ-N101-202611_青禾市小叶子母婴用品有限公司.xlsx"
        ]
    # Neither he himself nor a manager settles it.
    house.put("11", reply(told, "已核实\n没问题", BEI))
    house.put("12", reply(confirmed, "已核实", DEALER))
    house.once()
    assert letters(house, DEALER, "异议已处理") == []
    answer = "已核实：昨天到账，已经登记\n请看新的对账单"
    house.put("13", reply(told, answer, FINANCE, quote=True))
    house.put("14", reply(told, answer + "。", ADMIN))
    house.once()
    settled, *copies = letters(house, DEALER, "异议已处理")
    assert len(copies) == 3
    assert "财务部的答复：\n昨天到账，已经登记\n请看新的对账单\n" in words(settled)
    assert {a.strip() for a in settled["Cc"].split(",")} == {BEI, ADMIN, FINANCE}
    [case] = [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
    assert case["state"] == "closed"
    [objection] = [m for m in house.rows("mails") if m["id"] == int(case["subject_id"])]
    assert objection["state"] == "done"


def test_under_several_statements_the_words_say_whose_is_wrong(house: House) -> None:
    [letter] = asks(house, BEI, "对账单")
    house.put("10", reply(letter, "有异议\n宝宝屋 11月5日多记了", BEI))
    house.put("11", reply(letter, "有异议\n有一家不对", BEI))
    house.once()
    [case] = [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
    [told] = letters(house, FINANCE, "对账单有异议")
    assert f"[DZ-N102-202611 {case['number']}]" in told["Subject"]
    assert "北区经理对2026年11月对账单有异议" in words(told)
    [first] = letters(house, BEI, "异议已登记")
    house.put("12", reply(first, "有异议\n宝宝屋 11月5日多记了 0.50 元", BEI))
    house.once()
    every = [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
    assert [c["state"] for c in every] == ["closed", "open"]


def test_thanks_for_a_statement_are_no_objection_and_ask_for_none(house: House) -> None:
    [letter] = asks(house, DEALER, "对账单")
    house.put("10", reply(letter, "收到，无异议", DEALER))
    house.once()
    assert len([m for m in letters(house, DEALER) if "[DZ-" in m["Subject"]]) == 1
    assert not [c for c in house.rows("cases") if c["reason"] == "statement-disputed"]
