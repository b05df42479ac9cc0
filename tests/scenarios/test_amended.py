"""An order whose list is out is changed by a yes of the sales admin, and the warehouse reads what is
different; until then, and after a no, the list that is out holds."""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, A3, mail, order, sheet
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import ADMIN, BEI, letters, lists_of, question, reply, words
from tests.scenarios.test_corrected import revisions, with_sheet

NEXT, THEN = LATER
NUMBER = "DD261110-0001"
FIRST = order("N101", [(A1, 10, "现金"), (A2, 12, "现金"), (A1, 5, "现金")])
"""A product may stand in two lines."""
CHANGED = order("N101", [(A1, 10, "现金"), (A2, 12, "现金"), (A3, 2, "现金")])
OPEN = [(NUMBER, 1, "accepted"), (NUMBER, 2, "review")]


def begun(folder: Path, rows: Any = CHANGED) -> House:
    """One order is listed, and its change asked about."""
    house = build_house(folder)
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", sheet(FIRST))))
    assert house.once().returncode == 0
    put(
        house,
        with_sheet(
            reply(letters(house, BEI)[-1], "改一下，见附件", BEI, subject=f"更正 {NUMBER}"), rows
        ),
    )
    return house


def put(house: House, raw: bytes, now: str = NEXT, name: str = "a") -> None:
    house.put(f"{name}-{now[14:16]}", raw)
    done = house.once(now)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def house(tmp_path: Path) -> House:
    return begun(tmp_path / "house")


@pytest.mark.fault("B03", "B04")
def test_a_yes_gives_the_warehouse_a_list_of_what_is_different(house: House) -> None:
    assert revisions(house) == OPEN
    assert len(lists_of(house)) == 1
    asked = question(house, ADMIN)
    assert "90 → 60" in words(asked)
    assert "照已经发给仓库的清单发货" in words(asked)
    put(house, reply(asked, "同意", ADMIN), THEN)
    assert revisions(house) == [(NUMBER, 1, "closed"), (NUMBER, 2, "accepted")]
    first, second = lists_of(house)
    assert (first["revision"], second["revision"]) == (1, 2)
    assert first["subject_id"] == second["subject_id"]
    told = letters(house, "warehouse@")[-1]
    assert "原 90 听，改为 60 听（−30 听）" in words(told)
    assert "原 0 听，改为 12 听（+12 听）" in words(told)
    [file] = told.iter_attachments()
    content = file.get_content()
    assert isinstance(content, bytes)
    page = load_workbook(io.BytesIO(content)).active
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any("原 90 听，改为 60 听" in text for text in texts)


def test_a_change_of_what_was_changed_is_asked_about_too(house: House) -> None:
    put(house, reply(question(house, ADMIN), "同意", ADMIN), THEN)
    again = order("N101", [(A1, 10, "现金"), (A2, 11, "现金"), (A3, 2, "现金")])
    raw = with_sheet(reply(letters(house, BEI)[-1], "再改", BEI, subject=f"更正 {NUMBER}"), again)
    put(house, raw, "2026-11-10T18:35:00+08:00")
    assert revisions(house) == [
        (NUMBER, 1, "closed"),
        (NUMBER, 2, "accepted"),
        (NUMBER, 3, "review"),
    ]
    assert len(lists_of(house)) == 2
    assert "72 → 66" in words(letters(house, ADMIN, "请审批")[-1])


@pytest.mark.fault("B04")
def test_a_no_leaves_the_list_that_is_out(house: House) -> None:
    put(house, reply(question(house, ADMIN), "不同意", ADMIN), THEN)
    assert revisions(house) == [(NUMBER, 1, "accepted"), (NUMBER, 2, "closed")]
    assert len(lists_of(house)) == 1
    assert "照原来的清单发货" in words(letters(house, BEI)[-1])
    assert "照原来的清单发货" in words(letters(house, ADMIN)[-1])


def test_after_a_no_another_change_is_a_third_revision(house: House) -> None:
    put(house, reply(question(house, ADMIN), "不同意", ADMIN), THEN)
    again = order("N101", [(A1, 15, "现金"), (A2, 11, "现金")])
    put(house, with_sheet(reply(letters(house, BEI)[0], "更正", BEI, subject=f"更正 {NUMBER}"), again),
        "2026-11-10T18:35:00+08:00")  # fmt: skip
    assert revisions(house)[-1] == (NUMBER, 3, "review")
    assert revisions(house)[0] == (NUMBER, 1, "accepted")


def test_a_change_of_a_change_is_against_what_is_out(house: House) -> None:
    before = question(house, ADMIN)
    other = order("N101", [(A1, 10, "现金"), (A2, 12, "现金"), (A1, 4, "现金")])
    put(house, with_sheet(reply(letters(house, BEI)[-1], "再更正", BEI), other), THEN)
    assert revisions(house) == [
        (NUMBER, 1, "accepted"),
        (NUMBER, 2, "closed"),
        (NUMBER, 3, "review"),
    ]
    put(house, reply(before, "同意", ADMIN), "2026-11-10T18:35:00+08:00")
    assert len(lists_of(house)) == 1
    asked = letters(house, ADMIN, "请审批")[-1]
    assert "90 → 84" in words(asked)


def test_its_sender_cancels_no_goods_by_taking_a_change_back(house: House) -> None:
    put(house, reply(letters(house, BEI)[-1], "取消", BEI), THEN)
    assert revisions(house) == OPEN
    assert house.rows("mails")[-1]["state"] == "review"


@pytest.mark.fault("B03")
def test_a_change_is_not_charged_twice(tmp_path: Path) -> None:
    """The limit allows the order once."""
    house = build_house(tmp_path / "house")
    rows = order("N103", [(A1, 10, "现金"), (A2, 2, "现金")])
    house.put("first", mail(BEI, "亲贝订单", "请查收", ("亲贝.xlsx", sheet(rows))))
    assert house.once().returncode == 0
    assert revisions(house) == [(NUMBER, 1, "accepted")]
    less = order("N103", [(A1, 10, "现金"), (A2, 1, "现金")])
    put(house, with_sheet(reply(letters(house, BEI)[-1], "更正", BEI), less, "亲贝.xlsx"))
    assert revisions(house)[-1] == (NUMBER, 2, "review")
    assert [
        m["recipient"] for m in house.rows("messages") if m["notice"] == "approval-request"
    ] == [ADMIN]


@pytest.mark.fault("K06", "K09")
@pytest.mark.parametrize("failpoint", ["question.answered", "deal.performed"])
def test_a_kill_on_the_way_changes_nothing(tmp_path: Path, failpoint: str) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = begun(tmp_path / name)
        house.put("yes", reply(question(house, ADMIN), "同意", ADMIN))
        done = house.once(THEN, MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        for later in (THEN, "2026-11-10T18:45:00+08:00"):
            assert house.once(later).returncode == 0
        ends.append(house.end_state())
    assert ends[0] == ends[1]
    assert len(lists_of(house)) == 2
