"""The head of a dispatch list says whose goods these are and where they go."""

from __future__ import annotations

from mailflow.domain.order import DispatchList
from mailflow.domain.printable import cleaned
from mailflow.outbox.workbooks.list_looks import LAST, SHIP_POINTS, WIDTHS
from mailflow.outbox.workbooks.list_paper import Paper, Words
from mailflow.outbox.workbooks.text_room import height_of

LONGEST_NAME = 200
"""Signs of a name that fit on the paper."""
PLACES = {
    "distributor": (0, 2),
    "code": (1, 2),
    "consignee": (3, 2),
    "phone": (3, 6),
    "address": (4, 2),
}
"""Where each stands: rows below `head_row`, and column. Read back at these very places."""
TABLE_BELOW = 6
"""Rows from `head_row` to the header of the table."""


def head_row(sheet: DispatchList) -> int:
    """The row of the customer's name; what is special of the list stands above it, a row each."""
    return 1 + sheet.special_release + sheet.order.is_elsewhere


def special_marks(sheet: DispatchList, words: Words) -> tuple[str, ...]:
    """What a picker must see before anything else."""
    marks = (_special(sheet, words),) if sheet.special_release else ()
    return (*marks, words["elsewhere"]) if sheet.order.is_elsewhere else marks


def ship_to_text(sheet: DispatchList, words: Words) -> str:
    """Exactly as registered, the actual delivery address after it in brackets (S2)."""
    ship = sheet.order.ship_to
    address, delivery = cleaned(ship.address), cleaned(ship.delivery_address)
    return f"{address}（{words['delivery_address']}：{delivery}）" if delivery else address


def write_masthead(paper: Paper) -> int:
    """Returns the row in which the table's header goes."""
    page, sheet, words = paper.page, paper.sheet, paper.words
    order, customer = sheet.order, sheet.order.customer
    page.set_row(0, 46)
    paper.merged(0, (0, 2), words["title"], "title")
    paper.merged(0, (3, LAST), f"{sheet.number}  R{sheet.revision}", "number")
    row = head_row(sheet)
    for number, mark in enumerate(special_marks(sheet, words), start=1):
        page.set_row(number, 40)
        paper.merged(number, (0, LAST), mark, "special")
    who, code, region = ("", "", "")
    if customer is not None:
        who, code, region = customer.name, customer.code, customer.region
    _pair(paper, row, (words["distributor"], who), (words["order"], order.number))
    theirs = order.their_number or "—"
    _pair(paper, row + 1, (words["code"], code), (words["their_number"], theirs))
    _pair(paper, row + 2, (words["region"], region), (words["date"], sheet.issued.isoformat()))
    _ship_to(paper, row + 3)
    return row + TABLE_BELOW


def _special(sheet: DispatchList, words: Words) -> str:
    if any(line.loose for line in sheet.order.lines):
        return f"{words['special_release']}　{words['special_loose']}"
    return words["special_release"]


def _pair(paper: Paper, row: int, left: tuple[str, str], right: tuple[str, str]) -> None:
    paper.page.set_row(row, 27)
    is_first = row == head_row(paper.sheet)
    paper.merged(row, (0, 1), left[0], "label")
    paper.merged(row, (2, 3), cleaned(left[1], LONGEST_NAME), "strong" if is_first else "value")
    paper.merged(row, (4, 5), right[0], "label")
    paper.merged(row, (6, LAST), cleaned(right[1], LONGEST_NAME), "strong" if is_first else "value")


def _ship_to(paper: Paper, row: int) -> None:
    ship, words = paper.sheet.order.ship_to, paper.words
    address = ship_to_text(paper.sheet, words)
    paper.page.set_row(row, 34)
    paper.merged(row, (0, 1), words["consignee"], "ship_label")
    paper.merged(row, (2, 3), cleaned(ship.consignee, LONGEST_NAME), "ship")
    paper.merged(row, (4, 5), words["phone"], "ship_label")
    paper.merged(row, (6, LAST), cleaned(ship.phone, LONGEST_NAME), "ship")
    paper.page.set_row(
        row + 1, max(34.0, height_of(address, sum(WIDTHS[2:]) - 24, SHIP_POINTS) + 6)
    )
    paper.merged(row + 1, (0, 1), words["address"], "ship_label")
    paper.merged(row + 1, (2, LAST), address, "ship")
    paper.page.set_row(row + 2, 8)
