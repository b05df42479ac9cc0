"""Products, staff and price lists that are mailed are shown back, and hold as a whole by one word (S9)."""

from __future__ import annotations

import io
import json
import signal
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import (
    CONFIG,
    CUSTOMERS,
    HEADS,
    PRODUCTS,
    STAFF,
    write_register,
)
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import ADMIN, FINANCE, GM, letters, reply, words

IT = "it@songping.example"
ASSISTANT = "assistant@songping.example"
NORTH = "north.admin@songping.example"
PEOPLE = (
    *STAFF,
    ("marketing_assistant", "市场助理", ASSISTANT, "", ""),
    ("sales_admin", "北区销管", NORTH, "北区", ""),
)
PRICE_HEAD = ("产品编码", "产品名称", "单价", "生效日期", "区域", "经销商")
NEW_PRODUCT = ("SP-A4-800", "松坪优护儿童配方奶粉4段800g", "", "", "800g*6听/箱", "听", 6, 168, "regular", "yes")  # fmt: skip
NEW_PERSON = ("finance", "财务二部", "finance2@songping.example", "", "")
A1_SKU, A2_SKU = "SP-A1-800", "SP-A2-800"


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = build_house(tmp_path)
    write_register(tmp_path, "staff", PEOPLE)
    return house


def sends(
    house: House,
    subject: str,
    rows: Sequence[Sequence[Any]],
    sender: str = ADMIN,
    *,
    name: str = "",
) -> list[EmailMessage]:
    """What its sender has got about mailed tables after it was dealt with."""
    number = len(house.rows("mails"))
    file = f"{name or subject}.xlsx"
    raw = mail(sender, subject, "见附件", (file, sheet(list(rows), "表")))
    house.put(f"t{number}", raw.replace(b"Message-ID: <", b"Message-ID: <%d." % number, 1))
    done = house.once()
    assert done.returncode == 0, done.stderr
    return [m for m in letters(house, sender) if "[MD" in m["Subject"]]


def answers(house: House, asked: EmailMessage, word: str, sender: str = ADMIN) -> None:
    house.put(f"a{len(house.rows('mails'))}", reply(asked, word, sender, quote=True))
    done = house.once()
    assert done.returncode == 0, done.stderr


def known(house: House, kind: str) -> list[dict[str, str]]:
    path = house.folder / "out.json"
    assert house.run("export", kind, str(path)).returncode == 0
    rows: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def reasons(house: House) -> list[str]:
    return [m["reason"] for m in house.rows("mails")]


def a_price(price: Any, since: str = "2026-11-10", region: str = "", whose: str = "") -> list[Any]:
    return [A1_SKU, A1[0], price, since, region, whose]


def ordered(code: str, price: int, sender: str = BEI, cases: int = 2) -> bytes:
    rows = order(code, [((A1[0], price), cases, "现金")])
    return mail(sender, f"{code} {price} 订单", "您好", (f"{code}.xlsx", sheet(rows)))


def test_what_is_not_his_or_wrong_or_known_changes_nothing(house: House) -> None:
    assert sends(house, "价格表", [PRICE_HEAD, a_price(205)], BEI) == []
    assert sends(house, "产品目录", [HEADS["products"], *PRODUCTS], NORTH) == []
    assert sends(house, "人员名单", [HEADS["staff"], *PEOPLE], GM) == []
    assert reasons(house) == ["report-received"] * 3
    [same] = sends(house, "产品目录", [HEADS["products"], *PRODUCTS])
    assert "产品目录没有变化" in same["Subject"]
    [_, same] = sends(house, "人员名单", [HEADS["staff"], *PEOPLE])
    assert "人员名单没有变化" in same["Subject"]
    [of_all] = sends(house, "价格表", [PRICE_HEAD, a_price(205)], NORTH)
    assert "不归您管" in words(of_all)
    rows = [
        a_price(205, ""),
        ["SP-X", "至臻", 1, "2026-12-01", "", ""],
        a_price(206, "2026-12-01", "西区"),
        a_price(207, "2026-12-01", "", "无名"),
        a_price("面议", "2026-12-02"),
    ]
    [*_, wrong] = sends(house, "价格表", [PRICE_HEAD, *rows])
    text = words(wrong)
    for cell in ("表!D2", "表!A3", "表!E4", "表!F5", "表!C6"):
        assert cell in text
    assert "整张价目表没有采用" in text
    assert known(house, "prices") == []
    states = [m["state"] for m in house.rows("mails")]
    assert states[-2:] == ["returned", "returned"]


