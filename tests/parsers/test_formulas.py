"""A formula without a result is calculated where it is plain arithmetic, else it is named."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from mailflow.parsers.calculate import MOST_CELLS, UNCALCULATED, calculated
from mailflow.parsers.cells import number_cell, text_cell
from mailflow.parsers.formula_texts import of_ods, of_r1c1, of_tokens
from mailflow.parsers.formulas import NotPlain, parse
from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.workbook import read_book
from tests.parsers.raw_xlsx import raw_xlsx, sheet_of
from tests.parsers.sheets import saved
from tests.parsers.test_ods import content, ods
from tests.parsers.test_spreadsheetml import data, xml_2003

BOOKS = Path(__file__).parents[1] / "data/books"
Values = Sequence[Sequence[object]]


def sheet(rows: Values, name: str = "表1") -> tuple[Grid, dict[tuple[int, int], str]]:
    """Texts that begin with `=` are formulas without a result."""
    cells: dict[int, dict[int, Cell]] = {}
    formulas = {}
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str) and value.startswith("="):
                formulas[r, c] = value
                cells.setdefault(r, {})[c] = Cell("", trouble=UNCALCULATED)
            elif isinstance(value, Cell):
                cells.setdefault(r, {})[c] = value
            elif value is not None:
                made = (
                    text_cell(value) if isinstance(value, str) else number_cell(float(str(value)))
                )
                cells.setdefault(r, {})[c] = made
    return Grid(name, cells), formulas


def shown(*sheets: tuple[Grid, Mapping[tuple[int, int], str]]) -> list[str]:
    """The results of all formulas in order; `?` where there is none."""
    grids = calculated([grid for grid, _ in sheets], [formulas for _, formulas in sheets])
    return [
        cell.text + "?" * (cell.trouble == UNCALCULATED)
        for grid, (_, formulas) in zip(grids, sheets, strict=True)
        for at in sorted(formulas)
        if (cell := grid.at(*at)) is not None
    ]


def one(formula: str, *row: object) -> str:
    """The result of a formula in D1 beside values in A1, B1 and C1."""
    filled = [*row, None, None, None][:3]
    return shown(sheet([[*filled, f"={formula}"]]))[0]


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("A1*B1", "60"),
        ("$A$1*B$1*100", "6000"),
        ("(A1+B1)/4-1", "3"),
        ("-A1+B1*2", "2"),
        ("--A1", "10"),
        ("A1*50%", "5"),
        ("2+3*4", "14"),
        ("10-2-3", "5"),
        ("12/2/3", "2"),
        ("0.1+0.2", "0.3"),
        ("1e2*1.5", "150"),
        ("SUM(A1:C1)", "16"),
        ("sum(A1,B1,5)", "21"),
        ("SUM(A:B)", "16"),
        ("PRODUCT(A1:B1,2)", "120"),
        ("MAX(A1:C1)-MIN(A1:C1)", "4"),
        ("ROUND(A1/3,2)", "3.33"),
        ("ROUND(2.5,0)", "3"),
        ("ROUND(-2.5,0)", "-3"),
        ("ROUND(1234,-2)", "1200"),
        ("ROUNDUP(A1/3,0)", "4"),
        ("ROUNDDOWN(A1/3,1)", "3.3"),
        ("INT(-1.5)", "-2"),
        ("ABS(B1-A1)", "4"),
        ("SUMPRODUCT(A1:A1,B1:B1)", "60"),
        ("A1/3", "3.33333333333333"),
        ("C1", "0"),
    ],
)
def test_plain_arithmetic_is_calculated(formula: str, result: str) -> None:
    assert one(formula, 10, 6) == result


@pytest.mark.fault("X10")
@pytest.mark.parametrize(
    "formula",
    [
        "IF(A1>1,1,2)",
        "VLOOKUP(A1,A:B,2,0)",
        "A1&B1",
        "A1^2",
        "A1=B1",
        "数量*2",
        "[1]Sheet1!A1",
        "Sheet9!A1",
        "Table1[数量]",
        "A1:B1",
        "A1 B1",
        "SUM(A1:B1",
        "SUM(A1 B1)",
        "ROUND(A1)",
        "ROUND(A1,0.5)",
        "ROUND(A1,1e300)",
        "INDIRECT(A1)",
        "A0",
        "A1(2)",
        '"10"*2',
        "1e300*1e300",
        "1e999999999",
        "(" * 60 + "1" + ")" * 60,
        "+".join(["1"] * 2_000),
        "SUM()*SUM(,)",
        "",
    ],
)
def test_anything_else_is_left_to_a_person(formula: str) -> None:
    assert one(formula, 10, 6) == "?"


def test_a_name_that_only_looks_like_a_function_is_none() -> None:
    with pytest.raises(NotPlain):
        parse("SUMX(A1)+")


def test_a_number_typed_as_text_counts_where_excel_counts_it() -> None:
    assert one("A1*2", "10") == "20"
    assert one("SUM(A1:B1)", "10", 5) == "5"
    assert one("A1*2", "10箱") == "?"
    assert one("A1*2", "１０") == "?"


def test_a_cell_that_is_not_believed_leads_to_nothing() -> None:
    assert one("A1*2", Cell("1", Decimal(1), trouble="readers-disagree")) == "?"
    assert one("SUM(A1:B1)", Cell("#N/A", trouble="error-value"), 1) == "?"


def test_a_day_is_no_number() -> None:
    day = Cell("2026-11-03", Decimal(46329), day=__import__("datetime").date(2026, 11, 3))
    assert one("A1*2", day) == "?"
    assert one("SUM(A1:B1)", day, 1) == "?"
    assert one("A1", day) == "2026-11-03"


def test_a_division_by_zero_is_the_error_that_excel_shows() -> None:
    assert one("A1/B1", 1, 0) == "#DIV/0!"
    assert one("A1/B1", 1) == "#DIV/0!"


def test_a_reference_alone_shows_what_stands_there() -> None:
    assert one("A1", "晨星1段") == "晨星1段"


def test_results_lead_to_results() -> None:
    rows = [["=B1*2", "=C1+1", 5], ["=SUM(A1:B1)", None, None]]
    assert shown(sheet(rows)) == ["12", "6", "18"]


def test_a_way_up_the_sheet_is_as_good_as_a_way_down() -> None:
    down = [["1"], *([f"=A{n}+1"] for n in range(1, 200))]
    up = [*([f"=A{n + 2}+1"] for n in range(199)), [1]]
    assert shown(sheet([[1], *down[1:]]))[-1] == "200"
    assert shown(sheet(up))[0] == "200"


def test_a_circle_is_never_walked_twice() -> None:
    assert shown(sheet([["=B1", "=C1*2", "=A1"], ["=SUM(A1:A2)"]])) == ["?"] * 4


def test_other_sheets_are_reached_by_their_names() -> None:
    first = sheet([["=价格!A1*2", "='价 格''s'!B2+SUM(价格!A:A)"]])
    second = sheet([[7]], "价格")
    third = sheet([[None], [None, 1]], "价 格's")
    assert shown(first, second, third) == ["14", "8"]


def test_the_way_has_an_end() -> None:
    rows = [[n, "=SUM(A:A)"] for n in range(1_000)]
    results = shown(sheet(rows))
    assert results[0] == "499500"
    assert MOST_CELLS < 1_000 * 1_000
    assert results[-1] == "?"


@given(st.text(alphabet="A1:$!+-*/%(),.SUM'e ", max_size=40))
def test_no_text_is_anything_but_a_result_or_none(text: str) -> None:
    assert isinstance(one(text, 10, 6), str)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_sum_is_the_sum(numbers: list[int]) -> None:
    rows: list[list[object]] = [[n] for n in numbers]
    assert shown(sheet([*rows, [f"=SUM(A1:A{len(numbers)})"]])) == [str(sum(numbers))]


def results(raw: bytes) -> dict[tuple[int, int], str]:
    grid = read_book(raw).grids[0]
    return {at: c.text + "?" * bool(c.trouble) for at, c in grid.filled()}


def test_an_old_workbook_is_calculated() -> None:
    found = results((BOOKS / "uncalculated.xls").read_bytes())
    assert [found[2, 3], found[3, 1], found[3, 3], found[4, 1], found[4, 3]] == [
        "6000",
        "5",
        "2700",
        "15",
        "8700.5",
    ]
    assert [found[5, 1], found[5, 3]] == ["?", "?"]


def test_a_workbook_without_results_is_calculated() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append([10, 6, "=A1*B1", "=IF(A1,1,2)"])
    assert results(saved(book)) == {(0, 0): "10", (0, 1): "6", (0, 2): "60", (0, 3): "?"}


@pytest.mark.fault("X10")
def test_zeros_of_a_program_that_cannot_calculate_are_no_results() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write(0, 0, 7)
        page.write_formula(0, 1, "=A1*6")
        page.write_formula(0, 2, "=LOOKUP(A1,A:A)")
    assert results(out.getvalue()) == {(0, 0): "7", (0, 1): "42", (0, 2): "?"}


def test_zeros_among_results_are_zeros() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_formula(0, 0, "=LOOKUP(1,B:B)", None, 5)
        page.write_formula(0, 1, "=LOOKUP(1,C:C)", None, 0)
    assert results(out.getvalue()) == {(0, 0): "5", (0, 1): "0"}


def test_formulas_that_share_a_text_are_moved_along() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c>'
        '<c r="C1"><f t="shared" ref="C1:C2" si="0">A1*$B$1</f></c></row>'
        '<row r="2"><c r="A2"><v>5</v></c><c r="C2"><f t="shared" si="0"/></c></row>'
    )
    assert results(raw_xlsx(sheet_of(rows)))[1, 2] == "15"
    array = '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="array" ref="B1">A1*2</f></c></row>'
    assert results(raw_xlsx(sheet_of(array)))[0, 1] == "?"


def test_an_open_document_is_calculated() -> None:
    rows = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="4"/>'
        '<table:table-cell table:formula="of:=SUM([.A1:.A1];[$订单.A1])*1.5"/></table:table-row>'
    )
    assert results(ods(content(rows)))[0, 1] == "12"
    assert of_ods("of:=['a b'.A1]+[.$A$2:.B3]") == "='a b'!A1+$A$2:B3"
    assert of_ods("=[a.A1:b.A2]") == "=#"


def test_an_xml_workbook_is_calculated() -> None:
    rows = f'<Row>{data(4)}{data(5)}<Cell ss:Formula="=RC[-2]*R1C2+SUM(RC1:RC2)"/></Row>'
    assert results(xml_2003(rows).encode())[0, 2] == "29"
    assert of_r1c1("=R[-9]C", (0, 0)) == "=#"


@pytest.mark.parametrize("cut", range(1, 12))
def test_tokens_that_are_cut_off_are_nothing(cut: int) -> None:
    whole = struct.pack("<BHH", 0x44, 2, 0xC000) + b"\x1e\x06\x00\x05"
    assert of_tokens(struct.pack("<H", len(whole)) + whole, (0, 0), (), wide=True) == "=(A3*6)"
    assert of_tokens(struct.pack("<H", len(whole)) + whole[:-cut], (0, 0), (), wide=True) is None


@given(st.binary(max_size=60))
def test_no_tokens_are_anything_but_text_or_nothing(tokens: bytes) -> None:
    text = of_tokens(tokens, (3, 3), ("表1", None), wide=True)
    assert text is None or text.startswith("=")
