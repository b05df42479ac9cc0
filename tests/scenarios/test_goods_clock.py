"""What is not sent in time is asked for on working mornings, what is under way until it arrives.

A list of Tuesday the 10th is to leave by Friday the 13th; the 1st to the 7th of October are off, and
Saturday the 10th of October is worked.
"""

from __future__ import annotations

import io
import json
import signal
import sqlite3
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, Row, mail, order, sheet
from tests.scenarios.goods_left import ship
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, BEI, letters, question, reply, words
from tests.scenarios.test_corrected import with_sheet

ROWS = order("N101", [(A1, 10, "现金"), (A2, 12, "现金")])
OTHER = order("N101", [(A1, 3, "现金")])
NUMBER, LIST = "DD261110-0001", "FH261110-0001"
WAREHOUSE, LOGISTICS = "warehouse@songping.example", "logistics@songping.example"
MORNING = "09:05"


def at(day: int, hour: str = MORNING, month: int = 11) -> str:
    return f"2026-{month:02}-{day:02}T{hour}:00+08:00"


def look(house: House, *instants: str) -> None:
    for now in instants:
        done = house.once(now)
        assert done.returncode == 0, done.stdout + done.stderr


def dated(rows: list[Row], day: str) -> list[Row]:
    return [("订货日期", day) if row[:1] == ("订货日期",) else row for row in rows]


def listed(folder: Path, now: str = at(10, "14:00")) -> House:
    house = build_house(folder)
    rows = sheet(dated(ROWS, now[:10]))
    house.put("first", mail(BEI, "小叶子补货", "请查收", ("小叶子.xlsx", rows)))
    look(house, now)
    assert [row["state"] for row in house.rows("orders")] == ["accepted"]
    return house


@pytest.fixture
def house(tmp_path: Path) -> House:
    return listed(tmp_path / "house")


def sent(house: House, notice: str) -> list[str]:
    return [m["recipient"] for m in house.rows("messages") if m["notice"] == notice]


def test_the_warehouse_is_reminded_on_the_second_day_and_the_admin_after_the_third(
    house: House,
) -> None:
    look(house, at(11), at(11, "20:00"), at(12, "08:50"))
    assert sent(house, "ship-reminder") == []
    look(house, at(12), at(12, "15:00"))
    assert sent(house, "ship-reminder") == [WAREHOUSE]
    assert "11月13日" in words(letters(house, WAREHOUSE, "请发货")[-1])
    look(house, at(13), at(14), at(15))
    assert sent(house, "ship-reminder") == [WAREHOUSE] * 2
    assert house.rows("cases") == []
    look(house, at(16), at(16, "11:00"))
    assert sent(house, "ship-reminder") == [WAREHOUSE] * 3 + [ADMIN]
    assert "已超期" in letters(house, WAREHOUSE, "请发货")[-1]["Subject"]
    assert f"{LIST} R1" in words(letters(house, ADMIN, "超期未发货")[-1])
    assert [(c["reason"], c["state"]) for c in house.rows("cases")] == [("ship-overdue", "open")]
    look(house, at(17), at(17, "17:40"))
    assert sent(house, "ship-reminder").count(ADMIN) == 1
    assert LIST.replace("FH", "DD") in words(letters(house, ADMIN, "")[-1])


def test_a_list_stays_overdue_whatever_becomes_of_a_change_of_its_order(house: House) -> None:
    look(house, at(16))
    changed = order("N101", [(A1, 10, "现金"), (A2, 11, "现金")])
    answer = letters(house, BEI)[0]
    wish = reply(answer, "改一下", BEI, subject="更正 DD261110-0001")
    house.put("change", with_sheet(wish, changed))
    look(house, at(16, "10:00"))
    house.put("no", reply(question(house, ADMIN), "不同意", ADMIN))
    look(house, at(16, "10:30"))
    assert [(row["revision"], row["state"]) for row in house.rows("orders")] == [
        (1, "accepted"),
        (2, "closed"),
    ]
    overdue = [c for c in house.rows("cases") if c["reason"] == "ship-overdue"]
    assert [c["state"] for c in overdue] == ["open"]
    ship(house, day="2026-11-16")
    look(house, at(17))
    assert {c["state"] for c in house.rows("cases")} == {"closed"}


def test_holidays_count_for_nothing_and_a_worked_saturday_does(tmp_path: Path) -> None:
    house = listed(tmp_path / "house", "2026-09-30T14:00:00+08:00")
    look(house, *(at(day, month=10) for day in (2, 5, 8)))
    assert sent(house, "ship-reminder") == []
    look(house, at(9, month=10))
    assert sent(house, "ship-reminder") == [WAREHOUSE]
    look(house, at(10, month=10), at(11, month=10))
    assert sent(house, "ship-reminder") == [WAREHOUSE] * 2
    look(house, at(12, month=10))
    assert sent(house, "ship-reminder") == [WAREHOUSE] * 3 + [ADMIN]


