"""Contracts and papers that are mailed in are kept once, and found by whoever may look (S13)."""

from __future__ import annotations

import json
import signal
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from tests.parsers.papers import docx, pdf
from tests.scenarios.conftest import Build
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, FINANCE, letters, words
from tests.scenarios.test_documents import enclosed
from tests.scenarios.test_stories import comes, reasons

DEALER, WAREHOUSE = "n101@dealer.example", "warehouse@songping.example"
MORNING, LATER, LAST = (f"2026-11-10T10:{minute}:00+08:00" for minute in ("00", "20", "40"))
CONTRACT = docx(
    "经销合同", "甲方授权青禾市小叶子母婴用品有限公司在青禾市经销，合同号 HT-2026-007。"
)
SCAN = b"\x89PNG\r\n\x1a\n" + bytes(40_000)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_house(tmp_path / "house")


def brings(sender: str, subject: str, text: str, *files: tuple[str, bytes]) -> bytes:
    return mail(sender, subject, text, *files)


def found(house: House, *wanted: str) -> list[str]:
    lines = house.run("find", *wanted, "--json").stdout.splitlines()
    return [json.loads(line)["number"] for line in lines]


def told(house: House, who: str) -> list[EmailMessage]:
    return [m for m in letters(house, who) if "[M" in m["Subject"]]


def test_nothing_is_kept_that_is_not_for_it(house: House) -> None:
    comes(
        house, MORNING,
        brings(DEALER, "合同归档", "请存档", ("合同.docx", CONTRACT)),
        brings("who@else.example", "合同归档", "请存档", ("合同.docx", CONTRACT)),
        brings(ADMIN, "资料", "见附件", ("合同.docx", CONTRACT)),
        brings(ADMIN, "合同归档", "附件漏了"),
        brings(BEI, "合同订单", "请发货", ("订单.xlsx", sheet(order("N103", [(A1, 3, "现金")])))),
    )  # fmt: skip
    assert not any(r.startswith("papers") for r in reasons(house))
    assert reasons(house)[-1] == "booked"
    assert found(house, "合同") == []


def test_a_contract_is_kept_and_found_again(build: Build, tmp_path: Path) -> None:
    house = build(tmp_path / "house")
    files = (
        ("经销合同.docx", CONTRACT),
        ("lease.pdf", pdf("Warehouse lease 2026")),
        ("扫描.png", SCAN),
    )
    comes(house, MORNING, brings(ADMIN, "合同归档 小叶子", "请归档，谢谢", *files))
    assert reasons(house) == ["papers-kept"]
    [kept] = told(house, ADMIN)
    assert "已归档 3 份" in kept["Subject"]
    for number in ("GD261110-0001", "GD261110-0001-2", "GD261110-0001-3"):
        assert number in words(kept)
    assert words(kept).count("读不出里面的字") == 1
    assert found(house, "HT-2026-007") == ["GD261110-0001"]
    assert found(house, "warehouse", "LEASE") == ["GD261110-0001-2"]
    assert len(found(house, "小叶子")) == 3
    comes(
        house, LATER,
        mail(FINANCE, "查找 经销合同 青禾", ""), mail(ADMIN, "find 小叶子", ""), mail(ADMIN, "查找 采购合同", ""),
        mail(DEALER, "查找 经销合同", ""), mail(WAREHOUSE, "查找 经销合同", ""),
    )  # fmt: skip
    [one] = told(house, FINANCE)
    assert enclosed(one) == {"经销合同.docx": CONTRACT}
    assert "甲方授权青禾市小叶子" in words(one)
    _, several, none = told(house, ADMIN)
    assert (enclosed(several), enclosed(none)) == ({}, {})
    assert "查到 3 份" in several["Subject"]
    assert "没有查到" in none["Subject"]
    comes(house, LAST, mail(ADMIN, "查找 GD261110-0001", ""))
    assert enclosed(told(house, ADMIN)[-1]) == {"经销合同.docx": CONTRACT}
    assert told(house, DEALER) == []
    inside = {m["recipient"] for m in house.rows("messages")}
    assert inside == {ADMIN, FINANCE, WAREHOUSE}
    [refused] = letters(house, WAREHOUSE)
    assert "不在您能查的范围内" in words(refused)


def test_the_same_contents_are_kept_once_under_their_first_number(house: House) -> None:
    comes(house, MORNING, brings(ADMIN, "合同归档", "", ("合同.docx", CONTRACT)))
    comes(house, LATER, brings(BEI, "转发：合同", "请存档", ("合同-终稿.docx", CONTRACT)))
    [again] = told(house, BEI)
    assert "已经归过档" in again["Subject"]
    assert "GD261110-0001" in words(again)
    assert found(house, "经销合同") == ["GD261110-0001"]


def test_whoever_says_more_is_read_by_a_person(house: House) -> None:
    comes(
        house, MORNING, brings(BEI, "经销合同 小叶子", "请审批后盖章寄回", ("合同.docx", CONTRACT))
    )
    assert reasons(house) == ["papers-read"]
    [kept] = told(house, BEI)
    assert "GD261110-0001" in words(kept)
    assert "您信里写的其他事，销管会看" in words(kept)
    assert [(c["number"], c["reason"], c["region"]) for c in house.rows("cases")] == [
        ("M1", "papers-read", "北区")
    ]
    assert found(house, "小叶子") == ["GD261110-0001"]


def test_a_mail_that_is_passed_on_is_a_paper_too(house: House) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "chen@dealer.example", "补充约定"
    inner.set_content("乙方同意自十二月起每月结清。")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = ADMIN, "归档：小叶子补充协议"
    outer["Message-ID"] = "<passed-on@songping.example>"
    outer.set_content("请存档")
    outer.add_attachment(inner)
    comes(house, MORNING, outer.as_bytes())
    assert reasons(house) == ["papers-kept"]
    assert found(house, "每月结清") == ["GD261110-0001"]
    comes(house, LATER, mail(FINANCE, "查找 补充协议 小叶子", ""))
    [letter] = told(house, FINANCE)
    assert enclosed(letter) == {}
    assert "乙方同意自十二月起每月结清" in words(letter)
    assert "这一份不能随信发" in words(letter)


def test_a_program_is_not_kept(house: House) -> None:
    files = (("合同.docx", CONTRACT), ("合同.exe", b"MZ" + bytes(99)))
    comes(house, MORNING, brings(ADMIN, "合同归档", "", *files))
    [kept] = told(house, ADMIN)
    assert "没有归档（程序文件）：合同.exe" in words(kept)
    assert found(house, "合同") == ["GD261110-0001"]


def test_a_kill_while_it_is_kept_leaves_it_kept_once(house: House) -> None:
    house.put("1", brings(ADMIN, "合同归档", "", ("合同.docx", CONTRACT)))
    killed = house.once(MORNING, MAILFLOW_FAILPOINT="papers.kept")
    assert killed.returncode == -signal.SIGKILL
    assert found(house, "合同") == []
    comes(house, LATER)
    assert found(house, "合同") == ["GD261110-0001"]
    assert len(told(house, ADMIN)) == 1


def test_find_says_when_there_is_nothing(house: House) -> None:
    comes(house, MORNING)
    nothing = house.run("find", "合同")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "no kept paper" in nothing.stderr
    assert house.run("find", "！").returncode == 2
