"""A price holds from its day, for whom it is, and every order tells which one it was judged by (S9)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, write_register
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import FINANCE, letters, words

WITH_PRICES = CONFIG.replace("staff: staff.xlsx}", "staff: staff.xlsx, prices: prices.xlsx}")
A1_SKU = "SP-A1-800"
SOUTH, DEALER = ("南区", ""), ("", "N102")


def row(price: Any, since: str, of: tuple[str, str] = ("", "")) -> tuple[Any, ...]:
    return (A1_SKU, price, since, "", *of, "2026冬价")


def priced(code: str, price: int, day: str, cases: int = 2) -> list[Any]:
    """An order of A1 whose sheet states its own day and this price."""
    rows = [list(r) for r in order(code, [((A1[0], price), cases, "现金")])]
    rows[1] = ["订货日期", day]
    return rows


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path, WITH_PRICES)
    now = (row(205, "2026-11-09"), row(190, "2026-11-01", SOUTH), row(180, "2026-11-01", DEALER))
    write_register(tmp_path, "prices", (*now, row(185, "2026-12-01", DEALER)))
    return house


def states(house: House) -> list[str]:
    return [o["state"] for o in house.rows("orders")]


def test_each_order_is_judged_by_the_price_of_its_day_and_of_its_distributor(house: House) -> None:
    for number, (sender, code, price, day) in enumerate(
        (
            (BEI, "N101", 198, "2026-11-08"),
            (BEI, "N101", 205, "2026-11-09"),
            (BEI, "N102", 180, "2026-11-09"),
            (NAN, "S201", 190, "2026-11-09"),
            (BEI, "N101", 198, "2026-11-09"),
        )
    ):
        data = sheet(priced(code, price, day, cases=number + 1))
        house.put(str(number), mail(sender, f"{code} 订单", "您好", (f"{code}.xlsx", data)))
    done = house.once()
    assert done.returncode == 0, done.stderr
    assert states(house) == ["accepted"] * 4 + ["returned"]
    told = words(letters(house, BEI)[-1])
    assert "按价目表 2026冬价，从 2026-11-09 起每听 205.00 元" in told
    stories = [
        json.loads(house.run("show", "order", o["number"], "--json").stdout)
        for o in house.rows("orders")[:4]
    ]
    lists = [(s["lines"][0]["price_list"], s["lines"][0]["price_since"]) for s in stories]
    assert lists == [
        ("products", ""),
        ("2026冬价", "2026-11-09"),
        ("2026冬价", "2026-11-01"),
        ("2026冬价", "2026-11-01"),
    ]
    assert {r["register"] for r in stories[0]["registers"]} == {
        *("products", "customers", "staff", "prices"),
    }
    # What is to come hears who orders for that distributor, and nobody else.
    for number, who in enumerate((BEI, NAN, FINANCE)):
        house.put(f"ask{number}", mail(who, "状态" if who == BEI else "帮助", ""))
    house.once()
    assert f"12月1日起 {A1[0]} 每听 180.00 元改为 185.00 元" in words(letters(house, BEI)[-1])
    assert "即将变动" not in words(letters(house, FINANCE)[-1])
    assert "185.00" not in words(letters(house, NAN)[-1])


def test_a_list_that_says_one_day_twice_or_names_nobody_is_not_loaded(house: House) -> None:
    house.once()
    twice = (row(205, "2026-11-09"), row(206, "2026-11-09"))
    write_register(house.folder, "prices", twice)
    refused = house.run("import", "prices", str(house.folder / "prices.xlsx"))
    assert refused.returncode == 1
    assert "C3" in refused.stderr
    strange = (row(205, "2026-11-09", ("西区", "")), ("SP-X", 1, "2026-11-09", "", "", "", ""))
    write_register(house.folder, "prices", strange)
    refused = house.run("import", "prices", str(house.folder / "prices.xlsx"))
    assert refused.returncode == 1
    assert "西区" in refused.stderr
    assert "SP-X" in refused.stderr
    assert "west" not in house.run("doctor").stdout
    house.once(LATER[0])
    export = house.folder / "out.json"
    assert house.run("export", "prices", str(export)).returncode == 0
    assert [r["price"] for r in json.loads(export.read_text())] == ["205", "190", "180", "185"]
