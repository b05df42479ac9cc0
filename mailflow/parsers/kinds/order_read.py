"""What was read of an order table: its lines, its totals, and the rows that are neither."""

from __future__ import annotations

from dataclasses import field

from mailflow.domain.document import Doubt, OrderLine, RowRead
from mailflow.domain.sheet import Written
from mailflow.domain.value import dataclass
from mailflow.parsers.headings import Fan
from mailflow.parsers.kinds.order_sums import Stated
from mailflow.parsers.meanings import Meaning
from mailflow.parsers.sections import Section
from mailflow.parsers.sums import Reach


@dataclass(frozen=True, slots=True)
class Read:
    """A line with the distributor its row or column names, where it names one."""

    line: OrderLine
    row: int
    fan: Fan | None = None
    whose: tuple[Written, ...] = ()
    ship_to: tuple[tuple[Meaning, Written], ...] = ()
    """What its own row says of where it goes."""


@dataclass(slots=True)
class Rows:
    """`notes` are rows that are nothing else; `last` is the last line or total. `open_section` is
    the title that still holds below the last row; `section_over` says that its total is stated."""

    lines: list[Read] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    taken: list[RowRead] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    last: int = 0
    open_section: Section | None = None
    section_over: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether a total of the whole table, and not only of a page or part, has been stated."""
        return any(t.word and t.word.reach in (Reach.TABLE, Reach.ALL) for t in self.totals)
