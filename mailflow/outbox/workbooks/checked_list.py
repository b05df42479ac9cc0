"""A dispatch list is written and read back in one go, in a process that opens nobody else's files."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.order import DispatchList
from mailflow.outbox.workbooks import dispatch_list
from mailflow.outbox.workbooks.read_back import assert_same
from mailflow.parsers.sandbox_shapes import decoded


def checked_list(crossed: bytes, words: Mapping[str, str]) -> bytes:
    """`crossed` is the list as `sandbox_shapes` encodes it. Raises `ListDiffers`."""
    sheet: DispatchList = decoded(crossed, DispatchList)
    workbook = dispatch_list.write(sheet, words)
    assert_same(workbook, sheet, words)
    return workbook
