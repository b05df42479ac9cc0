"""Our own dispatch list comes back: filled in it is read exactly, blank it is told apart."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mailflow.domain.document import Order, Reading, Unknown
from mailflow.domain.doubt import DoubtKind
from mailflow.domain.mail import Head
from mailflow.domain.report import Count
from mailflow.domain.shipment import Filled, FilledList
from mailflow.outbox.workbooks.dispatch_list import write
from mailflow.parsers.sandbox_shapes import decoded, encoded
from tests.outbox.workbooks.lists import EN, ZH, a_line, a_list, some_lines
from tests.parsers.filled_lists import Paper, cases, read
from tests.parsers.other_formats import FORMATS, written
from tests.parsers.sheets import HEAD, LINES, documents, saved, workbook

ISSUED = date(2026, 11, 9)


def paper(lines: int = 3, words: Mapping[str, str] = ZH) -> Paper:
    return Paper(a_list(*some_lines(lines)), words)


def doubted(found: FilledList) -> list[tuple[DoubtKind, str]]:
    return [(d.kind, d.at.address if d.at else "") for d in found.doubts]


def sent(found: FilledList) -> list[tuple[str, Count | None, str]]:
    return [(row.code, row.shipped, row.batch) for row in found.rows]


@pytest.mark.parametrize("words", [ZH, EN])
@pytest.mark.parametrize("lines", [1, 12])
def test_a_blank_list_is_a_blank_list(words: Mapping[str, str], lines: int) -> None:
    found = read(paper(lines, words))

    assert found.filled is Filled.BLANK
    assert [row.line_no for row in found.rows] == [str(n + 1) for n in range(lines)]
    assert {row.shipped for row in found.rows} == {None}
    assert found.doubts == ()


def test_a_blank_special_release_with_remarks_is_blank() -> None:
    lines = (a_line(0, tins=20), a_line(1, remark="这一行请放在托盘最上面，客户要先卸"))
    found = read(write(a_list(*lines, special=True, remarks=("到货前电话联系",)), ZH))

    assert (found.filled, len(found.rows)) == (Filled.BLANK, 2)
    assert found.rows[0].ordered == Count(cases=Decimal(3), tins=Decimal(20), loose=2)
    assert found.doubts == ()


@pytest.mark.parametrize("words", [ZH, EN])
def test_a_filled_list_says_what_was_sent(words: Mapping[str, str]) -> None:
    filled = paper(3, words)
    filled.fill(0, shipped=2, batch="B20260301/2028-03-01")
    filled.fill(1, shipped="100箱", short=20, batch="000302")
    filled.fill(2, shipped="3箱6听", batch=date(2028, 3, 1))
    found = read(filled)

    assert found.filled is Filled.FULLY
    assert found.doubts == ()
    assert sent(found) == [
        ("CL-JZ0-900", cases(2), "B20260301"),
        ("CL-JZ1-900", cases(100), "000302"),
        ("CL-JZ2-900", Count(cases=Decimal(3), loose=6), ""),
    ]
    assert [row.expires for row in found.rows] == [date(2028, 3, 1), None, date(2028, 3, 1)]
    assert {(row.list_no, row.revision) for row in found.rows} == {("FH261109-0042", "1")}


def test_zero_is_a_figure_and_an_empty_cell_is_asked_about() -> None:
    filled = paper(3)
    filled.fill(0, shipped=0)
    filled.fill(1, shipped=5)
    found = read(filled)

    assert found.filled is Filled.PARTLY
    assert [row.shipped for row in found.rows] == [cases(0), cases(5), None]
    assert doubted(found) == [(DoubtKind.NOT_FILLED, "G11")]


@pytest.mark.parametrize("shipped", ["√", "约20", "20?", "齐", "20/18"])
def test_what_is_no_quantity_is_doubted_and_the_list_is_not_blank(shipped: str) -> None:
    filled = paper(1)
    filled.fill(0, shipped=shipped)
    found = read(filled)

    assert found.rows[0].shipped is None
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "G9")]
    assert found.filled is Filled.PARTLY


def test_columns_of_the_warehouses_own_are_read() -> None:
    filled = paper(2)
    for line in (0, 1):
        filled.fill(line, shipped=1)
    filled.column("承运商", "顺丰", "德邦物流")
    filled.column("运单号", "00123456789", "SF0000000001")
    filled.column("发货日期", "11月10日", date(2026, 11, 11))
    found = read(filled)

    assert [(r.carrier, r.waybill, r.shipped_on) for r in found.rows] == [
        ("顺丰", "00123456789", date(2026, 11, 10)),
        ("德邦物流", "SF0000000001", date(2026, 11, 11)),
    ]
    assert found.doubts == ()


@pytest.mark.parametrize(
    "foot",
    [
        {
            "承运商": "承运商：德邦物流",
            "运单号": "运单号：DB0042",
            "发货日期": "发货日期：2026-11-10",
        },
        {"承运商": "承运商\n德邦物流", "运单号": "运单号\nDB0042", "发货日期": "发货日期\n11.10"},
        {"承运商": "承运商 德邦物流", "运单号": "运单号 DB0042", "发货日期": "发货日期 11月10日"},
    ],
)
def test_the_boxes_at_the_foot_are_read_and_are_no_line(foot: Mapping[str, str]) -> None:
    filled = paper(2)
    for line in (0, 1):
        filled.fill(line, shipped=1)
    for label, text in foot.items():
        filled.foot(label, text)
    found = read(filled)
    said = {s.field: s.text for s in found.head}

    assert (said["carrier"], said["waybill"]) == ("德邦物流", "DB0042")
    assert found.shipped_on == date(2026, 11, 10)
    assert len(found.rows) == 2
    assert found.doubts == ()


def test_a_foot_alone_makes_no_filled_list() -> None:
    filled = paper(2)
    filled.foot("承运商", "承运商：德邦物流")

    assert read(filled).filled is Filled.PARTLY


def test_a_day_is_the_only_one_that_can_be_meant() -> None:
    filled = paper(3)
    for line in range(3):
        filled.fill(line, shipped=1)
    filled.column("发货日期", "20/11", "10.11", "12/11")
    filled.column("有效期", "28.3.1", "2028-13-01", "1/3/2028")
    found = read(filled)

    assert [row.shipped_on for row in found.rows] == [
        date(2026, 11, 20),
        date(2026, 11, 10),
        None,
    ]
    assert [row.expires for row in found.rows] == [date(2028, 3, 1), None, None]
    assert doubted(found) == [
        (DoubtKind.VALUE_UNREADABLE, "L10"),
        (DoubtKind.VALUE_UNREADABLE, "K11"),
        (DoubtKind.VALUE_UNREADABLE, "L11"),
    ]


@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_a_line_sent_in_two_batches_is_one_line(named: bool) -> None:
    filled = paper(3)
    row = filled.insert_below(1)
    for line in range(3):
        filled.fill(line, shipped=10 * (line + 1), batch=f"B{line}")
    filled.page.cell(row, filled.at["shipped"]).value = 7
    filled.page.cell(row, filled.at["batch"]).value = "B9"
    if named:
        filled.page.cell(row, filled.at["name"]).value = a_line(1).name
    found = read(filled)

    assert [(r.line_no, r.code, r.shipped, r.batch, r.same_line) for r in found.rows] == [
        ("1", "CL-JZ0-900", cases(10), "B0", False),
        ("2", "CL-JZ1-900", cases(20), "B1", False),
        ("2", "CL-JZ1-900", cases(7), "B9", True),
        ("3", "CL-JZ2-900", cases(30), "B2", False),
    ]
    assert (found.filled, found.doubts) == (Filled.FULLY, ())


def test_figures_below_a_line_without_name_and_batch_are_doubted() -> None:
    filled = paper(1)
    row = filled.insert_below(0)
    filled.fill(0, shipped=1)
    filled.page.cell(row, filled.at["shipped"]).value = 7

    assert doubted(read(filled)) == [(DoubtKind.NAME_MISSING, f"B{row}")]


def test_goods_that_were_added_are_a_line_of_their_own() -> None:
    filled = paper(1)
    row = filled.insert_below(0)
    filled.fill(0, shipped=1, batch="B1")
    for column, value in ((2, "CL-XX-400"), (3, "赠品勺"), (filled.at["shipped"], 4)):
        filled.page.cell(row, column).value = value
    found = read(filled)

    assert [(r.code, r.ordered, r.shipped, r.same_line) for r in found.rows] == [
        ("CL-JZ0-900", Count(cases=Decimal(2), tins=Decimal(12)), cases(1), False),
        ("CL-XX-400", None, cases(4), False),
    ]


@pytest.mark.parametrize("foot", [False, True], ids=["empty foot", "filled foot"])
def test_two_lists_on_one_sheet_are_two_lists(foot: bool) -> None:
    one, other = paper(2), paper(2)
    for line, filled in ((0, one), (1, other)):
        filled.fill(line, shipped=5)
        if foot:
            filled.foot("承运商", f"承运商：车队{line}")
            filled.foot("运单号", f"运单号：DB{line}")
            filled.foot("发货日期", "发货日期：2026-11-10")
    down = one.page.max_row + 2
    for cells in other.page.iter_rows():
        for cell in cells:
            text = cell.value
            if isinstance(text, str):
                text = text.replace("FH261109-0042", "FH261110-0007")
            one.page.cell(cell.row + down, cell.column or 1).value = text
    found = [d for d in documents(saved(one.book)) if isinstance(d, FilledList)]

    assert [[(r.list_no, r.shipped) for r in d.rows] for d in found] == [
        [("FH261109-0042", cases(5)), ("FH261109-0042", None)],
        [("FH261110-0007", None), ("FH261110-0007", cases(5))],
    ]
    assert found[1].said("order-no") is not None
    carriers = [said.text for d in found if (said := d.said("carrier"))]
    assert carriers == (["车队0", "车队1"] if foot else [])
    assert [[doubt.kind for doubt in d.doubts] for d in found] == [[DoubtKind.NOT_FILLED]] * 2


def test_rows_put_above_do_not_hide_whose_list_it_is() -> None:
    filled = paper(2)
    filled.fill(0, shipped=1)
    filled.fill(1, shipped=1)
    for area in list(filled.page.merged_cells.ranges):
        filled.page.merged_cells.remove(area)
    filled.page.insert_rows(1, 6)
    filled.page["A1"] = "郑州仓 11月10日发货，请查收"
    found = read(filled)

    assert (found.filled, found.rows[0].list_no) == (Filled.FULLY, "FH261109-0042")


def test_a_long_waybill_that_came_through_a_number_is_doubted() -> None:
    filled = paper(2)
    for line in (0, 1):
        filled.fill(line, shipped=1)
    filled.column("运单号", 1234567890123456789, "7.55E+14")
    found = read(filled)

    assert [row.waybill for row in found.rows] == ["", ""]
    assert doubted(found) == [(DoubtKind.DIGITS_LOST, "K9"), (DoubtKind.DIGITS_LOST, "K10")]


@pytest.mark.parametrize(
    ("text", "batch", "expires"),
    [
        ("B20260301", "B20260301", None),
        ("20260301", "20260301", None),
        ("20280301", "", date(2028, 3, 1)),
        ("20260301/20280301", "20260301", date(2028, 3, 1)),
        ("20260301 2028.3.1", "20260301", date(2028, 3, 1)),
        ("批号：L-07 效期：2028年3月1日", "L-07", date(2028, 3, 1)),
        ("L07\n2028/03/01", "L07", date(2028, 3, 1)),
        ("2028-03-01", "", date(2028, 3, 1)),
    ],
)
def test_batch_and_expiry_in_one_cell_are_told_apart(
    text: str, batch: str, expires: date | None
) -> None:
    filled = paper(1)
    filled.fill(0, shipped=1, batch=text)
    found = read(filled)

    assert (found.rows[0].batch, found.rows[0].expires) == (batch, expires)
    assert found.doubts == ()


@pytest.mark.parametrize("text", ["2024-03-01", "B1、B2", "B1 6箱 B2 4箱", "L07/2028-03", 46813])
def test_a_batch_that_may_be_two_things_is_doubted(text: object) -> None:
    filled = paper(1)
    filled.fill(0, shipped=1, batch=text)
    found = read(filled)

    assert (found.rows[0].batch, found.rows[0].expires) == ("", None)
    assert doubted(found) == [(DoubtKind.VALUE_UNREADABLE, "I9")]


@pytest.mark.parametrize("name", FORMATS)
def test_a_filled_list_is_read_in_every_format(name: str) -> None:
    filled = paper(3)
    filled.fill(0, shipped=2, batch="B20260301/2028-03-01")
    filled.fill(1, shipped="100箱", batch="000302")
    filled.fill(2, shipped=5)
    filled.column("运单号", "0012", "JD99", "123456789012")
    found = read(*written(filled.book, name))

    assert [(r.shipped, r.batch, r.expires, r.waybill) for r in found.rows] == [
        (cases(2), "B20260301", date(2028, 3, 1), "0012"),
        (cases(100), "000302", None, "JD99"),
        (cases(5), "", None, "123456789012"),
    ]
    assert found.doubts == ()


def test_it_crosses_from_the_child_as_it_was() -> None:
    filled = paper(2)
    filled.fill(0, shipped=1, batch="B1/2028-03-01")
    filled.fill(1, batch="??")
    reading = Reading(Head(sender=None), (read(filled),))

    assert decoded(encoded(reading, Reading), Reading) == reading


@pytest.mark.parametrize("seed", range(40))
def test_what_a_warehouse_fills_in_comes_back_exactly(seed: int) -> None:
    draw = random.Random(seed)
    filled = paper(draw.randint(1, 15), draw.choice((ZH, EN)))
    carriers = draw.random() < 0.5
    truth: list[tuple[Any, ...]] = []
    columns: dict[str, list[object]] = {"承运商": [], "运单号": [], "发货日期": []}
    for line in range(len(filled.lines)):
        shipped, batch = draw.randint(0, 300), f"{draw.choice('BL')}{draw.randint(0, 99999):05d}"
        expires = date(2028, draw.randint(1, 12), draw.randint(1, 28))
        day = ISSUED + timedelta(days=draw.randint(0, 40))
        waybill = f"{draw.randint(0, 10**12 - 1):012d}"
        filled.fill(
            line,
            shipped=draw.choice((shipped, f"{shipped}箱", f"{shipped:,}", f"{shipped} 件")),
            batch=draw.choice(
                (f"{batch}/{expires}", f"{batch} {expires:%Y.%m.%d}", f"{batch}\n{expires:%Y%m%d}")
            ),
        )
        columns["承运商"].append("顺丰")
        columns["运单号"].append(waybill)
        columns["发货日期"].append(
            draw.choice((day, f"{day}", f"{day:%Y/%m/%d}", f"{day.month}月{day.day}日"))
        )
        told = ("顺丰", waybill, day) if carriers else ("", "", None)
        truth.append((a_line(line).sku, cases(shipped), batch, expires, *told))
    if carriers:
        for header, values in columns.items():
            filled.column(header, *values)
    found = read(filled)

    assert [
        (r.code, r.shipped, r.batch, r.expires, r.carrier, r.waybill, r.shipped_on)
        for r in found.rows
    ] == truth
    assert (found.doubts, found.filled) == ((), Filled.FULLY)


def test_an_order_that_names_a_list_is_an_order() -> None:
    for above in (["参考清单", "FH261109-0042"], ["请按 FH261109-0042 R1 再发一次"]):
        [found] = documents(saved(workbook([above, HEAD, *LINES])))
        assert isinstance(found, Order)
        assert found.doubts == ()


def test_the_boxes_at_the_foot_of_a_spoilt_list_are_no_waybills() -> None:
    spoilt = paper(2)
    spoilt.page.cell(spoilt.header, 1).value = -1
    [found] = documents(spoilt.saved())
    assert isinstance(found, Unknown)
