"""Which mails make a request: a form, words, or none; and a kind that a house declares by itself."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailflow.commands.demo_desk.mails import A1, BEI, NAN, mail, order, sheet
from tests.parsers.sheets import saved, workbook
from tests.scenarios.asked_for import (
    DEALER,
    DESIGNER,
    asked_for,
    files_of,
    mailed,
    people_of,
)
from tests.scenarios.house import House, build_house
from tests.scenarios.replies import ADMIN, letters, question, reply, words
from tests.scenarios.test_stories import at, comes, last, reasons

FORM = [
    ["宣传物料设计申请表"],
    ["申请人", "北区经理", "经销商名称", "小叶子"],
    ["物料名称：春节海报", None, "尺寸规格", "60×90 厘米"],
    ["要稿日期*", "2026-12-01"],
]
CARS: dict[str, Any] = {
    "title": {"zh": "用车", "en": "a car"},
    "words": ["用车申请", "派车"],
    "from": ["regional_manager", "finance"],
    "fields": {
        "where": {"title": "去哪里", "required": True, "rest": True},
        "when": {"title": "哪天用", "kind": "date", "required": True},
    },
    "steps": {
        "agree": {"title": "批准用车", "owner": "sales_admin", "answer": "approve"},
        "drive": {"title": "派车", "owner": "logistics", "wants": "车牌号"},
    },
    "tell": ["requester", "it_admin"],
}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return people_of(build_house(tmp_path / "house", asked_for()))


def numbers(house: House) -> list[str]:
    return [c["number"] for c in house.rows("cases") if c["kind"] == "request"]


def test_a_house_without_kinds_leaves_them_to_a_person(tmp_path: Path) -> None:
    house = people_of(build_house(tmp_path / "house"))
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", "要一张海报"))
    assert [(m["state"], m["reason"]) for m in house.rows("mails")] == [
        ("review", "request:design")
    ]
    assert letters(house) == []


def test_nobody_makes_one_who_may_not_or_who_means_something_else(house: House) -> None:
    orders = ("亲贝.xlsx", sheet(order("N103", [(A1, 3, "现金")])))
    comes(
        house,
        at(10, "10:00"),
        mailed("somebody@elsewhere.example", "申请 设计", "海报"),  # a stranger
        mailed(DEALER, "申请 培训", "给店员"),  # a kind that is not for distributors
        mailed(BEI, "海报什么时候好？", ""),  # a question
        mailed(BEI, "门头和培训", ""),  # two kinds
        mailed(BEI, "设计的事", "自动回复").replace(
            b"To:", b"Auto-Submitted: auto-replied\nTo:", 1
        ),
        mail(BEI, "海报设计和订单", "请发货", orders),  # an order, whatever its subject
    )
    assert numbers(house) == []
    assert letters(house, DESIGNER) == []
    assert [o["state"] for o in house.rows("orders")] != []


def test_a_form_is_known_by_its_title_and_read_by_its_labels(house: House) -> None:
    form = ("设计申请表.xlsx", saved(workbook(FORM)))
    comes(house, at(10, "10:00"), mailed(BEI, "请安排", "见附件", form))
    assert numbers(house) == ["R-2026-0001"]
    asked = question(house, DESIGNER)
    for told in ("春节海报", "60×90 厘米", "2026-12-01", "小叶子"):
        assert told in words(asked)
    assert files_of(asked) == dict([form])
    assert house.rows("orders") == []
    # The same as a table in the mail.
    table = "".join(
        "<tr>" + "".join(f"<td>{cell or ''}</td>" for cell in row) + "</tr>" for row in FORM
    ).replace("春节海报", "元宵展架")
    inside = EmailMessage()
    inside["From"], inside["To"], inside["Subject"] = BEI, "orders@songping.example", "请再安排"
    inside["Message-ID"] = "<form-in-words@people.example>"
    inside.set_content(f"<p>您好，请安排：</p><table>{table}</table>", subtype="html")
    comes(house, at(10, "10:30"), inside.as_bytes())
    assert numbers(house) == ["R-2026-0001", "R-2026-0002"]
    for told in ("元宵展架", "60×90 厘米", "2026-12-01", "小叶子"):
        assert told in words(last(house, DESIGNER))


def test_a_distributor_asks_for_itself_and_nobody_for_another_manager_s(house: House) -> None:
    text = "设计内容：海报\n尺寸：60×90\n要稿日期：12月1日"
    comes(house, at(10, "10:00"), mailed(DEALER, "申请 设计", text))
    assert "青禾市小叶子母婴用品有限公司" in words(question(house, DESIGNER))
    comes(house, at(10, "10:05"), mailed(NAN, "request design", f"{text}\n经销商：小叶子"))
    assert "is not one of your distributors" in words(last(house, NAN))
    assert len(letters(house, DESIGNER)) == 1


def test_a_kind_of_its_own_goes_its_way_by_configuration_alone(tmp_path: Path) -> None:
    house = people_of(build_house(tmp_path / "house", asked_for("design", car=CARS)))
    comes(house, at(10, "10:00"), mailed(BEI, "申请用车：去白石市盘点\n", "哪天用：11月12日"))
    assert "去白石市盘点" in words(question(house, ADMIN))
    comes(house, at(10, "10:30"), reply(question(house, ADMIN), "同意", ADMIN))
    logistics = "logistics@songping.example"
    asked = question(house, logistics)
    comes(house, at(10, "11:00"), reply(asked, "完成 京A12345", logistics))
    for each in (BEI, "it@songping.example"):
        assert "京A12345" in words(last(house, each, "用车申请已办好"))
    assert reasons(house) == ["request-opened", "request-agreed", "request-done"]
    # Whoever else is of the house has no such kind.
    comes(house, at(10, "12:00"), mailed("gm@songping.example", "申请用车", "哪天用：11月13日"))
    assert numbers(house) == ["R-2026-0001"]


def test_a_step_that_nobody_does_goes_to_the_sales_admin(tmp_path: Path) -> None:
    house = build_house(tmp_path / "house", asked_for("design"))
    text = "设计内容：海报\n尺寸：60×90\n要稿日期：12月1日"
    comes(house, at(10, "10:00"), mailed(BEI, "申请 设计", text))
    asked = question(house, ADMIN)
    assert "先请销管办" in words(asked)
    comes(house, at(10, "11:00"), reply(asked, "完成：已请外面做", ADMIN))
    assert "已请外面做" in words(last(house, BEI))
