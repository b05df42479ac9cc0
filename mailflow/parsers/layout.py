"""Where on a grid the tables are: header rows of one or two storeys, columns, rows of lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.naming import KnownNames
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Place
from mailflow.parsers.grid import Cell, Grid
from mailflow.parsers.labels import labels_in
from mailflow.parsers.values import number_of
from mailflow.parsers.vocabulary import (
    IDENTITIES,
    QUANTITIES,
    Label,
    Meaning,
    meaning_of,
    unit_of,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as understood; `at` is the header cell."""

    meaning: Meaning
    header: str
    row: int
    column: int


@dataclass(slots=True)
class Table:
    """A table of a grid. `top` is its header row, `body` the rows below it, `last` its end."""

    grid: Grid
    top: int
    body: range
    headings: tuple[Heading, ...]
    doubts: list[Doubt] = field(default_factory=list)
    all_headings: tuple[Heading, ...] = ()

    def __post_init__(self) -> None:
        self.all_headings = self.headings

    def column(self, meaning: Meaning) -> int | None:
        return next((h.column for h in self.headings if h.meaning is meaning), None)

    def quantity_columns(self) -> tuple[tuple[int, Unit | None], ...]:
        return tuple(
            (h.column, QUANTITIES[h.meaning]) for h in self.headings if h.meaning in QUANTITIES
        )

    @property
    def left(self) -> int:
        return min(h.column for h in self.headings)

    @property
    def right(self) -> int:
        return max(h.column for h in self.headings)


def place(grid: Grid, attachment: str, row: int, column: int) -> Place:
    return Place(attachment, grid.name, row, column)


def tables_of(grid: Grid, known: KnownNames, attachment: str) -> list[Table]:
    """Every table with a product and a quantity column, from the top."""
    heads = list(_header_rows(grid, known))
    tables: list[Table] = []
    for number, (top, first, headings) in enumerate(heads):
        end = heads[number + 1][0] if number + 1 < len(heads) else grid.last_row + 1
        before = tables[-1] if tables else None
        if before and _is_page_break(grid, before, top, headings):
            before.body = range(before.body.start, end)
            continue
        table = Table(grid, top, range(first, end), headings)
        table.doubts.extend(_settle(table, known, attachment))
        tables.append(table)
    return tables


def _is_page_break(grid: Grid, before: Table, top: int, headings: tuple[Heading, ...]) -> bool:
    """The same header again, and no other distributor named in between."""
    words = [(h.header, h.column) for h in before.all_headings]
    if words != [(h.header, h.column) for h in headings]:
        return False
    between = labels_in(grid, range(before.body.start, top))
    return not any(x.label in (Label.DISTRIBUTOR, Label.DISTRIBUTOR_CODE) for x in between)


def _header_rows(grid: Grid, known: KnownNames) -> Iterator[tuple[int, int, tuple[Heading, ...]]]:
    """Header row, first body row and columns of every header found."""
    skip = -1
    for row in grid.rows:
        if row <= skip or _holds_goods(grid, row, known):
            continue
        for depth in (2, 1):
            headings = _headings(grid, row, depth)
            if _is_header(headings) and (depth == 1 or _is_second_storey(grid, row, known)):
                skip = row + depth - 1
                yield row, row + depth, tuple(headings)
                break


def _holds_goods(grid: Grid, row: int, known: KnownNames) -> bool:
    """A row with a number or a product of the register is no header, whatever words it holds."""
    cells = grid.rows[row].values()
    return any(c.number is not None for c in cells) or any(known.is_product(c.text) for c in cells)


def _is_header(headings: list[Heading]) -> bool:
    meanings = {h.meaning for h in headings}
    return len(meanings) >= 2 and bool(meanings & IDENTITIES) and bool(meanings & set(QUANTITIES))


def _is_second_storey(grid: Grid, row: int, known: KnownNames) -> bool:
    """Whether the row below is header too: words only, no product, and no header by itself."""
    below = grid.rows.get(row + 1)
    if not below or not grid.rows.get(row) or _is_header(_headings(grid, row + 1, 1)):
        return False
    cells = list(below.values())
    if any(c.number is not None or number_of(c.text) is not None for c in cells):
        return False
    if any(known.is_product(c.text) for c in cells):
        return False
    return all(meaning_of(c.text) or unit_of(c.text) for c in cells)


def _headings(grid: Grid, row: int, depth: int) -> list[Heading]:
    """The columns a header of `depth` rows names; upper words reach over their merged width."""
    upper = _spread(grid, row)
    if depth == 1:
        words = {c: (t, row) for c, t in grid_texts(grid, row).items()}
    else:
        lower = grid_texts(grid, row + 1)
        words = {c: (t, row) for c, t in grid_texts(grid, row).items() if c not in lower}
        words |= {c: (f"{upper.get(c, '')} {t}".strip(), row + 1) for c, t in lower.items()}
    found = []
    for column, (text, at) in sorted(words.items()):
        if meaning := _meaning_of_storeys(text, depth):
            found.append(Heading(meaning, text, at, column))
    return found