@pytest.mark.fault("T08")
def test_one_letter_names_all_lists_also_after_a_week_away(house: House) -> None:
    house.put("second", mail(BEI, "又一批", "另订一批", ("另一张.xlsx", sheet(OTHER))))
    look(house, at(10, "15:00"), at(20), at(20, "09:20"))
    assert sent(house, "ship-reminder") == [WAREHOUSE, ADMIN]
    assert "2 张" in letters(house, WAREHOUSE, "请发货")[-1]["Subject"]


@pytest.mark.fault("T05")
def test_who_was_away_over_a_holiday_and_its_make_up_day_says_each_thing_once(
    tmp_path: Path,
) -> None:
    """Due on the worked Saturday, the 10th of October; nobody looks before Monday, then for a week."""
    house = listed(tmp_path / "house", "2026-09-30T14:00:00+08:00")
    gone = mail(BEI, "又一批", "另订一批", ("另一张.xlsx", sheet(dated(OTHER, "2026-09-30"))))
    house.put("second", gone)
    look(house, "2026-09-30T14:10:00+08:00")
    ship(house, day="2026-09-30", order="DD260930-0002")
    look(house, at(12, month=10), at(12, "11:00", month=10))
    once = [WAREHOUSE, ADMIN]
    assert sent(house, "ship-reminder") == once
    assert sent(house, "waybill-request") == [LOGISTICS]
    third = dated(order("N101", [(A2, 4, "现金")]), "2026-10-12")
    house.put("third", mail(BEI, "第三批", "另订一批", ("三.xlsx", sheet(third))))
    look(house, at(12, "11:10", month=10), at(20, month=10), at(20, "11:00", month=10))
    assert len(sent(house, "waybill-request")) == 2
    new = [words(m) for m in letters(house, ADMIN, "超期未发货")]
    assert [("FH260930-0001" in text, "FH261012-0003" in text) for text in new] == [
        (True, False),
        (False, True),
    ]
    assert sent(house, "ship-reminder") == [*once, *once]


@pytest.mark.fault("T02")
def test_a_clock_set_back_says_nothing_again(house: House) -> None:
    look(house, at(16), at(13), at(12), at(16))
    assert sent(house, "ship-reminder").count(ADMIN) == 1
    assert sent(house, "ship-reminder").count(WAREHOUSE) == 3
    look(house, at(13), at(12), at(16))
    assert sent(house, "ship-reminder").count(WAREHOUSE) == 3


def test_what_has_left_is_not_asked_for_and_a_rest_is(tmp_path: Path) -> None:
    gone, rest = listed(tmp_path / "gone"), listed(tmp_path / "rest")
    ship(gone)
    ship(rest, tins=6)
    for house in (gone, rest):
        look(house, at(12))
    assert sent(gone, "ship-reminder") == []
    assert sent(rest, "ship-reminder") == [WAREHOUSE]
    assert "已发 12 听" in words(letters(rest, WAREHOUSE, "请发货")[-1])


def test_a_late_list_that_has_left_is_no_case_though_its_order_lacks_something(
    house: House,
) -> None:
    look(house, at(16))
    assert [(c["reason"], c["state"]) for c in house.rows("cases")] == [("ship-overdue", "open")]
    ship(house, tins=6, day="2026-11-16")
    look(house, at(17))
    assert [c["state"] for c in house.rows("cases")] == ["open"]
    ship(house, "SF101", day="2026-11-17")
    with closing(sqlite3.connect(house.folder / "mailflow.db")) as base, base:
        # As where only a part of the order was there to be listed.
        base.execute("update orders set state = 'accepted'")
    look(house, at(18))
    assert [c["state"] for c in house.rows("cases")] == ["closed"]


def asked_sheet(message: EmailMessage) -> Any:
    [file] = message.iter_attachments()
    content = file.get_content()
    assert isinstance(content, bytes)
    return load_workbook(io.BytesIO(content))


def filled(house: House, *rows: tuple[str, str, str], name: str = "answer") -> bytes:
    """The newest sheet sent to logistics, filled in: by waybill a state, a day and a name."""
    asked = letters(house, LOGISTICS)[-1]
    book = asked_sheet(asked)
    page = book.active
    told = {waybill: (state, day) for waybill, state, day in rows}
    for row in page.iter_rows(min_row=2):
        state, day = told.get(str(row[3].value), ("", ""))
        row[5].value, row[6].value = state or None, day or None
    out = io.BytesIO()
    book.save(out)
    answer = EmailMessage()
    answer["From"], answer["To"] = LOGISTICS, "orders@songping.example"
    answer["Subject"] = f"Re: {asked['Subject']}"
    answer["Message-ID"] = f"<{name}@logistics.example>"
    answer["In-Reply-To"] = answer["References"] = asked["Message-ID"]
    answer.set_content("见附件")
    answer.add_attachment(
        out.getvalue(),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename="运单跟踪.xlsx",
    )
    return answer.as_bytes()


