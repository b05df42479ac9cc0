"""Rows of a paper become whole tins of products; whatever may be two things hinders its list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.desk.shipped_rows import ToldOfList, list_numbers, tins_told, told_in
from mailflow.domain.naming import Lexicon
from mailflow.domain.register import PricePeriod, Product, Register
from mailflow.domain.report import Count
from mailflow.domain.shipment import Shipment
from mailflow.domain.shipping import ListedLine, ListOut
from tests.outbox.workbooks.lists import a_line, a_list
from tests.parsers.filled_lists import Paper, read
from tests.parsers.sheets import A, B, documents, saved, workbook

ONE, OTHER = "FH261109-0042", "FH261110-0007"
HEAD = ["清单号", "产品编码", "产品名称", "应发箱数", "实发箱数", "批号", "运单号", "发货日期"]


def product(sku: str, name: str, pack: int = 6) -> Product:
    return Product(sku, name, "", (), f"900g*{pack}听/箱", "听", pack, (PricePeriod(Decimal(1)),))


GOODS = (product("CX-1", A), product("CX-2", B))
LEXICON = Lexicon(Register(products=GOODS))
LISTS = {
    number: (
        ListOut(
            id=1,
            number=number,
            revision=1,
            order="DD",
            order_revision=1,
            lines=(ListedLine(0, "CX-1", 60), ListedLine(1, "CX-2", 30)),
        ),
    )
    for number in (ONE, OTHER)
}


def told(*rows: Sequence[Any], head: Sequence[str] = HEAD) -> tuple[ToldOfList, ...]:
    [found] = documents(saved(workbook([head, *rows])), "a.xlsx")
    assert isinstance(found, Shipment), found
    assert set(list_numbers([found])) == {row[0].partition(" ")[0] for row in rows if row[0]}
    return told_in(found, LEXICON, LISTS)


def row(
    sku: str, name: str, shipped: Any, batch: str = "B1", truck: str = "SF1", **more: Any
) -> list[Any]:
    due = {"CX-1": 10, "CX-2": 5}[sku]
    return [
        more.get("list", ONE),
        sku,
        more.get("said", name),
        due,
        shipped,
        batch,
        truck,
        more.get("day", "2026-11-10"),
    ]


def test_rows_become_loads_by_list_and_truck() -> None:
    found = told(
        row("CX-1", A, 10),
        row("CX-2", B, 5, truck="SF2"),
        row("CX-1", A, 4, list=f"{OTHER} R1"),
    )
    assert [(t.number, t.revision, len(t.loads), t.hindrances) for t in found] == [
        (ONE, None, 2, ()),
        (OTHER, 1, 1, ()),
    ]
    first, second = found[0].loads
    assert (first.tins, first.waybill, first.shipped_on) == (
        {"CX-1": 60},
        "SF1",
        date(2026, 11, 10),
    )
    assert [(line.list_position, line.batch) for line in second.lines] == [(1, "B1")]


def test_what_was_not_sent_is_no_load() -> None:
    [found] = told(row("CX-1", A, 0, batch=""), row("CX-2", B, 0, batch=""))
    assert found.loads == found.hindrances == ()


@pytest.mark.parametrize(
    "wrong",
    [
        row("CX-1", A, "约10"),
        row("CX-1", A, 9.3),
        row("CX-1", A, -1),
        row("CX-1", "谁知道", 10, said="谁知道"),
        row("CX-2", A, 5, said=A),
    ],
)
def test_one_row_that_is_not_certain_keeps_its_list_out_and_no_other(wrong: list[Any]) -> None:
    found = {t.number: t for t in told(wrong, row("CX-2", B, 5), row("CX-1", A, 4, list=OTHER))}
    assert found[ONE].loads == ()
    assert found[ONE].hindrances
    assert [load.tins for load in found[OTHER].loads] == [{"CX-1": 24}]
    assert found[OTHER].hindrances == ()


def test_a_total_that_is_not_the_sum_keeps_all_out() -> None:
    total = ["", "合计", "", 15, 14, "", "", ""]
    [found] = documents(
        saved(workbook([HEAD, row("CX-1", A, 10), row("CX-2", B, 5), total])), "a.xlsx"
    )
    assert isinstance(found, Shipment)
    [one] = told_in(found, LEXICON, LISTS)
    assert one.loads == ()
    assert [f.code for f in one.hindrances] == ["report-total"]


BATCHED = [
    "清单号",
    "序号",
    "产品编码",
    "产品名称",
    "应发箱数",
    "实发箱数",
    "批号",
    "运单号",
    "发货日期",
]


@pytest.mark.parametrize(
    ("first", "second", "tins"),
    [
        (6, 4, [36, 24]),
        (10, 4, None),
        (6, 5, None),
        (6, 2, [36, 12]),
    ],
)
def test_batches_of_one_line_are_parts_or_are_asked(
    first: int, second: int, tins: list[int] | None
) -> None:
    [found] = told(
        [ONE, 1, "CX-1", A, 10, first, "B1", "SF1", "2026-11-10"],
        ["", "", "", "", "", second, "B2", "", ""],
        head=BATCHED,
    )
    lines = [line for load in found.loads for line in load.lines]
    assert [line.tins for line in lines] == (tins or [])
    assert [f.variant for f in found.hindrances] == ([] if tins else ["split"])


@given(st.integers(0, 500), st.sampled_from((6, 12, 24)), st.integers(0, 23))
def test_cases_and_loose_tins_are_tins(cases: int, pack: int, loose: int) -> None:
    goods = product("X", "X", pack)
    count = Count(cases=Decimal(cases), loose=loose)
    assert tins_told(count, goods, 0, None) == cases * pack + loose
    both = Count(cases=Decimal(cases), tins=Decimal(cases * pack + 1))
    assert tins_told(both, goods, 0, None) is None


@pytest.mark.parametrize(
    ("units", "ordered", "tins"),
    [
        ("8", "10", 48),
        ("48", "60", 48),
        ("8", "7", None),
        ("8", None, None),
        ("1.5", "10", 9),
        ("1.5", "60", None),
    ],
)
def test_a_number_without_a_unit_is_understood_by_what_the_list_says(
    units: str, ordered: str | None, tins: int | None
) -> None:
    due = Count(units=Decimal(ordered)) if ordered else None
    assert tins_told(Count(units=Decimal(units)), GOODS[0], 60, due) == tins


@pytest.mark.parametrize(("second", "tins"), [(None, [12, 0]), (1, [12, 6])])
def test_a_further_batch_on_a_list_of_ours_may_be_left_unsplit(
    second: int | None, tins: list[int]
) -> None:
    """Whoever traces B2 finds this load, though nobody says how much of it is his."""
    made = a_list(a_line(0, tins=18))
    paper = Paper(made)
    paper.fill(0, shipped=2, batch="B1")
    below = paper.insert_below(0)
    paper.page.cell(below, paper.at["batch"]).value = "B2"
    paper.page.cell(below, paper.at["shipped"]).value = second
    found = read(paper)
    line = made.order.lines[0]
    lexicon = Lexicon(Register(products=(product(line.sku, line.name),)))
    out = ListOut(
        id=1,
        number=made.number,
        revision=1,
        order="DD",
        order_revision=1,
        lines=(ListedLine(0, line.sku, 18),),
    )
    [told_of] = told_in(found, lexicon, {made.number: (out,)})
    assert told_of.hindrances == ()
    [load] = told_of.loads
    assert [(x.batch, x.tins) for x in load.lines] == list(zip(("B1", "B2"), tins, strict=True))
