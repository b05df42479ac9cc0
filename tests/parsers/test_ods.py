"""Every .ods is read as LibreOffice shows it; no repetition in it costs more than it may."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Order
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.workbook import read_book
from tests.parsers.sheets import A, B, cases, documents

CALC = Path(__file__).parents[1] / "data/books/calc.ods"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)
KIND = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f'<manifest><file-entry media-type="{KIND}"/></manifest>'
HEAD = "<table:table-row>{}</table:table-row>"


def cell(value: object, more: str = "") -> str:
    if isinstance(value, str):
        return (
            f'<table:table-cell office:value-type="string" {more}><text:p>{value}</text:p>'
            "</table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {more}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def row(*values: object, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(map(cell, values))}</table:table-row>"


def content(rows: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>{before}'
        f'<office:body><office:spreadsheet><table:table table:name="订单">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )


def ods(xml: str, *, manifest: str = MANIFEST, mimetype: str = KIND) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", xml)
    return out.getvalue()


def grid(rows: str) -> Grid:
    return read_book(ods(content(rows))).grids[0]


def test_a_sheet_in_order_raises_no_doubt() -> None:
    found = read_book(CALC.read_bytes()).grids[0]
    troubles = {at: c.trouble for at, c in found.filled() if c.trouble}
    shown_otherwise = dict.fromkeys([(7, 3), (9, 1), (9, 4)], "not-shown")
    assert found.rows[7][3].number == 20  # shown as the 19 January 1900; the others as 25% and TRUE
    assert troubles == shown_otherwise | {(9, 5): "error-value"}  # `=1/0`
    assert found.rows[8][0].text == "请尽快发货\n谢谢"
    assert found.rows[9][1].number == Decimal("0.25")


def test_what_is_hidden_is_known() -> None:
    order, hidden = read_book(CALC.read_bytes()).grids
    assert (order.hidden_rows, order.hidden_columns) == ({5}, {6})
    assert (order.hidden, hidden.hidden) == (False, True)


def test_a_comment_is_no_part_of_its_cell() -> None:
    assert read_book(CALC.read_bytes()).grids[0].rows[4][3].text == "5"


def test_days_and_times_are_no_quantities() -> None:
    found = read_book(CALC.read_bytes()).grids[0]
    assert found.rows[1][1].day == date(2026, 11, 3)
    assert (found.rows[6][3].number, found.rows[6][3].day) == (None, date(1900, 1, 2))
    assert (found.rows[9][3].text, found.rows[9][3].number) == ("36:00", None)


def test_merges_are_known() -> None:
    assert read_book(CALC.read_bytes()).grids[0].merges == ((8, 0, 8, 5),)


def test_rows_and_cells_that_are_repeated_are_there_as_often() -> None:
    twice, empty = 'table:number-columns-repeated="2"', 'table:number-rows-repeated="3"'
    found = grid(
        f'<table:table-row {empty}><table:table-cell table:number-columns-repeated="9"/>'
        f"</table:table-row><table:table-row {empty}>{cell(7, twice)}{cell('a')}</table:table-row>"
    )
    assert {at: c.text for at, c in found.filled()} == {
        (r, c): "a" if c == 2 else "7" for r in (3, 4, 5) for c in (0, 1, 2)
    }
    assert {c.trouble for _, c in found.filled()} == {""}


@pytest.mark.parametrize("what", ["number-columns-repeated", "number-rows-repeated"])
def test_a_repetition_without_end_is_refused(what: str) -> None:
    at = "row" if what == "number-rows-repeated" else "cell"
    endless = f'table:{what}="999999999"'
    one = cell(1, endless if at == "cell" else "")
    with pytest.raises(AttachmentRefused) as refused:
        grid(f"<table:table-row {endless if at == 'row' else ''}>{one}</table:table-row>")
    assert refused.value.reason is RefusedBecause.TOO_LARGE


def test_an_empty_repetition_without_end_costs_nothing() -> None:
    found = grid(row("a") + '<table:table-row table:number-rows-repeated="1048575"/>')
    assert [c.text for _, c in found.filled()] == ["a"]


def test_rows_out_of_a_filter_are_hidden() -> None:
    found = grid(row("a") + row("b", more='table:visibility="filter"'))
    assert found.hidden_rows == {1}


def test_a_formula_without_a_result_is_never_an_empty_cell() -> None:
    formula = '<table:table-cell table:formula="of:=FOO([.A1])"/>'
    assert grid(HEAD.format(formula)).rows[0][0].trouble == "formula-without-value"


def test_a_formula_that_results_in_an_empty_text_is_an_empty_cell() -> None:
    empty = cell("", 'table:formula="of:=IF([.A1]=1;1;&quot;&quot;)"')
    assert grid(HEAD.format(empty + cell("b"))).rows[0].keys() == {1}


def test_an_old_value_that_was_changed_is_not_read() -> None:
    changed = (
        "<table:tracked-changes><table:cell-content-change><table:previous>"
        f"{cell(99).replace('table-cell', 'change-track-table-cell')}</table:previous>"
        "</table:cell-content-change></table:tracked-changes>"
    )
    raw = ods(content(row("a")).replace("<table:table ", f"{changed}<table:table ", 1))
    assert [c.text for _, c in read_book(raw).grids[0].filled()] == ["a"]


def test_one_without_its_kind_written_down_is_told_by_its_content() -> None:
    assert read_book(ods(content(row("a")), mimetype="")).format == "ods"


def test_one_without_its_package_is_read_too() -> None:
    xml = content(row("产品名称", "箱数") + row(A, 10)).replace("document-content", "document")
    [found] = documents(xml.encode(), "order.xls")
    assert isinstance(found, Order)
    assert (found.format, cases(found)) == ("ods", [(A, "10")])


def test_an_order_in_it_is_an_order_like_any_other() -> None:
    [found] = documents(CALC.read_bytes(), "order.xlsx")
    assert isinstance(found, Order)
    assert cases(found)[:4] == [(A, "10"), (B, "5"), (A, "2"), (B, "1900-01-02")]
    assert [line.hidden for line in found.lines] == [False, False, True, False, False]


def test_a_password_is_told_from_damage() -> None:
    locked = MANIFEST.replace("/></manifest>", "><encryption-data/></file-entry></manifest>")
    with pytest.raises(AttachmentRefused) as refused:
        read_book(ods("", manifest=locked))
    assert refused.value.reason is RefusedBecause.ENCRYPTED


def test_a_text_document_is_no_workbook() -> None:
    text = KIND.replace("spreadsheet", "text")
    with pytest.raises(AttachmentRefused) as refused:
        read_book(ods("", manifest=MANIFEST.replace(KIND, text), mimetype=text))
    assert (refused.value.reason, refused.value.detail) == (RefusedBecause.UNSUPPORTED, "word")
