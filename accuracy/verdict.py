"""Whether what the desk did with a mail is right, and how wrong it is if not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from accuracy.case import Case
from accuracy.desk import Said, Seen, words_of
from accuracy.truth import Expected
from mailflow.domain.decision import Outcome
from mailflow.domain.mail import MailState
from mailflow.domain.sheet import column_letters
from mailflow.parsers.grid import Grid

Content = tuple[str, tuple[tuple[str, int, str], ...]]
"""Whose goods, and each line: sku, tins, funding."""


class Grade(StrEnum):
    TOUCHLESS = "touchless"
    RETURNED = "wrongly returned"
    CAUGHT = "caught"
    SILENT = "silently wrong"
    EITHER_ACCEPTED = "either way: accepted"
    EITHER_ASKED = "either way: asked"


@dataclass(frozen=True)
class Verdict:
    """`why` says it in a line for the list of wrong ones."""

    grade: Grade
    why: str = ""
    right_code: bool = False
    right_cell: bool = False
    only_it: bool = False
    """Nothing else was said than the fault."""


def verdict_on(case: Case, seen: Seen) -> Verdict:
    truth = case.truth
    allowed = Counter(o.content for n, o in enumerate(truth.orders) if n not in truth.spoiled)
    accepted = Counter(d.content for d in seen.documents if d.outcome is Outcome.ACCEPTED)
    if surplus := accepted - allowed:
        return Verdict(Grade.SILENT, _difference(case, surplus, allowed))
    asked = seen.state is not MailState.DONE
    if not asked and truth.expected is Expected.CAUGHT:
        return Verdict(Grade.SILENT, "nothing was noticed")
    if not asked and accepted != allowed:
        return Verdict(
            Grade.SILENT, f"{sum(allowed.values()) - sum(accepted.values())} of the orders lost"
        )
    if truth.expected is Expected.EITHER:
        grade = Grade.EITHER_ASKED if asked else Grade.EITHER_ACCEPTED
        return Verdict(grade, f"{truth.why_either}: {reasons(seen)}")
    if truth.expected is Expected.ACCEPTED:
        return Verdict(Grade.RETURNED, reasons(seen)) if asked else Verdict(Grade.TOUCHLESS)
    return _caught(case, seen)


def _caught(case: Case, seen: Seen) -> Verdict:
    truth, said = case.truth, all_said(seen)
    fitting = [s for s in said if s.code in truth.codes]
    if not truth.codes:
        return Verdict(Grade.CAUGHT, reasons(seen), right_code=True, right_cell=True, only_it=True)
    cells = {_bare(c) for c in truth.cells}
    if truth.in_words:
        cells = _in_words(cells, case)
    placed = not cells or any(_bare(s.place) in cells for s in fitting)
    others = [s for s in said if s not in fitting]
    return Verdict(Grade.CAUGHT, reasons(seen), bool(fitting), bool(fitting) and placed, not others)


def _in_words(cells: set[str], case: Case) -> set[str]:
    """The same cells where lines of the mail stand above the table, in each text of it that shows
    the table: rows are counted through. In plain text nobody sees columns: there a cell is what
    says the same in the same line."""
    table = case.truth.in_words
    found: set[str] = set()
    for grid in words_of(case.raw):
        rows = range(grid.last_row + 1)
        alike, by = max(((_alike(grid, table, by), -by) for by in rows), default=(0, 0))
        if alike:
            found |= {at for cell in cells for at in _places(cell, table, -by, grid)}
    return found


def _places(cell: str, table: list[list[str]], by: int, grid: Grid) -> Iterator[str]:
    letters = cell.rstrip("0123456789")
    row = int(cell.removeprefix(letters)) - 1
    yield f"{letters}{row + by + 1}"
    column = next(c for c in range(len(table[row])) if column_letters(c) == letters)
    if text := table[row][column].strip():
        for other, seen in grid.rows.get(row + by, {}).items():
            if text in seen.text:
                yield f"{column_letters(other)}{row + by + 1}"


def _alike(grid: Grid, table: list[list[str]], by: int) -> int:
    """How many cells say the same where the table is put so many rows further down."""
    alike = 0
    for number, texts in enumerate(table):
        there = {_squeezed(cell.text) for cell in grid.rows.get(number + by, {}).values()}
        alike += sum(bool(text.strip()) and _squeezed(text) in there for text in texts)
    return alike


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _bare(place: str) -> str:
    """The address alone: tables in bodies and separated values have no sheet of that name."""
    return place.rpartition("!")[2]


def all_said(seen: Seen) -> list[Said]:
    return [*seen.said, *(s for d in seen.documents for s in d.said)]


def reasons(seen: Seen) -> str:
    """The first things that were said, most telling first."""
    if seen.trouble:
        return f"trouble {seen.trouble}"
    told = [f"refused {r.reason} {r.detail}".strip() for r in seen.refused]
    told += [f"{s.code} {s.place} {s.found[:40]!r}" for s in all_said(seen)]
    if not told:
        outcomes = "/".join(d.outcome.value for d in seen.documents)
        told = [f"{seen.state} {outcomes}"]
    return "; ".join(told[:3])


def _difference(case: Case, surplus: Counter[Content], allowed: Counter[Content]) -> str:
    """What was accepted beside what was meant."""
    dealer, lines = next(iter(surplus))
    meant = {d: dict_of(x) for d, x in (o.content for o in case.truth.orders)}
    if dealer not in meant:
        return f"accepted for {dealer}, meant for {'/'.join(meant)}"
    if (dealer, lines) in {o.content for o in case.truth.orders}:
        return "accepted in spite of the fault, or twice"
    got, want = dict_of(lines), meant[dealer]
    part = "a part only, the rest was asked: " if got.items() <= want.items() else ""
    wrong = [
        f"{k[0]} {k[1]}: {got.get(k, 0)} for {want.get(k, 0)}"
        for k in sorted(got.keys() | want.keys())
        if got.get(k) != want.get(k)
    ]
    return part + "; ".join(wrong[:4])


def dict_of(lines: tuple[tuple[str, int, str], ...]) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for sku, tins, funding in lines:
        found[sku, funding] += tins
    return dict(found)
