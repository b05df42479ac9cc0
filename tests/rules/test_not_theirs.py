"""What is asked by whom it is not open to, and what is not asked at all."""

from __future__ import annotations

import pytest

from mailflow.domain.access_table import Action
from mailflow.domain.answer import Said
from mailflow.domain.document import Reading
from mailflow.domain.facts import Sender
from mailflow.domain.mail import Head, Trust
from mailflow.domain.register import Person, Role
from mailflow.rules.not_theirs import asked_without_right
from tests.rules.desk import BELLE, facts

ASKED = [
    ("查找 经销合同 小叶子", Action.FIND),
    ("统计 2026-10", Action.STATISTICS),
    ("批次 B20260301", Action.TRACE_BATCH),
    ("库存报表进度", Action.SEE_MONTH),
]


def mail(subject: str, first: str = "", *besides: str) -> Reading:
    return Reading(Head("a@b.example", subject=subject), said=Said(first=first, besides=besides))


def by(role: Role) -> Sender:
    return Sender("a@b.example", Trust.A, (Person(role, "甲", "a@b.example"),))


@pytest.mark.parametrize(("words", "_action"), ASKED)
def test_who_may_is_not_refused(words: str, _action: Action) -> None:
    everything = facts(sender=by(Role.MARKETING_GM))
    assert asked_without_right(mail(words), everything) is None


@pytest.mark.parametrize(("words", "_action"), ASKED)
def test_who_is_none_of_the_house_is_not_told_what_it_has(words: str, _action: Action) -> None:
    dealer = Sender("a@b.example", Trust.A, (), (BELLE,))
    assert asked_without_right(mail(words), facts(sender=dealer)) is None


@pytest.mark.parametrize(
    "reading",
    [
        mail("查找 经销合同", "另外请改一下地址"),
        mail("Re: 统计 2026-10", "收到，谢谢"),
        mail("统计表请查收"),
        mail("批次"),
        mail("订单", "请尽快发货"),
    ],
)
def test_whatever_is_more_or_other_is_not_refused(reading: Reading) -> None:
    assert asked_without_right(reading, facts(sender=by(Role.CUSTOMER_SERVICE))) is None


@pytest.mark.parametrize(("words", "action"), ASKED)
def test_what_is_not_open_to_him_is_named(words: str, action: Action) -> None:
    his = facts(sender=by(Role.CUSTOMER_SERVICE))
    assert asked_without_right(mail(words), his) is action
    assert asked_without_right(mail("请看", words, "谢谢"), his) is action
