"""Which request a mail makes, what it tells of it, and what an answer to one says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.config import load
from mailflow.config_requests import kinds_of
from mailflow.domain.answer import Said, Word
from mailflow.domain.document import Reading
from mailflow.domain.mail import Head
from mailflow.domain.naming import KnownNames
from mailflow.domain.request import RequestKind
from mailflow.house import packaged
from mailflow.parsers.reader import read_mail
from mailflow.rules.request_answers import Reply, reply_in
from mailflow.rules.request_fields import told_fields
from mailflow.rules.request_lacks import Why, lacking
from mailflow.rules.request_words import By, asked_besides, request_wanted
from tests.parsers.sheets import saved, workbook
from tests.scenarios.asked_for import mailed

KINDS = kinds_of(load(packaged("config.yaml")).requests)
DESIGN, TRAINING, *_ = KINDS
ALLOWED = (Word.AGREE, Word.DONE, Word.REFUSE, Word.CANCEL)


def reading(subject: str, first: str = "", *besides: str) -> Reading:
    body = "\n".join((first, *besides))
    return Reading(
        Head("a@b.example", subject=subject), body=body, said=Said(None, first, besides=besides)
    )


def sent(rows: Sequence[Sequence[Any]], subject: str = "请处理") -> Reading:
    raw = mailed("a@b.example", subject, "见附件", ("a.xlsx", saved(workbook(rows))))
    return read_mail(raw, KnownNames())


def wanted(subject: str, first: str = "") -> tuple[str, str, str] | None:
    found = request_wanted(reading(subject, first), KINDS)
    return (found.kind.code, found.by.value, found.rest) if found else None


@pytest.mark.parametrize(
    ("subject", "first"),
    [
        ("", ""),
        ("您好", "收到"),
        ("海报什么时候好", ""),
        ("培训安排好了吗", ""),
        ("Re: 海报设计", "收到，谢谢"),
        ("设计和培训", ""),
        ("申请 年假", ""),
        ("申请特批散听", ""),
        ("designated driver", ""),
    ],
)
def test_is_silent_about_whatever_else_is_written(subject: str, first: str) -> None:
    assert wanted(subject, first) is None


@pytest.mark.parametrize(
    ("subject", "first", "found"),
    [
        ("申请 设计 双十二海报", "", ("design", "asked", "双十二海报")),
        ("申请：设计", "", ("design", "asked", "")),
        ("您好", "我想申请培训：导购", ("training", "asked", "导购")),
        ("设计申请表", "", ("design", "asked", "")),
        ("request design: a poster", "", ("design", "asked", "a poster")),
        ("Please request a poster for the store", "", ("design", "asked", "for the store")),
        ("Re: 订单", "申请 破损 两听", ("damage", "asked", "两听")),
        ("春节海报", "", ("design", "subject", "")),
        ("运输破损", "", ("damage", "subject", "")),
    ],
)
def test_is_known_by_its_words(subject: str, first: str, found: tuple[str, str, str]) -> None:
    assert wanted(subject, first) == found


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_stops_it(subject: str, first: str) -> None:
    found = request_wanted(reading(subject, first), KINDS)
    assert found is None or found.kind in KINDS


def fields(rows: Sequence[Sequence[Any]]) -> tuple[str, dict[str, str]]:
    read = sent(rows)
    found = request_wanted(read, KINDS)
    assert found is not None
    assert found.by is By.SHEET
    return found.kind.code, dict(told_fields(found.kind, read))


def test_a_form_s_values_stand_beside_below_or_inside_and_a_table_is_told_row_by_row() -> None:
    assert fields(
        [
            ["推广活动申请表"],
            ["活动名称：国庆路演", None, "预算（元）*", 5000],
            ["活动日期", "地点"],
            ["12月1日", "青禾广场"],
            ["经销商", "", "小叶子"],
        ]
    ) == (
        "event",
        {
            "topic": "国庆路演",
            "wanted": "12月1日",
            "place": "青禾广场",
            "budget": "5000",
            "distributor": "小叶子",
        },
    )
    code, told = fields(
        [
            ["破损登记表"],
            ["经销商", "小叶子"],
            ["清单号", "FH261109-0042"],
            ["产品", "批号", "破损数量（听）"],
            ["松坪优护1段800g", "B20260301", 3],
        ]
    )
    assert (code, told["list"]) == ("damage", "FH261109-0042")
    assert told["what"].splitlines()[-1].split() == ["松坪优护1段800g", "B20260301", "3"]


def test_a_list_of_goods_to_return_is_a_request_and_one_to_order_is_none() -> None:
    table = [["客户名称：小叶子"], ["产品名称", "数量", "单位"], ["松坪优护1段800g", 12, "听"]]
    assert fields([["退货申请表"], *table])[0] == "return"
    assert request_wanted(sent([["订货申请表"], *table]), KINDS) is None
    assert request_wanted(sent([["订货申请表"], *table], "退货和订货"), KINDS) is None


def lacks(kind: RequestKind, **values: str) -> list[tuple[str, Why]]:
    return [(lack.field.name, lack.why) for lack in lacking(kind, values, ())]


def test_what_is_missing_or_no_date_is_asked_for() -> None:
    whole = {"what": "海报", "size": "60×90", "wanted": "12月1日"}
    assert lacks(DESIGN, **whole) == []
    assert lacks(DESIGN, what="海报") == [("size", Why.MISSING), ("wanted", Why.MISSING)]
    assert lacks(DESIGN, **{**whole, "wanted": "尽快"}) == [("wanted", Why.NO_DATE)]
    training = {"topic": "喂养", "wanted": "下周三", "place": "青禾"}
    assert lacks(TRAINING, **training, people="很多") == [("people", Why.NO_NUMBER)]
    assert lacks(DESIGN, **whole, distributor="别家") == [("distributor", Why.NOT_YOURS)]


@pytest.mark.parametrize(
    ("first", "besides", "said"),
    [
        ("同意", (), Reply(Word.AGREE)),
        ("同意，控制在五千以内", (), Reply(Word.AGREE, "控制在五千以内")),
        ("同意，但是预算减半", (), Reply(Word.AGREE, "但是预算减半", is_conditional=True)),
        ("不同意", ("预算用完了", "王总"), Reply(Word.REFUSE, "预算用完了")),
        ("退回 原因：尺寸不对", (), Reply(Word.REFUSE, "尺寸不对")),
        ("完成：12月4日", ("下午两点",), Reply(Word.DONE, "12月4日\n下午两点")),
        ("Done.", (), Reply(Word.DONE)),
        ("REFUSE because: too late", (), Reply(Word.REFUSE, "too late")),
        ("撤回", (), Reply(Word.CANCEL)),
        ("同意不了", (), Reply(None)),
        ("完成了一半", (), Reply(None)),
        ("底色用蓝可以吗", (), Reply(None)),
        ("", (), Reply(None)),
    ],
)
def test_an_answer_is_its_first_word_with_what_stands_behind(
    first: str, besides: tuple[str, ...], said: Reply
) -> None:
    assert reply_in(reading("", first, *besides), ALLOWED, ("王总",)) == said


def test_only_what_may_be_said_counts() -> None:
    assert reply_in(reading("", "同意"), (Word.DONE, Word.REFUSE)) == Reply(None)


def test_what_else_is_asked_for_in_the_same_mail_is_known() -> None:
    second = "申请 培训 新品导购，青禾市，12月5日，20人"
    read = reading("x", "申请 海报 双十二，12月1日前要", "尺寸：60x90", second)
    assert asked_besides(read, KINDS) == (second,)
    assert (
        asked_besides(reading("x", "申请 海报 双十二", "内容：申请表的海报", "谢谢"), KINDS) == ()
    )


def test_the_same_yes_twice_is_a_yes_to_a_request() -> None:
    read = reading("x", "是的，同意")
    said = Reading(read.head, said=Said(Word.AGREE, "是的，同意"))
    assert reply_in(said, ALLOWED) == Reply(Word.AGREE)
    assert reply_in(said, (Word.DONE,)) == Reply(None)
