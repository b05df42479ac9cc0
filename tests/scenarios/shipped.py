"""Orders of the demo's desk whose lists a warehouse fills in and sends back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from typing import Any

from openpyxl import load_workbook

from mailflow.commands.demo_desk.mails import A1, A2, BEI, mail, order, sheet
from tests.parsers.filled_lists import HEADERS
from tests.parsers.sheets import saved
from tests.scenarios.house import House
from tests.scenarios.replies import letters

WAREHOUSE = "warehouse@songping.example"
LINES = [(A1, 20, "现金"), (A2, 30, "现金")]
MORNING, NOON = "2026-11-11T09:00:00+08:00", "2026-11-11T12:00:00+08:00"


def ordered(
    house: House, lines: Sequence[Any] = LINES, subject: str = "小叶子11月订单"
) -> EmailMessage:
    """An order is accepted; its list, as it came to the warehouse."""
    before = len(letters(house, WAREHOUSE))
    house.put(subject, mail(BEI, subject, "您好", ("订货单.xlsx", sheet(order("N101", lines)))))
    assert house.once().returncode == 0
    [*_, found] = letters(house, WAREHOUSE)
    assert len(letters(house, WAREHOUSE)) == before + 1
    return found


def filled(
    letter: EmailMessage,
    shipped: Mapping[int, Any],
    batches: Mapping[int, str] | None = None,
    foot: Mapping[str, str] | None = None,
) -> bytes:
    """The list of a letter filled in: cases by line, batch by line; `foot` by the labels' names."""
    [attached] = letter.iter_attachments()
    book = load_workbook(io.BytesIO(attached.get_payload(decode=True)))  # type: ignore[arg-type] # bytes
    page = book.worksheets[0]
    at = {
        HEADERS[str(c.value)]: c.column
        for row in page.iter_rows()
        for c in row
        if c.value in HEADERS
    }
    [header] = [c.row for row in page.iter_rows() for c in row if c.value == "序号"]
    for line, cases in shipped.items():
        page.cell(header + 1 + line, at["shipped"]).value = cases
    for line, batch in (batches or {}).items():
        page.cell(header + 1 + line, at["batch"]).value = batch
    labels = {"carrier": "承运商", "waybill": "运单号", "day": "发货日期"}
    for name, text in (foot or {}).items():
        [cell] = [
            c
            for row in page.iter_rows()
            for c in row
            if isinstance(c.value, str) and c.value.startswith(labels[name]) and c.row > header
        ]
        cell.value = f"{cell.value}：{text}"
    return saved(book)


def sent_back(
    house: House,
    data: bytes,
    *,
    now: str = MORNING,
    subject: str = "清单回填",
    sender: str = WAREHOUSE,
    **more: str,
) -> None:
    number = len(list((house.folder / "inbox").rglob("*back*")))
    raw = mail(sender, subject, "请查收", (f"清单{number}.xlsx", data), **more)
    raw = raw.replace(b"@songping.example>\n", f".{number}@songping.example>\n".encode(), 1)
    house.put(f"back{number}", raw)
    ended = house.once(now)
    assert ended.returncode == 0, ended.stderr


def ends(house: House) -> list[tuple[str, str]]:
    return [(m["state"], m["reason"]) for m in house.rows("mails")]


def notices(house: House, notice: str) -> list[str]:
    return [m["recipient"] for m in house.rows("messages") if m["notice"] == notice]


def listed(data: bytes) -> list[int]:
    """Cases of each line of a list."""
    page = load_workbook(io.BytesIO(data)).worksheets[0]
    [head] = [c for row in page.iter_rows() for c in row if c.value == "箱数"]
    below = [page.cell(row, head.column).value for row in range(head.row + 1, page.max_row)]
    end = next(
        n
        for n, row in enumerate(range(head.row + 1, page.max_row))
        if not isinstance(page.cell(row, 1).value, int)
    )
    return [int(str(cases)) for cases in below[:end]]
