"""A region's budget of expense goods: told once when most is used, held when it is not enough, let go
by the marketing head, and kept with his name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from mailflow.commands.demo_desk.mails import A1, G1, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, write_register
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

BUDGETED = CONFIG.replace("staff: staff.xlsx", "staff: staff.xlsx, budgets: budgets.xlsx")
DEALER = "n101@dealer.example"
CASE = 6 * 328
"""What a case of the goat formula costs."""


def at(day: int, hour: str = "09:00") -> str:
    return f"2026-11-{day:02}T{hour}:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Ten cases a month in the north; in November the south has its own budget, of nothing."""
    house = build_house(tmp_path, BUDGETED)
    rows = (("北区", "", 10 * CASE), ("南区", "2026-11", 0))
    write_register(house.folder, "budgets", rows)
    assert house.once(at(9)).returncode == 0
    return house


def ordered(house: House, now: str, whose: str, cases: int, *, cash: int = 1) -> None:
    lines = [(A1, cash, "现金"), (G1, cases, "费用")]
    raw = mail(BEI, f"{whose} {now}", "请安排", ("订单.xlsx", sheet(order(whose, lines))))
    house.put(f"{whose}-{now[:13]}", raw)
    done = house.once(now)
    assert done.returncode == 0, done.stderr


def warnings(house: House, to: str) -> list[str]:
    return [m["Subject"] for m in letters(house, to, "费用预算已用")]


def listed(house: House, *more: str) -> dict[str, dict[str, Any]]:
    lines = house.run("list", "budgets", "--json", *more).stdout.splitlines()
    return {f"{u['region']}/{u['month']}": u for u in map(json.loads, lines)}


def test_a_budget_is_told_of_once_held_at_its_end_and_let_go_by_whoever_may(house: House) -> None:
    ordered(house, at(10), "N101", 7)
    assert order_state(house) == ["accepted"]
    assert warnings(house, GM) == warnings(house, ADMIN) == []
    ordered(house, at(11), "N102", 1, cash=2)
    assert [warnings(house, who) for who in (GM, ADMIN)] == [
        ["北区2026年11月费用预算已用 80.0%"]
    ] * 2
    told = words(letters(house, GM, "费用预算已用")[0])
    assert "还剩 3,936.00 元" in told
    assert "青禾市小叶子母婴用品有限公司  N101  13,776.00  1 张订单" in told

    ordered(house, at(12), "N101", 3, cash=3)
    assert order_state(house) == ["accepted", "accepted", "held"]
    asked = question(house, GM)
    assert "超出区域费用预算" in words(asked)
    assert "1,968.00" in words(asked)
    assert listed(house)["北区/2026-11"]["used"] == "15744.00"
    house.put("yes", reply(asked, "同意", GM))
    assert house.once(at(12, "10:00")).returncode == 0
    assert order_state(house) == ["accepted"] * 3
    use = listed(house, "--state", "used-up")["北区/2026-11"]
    assert (use["used"], use["left"], use["percent"]) == ("21648.00", "-1968.00", "110.0")
    assert len(warnings(house, GM)) == 1

    shown = json.loads(house.run("show", "budget", "北区/2026-11", "--json").stdout)
    first, second, third = shown["orders"]
    assert first["approved_by"] is second["approved_by"] is None
    assert (third["approved_by"], third["asked"]) == (GM, ["over-budget"])
    assert (third["amount"], third["approval_mail"]) == ("5904.00", 4)
    assert third["approved_at"].startswith("2026-11-12T02:00")
    assert f"approved by {GM}" in house.run("show", "budget", "北区/2026-11").stdout
    assert house.run("show", "budget", "东区").returncode == 1
    assert house.run("show", "budget", "北区/soon").returncode == 2
    report = json.loads(house.run("report", "month", "2026-11", "--json").stdout)
    north = {"region": "北区", "month": "2026-11", "percent": "110.0"}
    assert north.items() <= report["budgets"][0].items()
    assert report["budgets"][0]["used"] == report["total"]["expense"]
    assert [(a["by"], a["amount"]) for a in report["approved"]] == [(GM, "5904.00")]
    file = house.folder / "统计.xlsx"
    assert house.run("report", "month", "2026-11", "--output", str(file)).returncode == 0
    page = openpyxl.load_workbook(file)["费用预算"]
    rows = list(page.iter_rows(min_row=5, values_only=True))
    assert rows[0][:6] == ("2026-11", "北区", 19680, 21648, -1968, 1.1)
    assert rows[1][:6] == ("2026-11", "南区", 0, 0, 0, "–")
    assert next(r for r in rows if r[0] == third["order"])[1:9] == (
        *("北区", 5904, "2026-11", "2026-11-12 10:00", "M4", "超出区域费用预算"),
        *("青禾市小叶子母婴用品有限公司", GM),
    )
    assert len(page._charts) == 1
    house.once(at(12, "18:00"))
    digest = words(letters(house, ADMIN, "销管日报")[-1])
    assert "费用预算快用完" in digest
    assert "北区　2026年11月已用 110.0%，还剩 -1,968.00 元" in digest
    assert "南区" not in digest.partition("费用预算快用完")[2]


