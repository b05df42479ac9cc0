"""A new price, a new manager: played between Maildirs and between real servers."""

from __future__ import annotations

import json
from pathlib import Path

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, write_register
from tests.scenarios.conftest import Build
from tests.scenarios.replies import ADMIN, FINANCE, TOKEN, letters, reply, words
from tests.scenarios.test_handing_over import NEW, PEOPLE
from tests.scenarios.test_registers import HEAD, KNOWN
from tests.scenarios.test_stories import at, comes, states

PRICES = ("产品编码", "产品名称", "单价", "生效日期")


def ordered(price: int, cases: int) -> bytes:
    rows = order("N101", [((A1[0], price), cases, "现金")])
    return mail(BEI, f"小叶子订单 {cases} 箱", "请查收", ("小叶子.xlsx", sheet(rows)))


def test_a_price_of_the_day_and_a_manager_of_now(tmp_path: Path, build: Build) -> None:
    house = build(tmp_path / "house", CONFIG)
    write_register(house.folder, "staff", PEOPLE)
    rows = sheet([PRICES, ("SP-A1-800", A1[0], 205, "2026-11-10")], "价格")
    comes(house, at(10), mail(ADMIN, "价格表", "见附件", ("价格表.xlsx", rows)))
    [asked] = letters(house, ADMIN, "价目表")
    comes(house, at(10, "09:10"), reply(asked, "同意", ADMIN))
    assert "每听 205 元" in words(letters(house, FINANCE, "价格")[0])
    comes(house, at(10, "09:15"), ordered(205, 2), ordered(198, 3))
    assert states(house) == ["accepted", "returned"]
    [offered] = [m for m in letters(house, BEI) if TOKEN.search(m["Subject"])]
    assert "205.00" in words(offered)

    moved = [HEAD, [*KNOWN[0][:4], NEW, *KNOWN[0][5:]]]
    comes(house, at(10, "09:20"), mail(ADMIN, "名单变更", "", ("名单变更.xlsx", sheet(moved))))
    [shown] = letters(house, ADMIN, "经销商名单请确认")
    comes(house, at(10, "09:25"), reply(shown, "同意", ADMIN))
    [handed] = [m for m in letters(house, NEW) if TOKEN.search(m["Subject"])]
    comes(house, at(10, "09:30"), reply(offered, "接受", BEI))
    assert states(house) == ["accepted", "returned"]
    comes(house, at(10, "09:35"), reply(handed, "接受", NEW))
    [*_, last] = house.rows("orders")
    assert (last["state"], last["amount_cents"]) == ("accepted", 205 * 18 * 100)
    story = json.loads(house.run("show", "order", last["number"], "--json").stdout)
    assert story["lines"][0]["price_since"] == "2026-11-10"
    assert story["customer"]["regional_manager"] == NEW
    comes(house, at(10, "09:40"), ordered(205, 5))
    assert states(house)[-1] == "review"  # the distributor is not his any more
