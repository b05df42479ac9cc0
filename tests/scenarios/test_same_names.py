"""Two sheets under one name are answered apart: each wrong one comes back as itself."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, BEI, mail, order, sheet
from tests.scenarios.house import House, build_house

LINES = [(A1, 6, "现金")]
RIGHT = sheet(order("N101", LINES))
WRONG = sheet(order("N102", LINES, price=190))
WRONG_TOO = sheet(order("N101", LINES, total=1))
NAME = "订单.xlsx"


def answer(house: House) -> EmailMessage:
    found = (
        message_from_bytes(path.read_bytes(), policy=default)
        for path in (house.folder / "outbox" / "new").glob("*order-answer*")
    )
    [one] = (m for m in found if isinstance(m, EmailMessage))
    return one


def marked(message: EmailMessage) -> dict[str, tuple[str, set[str]]]:
    """The marked copies by name: whose order it is, and the cells with a comment."""
    copies = {}
    for part in message.iter_attachments():
        name = part.get_filename() or ""
        if "标注" in name:
            page = load_workbook(io.BytesIO(part.get_content()))["订单"]
            cells = {c.coordinate for row in page.iter_rows() for c in row if c.comment}
            copies[name] = (str(page["B1"].value), cells)
    return copies


def answered(folder: Path, *sheets: bytes) -> EmailMessage:
    house = build_house(folder)
    house.put("mail", mail(BEI, "两张订单", "请查收", *((NAME, data) for data in sheets)))
    assert house.once().returncode == 0
    return answer(house)


def test_the_wrong_one_of_two_is_marked_and_not_its_neighbour(tmp_path: Path) -> None:
    message = answered(tmp_path / "house", RIGHT, WRONG)
    assert marked(message) == {"订单(2)-标注.xlsx": ("白石市宝宝屋商贸有限公司", {"E9"})}
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "· 订单.xlsx 订单!" in text
    assert "· 订单(2).xlsx 订单!" in text


def test_each_of_two_wrong_ones_comes_back_marked_under_its_own_name(tmp_path: Path) -> None:
    assert marked(answered(tmp_path / "house", WRONG_TOO, WRONG)) == {
        "订单-标注.xlsx": ("青禾市小叶子母婴用品有限公司", {"F9"}),
        "订单(2)-标注.xlsx": ("白石市宝宝屋商贸有限公司", {"E9"}),
    }
