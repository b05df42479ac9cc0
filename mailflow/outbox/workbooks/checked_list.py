"""A dispatch list is written and read back in one go, in a process that opens nobody else's files."""

from __future__ import annotations

from collections.abc import Mapping

from mailflow.domain.order import DispatchList
from mailflow.outbox.workbooks import dispatch_list
from mailflow.outbox.workbooks.read_back import assert_same


def checked_list(sheet: DispatchList, words: Mapping[str, str]) -> bytes:
    """Raises `ListDiffers`."""
    workbook = dispatch_list.write(sheet, words)
    assert_same(workbook, sheet)
    return workbook