def under_way(folder: Path) -> House:
    """Two loads, which left on Tuesday the 10th and Wednesday the 11th."""
    house = listed(folder)
    ship(house, "SF100", tins=30)
    ship(house, "DPK200", day="2026-11-11")
    return house


def test_logistics_is_asked_after_three_days_and_every_two_until_it_arrives(
    tmp_path: Path,
) -> None:
    house = under_way(tmp_path / "house")
    look(house, at(12))
    assert sent(house, "waybill-request") == []
    look(house, at(13), at(13, "16:00"), at(14), at(15))
    assert sent(house, "waybill-request") == [LOGISTICS]
    page = asked_sheet(letters(house, LOGISTICS)[-1]).active
    assert [row[3].value for row in page.iter_rows(min_row=2)] == ["SF100"]
    look(house, at(16), at(17))
    assert sent(house, "waybill-request") == [LOGISTICS] * 2
    page = asked_sheet(letters(house, LOGISTICS)[-1]).active
    assert [row[3].value for row in page.iter_rows(min_row=2)] == ["SF100", "DPK200"]
    house.put("a", filled(house, ("SF100", "已签收", "2026-11-13"), ("DPK200", "在途", "")))
    look(house, at(17, "10:00"))
    assert house.rows("mails")[-1]["reason"] == "waybills-noted"
    assert sent(house, "goods-delivered") == [BEI]
    told = words(letters(house, BEI, "货已签收")[-1])
    assert "11月13日" in told
    assert "SF100" in told
    assert "还有 1 票货在路上" in told
    look(house, at(18))
    page = asked_sheet(letters(house, LOGISTICS)[-1]).active
    assert [row[3].value for row in page.iter_rows(min_row=2)] == ["DPK200"]
    house.put("b", filled(house, ("DPK200", "签收", ""), name="b"))
    house.put("c", filled(house, ("DPK200", "签收", ""), name="c"))
    look(house, at(18, "10:00"), at(20), at(24))
    assert sent(house, "goods-delivered") == [BEI, BEI]
    assert sent(house, "waybill-request") == [LOGISTICS] * 3
    story = json.loads(house.run("show", "order", NUMBER, "--json").stdout)
    assert [h["after"] for h in story["history"]].count("delivered") == 2


@pytest.mark.parametrize(
    ("state", "day"),
    [("在途", "2026-11-12"), ("丢了", ""), ("已签收", "2026-11-09"), ("已签收", "2026-11-30")],
)
def test_what_is_not_clear_is_not_booked(tmp_path: Path, state: str, day: str) -> None:
    house = listed(tmp_path / "house")
    ship(house)
    look(house, at(13))
    house.put("a", filled(house, ("SF100", state, day)))
    look(house, at(13, "10:00"))
    assert sent(house, "goods-delivered") == []
    assert house.rows("mails")[-1]["state"] == "review"


def test_a_stranger_to_logistics_delivers_nothing(tmp_path: Path) -> None:
    house = listed(tmp_path / "house")
    ship(house)
    look(house, at(13))
    raw = filled(house, ("SF100", "已签收", "2026-11-12"))
    house.put("a", raw.replace(b"From: logistics@", b"From: finance@"))
    look(house, at(13, "10:00"))
    assert sent(house, "goods-delivered") == []


def test_an_empty_sheet_says_nothing(tmp_path: Path) -> None:
    house = listed(tmp_path / "house")
    ship(house)
    look(house, at(13))
    house.put("a", filled(house))
    look(house, at(13, "10:00"))
    assert sent(house, "goods-delivered") == []


@pytest.mark.parametrize("failpoint", ["reminder.queued", "reminder.queued:2", "delivery.booked"])
def test_a_kill_on_the_way_leaves_nothing_undone_and_nothing_done_twice(
    tmp_path: Path, failpoint: str
) -> None:
    ends = []
    for name, armed in (("undisturbed", ""), ("killed", failpoint)):
        house = listed(tmp_path / name)
        house.put("second", mail(BEI, "又一批", "另订一批", ("另一张.xlsx", sheet(OTHER))))
        look(house, at(10, "15:00"))
        ship(house)
        now = at(16)
        if failpoint.startswith("delivery"):
            look(house, at(13))
            house.put("a", filled(house, ("SF100", "已签收", "2026-11-12")))
            now = at(13, "10:00")
        done = house.once(now, MAILFLOW_FAILPOINT=armed)
        assert done.returncode == (-signal.SIGKILL if armed else 0)
        look(house, now, now.replace(":00+08", ":30+08"))
        ends.append(house.end_state())
    assert ends[0] == ends[1]
