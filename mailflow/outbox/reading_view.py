"""What the page of a reading shows: a mail, its orders, letters and painted sheets, as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mailflow.domain.decision import Decision
from mailflow.domain.document import Document
from mailflow.domain.finding import Finding
from mailflow.domain.mail import Head
from mailflow.domain.notice import Letter
from mailflow.domain.painting import Axis, Note, PaintedColumn, PaintedRow, PaintedSheet
from mailflow.domain.sheet import Span, column_letters
from mailflow.domain.value import dataclass
from mailflow.outbox.report_view import customers_said, report_view


@dataclass(frozen=True, slots=True)
class OrderView:
    """`decision` is None where the mail was not judged."""

    number: int
    document: Document
    decision: Decision | None
    notes: tuple[Note, ...]
    of_report: str = "looked"
    """What becomes of it where it is a report."""


@dataclass(frozen=True, slots=True)
class LetterView:
    letter: Letter
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """`outcome` is that of the mail, `notes` are those of the mail as a whole. A bare workbook has
    an empty head."""

    file: str
    head: Head
    trust: str
    outcome: str
    orders: tuple[OrderView, ...]
    letters: tuple[LetterView, ...]
    sheets: tuple[PaintedSheet, ...]
    notes: tuple[Note, ...] = ()
    body: str = ""
    is_mail: bool = True
    is_drawn: bool = True
    sheets_left: int = 0

    @property
    def found(self) -> int:
        return len(self.notes) + sum(len(order.notes) for order in self.orders)


@dataclass(frozen=True, slots=True)
class Callout:
    """Where below its row a finding is told: `before` columns are left free, `over` ones used."""

    note: Note
    before: int
    over: int
    after: int
    to_right: bool


def callouts(row: PaintedRow, sheet: PaintedSheet) -> Sequence[Callout]:
    """One for each finding that says something new; its number stands in the cell anyway."""
    return [_callout(note, sheet.axis) for note in row.notes if note.same_as is None]


def _callout(note: Note, axis: Sequence[Axis]) -> Callout:
    """From its cell to the right edge; from the left edge to its cell where that has more room."""
    at = note.finding.at
    index = sum(1 for place in axis if at is not None and place.column <= at.column) - 1
    index, wide = max(index, 0), len(axis)
    if index * 2 <= wide:
        return Callout(note, index, wide - index, 0, to_right=False)
    return Callout(note, 0, index + 1, wide - index - 1, to_right=True)


def told(notes: Sequence[Note]) -> Sequence[tuple[Note, Sequence[Note]]]:
    """Each finding once, with those of the same list that say the same elsewhere."""
    first = {note.number: [note] for note in notes if note.same_as not in {n.number for n in notes}}
    for note in notes:
        if note.number not in first:
            first[note.same_as or 0].append(note)
    return [(same[0], same[1:]) for same in first.values()]


def meanings(row: PaintedRow, sheet: PaintedSheet) -> Sequence[PaintedColumn | None]:
    """One for each column of the picture."""
    told = {meant.column: meant for meant in row.meanings}
    return [told.get(place.column) if place.length == 1 else None for place in sheet.axis]


def first_cell(where: Span) -> str:
    return f"{column_letters(where.left)}{where.top + 1}"


def mended(finding: Finding) -> bool:
    """Whether it is told apart what is written and what is proposed."""
    return bool(finding.found and finding.proposal)


READING_FILTERS: Mapping[str, Callable[..., Any]] = {
    "callouts": callouts,
    "customers": customers_said,
    "first_cell": first_cell,
    "letters": column_letters,
    "meanings": meanings,
    "mended": mended,
    "report": report_view,
    "told": told,
}