def test_a_price_list_is_shown_back_and_holds_from_its_day_by_one_word(house: House) -> None:
    rows = [
        a_price(205, "2026-11-10"),
        a_price(150, "2026-11-10", "", "宝宝屋"),
        a_price(195, "2026-12-01", "南区"),
        [A2_SKU, A2[0], 188, "2026-11-01", "", ""],
    ]
    house.put("0", ordered("N101", 198))
    [asked] = sends(house, "价格表", [PRICE_HEAD, *rows])
    text = words(asked)
    assert "新增 4 条，改后共 4 条价格" in text
    assert "表!C2  松坪优护婴儿配方奶粉1段800g · 2026-11-10：每听 205.00 元，原来 198.00 元" in text
    assert "宝宝屋商贸有限公司 · 2026-11-10 的价格从 198.00 元改成 150.00 元" in text
    assert "2026-11-01 已经过了" in text
    assert known(house, "prices") == []
    answers(house, asked, "同意")
    number = asked["Subject"].partition("[")[2].rstrip("]").split()[0]
    assert [(r["sku"], r["price"], r["region"], r["distributor"]) for r in known(house, "prices")] == [
        (A1_SKU, "205", "", ""),
        (A1_SKU, "150", "", "N102"),
        (A1_SKU, "195", "南区", ""),
        (A2_SKU, "188", "", ""),
    ]  # fmt: skip
    [told] = letters(house, BEI, "价格")
    assert "每听 150 元" in words(told)
    assert "南区" not in words(told)
    assert list(told.iter_attachments()) == []
    [south] = letters(house, NAN, "[MD")
    assert "150" not in words(south)
    [file] = letters(house, FINANCE, "价格")[0].iter_attachments()
    book = load_workbook(io.BytesIO(file.get_payload(decode=True)))  # type: ignore[arg-type] # bytes
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == ["新增"] * 4

    house.put("1", ordered("N101", 198, cases=3))
    house.put("2", ordered("N101", 205, cases=4))
    house.put("3", ordered("N102", 150))
    house.put("4", ordered("S201", 205, NAN))
    house.once(LATER[0])
    states = [o["state"] for o in house.rows("orders")]
    assert states == ["accepted", "returned", "accepted", "accepted", "accepted"]
    orders = house.rows("orders")
    story = json.loads(house.run("show", "order", orders[3]["number"], "--json").stdout)
    assert story["lines"][0]["price_list"].startswith("MD")
    assert story["lines"][0]["price_list"] in number
    assert story["lines"][0]["price_since"] == "2026-11-10"
    first = json.loads(house.run("show", "order", orders[0]["number"], "--json").stdout)
    assert first["lines"][0]["price_list"] == "products"
    [again] = sends(house, "价格表", [PRICE_HEAD, *rows])[-1:]
    assert "价目表没有变化" in again["Subject"]


