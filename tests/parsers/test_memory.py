"""What was read is let go at once, not when the interpreter comes round to look for rings."""

from __future__ import annotations

import gc

import pytest

from bench.desk import order_sheet, stock_sheet
from mailflow.domain.naming import KnownNames
from mailflow.parsers.grid import Grid
from mailflow.parsers.page import Page
from mailflow.parsers.reader import read_file


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
