"""A warehouse's words count where every sign of them is understood; else a person reads them."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.rules.shipping_words import AllSent, all_sent

TODAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "收到",
        "好的",
        "未发",
        "没发",
        "还没发货",
        "已发一部分",
        "部分已发 顺丰 SF1234567890",
        "已发 8 箱 顺丰 SF1234567890",
        "已发，缺1段2箱",
        "除2段外全部发出",
        "已发？",
        "明天发",
        "明天发货",
        "今天发",
        "准备发货",
        "今天全部发出",
        "全部发",
        "发出",
        "今天发出",
        "发货",
        "请发货",
        "已发 顺丰 SF1234567890 SF1234567891",
        "已发 顺丰 德邦 1234567890",
        "已发 12月30日",
        "已发 2月30日",
        "not shipped",
        "shipped 3 cases",
        "will be sent",
        "顺丰 SF1234567890",
        "1",
        "已发" + " " * 400 + "了",
    ],
)
def test_is_silent_about_anything_else(text: str) -> None:
    assert all_sent([text], TODAY) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("已发", AllSent()),
        ("已发。", AllSent()),
        ("全部发出", AllSent()),
        ("已全部发出，谢谢！", AllSent()),
        ("已发 顺丰 SF1234567890", AllSent("顺丰", "SF1234567890")),
        ("已发货，顺丰速运，运单号：SF1234567890", AllSent("顺丰速运", "SF1234567890")),
        ("全部发出，德邦 DPK202611100001", AllSent("德邦", "DPK202611100001")),
        ("您好，货已发出，走德邦物流，单号123456789012，请查收", AllSent("德邦物流", "123456789012")),
        ("今天已发 中通 75412345678901", AllSent("中通", "75412345678901", TODAY)),
        ("已于11月9日发出 安能物流 30012345678", AllSent("安能物流", "30012345678", date(2026, 11, 9))),
        ("2026-11-09 已发", AllSent(shipped_on=date(2026, 11, 9))),
        ("FH261110-0001 R1 已发 顺丰 SF1234567890", AllSent("顺丰", "SF1234567890", revision=1, numbers=("FH261110-0001",))),
        ("shipped, SF1234567890", AllSent("", "SF1234567890")),
        ("All shipped today via SF Express, tracking no. SF1234567890. Thanks", AllSent("SF Express", "SF1234567890", TODAY)),
        ("已發".replace("發", "发") + "　顺丰　ＳＦ１２３４５６７８９０", AllSent("顺丰", "SF1234567890")),
    ],
)  # fmt: skip
def test_is_heard_where_all_is_said_and_nothing_else(text: str, said: AllSent) -> None:
    assert all_sent([text], TODAY) == said


def test_lines_are_read_together() -> None:
    assert all_sent(["已发", "顺丰 SF1234567890"], TODAY) == AllSent("顺丰", "SF1234567890")
    assert all_sent(["已发", "少两箱"], TODAY) is None


def test_what_may_have_been_cut_is_read_by_a_person() -> None:
    assert all_sent(["已发", *["谢谢"] * 7], TODAY) == AllSent()
    assert all_sent(["已发", *["谢谢"] * 8], TODAY) is None
    assert all_sent(["已发" + "。" * 149], TODAY) is None
