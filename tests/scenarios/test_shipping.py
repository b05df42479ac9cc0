"""What a warehouse sends back about its lists is booked once, told to whom it concerns, or asked."""

from __future__ import annotations

import json
import signal
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, A3, mail, order, sheet
from mailflow.commands.demo_desk.registers import STAFF, write_register
from mailflow.store.balances import read_balances
from tests.parsers.sheets import saved, workbook
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import (
    ADMIN,
    BEI,
    FINANCE,
    GM,
    letters,
    order_state,
    question,
    reply,
    words,
)
from tests.scenarios.shipped import (
    MORNING,
    NOON,
    WAREHOUSE,
    ends,
    filled,
    notices,
    ordered,
    sent_back,
)

TRUCK = {"carrier": "顺丰", "waybill": "SF1234567890", "day": "2026-11-10"}
OTHER = {"carrier": "德邦", "waybill": "DPK000111222", "day": "2026-11-11"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path / "house")


def loads(house: House, order: str = "DD261110-0001") -> list[tuple[str, str, list[str]]]:
    story = json.loads(house.run("show", "order", order, "--json").stdout)
    return [(s["state"], s["waybill"], s["goods"]) for s in story["shipments"]]


def told_warehouse(house: House) -> list[str]:
    found = {m["Message-ID"]: m for m in letters(house, WAREHOUSE)}
    return [words(m) for m in found.values() if "R1" not in m["Subject"].partition("[")[0]]


def told_manager(house: House, subject: str = "已发货") -> list[EmailMessage]:
    """Manager and distributor have one letter."""
    return list({m["Message-ID"]: m for m in letters(house, BEI, subject)}.values())


@pytest.mark.parametrize("sender", [BEI, ADMIN, "logistics@songping.example"])
def test_a_list_that_no_warehouse_filled_in_books_nothing(house: House, sender: str) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK), sender=sender)
    assert ends(house)[1] == ("review", "report-received")
    assert loads(house) == []
    assert notices(house, "goods-sent") == notices(house, "shipping-answer") == []


def test_an_automatic_mail_books_nothing(house: House) -> None:
    data = filled(ordered(house), {0: 20, 1: 30}, foot=TRUCK)
    sent_back(house, data, Auto_Submitted="auto-generated")
    assert loads(house) == []
    assert order_state(house) == ["accepted"]


def test_a_list_filled_in_as_listed_ships_its_order(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, {0: "B1/2028-03-01"}, foot=TRUCK))
    assert ends(house)[1] == ("done", "shipped")
    assert order_state(house) == ["shipped"]
    assert loads(house) == [("counted", "SF1234567890", ["SP-A1-800 120 B1", "SP-A2-800 180"])]
    assert notices(house, "shipping-answer") == []
    assert notices(house, "goods-sent") == [BEI, "n101@dealer.example"]
    [letter] = told_manager(house)
    for said in ("顺丰", "SF1234567890", "11月10日", "20 箱", "30 箱"):
        assert said in words(letter)
    assert letter["In-Reply-To"]
    assert "还没发" not in words(letter)


def test_a_shipped_order_is_still_owed_for(house: House) -> None:
    """What was shipped counts in every balance like what was accepted."""
    list_ = ordered(house)
    url = f"sqlite:///{house.folder / 'mailflow.db'}"
    before = read_balances(url)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK))
    assert order_state(house) == ["shipped"]
    assert read_balances(url) == before != ({}, {})


def test_what_is_missing_is_told_and_ships_when_it_comes(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 28}, foot=TRUCK))
    assert order_state(house) == ["accepted"]
    assert ends(house)[1] == ("done", "shipped")
    assert notices(house, "shipping-answer") == [WAREHOUSE, ADMIN]
    [told] = told_warehouse(house)
    assert "应发 180，实发 168，漏发 12 听" in told
    assert A1[0] not in told
    [letter] = told_manager(house)
    assert "这张清单还没发的" in words(letter)

    sent_back(house, filled(list_, {1: 2}, foot=OTHER), now=NOON)
    assert order_state(house) == ["shipped"]
    assert [waybill for _, waybill, _ in loads(house)] == ["SF1234567890", "DPK000111222"]
    [_, later] = told_manager(house)
    assert "DPK000111222" in words(later)
    assert "SF1234567890" not in words(later)


