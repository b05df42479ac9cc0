"""The dispatch lists of ours on a sheet, each with its lines: one, or several below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.report import ReportKind, Said, Spoke
from mailflow.domain.value import dataclass
from mailflow.parsers.kinds.dispatch_list import FORM
from mailflow.parsers.kinds.fields import Field
from mailflow.parsers.kinds.report_tables import ReportTable
from mailflow.parsers.kinds.report_verdict import CERTAIN, TITLE, Verdict
from mailflow.parsers.own_list import numbers_over_lists
from mailflow.parsers.page import Page


@dataclass(frozen=True, slots=True)
class OwnTable:
    """`rows` reach from the number over the list to the next one, or to the end of the sheet."""

    table: ReportTable
    number: Said
    verdict: Verdict
    rows: range


def own_lists(page: Page, tables: Sequence[ReportTable]) -> list[OwnTable]:
    """Tables with the columns of our lists that stand below the number of one."""
    over = list(numbers_over_lists(page.grid))
    if not over:
        return []
    return [own for table in tables for own in _parted(page, table, over)]


def _parted(
    page: Page, table: ReportTable, over: Sequence[tuple[int, int, object]]
) -> Iterator[OwnTable]:
    """A table goes on over the same header said again, but not into the next list."""
    if Field.LIST_NO in table.fields or not all(table.fields & need for need in FORM.needs):
        return  # A report names the list in each of its rows; ours has it over its table.
    parts: dict[tuple[int, int], list[tuple[range, range]]] = {}
    for header, body in zip(table.headers, table.bodies, strict=True):
        above = [(row, column) for row, column, _ in over if row < header.start]
        if above:
            parts.setdefault(max(above), []).append((header, body))
    for (row, column), pairs in parts.items():
        below = [r for r, _, _ in over if r > pairs[0][0].start]
        end = min(below, default=page.grid.last_row + 1)
        yield _own(page, _cut(table, pairs, end), (row, column), end)


def _cut(table: ReportTable, pairs: Sequence[tuple[range, range]], end: int) -> ReportTable:
    top = pairs[0][0].start
    moved = top - table.top
    return ReportTable(
        top,
        tuple(replace(h, row=h.row + moved) for h in table.headed),
        tuple(range(body.start, min(body.stop, end)) for _, body in pairs),
        tuple(header for header, _ in pairs),
    )


def _own(page: Page, table: ReportTable, at: tuple[int, int], end: int) -> OwnTable:
    place, text = page.place(*at), page.cells(at[0])[at[1]].text
    verdict = Verdict(
        FORM,
        (ReportKind.DISPATCH_LIST,),
        (Spoke(ReportKind.DISPATCH_LIST, text, place, TITLE),),
        CERTAIN,
        has_proof=False,
        has_title=True,
    )
    return OwnTable(table, Said("list-no", text, place), verdict, range(at[0], end))
