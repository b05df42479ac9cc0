"""An order whose list is out is cancelled by a yes of the sales admin, and the warehouse hears; until
then, and after a no, the list holds. What has left is neither cancelled nor changed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, A2, A3, mail, order, sheet
from mailflow.commands.demo_desk.registers import CUSTOMERS, HEADS
from tests.scenarios.goods_left import ship
from tests.scenarios.house import EVENING, LATER, House, build_house
from tests.scenarios.replies import (
    ADMIN,
    BEI,
    NAN,
    letters,
    lists_of,
    order_state,
    question,
    reply,
    words,
)
from tests.scenarios.test_amended import put
from tests.scenarios.test_corrected import revisions, with_sheet

NEXT, THEN = LATER
AFTER = "2026-11-10T18:35:00+08:00"
NUMBER, SHEET = "DD261110-0001", "FH261110-0001 R1"
ROWS = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")])
CHANGED = order("N101", [(A1, 10, "现金"), (A2, 10, "现金"), (A3, 2, "现金")])


def listed(folder: Path) -> House:
    house = build_house(folder)
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(ROWS))))
    assert house.once(EVENING).returncode == 0
    assert order_state(house) == ["accepted"]
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return listed(tmp_path / "house")


def wish(house: House, text: str = "取消\n客户搬仓库，先不要了") -> None:
    put(house, reply(letters(house, BEI)[0], text, BEI))


def notices(house: House, name: str) -> list[str]:
    return [m["recipient"] for m in house.rows("messages") if m["notice"] == name]


@pytest.mark.fault("B11")
def test_nothing_happens_before_the_sales_admin_says_yes(house: House) -> None:
    wish(house)
    assert order_state(house) == ["accepted"]
    assert notices(house, "list-cancelled") == []
    asked = question(house, ADMIN)
    assert "客户搬仓库，先不要了" in words(asked)
    assert "销管小何" in words(letters(house, BEI)[-1])
    assert [(c["reason"], c["state"]) for c in house.rows("cases")] == [("cancellation", "open")]
    assert house.rows("mails")[-1]["reason"] == "cancellation-asked"


@pytest.mark.fault("B11")
@pytest.mark.parametrize("word", ["同意", "取消"])
def test_a_yes_ends_the_order_and_stops_the_warehouse(house: House, word: str) -> None:
    wish(house)
    put(house, reply(question(house, ADMIN), word, ADMIN), THEN)
    assert order_state(house) == ["closed"]
    told = letters(house, "warehouse@")[-1]
    assert "作废" in told["Subject"]
    assert SHEET in told["Subject"]
    assert "放回原来的货位" in words(told)
    assert "已取消" in letters(house, BEI)[-1]["Subject"]
    assert [c["state"] for c in house.rows("cases")] == ["closed"]
    assert "仓库和来信人都已通知" in words(letters(house, ADMIN)[-1])
    put(house, reply(question(house, ADMIN), "不同意", ADMIN), AFTER)
    assert order_state(house) == ["closed"]
    assert len(notices(house, "list-cancelled")) == 1


@pytest.mark.fault("B11", "P08")
def test_a_yes_to_shipping_cancels_nothing(house: House) -> None:
    wish(house)
    put(house, reply(question(house, ADMIN), "同意发货", ADMIN), THEN)
    assert order_state(house) == ["accepted"]
    assert notices(house, "list-cancelled") == []
    assert "没看懂" in words(letters(house, ADMIN)[-1])


def test_a_no_leaves_order_and_list(house: House) -> None:
    wish(house)
    put(house, reply(question(house, ADMIN), "不同意\n货已经装车", ADMIN), THEN)
    assert order_state(house) == ["accepted"]
    assert notices(house, "list-cancelled") == []
    assert "货已经装车" in words(letters(house, BEI)[-1])
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def test_a_no_leaves_the_case_of_a_list_that_is_late(house: House) -> None:
    late, morning, noon = (f"2026-11-{t}:05:00+08:00" for t in ("16T09", "16T10", "16T11"))
    assert house.once(late).returncode == 0
    assert [c["reason"] for c in house.rows("cases")] == ["ship-overdue"]
    put(house, reply(letters(house, BEI)[0], "取消", BEI), morning)
    put(house, reply(question(house, ADMIN), "不同意", ADMIN), noon)
    assert sorted((c["reason"], c["state"]) for c in house.rows("cases")) == [
        ("cancellation", "closed"),
        ("ship-overdue", "open"),
    ]


def test_who_asks_twice_is_asked_about_once(house: House) -> None:
    wish(house)
    put(house, reply(letters(house, BEI)[0], "请取消订单，谢谢", BEI), THEN)
    assert notices(house, "cancel-request") == [ADMIN]
    assert notices(house, "question-answered") == [BEI, BEI]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        (f"作废 {NUMBER}", "客户不要了"),
        ("请取消订单 FH261110-0001", "如题"),
        (f"关于 {NUMBER}", "请把这张订单取消掉"),
    ],
)
def test_a_mail_of_its_own_names_the_order(house: House, subject: str, text: str) -> None:
    put(house, mail(BEI, subject, text))
    assert notices(house, "cancel-request") == [ADMIN]


@pytest.mark.parametrize("text", ["取消第二行", "先别发", "取消，改成20箱", "不取消", "收到"])
def test_other_wishes_are_read_by_a_person(house: House, text: str) -> None:
    put(house, reply(letters(house, BEI)[0], text, BEI))
    assert notices(house, "cancel-request") == []
    assert house.rows("mails")[-1]["state"] == "review"


@pytest.mark.fault("A12")
def test_another_manager_cancels_nothing(house: House) -> None:
    put(house, reply(letters(house, BEI)[0], "取消", NAN))
    assert notices(house, "cancel-request") == []
    assert order_state(house) == ["accepted"]


def test_the_distributor_itself_may_ask(house: House) -> None:
    address = next(r["email"] for r in _customers() if r["code"] == "N101")
    put(house, mail(address, f"取消订单 {NUMBER}", "资金紧张"))
    assert notices(house, "cancel-request") == [ADMIN]


def test_a_sales_admin_who_asks_is_asked_and_hears_no_more(house: House) -> None:
    put(house, mail(ADMIN, f"取消 {NUMBER}", "取消"))
    assert order_state(house) == ["accepted"]
    assert notices(house, "cancel-request") == [ADMIN]
    assert notices(house, "question-answered") == []
    assert house.rows("mails")[-1]["reason"] == "cancellation-asked"


def _customers() -> list[dict[str, str]]:
    return [dict(zip(HEADS["customers"], map(str, row), strict=True)) for row in CUSTOMERS]


def test_what_has_left_is_not_cancelled(house: House) -> None:
    ship(house)
    wish(house)
    assert notices(house, "cancel-request") == []
    assert order_state(house) == ["shipped"]
    assert "退货" in words(letters(house, BEI)[-1])
    assert house.rows("cases") == []


def test_what_leaves_before_the_yes_is_too_late(house: House) -> None:
    wish(house)
    ship(house, tins=6)
    put(house, reply(question(house, ADMIN), "同意", ADMIN), THEN)
    assert order_state(house) == ["accepted"]
    assert notices(house, "list-cancelled") == []
    assert "不能取消了" in words(letters(house, BEI)[-1])
    assert "不能取消了" in words(letters(house, ADMIN)[-1])
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def test_who_does_not_answer_is_reminded_once(house: House) -> None:
    wish(house)
    for now in (
        "2026-11-12T08:00:00+08:00",
        "2026-11-12T09:10:00+08:00",
        "2026-11-12T10:00:00+08:00",
    ):
        assert house.once(now).returncode == 0
    urged = letters(house, ADMIN, "提醒")
    assert len(urged) == 1
    put(house, reply(urged[0], "同意", ADMIN), "2026-11-12T10:10:00+08:00")
    assert order_state(house) == ["closed"]


def test_a_change_after_shipping_is_too_late(house: House) -> None:
    ship(house)
    raw = with_sheet(
        reply(letters(house, BEI)[0], "改一下", BEI, subject=f"更正 {NUMBER}"), CHANGED
    )
    put(house, raw)
    assert revisions(house) == [(NUMBER, 1, "shipped")]
    assert len(lists_of(house)) == 1
    told = words(letters(house, BEI)[-1])
    assert "改不了了" in told
    assert "原 72 听，想改为 60 听（−12 听）" in told
    assert "另订一批" in told
    assert house.rows("mails")[-1]["reason"] == "changed-too-late"
    assert house.rows("cases") == []


def test_a_change_that_is_agreed_to_after_shipping_is_too_late(house: House) -> None:
    raw = with_sheet(
        reply(letters(house, BEI)[0], "改一下", BEI, subject=f"更正 {NUMBER}"), CHANGED
    )
    put(house, raw)
    asked = letters(house, ADMIN, "请审批")[-1]
    with_goods_gone(house)
    put(house, reply(asked, "同意", ADMIN), THEN)
    assert revisions(house) == [(NUMBER, 1, "shipped"), (NUMBER, 2, "closed")]
    assert len(lists_of(house)) == 1
    assert "改不了了" in words(letters(house, BEI)[-1])


def test_a_change_is_not_released_by_hand_after_shipping_and_can_be_closed(house: House) -> None:
    raw = with_sheet(
        reply(letters(house, BEI)[0], "改一下", BEI, subject=f"更正 {NUMBER}"), CHANGED
    )
    put(house, raw)
    with_goods_gone(house)
    refused = house.run("release", "order", NUMBER, "--reason", "called")
    assert refused.returncode == 1
    assert "revision 2 changes revision 1" in refused.stderr
    assert f"mailflow close order {NUMBER}" in refused.stderr
    assert house.run("close", "order", NUMBER, "--reason", "too late").returncode == 0
    assert revisions(house) == [(NUMBER, 1, "shipped"), (NUMBER, 2, "closed")]
    assert house.run("close", "order", NUMBER, "--reason", "again").returncode == 1
    assert len(lists_of(house)) == 1


def with_goods_gone(house: House) -> None:
    ship(house)


def unsent(folder: Path) -> House:
    """Decided, and the power fails before anything is sent."""
    house = build_house(folder)
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(ROWS))))
    assert house.once(EVENING, MAILFLOW_FAILPOINT="deal.committed").returncode == -signal.SIGKILL
    assert [m["state"] for m in lists_of(house)] == ["ready"]
    return house


@pytest.mark.fault("B03")
def test_a_list_that_has_not_left_is_replaced_without_asking(tmp_path: Path) -> None:
    house = unsent(tmp_path / "house")
    put(house, mail(BEI, f"更正 {NUMBER}", "以此为准", ("小叶子.xlsx", sheet(CHANGED))))
    assert revisions(house) == [(NUMBER, 1, "closed"), (NUMBER, 2, "accepted")]
    assert [(m["revision"], m["state"]) for m in lists_of(house)] == [
        (1, "suppressed"),
        (2, "accepted"),
    ]
    assert len(letters(house, "warehouse@")) == 1
    assert notices(house, "approval-request") == []


def test_a_list_that_has_not_left_is_not_said_to_be_with_the_warehouse(tmp_path: Path) -> None:
    house = unsent(tmp_path / "house")
    put(house, mail(BEI, f"作废 {NUMBER}", "取消\n客户搬仓库"))
    for to in (ADMIN, BEI):
        told = words([m for m in letters(house, to) if "取消" in m["Subject"]][-1])
        assert "还没有发到仓库" in told
        assert "已发仓库" not in told


def test_a_list_that_has_not_left_is_taken_back_by_a_word(tmp_path: Path) -> None:
    house = unsent(tmp_path / "house")
    put(house, mail(BEI, f"作废 {NUMBER}", "取消"))
    assert order_state(house) == ["closed"]
    assert [m["state"] for m in lists_of(house)] == ["suppressed"]
    assert letters(house, "warehouse@") == []
    assert notices(house, "cancel-request") == []


@pytest.mark.parametrize("failpoint", ["question.answered", "list.withdrawn", "deal.performed"])
def test_a_kill_on_the_way_changes_nothing(tmp_path: Path, failpoint: str) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = listed(tmp_path / name)
        wish(house)
        house.put("yes", reply(question(house, ADMIN), "同意", ADMIN))
        done = house.once(THEN, MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in (THEN, AFTER):
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]
    assert order_state(house) == ["closed"]


def test_a_further_wish_after_a_no_is_a_further_question(house: House) -> None:
    wish(house)
    put(house, reply(question(house, ADMIN), "不同意", ADMIN), THEN)
    put(house, reply(letters(house, BEI)[0], "取消\n客户确定不要了", BEI), AFTER)
    assert notices(house, "cancel-request") == [ADMIN, ADMIN]
    asked = letters(house, ADMIN, "请确认取消")[-1]
    assert "客户确定不要了" in words(asked)
    put(house, reply(asked, "同意", ADMIN), "2026-11-10T18:45:00+08:00")
    assert order_state(house) == ["closed"]


def test_who_agreed_to_an_order_can_be_asked_to_call_it_back(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house")
    house.put("first", mail(BEI, "小叶子补货", "先等通知发货", ("小叶子.xlsx", sheet(ROWS))))
    assert house.once(EVENING).returncode == 0
    put(house, reply(question(house, ADMIN), "同意", ADMIN))
    assert order_state(house) == ["accepted"]
    put(house, reply(letters(house, BEI)[0], "取消\n客户搬仓库", BEI), THEN)
    put(house, reply(letters(house, ADMIN, "请确认取消")[-1], "同意", ADMIN), AFTER)
    assert order_state(house) == ["closed"]