def test_the_same_list_twice_is_counted_once(house: House) -> None:
    list_ = ordered(house)
    for _ in range(2):
        sent_back(house, filled(list_, {0: 20, 1: 28}, foot=TRUCK))
    assert ends(house)[1:] == [("done", "shipped"), ("done", "shipped-again")]
    assert len(loads(house)) == 1
    assert notices(house, "shipping-answer") == [WAREHOUSE, ADMIN]
    assert len(notices(house, "goods-sent")) == 2


def test_a_list_filled_in_further_takes_the_place_of_the_first(house: House) -> None:
    """The warehouse goes on with the same paper: what stood there counts once."""
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20}, foot=TRUCK))
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK), now=NOON)
    assert [state for state, _, _ in loads(house)] == ["replaced", "counted"]
    assert order_state(house) == ["shipped"]


def test_a_correction_counts_instead_and_may_take_shipped_back(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK))
    assert order_state(house) == ["shipped"]
    sent_back(house, filled(list_, {0: 20, 1: 25}, foot=TRUCK), subject="清单回填更正", now=NOON)
    assert order_state(house) == ["accepted"]
    assert [state for state, _, _ in loads(house)] == ["replaced", "counted"]
    assert "漏发 30 听" in told_warehouse(house)[-1]
    [corrected] = told_manager(house, "发货更正")
    assert "以这封信为准" in words(corrected)


def test_less_than_before_that_says_nothing_of_a_correction_is_asked(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK))
    sent_back(house, filled(list_, {0: 20, 1: 25}, foot=TRUCK), now=NOON)
    assert ends(house)[2] == ("review", "shipping-asked")
    assert order_state(house) == ["shipped"]
    assert len(loads(house)) == 1
    assert "更正先前填的，还是另外又发的一批" in told_warehouse(house)[-1]
    assert house.rows("cases")[-1]["reason"] == "shipment-unclear"


def test_too_many_and_wrong_goods_are_told_at_once_and_stay_a_case(house: House) -> None:
    list_ = ordered(house, [(A1, 20, "现金")])
    data = saved(
        workbook(
            [
                ["清单号", "产品编码", "产品名称", "实发箱数", "承运商", "运单号", "发货日期"],
                ["FH261110-0001", "SP-A1-800", A1[0], 21, "顺丰", "SF1234567890", "2026-11-10"],
                ["FH261110-0001", "SP-A3-800", A3[0], 1, "顺丰", "SF1234567890", "2026-11-10"],
            ]
        )
    )
    assert list_ is not None
    sent_back(house, data, subject="发货明细")
    assert ends(house)[1] == ("review", "shipping-asked")
    assert notices(house, "shipping-answer") == [WAREHOUSE, ADMIN]
    [told] = told_warehouse(house)
    assert "多发 6 听" in told
    assert "清单上没有，发了 6 听" in told
    assert order_state(house) == ["shipped"]
    [case] = house.rows("cases")
    assert (case["reason"], case["waits_on"]) == ("goods-over,goods-wrong", "sales_admin")
    assert case["region"] == "北区"


def test_a_report_over_several_lists_books_each(house: House) -> None:
    ordered(house)
    ordered(house, [(A3, 5, "现金")], subject="小叶子补单")
    head = ["清单号", "产品编码", "产品名称", "实发箱数", "批号", "承运商", "运单号", "发货日期"]
    truck = ("B1", "顺丰", "SF1234567890", "2026-11-10")
    rows = [
        ["FH261110-0001", "SP-A1-800", A1[0], 20, *truck],
        ["FH261110-0001", "SP-A2-800", A2[0], 30, *truck],
        ["FH261110-0003", "SP-A3-800", A3[0], 4, *truck],
        ["FH261110-0099", "SP-A3-800", A3[0], 4, *truck],
    ]
    numbers = [o["number"] for o in house.rows("orders")]
    rows[2][0] = "FH" + numbers[1].removeprefix("DD")
    sent_back(house, saved(workbook([head, *rows])), subject="发货明细")
    assert order_state(house) == ["shipped", "accepted"]
    assert [loads(house, n)[0][2] for n in numbers] == [
        ["SP-A1-800 120 B1", "SP-A2-800 180 B1"],
        ["SP-A3-800 24 B1"],
    ]
    [told] = told_warehouse(house)
    assert "没有开过清单“FH261110-0099”" in told
    assert "应发 30，实发 24，漏发 6 听" in told
    assert "FH261110-0001" not in told.replace("[FH261110-0001]", "")


