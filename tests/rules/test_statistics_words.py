"""A mail asks for statistics where it names a period and nothing else."""

from __future__ import annotations

import pytest

from mailflow.rules.statistics_words import statistics_asked


@pytest.mark.parametrize(
    "text",
    ["", "统计", "统计一下", "report", "统计 2026-13", "统计 2026年13月", "统计2026年第5季度", "11月统计", "2026-11",
     "请统计 2026-11 的库存", "统计 2026-11 和 2026-12", "report of 2026-11", "统计 26-11", "2026年11月销售统计：订货 1 元"],
)  # fmt: skip
def test_other_words_ask_for_nothing(text: str) -> None:
    assert statistics_asked(text, text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [("统计 2026-11", "2026-11"), ("统计2026-Q4", "2026-Q4"), ("统计 2026", "2026"), ("统计：2026年11月", "2026-11"),
     ("统计２０２６年１１月份", "2026-11"), ("统计 2026年第四季度", "2026-Q4"), ("统计2026年4季度", "2026-Q4"), ("统计 2026年", "2026"),
     ("请发一份销售统计 2026-1", "2026-01"), ("Report 2026-11", "2026-11"), ("statistics 2026-q4", "2026-Q4"), ("Re: 统计 2026-11", "2026-11")],
)  # fmt: skip
def test_a_period_is_heard_in_subject_or_first_line(text: str, period: str) -> None:
    assert str(statistics_asked(text, "")) == period
    assert str(statistics_asked("Re: 2026年10月销售统计：订货 1.00 元", text)) == period
    assert str(statistics_asked(text, text)) == period


def test_two_periods_are_none() -> None:
    assert statistics_asked("统计 2026-11", "统计 2026-12") is None


@pytest.mark.parametrize(
    "subject", ["Re: 统计 2026-11", "回复：统计 2026-11", "RE: report 2026-11"]
)
def test_words_in_a_reply_are_no_question_said_again(subject: str) -> None:
    assert statistics_asked(subject, "北区的数字不对，少了两家") is None
    assert str(statistics_asked("统计 2026-11", "您好")) == "2026-11"
