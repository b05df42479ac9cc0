"""An XML 2003 workbook is read as Excel shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.document import Order
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.workbook import read_book
from tests.parsers.sheets import A, B, cases, documents
from tests.parsers.shown import shown

FOURTH = 'ss:Index="4" ss:MergeAcross="1"'
SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)


def xml_2003(rows: str, *, more: str = "", encoding: str = "UTF-8") -> str:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook {SPACES}><Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy/m/d"/></Style>'
        '<Style ss:ID="c"><NumberFormat ss:Format="Currency"/></Style></Styles>'
        f'<Worksheet ss:Name="订单"><Table>{rows}</Table>{more}</Worksheet></Workbook>'
    )


def data(value: object, kind: str = "", more: str = "") -> str:
    kind = kind or ("String" if isinstance(value, str) else "Number")
    return f'<Cell {more}><Data ss:Type="{kind}">{value}</Data></Cell>'


def xml_grid(rows: str, more: str = "") -> Grid:
    return read_book(xml_2003(rows, more=more).encode()).grids[0]


def test_an_order_named_xls_is_an_order() -> None:
    rows = "".join(f"<Row>{data(a)}{data(b)}</Row>" for a, b in (("产品", "箱数"), (A, 10), (B, 5)))
    [found] = documents(xml_2003(rows).encode(), "order.xls")
    assert isinstance(found, Order)
    assert (found.format, cases(found)) == ("xml2003", [(A, "10"), (B, "5")])


def test_one_in_a_chinese_code_page_is_read_whatever_it_says() -> None:
    for said in ("GB2312", "UTF-8"):
        raw = xml_2003(f"<Row>{data(A)}</Row>", encoding=said).encode("gb18030")
        assert shown(read_book(raw).grids[0]) == [{0: A}]


def test_cells_stand_where_their_index_says() -> None:
    rows = f'<Row ss:Index="3">{data("a")}{data("b", more=FOURTH)}'
    grid = xml_grid(f"{rows}{data('c')}</Row>")
    assert {at: c.text for at, c in grid.filled()} == {(2, 0): "a", (2, 3): "b", (2, 5): "c"}
    assert grid.merges == ((2, 3, 2, 4),)


def test_what_is_hidden_is_known() -> None:
    columns = '<Column/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/>'
    rows = f'<Row>{data("a")}</Row><Row ss:Hidden="1">{data("b")}</Row>'
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    grid = xml_grid(columns + rows, options)
    assert (grid.hidden, grid.hidden_rows, grid.hidden_columns) == (True, {1}, {2, 3})
    assert not xml_grid(rows).hidden


def test_days_are_days_and_money_is_a_number() -> None:
    cells = data("2026-11-03T00:00:00.000", "DateTime") + data(46329, more='ss:StyleID="d"')
    money = data(5, more='ss:StyleID="c"')
    row = xml_grid(f"<Row>{cells}{money}</Row>").rows[0]
    assert [row[0].day, row[1].day] == [date(2026, 11, 3)] * 2
    assert row[2].number == Decimal(5)


def test_a_comment_is_no_part_of_its_cell() -> None:
    comment = '<Comment><ss:Data ss:Type="String">原来 50</ss:Data></Comment>'
    grid = xml_grid(f'<Row><Cell><Data ss:Type="Number">5</Data>{comment}</Cell></Row>')
    assert grid.rows[0][0].number == 5


def test_a_formula_without_a_result_is_never_an_empty_cell() -> None:
    grid = xml_grid('<Row><Cell ss:Formula="=FOO(RC[1])"/></Row>')
    assert grid.rows[0][0].trouble == "formula-without-value"


@pytest.mark.fault("X08")
def test_a_document_type_is_refused() -> None:
    raw = xml_2003("").replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "b">]><Workbook', 1)
    with pytest.raises(AttachmentRefused) as refused:
        read_book(raw.encode())
    assert refused.value.reason is RefusedBecause.CORRUPT