def test_a_report_beside_the_list_that_is_filled_in_counts_once(house: House) -> None:
    list_ = ordered(house)
    head = ["清单号", "产品编码", "产品名称", "实发箱数", "承运商", "运单号", "发货日期"]
    truck = ("顺丰", "SF1234567890", "2026-11-10")
    rows = [
        ["FH261110-0001", "SP-A1-800", A1[0], 20, *truck],
        ["FH261110-0001", "SP-A2-800", A2[0], 30, *truck],
    ]
    report = saved(workbook([head, *rows]))
    back = filled(list_, {0: 20, 1: 30}, {0: "B1", 1: "B2"}, foot=TRUCK)
    papers = (("发货明细.xlsx", report), ("清单.xlsx", back))
    house.put("back", mail(WAREHOUSE, "今日发货", "请查收", *papers))
    assert house.once(MORNING).returncode == 0
    assert loads(house) == [("counted", "SF1234567890", ["SP-A1-800 120 B1", "SP-A2-800 180 B2"])]
    assert order_state(house) == ["shipped"]
    assert told_warehouse(house) == []


def test_a_list_beside_a_file_that_cannot_be_read_is_looked_at_by_a_person(house: House) -> None:
    back = filled(ordered(house), {0: 20, 1: 30}, foot=TRUCK)
    papers = (("清单.xlsx", back), ("二.xlsx", back[:2000]))
    house.put("back", mail(WAREHOUSE, "今日发货", "请查收", *papers))
    assert house.once(MORNING).returncode == 0
    assert ends(house)[1][0] == "review"
    assert loads(house) == []


def test_a_list_of_another_warehouse_books_nothing(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    south = ("warehouse", "南仓", "south@songping.example", "南区", "")
    write_register(house.folder, "staff", (*STAFF, south))
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK), sender="south@songping.example")
    assert ends(house)[1] == ("review", "shipping-asked")
    assert loads(house) == []
    told = letters(house, "south@songping.example")[0]
    assert "不是开给您这个仓库的" in words(told)
    assert notices(house, "goods-sent") == []


def test_an_order_that_was_closed_ships_nothing(house: House) -> None:
    list_ = ordered(house)
    house.run("close", "order", "DD261110-0001", "--reason", "不要了")
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK))
    assert loads(house) == []
    assert order_state(house) == ["closed"]
    assert "不该发货" in told_warehouse(house)[0]


def test_what_cannot_be_read_books_nothing_and_is_asked(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: "约30"}, foot=TRUCK))
    assert ends(house)[1] == ("review", "shipping-asked")
    assert loads(house) == []
    assert "约30" in told_warehouse(house)[0]


def test_a_line_that_is_not_filled_in_is_named_and_the_others_count(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20}, foot=TRUCK))
    assert loads(house) == [("counted", "SF1234567890", ["SP-A1-800 120"])]
    [told] = told_warehouse(house)
    assert "漏发 180 听" in told


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("已发 顺丰 SF1234567890", {}),
        ("您好，全部发出，顺丰 SF1234567890，谢谢", {"quote": True}),
        ("shipped, SF1234567890", {"refers": False}),
    ],
)
def test_words_in_the_thread_ship_all_of_the_list(
    house: House, text: str, more: dict[str, bool]
) -> None:
    list_ = ordered(house)
    house.put("words", reply(list_, text, WAREHOUSE, **more))  # type: ignore[arg-type] # its flags
    house.once(MORNING)
    assert ends(house)[1] == ("done", "shipped")
    assert order_state(house) == ["shipped"]
    assert loads(house) == [("counted", "SF1234567890", ["SP-A1-800 120", "SP-A2-800 180"])]
    assert notices(house, "shipping-answer") == []
    assert len(notices(house, "goods-sent")) == 2


