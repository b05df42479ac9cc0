"""The dispatch list: one format for every order, made to be read standing in a cold warehouse.

Black on white, the quantities largest, boxes to write in; A4, header row on every page. The same
list gives the same bytes, so that a number never means two contents.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.order import BookedLine, DispatchList

Words = Mapping[str, str]
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
FONT = "微软雅黑"
COLUMNS = (
    "line_no",
    "sku",
    "name",
    "spec",
    "cases",
    "tins",
    "shipped",
    "shortage",
    "batch",
    "remark",
)
WIDTHS = (4.2, 12.5, 27, 12.5, 7.5, 7.5, 8, 6.5, 13, 11)
LAST = len(COLUMNS) - 1
RULE, STRONG, FAINT = "#000000", 2, "#9A9A9A"


@dataclass(frozen=True, slots=True)
class Styles:
    """Every look once a workbook: a style an object a cell would take three times as long."""

    title: Format
    number: Format
    label: Format
    value: Format
    strong: Format
    ship: Format
    head: Format
    text: Format
    small: Format
    figure: Format
    large: Format
    total: Format
    total_figure: Format
    note: Format
    special: Format
    sign: Format


def cleaned(text: str) -> str:
    """Text that no program chokes on: control signs gone, Excel's length kept."""
    return _CONTROL.sub(" ", text)[:32_000]


def write(sheet: DispatchList, words: Words) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": f"{words['title']} {sheet.number}",
            "subject": f"R{sheet.revision}",
            "comments": f"{sheet.order.number} {sheet.source}",
            "created": datetime.combine(sheet.issued, time()),
        }
    )
    page = book.add_worksheet(cleaned(sheet.number)[:31])
    styles = _styles(book)
    row = _masthead(page, sheet, words, styles)
    head = row
    row = _lines(page, sheet, words, styles, row)
    row = _foot(page, sheet, words, styles, row)
    _page_setup(page, sheet, words, (head, row))
    book.close()
    return out.getvalue()


def _styles(book: xlsxwriter.Workbook) -> Styles:
    def style(**looks: Any) -> Format:
        return book.add_format({"font_name": FONT, "font_size": 11, "valign": "vcenter", **looks})

    box = {"border": 1, "border_color": FAINT}
    return Styles(
        title=style(font_size=20, bold=True),
        number=style(font_size=20, bold=True, align="right"),
        label=style(font_size=10, font_color="#444444"),
        value=style(font_size=12, text_wrap=True),
        strong=style(font_size=14, bold=True, text_wrap=True),
        ship=style(font_size=12, bold=True, text_wrap=True, border=2, indent=1),
        head=style(bold=True, align="center", text_wrap=True, bg_color="#E6E6E6", border=1),
        text=style(text_wrap=True, **box),
        small=style(font_size=10, text_wrap=True, **box),
        figure=style(font_size=13, align="center", **box),
        large=style(font_size=17, bold=True, align="center", **box),
        total=style(font_size=13, bold=True, align="right", top=2, bottom=2),
        total_figure=style(font_size=17, bold=True, align="center", top=2, bottom=2),
        note=style(font_size=11, text_wrap=True),
        special=style(font_size=20, bold=True, align="center", border=5),
        sign=style(font_size=11, valign="bottom", bottom=1),
    )


def _masthead(page: Worksheet, sheet: DispatchList, words: Words, styles: Styles) -> int:
    order, customer = sheet.order, sheet.order.customer
    page.set_row(0, 34)
    page.merge_range(0, 0, 0, 3, "", styles.title)
    page.write_string(0, 0, words["title"], styles.title)
    if sheet.special_release:
        page.merge_range(0, 4, 0, 5, "", styles.special)
        page.write_string(0, 4, words["special_release"], styles.special)
    page.merge_range(0, 6, 0, LAST, "", styles.number)
    page.write_string(0, 6, f"{sheet.number}  R{sheet.revision}", styles.number)
    who = customer.name if customer else ""
    pairs = (
        (
            (words["distributor"], who, styles.strong),
            (words["date"], sheet.issued.isoformat(), styles.value),
        ),
        (
            (words["code"], customer.code if customer else "", styles.value),
            (words["order"], order.number, styles.value),
        ),
        (
            (words["region"], customer.region if customer else "", styles.value),
            (words["their_number"], order.their_number or "—", styles.value),
        ),
    )
    row = 1
    for left, right in pairs:
        page.set_row(row, 22)
        _pair(page, row, (0, 1, 2, 4), left, styles)
        _pair(page, row, (5, 6, 7, LAST), right, styles)
        row += 1
    return _ship_to(page, sheet, words, styles, row)


