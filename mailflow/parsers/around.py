"""What stands around tables and in none of them: labels with their values, and titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mailflow.domain.sheet import Written
from mailflow.parsers.labels import Labelled, labels_in
from mailflow.parsers.meanings import Label
from mailflow.parsers.page import Page

LONGEST_TITLE = 40
WHOSE = (Label.DISTRIBUTOR, Label.DISTRIBUTOR_CODE, Label.PARTY)
BELOW_A_TABLE = frozenset(
    {
        *(Label.REMARK, Label.OTHER, Label.CASH_TOTAL, Label.EXPENSE_TOTAL, Label.AMOUNT_TOTAL),
        *(Label.CASES_TOTAL, Label.TINS_TOTAL),
    }
)
"""What a label below a table is of; any other begins what stands above the next one."""


@dataclass(slots=True)
class Around:
    """Labels, and titles without a label.

    `stray` are labels of how a table is paid that stand between two tables and belong to neither.
    """

    labels: list[Labelled] = field(default_factory=list)
    titles: list[Written] = field(default_factory=list)
    stray: list[Labelled] = field(default_factory=list)

    def add(self, other: Around) -> None:
        self.labels += other.labels
        self.titles += other.titles
        self.stray += other.stray

    def put_first(self, other: Around) -> None:
        self.labels[:0] = other.labels
        self.titles[:0] = other.titles

    def last(self, most: int) -> Around:
        """Those nearest to what stands below."""
        return Around(self.labels[-most:], self.titles[-most:], self.stray[-most:])

    @property
    def names_somebody(self) -> bool:
        return any(x.label in WHOSE for x in self.labels)


def around(page: Page, rows: Iterable[int], columns: range | None = None) -> Around:
    rows = [row for row in rows if row in page.grid.rows]
    labels, taken = labels_in(page, rows, columns)
    cells = frozenset(taken)
    titles = [
        page.written(text, row, column)
        for row in rows
        for column, text in page.texts(row)
        if (row, column) not in cells
        and (columns is None or column in columns)
        and (cell := page.cells(row)[column]).number is None
        and cell.day is None
    ]
    return Around(labels, titles)


def names_in(page: Page, titles: Sequence[Written]) -> Iterator[Written]:
    """Distributors named in titles."""
    for title in titles:
        if title.at is not None and len(title.text) <= LONGEST_TITLE:
            for name in page.known.customer_within(title.text):
                yield page.written(name, title.at.row, title.at.column)


def between(
    page: Page, rows: range, columns: range | None, *, is_first: bool
) -> tuple[Around, Around]:
    """What stands above a table, cut into what belongs to the table before and to this one."""
    filled = [row for row in rows if row in page.grid.rows]
    if is_first:
        return Around(), around(page, filled, columns)
    top = rows.stop
    cut = _cut(page, filled, top, columns)
    foot = around(page, [r for r in filled if r < cut], columns)
    head = around(page, [r for r in filled if r >= cut], columns)
    if not head.names_somebody:
        last = _runs([*filled, top])[-1]
        first = _runs([rows.start - 1, *filled])[0]
        _set_aside(head, last)
        _set_aside(foot, first)
    return foot, head


def _set_aside(found: Around, near: Sequence[int]) -> None:
    """How a table is paid is said right at the table."""
    for label in [x for x in found.labels if x.label is Label.FUNDING and x.row not in near]:
        found.labels.remove(label)
        found.stray.append(label)


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Rows that follow each other without an empty one between."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _cut(page: Page, rows: Sequence[int], top: int, columns: range | None) -> int:
    """The first row that belongs to the lower table: where the rows that name its distributor
    begin, else where labels begin that are no foot, else the rows right above its header."""
    for run in _runs(rows):
        here = around(page, run, columns)
        if not here.names_somebody and not list(names_in(page, here.titles)):
            continue
        for row in run:
            one = around(page, [row], columns)
            is_foot = one.labels and all(x.label in BELOW_A_TABLE for x in one.labels)
            if not is_foot and (
                one.labels or any(len(t.text) <= LONGEST_TITLE for t in one.titles)
            ):
                return row
    for row in rows:
        if any(x.label not in BELOW_A_TABLE for x in around(page, [row], columns).labels):
            return row
    return _runs([*rows, top])[-1][0]
