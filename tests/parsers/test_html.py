"""A page is read as it is seen, whatever its encoding says and whatever it hides."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from mailflow.domain.document import Order
from mailflow.parsers.grid import AttachmentRefused
from mailflow.parsers.html_tables import page_grid
from mailflow.parsers.workbook import read_book
from tests.parsers.mime_mails import a_part, with_parts
from tests.parsers.sheets import A, B, cases, documents
from tests.parsers.shown import shown

BOOKS = Path(__file__).parents[1] / "data/books"


def page(markup: str) -> list[Mapping[int, str]]:
    return shown(page_grid(markup))


def test_a_page_without_a_table_is_its_lines() -> None:
    assert page("<p>您好</p>谢谢<br>再见") == [{0: "您好"}, {0: "谢谢"}, {0: "再见"}]


@pytest.mark.fault("M09")
def test_an_export_named_xls_is_an_order() -> None:
    [found] = documents((BOOKS / "calc.html").read_bytes(), "order.xls")
    assert isinstance(found, Order)
    assert found.format == "html"
    assert cases(found)[:2] == [(A, "10"), (B, "5")]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_its_encoding_is_seen_whatever_it_says(encoding: str) -> None:
    markup = f"<html><meta charset=utf-8><table><tr><td>{A}<td>箱数</table>"
    assert shown(read_book(markup.encode(encoding)).grids[0]) == [{0: A, 1: "箱数"}]


def test_a_charset_that_fits_is_believed() -> None:
    raw = '<html><meta charset="big5"><table><tr><td>訂單數量</table>'.encode("big5")
    assert shown(read_book(raw).grids[0]) == [{0: "訂單數量"}]


def test_cells_that_reach_over_others_leave_them_empty() -> None:
    grid = page_grid(
        "<table><tr><th rowspan=2>产品<th colspan=2>数量<tr><th>箱<th>听<tr><td>A<td>1<td>2"
    )
    assert shown(grid) == [{0: "产品", 1: "数量"}, {1: "箱", 2: "听"}, {0: "A", 1: "1", 2: "2"}]
    assert grid.merges == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_an_empty_cell_keeps_its_place() -> None:
    assert page("<table><tr><td>A<td>&nbsp;<td>3") == [{0: "A", 2: "3"}]


def test_tables_inside_tables_stand_where_they_are_read() -> None:
    markup = (
        "<table><tr><td>经销商：某某<br>日期：今天<table><tr><td>A<td>1</table>备注：急"
        "<td>签名</table>谢谢"
    )
    assert page(markup) == [
        {1: "签名"},
        {0: "经销商：某某"},
        {0: "日期：今天"},
        {0: "A", 1: "1"},
        {0: "备注：急"},
        {0: "谢谢"},
    ]


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        "style='DISPLAY : NONE'",
        'style="mso-hide:all"',
        'style="visibility:hidden"',
        'class="a gone"',
        "hidden",
    ],
)
def test_hidden_rows_are_known(hiding: str) -> None:
    rules = "<style><!-- .x,td.gone,.gone{display:none} --></style>"
    grid = page_grid(f"{rules}<table><tr><td>A<tr {hiding}><td>B<tr><td>C</table>")
    assert (grid.hidden_rows, len(grid.rows)) == ({1}, 3)


def test_rules_for_paper_and_phones_hide_nothing() -> None:
    rules = "<style>@media print{.a{display:none}} .b{color:red}</style>"
    assert page(f"{rules}<table><tr class=a><td class=b>A") == [{0: "A"}]
    assert not page_grid(f"{rules}<table><tr class=a><td>A").hidden_rows


def test_a_hidden_column_is_known() -> None:
    columns = '<col><col style="display:none">'
    grid = page_grid(f"<table>{columns}<tr><td>A<td>1<td style='display:none'>2")
    assert grid.hidden_columns == {1, 2}


def test_hidden_words_are_not_read_and_the_rest_is() -> None:
    assert page("<p>a<span style='display:none'>b<span>c</span>d</span>e</p>") == [{0: "ae"}]


@pytest.mark.parametrize(
    "struck",
    ["<s>10</s>", "<del>10</del>", '<span style="text-decoration:line-through">10</span>'],
)
def test_what_is_struck_out_is_doubted(struck: str) -> None:
    assert page(f"<table><tr><td>A<td>{struck}<td>5") == [{0: "A", 1: "10?", 2: "5"}]


def test_a_value_stored_otherwise_than_shown_is_doubted() -> None:
    rows = '<tr><td x:num="80.6">81<td x:num="1200">1,200<td x:num>7'
    assert page(f"<table>{rows}") == [{0: "81?", 1: "1,200", 2: "7"}]


def test_comments_scripts_and_styles_are_no_text() -> None:
    assert page("a<!-- <td>b --><script>c</script><style>d</style>e") == [{0: "ae"}]


def test_text_lined_up_by_spaces_is_a_table() -> None:
    gap = "&nbsp;" * 4
    assert page(f"<div>产品{gap}箱数</div><div>A{gap}10</div>") == [
        {0: "产品", 1: "箱数"},
        {0: "A", 1: "10"},
    ]


@pytest.mark.parametrize(
    "markup",
    ["<td>" * 50_000, "<table>" * 50_000, "<" * 500_000, '<a "' * 200_000, "<!--" * 100_000],
)
def test_nothing_it_can_be_takes_for_ever(markup: str) -> None:
    with suppress(AttachmentRefused):
        page_grid(markup)


def test_a_workbook_saved_as_one_page_for_the_web_is_read() -> None:
    table = f"<html><table><tr><td>产品<td>箱数<tr><td>{A}<td>10</table></html>"
    page = a_part("Content-Type: text/html; charset=gb2312", data=table.encode("gb18030"))
    raw = with_parts(page, headers=("MIME-Version: 1.0",), kind="related")
    [found] = documents(raw, "order.xls")
    assert isinstance(found, Order)
    assert (found.format, cases(found)) == ("mhtml", [(A, "10")])


def test_no_two_sheets_of_a_book_have_one_name() -> None:
    pages = [a_part("Content-Type: text/html", data=b"<table><tr><td>x<td>y</table>")] * 3
    raw = with_parts(*pages, headers=("MIME-Version: 1.0",), kind="related")
    assert [grid.name for grid in read_book(raw).grids] == ["", "(2)", "(3)"]