def _pair(
    page: Worksheet,
    row: int,
    columns: tuple[int, int, int, int],
    pair: tuple[str, str, Format],
    styles: Styles,
) -> None:
    first, label_end, value, last = columns
    label, text, look = pair
    page.merge_range(row, first, row, label_end, "", styles.label)
    page.write_string(row, first, label, styles.label)
    page.merge_range(row, value, row, last, "", look)
    page.write_string(row, value, cleaned(text), look)


def _ship_to(page: Worksheet, sheet: DispatchList, words: Words, styles: Styles, row: int) -> int:
    """Exactly as registered, the actual delivery address after it in brackets (S2)."""
    ship = sheet.order.ship_to
    address = ship.address
    if ship.delivery_address:
        address += f"（{words['delivery_address']}：{ship.delivery_address}）"
    page.set_row(row, 24)
    _pair(page, row, (0, 1, 2, 4), (words["consignee"], ship.consignee, styles.strong), styles)
    _pair(page, row, (5, 6, 7, LAST), (words["phone"], ship.phone, styles.strong), styles)
    row += 1
    page.set_row(row, 24 + 17 * (len(address) // 42))
    page.merge_range(row, 0, row, 1, "", styles.label)
    page.write_string(row, 0, words["address"], styles.label)
    page.merge_range(row, 2, row, LAST, "", styles.ship)
    page.write_string(row, 2, cleaned(address), styles.ship)
    page.set_row(row + 1, 8)
    return row + 2


def _lines(page: Worksheet, sheet: DispatchList, words: Words, styles: Styles, row: int) -> int:
    page.set_row(row, 30)
    for column, name in enumerate(COLUMNS):
        page.write_string(row, column, words[name], styles.head)
    for number, line in enumerate(sheet.order.lines, start=1):
        row += 1
        _line(page, row, (number, line), words, styles)
    row += 1
    page.set_row(row, 30)
    page.merge_range(row, 0, row, 3, "", styles.total)
    page.write_string(row, 0, words["total"], styles.total)
    page.write_number(row, 4, sheet.order.cases, styles.total_figure)
    page.write_number(row, 5, sheet.order.tins, styles.total_figure)
    for column in range(6, LAST + 1):
        page.write_blank(row, column, None, styles.total)
    return row + 1


def _line(
    page: Worksheet, row: int, entry: tuple[int, BookedLine], words: Words, styles: Styles
) -> None:
    number, line = entry
    page.set_row(row, 30 if len(line.name) <= 34 else 44)
    page.write_number(row, 0, number, styles.small)
    page.write_string(row, 1, cleaned(line.sku), styles.text)
    page.write_string(row, 2, cleaned(line.name), styles.text)
    page.write_string(row, 3, cleaned(line.spec), styles.small)
    if line.loose:
        cases = f"{line.cases}{words['case']}{line.loose}{words['tin']}"
        page.write_string(row, 4, cases, styles.figure)
    else:
        page.write_number(row, 4, line.cases, styles.large)
    page.write_number(row, 5, line.tins, styles.figure)
    for column in (6, 7, 8):
        page.write_blank(row, column, None, styles.text)
    funding = words.get(f"funding_{line.funding.value}", "")
    remark = " ".join(t for t in (funding, line.remark) if t)
    page.write_string(row, 9, cleaned(remark), styles.small)


def _foot(page: Worksheet, sheet: DispatchList, words: Words, styles: Styles, row: int) -> int:
    for remark in sheet.order.remarks[:5]:
        page.set_row(row, 20 + 16 * (len(remark) // 50))
        page.merge_range(row, 0, row, LAST, "", styles.note)
        page.write_string(row, 0, cleaned(f"{words['remark']}：{remark}"), styles.note)
        row += 1
    page.set_row(row, 22)
    page.merge_range(row, 0, row, LAST, "", styles.label)
    page.write_string(row, 0, words["once"], styles.label)
    row += 1
    page.set_row(row, 38)
    places = (
        (0, 1, "picked"),
        (2, 2, "checked"),
        (3, 5, "carrier"),
        (6, 8, "driver"),
        (9, 9, "signed"),
    )
    for first, last, name in places:
        if last > first:
            page.merge_range(row, first, row, last, "", styles.sign)
        page.write_string(row, first, f"{words[name]}：", styles.sign)
    return row


def _page_setup(page: Worksheet, sheet: DispatchList, words: Words, rows: tuple[int, int]) -> None:
    head, last = rows
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.set_paper(9)
    page.set_portrait()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    page.print_area(0, 0, last, LAST)
    page.hide_gridlines(2)
    page.set_footer(
        f"&L&9{cleaned(sheet.number)} R{sheet.revision}"
        f"&C&9{words['page']} &P / &N&R&9{sheet.order.number}"
    )
