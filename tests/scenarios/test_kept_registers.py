"""What was judged before a register changed is told by the register of its day (S9; rulings, 23)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from mailflow.commands.demo_desk.registers import CONFIG, PRODUCTS, write_register
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import ADMIN
from tests.scenarios.test_registers import KNOWN, NEW, sends

OLD = mail(BEI, "小叶子订单", "您好", ("小叶子.xlsx", sheet(order("N101", [(A1, 2, "现金")]))))


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path, CONFIG + "registers: {apply: at-once}\n")
    house.put("1", OLD)
    assert house.once().returncode == 0
    return house


def test_an_old_order_is_explained_by_the_register_of_its_day(house: House) -> None:
    [number] = [row["number"] for row in house.rows("orders")]
    moved = [*KNOWN[0][:8], "青禾市新路1号", *KNOWN[0][9:]]
    [_] = sends(house, [moved, NEW], "名单变更")
    dearer = (*PRODUCTS[0][:7], 205, *PRODUCTS[0][8:])
    write_register(house.folder, "products", (dearer, *PRODUCTS[1:]))
    house.once(LATER[0])
    (house.folder / "old.eml").write_bytes(OLD)
    explained = json.loads(house.run("explain", str(house.folder / "old.eml"), "--json").stdout)
    [document] = explained["documents"]
    assert (document["decision"], document["lines"][0]["unit_price"]) == ("accepted", "198.00")
    assert document["ship_to"]["address"] == "青禾市临江路18号"
    assert explained["registers"] == "1.2.3"

    story = json.loads(house.run("show", "order", number, "--json").stdout)
    assert story["customer"]["ship_to"]["address"] == "青禾市临江路18号"
    registers = {row["register"]: row for row in story["registers"]}
    assert registers["customers"]["until"]
    assert registers["staff"]["until"] == ""
    # The same sheet in another mail is a new one: it is judged by what holds now.
    new = mail(BEI, "小叶子又订", "您好", ("小叶子.xlsx", sheet(order("N101", [(A1, 2, "现金")]))))
    (house.folder / "new.eml").write_bytes(new)
    explained = json.loads(house.run("explain", str(house.folder / "new.eml"), "--json").stdout)
    codes = {f["code"] for f in explained["documents"][0]["findings"]}
    assert {"ship-to-mismatch", "price-mismatch"} <= codes
    assert "registers" not in explained


def test_what_a_mail_changed_is_known_to_explain_of_each_register(house: House) -> None:
    head = ("产品编码", "产品名称", "单价", "生效日期")
    data = sheet([head, ("SP-A1-800", A1[0], 205, "2026-11-10")], "表")
    house.put("p", mail(ADMIN, "价格表", "见附件", ("价格表.xlsx", data)))
    house.once(LATER[0])
    (house.folder / "new.xlsx").write_bytes(sheet(order("N101", [(A1, 3, "现金")])))
    told = json.loads(house.run("explain", str(house.folder / "new.xlsx"), "--json").stdout)
    [finding] = told["documents"][0]["findings"]
    assert (finding["code"], finding["expected"]) == ("price-mismatch", "205.00")
    assert told["documents"][0]["lines"][0]["price_list"].startswith("MD261110-")