@pytest.mark.parametrize(
    "text",
    ["已发一部分 顺丰 SF1234567890", "收到", "已发，2段缺2箱", "明天发", "已发 FH261110-0099"],
)
def test_other_words_are_read_by_a_person(house: House, text: str) -> None:
    house.put("words", reply(ordered(house), text, WAREHOUSE))
    house.once(MORNING)
    assert ends(house)[1] == ("review", "answer"), house.rows("mails")[1]
    assert loads(house) == []
    assert order_state(house) == ["accepted"]


def test_words_of_somebody_else_ship_nothing(house: House) -> None:
    house.put("words", reply(ordered(house), "已发 顺丰 SF1234567890", BEI))
    house.once(MORNING)
    assert loads(house) == []


def test_the_filled_list_after_the_words_brings_its_batches_and_counts_once(house: House) -> None:
    list_ = ordered(house)
    house.put("words", reply(list_, "已发 顺丰 SF1234567890", WAREHOUSE))
    house.once(MORNING)
    sent_back(house, filled(list_, {0: 20, 1: 30}, {0: "B1", 1: "B2"}, foot=TRUCK), now=NOON)
    assert [(state, goods) for state, _, goods in loads(house)] == [
        ("replaced", ["SP-A1-800 120", "SP-A2-800 180"]),
        ("counted", ["SP-A1-800 120 B1", "SP-A2-800 180 B2"]),
    ]
    assert order_state(house) == ["shipped"]
    assert len(notices(house, "goods-sent")) == 2


def test_words_after_a_part_has_left_are_asked(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 10}, foot=TRUCK))
    house.put("words", reply(list_, "全部发出 德邦 DPK000111222", WAREHOUSE))
    house.once(NOON)
    assert ends(house)[2] == ("review", "shipping-asked")
    assert len(loads(house)) == 1


def test_who_got_a_batch_is_answered_by_mail_and_command(house: House) -> None:
    list_ = ordered(house)
    sent_back(house, filled(list_, {0: 20, 1: 30}, {0: "Ｂ20260301"}, foot=TRUCK))
    for number, sender in enumerate((ADMIN, WAREHOUSE, GM, "it@songping.example")):
        house.put(f"ask{number}", mail(sender, "批次 b20260301", ""))
    assert house.once(NOON).returncode == 0
    assert [end for end in ends(house) if end[1] == "batch-told"] == [("done", "batch-told")] * 4
    [letter] = letters(house, GM)
    assert "青禾市小叶子母婴用品有限公司 N101 北区：120 听" in words(letter)
    [attached] = letter.iter_attachments()
    assert attached.get_filename() == "B20260301.xlsx"
    shown = json.loads(house.run("show", "batch", "Ｂ20260301", "--json").stdout)
    assert (shown["tins"], shown["distributors"]) == (120, 1)
    assert shown["shipments"][0]["distributor"] == "N101"
    assert house.run("show", "batch", "B9").returncode == 1


def test_the_first_line_may_ask_too_and_an_unknown_batch_is_said_so(house: House) -> None:
    house.put("ask", mail(ADMIN, "请查一下", "batch: ZZ-99\n\n谢谢"))
    house.once(MORNING)
    [letter] = letters(house, ADMIN, "ZZ-99")
    assert "没有发货记录" in words(letter)
    assert not list(letter.iter_attachments())


@pytest.mark.parametrize(
    ("sender", "state", "told"),
    [
        (BEI, "done", 1),
        (FINANCE, "done", 1),
        ("n101@dealer.example", "review", 0),
        ("someone@else.example", "ignored", 0),
    ],
)
def test_nobody_else_hears_who_got_a_batch(
    house: House, sender: str, state: str, told: int
) -> None:
    house.put("ask", mail(sender, "批次 B1", ""))
    house.once(MORNING)
    assert notices(house, "batch-answer") == []
    assert len(notices(house, "help-answer")) == told
    assert ends(house)[0][0] == state


