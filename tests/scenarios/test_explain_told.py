"""`explain` tells what would become of a mail that orders nothing, by the books as they are, and changes
none of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import mail, sheet
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import ADMIN, FINANCE, GM, question, reply
from tests.scenarios.report_mails import STOCK
from tests.scenarios.shipped import WAREHOUSE, filled, ordered


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """An order is with the warehouse, another waits on finance."""
    house = build_house(tmp_path_factory.mktemp("told") / "house")
    house.put("held", some_mails("11-over-credit")["11-over-credit"])
    return house


@pytest.fixture(scope="module")
def papers(house: House) -> dict[str, Path]:
    listed = ordered(house)
    short = filled(listed, {0: 20, 1: 28}, foot={"carrier": "顺丰", "waybill": "SF1"})
    odd = filled(listed, {0: 20, 1: "两箱多"})
    stock = [*STOCK.rows[:3], ("SP-G1-800", "", "L260402", "2028-04-02", "约45")]
    asked = question(house, FINANCE)
    raw = {
        "short.eml": mail(WAREHOUSE, "清单回填", "请查收", ("清单.xlsx", short)),
        "odd.eml": mail(WAREHOUSE, "清单回填", "请查收", ("清单.xlsx", odd)),
        "stranger.eml": mail(GM, "清单回填", "请查收", ("清单.xlsx", short)),
        "list.xlsx": short,
        "stock.xlsx": sheet(stock, "Sheet1"),
        "yes.eml": reply(asked, "同意", FINANCE),
        "other.eml": reply(asked, "同意", ADMIN),
    }
    for name, content in raw.items():
        (house.folder / name).write_bytes(content)
    return {name: house.folder / name for name in raw}


def told(house: House, path: Path) -> dict[str, Any]:
    done = house.run("explain", "--json", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    shape: dict[str, Any] = json.loads(done.stdout)
    return shape


def codes(shape: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(f["code"], f["where"]) for d in shape["documents"] for f in d["findings"]]


def test_a_filled_list_is_told_as_it_would_be_booked(house: House, papers: dict[str, Path]) -> None:
    before = house.end_state()
    for name in ("short.eml", "list.xlsx"):
        shape = told(house, papers[name])
        assert [d["decision"] for d in shape["documents"]] == ["accepted"]
        assert {"goods-sent", "shipping-answer"} == {m["notice"] for m in shape["messages"]}
    shape = told(house, papers["odd.eml"])
    [document] = shape["documents"]
    assert document["decision"] == "review"
    [(_, where)] = codes(shape)
    assert where
    assert where.startswith(f"{document['where'].partition('!')[0]}!")
    drawn = house.run("explain", str(papers["odd.eml"]), COLUMNS="120").stdout
    assert "有的要问清楚" in drawn
    shape = told(house, papers["stranger.eml"])
    assert (shape["state"], shape["messages"]) == ("review", [])
    assert house.end_state() == before


def test_a_stock_sheet_that_is_doubted_names_its_cell(
    house: House, papers: dict[str, Path]
) -> None:
    shape = told(house, papers["stock.xlsx"])
    assert (shape["documents"][0]["decision"], shape["reason"]) == ("review", "stock-doubtful")
    assert [where for _, where in codes(shape)] == ["Sheet1!E4"]
    assert [m["to"] for m in shape["messages"]] == [[WAREHOUSE]]


def test_an_answer_is_told_with_what_would_follow(house: House, papers: dict[str, Path]) -> None:
    before = house.end_state()
    shape = told(house, papers["yes.eml"])
    assert (shape["state"], shape["reason"]) == ("done", "approval-applied")
    assert "dispatch-list" in {m["notice"] for m in shape["messages"]}
    shape = told(house, papers["other.eml"])
    assert shape["reason"] == "answer-not-asked"
    assert [m["notice"] for m in shape["messages"]] == ["question-answered"]
    assert house.end_state() == before
