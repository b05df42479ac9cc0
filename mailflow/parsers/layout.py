"""Where on a page the tables are: their headers, their columns, and how far down each reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Span
from mailflow.parsers.column_doubts import unclear
from mailflow.parsers.columns import NEVER_SILENT, Columns
from mailflow.parsers.headers import Header, headers_in
from mailflow.parsers.headings import Fan, FanKind, Heading
from mailflow.parsers.meanings import QUANTITIES, Meaning
from mailflow.parsers.page import Page


@dataclass(slots=True)
class Table:
    """A table of a page: its header and the rows below it, down to the next one."""

    page: Page
    header: Header
    body: range
    headings: tuple[Heading, ...]
    doubts: list[Doubt]
    fans: tuple[Fan, ...] = field(init=False)
    """What tells columns of one meaning apart, from the left; most tables have none."""
    fan_kind: FanKind | None = field(init=False)

    def __post_init__(self) -> None:
        # Once here: each row asks for them.
        self.fans = tuple(dict.fromkeys(h.fan for h in self.headings if h.fan))
        self.fan_kind = self.fans[0].kind if self.fans else None

    def column(self, meaning: Meaning) -> int | None:
        return next((h.column for h in self.headings if h.meaning is meaning and not h.fan), None)

    def quantities(self, fan: Fan | None = None) -> tuple[tuple[int, Unit | None], ...]:
        """The quantity columns under a fan, or those under none."""
        return tuple(
            (h.column, QUANTITIES[h.meaning])
            for h in self.headings
            if h.meaning in QUANTITIES and h.fan == fan
        )

    @property
    def left(self) -> int:
        return min(h.column for h in self.headings)

    @property
    def right(self) -> int:
        return max(h.column for h in self.headings)

    def span(self, bottom: int) -> Span:
        return self.page.span(self.header.top, self.left, bottom, self.right)


def tables_of(page: Page) -> list[Table]:
    """Every table in reading order, those side by side from left to right.

    Headers of the same words over the same columns are of one make: what their columns mean is
    told by all their rows together.
    """
    headers = headers_in(page)
    bodies = [_body(page, header, headers) for header in headers]
    tables: list[Table] = []
    makes: dict[tuple[int, tuple[tuple[int, str], ...]], list[int]] = {}
    keys = [(header.left, header.words) for header in headers]
    for number, key in enumerate(keys):
        makes.setdefault(key, []).append(number)
    for header, body, key in zip(headers, bodies, keys, strict=True):
        alike = makes[key]
        first = alike[0]
        if headers[first] is not header:
            tables.append(_twin(tables[first], header, body))
            continue
        columns = Columns(page, header, [bodies[n] for n in alike])
        headings, doubts = columns.settled()
        doubts.extend(unclear(columns, headings))
        for above in tables:
            if above.header.first == header.top and share_columns(above.header, header):
                doubts.extend(_lost_between(above, columns))
        tables.append(Table(page, header, body, headings, doubts))
    return tables


def _twin(first: Table, header: Header, body: range) -> Table:
    """A table of the same make. What is in doubt of the columns of the first is in doubt of its own
    columns, where anything stands in them."""
    page, down = first.page, header.top - first.header.top
    doubts = []
    for doubt in first.doubts:
        if doubt.at is None:
            continue
        row, column = doubt.at.row, doubt.at.column
        if row < first.header.first:
            doubts.append(replace(doubt, at=page.place(row + down, column)))
            continue
        filled = (n for n in body if (cell := page.cells(n).get(column)) and cell.text)
        if (own := next(filled, None)) is not None:
            word = header.texts.get(column, "")
            text = page.cells(own)[column].text
            found = f"{word}: {text}" if word else text
            doubts.append(replace(doubt, at=page.place(own, column), found=found))
    return Table(page, header, body, first.headings, doubts)


def _lost_between(above: Table, columns: Columns) -> Iterator[Doubt]:
    """Of two headers right below each other the lower one counts: what only the upper one explains
    is asked about."""
    told = columns.header.texts.keys()
    for heading in above.header.headings:
        values = columns.contents.values(heading.column)
        if heading.column not in told and heading.meaning in NEVER_SILENT and values:
            row = min(values)
            at = columns.page.place(row, heading.column)
            yield Doubt(
                DoubtKind.AMBIGUOUS_COLUMN, at, found=f"{heading.header}: {values[row].text}"
            )


def share_columns(one: Header, other: Header) -> bool:
    return one.left < other.right and other.left < one.right


def is_same(one: Header, other: Header) -> bool:
    return one.left == other.left and one.words == other.words


def _body(page: Page, header: Header, headers: list[Header]) -> range:
    below = [
        other.top for other in headers if other.top > header.top and share_columns(header, other)
    ]
    return range(header.first, min(below, default=page.grid.last_row + 1))
