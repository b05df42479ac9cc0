"""A mail asks how far the month's reports are where it says that and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.month import Month
from mailflow.domain.month_clock import MonthPlan, month_looked_at
from mailflow.rules.month_words import GridWanted, grid_asked


@pytest.mark.parametrize(
    "text",
    ["", "报表", "报表进度怎么还没更新", "month", "month 2026", "month 2026-13", "2026-11", "11月报表", "库存报表 2026-11",
     "报表进度 2026-11 和 2026-12", "11月报表进度 2026-12", "订单进度", "report 2026-11", "month 2026-11 please"],
)  # fmt: skip
def test_other_words_ask_for_nothing(text: str) -> None:
    assert grid_asked(text, "") is None


@pytest.mark.parametrize(
    ("text", "month"),
    [("报表进度 2026-11", Month(2026, 11)), ("报表进度", None), ("month 2026-11", Month(2026, 11)), ("Month：2026-1", Month(2026, 1)),
     ("请发一下11月库存报表进度", Month(None, 11)), ("２０２６年１１月份报表上报情况", Month(2026, 11)), ("Re: 报表进度 2026年9月", Month(2026, 9)),
     ("report progress 2026-11", Month(2026, 11)), ("经销商库存报表情况表。", None)],
)  # fmt: skip
def test_a_month_is_heard_in_subject_or_first_line(text: str, month: Month | None) -> None:
    assert grid_asked(text, "") == GridWanted(month)
    assert grid_asked("Re: 订单", text) == GridWanted(month)
    assert grid_asked(text, text) == GridWanted(month)


def test_two_months_are_none_and_words_in_a_reply_are_for_a_person() -> None:
    assert grid_asked("报表进度 2026-11", "报表进度 2026-12") is None
    assert grid_asked("Re: 报表进度 2026-11", "小叶子昨天交了，怎么没有") is None
    assert grid_asked("报表进度 2026-11", "您好") == GridWanted(Month(2026, 11))


@pytest.mark.parametrize(
    ("today", "plan", "month"),
    [
        (date(2026, 12, 3), None, date(2026, 11, 1)),
        (date(2026, 12, 18), None, date(2026, 12, 1)),
        (date(2027, 1, 17), MonthPlan(), date(2026, 12, 1)),
        (date(2027, 1, 5), MonthPlan(remind=5, of_current=False), date(2026, 12, 1)),
        (date(2027, 1, 4), MonthPlan(remind=5, of_current=False), date(2026, 11, 1)),
    ],
)
def test_without_a_month_it_is_that_of_the_round_which_began_last(
    today: date, plan: MonthPlan | None, month: date
) -> None:
    assert month_looked_at(plan, today) == month


def test_a_month_without_its_year_is_the_last_there_was() -> None:
    assert Month(None, 12).begin(date(2027, 1, 5)) == date(2026, 12, 1)
    assert Month(None, 1).begin(date(2027, 1, 5)) == date(2027, 1, 1)
    assert Month(2025, 3).begin(date(2027, 1, 5)) == date(2025, 3, 1)
