"""A report that comes in by mail is booked nowhere, answered to nobody, and told to a person; but for
payments, expenses (test_money.py) and a warehouse's stock (test_stock.py)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from mailflow.commands.demo_desk.mails import BEI, mail
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, letters, words
from tests.scenarios.report_mails import MAILS, STOCK
from tests.scenarios.test_explain_page import page_of

UNLIKE = ("inventory-report", "payments", "expenses", "stock")
WAITING = {kind: replace(m, sender=BEI) for kind, m in MAILS.items() if kind not in UNLIKE}
"""From somebody who may not have them entered."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = build_house(tmp_path_factory.mktemp("reports") / "house")
    for number, report in enumerate(WAITING.values(), start=1):
        house.put(f"{number:02}", report.raw)
    house.once()
    return house


def test_every_report_waits_on_a_person_and_nothing_is_booked(house: House) -> None:
    ends = {(row["state"], row["reason"]) for row in house.rows("mails")}
    assert ends == {("review", "report-received")}
    assert len(house.rows("cases")) == len(WAITING)
    assert house.rows("orders") == []


def test_nothing_goes_out_but_the_digest(house: House) -> None:
    assert {m["notice"] for m in house.rows("messages")} == {"digest"}


@pytest.mark.parametrize("kind", WAITING)
def test_the_digest_has_a_row_that_says_what_came(house: House, kind: str) -> None:
    [digest] = letters(house, ADMIN)
    lines = words(digest).splitlines()
    assert any(WAITING[kind].title in line and WAITING[kind].sender in line for line in lines), (
        lines
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("explained") / "house")


BECOMES = {
    "stock": ("accepted", "stock-taken", ["stock-answer"]),
    "payments": ("accepted", "money-entered", ["money-entered"]),
    "expenses": ("accepted", "money-entered", ["money-entered"]),
    "inventory-report": ("returned", "inventory-returned", ["inventory-answer"]),
}
"""What becomes of those that the desk deals with by itself."""


@pytest.mark.parametrize("kind", MAILS)
def test_explain_tells_it_row_by_row(desk: House, kind: str) -> None:
    path = desk.folder / f"{kind}.eml"
    path.write_bytes(MAILS[kind].raw)
    done = desk.run("explain", "--json", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    shape = json.loads(done.stdout)
    [document] = shape["documents"]
    decision, reason, notices = BECOMES.get(kind, ("review", "report-received", []))
    assert (document["kind"], document["decision"]) == (kind, decision)
    assert document["distributors"] == list(MAILS[kind].distributors)
    assert [f["code"] for f in document["findings"] if f["code"] != f"{kind}-received"] == (
        ["report-figure"] if kind == "inventory-report" else []
    )
    assert document["rows"]
    assert shape["reason"] == reason
    assert [(m["notice"], m["to"]) for m in shape["messages"]] == [
        (notice, [MAILS[kind].sender]) for notice in notices
    ]
    assert not (desk.folder / "mailflow.db").exists()


def test_a_month_that_does_not_add_up_is_named_with_its_cell(desk: House) -> None:
    path = desk.folder / "a.eml"
    path.write_bytes(MAILS["inventory-report"].raw)
    [document] = json.loads(desk.run("explain", "--json", str(path)).stdout)["documents"]
    [found] = [f for f in document["findings"] if f["code"] == "report-figure"]
    assert (found["where"], found["found"], found["expected"]) == ("Sheet1!E6", "6", "5")
    assert (
        document["rows"][0] | {"closing": {"cases": 12}, "opening": {"cases": 10}}
        == document["rows"][0]
    )


@pytest.mark.parametrize("kind", MAILS)
def test_the_picture_and_the_page_show_it(desk: House, kind: str) -> None:
    path = desk.folder / f"{kind}.eml"
    path.write_bytes(MAILS[kind].raw)
    done = desk.run("explain", str(path), COLUMNS="120")
    assert (done.returncode, done.stderr) == (0, "")
    page = page_of(desk, f"{kind}.eml", MAILS[kind].raw)
    for text in (done.stdout, page.text):
        assert MAILS[kind].title in text
        assert all(code in text for code in MAILS[kind].distributors)
    assert page.open == []


def test_stock_pasted_into_a_mail_is_drawn_and_told_of(desk: House) -> None:
    lines = "".join(f"<tr>{''.join(f'<td>{v}' for v in row)}</tr>" for row in STOCK.rows[1:])
    raw = mail(STOCK.sender, "今日库存", f"<p>您好</p><table>{lines}</table><p>谢谢</p>")
    raw = raw.replace(b"text/plain", b"text/html")
    path = desk.folder / "pasted.eml"
    path.write_bytes(raw)
    drawn = desk.run("explain", str(path), COLUMNS="120").stdout
    assert "仓库库存" in drawn
    assert "读到 2 行" in drawn
    assert "库存的答复" in drawn
    assert "320 箱" in drawn
    assert "── 邮件正文" in drawn, drawn
