"""A form says by which columns one kind of report is told, and what they fill in its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from mailflow.domain.document import AnyReport
from mailflow.domain.doubt import Doubt
from mailflow.domain.report import ReportKind, ReportRow
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.draft import Settler
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.report_month import month_in
from mailflow.parsers.kinds.table_facts import TableFacts


class Value(StrEnum):
    """What kind of value a field of a row holds."""

    TEXT = "text"
    CODE = "code"
    """Digits and letters that name something: a leading zero counts, a lost digit is doubted."""
    DAY = "day"
    COUNT = "count"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Slot:
    """A field of a row and the meanings that may fill it, the most telling one first."""

    value: Value
    fields: tuple[Field, ...]
    reads: Callable[[Cell], object] | None = None
    """How its cells are read, where otherwise than all cells of its kind of value."""
    adds: bool = False
    """Whether several columns are counted together."""


def text(*fields: Field) -> Slot:
    return Slot(Value.TEXT, fields)


def code(*fields: Field, reads: Callable[[Cell], object] | None = None) -> Slot:
    return Slot(Value.CODE, fields, reads)


def day(*fields: Field, reads: Callable[[Cell], object] | None = None) -> Slot:
    return Slot(Value.DAY, fields, reads)


def count(*fields: Field, adds: bool = False) -> Slot:
    return Slot(Value.COUNT, fields, adds=adds)


def month(*fields: Field) -> Slot:
    return Slot(Value.DAY, fields, month_in)


def money(*fields: Field) -> Slot:
    return Slot(Value.MONEY, fields)


@dataclass(frozen=True, slots=True)
class Form:
    """`needs`: one column of each set has to be there. `proofs` are columns that hardly another kind
    has, `hints` such as it often has, `against` such as it never has. `named` are the slots that
    say what a row is about; `titles` are words of titles, file and sheet names.
    """

    kind: ReportKind
    report: Callable[..., AnyReport]
    row: Callable[..., ReportRow]
    slots: Mapping[str, Slot]
    named: tuple[str, ...]
    needs: Sequence[frozenset[Field]]
    proofs: frozenset[Field]
    hints: frozenset[Field]
    against: frozenset[Field]
    titles: re.Pattern[str]
    head: frozenset[Field] = frozenset()
    """Labels around the table that say something of all rows."""
    beside: bool = True
    """Whether it is told of beside an order; lists to look things up in are not."""

    settles: Callable[[TableFacts], Settler] | None = None
    """What a row says only as a whole, or beside the row above it."""
    doubts: Callable[[TableFacts, Sequence[ReportRow], Sequence[Doubt]], Iterable[Doubt]] | None = (
        None
    )
    """What is asked of all rows together, beside what was doubted already."""
    conclusive: frozenset[Field] = frozenset()
    """Columns that nobody fills in who orders: whatever else speaks of an order, it is asked."""
    personal: frozenset[str] = frozenset()
    """Slots whose contents no finding repeats: findings go to people they are not for."""

    @property
    def used(self) -> frozenset[Field]:
        """Everything a column may mean that fills a slot."""
        return frozenset(field for slot in self.slots.values() for field in slot.fields)


GOODS = frozenset({Field.PRODUCT, Field.PRODUCT_CODE, Field.CODE, Field.NAME})
WHOSE = frozenset({Field.DISTRIBUTOR, Field.DISTRIBUTOR_CODE})
PRODUCT_SLOTS: Mapping[str, Slot] = {
    "code": text(Field.PRODUCT_CODE, Field.CODE),
    "name": text(Field.PRODUCT, Field.NAME),
    "spec": text(Field.SPEC),
}