def _meaning_of_storeys(text: str, depth: int) -> Meaning | None:
    whole = meaning_of(text)
    if depth == 1 or whole:
        return whole
    upper, _, lower = text.partition(" ")
    above, below = meaning_of(upper), meaning_of(lower)
    unit = unit_of(lower)
    if above in QUANTITIES and unit:
        return Meaning.CASES if unit is Unit.CASES else Meaning.TINS
    return below or above


def grid_texts(grid: Grid, row: int) -> dict[int, str]:
    return {c: cell.text for c, cell in grid.rows.get(row, {}).items() if cell.text}


def _spread(grid: Grid, row: int) -> dict[int, str]:
    texts = grid_texts(grid, row)
    for top, left, _, right in grid.merges_over(row):
        if anchor := grid.at(top, left):
            for column in range(left, right + 1):
                texts.setdefault(column, anchor.text)
    return texts


def _settle(table: Table, known: KnownNames, attachment: str) -> Iterator[Doubt]:
    """Two columns that could mean the same are settled by what stands in them (rulings, 14)."""
    chosen: dict[Meaning, Heading] = {}
    kept: list[Heading] = []
    for heading in table.headings:
        heading = _by_content(table, heading, known)
        rival = chosen.get(heading.meaning)
        if rival and heading.meaning not in (Meaning.OTHER, Meaning.REMARK, Meaning.OTHER_NAME):
            verdict = _between(table, rival, heading, known)
            if verdict is None:
                yield Doubt(
                    DoubtKind.AMBIGUOUS_COLUMN,
                    place(table.grid, attachment, heading.row, heading.column),
                    found=f"{rival.header} / {heading.header}",
                    expected=heading.meaning.value,
                )
                continue
            if verdict is rival:
                continue
            kept.remove(rival)
        chosen[heading.meaning] = heading
        kept.append(heading)
    table.headings = tuple(kept)
    yield from _unclear_columns(table, attachment)


def _by_content(table: Table, heading: Heading, known: KnownNames) -> Heading:
    if heading.meaning is Meaning.NUMBER_OR_CODE:
        meaning = Meaning.LINE_NO if _counts_up(table, heading.column) else Meaning.CODE
        return replace(heading, meaning=meaning)
    if heading.meaning is Meaning.TOTAL:
        has_amount = any(h.meaning is Meaning.AMOUNT for h in table.headings)
        meaning = Meaning.OTHER if has_amount else Meaning.AMOUNT
        return replace(heading, meaning=meaning)
    if heading.meaning is Meaning.NAME:
        has_code = any(h.meaning is Meaning.CODE for h in table.headings)
        if not has_code and _mostly(table, heading.column, known.is_product_code):
            return replace(heading, meaning=Meaning.CODE)
    return heading


def _values(table: Table, column: int) -> Mapping[int, Cell]:
    cells = table.grid.rows
    return {r: cells[r][column] for r in table.body if r in cells and column in cells[r]}


def _counts_up(table: Table, column: int) -> bool:
    """1, 2, 3 … with no number repeated, as line numbers do."""
    numbers = [number_of(c.text) for c in _values(table, column).values()]
    counted = [n for n in numbers if n is not None]
    return bool(counted) and counted[0] in (0, 1) and counted == sorted(set(counted))


def _mostly(table: Table, column: int, holds: object) -> bool:
    values = list(_values(table, column).values())
    assert callable(holds)
    return bool(values) and sum(bool(holds(c.text)) for c in values) * 2 > len(values)


def _between(table: Table, one: Heading, other: Heading, known: KnownNames) -> Heading | None:
    """The column of two that really holds the meaning; None where both might."""
    first, second = _values(table, one.column), _values(table, other.column)
    if not second:
        return one
    if not first:
        return other
    if {r: c.text for r, c in first.items()} == {r: c.text for r, c in second.items()}:
        return one
    if one.meaning in (Meaning.NAME, Meaning.CODE):
        fits = [_mostly(table, h.column, known.is_product) for h in (one, other)]
        if fits[0] != fits[1]:
            return one if fits[0] else other
    if one.meaning is Meaning.LINE_NO:
        return one
    return None


def _unclear_columns(table: Table, attachment: str) -> Iterator[Doubt]:
    """Columns of numbers nobody understands, and gifts: never dropped without a word."""
    understood = {h.column for h in table.headings if h.meaning is not Meaning.GIFT}
    for column, text in sorted(_spread(table.grid, table.body.start - 1).items()):
        if column in understood or not table.left <= column <= table.right + 3:
            continue
        values = _values(table, column)
        holding = [r for r, c in values.items() if _counts(c)]
        if holding:
            yield Doubt(
                DoubtKind.AMBIGUOUS_COLUMN,
                place(table.grid, attachment, holding[0], column),
                found=f"{text}: {values[holding[0]].text}",
            )


def _counts(cell: Cell) -> bool:
    number = cell.number if cell.number is not None else number_of(cell.text)
    return number is not None and number != Decimal(0)