def test_a_catalogue_is_taken_as_a_whole_and_a_sheet_of_changes_in_part(house: House) -> None:
    changed = [list(row) for row in PRODUCTS]
    changed[0][7], changed[1][6] = 205, 12
    changed[-1] = ["SP-N1-800", "松坪新品800g", "New", "新品", "800g*6听/箱", "听", 6, 99, "regular", "yes"]  # fmt: skip
    [asked] = sends(house, "产品目录", [HEADS["products"], *changed])
    text = words(asked)
    assert "新增 1 个，变更 2 个，删除 1 个" in text
    assert "每箱听数从 6 改成 12" in text
    assert "要删除" in text
    answers(house, asked, "同意")
    now = {row["sku"]: row for row in known(house, "products")}
    assert (now[A1_SKU]["price"], now[A2_SKU]["units_per_case"]) == ("205", "12")
    assert "SP-N1-800" in now
    assert "SP-K4-800" not in now
    assert "产品目录变了 4 个" in words(letters(house, ASSISTANT)[0])
    house.put("1", ordered("N101", 205))
    house.once(LATER[0])
    assert [o["state"] for o in house.rows("orders")] == ["accepted"]
    few = [("产品编码", "产品名称", "状态"), ("SP-N1-800", "松坪新品800g", "停售")]
    [*_, part] = sends(house, "产品变更", few, name="产品目录")
    assert "变更 1 个，改后共 10 个产品" in words(part)
    answers(house, part, "不同意")
    assert {row["sku"]: row for row in known(house, "products")}["SP-N1-800"]["active"] == "yes"


def test_what_was_mailed_is_listed_shown_and_told_by_doctor(house: House) -> None:
    house.once()
    assert "no mail changed a register" in house.run("doctor").stdout
    few = [("产品编码", "产品名称", "单价"), (A1_SKU, A1[0], 205)]
    [asked] = sends(house, "产品变更", few, name="产品目录")
    [row] = house.rows("registers")
    assert (row["kind"], row["state"], row["mail_id"]) == ("products", "proposed", 1)
    told = json.loads(house.run("show", "register", row["number"], "--json").stdout)
    assert told["changes"] == [
        {"row": A1_SKU, "name": A1[0], "done": "changed", "values": ["price: 198 > 205"]}
    ]
    answers(house, asked, "同意")
    [later] = sends(house, "价格表", [PRICE_HEAD, a_price(215, "2999-12-01")])[-1:]
    answers(house, later, "同意")
    said = house.run("doctor").stdout
    assert "products.xlsx: older than what a mail changed, 10 rows are in force" in said
    assert "customers.xlsx: older" not in said
    assert "1 prices are to come, 1 of them on 2999-12-01" in said
    states = [(r["kind"], r["state"]) for r in house.rows("registers")]
    assert states == [("products", "applied"), ("prices", "applied")]
    assert house.run("list", "registers", "--state", "applied").stdout.count("applied") == 2
    assert house.run("show", "register", "MD1").returncode == 1
    story = json.loads(house.run("show", "register", row["number"], "--json").stdout)
    assert [h["after"] for h in story["history"]] == ["proposed", "applied"]


def test_staff_are_changed_by_another_and_those_who_let_goods_go_hear_of_it(house: House) -> None:
    own = [("角色", "姓名", "邮箱", "区域"), ("财务", "销管小何", ADMIN, "全部")]
    [refused] = sends(house, "人员变更", own, name="人员名单")
    assert "自己的一行" in words(refused)
    gone = [row for row in PEOPLE if row[0] != "regional_manager"]
    [*_, misfit] = sends(house, "人员名单", [HEADS["staff"], *gone])
    assert "已经不是区域经理了" in words(misfit)
    new = [
        ("角色", "姓名", "邮箱", "区域"),
        ("财务", "新财务", "fin2@songping.example", ""),
        ("区域经理", "北区新经理", "bei2@songping.example", "北区"),
    ]
    [*_, asked] = sends(house, "人员变更", new, name="人员名单")
    text = words(asked)
    assert "新增 2 人，改后共 12 行" in text
    assert "新财务 以后可以批订单" in text
    answers(house, asked, "同意")
    assert {"fin2@songping.example", "bei2@songping.example"} < {
        row["email"] for row in known(house, "staff")
    }
    for who in (FINANCE, GM, IT, NORTH):
        assert "人员名单变了 2 人" in words(letters(house, who, "人员名单")[0])
    assert letters(house, BEI) == []


