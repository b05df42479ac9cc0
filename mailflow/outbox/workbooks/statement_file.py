"""A statement of account as a workbook: one page wide on A4, every entry with what stood after it; of
several distributors a sheet each, behind a summary."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mailflow.domain.printable import cleaned
from mailflow.domain.statement import Statement, Statements, StatementsFile
from mailflow.outbox.workbooks.list_looks import FIGURES, FONT
from mailflow.outbox.workbooks.text_book import A4, text_book
from mailflow.parsers.sandbox_shapes import decoded

COLUMNS = {
    "st_day": 11,
    "st_kind": 10,
    "st_document": 24,
    "st_cash": 14,
    "st_owed": 14,
    "st_expense": 14,
    "st_left": 14,
}
"""What each column is called and its width in signs."""
SUMMARY = {
    "code": 11,
    "distributor": 34,
    "st_before_cash": 14,
    "st_ordered": 14,
    "st_paid": 14,
    "st_after_cash": 14,
    "st_before_expense": 13,
    "st_granted": 13,
    "st_taken": 13,
    "st_after_expense": 13,
}
SUMMARY_HEAD = 3
KINDS = {
    "opening": "st_opening",
    "order": "st_order",
    "payment": "st_payment",
    "expense": "st_expense_kind",
    "reversal": "st_reversal",
}
LAST = len(COLUMNS) - 1
MONEY = "#,##0.00;[Red]-#,##0.00"
Words = Mapping[str, str]


def statement_file(crossed: bytes, words: Words) -> bytes:
    """`crossed` is a `Statement` as `sandbox_shapes` encodes it."""
    return write(decoded(crossed, Statement), words)


def write(statement: Statement, words: Words) -> bytes:
    """The same statement gives the same bytes."""
    out = io.BytesIO()
    book = _begun(out, f"{words['st_title']} {statement.number}", statement.made_on)
    _sheet(book, statement, words, _looks(book))
    book.close()
    return out.getvalue()


def statements_file(crossed: bytes, words: Words) -> bytes:
    """`crossed` is a `StatementsFile` as `sandbox_shapes` encodes it."""
    statements = decoded(crossed, StatementsFile).statements
    out = io.BytesIO()
    book = _begun(out, f"{words['st_title']} {statements.number}", statements.made_on)
    looks = _looks(book)
    _summary(book, statements, words, looks)
    for statement in statements.each:
        if not statement.is_empty:
            _sheet(book, statement, words, looks)
    book.close()
    return out.getvalue()


def _begun(out: io.BytesIO, title: str, made_on: date) -> xlsxwriter.Workbook:
    book = text_book(out, FONT, 11)
    created = datetime.combine(made_on, time())
    book.set_properties({"title": title, "author": "mailflow", "created": created})
    return book


def _sheet(
    book: xlsxwriter.Workbook, statement: Statement, words: Words, looks: Mapping[str, Format]
) -> None:
    page = book.add_worksheet(cleaned(statement.number, 31))
    for column, width in enumerate(COLUMNS.values()):
        page.set_column(column, column, width)
    head = _masthead(page, statement, words, looks)
    last = _table(page, statement, words, looks, head)
    _page_setup(page, words, (head, last), (statement.number, statement.made_on))


def _looks(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    box = {"border": 1, "border_color": "#6E6E6E", "valign": "vcenter"}
    figure = {**box, "font_name": FIGURES, "num_format": MONEY, "align": "right"}
    looks = {
        "title": {"font_size": 22, "bold": True},
        "number": {"font_name": FIGURES, "font_size": 14, "align": "right"},
        "label": {"font_color": "#404040", "valign": "vcenter"},
        "value": {"font_size": 13, "bold": True, "valign": "vcenter"},
        "head": {**box, "bold": True, "align": "center", "bg_color": "#DADADA", "text_wrap": True},
        "text": {**box, "text_wrap": True, "indent": 1},
        "day": {**box, "num_format": "yyyy-mm-dd", "align": "center"},
        "link": {**box, "font_color": "#1F4E9C", "underline": 1},
        "money": figure,
        "strong": {**box, "bold": True, "bg_color": "#EFEFEF", "indent": 1},
        "sum": {**figure, "bold": True, "bg_color": "#EFEFEF"},
        "small": {"font_size": 10, "font_color": "#404040", "text_wrap": True, "valign": "top"},
        "sign": {**box, "valign": "top", "text_wrap": True, "indent": 1},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _masthead(page: Worksheet, of: Statement, words: Words, looks: Mapping[str, Format]) -> int:
    """Returns the row in which the table's header goes."""
    page.set_row(0, 34)
    page.merge_range(0, 0, 0, 2, words["st_title"], looks["title"])
    page.merge_range(0, 3, 0, LAST, of.number, looks["number"])
    pairs = (
        (("distributor", cleaned(of.name, 200)), ("code", of.code)),
        (("region", of.region), ("st_period", f"{of.period:%Y-%m}")),
    )
    for row, (left, right) in enumerate(pairs, start=1):
        page.set_row(row, 22)
        page.write_string(row, 0, words[left[0]], looks["label"])
        page.merge_range(row, 1, row, 3, left[1], looks["value"])
        page.write_string(row, 4, words[right[0]], looks["label"])
        page.merge_range(row, 5, row, LAST, right[1], looks["value"])
    page.set_row(3, 22)
    page.write_string(3, 0, words["st_made"], looks["label"])
    made = of.made_on.isoformat() + (f"　{words['st_running']}" if of.is_running else "")
    page.merge_range(3, 1, 3, LAST, made, looks["label"])
    return 5


