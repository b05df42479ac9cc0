"""An .xlsx of any program is read cell by cell, and none can kill or fool its reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import Workbook

from mailflow.domain.attached import RefusedBecause
from mailflow.parsers import xlsx_scan
from mailflow.parsers.calamine_book import CalamineBook
from mailflow.parsers.grid import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, AttachmentRefused
from mailflow.parsers.xlsx import read_xlsx
from tests.parsers.raw_xlsx import MAIN, STRICT, cells_of, grid_of, raw_xlsx, sheet_of, texts_of
from tests.parsers.sheets import saved

TWO = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2.5</v></c></row>'


def refusal(read: Callable[[], object]) -> RefusedBecause:
    with pytest.raises(AttachmentRefused) as caught:
        read()
    return caught.value.reason


def test_cells_are_read_with_their_numbers_and_without_trouble() -> None:
    cells = cells_of(grid_of(TWO))
    assert {p: (c.text, c.number, c.trouble) for p, c in cells.items()} == {
        "A1": ("1", Decimal(1), ""),
        "C1": ("2.5", Decimal("2.5"), ""),
    }


@pytest.mark.fault("X16")
def test_names_with_a_prefix_are_read_as_names_without() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:cols><x:col min="2" max="2" hidden="1"/></x:cols>'
        '<x:sheetData><x:row r="1" hidden="1"><x:c r="A1" t="inlineStr"><x:is><x:t>甲</x:t></x:is>'
        '</x:c><x:c r="B1"><x:v>3</x:v></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>'
    )
    [grid] = read_xlsx(raw_xlsx(sheet))
    assert texts_of(grid) == {"A1": "甲", "B1": "3"}
    assert (grid.hidden_rows, grid.hidden_columns) == ({0}, {1})
    assert grid.merges == ((0, 0, 1, 0),)


@pytest.mark.fault("X16")
def test_strict_workbooks_and_their_written_dates_are_read() -> None:
    rows = '<row r="1"><c r="A1" t="d"><v>2026-11-09</v></c><c r="B1"><v>7</v></c></row>'
    [grid] = read_xlsx(raw_xlsx(sheet_of(rows, main=STRICT), strict=True))
    cells = cells_of(grid)
    assert cells["A1"].day == date(2026, 11, 9)
    assert cells["B1"].number == 7


def test_rows_and_cells_without_addresses_are_counted() -> None:
    grid = grid_of("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c><v>5</v></c></row>")
    assert texts_of(grid) == {"A1": "1", "C1": "3", "A3": "5"}


def test_counting_goes_on_behind_an_address() -> None:
    grid = grid_of(
        '<row r="4"><c r="C4"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>'
    )
    assert texts_of(grid) == {"C4": "1", "D4": "2", "A5": "3"}


def test_a_row_number_that_ends_like_another_is_not_taken_for_it() -> None:
    grid = grid_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="11"><c r="B11"><v>2</v></c></row>'
    )
    assert texts_of(grid) == {"A1": "1", "B11": "2"}


def test_the_address_of_a_cell_counts_more_than_that_of_its_row() -> None:
    grid = grid_of('<row r="3"><c r="B4"><v>1</v></c><c><v>2</v></c></row>')
    assert texts_of(grid) == {"B4": "1", "C4": "2"}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    ],
)
def test_cells_out_of_order_come_in_order(rows: str) -> None:
    places = [place for place, _ in grid_of(rows).filled()]
    assert places == sorted(places)
    assert len(places) == 2


@pytest.mark.fault("X16")
def test_an_address_used_twice_is_not_believed() -> None:
    cells = cells_of(grid_of('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'))
    assert cells["A1"].trouble == "readers-disagree"


def test_pretty_printed_xml_adds_no_sign_to_a_value() -> None:
    rows = (
        '\n <row r="1">\n  <c r="A1" t="inlineStr">\n   <is>\n    <t>甲</t>\n   </is>\n  </c>\n'
        '  <c r="B1">\n   <f>1+1</f>\n   <v>2</v>\n  </c>\n </row>\n'
    )
    assert texts_of(grid_of(rows)) == {"A1": "甲", "B1": "2"}


def test_rich_text_is_joined_and_phonetics_are_left_out() -> None:
    rich = "<r><t>金装</t></r><r><t>1段</t></r><rPh sb='0' eb='1'><t>キン</t></rPh>"
    inline = f'<row r="1"><c r="A1" t="inlineStr"><is>{rich}</is></c></row>'
    assert texts_of(grid_of(inline))["A1"] == "金装1段"
    shared = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    grid = grid_of(shared, strings=f"<si><t>乙</t></si><si>{rich}</si>")
    assert cells_of(grid)["A1"].text == "金装1段"


def test_truth_and_errors_are_told_from_texts() -> None:
    rows = (
        '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c>'
        '<c r="C1" t="str"><f>A1</f><v>甲</v></c></row>'
    )
    cells = cells_of(grid_of(rows))
    assert [(c.text, c.trouble) for c in cells.values()] == [
        ("TRUE", ""),
        ("#N/A", "error-value"),
        ("甲", ""),
    ]


@pytest.mark.fault("X14")
@pytest.mark.parametrize(
    ("book", "day"), [("", date(2026, 11, 9)), ('date1904="1"', date(2030, 11, 10))]
)
def test_dates_count_from_the_day_the_book_says(book: str, day: date) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>46335</v></c></row>'
    [grid] = read_xlsx(raw_xlsx(sheet_of(rows), book=book))
    assert grid.rows[0][0].day == day


def test_words_of_cells_mean_nothing_outside_of_the_cells() -> None:
    """A dropdown's `xm:f` is no formula of the last cell, a control's `row` is no row."""
    behind = (
        '<controls><anchor><from><row hidden="1">5</row></from></anchor></controls>'
        '<extLst><ext><x14:dataValidations xmlns:x14="urn:a" xmlns:xm="urn:b"><x14:formula1>'
        "<xm:f>Lists!A1</xm:f></x14:formula1></x14:dataValidations></ext></extLst>"
    )
    grid = grid_of('<row r="1"><c r="A1"><v>1</v></c><c r="B1"/></row>', behind=behind)
    assert texts_of(grid) == {"A1": "1"}
    assert grid.hidden_rows == frozenset()


@pytest.mark.fault("X10")
def test_a_formula_without_a_result_is_in_trouble_wherever_it_stands() -> None:
    cells = cells_of(
        grid_of('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>IF(A1,2,3)</f></c></row>')
    )
    assert cells["B1"].trouble == "formula-without-value"


@pytest.mark.fault("X10")
@pytest.mark.parametrize(
    ("cell", "trouble"),
    [
        ('t="str"><f>IF(1,"")</f><v></v>', None),
        ('t="str"><f>IF(1,"")</f><v/>', None),
        ('t="str"><f t="shared" si="0"/><v/>', None),
        ('t="str"><f t="shared" si="1"/><v/>', "formula-without-value"),
        ('t="str"><f>A1*6</f><v/>', "formula-without-value"),
        ('t="str"><f>IF(1,"")</f>', "formula-without-value"),
        ('><f>IF(1,"")</f><v/>', "formula-without-value"),
    ],
)
def test_only_an_empty_text_that_a_formula_can_result_in_is_its_result(
    cell: str, trouble: str | None
) -> None:
    """The rows of a form that nobody filled in are full of such formulas."""
    first = '<c r="A1" t="str"><f t="shared" ref="A1:A2" si="0">IF(1,"")</f><v>x</v></c>'
    grid = grid_of(f'<row r="1">{first}</row><row r="2"><c r="A2" {cell}</c></row>')
    found = cells_of(grid).get("A2")
    assert (found and found.trouble) == trouble


@pytest.mark.fault("X01")
def test_wrong_dimensions_lose_no_cell() -> None:
    grid = grid_of(TWO, before='<dimension ref="A1:A1"/>')
    assert texts_of(grid) == {"A1": "1", "C1": "2.5"}


@pytest.mark.fault("X13")
@pytest.mark.parametrize("hidden", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"'])
def test_rows_nobody_sees_are_hidden(hidden: str) -> None:
    assert grid_of(f'<row r="1" {hidden}><c r="A1"><v>1</v></c></row>').hidden_rows == {0}


@pytest.mark.fault("X08")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_every_encoding(encoding: str) -> None:
    sheet = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]>'
    text = sheet + sheet_of("<row><c><v>1</v></c></row>").partition("?>")[2]
    assert refusal(lambda: read_xlsx(raw_xlsx(text.encode(encoding)))) is RefusedBecause.CORRUPT


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row>",
        '<?xml version="1.0" encoding="no-such-thing"?><worksheet/>',
        '<?xml version="1.0" encoding="gb18030"?><worksheet/>',
        sheet_of('<row r="²"><c><v>1</v></c></row>'),
        sheet_of('<row r="1"><c r="1A"><v>1</v></c></row>'),
        sheet_of('<row r="1"><c r="A"><v>1</v></c></row>'),
        sheet_of('<row r="1"><c r="A1" t="s"><v>²</v></c></row>'),
        sheet_of('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    ],
)
def test_what_is_no_sheet_is_corrupt(sheet: str) -> None:
    assert refusal(lambda: read_xlsx(raw_xlsx(sheet))) is RefusedBecause.CORRUPT


LONG_PIECE = f"<r><t>{'甲' * MAX_TEXT}</t></r>"


def filled(reference: str) -> str:
    return f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>2</v></c></row>'


@pytest.mark.fault("X02")
@pytest.mark.parametrize(
    "rows",
    [
        filled("XFD1"),
        filled(f"A{MAX_ROWS + 1}"),
        filled("XFD1048576"),
        f'<row r="{MAX_ROWS + 1}"><c><v>1</v></c></row>',
        f'<row r="{MAX_ROWS + 1}"><c><f>A1</f></c></row>',
        f'<row r="1">{"<c><v>1</v></c>" * (MAX_COLUMNS + 1)}</row>',
        f'<row r="1"><c t="inlineStr"><is><t>{"甲" * (MAX_TEXT + 1)}</t></is></c></row>',
        f'<row r="1"><c t="inlineStr"><is>{LONG_PIECE * 2}</is></c></row>',
        f'<row r="1"><c t="str"><v>{"甲" * (MAX_TEXT + 1)}</v></c></row>',
    ],
)
def test_what_lies_far_apart_or_has_no_end_is_refused(rows: str) -> None:
    assert refusal(lambda: grid_of(rows)) is RefusedBecause.TOO_LARGE


def test_cells_without_a_value_may_lie_anywhere() -> None:
    grid = grid_of('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>')
    assert texts_of(grid) == {"A1": "1"}


def test_a_shared_string_of_more_than_a_cell_holds_is_refused() -> None:
    strings = f"<si><t>{'甲' * (MAX_TEXT + 1)}</t></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refusal(lambda: grid_of(rows, strings=strings)) is RefusedBecause.TOO_LARGE


@pytest.mark.fault("X03")
def test_merges_over_the_whole_sheet_are_refused() -> None:
    behind = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert refusal(lambda: grid_of(TWO, behind=behind)) is RefusedBecause.TOO_LARGE


@pytest.mark.fault("X02")
def test_more_cells_than_an_order_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_scan, "MAX_CELLS", 4)
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    assert len(list(grid_of(row * 2).filled())) == 4
    assert refusal(lambda: grid_of(row * 3)) is RefusedBecause.TOO_LARGE


@pytest.mark.fault("X06")
def test_what_inflates_beyond_measure_is_refused_before_it_is_whole() -> None:
    bomb = sheet_of(f'<row r="1"><c r="A1"><v>1</v></c></row><!--{" " * 8_000_000}-->')
    assert refusal(lambda: read_xlsx(raw_xlsx(bomb))) is RefusedBecause.TOO_LARGE


def test_days_and_times_are_known_where_calamine_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = '<row r="1"><c r="A1" s="1"><v>46329</v></c><c r="B1"><v>46329</v></c></row>'
    [told] = read_xlsx(raw_xlsx(sheet_of(rows)))
    monkeypatch.setattr(CalamineBook, "said", lambda *_: None)
    [silent] = read_xlsx(raw_xlsx(sheet_of(rows)))
    for grid in (told, silent):
        assert (grid.rows[0][0].day, grid.rows[0][1].day) == (date(2026, 11, 3), None)
    [from_1904] = read_xlsx(raw_xlsx(sheet_of(rows), book='date1904="1"'))
    assert from_1904.rows[0][0].day == date(2030, 11, 4)


ESCAPED = "<si><t>订货_x000D_\n数量 _x005F_x</t></si>"


def test_a_time_of_day_is_no_quantity() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append([3, 0.5])
    page["A1"].number_format = "[h]:mm"
    page["B1"].number_format = "h:mm"
    cells = read_xlsx(saved(book))[0].rows[0]
    assert [(cell.number, cell.day) for cell in cells.values()] == [(None, None)] * 2


def test_signs_that_xml_does_not_allow_are_read_as_excel_wrote_them() -> None:
    cells = cells_of(grid_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=ESCAPED))
    assert (cells["A1"].text, cells["A1"].trouble) == ("订货\r\n数量 _x", "")


def test_a_shared_string_of_thousands_of_figures_is_refused() -> None:
    cell = f'<row r="1"><c r="A1" t="s"><v>{"9" * 5_000}</v></c></row>'
    assert refusal(lambda: read_xlsx(raw_xlsx(sheet_of(cell)))) is RefusedBecause.CORRUPT


def test_an_archive_whose_head_was_cut_off_is_refused_or_read() -> None:
    """Then some of its members begin before it does."""
    raw, refused = raw_xlsx(sheet_of(TWO)), 0
    for cut in (*range(1, 40), 300, 700):
        try:
            read_xlsx(raw[:30] + raw[30 + cut :])
        except AttachmentRefused:
            refused += 1
    assert refused > 0
