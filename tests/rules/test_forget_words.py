"""A list of consumers is deleted where a mail asks for that alone, by its number."""

from __future__ import annotations

import pytest

from mailflow.rules.forget_words import list_to_forget
from tests.rules.test_request_words import reading

NUMBER = "XF261110-0001"


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("删除名单", ""),
        (NUMBER, ""),
        (f"Re: 删除名单 {NUMBER}", ""),
        (f"不要删除名单 {NUMBER}", ""),
        (f"名单 {NUMBER} 删除了吗", ""),
        (f"删除名单 {NUMBER} {NUMBER[:-1]}2", ""),
        (f"删除名单 {NUMBER}", "先等一下"),
        ("删除订单 DD261110-0001", ""),
    ],
)
def test_is_silent_where_that_is_not_all_that_is_said(subject: str, first: str) -> None:
    assert list_to_forget(reading(subject, first)) is None


@pytest.mark.parametrize(
    "text",
    [
        *(f"删除名单 {NUMBER}", f"请删除消费者名单：{NUMBER}", f"删除 {NUMBER} 的消费者资料。"),
        *(f"delete list {NUMBER}", f"Please delete the consumer list {NUMBER.lower()}"),
    ],
)
def test_is_told_in_the_subject_or_in_the_one_line(text: str) -> None:
    assert list_to_forget(reading(text)) == NUMBER
    assert list_to_forget(reading("Re: 消费者名单", text)) == NUMBER
