"""What was read is let go at once, not when the interpreter comes round to look for rings."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from bench.desk import order_sheet, stock_sheet
from mailflow.domain.naming import KnownNames
from mailflow.parsers.grid import Grid
from mailflow.parsers.page import Page
from mailflow.parsers.reader import read_file
from tests.parsers.grids import NORTH, A, B, read


@pytest.mark.fault("D12")
@pytest.mark.parametrize("raw", [order_sheet(1), stock_sheet(50)], ids=["order", "stock"])
def test_no_sheet_outlives_its_reading(raw: bytes) -> None:
    gc.collect()
    gc.disable()
    before = sheets()
    try:
        [document] = read_file("a.xlsx", raw, KnownNames()).documents
        kept = sheets() - before
    finally:
        gc.enable()

    assert document.kind in ("order", "stock")
    assert not kept


def sheets() -> set[int]:
    """The identities of all that is in memory now; other tests keep some of their own."""
    return {id(each) for each in gc.get_objects() if isinstance(each, Grid | Page)}


def test_a_total_below_each_of_many_parts_does_not_say_all_lines_each_time() -> None:
    tracemalloc.start()
    try:
        peaks = [_peak(parts) for parts in (200, 800)]
    finally:
        tracemalloc.stop()
    assert peaks[1] < 6 * peaks[0]


def _peak(parts: int) -> int:
    rows = [(A, 3), (B, 4), ("总计", 7)] * parts
    tracemalloc.reset_peak()
    read(("经销商", NORTH), ("产品名称", "箱数"), *rows)
    return tracemalloc.get_traced_memory()[1]
