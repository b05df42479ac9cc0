"""A register of distributors that is mailed is shown back, and holds as a whole by one word (S9)."""

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

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from mailflow.commands.demo_desk.registers import (
    CONFIG,
    CUSTOMERS,
    STAFF,
    write_register,
)
from tests.scenarios.house import LATER, House, build_house
from tests.scenarios.replies import ADMIN, letters, reply, words

SERVICE, ASSISTANT = "service@songping.example", "assistant@songping.example"
PEOPLE = (
    *STAFF,
    ("customer_service", "客服", SERVICE, "", ""),
    ("marketing_assistant", "市场助理", ASSISTANT, "", ""),
)
HEAD = (
    *(
        "客户编码",
        "客户名称",
        "别名",
        "区域",
        "区域经理邮箱",
        "邮箱",
        "收货人",
        "联系电话",
        "收货地址",
    ),
    *("实到地址", "信用额度"),
)
KNOWN = [list(row[:11]) for row in CUSTOMERS]
NEW = [
    *("N104", "松岭市新芽母婴店", "新芽", "北区", BEI, "", "何苗", "13000000102"),
    *("松岭市文昌路5号", "", 50000),
]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return built(tmp_path, CONFIG)


def built(folder: Path, config: str) -> House:
    house = build_house(folder, config)
    write_register(folder, "staff", PEOPLE)
    house.put(
        "1", mail(BEI, "亲贝订单", "您好", ("亲贝.xlsx", sheet(order("N103", [(A1, 3, "现金")]))))
    )
    assert house.once().returncode == 0
    assert [row["state"] for row in house.rows("orders")] == ["accepted"]
    return house


def sends(
    house: House, rows: Sequence[Sequence[Any]], subject: str = "经销商名单", sender: str = ADMIN
) -> list[EmailMessage]:
    number = len(house.rows("mails"))
    title: list[Any] = ["经销商名单"]
    data = sheet([title, list(HEAD), *map(list, rows)], "名单")
    raw = mail(sender, subject, "见附件", ("经销商名单.xlsx", data))
    house.put(f"r{number}", raw.replace(b"Message-ID: <", b"Message-ID: <%d." % number, 1))
    done = house.once()
    assert done.returncode == 0, done.stderr
    return [m for m in letters(house, sender) if "[MD" in m["Subject"]]


def known(house: House) -> dict[str, dict[str, str]]:
    """The register in force."""
    path = house.folder / "out.json"
    assert house.run("export", "customers", str(path)).returncode == 0
    return {row["code"]: row for row in json.loads(path.read_text(encoding="utf-8"))}


def changed(rows: list[list[Any]]) -> list[list[Any]]:
    """N101 has another phone, N102 another manager's region, N103 is gone, N104 is new."""
    first, second, _, *south = [list(row) for row in rows]
    first[7] = "13000000999"
    second[3], second[4] = "南区", NAN
    return [first, second, *south, list(NEW)]


def test_what_is_known_or_not_his_or_wrong_changes_nothing(house: House) -> None:
    before = known(house)
    [same] = sends(house, KNOWN)
    assert "没有变化" in same["Subject"]
    assert sends(house, changed(KNOWN), sender=BEI) == []
    wrong = changed(KNOWN)
    wrong[0][10], wrong[1][4], wrong[-1][6] = "很多", "who@songping.example", ""
    [_, refused] = sends(house, wrong)
    assert "有 3 处要改，整张经销商名单没有采用" in words(refused)
    for cell in ("名单!K3", "名单!E4", "名单!G7"):
        assert cell in words(refused)
    [copy] = refused.iter_attachments()
    assert copy.get_filename() == "经销商名单-标注.xlsx"
    twice = [*KNOWN, ["N101", *KNOWN[1][1:]]]
    [*_, repeated] = sends(house, twice)
    assert "出现了两次" in words(repeated)
    assert known(house) == before
    assert letters(house, SERVICE) == []
    states = [(m["state"], m["reason"]) for m in house.rows("mails")[1:]]
    assert states == [
        ("done", "register-unchanged"),
        ("review", "report-received"),
        ("returned", "register-returned"),
        ("returned", "register-returned"),
    ]


