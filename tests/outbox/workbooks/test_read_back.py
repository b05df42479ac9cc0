"""A list leaves only if the reader of orders finds on it what was ordered."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.domain.appraisal import Funding
from mailflow.domain.document import Order
from mailflow.domain.naming import KnownNames, normalised
from mailflow.domain.order import DispatchList
from mailflow.domain.quantity import Unit
from mailflow.domain.register import ShipTo
from mailflow.outbox.workbooks.differing import ListDiffers
from mailflow.outbox.workbooks.dispatch_list import write
from mailflow.outbox.workbooks.read_back import assert_same, differences
from mailflow.parsers.kinds.order_sheets import orders_of_book
from mailflow.parsers.workbook import read_book
from tests.outbox.workbooks.lists import CUSTOMER, EN, ZH, a_line, a_list, some_lines


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize("count", [1, 5, 40, 300])
def test_is_silent_about_a_list_as_it_was_written(words: dict[str, str], count: int) -> None:
    made = a_list(*some_lines(count))

    assert differences(write(made, words), made, words) == ()


def test_is_silent_about_a_special_release() -> None:
    made = a_list(a_line(0, tins=20), a_line(1, tins=3), a_line(2), special=True)

    assert differences(write(made, ZH), made, ZH) == ()


def test_is_silent_about_the_same_product_on_two_lines() -> None:
    made = a_list(a_line(1), a_line(1, funding=Funding.EXPENSE))

    assert differences(write(made, ZH), made, ZH) == ()


def test_is_silent_about_a_register_without_delivery_address() -> None:
    ship = ShipTo("李伟", "13000000000", "河南省南阳市建设路1号（老厂区）")
    made = a_list(customer=replace(CUSTOMER, ship_to=ship))

    assert differences(write(made, ZH), made, ZH) == ()


def fewer(**changes: object) -> DispatchList:
    """Sample tins of which 24 are taken off."""
    line = a_line(2, tins=24, deducted=24, tins_per_case=24, funding=Funding.SAMPLE)
    return a_list(a_line(0), replace(line, **changes))  # type: ignore[arg-type] # fields of a value


@pytest.mark.parametrize("words", [ZH, EN])
def test_is_silent_about_sample_tins_that_are_taken_off(words: dict[str, str]) -> None:
    for made in (fewer(), fewer(tins=0), fewer(remark="给新店的，请早点发")):
        assert differences(write(made, words), made, words) == ()


def test_what_is_taken_off_stands_on_the_paper() -> None:
    made, without = fewer(), fewer(deducted=0)
    [found] = differences(write(without, ZH), made, ZH)
    assert "订48听" in found


@pytest.mark.parametrize(
    "ship",
    [
        ShipTo("王 芳", "0371-1234567转8", "建设路1号 电话：13911111111", "物流园（A区）：6号仓"),
        ShipTo("收货人", "联系电话", "收货地址", "实到地址"),
        ShipTo("a:b", " 139 ", "地址：地址：x", ""),
    ],
)
def test_is_silent_about_odd_but_registered_receivers(ship: ShipTo) -> None:
    made = a_list(customer=replace(CUSTOMER, ship_to=ship))

    assert differences(write(made, ZH), made, ZH) == ()


def test_is_silent_about_remarks_that_are_words_of_a_header() -> None:
    made = a_list(a_line(0, remark="品名"), a_line(1, remark="箱数"), remarks=("合计", "品名"))

    assert differences(write(made, ZH), made, ZH) == ()


def change(address: str, value: str | int) -> Callable[[Worksheet], None]:
    def changed(sheet: Worksheet) -> None:
        sheet[address] = value

    return changed


@pytest.mark.fault("O10")
@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (change("E9", 3), "ordered 12 tins"),
        (change("F10", 719), "ordered 720 tins"),
        (change("B9", "CL-JZ9-900"), "sku"),
        (change("D9", "900g*12听/箱"), "spec"),
        (change("C9", "晨露金装婴幼儿配方奶粉9段900g"), "name"),
        (change("E14", 178), "totals"),
        (change("F14", 1063), "totals"),
        (change("C2", "别家贸易有限公司"), "distributor"),
        (change("C3", "HE1001"), "code"),
        (change("C5", "李大伟"), "consignee"),
        (change("G5", "13000000001"), "phone"),
        (change("C6", "河南省南阳市建设路1号"), "address"),
        (change("C6", "河南省南阳市建设路1号（实到地址：别处）"), "address"),
        (lambda sheet: sheet.delete_rows(10), "lines read"),
        (change("E8", "数"), "cannot be read: header"),
        (lambda sheet: sheet.delete_rows(8), "cannot be read"),
    ],
)
def test_says_what_differs(tamper: Callable[[Worksheet], None], told: str) -> None:
    made = a_list()
    book = load_workbook(io.BytesIO(write(made, ZH)))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    tamper(sheet)
    out = io.BytesIO()
    book.save(out)

    found = differences(out.getvalue(), made, ZH)

    assert [text for text in found if told in text]
    with pytest.raises(ListDiffers, match="FH261109-0042 R1"):
        assert_same(out.getvalue(), made, ZH)


def test_the_register_counts_and_not_only_what_the_order_carries() -> None:
    strayed = replace(CUSTOMER.ship_to, address="河南省郑州市别处9号")
    made = a_list(ship_to=strayed)

    assert "registered" in "".join(differences(write(made, ZH), made, ZH))


def test_a_list_for_nobody_does_not_pass() -> None:
    made = a_list()
    nobody = replace(made, order=replace(made.order, customer=None))

    assert "no distributor" in differences(write(nobody, ZH), nobody, ZH)


def hide_row(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[9].hidden = True


def hide_column(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["E"].hidden = True


@pytest.mark.parametrize("hide", [hide_row, hide_column])
def test_what_is_not_shown_is_a_difference(hide: Callable[[Workbook], None]) -> None:
    made = a_list()
    book = load_workbook(io.BytesIO(write(made, ZH)))
    hide(book)
    out = io.BytesIO()
    book.save(out)

    assert "shown" in "".join(differences(out.getvalue(), made, ZH))


NAMES = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs", "Cc", "Cf")), min_size=1, max_size=40
).filter(lambda text: text.strip())


@pytest.mark.fault("O10")
@settings(max_examples=150, deadline=None)
@given(
    cases=st.lists(st.integers(1, 2000), min_size=1, max_size=12),
    pack=st.sampled_from([6, 12, 24]),
    loose=st.integers(0, 5),
    remark=NAMES,
    number=NAMES,
)
def test_any_quantities_and_remarks_come_back_as_they_went(
    cases: list[int], pack: int, loose: int, remark: str, number: str
) -> None:
    lines = [a_line(n, tins_per_case=pack, tins=c * pack) for n, c in enumerate(cases)]
    lines[0] = replace(lines[0], tins=lines[0].tins + loose, remark=remark)
    made = a_list(*lines, special=bool(loose), remarks=(remark, number), their_number=number)

    assert differences(write(made, ZH), made, ZH) == ()


@pytest.mark.parametrize("words", [ZH, EN])
def test_the_reader_of_orders_understands_a_list_as_well(words: dict[str, str]) -> None:
    made = a_list(*some_lines(40))
    known = KnownNames(product_codes=frozenset(normalised(n.sku) for n in made.order.lines))

    [read] = orders_of_book(read_book(write(made, words)), made.file_name, known, ())

    assert isinstance(read, Order)
    assert [q.number for line in read.lines for q in line.quantities if q.unit is Unit.CASES] == [
        line.cases for line in made.order.lines
    ]


@settings(max_examples=150, deadline=None)
@given(name=NAMES, consignee=NAMES, phone=NAMES, address=NAMES, delivery=NAMES)
def test_whatever_the_register_says_stops_no_list(
    name: str, consignee: str, phone: str, address: str, delivery: str
) -> None:
    customer = replace(CUSTOMER, name=name, ship_to=ShipTo(consignee, phone, address, delivery))
    made = a_list(customer=customer)

    assert differences(write(made, ZH), made, ZH) == ()
