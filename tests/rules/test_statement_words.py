"""A statement of account is asked for in words that mean nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.answer import Said
from mailflow.domain.month import Month
from mailflow.rules.statement_words import (
    Wanted,
    named_since,
    objection,
    settlement,
    statement_asked,
)

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("subject", "who", "month"),
    [
        ("对账单", "", None),
        ("请发一下小叶子10月对账单，谢谢", "小叶子", Month(2026, 10)),
        ("Re: 对账单 N101 2026年9月", "n101", Month(2026, 9)),
        ("宝宝屋12月份的对帐单", "宝宝屋", Month(2025, 12)),
        ("小叶子上个月对账单", "小叶子", Month(2026, 10)),
        ("奶香本月对账单", "奶香", None),
        ("Statement of account S201 2026-10", "s201", Month(2026, 10)),
    ],
)
def test_whose_and_of_which_month(subject: str, who: str, month: Month | None) -> None:
    wanted = statement_asked(subject, "", TODAY)
    assert wanted is not None
    assert (wanted.who.casefold(), wanted.month) == (who, month)


def test_the_first_line_asks_where_the_subject_does_not() -> None:
    wanted = statement_asked("您好", "麻烦发小叶子的对账单", TODAY)
    assert wanted is not None
    assert wanted.who == "小叶子"


@pytest.mark.parametrize("subject", ["对账", "账单", "余额多少", "对账单" + "很长" * 80, ""])
def test_what_is_not_just_that_is_left_to_people(subject: str) -> None:
    assert statement_asked(subject, "", TODAY) is None


def test_of_january_the_last_month_is_december() -> None:
    wanted = statement_asked("小叶子上月对账单", "", date(2027, 1, 4))
    assert wanted is not None
    assert wanted.month == Month(2026, 12)


@pytest.mark.parametrize(
    ("subject", "first", "wanted"),
    [
        (
            "Re: 有限公司10月对账单 [M46] 请问是哪一家",
            "N101，谢谢",
            Wanted("n101", Month(2026, 10)),
        ),
        ("回复: Re: 对账单 [M46] which distributor?", "小叶子", Wanted("小叶子", None)),
        ("Re: 对账单 [M46] 请问是哪一家", "谢谢", None),
        ("Re: 小叶子11月订单 [M46]", "N101", None),
        ("对账单", "N101", None),
    ],
)
def test_a_reply_to_the_question_which_one_names_it(
    subject: str, first: str, wanted: Wanted | None
) -> None:
    assert named_since(subject, first, TODAY) == wanted


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("有异议", "少记一笔"),
        ("有异议：11月的", "11月的\n少记一笔"),
        ("Disputed", "少记一笔"),
        ("无异议", None),
        ("没有异议", None),
        ("谢谢", None),
        ("已核实", None),
    ],
)
def test_an_objection_is_said_in_the_first_line(first: str, reason: str | None) -> None:
    assert objection(Said(first=first, besides=("少记一笔",))) == reason


@pytest.mark.parametrize(
    ("first", "answer"),
    [
        ("已核实", "对的"),
        ("已经核对清楚，昨天到账", "昨天到账\n对的"),
        ("Settled: paid", "paid\n对的"),
        ("已处理不了", None),
        ("没有核实", None),
        ("有异议", None),
    ],
)
def test_it_is_settled_by_a_word_of_its_own(first: str, answer: str | None) -> None:
    assert settlement(Said(first=first, besides=("对的",))) == answer