def test_goods_that_name_no_batch_are_told_beside_those_that_do(house: House) -> None:
    ordered(house)
    list_ = ordered(house, [(A1, 5, "现金")], subject="小叶子补单")
    sent_back(house, filled(letters(house, WAREHOUSE)[0], {0: 20, 1: 30}, foot=TRUCK))
    sent_back(house, filled(list_, {0: 5}, {0: "B1"}, foot=OTHER), now=NOON)
    shown = json.loads(house.run("show", "batch", "B1", "--json").stdout)
    assert [line["tins"] for line in shown["shipments"]] == [30]
    assert [line["tins"] for line in shown["without_batch"]] == [120]


def test_a_kill_while_goods_are_booked_leaves_no_trace_and_counts_once(house: House) -> None:
    list_ = ordered(house)
    house.put("words", reply(list_, "已发 顺丰 SF1234567890", WAREHOUSE))
    killed = house.once(MORNING, MAILFLOW_FAILPOINT="shipment.booked")
    assert killed.returncode == -signal.SIGKILL
    assert order_state(house) == ["accepted"]
    assert loads(house) == []
    assert house.once(NOON).returncode == 0
    assert order_state(house) == ["shipped"]
    assert len(loads(house)) == 1
    assert len(notices(house, "goods-sent")) == 2


def test_papers_that_are_not_booked_are_named_to_whoever_traces_a_batch(house: House) -> None:
    ordered(house)
    list_ = ordered(house, [(A1, 5, "现金")], subject="小叶子补单")
    sent_back(
        house, filled(letters(house, WAREHOUSE)[0], {0: 20, 1: "约30"}, {0: "B1"}, foot=TRUCK)
    )
    sent_back(house, filled(list_, {0: 5}, {0: "B1"}, foot=OTHER), now=NOON)
    [case] = house.rows("cases")
    shown = json.loads(house.run("show", "batch", "B1", "--json").stdout)
    assert (shown["tins"], shown["not_booked_yet"]) == (30, [case["number"]])
    house.put("ask", mail(ADMIN, "batch B1", ""))
    house.once(NOON)
    assert case["number"] in words(letters(house, ADMIN, "B1")[-1])


def test_an_older_revision_that_is_filled_in_books_nothing(house: House) -> None:
    first = ordered(house)
    changed = sheet(order("N101", [(A1, 22, "现金"), (A2, 30, "现金")]))
    house.put(
        "change",
        mail(
            BEI,
            "更正：小叶子11月订单",
            "改为22箱",
            ("订货单.xlsx", changed),
            In_Reply_To=thread_of(house),
        ),
    )
    house.once(MORNING)
    house.put("yes", reply(question(house, ADMIN), "同意", ADMIN))
    house.once(MORNING)
    assert [o["state"] for o in house.rows("orders")] == ["closed", "accepted"]
    sent_back(house, filled(first, {0: 20, 1: 30}, foot=TRUCK), now=NOON)
    assert loads(house) == []
    assert "已改为 R2" in told_warehouse(house)[-1]
    house.put("words", reply(first, "已发 顺丰 SF1234567890", WAREHOUSE, refers=False))
    house.once(NOON)
    assert loads(house) == []
    assert "已改为 R2" in told_warehouse(house)[-1]
    [*_, second] = letters(house, WAREHOUSE, "R2")
    sent_back(house, filled(second, {0: 22, 1: 30}, foot=TRUCK), now=NOON)
    assert order_state(house) == ["closed", "shipped"]


def thread_of(house: House) -> str:
    return str(letters(house, BEI)[0]["Message-ID"])


def test_a_change_that_waits_keeps_its_case_when_the_goods_leave(house: House) -> None:
    list_ = ordered(house)
    changed = sheet(order("N101", [(A1, 22, "现金"), (A2, 30, "现金")]))
    book = ("订货单.xlsx", changed)
    thread = thread_of(house)
    house.put("change", mail(BEI, "更正：小叶子11月订单", "改为22箱", book, In_Reply_To=thread))
    house.once(MORNING)
    sent_back(house, filled(list_, {0: 20, 1: 30}, foot=TRUCK), now=NOON)
    assert order_state(house) == ["shipped", "review"]
    assert [c["state"] for c in house.rows("cases") if c["kind"] == "order"] == ["open"]
