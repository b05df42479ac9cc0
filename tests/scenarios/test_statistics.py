"""What came in by mail is told by `mailflow report`, to the cent."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl

from tests.scenarios.house import House, build_house, some_mails


def a_desk(folder: Path) -> House:
    house = build_house(folder)
    for name, raw in some_mails().items():
        house.put(name, raw)
    assert house.once().returncode == 0
    return house


def test_a_desk_without_mails_has_figures_of_nothing(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    told = house.run("report", "year", "2026", "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["total"]["amount"] == "0.00"


def test_a_period_that_is_none_is_one_line_and_wrong_use(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    for words in (
        ("month", "2026-13"),
        ("quarter", "2026-11"),
        ("year", "2026", "--output", "a.csv"),
    ):
        told = house.run("report", *words)
        assert told.returncode == 2
        assert len(told.stderr.splitlines()) == 1


def test_figures_are_those_of_the_orders_and_of_the_ledger(tmp_path: Path) -> None:
    house = a_desk(tmp_path)
    report = json.loads(house.run("report", "month", "2026-11", "--json").stdout)
    accepted = [o for o in house.rows("orders") if o["state"] == "accepted"]
    assert report["total"]["orders"] == len(accepted) > 0
    assert report["total"]["tins"] == sum(o["tins"] for o in accepted)
    cents = sum(o["amount_cents"] for o in accepted)
    assert Decimal(report["total"]["amount"]) == Decimal(cents).scaleb(-2)
    assert report["unlike_ledger"] == {"cash": "0.00", "expense": "0.00"}
    status = json.loads(house.run("status", "--json").stdout)
    assert report["total"]["owed"] == status["ledger"]["owed"]
    quarter = json.loads(house.run("report", "quarter", "2026-Q4", "--json").stdout)
    assert quarter["total"]["amount"] == report["total"]["amount"]


def test_on_a_terminal_a_table_is_told(tmp_path: Path) -> None:
    told = a_desk(tmp_path).run("report", "month", "2026-11")
    assert told.returncode == 0, told.stderr
    assert "by region" in told.stdout
    assert told.stderr == ""


def test_a_workbook_says_period_source_and_time_on_every_sheet(tmp_path: Path) -> None:
    house = a_desk(tmp_path)
    file = tmp_path / "报表.xlsx"
    assert house.run("report", "month", "2026-11", "--output", str(file)).returncode == 0
    book = openpyxl.load_workbook(file)
    assert len(book.worksheets) == 7
    for page in book.worksheets:
        assert "2026年11月" in page["A1"].value
        assert page["A2"].value.startswith("2026-11-01 – 2026-11-30")
        assert "统计时间" in page["A2"].value
        assert page["A3"].value.endswith("。")
        assert page.freeze_panes == "B5"
        assert page.page_setup.orientation == "landscape"
    assert sum(len(page._charts) for page in book.worksheets) >= 6
    report = json.loads(house.run("report", "month", "2026-11", "--json").stdout)
    [total] = [r for r in book["按区域"].iter_rows(values_only=True) if r[0] == "合计"]
    assert f"{total[2]:.2f}" == report["total"]["amount"]


def test_a_workbook_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    told = house.run("report", "year", "2026", "--output", str(tmp_path / "none" / "a.xlsx"))
    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
