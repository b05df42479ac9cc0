"""What stands around the table of a report: labels with their values, titles, notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from mailflow.domain.report import Said
from mailflow.domain.sheet import Written
from mailflow.parsers.kinds.field_reading import label_field, pairs_in
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.page import Page

FARTHEST = 4
"""Columns a value may stand away from its label."""
MOST_ROWS = 60
"""Rows above or below a table that are looked through."""
LONGEST_TITLE = 40


def said_around(page: Page, rows: Iterable[int], fields: frozenset[Field]) -> Iterator[Said]:
    """Every label of these fields with its value: in the same cell, beside it, or below it."""
    taken: set[tuple[int, int]] = set()
    for row in rows:
        for column, text in page.texts(row):
            if (row, column) in taken:
                continue
            pairs = pairs_said(text)
            for said, value in pairs:
                if said in fields:
                    yield Said(said.value, value, page.place(row, column))
            field = None if pairs else label_field(text)
            if field in fields and field is not None and (at := _value_of(page, row, column)):
                taken.add(at)
                yield Said(field.value, page.cells(at[0])[at[1]].text, page.place(*at))


def pairs_said(text: str) -> list[tuple[Field, str]]:
    """Labels with their values in one cell: behind a colon, a line break or a space."""
    return list(pairs_in(text)) or list(_behind_break(text))


def _behind_break(text: str) -> Iterator[tuple[Field, str]]:
    """`承运商` and a name written below it in one cell, or behind a space."""
    head, mark, tail = unicodedata.normalize("NFKC", text).strip().partition("\n")
    if not mark:
        head, _, tail = head.partition(" ")
    field = label_field(head) if len(head) > 1 and not head.isascii() else None
    if field is not None and tail.strip() and label_field(tail) is None:
        yield field, tail.strip()


def _value_of(page: Page, row: int, column: int) -> tuple[int, int] | None:
    last = page.merged_to(row, column)
    cells = page.cells(row)
    for right in range(last + 1, last + 1 + FARTHEST):
        cell = cells.get(right)
        if cell is not None and cell.text.strip(" :："):
            if not _is_for_itself(cell.text):
                return row, right
            break
    below = page.cells(row + 1).get(column)
    if below is None or not below.text or _is_for_itself(below.text):
        return None
    above_labels = [t for _, t in page.texts(row)]
    is_row_of_labels = len(above_labels) > 1 and all(map(label_field, above_labels))
    return (row + 1, column) if is_row_of_labels or len(above_labels) == 1 else None


def _is_for_itself(text: str) -> bool:
    """A label, filled in or not, and no value of one above it: `复核  日期：`."""
    if label_field(text) is not None or any(True for _ in pairs_in(text)):
        return True
    return "\n" in text.strip() or text.rstrip().endswith((":", "："))


def titles_above(page: Page, top: int, since: int = 0) -> Iterator[Written]:
    """Short texts above a table that are no label with a value."""
    for row in range(max(since, top - MOST_ROWS), top):
        for column, text in page.texts(row):
            cell = page.cells(row)[column]
            if cell.number is None and cell.day is None and len(text) <= LONGEST_TITLE:
                yield page.written(text, row, column)
