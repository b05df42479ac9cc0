"""Words that ask for help or for a status, and words that do not."""

from __future__ import annotations

import pytest

from mailflow.domain.answer import Said
from mailflow.domain.document import Reading
from mailflow.domain.mail import Head
from mailflow.rules.help_words import help_asked, status_asked


def mail(subject: str, first: str = "", *besides: str) -> Reading:
    return Reading(Head("a@b.example", subject=subject), said=Said(first=first, besides=besides))


@pytest.mark.parametrize(
    "reading",
    [
        mail("帮助", "请问上次的订单发了吗"),
        mail("订单", "帮助", "另外请改一下地址"),
        mail("Re: 帮助", "谢谢"),
        mail("Re: 帮助"),
        mail("请帮助处理一下"),
        mail("状态正常"),
        mail("状态 良好"),
        mail("订单", "状态", "为什么还没有发？"),
        mail("回复：状态 DD261109-0001", "已经收到了"),
        mail("订单状态 DD261109-0001 为什么还没有发"),
        mail("状态 " + " ".join(f"DD261109-{n:04}" for n in range(11))),
        mail("11月订单"),
        mail(""),
    ],
)
def test_whatever_is_more_or_other_asks_nothing(reading: Reading) -> None:
    assert not help_asked(reading)
    assert status_asked(reading) is None


@pytest.mark.parametrize(
    "reading",
    [
        mail("帮助"),
        mail("Help?"),
        mail("帮助", "您好！", "谢谢"),
        mail("Re: [DD261109-0001] 已受理", "帮助"),
        mail("订单", "ＨＥＬＰ"),
        mail("怎么用？", "谢谢"),
    ],
)
def test_help_is_asked_by_one_word(reading: Reading) -> None:
    assert help_asked(reading)
    assert status_asked(reading) is None


@pytest.mark.parametrize(
    ("reading", "numbers"),
    [
        (mail("状态"), ()),
        (mail("Status"), ()),
        (mail("订单", "状态", "谢谢"), ()),
        (mail("查单"), ()),
        (mail("状态 DD261109-0042"), ("DD261109-0042",)),
        (mail("状态：dd261109-0042。"), ("DD261109-0042",)),
        (mail("状态DD261109-0042"), ("DD261109-0042",)),
        (mail("status fh261109-0042-B1 R2"), ("FH261109-0042-B1",)),
        (mail("请查一下订单状态 M17、DD261109-0042"), ("M17", "DD261109-0042")),
        (mail("Re: 发货清单", "状态 [DD261109-0042]"), ("DD261109-0042",)),
        (mail("公告状态 GG261110-0001"), ("GG261110-0001",)),
        (mail("x", "order status PO-2026/11-3"), ("PO-2026/11-3",)),
    ],
)
def test_a_status_is_asked_with_numbers_or_without(
    reading: Reading, numbers: tuple[str, ...]
) -> None:
    asked = status_asked(reading)
    assert asked is not None
    assert asked.numbers == numbers
    assert not help_asked(reading)
