"""Lists of consumers and results of call-backs are read as such; no finding repeats who they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.call_backs import CallBacks, Outcome, Use
from mailflow.domain.consumers import Consumers
from mailflow.domain.document import Document, Order, Reading, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.mail import Head
from mailflow.domain.report import Count
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.parsers.other_formats import FORMATS, written
from tests.parsers.sheets import A, B, documents, saved, workbook

HEAD = ["序号", "消费者姓名", "联系电话", "宝宝生日", "门店名称", "购买产品", "购买日期"]
ROWS = [
    [1, "王某芳", "13800001111", "2026-03-05", "阳光店", A, "2026-11-01"],
    [2, "李某", 13900002222, date(2025, 12, 1), "阳光店", B, "11月2日"],
    [3, "赵某敏", "0371-55550000", "2026年1月2日", "月亮店", A, "2026/11/3"],
]
CALLS = [
    ["门店", "消费者", "电话", "回访日期", "回访结果", "是否使用", "满意度", "反馈内容", "回访人"],
    ["阳光店", "王某芳", "13800001111", "2026-11-05", "接通", "是", "满意", "宝宝喜欢", "小李"],
    ["阳光店", "李某", "13900002222", "11月6日", "无人接听", None, None, None, "小李"],
    [
        "月亮店",
        "赵某敏",
        "13900003333",
        date(2026, 11, 6),
        "已接通",
        "部分使用",
        None,
        None,
        "小李",
    ],
]


def read(*rows: Sequence[Any], name: str = "a.xlsx") -> tuple[Document, ...]:
    return documents(saved(workbook(rows)), name)


def consumers(*rows: Sequence[Any], name: str = "a.xlsx") -> Consumers:
    [found] = read(*rows, name=name)
    assert isinstance(found, Consumers), found
    return found


def call_backs(*rows: Sequence[Any], name: str = "a.xlsx") -> CallBacks:
    [found] = read(*rows, name=name)
    assert isinstance(found, CallBacks), found
    return found


def doubted(found: Consumers | CallBacks) -> list[tuple[DoubtKind, str, str]]:
    return [(d.kind, d.at.address if d.at else "", d.found) for d in found.doubts]


@pytest.mark.parametrize("name", FORMATS)
def test_consumers_are_read_in_every_format(name: str) -> None:
    [found] = documents(*written(workbook([["消费者名单"], ["区域：河南"], HEAD, *ROWS]), name))
    assert isinstance(found, Consumers)
    told = [(r.consumer, r.phone, r.store, r.product, r.bought_on) for r in found.rows]
    assert told == [
        ("王某芳", "13800001111", "阳光店", A, date(2026, 11, 1)),
        ("李某", "13900002222", "阳光店", B, date(2026, 11, 2)),
        ("赵某敏", "0371-55550000", "月亮店", A, date(2026, 11, 3)),
    ]
    assert [r.born_on for r in found.rows] == [
        date(2026, 3, 5),
        date(2025, 12, 1),
        date(2026, 1, 2),
    ]
    assert [(s.field, s.text) for s in found.head] == [("region", "河南")]
    assert found.doubts == ()


def test_consumers_are_read_in_english() -> None:
    found = consumers(
        ["Consumer list"],
        ["Consumer name", "Mobile", "Baby birthday", "Store", "City"],
        ["Wang F.", "13800001111", "2026-03-05", "Sunny", "Zhengzhou"],
    )
    assert [(r.consumer, r.phone, r.city) for r in found.rows] == [
        ("Wang F.", "13800001111", "Zhengzhou")
    ]


def test_a_title_tells_what_few_columns_are() -> None:
    rows = (["姓名", "电话", "门店"], ["王某芳", "13800001111", "阳光店"])
    assert consumers(*rows, name="消费者名单.xlsx").rows[0].consumer == "王某芳"
    [unknown] = read(*rows)
    assert isinstance(unknown, Unknown)
    assert "138****1111" in unknown.seen
    assert "13800001111" not in unknown.seen


@pytest.mark.parametrize(
    "phone",
    [
        "037155550000",
        "0371-5555 0000",
        "138 0000 1111",
        "+86 13800001111",
        "13800001111/13900002222",
        "4008001234",
    ],
)
def test_a_telephone_keeps_every_sign(phone: str) -> None:
    found = consumers(HEAD, [1, "王某芳", phone, "2026-03-05", "阳光店", A, "2026-11-01"])
    assert found.rows[0].phone == phone
    assert found.doubts == ()


@pytest.mark.parametrize(
    "phone", [37155550000, "37155550000", 1380000111, "1.38E+10", 1234567890123456789]
)
def test_a_telephone_that_lost_a_digit_is_doubted_and_not_taken(phone: object) -> None:
    found = consumers(HEAD, [1, "王某芳", phone, "2026-03-05", "阳光店", A, "2026-11-01"])
    assert found.rows[0].phone == ""
    assert doubted(found) == [(DoubtKind.DIGITS_LOST, "C2", "***")]


def test_no_doubt_repeats_what_is_said_of_a_person() -> None:
    found = consumers(
        [*HEAD, "微信"],
        [1, "王某芳", "问店长", "前年", "阳光店", A, "2026-11-01", 88990011],
        [2, None, None, None, "月亮店", A, "昨天", 88990012],
    )
    texts = " ".join(d.found for d in found.doubts)
    for said in ("王某芳", "问店长", "前年", "8899"):
        assert said not in texts
    assert {(d.kind, d.at and d.at.address) for d in found.doubts} >= {
        (DoubtKind.VALUE_UNREADABLE, "C2"),
        (DoubtKind.VALUE_UNREADABLE, "D2"),
        (DoubtKind.AMBIGUOUS_COLUMN, "H2"),
        (DoubtKind.VALUE_UNREADABLE, "G3"),
    }


def test_goods_sent_to_people_are_an_order() -> None:
    head = ["收货人", "电话", "地址", "产品名称", "规格", "箱数"]
    [found] = read(head, ["王某芳", "13800001111", "郑州", A, "900g*6听/箱", 2])
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR not in {d.kind for d in found.doubts}


@pytest.mark.parametrize(
    "rows",
    [
        (["消费者", "电话", "产品名称", "箱数"], ["王某芳", "13800001111", A, 2]),
        (["订货单"], ["姓名", "电话", "宝宝生日", "产品名称", "箱数"], ["王某芳", "13800001111", "2026-03-05", A, 2]),
        (["姓名", "电话", "宝宝生日", "产品名称", "箱数", "单价"], ["王某芳", "13800001111", "2026-03-05", A, 2, 9]),
        (["消费者名单"], ["姓名", "电话", "购买产品", "箱数", "金额"], ["王某芳", "13800001111", A, 2, 9]),
        (["门店", "回访日期", "产品名称", "箱数"], ["阳光店", "2026-11-05", A, 2]),
    ],
)  # fmt: skip
def test_what_may_be_an_order_and_may_be_of_consumers_is_asked_about(rows: Sequence[Any]) -> None:
    [found] = read(*rows)
    assert isinstance(found, Order)
    assert DoubtKind.KIND_UNCLEAR in {d.kind for d in found.doubts}


@pytest.mark.parametrize("name", FORMATS)
def test_calls_are_read_in_every_format(name: str) -> None:
    [found] = documents(*written(workbook([["11月回访结果"], *CALLS]), name))
    assert isinstance(found, CallBacks)
    assert [(r.store, r.phone, r.called_on, r.outcome, r.use) for r in found.rows] == [
        ("阳光店", "13800001111", date(2026, 11, 5), Outcome.REACHED, Use.USED),
        ("阳光店", "13900002222", date(2026, 11, 6), Outcome.NO_ANSWER, None),
        ("月亮店", "13900003333", date(2026, 11, 6), Outcome.REACHED, Use.PARTLY),
    ]
    assert (found.rows[0].satisfaction, found.rows[0].feedback) == ("满意", "宝宝喜欢")
    assert found.doubts == ()


def test_calls_summed_up_by_store_are_read() -> None:
    found = call_backs(
        ["门店编码", "门店", "回访人数", "接通人数", "使用人数", "使用率"],
        ["S1", "阳光店", 20, 15, 10, 0.67],
        ["S2", "月亮店", 10, 8, 3, 0.38],
        ["合计", None, 30, 23, 13],
    )
    assert [(r.store_code, r.calls, r.users) for r in found.rows] == [
        ("S1", Count(units=Decimal(20)), Count(units=Decimal(10))),
        ("S2", Count(units=Decimal(10)), Count(units=Decimal(3))),
    ]
    assert [(t.number, t.summed) for t in found.totals] == [(30, 30), (23, 23), (13, 13)]


def test_sample_tins_of_a_store_are_counted() -> None:
    found = call_backs(
        ["门店", "领取数量(听)", "已使用数量(听)", "浪费数量(听)"],
        ["阳光店", 20, 15, "5听"],
        name="回访.xlsx",
    )
    row = found.rows[0]
    assert (row.given, row.used_up, row.wasted) == tuple(
        Count(tins=Decimal(n)) for n in (20, 15, 5)
    )


def test_a_result_that_nobody_can_count_is_doubted() -> None:
    found = call_backs(
        *CALLS, ["月亮店", "钱某", "13900004444", "2026-11-07", "说明天再打", "也许"]
    )
    assert (found.rows[-1].result, found.rows[-1].outcome, found.rows[-1].use) == (
        "说明天再打",
        None,
        None,
    )
    assert doubted(found) == [
        (DoubtKind.VALUE_UNREADABLE, "E5", "说明天再打"),
        (DoubtKind.VALUE_UNREADABLE, "F5", "也许"),
    ]


def test_a_column_of_free_words_is_asked_about_once() -> None:
    found = call_backs(
        ["门店", "消费者", "电话", "回访情况"],
        ["阳光店", "王某芳", "13800001111", "宝宝喝得很好，还想再要一罐"],
        ["月亮店", "李某", "13900002222", "妈妈说口味偏甜"],
    )
    assert found.rows[1].result == "妈妈说口味偏甜"
    assert doubted(found) == [(DoubtKind.FREE_TEXT, "D1", "回访情况")]


def test_a_day_without_a_year_and_nothing_beside_it_is_doubted() -> None:
    found = call_backs(CALLS[0], CALLS[2])
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "D2", "11月6日")]


def test_a_slip_among_the_days_does_no_harm() -> None:
    found = consumers(
        HEAD,
        [1, "王某芳", "13800001111", None, "阳光店", A, date(9999, 12, 31)],
        [2, "李某", "13800001112", None, "阳光店", A, "11月2日"],
    )
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "G3", "11月2日")]


def test_both_cross_from_the_child_as_they_were() -> None:
    for rows in ((HEAD, *ROWS), CALLS):
        reading = Reading(Head(sender=None), read(*rows))
        assert decoded(encoded(reading, Reading), Reading) == reading


WORDS: dict[str, tuple[str, ...]] = {
    "consumer": ("消费者姓名", "会员姓名", "妈妈姓名", "Consumer name"),
    "phone": ("联系电话", "手机号码", "会员手机", "Mobile"),
    "baby": ("宝宝姓名", "宝宝名字", "Baby name"),
    "born_on": ("宝宝生日", "出生日期", "Baby birthday"),
    "store_code": ("门店编码", "Store code"),
    "store": ("门店名称", "购买门店", "Store"),
    "bought_on": ("购买日期", "Purchase date"),
}


@pytest.mark.parametrize("seed", range(40))
def test_true_rows_come_back_exactly(seed: int) -> None:
    draw = random.Random(seed)
    fields = list(WORDS)
    draw.shuffle(fields)
    true = [
        {
            "consumer": draw.choice(("王某芳", "李某", "Zhao M.")),
            "phone": draw.choice(
                (f"1{draw.randint(3 * 10**9, 10**10 - 1)}", f"0371{draw.randint(10**7, 10**8 - 1)}")
            ),
            "baby": draw.choice(("小米", "豆豆")),
            "born_on": date(2026, draw.randint(1, 12), draw.randint(1, 28)),
            "store_code": f"{draw.randint(0, 999):05d}",
            "store": draw.choice(("阳光店", "月亮店")),
            "bought_on": date(2026, 11, 1) + timedelta(days=draw.randint(0, 25)),
        }
        for _ in range(draw.randint(1, 30))
    ]
    rows = [[_written(draw, field, row[field]) for field in fields] for row in true]
    above: list[list[Any]] = [["消费者名单"]] * draw.randint(0, 2) + [[]] * draw.randint(0, 2)
    found = consumers(*above, [draw.choice(WORDS[f]) for f in fields], *rows)

    assert [{f: getattr(r, f) for f in WORDS} for r in found.rows] == true
    assert found.doubts == ()


def _written(draw: random.Random, field: str, value: object) -> object:
    if isinstance(value, date):
        return draw.choice(
            (
                value,
                f"{value:%Y/%m/%d}",
                f"{value:%Y.%m.%d}",
                f"{value.year}年{value.month}月{value.day}日",
            )
        )
    if field == "phone" and isinstance(value, str) and not value.startswith("0"):
        return draw.choice((value, int(value)))
    return value
