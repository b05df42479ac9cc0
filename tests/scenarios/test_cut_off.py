"""Orders after the cut-off count to the next month, everywhere alike, and the answer says so."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A2, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG
from tests.scenarios.house import House, build_house, some_mails
from tests.scenarios.replies import letters, words

LAST, AFTER = "2026-11-12T23:59:59+08:00", "2026-11-13T00:00:01+08:00"
SAID = "已过 12 日截账，本单计入 2026-12"


def totals(house: House, month: str) -> dict[str, Any]:
    told = json.loads(house.run("report", "month", month, "--json").stdout)
    assert told["unlike_ledger"] == {"cash": "0.00", "expense": "0.00"}
    total: dict[str, Any] = told["total"]
    return total


@pytest.mark.parametrize("config", [CONFIG, CONFIG + "cut_off: 31\n", CONFIG + "cut_off: 13\n"])
def test_nothing_is_said_of_an_order_that_came_in_time(tmp_path: Path, config: str) -> None:
    house = build_house(tmp_path, config)
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    house.once(AFTER)
    assert not any("截账" in words(m) for m in letters(house, BEI))
    assert totals(house, "2026-11")["orders"] == 1


def test_explain_tells_it_too(tmp_path: Path) -> None:
    house = build_house(tmp_path, CONFIG + "cut_off: 9\n")
    file = tmp_path / "a.eml"
    file.write_bytes(some_mails("01-clean")["01-clean"])
    told = json.loads(house.run("explain", str(file), "--json").stdout)
    [finding] = told["documents"][0]["findings"]
    assert finding["message"] == "收到日期 2026-11-10 已过 9 日截账，本单计入 2026-12。"


def test_answer_statistics_and_statements_agree_on_the_month(tmp_path: Path) -> None:
    house = build_house(tmp_path, CONFIG + "cut_off: 12\n")
    for name, raw in some_mails("01-clean").items():
        house.put(name, raw)
    house.once(LAST)
    later = sheet(order("N101", [(A2, 16, "现金")]))
    house.put("02", mail(BEI, "小叶子补货一单", "您好，附件是订单", ("小叶子补货.xlsx", later)))
    house.once(AFTER)
    first, second = (words(m) for m in letters(house, BEI, "小叶子"))
    assert "截账" not in first
    assert SAID in second
    assert [o["state"] for o in house.rows("orders")] == ["accepted", "accepted"]
    november, december = totals(house, "2026-11"), totals(house, "2026-12")
    assert (november["orders"], december["orders"]) == (1, 1)
    assert Decimal(november["cash"]) == Decimal("57600.00")
    assert Decimal(december["cash"]) == Decimal("18048.00")
    house.put("03", mail(BEI, "小叶子11月对账单", "谢谢"))
    house.once("2026-12-01T10:00:00+08:00")
    house.put("04", mail(BEI, "小叶子12月对账单", "谢谢"))
    house.once("2026-12-01T10:10:00+08:00")
    [of_november, of_december] = [words(m) for m in letters(house, BEI, "[DZ-N101-")]
    assert "订货  57,600.00" in of_november
    assert "期末应收  57,600.00" in of_november
    assert november["owed"] == "109600.00"  # 12000 and 40000 of others were owed at the opening
    assert "期初应收  57,600.00" in of_december
    assert "订货  18,048.00" in of_december
    assert "期末应收  75,648.00" in of_december
