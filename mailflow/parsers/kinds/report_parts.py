"""Rows between those of a table that say whose or of what place the rows below them are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mailflow.domain.spelling import remembered
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.field_reading import label_field
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.form import Form, Value
from mailflow.parsers.kinds.report_head import pairs_said
from mailflow.parsers.kinds.report_values import Unreadable

LABELLED = re.compile(r"^\s*[^\d\s:：]{2,8}\s*[:：]")
PARTS = (
    *(Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE, Field.STORE, Field.WAREHOUSE, Field.REGION),
    Field.MONTH,
)
"""What a label may part a table by, the most telling one first."""


@dataclass(frozen=True, slots=True)
class Part:
    """`values` are what the label says of each row below it, by slot; `unread` a text that is no
    value of its slot."""

    title: str
    values: Mapping[str, object]
    unread: str = ""


def part_said(cells: Mapping[int, Cell], form: Form) -> Part | None:
    """`经销商：某某  月份：2026年10月` in one row, in one cell or in several, and no figure."""
    if any(cell.number is not None or cell.day is not None for cell in cells.values()):
        return None
    texts = [cell.text for cell in cells.values() if cell.text]
    said = dict(reversed([pair for text in texts for pair in pairs_said(text)]))
    if not said and len(texts) == len(("label", "value")):
        label = label_field(texts[0])
        said = {label: texts[1]} if label else {}
    parted = [field for field in PARTS if field in said and field in form.head]
    if not parted:
        return None
    values: dict[str, object] = {}
    unread = ""
    for name, slot in form.slots.items():
        text = next((said[field] for field in slot.fields if field in parted), "")
        if not text or slot.value not in (Value.TEXT, Value.CODE, Value.DAY):
            continue
        try:
            values[name] = slot.reads(Cell(text)) if slot.reads else text
        except Unreadable:
            unread = text
    return Part(said[parted[0]], values, unread)


def is_figure(cell: Cell | None) -> bool:
    """Whatever stands in a column of figures, but for labels to sign behind: `复核：`."""
    return cell is not None and bool(cell.text) and not LABELLED.match(cell.text)


@remembered
def is_labelled(text: str) -> bool:
    return label_field(text) is not None or bool(pairs_said(text))