def test_what_is_taken_back_may_be_ordered_again_and_each_month_begins_anew(house: House) -> None:
    ordered(house, at(10), "N101", 9)
    [number] = [row["number"] for row in house.rows("orders")]
    ordered(house, at(11), "N102", 3)
    assert order_state(house) == ["accepted", "held"]
    assert house.run("close", "order", number, "--reason", "经销商不要了").returncode == 0
    assert listed(house)["北区/2026-11"]["state"] == "open"
    ordered(house, at(13), "N101", 3, cash=3)
    assert order_state(house) == ["closed", "held", "accepted"]
    ordered(house, at(14), "N102", 3, cash=2)
    ordered(house, at(26), "N102", 1, cash=5)
    assert listed(house)["北区/2026-11"]["used"] == f"{6 * CASE}.00"
    assert listed(house)["北区/2026-12"]["used"] == f"{CASE}.00"
    assert len(warnings(house, GM)) == 1
    held = next(row["number"] for row in house.rows("orders") if row["state"] == "held")
    assert house.run("release", "order", held, "--reason", "总部特批").returncode == 0
    shown = json.loads(house.run("show", "budget", "北区/2026-11", "--json").stdout)
    [let_go] = [order for order in shown["orders"] if order["approved_by"]]
    assert (let_go["order"], let_go["reason"], let_go["approval_mail"]) == (held, "总部特批", None)


def test_a_house_without_budgets_holds_and_tells_nothing(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    ordered(house, at(10), "N101", 10)
    assert order_state(house) == ["accepted"]
    assert warnings(house, GM) == []
    assert house.run("list", "budgets").stdout == ""


def test_registers_with_a_budget_that_cannot_be_are_refused_by_cell(house: House) -> None:
    write_register(house.folder, "budgets", (("西区", "", 10), ("北区", "", 20)))
    done = house.run("doctor")
    assert "budgets: region 西区 is no customer's" in done.stdout
    write_register(house.folder, "budgets", (("北区", "", 20),))
    told = house.run("doctor").stdout
    assert "1 budgets" in told
    assert "regions without a budget order as they like: 南区" in told
    assert "charts in letters are drawn with" in told
    write_register(house.folder, "budgets", (("北区", "冬月", 20),))
    assert "B2: found '冬月'" in house.run("doctor").stdout


def test_budgets_of_coming_months_are_told_to_whom_they_concern(house: House) -> None:
    rows = (("北区", "2026-12", 60000), ("南区", "2026-11", 0), ("南区", "2090-03", 500))
    write_register(house.folder, "budgets", rows)
    askers = (BEI, NAN, ADMIN, GM, DEALER, FINANCE)
    december = "北区2026年12月费用预算 60,000.00 元，上月没有预算"
    ends = "北区2027年1月起还没有定费用预算，上月 60,000.00 元"
    assert [december in t for t in told(house, at(24), "", *askers)] == [
        *(True, False, True, True, False, False),
    ]
    # The 25th is over: December is the month that orders count to, and its budget holds.
    north, south, admin, _, dealer, _ = told(house, at(26), "谢谢", *askers)
    assert [december in t or ends not in t for t in (north, admin)] == [False, False]
    assert "the budget of 南区 is CNY 500.00, none the month before" in south
    assert "预算" not in dealer
    lines = house.run("status").stdout.splitlines()
    assert "from 2090-03 budget of 南区 none -> 500.00" in lines
    assert "from 2090-04 budget of 南区 500.00 -> none" in lines
    of_json = json.loads(house.run("status", "--json").stdout)["coming_budgets"]
    assert of_json[-1] == {"region": "南区", "month": "2090-04", "before": "500.00", "after": None}


def told(house: House, now: str, said: str, *askers: str) -> list[str]:
    """What each hears who asks where things stand; `said` tells one question from the next."""
    for who in askers:
        house.put(f"{who}-{now[:10]}", mail(who, "状态", said))
    done = house.once(now)
    assert done.returncode == 0, done.stderr
    ids = {m["message_id"] for m in house.rows("messages") if m["notice"] == "status-answer"}
    mine = ([m for m in letters(house, who) if m["Message-ID"] in ids] for who in askers)
    return [words(each[-1]) for each in mine]
