"""A picture shows sheets as they look, at their addresses, and says what it leaves out."""

from __future__ import annotations

import pytest

from mailflow.domain.picture import DrawnSheet, Focus, Picture
from mailflow.domain.sheet import Place, Written
from mailflow.parsers.picture import (
    LONGEST_TEXT,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    picture_of_file,
    picture_of_mail,
)
from tests.parsers.mime_mails import a_part, a_text, with_parts
from tests.parsers.sheets import HEAD, LINES, TOTAL, A, saved, workbook

ALL = Focus()


def drawn(*rows: object, focus: Focus = ALL) -> DrawnSheet:
    [sheet] = picture_of_file("a.xlsx", saved(workbook(list(rows))), focus).sheets  # type: ignore[arg-type] # cells of any kind
    return sheet


def texts(sheet: DrawnSheet) -> dict[int, list[tuple[int, str]]]:
    return {row.number: [(c.column, c.text) for c in row.cells] for row in sheet.rows}


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.4 no sheet", saved(workbook([]))])
def test_what_cannot_be_read_is_not_drawn(raw: bytes) -> None:
    assert picture_of_file("a.xlsx", raw, ALL) == Picture()


def test_cells_are_drawn_at_their_addresses() -> None:
    sheet = drawn((None, "某店"), (), HEAD, *LINES)
    assert texts(sheet)[0] == [(1, "某店")]
    assert texts(sheet)[3][1] == (1, A)
    assert list(texts(sheet)) == [0, 2, 3, 4]
    assert (sheet.last_row, sheet.rows_left, sheet.columns_left) == (4, 0, 0)


def test_merges_and_what_is_hidden_are_told() -> None:
    book = workbook([("某店", None, None), HEAD, *LINES, TOTAL], [("说明",)])
    page = book.worksheets[0]
    page.merge_cells("A1:F1")
    page.row_dimensions[4].hidden = True
    page.column_dimensions["C"].hidden = True
    book.worksheets[1].sheet_state = "hidden"
    first, second = picture_of_file("a.xlsx", saved(book), ALL).sheets
    assert first.merges == ((0, 0, 0, 5),)
    assert (first.hidden_rows, first.hidden_columns) == ((3,), (2,))
    assert (first.hidden, second.hidden, second.name) == (False, True, "Sheet2")


def test_no_more_is_drawn_than_a_person_looks_at() -> None:
    rows = [[f"{r}.{c}" for c in range(MOST_COLUMNS + 3)] for r in range(MOST_ROWS + 7)]
    sheet = drawn(*rows)
    assert (len(sheet.rows), len(sheet.rows[0].cells)) == (MOST_ROWS, MOST_COLUMNS)
    assert (sheet.rows_left, sheet.columns_left) == (7, 3)
    assert (sheet.whole_to, sheet.last_row) == (MOST_ROWS - 1, MOST_ROWS + 6)
    book = workbook(*[[("x",)]] * (MOST_SHEETS + 2))
    picture = picture_of_file("a.xlsx", saved(book), ALL)
    assert (len(picture.sheets), picture.sheets_left) == (MOST_SHEETS, 2)


def test_a_row_in_which_something_was_found_is_drawn_however_far_down_it_is() -> None:
    rows = [(r,) for r in range(MOST_ROWS + 50)]
    far = Place("a.xlsx", "Sheet1", MOST_ROWS + 40, 0)
    elsewhere = Place("b.xlsx", "Sheet1", MOST_ROWS + 41, 0)
    sheet = drawn(*rows, focus=Focus((far, elsewhere)))
    assert [row.number for row in sheet.rows[MOST_ROWS:]] == [MOST_ROWS + 40]
    assert sheet.rows_left == 49


def test_no_text_is_endless_or_turns_the_direction_of_writing() -> None:
    sheet = drawn(("x" * 5000, "abc\u202edef\u200b", "one\ntwo"))
    (_, long), *others = texts(sheet)[0]
    assert len(long) == LONGEST_TEXT
    assert others == [(1, "abc def"), (2, "one\ntwo")]


def test_each_attachment_is_drawn_under_its_name() -> None:
    parts = [
        a_part(
            "Content-Type: application/octet-stream",
            f'Content-Disposition: attachment; filename="{name}"',
            data=data,
        )
        for name, data in (
            ("a.xlsx", saved(workbook([("甲",)]))),
            ("b.xlsx", b"PK\x03\x04 broken"),
            ("c.csv", b"x,y\r\n1,2\r\n"),
        )
    ]
    picture = picture_of_mail(with_parts(a_text(), *parts), ALL)
    assert [(s.attachment, s.format) for s in picture.sheets] == [
        ("a.xlsx", "xlsx"),
        ("c.csv", "csv"),
    ]


def test_the_words_of_a_mail_are_drawn_where_the_order_was_read_from_them() -> None:
    plain = f"您好\n\n产品名称\t箱数\n{A}\t10\n"
    html = f"<p>您好</p><table><tr><td>产品名称<td>箱数<tr><td>{A}<td>10</table>"
    mail = with_parts(a_text(plain), a_text(html, "html"), kind="alternative")
    assert picture_of_mail(mail, ALL).sheets == ()
    for row in (2, 3):
        words = (Written(A, Place("", "", row, 0)),)
        [sheet] = picture_of_mail(mail, Focus(words=words)).sheets
        assert (sheet.attachment, sheet.format) == ("", "body")
        assert texts(sheet)[row] == [(0, A), (1, "10")]
