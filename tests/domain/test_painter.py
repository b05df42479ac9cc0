"""What was read stands over the cells it was read from, and nothing is painted that was not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from mailflow.domain.decision import Decision, Outcome
from mailflow.domain.document import Unknown
from mailflow.domain.finding import Asked, Finding, Severity
from mailflow.domain.painter import numbered, painted
from mailflow.domain.painting import CellRole, Note, PaintedRow, PaintedSheet, RowRole, Why
from mailflow.domain.picture import Focus
from mailflow.domain.sheet import Place
from mailflow.parsers.column_reasons import why
from mailflow.parsers.picture import picture_of_file
from mailflow.parsers.reader import read_file
from tests.parsers.sheets import HEAD, KNOWN, LINES, TOTAL, A, saved, workbook

NAME = "order.xlsx"


def sheets_of(book: Workbook, notes: Sequence[Note] = ()) -> list[PaintedSheet]:
    raw = saved(book)
    documents = read_file(NAME, raw, KNOWN).documents
    return list(painted(picture_of_file(NAME, raw, Focus()), documents, (), notes, why))


def sheet(*rows: Sequence[Any], notes: Sequence[Note] = ()) -> PaintedSheet:
    [only] = sheets_of(workbook(rows), notes)
    return only


def roles(row: PaintedRow) -> list[CellRole | None]:
    return [cell.role for cell in row.cells]


def a_note(row: int, column: int, name: str = "Sheet1") -> Note:
    at = Place(NAME, name, row, column)
    return Note(1, Finding("loose-tins", Severity.ERROR, Asked.SENDER, at), 0)


def test_a_sheet_that_is_no_order_was_not_understood() -> None:
    painting = sheet(("通知", None), ("请大家注意", None))
    assert [row.role for row in painting.rows] == [RowRole.UNREAD, RowRole.UNREAD]
    assert painting.roles == (CellRole.UNREAD,)
    assert not painting.is_skipped


def test_every_row_says_what_it_was_taken_for() -> None:
    painting = sheet(
        ("某某厂订货单",),
        ("经销商", "某某商贸有限公司", None, "备注栏以下不用填"),
        (),
        HEAD,
        *LINES,
        TOTAL,
        ("制单：王五",),
    )
    assert [row.role.value for row in painting.rows] == [
        *("note", "about", "blank", "header", "line", "line", "total", "note")
    ]
    about = painting.rows[1]
    assert roles(about) == [CellRole.ABOUT, CellRole.ABOUT, CellRole.NOTE]
    assert [cell.across for cell in about.cells] == [1, 2, 3]


def test_every_column_says_what_it_means_and_why() -> None:
    head = ("编号", "品名", "数量（箱）", "天气", "合计")
    painting = sheet(head, (1, A, 10, "晴", 6000), (2, A, 5, "雨", 3000))
    meanings = painting.rows[0].meanings
    assert [(m.meaning, m.why) for m in meanings] == [
        ("line-no", Why.CONTENT),
        ("name", Why.WORD),
        ("cases", Why.UNIT),
        ("", Why.STRANGE),
        ("amount", Why.CONTENT),
    ]
    assert roles(painting.rows[1]) == [
        *(CellRole.DETAIL, CellRole.PRODUCT, CellRole.QUANTITY, CellRole.UNREAD, CellRole.AMOUNT)
    ]


def test_a_header_of_two_rows_is_one_header() -> None:
    painting = sheet(
        ("产品名称", "订货数量", None, "金额"), (None, "箱", "听", None), (A, 10, 60, 6000)
    )
    assert [row.role for row in painting.rows] == [RowRole.HEADER, RowRole.HEADER, RowRole.LINE]
    assert [bool(row.meanings) for row in painting.rows] == [False, True, False]
    assert CellRole.UNREAD not in painting.roles


def test_an_empty_cell_of_a_line_belongs_to_its_column() -> None:
    painting = sheet(HEAD, (1, A, None, 10, None, 6000))
    assert roles(painting.rows[1])[2] is CellRole.DETAIL


def test_a_sheet_beside_the_order_is_skipped_and_nothing_on_it_is_understood() -> None:
    order, words = sheets_of(workbook([HEAD, *LINES], [("填表说明",)]))
    assert (order.is_skipped, order.orders) == (False, (0,))
    assert (words.is_skipped, words.orders) == (True, ())
    assert [row.role for row in words.rows] == [RowRole.NOTE]


def test_a_finding_stands_at_its_cell_and_only_there() -> None:
    painting = sheet(HEAD, *LINES, notes=[a_note(1, 3), a_note(1, 3, "Sheet9")])
    assert [len(row.notes) for row in painting.rows] == [0, 1, 0]
    assert [cell.notes for cell in painting.rows[1].cells] == [(), (), (), (1,), (), ()]
    assert painting.notes == ()


def test_a_finding_outside_of_the_picture_is_not_lost() -> None:
    far = a_note(900, 3)
    assert sheet(HEAD, *LINES, notes=[far]).notes == (far,)


def test_merged_cells_are_one_across_and_go_on_downwards() -> None:
    book = workbook([("一", None, None, "二"), (None, None, None, "三")])
    book.worksheets[0].merge_cells("A1:C2")
    [painting] = sheets_of(book)
    first, second = (row.cells for row in painting.rows)
    assert [(c.text, c.across, c.goes_on) for c in first] == [("一", 3, False), ("二", 1, False)]
    assert [(c.text, c.across, c.goes_on) for c in second] == [("", 3, True), ("三", 1, False)]


def test_long_stretches_of_nothing_are_one_row_and_one_column() -> None:
    book = workbook([("甲",)])
    book.worksheets[0]["Z50"] = "乙"
    [painting] = sheets_of(book)
    assert [(a.column, a.length) for a in painting.axis] == [(0, 1), (1, 24), (25, 1)]
    assert [(r.number, r.role, r.length) for r in painting.rows][1] == (1, RowRole.GAP, 48)
    assert not painting.rows[1].is_cut


def test_findings_are_numbered_in_the_order_of_their_cells() -> None:
    assert numbered((), ()) == ()
    whole = Finding("over-credit", Severity.WARNING, Asked.FINANCE)
    findings = (whole, a_note(8, 1).finding, a_note(2, 5).finding, a_note(2, 3).finding)
    decision = Decision(Unknown(NAME, None, ""), None, findings, Outcome.RETURNED)
    notes = numbered((decision,), (whole,))
    assert [(n.number, n.order) for n in notes] == [(1, 0), (2, 0), (3, 0), (4, 0), (5, None)]
    assert [n.finding.place for n in notes[:4]] == ["Sheet1!D3", "Sheet1!F3", "Sheet1!B9", ""]


def test_what_was_said_before_is_not_said_in_full_again() -> None:
    """At one cell for two orders, or for the information of nobody at one cell after another."""
    error, other = a_note(1, 3).finding, a_note(2, 3).finding
    info = [
        Finding("price-mismatch", Severity.INFO, Asked.NOBODY, Place(NAME, "Sheet1", row, 4))
        for row in (1, 2)
    ]
    orders = [
        Decision(Unknown(NAME, None, ""), None, findings, Outcome.RETURNED)
        for findings in ((error, other, *info), (error,))
    ]
    assert [note.same_as for note in numbered(orders, ())] == [None, None, None, 2, 1]
