"""Sheets that are no orders come by mail: nothing is booked, and each is a clear row for a person."""

from __future__ import annotations

import io
import json
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, BEI, mail, order, sheet
from tests.outbox.workbooks.lists import a_list, some_lines
from tests.parsers.filled_lists import Paper
from tests.parsers.sheets import saved, workbook
from tests.parsers.test_report_consumers import CALLS, HEAD, ROWS
from tests.parsers.test_report_shipment import HEAD as SENT_HEAD
from tests.parsers.test_report_shipment import ROWS as SENT
from tests.parsers.test_report_shipment import WAYBILLS
from tests.scenarios.house import EVENING, House, build_house

STOCK = [
    ["仓库库存"],
    ["产品编码", "产品名称", "仓库", "库存数量(箱)"],
    ["CX-1", "晨星", "郑州仓", 12],
]


def filled() -> bytes:
    paper = Paper(a_list(*some_lines(2)))
    paper.fill(0, shipped=2)
    paper.fill(1, shipped="约3")
    return paper.saved()


SHEETS: dict[str, tuple[bytes, str]] = {
    "清单回填": (filled(), "dispatch-list-received"),
    "发货明细": (saved(workbook([SENT_HEAD, *SENT])), "shipment-received"),
    "运单跟踪": (saved(workbook(WAYBILLS)), "waybills-received"),
    "消费者名单": (saved(workbook([HEAD, *ROWS])), "consumers-no-caller"),
    "回访结果": (saved(workbook([["回访结果"], *CALLS])), "call-backs-received"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    built = build_house(tmp_path_factory.mktemp("reports"))
    for number, (name, (data, _)) in enumerate(SHEETS.items()):
        built.put(f"{number}", mail(BEI, name, "请查收", (f"{name}.xlsx", data)))
    built.once()
    built.once(EVENING)
    return built


def digest(house: House) -> str:
    texts = []
    for path in sorted((house.folder / "outbox" / "new").glob("*digest*")):
        message = message_from_bytes(path.read_bytes(), policy=default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        assert body is not None
        texts.append(body.get_content())
    return "\n".join(texts)


def test_each_waits_on_a_person_and_is_told_by_its_kind(house: House) -> None:
    # Consumers were taken and wait: this house has nobody who calls.
    waits = {"consumers-no-caller": "consumers-no-caller"}
    assert [(m["state"], m["reason"]) for m in house.rows("mails")] == [
        ("review", waits.get(code, "report-received")) for _, code in SHEETS.values()
    ]
    assert house.rows("orders") == []
    told = sorted(str(case["reason"]) for case in house.rows("cases"))
    assert told == sorted(code for _, code in SHEETS.values())


def test_the_digest_says_what_came_and_nothing_of_consumers(house: House) -> None:
    text = digest(house)
    for name in SHEETS:
        assert name in text
    for said in ("王某芳", "13800001111", "宝宝喜欢", "阳光店"):
        assert said not in text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("explained"))


FIRST_SAID = {
    "dispatch-list": "list-unknown",
    "shipment": "list-unknown",
    "waybills": "waybill-unclear",
    "consumers": "consumer-region",
    "call-backs": "call-backs-received",
}
"""Of a bare workbook, as whoever usually sends the kind would hear it: here no list is out."""


@pytest.mark.parametrize(("name", "kind"), list(zip(SHEETS, FIRST_SAID, strict=True)))
def test_explain_shows_each_in_every_way(desk: House, name: str, kind: str) -> None:
    path, page = desk.folder / f"{name}.xlsx", desk.folder / f"{name}.html"
    path.write_bytes(SHEETS[name][0])

    [document] = json.loads(desk.run("explain", str(path), "--json").stdout)["documents"]
    decided = "returned" if kind == "consumers" else "review"
    assert (document["kind"], document["decision"]) == (kind, decided)
    assert document["findings"][0]["code"] == FIRST_SAID[kind]
    shown = desk.run("explain", str(path)).stdout
    assert f"读到 {len(document['rows'])} 行" in shown
    desk.run("explain", str(path), "--html", str(page))
    assert f"读到 {len(document['rows'])} 行" in page.read_text(encoding="utf-8")


def test_explain_names_the_cell_in_doubt(desk: House) -> None:
    path = desk.folder / "doubt.xlsx"
    path.write_bytes(filled())
    [document] = json.loads(desk.run("explain", str(path), "--json").stdout)["documents"]

    assert document["filled"] == "partly"
    assert [r["shipped"] for r in document["rows"]] == [{"cases": 2}, None]
    told = {f["code"]: f["where"] for f in document["findings"]}
    assert told["report-doubt"] == "FH261109-0042!G10"


@pytest.mark.fault("B08")
def test_an_order_beside_stock_is_booked_and_the_stock_is_told(tmp_path: Path) -> None:
    house = build_house(tmp_path)
    book = load_workbook(io.BytesIO(sheet(order("N101", [(A1, 20, "现金"), (A2, 30, "现金")]))))
    page = book.create_sheet("库存")
    for row in STOCK:
        page.append(row)
    house.put("1", mail(BEI, "小叶子11月订单", "您好", ("小叶子11月订货单.xlsx", saved(book))))
    house.once()

    assert [o["state"] for o in house.rows("orders")] == ["accepted"]
    assert "stock-received" in {str(c["reason"]) for c in house.rows("cases")}