def test_the_marketing_head_says_yes_to_his_own_list_and_his_old_one_counts_no_more(
    house: House,
) -> None:
    [first] = sends(house, "价格表", [PRICE_HEAD, a_price(205)], GM)
    [_, other] = sends(
        house, "产品变更", [HEADS["products"][:3], PRODUCTS[0][:3]], GM, name="产品目录"
    )
    assert "没有变化" in other["Subject"]
    [*_, second] = sends(house, "价格表", [PRICE_HEAD, a_price(206)], GM)
    answers(house, first, "同意", GM)
    assert known(house, "prices") == []
    answers(house, second, "同意", ADMIN)
    assert known(house, "prices") == []
    answers(house, second, "同意", GM)
    assert [row["price"] for row in known(house, "prices")] == ["206"]


def test_a_house_may_have_tables_hold_at_once(tmp_path: Path) -> None:
    house = build_house(tmp_path, CONFIG + "registers: {apply: at-once}\n")
    [applied] = sends(house, "价格表", [PRICE_HEAD, a_price(205)], GM)
    assert "价目表已更新" in applied["Subject"]
    assert [row["price"] for row in known(house, "prices")] == ["205"]


def test_a_file_that_changes_has_to_go_with_what_a_mail_changed(tmp_path: Path) -> None:
    house = build_house(tmp_path, CONFIG + "registers: {apply: at-once}\n")
    new = [
        ("角色", "姓名", "邮箱", "区域"),
        ("区域经理", "新经理", "bei2@songping.example", "北区"),
    ]
    sends(house, "人员变更", new, name="人员名单")
    first = (*CUSTOMERS[0][:4], "bei2@songping.example", *CUSTOMERS[0][5:])
    write_register(tmp_path, "customers", (first, *CUSTOMERS[1:]))
    assert house.once(LATER[0]).returncode == 0
    assert known(house, "customers")[0]["regional_manager"] == "bei2@songping.example"
    write_register(tmp_path, "staff", (*STAFF, ("designer", "设计", "d@songping.example", "", "")))
    done = house.once(LATER[1])
    assert "bei2@songping.example is no regional_manager" in done.stdout + done.stderr
    assert "bei2@songping.example" in {row["email"] for row in known(house, "staff")}


def test_tables_that_hold_at_once_hold_once_also_where_it_is_killed_on_the_way(
    tmp_path: Path,
) -> None:
    def end_of(folder: Path, *kills: str) -> tuple[Any, ...]:
        house = build_house(folder, CONFIG + "registers: {apply: at-once}\n")
        write_register(folder, "staff", PEOPLE)
        tables = (
            ("产品目录", [HEADS["products"], *PRODUCTS, NEW_PRODUCT]),
            ("人员名单", [HEADS["staff"], *PEOPLE, NEW_PERSON]),
            ("价格表", [PRICE_HEAD, a_price(205)]),
        )
        for number, (subject, rows) in enumerate(tables):
            data = sheet(list(rows), "表")
            house.put(f"t{number}", mail(ADMIN, subject, "见附件", (f"{subject}.xlsx", data)))
        for kill in kills:
            killed = house.once(MAILFLOW_FAILPOINT=kill)
            assert killed.returncode == -signal.SIGKILL, f"{kill}: {killed.stderr}"
        done = house.once()
        assert done.returncode == 0, done.stderr
        told = sorted((m["notice"], m["recipient"], m["state"]) for m in house.rows("messages"))
        registers = [(r["number"], r["kind"], r["state"]) for r in house.rows("registers")]
        return registers, told, *(known(house, kind) for kind in ("products", "staff", "prices"))

    whole = end_of(tmp_path / "whole")
    assert [state for _, _, state in whole[0]] == ["applied"] * 3
    kills = ("register.applied:2", "register.applied:2")
    assert end_of(tmp_path / "killed", *kills) == whole
