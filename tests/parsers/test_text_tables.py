"""Words that a person lined up are cells under their headings, or are doubted."""

from __future__ import annotations

from tests.parsers.shown import table

LINED_UP = """
序号  产品名称              箱数    单价
1     晨星1段                 10  100.00
2                              5   90.00
合计                          15
"""


def test_words_stand_under_their_headings() -> None:
    assert table(LINED_UP) == [
        {0: "序号", 1: "产品名称", 2: "箱数", 3: "单价"},
        {0: "1", 1: "晨星1段", 2: "10", 3: "100.00"},
        {0: "2", 2: "5", 3: "90.00"},
        {0: "合计", 2: "15"},
    ]


def test_a_row_that_may_be_shifted_is_doubted() -> None:
    text = "产品      规格      箱数    单价\n晨星1段      5   90\n晨星2段  900g  6  80\n"
    assert table(text)[1:] == [
        {0: "晨星1段?", 1: "5?", 2: "90?"},
        {0: "晨星2段", 1: "900g", 2: "6", 3: "80"},
    ]


def test_a_row_with_one_cell_less_and_one_too_many_is_doubted() -> None:
    text = LINED_UP.splitlines()[1] + "\n2                              5   90.00     急\n"
    assert table(text)[1].keys() != {0, 2, 3} or "?" in table(text)[1][2]


def test_tabs_that_a_person_lined_up_are_counted_as_one() -> None:
    text = "产品\t\t箱数\t听数\n晨星配方\t10\t60\n晨星\t5\n"
    assert table(text) == [
        {0: "产品", 1: "箱数", 2: "听数"},
        {0: "晨星配方", 1: "10", 2: "60"},
        {0: "晨星?", 1: "5?"},
    ]


def test_tabs_of_a_pasted_table_keep_empty_cells() -> None:
    assert table("产品\t箱数\t听数\n晨星\t\t60\n")[1] == {0: "晨星", 2: "60"}


def test_bars_separate_and_rules_are_no_rows() -> None:
    text = "| 产品 | 箱数 |\n|-----|-----|\n| 晨星 | 10 |\n|  | 5 |\n"
    assert table(text) == [{0: "产品", 1: "箱数"}, {0: "晨星", 1: "10"}, {1: "5"}]


def test_tabs_that_a_program_wrote_are_cells_though_a_column_is_empty() -> None:
    """Two tables beside each other; the labels above them have a gap as well."""
    text = "客户\t北城\t\t客户\t南城\n产品\t箱数\t\t产品\t箱数\n晨星1段\t3\t\t晨星2段\t5\n晨星3段\t4\t\t\t\n"
    assert table(text) == [
        {0: "客户", 1: "北城", 3: "客户", 4: "南城"},
        {0: "产品", 1: "箱数", 3: "产品", 4: "箱数"},
        {0: "晨星1段", 1: "3", 3: "晨星2段", 4: "5"},
        {0: "晨星3段", 1: "4"},
    ]
    assert table(text.replace("\t\t\t\n", "\n")) == table(text)


def test_one_row_that_stands_elsewhere_shows_tabs_that_were_lined_up() -> None:
    text = "产品\t\t箱数\t单价\n晨星1段\t\t10\t100\n晨星配方奶粉\t20\t90\n"
    assert table(text)[2] == {0: "晨星配方奶粉", 1: "20", 2: "90"}


def test_tabs_of_tables_of_unlike_length_side_by_side_are_cells() -> None:
    """No row is as long as the header, and every word stands below one of it."""
    text = "产品\t箱数\t确认\t\t产品\t箱数\t确认\n晨星1段\t3\t\t\t晨星2段\t5\n晨星3段\t4\t作废\n合计\t7\t\t\t合计\t5\n"
    assert table(text)[1:] == [
        {0: "晨星1段", 1: "3", 4: "晨星2段", 5: "5"},
        {0: "晨星3段", 1: "4", 2: "作废"},
        {0: "合计", 1: "7", 4: "合计", 5: "5"},
    ]


def test_tabs_are_cells_where_each_head_stands_beside_figures_of_another_table() -> None:
    """Tables beside each other that begin at different heights: no line is all words."""
    text = "客户\t北城\t\t客户\t南城\n产品\t箱数\t确认\t\t\t电话\t19000041889\n晨星1段\t3\t现金\n晨星3段\t4\t现金\t\t产品\t箱数\t确认\n合计\t7\t\t\t晨星2段\t5\t现金\n\t\t\t\t合计\t5\n"
    assert table(text)[2:] == [
        {0: "晨星1段", 1: "3", 2: "现金"},
        {0: "晨星3段", 1: "4", 2: "现金", 4: "产品", 5: "箱数", 6: "确认"},
        {0: "合计", 1: "7", 4: "晨星2段", 5: "5", 6: "现金"},
        {4: "合计", 5: "5"},
    ]
    assert table(text.replace("电话\t19000041889", "地址\t南城\t备注\t无"))[2:] == table(text)[2:]


def test_a_row_that_juts_out_from_such_a_head_shows_tabs_that_were_lined_up() -> None:
    text = "客户\t北城\t\t客户\t南城\n产品\t箱数\t金额\t\t电话\t19000041889\n晨星1段\t3\t300\n晨星配方\t\t4\t400\t现金\n"
    assert table(text)[3].keys() == {0, 1, 2, 3}
