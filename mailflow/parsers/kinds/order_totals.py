"""Which lines of an order, or of several, each stated total covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mailflow.domain.document import MOST_TOTALS, OrderLine, Total, TotalOf
from mailflow.domain.funding import funding_title
from mailflow.domain.quantity import Unit
from mailflow.domain.value import dataclass
from mailflow.parsers.headings import Fan
from mailflow.parsers.kinds.order_read import Read, Rows
from mailflow.parsers.kinds.order_sums import Stated
from mailflow.parsers.sums import Reach
from mailflow.parsers.values import money_of

UNIT_OF = {TotalOf.CASES: Unit.CASES, TotalOf.TINS: Unit.TINS}
Lines = tuple[int, ...]
MOST_COVERED = 2_000_000
"""Lines that all totals of a table may cover together: a total of everything below each of
thousands of parts would take lines times parts."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A stated total and the lines it may cover, the likeliest first, counted over all tables."""

    stated: Stated
    reaches: tuple[Lines, ...]


def coverings(tables: Sequence[Rows]) -> Iterator[Covering]:
    """Lines are counted through, from the first table to the last."""
    count = sum(len(rows.lines) for rows in tables)
    fans = [read.fan for rows in tables for read in rows.lines]
    first = 0
    for rows in tables:
        behind = first + len(rows.lines)
        for stated in rows.totals:
            yield Covering(stated, tuple(_reaches(stated, first, behind, (count, fans))))
        first = behind


def _reaches(
    stated: Stated, first: int, behind: int, everything: tuple[int, Sequence[Fan | None]]
) -> list[Lines]:
    if stated.lines is not None:
        return [tuple(first + n for n in stated.lines)]
    count, fans = everything
    own = [range(first + a, behind if b is None else first + b) for a, b in stated.reaches]
    here = max((r.stop for r in own), default=behind)
    word = stated.word
    ranges = list(own)
    if word is None or word.funding or word.reach is Reach.ALL:
        ranges = [range(here), range(count), *own]
    elif word.reach is Reach.TABLE:
        ranges = [*own, range(here), range(count)]
    if stated.fan is None:
        return list(dict.fromkeys(map(tuple, ranges)))
    return list(dict.fromkeys(tuple(n for n in r if fans[n] == stated.fan) for r in ranges))


def as_paid(stated: Stated, reads: Sequence[Read]) -> Stated:
    """`费用款 | 50,886.00` below the lines: the sum of those so paid often stands right behind its
    word, whatever that column counts above."""
    paid = stated.word.funding if stated.word else None
    number = money_of(stated.text) if stated.number is None else stated.number
    if paid is None or number is None or stated.of is TotalOf.AMOUNT:
        return stated
    lines = [read.line for read in reads if read.line.funding]
    own = [x for x in lines if x.funding and funding_title(x.funding.text) is paid]
    amounts = [x.amount.number if x.amount else None for x in own]
    known = [n for n in amounts if n is not None]
    is_amount = bool(own) and len(known) == len(own) and sum(known) == number
    return replace(stated, of=TotalOf.AMOUNT, number=number) if is_amount else stated


def totals_of(
    found: Iterable[Covering], reads: Sequence[Read], owners: Sequence[int]
) -> tuple[Mapping[int, list[Total]], Stated | None]:
    """The totals of each order, and the first one that is too many to be looked at; `owners` tells
    whose each line is.

    A total of one order's lines is that order's. One over several orders, and the sum of a row, is
    added up here: only where the sum is wrong does each of them hear of it, with what it covers of
    the others. More than one above `MOST_TOTALS` of an order would change nothing.
    """
    given: dict[int, list[Total]] = {owner: [] for owner in owners}
    share, covered = _Share(reads, owners), 0
    for covering in found:
        stated, reaches = covering.stated, covering.reaches
        if (covered := covered + sum(map(len, reaches))) > MOST_COVERED:
            return given, stated
        first = share.owners_of(reaches[0]) if reaches else set()
        is_alone = len(first) == 1 and not stated.is_sum
        others = [r for r in reaches if not is_alone or share.owners_of(r) != first]
        if any(share.adds_up(stated, lines) for lines in others):
            continue
        for owner in first or given:
            if len(given[owner]) > MOST_TOTALS:
                continue
            if (total := share.total(covering, owner, is_alone=is_alone)) is not None:
                given[owner].append(total)
    return given, None


class _Share:
    """Who owns which line, and where it stands among its order's own."""

    def __init__(self, reads: Sequence[Read], owners: Sequence[int]) -> None:
        self.reads, self.owners = reads, owners
        seen: dict[int, int] = {}
        self.places: list[int] = []
        for owner in owners:
            self.places.append(seen.get(owner, 0))
            seen[owner] = self.places[-1] + 1

    def owners_of(self, lines: Lines) -> set[int]:
        return {self.owners[n] for n in lines}

    def adds_up(self, stated: Stated, lines: Lines) -> bool:
        added = self.added(stated, lines)
        return added is not None and added == stated.number

    def added(self, stated: Stated, lines: Lines) -> Decimal | None:
        """The numbers as written, added up; None where one of them is not known here."""
        return sum_of([self.reads[n].line for n in lines], stated)

    def total(self, covering: Covering, owner: int, *, is_alone: bool) -> Total | None:
        """The total as one order sees it; None where it covers others whose numbers are not known:
        those are asked about by themselves."""
        stated, own = covering.stated, []
        for lines in covering.reaches if is_alone else covering.reaches[:1]:
            mine = tuple(self.places[n] for n in lines if self.owners[n] == owner)
            if not is_alone or len(mine) == len(lines):
                own.append(mine)
        rest = tuple(n for n in covering.reaches[0] if self.owners[n] != owner)
        beside = Decimal(0) if is_alone or not rest else self.added(stated, rest)
        if beside is None or not own:
            return None
        funding = stated.word.funding if stated.word else None
        return Total(
            stated.of,
            stated.text,
            stated.at,
            stated.number,
            own[0],
            tuple(own[1:]),
            funding,
            beside,
        )


def sum_of(lines: Sequence[OrderLine], stated: Stated) -> Decimal | None:
    """The numbers as written under a total, added up; None where one of them is not known here."""
    if stated.of in (TotalOf.CASH, TotalOf.EXPENSE) or (stated.word and stated.word.funding):
        return None
    numbers = [_figure(line, stated) for line in lines]
    known = [n for n in numbers if n is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None


def _figure(line: OrderLine, stated: Stated) -> Decimal | None:
    """What a line has in the column of a total, or in its own column of the same unit."""
    if stated.of is TotalOf.AMOUNT:
        return line.amount.number if line.amount else None
    filled = [q for q in line.quantities if q.text]
    if not filled:
        return Decimal(0)
    unit = UNIT_OF.get(stated.of)
    same = [q for q in filled if q.at.column == stated.at.column]
    same = same or [q for q in filled if unit is None or q.unit in (unit, None)]
    return same[0].number if same and not same[0].loose else None