def _table(
    page: Worksheet, of: Statement, words: Words, looks: Mapping[str, Format], head: int
) -> int:
    """Returns the last row."""
    page.set_row(head, 32)
    for column, word in enumerate(COLUMNS):
        page.write_string(head, column, words[word], looks["head"])
    _sums(page, head + 1, words["st_before"], (of.owed_before, of.left_before), looks)
    for row, line in enumerate(of.lines, start=head + 2):
        page.set_row(row, 20)
        page.write_datetime(row, 0, datetime.combine(line.day, time()), looks["day"])
        page.write_string(row, 1, words[KINDS[line.kind]], looks["text"])
        # The version of our register is no document of theirs.
        document = "" if line.kind == "opening" else cleaned(line.document, 80)
        page.write_string(row, 2, document, looks["text"])
        figures = (line.cash, line.owed, line.expense, line.left)
        for column, amount in enumerate(figures, start=3):
            page.write_number(row, column, float(amount), looks["money"])
    row = head + 2 + len(of.lines)
    _sums(page, row, words["st_after"], (of.owed, of.left), looks)
    page.set_row(row + 1, 34)
    page.merge_range(row + 1, 0, row + 1, LAST, words["st_note"], looks["small"])
    page.set_row(row + 2, 54)
    for first, last, word in ((0, 2, "st_sign_theirs"), (3, LAST, "st_sign_ours")):
        text = f"{words[word]}\n\n{words['sign_date']}："
        page.merge_range(row + 2, first, row + 2, last, text, looks["sign"])
    return row + 2


def _sums(
    page: Worksheet,
    row: int,
    word: str,
    sums: tuple[Decimal, Decimal],
    looks: Mapping[str, Format],
) -> None:
    page.set_row(row, 24)
    page.merge_range(row, 0, row, 2, word, looks["strong"])
    for column in (3, 5):
        page.write_blank(row, column, None, looks["sum"])
    for column, amount in zip((4, 6), sums, strict=True):
        page.write_number(row, column, float(amount), looks["sum"])


def _summary(
    book: xlsxwriter.Workbook, of: Statements, words: Words, looks: Mapping[str, Format]
) -> None:
    """A row each with a way to its sheet, and the sums."""
    page = book.add_worksheet(cleaned(words["st_summary"], 31))
    last_column = len(SUMMARY) - 1
    for column, width in enumerate(SUMMARY.values()):
        page.set_column(column, column, width)
    page.set_row(0, 34)
    page.merge_range(0, 0, 0, 4, words["st_title"], looks["title"])
    page.merge_range(0, 5, 0, last_column, f"{of.period:%Y-%m}", looks["number"])
    made = of.made_on.isoformat() + (f"　{words['st_running']}" if of.is_running else "")
    page.write_string(1, 0, words["st_made"], looks["label"])
    page.merge_range(1, 1, 1, last_column, made, looks["label"])
    page.set_row(SUMMARY_HEAD, 32)
    for column, word in enumerate(SUMMARY):
        page.write_string(SUMMARY_HEAD, column, words[word], looks["head"])
    for row, each in enumerate(of.each, start=SUMMARY_HEAD + 1):
        page.set_row(row, 20)
        if each.is_empty:
            page.write_string(row, 0, each.code, looks["text"])
        else:
            name = cleaned(each.number, 31).replace("'", "''")
            sheet = f"internal:'{name}'!A1"
            page.write_url(row, 0, sheet, looks["link"], cleaned(each.code, 40))
        page.write_string(row, 1, cleaned(each.name, 200), looks["text"])
        for column, amount in enumerate(_figures(each), start=2):
            page.write_number(row, column, float(amount), looks["money"])
    last = SUMMARY_HEAD + 1 + len(of.each)
    page.set_row(last, 24)
    page.merge_range(last, 0, last, 1, words["st_total"], looks["strong"])
    for column, amounts in enumerate(zip(*map(_figures, of.each), strict=True), start=2):
        page.write_number(last, column, float(sum(amounts)), looks["sum"])
    _page_setup(page, words, (SUMMARY_HEAD, last), (of.number, of.made_on), last_column)
    page.set_landscape()


def _figures(of: Statement) -> tuple[Decimal, ...]:
    """As the columns of the summary say them, each two balances with what lies between. The opening of
    the ledger stood before; what was taken back is beside what it takes back."""
    return (
        of.owed_before + of.moved("opening"),
        of.moved("order", "reversal"),
        of.moved("payment"),
        of.owed,
        of.left_before + of.granted("opening"),
        of.granted("expense"),
        of.granted("order", "reversal"),
        of.left,
    )


def _page_setup(
    page: Worksheet,
    words: Words,
    rows: tuple[int, int],
    foot: tuple[str, date],
    last_column: int = LAST,
) -> None:
    """`foot` is the number and the day that stand at the foot of each page."""
    (head, last), (title, made_on) = rows, foot
    page.set_paper(A4)
    page.set_portrait()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.freeze_panes(head + 1, 0)
    page.print_area(0, 0, last, last_column)
    page.hide_gridlines(2)
    number = words["page"].format(page="&P", pages="&N")
    page.set_footer(f"&L{title}&C{number}&R{made_on.isoformat()}")