def test_a_register_is_shown_back_and_holds_by_one_word(house: House) -> None:
    [asked] = sends(house, changed(KNOWN))
    text = words(asked)
    assert "新增 1 家，变更 2 家，删除 1 家，改后共 5 家" in text
    assert "云岭市亲贝孕婴用品店 要删除，可是还有没办完的订单：DD261110-0001" in text
    assert "松岭市新芽母婴店 的电话 13000000102，和 白石市宝宝屋商贸有限公司 的一样" in text
    assert "白石市宝宝屋商贸有限公司 从“北区”换到了“南区”" in text
    assert "名单!H3  青禾市小叶子母婴用品有限公司：电话原来是 13000000101" in text
    [copy] = asked.iter_attachments()
    marked = load_workbook(io.BytesIO(copy.get_payload(decode=True)))  # type: ignore[arg-type] # bytes
    assert marked["名单"]["H3"].comment is not None
    assert set(known(house)) == {row[0] for row in CUSTOMERS}
    assert [c["reason"] for c in house.rows("cases") if c["state"] == "open"] == ["register-waits"]

    house.put("a", reply(asked, "同意，但是N104先不要", ADMIN, quote=True))
    house.once()
    [*_, unclear] = letters(house, ADMIN, "MD")
    assert "没看懂" in words(unclear)
    assert "N104" not in known(house)
    house.put("b", reply(asked, "同意", ADMIN, quote=True))
    house.put("c", mail(BEI, "新芽订单", "您好", ("新芽.xlsx", sheet(order_of_new()))))
    house.once(LATER[0])
    now = known(house)
    assert set(now) == {"N101", "N102", "N104", "S201", "S202"}
    assert (now["N101"]["phone"], now["N102"]["region"]) == ("13000000999", "南区")
    assert (now["N102"]["owed"], now["N104"]["owed"]) == ("12000", "")
    assert [c for c in house.rows("cases") if c["state"] == "open"] == []

    [told], [also] = letters(house, SERVICE), letters(house, ASSISTANT)
    assert "经销商名单变了 4 家" in words(told)
    assert "信用" not in words(told)
    assert "白石市宝宝屋商贸有限公司：北区经理 → South Manager" in words(told)
    [file] = also.iter_attachments()
    book = load_workbook(io.BytesIO(file.get_payload(decode=True)))  # type: ignore[arg-type] # bytes
    rows = {row[1]: row for row in book.active.iter_rows(values_only=True)}
    assert [rows[code][0] for code in ("N101", "N102", "N103", "N104", "S201")] == [
        *("变更", "变更", "删除", "新增", ""),
    ]
    assert "经销商名单变了 4 家" in words(letters(house, BEI, "MD")[0])
    [english] = letters(house, NAN, "MD")
    assert "宝宝屋" in words(english)
    assert "小叶子" not in words(english)
    order_file = house.folder / "new.xlsx"
    order_file.write_bytes(sheet(order_of_new()))
    explained = json.loads(house.run("explain", str(order_file), "--json").stdout)
    assert explained["documents"][0]["distributor"] == "N104"
    # The file beside the configuration is the old one and undoes nothing; a new order is judged anew.
    house.once(LATER[1])
    assert "N104" in known(house)
    assert [row["state"] for row in house.rows("orders")] == ["accepted", "accepted"]
    house.put("d", reply(asked, "同意", ADMIN))
    house.once(LATER[1])
    [*_, again] = letters(house, ADMIN, "MD")
    assert "已经处理过" in again["Subject"]


def order_of_new() -> list[Any]:
    """Ordered of the distributor that the mail before has added."""
    rows = order("N101", [(A1, 2, "现金")])
    old = next(row for row in CUSTOMERS if row[0] == "N101")
    new = {old[0]: "N104", old[1]: NEW[1], old[6]: NEW[6], old[7]: NEW[7], old[8]: NEW[8]}
    return [[new.get(cell, cell) for cell in row] for row in rows]


def test_a_sheet_of_changes_removes_nobody_and_a_no_changes_nothing(house: House) -> None:
    [asked] = sends(house, [NEW], "经销商名单变更")
    assert "新增 1 家，改后共 6 家" in words(asked)
    assert "没写到的经销商会删除" not in words(asked)
    [_, newer] = sends(house, [[*KNOWN[0][:7], "13000000777", *KNOWN[0][8:]]], "名单变更")
    house.put("a", reply(asked, "同意", ADMIN))
    house.once()
    [*_, outdated] = letters(house, ADMIN, "MD")
    assert "请重发" in outdated["Subject"]
    house.put("b", reply(newer, "不同意", ADMIN))
    house.once()
    assert known(house)["N101"]["phone"] == "13000000101"
    assert len(known(house)) == 5
    assert letters(house, SERVICE) == []
    # A file that did change is in force as a whole; a yes to what was shown before it counts no more.
    [*_, shown] = sends(house, [NEW], "名单变更")
    first = (*CUSTOMERS[0][:7], "13000000555", *CUSTOMERS[0][8:])
    write_register(house.folder, "customers", (first, *CUSTOMERS[1:]))
    house.put("c", reply(shown, "同意", ADMIN))
    house.once(LATER[0])
    [*_, outdated] = letters(house, ADMIN, "MD")
    assert "请重发" in outdated["Subject"]
    assert known(house)["N101"]["phone"] == "13000000555"
    assert "N104" not in known(house)


def test_a_house_may_have_it_hold_at_once_also_where_it_is_killed_on_the_way(
    tmp_path: Path,
) -> None:
    def end_of(folder: Path, kill: str = "") -> tuple[Any, Any]:
        house = built(folder, CONFIG + "registers: {apply: at-once}\n")
        if kill:
            data = sheet([["经销商名单"], list(HEAD), NEW], "名单")
            house.put("r", mail(ADMIN, "经销商名单变更", "见附件", ("经销商名单.xlsx", data)))
            killed = house.once(MAILFLOW_FAILPOINT=kill)
            assert killed.returncode == -signal.SIGKILL, killed.stderr
            assert "N104" not in known(house)
            assert house.once().returncode == 0
        else:
            [applied] = sends(house, [NEW], "经销商名单变更")
            assert "已更新" in applied["Subject"]
        assert len(letters(house, SERVICE)) == 1
        told = [(m["notice"], m["recipient"], m["state"]) for m in house.rows("messages")]
        return known(house), told

    undisturbed = end_of(tmp_path / "whole")
    assert "N104" in undisturbed[0]
    for name in ("register.proposed", "register.applied"):
        assert end_of(tmp_path / name, name) == undisturbed


def test_who_answers_with_other_words_again_and_again_is_left_to_a_person(house: House) -> None:
    [asked] = sends(house, changed(KNOWN))
    for number in range(5):
        house.put(f"a{number}", reply(asked, f"稍等 {number}", ADMIN))
    house.once()
    assert len([m for m in letters(house, ADMIN, "MD") if "再确认" in m["Subject"]]) == 3
    states = [(m["state"], m["reason"]) for m in house.rows("mails")[-5:]]
    assert states == [("done", "answer-unclear")] * 3 + [("review", "answer")] * 2
    house.put("z", reply(asked, "同意", ADMIN))
    house.once()
    assert "N104" in known(house)
