"""The dispatch list: one format for every order, made to be read standing in a cold warehouse.

The same list gives the same bytes, so that a number and revision never mean two contents.
"""

from __future__ import annotations

import io
from datetime import datetime, time

from xlsxwriter.format import Format

from mailflow.domain.order import BookedLine, DispatchList
from mailflow.domain.printable import cleaned
from mailflow.outbox.fewer_words import reasons_for_fewer
from mailflow.outbox.workbooks.list_looks import (
    COLUMNS,
    FONT,
    LAST,
    LINE_POINTS,
    SMALL_POINTS,
    WIDTHS,
    list_kit,
)
from mailflow.outbox.workbooks.list_masthead import LONGEST_NAME, write_masthead
from mailflow.outbox.workbooks.list_paper import Paper, Words
from mailflow.outbox.workbooks.quick_book import QuickBook
from mailflow.outbox.workbooks.quick_sheet import QuickSheet
from mailflow.outbox.workbooks.text_book import A4
from mailflow.outbox.workbooks.text_room import height_of

LINE_HEIGHT, LOOSE_HEIGHT = 34.0, 46.0
LONGEST_REMARK = 10
"""Signs of a remark that stand in its line; a longer one stands below the table."""
LONGEST_NOTE = 1_000


def write(sheet: DispatchList, words: Words) -> bytes:
    """An .xlsx of one sheet; prices are not for the warehouse and stand nowhere in it."""
    out = io.BytesIO()
    kit = list_kit()
    book = QuickBook(out, kit)
    _properties(book, sheet, words)
    page = book.add_worksheet(cleaned(sheet.number, 31), worksheet_class=QuickSheet)
    paper = Paper(page, sheet, words, kit.looks)
    for column, width in enumerate(WIDTHS):
        paper.page.set_column_pixels(column, column, width)
    head = write_masthead(paper)
    below = _lines(paper, head)
    last = _foot(paper, _notes(paper, below))
    _page_setup(paper, head, last)
    book.close()
    return out.getvalue()


def _properties(book: QuickBook, sheet: DispatchList, words: Words) -> None:
    """What an auditor needs years later to find the order and the mail behind the paper."""
    order = sheet.order
    book.set_properties(
        {
            "title": f"{words['title']} {sheet.number}",
            "subject": f"R{sheet.revision}",
            "author": "mailflow",
            "comments": f"{order.number} mail {order.mail_id} sha256 {sheet.source}",
            "created": datetime.combine(sheet.issued, time()),
        }
    )
    book.set_custom_property("list_number", sheet.number)
    book.set_custom_property("revision", sheet.revision)
    book.set_custom_property("order_number", order.number)
    book.set_custom_property("source_mail", order.mail_id)
    book.set_custom_property("source_sha256", sheet.source)


def _lines(paper: Paper, head: int) -> int:
    page, sheet, words, of = paper.page, paper.sheet, paper.words, paper.looks.of
    lines = sheet.lines
    page.set_row(head, 38)
    for column, name in enumerate(COLUMNS):
        page.write_string(head, column, words[name], of["head"])
    for number, line in enumerate(lines, start=1):
        _line(paper, head + number, number, line)
    row = head + len(lines) + 1
    page.set_row(row, 34)
    kinds = len({line.sku for line in lines})
    paper.merged(row, (0, 3), words["total"].format(kinds=kinds), "total")
    page.write_number(row, 4, sheet.cases, of["total_figure"])
    page.write_number(row, 5, sheet.tins, of["total_figure"])
    loose = sum(line.loose for line in lines)
    notes = (
        words["loose_total"].format(tins=loose) if loose else "",
        words["short_total"].format(tins=sheet.short_tins) if sheet.is_short else "",
    )
    note = "\n".join(n for n in notes if n)
    paper.merged(row, (6, LAST), note, "total_note")
    return row + 1


