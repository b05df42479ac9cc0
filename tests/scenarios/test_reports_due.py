"""Managers are reminded of inventory reports until the right ones are in, and again when one was not."""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1
from mailflow.commands.demo_desk.registers import CONFIG
from mailflow.commands.opening import opened
from mailflow.commands.saying import load_config
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, BEI, GM, NAN, letters, words
from tests.scenarios.stock_reports import report, rows, several

MONTH = "2026年11月"
SHEETS = ("汇总", "按区域", "按经销商", "按品项", "没有交的", "临期", "压货", "快断货", "明细")
NOV = "month: {remind: 18, due: 20, at: '09:00'}\n"


def at(day: int, hour: str = "09:30") -> str:
    return f"2026-11-{day:02}T{hour}:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path, CONFIG + NOV)
    assert house.once(at(10)).returncode == 0
    return house


def reminders(house: House, to: str) -> list[str]:
    return [
        words(m) for m in letters(house, to) if m["Subject"].startswith(("2026年", "Stock rep"))
    ]


def deal(house: House, day: int, *mails: bytes) -> None:
    for number, raw in enumerate(mails):
        house.put(f"{day}-{number}", raw)
    done = house.once(at(day))
    assert done.returncode == 0, done.stderr


def test_nobody_is_reminded_where_no_month_is_configured(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    house.once(at(18))
    house.once(at(23))
    assert reminders(house, BEI) == []


def test_nobody_is_reminded_before_the_day_and_its_hour(house: House) -> None:
    house.once(at(17))
    house.once(at(18, "08:59"))
    assert reminders(house, BEI) == reminders(house, NAN) == []


def test_a_house_that_opens_after_the_day_leaves_that_round_alone(tmp_path: Path) -> None:
    house = build_house(tmp_path, CONFIG + NOV)
    house.once(at(23))
    house.once(at(24))
    assert reminders(house, BEI) == []


def test_each_manager_hears_once_before_the_day_of_his_own(house: House) -> None:
    for day in (18, 18, 19):
        house.once(at(day))
    [mine] = reminders(house, BEI)
    assert "还有 3 家没有交2026年11月库存报表，11月20日截止" in mine
    assert all(code in mine for code in ("N101", "N102", "N103"))
    assert "S201" not in mine
    [other] = reminders(house, NAN)
    assert "2 distributors' stock reports of Nov 2026 are due on 20 Nov" in other


@pytest.mark.fault("T08")
def test_who_was_down_catches_up_with_one_letter(house: House) -> None:
    house.once(at(19))
    assert len(reminders(house, BEI)) == 1


def test_he_is_chased_on_working_days_until_the_right_one_is_in(house: House) -> None:
    good = several(*(rows(whose, MONTH, (A1[0], 1, 0, 0, 1)) for whose in ("小叶子", "宝宝屋")))
    deal(house, 19, good, report("亲贝", MONTH, (A1[0], 1, 0, 0, 2)))
    for day in (20, 21, 23):
        house.once(at(day))
        house.once(at(day, "17:00"))
    first, second, third = reminders(house, BEI)
    assert "N103" in first
    assert "N101" not in first
    assert "已退回，等改好" in first
    assert "11月20日已到期" in second
    assert "每个工作日提醒一次" in third
    deal(house, 24, report("亲贝", MONTH, (A1[0], 1, 0, 0, 1)))
    house.once(at(25))
    assert len(reminders(house, BEI)) == 3
    assert len(reminders(house, NAN)) == 5


def test_it_begins_again_when_one_is_found_wrong(house: House) -> None:
    sheets = (rows(whose, MONTH, (A1[0], 1, 0, 0, 1)) for whose in ("小叶子", "宝宝屋", "亲贝"))
    deal(house, 17, several(*sheets))
    house.once(at(20))
    assert reminders(house, BEI) == []
    assert house.run("close", "inventory", "N102/2026-11", "--reason", "漏了门店").returncode == 0
    house.once(at(23))
    [again] = reminders(house, BEI)
    assert "N102" in again
    assert "N101" not in again


def test_the_grid_tells_every_distributor_by_region_and_month(house: House) -> None:
    wrong = report("亲贝", MONTH, (A1[0], 1, 0, 0, 2))
    deal(house, 19, report("小叶子", MONTH, (A1[0], 1, 0, 0, 1)), wrong)
    told = json.loads(house.run("show", "month", "2026-11", "--json").stdout)
    assert told["missing"] == ["N102", "N103", "S201", "S202"]
    states = {d["code"]: d["months"] for d in told["distributors"]}
    assert states["N101"]["2026-11"] == "valid"
    assert states["N103"]["2026-11"] == "returned"
    assert states["N101"]["2026-06"] == states["S201"]["2026-11"] == "missing"
    shown = house.run("show", "month", "2026-11").stdout
    assert "inventory reports of 2026-11: 1 of 5 in" in shown
    assert house.run("show", "month", "soon").returncode == 2


def books(house: House) -> list[tuple[str, bytes]]:
    """Subject and workbook of what the marketing head got."""
    mine = [m for m in letters(house, GM) if "库存汇总" in m["Subject"]]
    return [(m["Subject"], next(m.iter_attachments()).get_content()) for m in mine]


def test_the_marketing_head_hears_after_the_deadline_and_when_all_are_in(house: House) -> None:
    one = (A1[0], 1, 4, 4, 1)
    deal(house, 19, report("小叶子", MONTH, one))
    house.once(at(20))
    assert books(house) == []
    house.once(at(23))
    house.once(at(24))
    [(subject, data)] = books(house)
    [letter] = [m for m in letters(house, GM) if "库存汇总" in m["Subject"]]
    pictures = [part for part in letter.walk() if part.get_content_type() == "image/png"]
    page = letter.get_body(("html",))
    assert page is not None
    assert len(pictures) == page.get_content().count("cid:") == 3
    assert subject == "2026年11月经销商库存汇总：5 家里差 4 家"
    book = load_workbook(io.BytesIO(data))
    assert book.sheetnames == [*SHEETS]
    assert [c.value for c in book["明细"][5]][5:] == [6, 24, 24, 0, 6, 7]
    assert [c.value for c in book["按区域"][5]] == ["北区", 6, 24, 24, 0, 6, 7]
    assert [len(book[name]._charts) for name in ("汇总", "按区域", "按品项")] == [3, 1, 1]
    assert [row[1].value for row in book["没有交的"].iter_rows(min_row=5)] == [
        "N102",
        "N103",
        "S201",
        "S202",
    ]
    others = [rows(whose, MONTH, one) for whose in ("宝宝屋", "亲贝", "奶香", "童心")]
    deal(house, 25, several(*others, sender=ADMIN))
    house.once(at(26))
    assert [subject for subject, _ in books(house)][1:] == [
        "2026年11月经销商库存汇总：5 家全部交齐"
    ]


def test_what_changes_after_the_summary_is_told_once_a_day_and_marked_as_revised(
    house: House,
) -> None:
    one = (A1[0], 1, 4, 4, 1)
    every = ("小叶子", "宝宝屋", "亲贝", "奶香", "童心")
    deal(house, 19, several(*(rows(whose, MONTH, one) for whose in every), sender=ADMIN))
    house.once(at(20))
    assert len(books(house)) == 1
    # A wrong one changes nothing of what holds; two right ones do, and are told next morning.
    deal(house, 20, report("童心", MONTH, (A1[0], 1, 4, 4, 2), sender=ADMIN, head="再发一次"))
    house.once(at(23))
    assert len(books(house)) == 1
    deal(house, 23, report("小叶子", MONTH, (A1[0], 1, 4, 3, 2), head="小叶子更正"))
    deal(house, 23, report("宝宝屋", MONTH, (A1[0], 1, 4, 2, 3), head="宝宝屋更正"))
    house.once(at(23, "17:00"))
    assert len(books(house)) == 1
    house.once(at(24, "08:30"))
    house.once(at(24))
    house.once(at(24, "10:00"))
    [_, (subject, data)] = books(house)
    assert subject == "更正：2026年11月经销商库存汇总：5 家全部交齐"
    [*_, letter] = letters(house, GM, "更正")
    told = "上次汇总以后，青禾市小叶子母婴用品有限公司、白石市宝宝屋商贸有限公司的报表有变动"
    assert told in words(letter)
    assert next(letter.iter_attachments()).get_filename() == "2026-11 经销商库存汇总 更正 1124.xlsx"
    sold = [row[7].value for row in load_workbook(io.BytesIO(data))["明细"].iter_rows(min_row=5)]
    assert sorted(sold) == [12, 18, 24, 24, 24]
    # One found wrong is asked for again, and told as missing; nothing new, nothing told.
    house.once(at(25))
    assert reminders(house, BEI) == []
    with opened(load_config(house.config)) as app:  # a command would take the machine's clock
        app.store.act(
            "close", "inventory", "N103/2026-11", "漏了门店", datetime.fromisoformat(at(25))
        )
    house.once(at(26))
    house.once(at(27))
    [again] = [m for m in reminders(house, BEI) if "11月20日已到期" in m][:1]
    assert "N103" in again
    subjects = [subject for subject, _ in books(house)]
    assert subjects[2:] == ["更正：2026年11月经销商库存汇总：5 家里差 1 家"]
