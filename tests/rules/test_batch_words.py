"""A mail that asks for a batch names it, and nothing else."""

from __future__ import annotations

import pytest

from mailflow.rules.batch_words import batch_asked


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("", ""),
        ("11月订单", "请查收"),
        ("批次", ""),
        ("batch", "batch"),
        ("批次问题", "这批货有问题"),
        ("批次 金装", ""),
        ("batch report", ""),
        ("批次 B1 有质量问题", ""),
        ("批次 B1", "批次 B2"),
        ("B1", ""),
    ],
)
def test_is_silent_about_anything_else(subject: str, first: str) -> None:
    assert batch_asked(subject, first) is None


@pytest.mark.parametrize(
    ("subject", "first", "batch"),
    [
        ("批次 B20260301", "", "B20260301"),
        ("批号：b20260301", "您好", "B20260301"),
        ("Re: 查批次B1", "", "B1"),
        ("请查询批次 20260301 发给谁？", "", "20260301"),
        ("batch B-1/2", "", "B-1/2"),
        ("急", "Ｂatch no. Ｂ1", "B1"),
        ("批次 B1", "batch b1", "B1"),
    ],
)
def test_is_heard(subject: str, first: str, batch: str) -> None:
    assert batch_asked(subject, first) == batch


def test_words_in_a_reply_are_no_question_said_again() -> None:
    assert batch_asked("Re: 批次 B20260301", "白石市的没有写上") is None
    assert batch_asked("Re: 批次 B20260301", "批次 B20260302") is None
    assert batch_asked("批次 B20260301", "急，谢谢") == "B20260301"
