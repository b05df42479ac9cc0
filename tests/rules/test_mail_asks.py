"""What a mail says around its sheet is heard before goods move."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.spelling import plain
from mailflow.rules.wishes import said
from tests.rules.desk import CASES, TINS, codes, facts, line, order


@pytest.mark.parametrize(
    "text",
    [
        "",
        "您好，附件是订单，请查收并安排发货。谢谢！",
        "Please find our order attached. Thank you.",
        "附件是订单。\n\n-----原始邮件-----\n发件人: 某某\n第三行改为20箱",
        "请安排。\n> 上次的订单取消了 12 箱",
    ],
)
def test_ordinary_words_and_quoted_mails_are_no_wish(text: str) -> None:
    assert "mail-asks" not in codes(order(), facts(mail_text=text))


@pytest.mark.parametrize(
    "text",
    ["第三行改为20箱", "金装1段另加 999 箱", "这单先取消", "Please cancel line 3", "请发往新地址"],
)
def test_a_wish_beyond_the_sheet_goes_to_the_sales_admin(text: str) -> None:
    assert "mail-asks" in codes(order(), facts(mail_text=f"您好，\n{text}\n谢谢"))


def test_what_is_passed_on_may_take_back_what_the_sheet_says() -> None:
    said = facts(mail_text="请处理", forwarded_text="附件订单里最后一个取消，谢谢")
    assert "mail-asks" in codes(order(), said)
    assert "mail-asks" not in codes(order(), facts(forwarded_text="附件是订单，谢谢"))
    assert "mail-asks" not in codes(order(), facts(mail_text="见附件\n> 最后一个取消"))


def test_words_that_pay_by_expense_are_asked_about_where_cash_pays() -> None:
    assert "mail-asks" in codes(order(), facts(mail_text="附件是订单，走市场费用"))
    paid = order(line(funding="费用"))
    assert "mail-asks" not in codes(paid, facts(mail_text="附件是订单，走市场费用"))


_SIGNS = st.text(alphabet=" \t\n\u3000ab1不要，送.", max_size=40)


@given(_SIGNS)
def test_white_space_beside_chinese_signs_is_nothing(text: str) -> None:
    plainly = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", plain(text))
    assert said(text) == plainly


def test_a_hundred_thousand_spaces_are_looked_at_once() -> None:
    assert said("a" + " " * 100_000 + "b").count(" ") == 100_000  # else this takes hours


@pytest.mark.parametrize(
    "text",
    [
        "附件是订单，金装2段也要10箱", "附件是上周发过的订单，备查，不用处理", "附件供参考，暂时不用安排",
        "附件是下月的预估，先报给你们备货", "附件订单，12月10日再发货", "金装1段没货换2段", "附件是平川爱岛的订单，请查收",
        "Order attached. Please skip Gold 1 this time.", "Attached is our forecast for December.", "Attached, ship half now.",
    ],
)  # fmt: skip
def test_words_that_make_the_order_another_one_are_asked_about(text: str) -> None:
    assert "mail-asks" in codes(order(), facts(mail_text=text))


@pytest.mark.parametrize(
    "text",
    [
        "附件是石门贝乐和平川爱岛的订单，请查收", "订单见附件，发货后请通知", "11月25日前请发货", "Please ship it soon.",
        "附件是订单，格式请参考上次平川爱岛的订单",
    ],
)  # fmt: skip
def test_usual_words_beside_an_order_are_no_wish(text: str) -> None:
    assert "mail-asks" not in codes(order(), facts(mail_text=text))


def test_a_unit_is_denied_in_english_too() -> None:
    said = facts(mail_text="Order attached. Quantities are in tins.")
    assert "mail-asks" in codes(order(line(number="10", unit=CASES)), said)
    assert "mail-asks" not in codes(order(line(number="60", unit=TINS)), said)