def _line(paper: Paper, row: int, number: int, line: BookedLine) -> None:
    words, looks = paper.words, paper.looks.lines[1 - number % 2]
    short = paper.sheet.short[number - 1] if paper.sheet.is_short else 0
    name, remark = cleaned(line.name, LONGEST_NAME), _remark(line, words)
    height = max(
        LOOSE_HEIGHT if line.loose else LINE_HEIGHT,
        height_of(name, WIDTHS[2] - 10, LINE_POINTS),
        height_of(remark, WIDTHS[LAST] - 6, SMALL_POINTS),
    )
    cases: tuple[str | int, Format] = (line.cases, looks["cases"])
    if line.loose:
        mixed = f"{line.cases}{words['case']}\n+{line.loose}{words['tin']}"
        cases = (mixed, looks["loose"])
    blank = (None, paper.looks.of["blank"])
    cells = (
        (number, looks["line_no"]),
        (cleaned(line.sku), looks["sku"]),
        (name, looks["name"]),
        (cleaned(line.spec, 60), looks["spec"]),
        cases,
        (line.tins, looks["tins"]),
        blank,
        (short, looks["short"]) if short else blank,
        blank,
        (remark or None, looks["remark"]),
    )
    paper.page.write_line(row, height, cells)


def _remark(line: BookedLine, words: Words) -> str:
    """What is paid otherwise than with money, and the sender's remark if it is short.

    It stands in quotes, so that no word of his is taken for one of ours: a remark `品名` would
    read as a header.
    """
    funding = words.get(f"funding_{line.funding.value}", "")
    less = deducted_mark(line, words)
    own = cleaned(line.remark)
    if own:
        own = words["see_below"] if _is_long(line) else f"「{own}」"
    return "\n".join(text for text in (funding, less, own) if text)


def deducted_mark(line: BookedLine, words: Words) -> str:
    """That it was given less than it was ordered, and how much: `订48听 扣24听`."""
    if not line.deducted:
        return ""
    return words["deducted"].format(ordered=line.ordered, less=line.deducted)


def _is_long(line: BookedLine) -> bool:
    return len(line.remark) > LONGEST_REMARK and len(cleaned(line.remark)) > LONGEST_REMARK


def _notes(paper: Paper, row: int) -> int:
    """Remarks of the order, and those of lines that are too long for their cell."""
    words, order = paper.words, paper.sheet.order
    notes = [
        f"{words['changed']}："
        + words["change"].format(name=c.name, before=c.before, after=c.after)
        for c in paper.sheet.changes
    ]
    notes += reasons_for_fewer(order, words)
    notes += [f"{words['remark']}：{text}" for text in order.remarks]
    notes += [
        f"{words['line'].format(number=number)}：{line.remark}"
        for number, line in enumerate(order.lines, start=1)
        if _is_long(line)
    ]
    for note in notes:
        text = cleaned(note, LONGEST_NOTE)
        paper.page.set_row(row, height_of(text, sum(WIDTHS) - 6, 13) + 6)
        paper.merged(row, (0, LAST), text, "note")
        row += 1
    return row


def _foot(paper: Paper, row: int) -> int:
    """Boxes to fill in and to sign, each row in one piece on one page."""
    words = paper.words
    paper.page.set_row(row, 22)
    paper.merged(row, (0, LAST), words["once"], "small")
    paper.page.set_row(row + 1, 40)
    for columns, name in (((0, 2), "carrier"), ((3, 6), "waybill"), ((7, LAST), "ship_date")):
        paper.merged(row + 1, columns, words[name], "sign")
    paper.page.set_row(row + 2, 62)
    signers = (
        ((0, 1), "prepared"),
        ((2, 2), "picked"),
        ((3, 5), "checked"),
        ((6, LAST), "received"),
    )
    for columns, name in signers:
        paper.merged(row + 2, columns, f"{words[name]}\n\n{words['sign_date']}：", "sign")
    return row + 2


def _page_setup(paper: Paper, head: int, last: int) -> None:
    page, sheet = paper.page, paper.sheet
    page.set_paper(A4)
    page.set_portrait()
    page.set_margins(left=0.31, right=0.31, top=0.4, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    page.print_area(0, 0, last, LAST)
    page.hide_gridlines(2)
    customer = sheet.order.customer
    # A sign of its own in footers; the whole footer may have 255 signs.
    who = cleaned(customer.name, 40).replace("&", "&&") if customer else ""
    number = paper.words["page"].format(page="&P", pages="&N")
    style = f'&"{FONT},Regular"&10'
    page.set_footer(
        f"&L{style}{sheet.number} R{sheet.revision}  {who}&C{style}{number}"
        f"&R{style}{sheet.order.number}"
    )
