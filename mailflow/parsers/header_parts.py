"""A header row in parts: tables side by side, and lists to look things up in that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace

from mailflow.parsers.fans import fans_that_tell_apart
from mailflow.parsers.grid import Cell
from mailflow.parsers.headings import FanKind, Heading, counted_by
from mailflow.parsers.labels import is_label
from mailflow.parsers.meanings import IDENTITIES, NAME_PARTS, QUANTITIES, WHOSE, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.storeys import is_number
from mailflow.parsers.values import quantity_of
from mailflow.parsers.vocabulary import meaning_of, without_unit

NAMES = (FanKind.DISTRIBUTOR, FanKind.PRODUCT)
ROWS_LOOKED_AT = 60
"""Rows below a header that tell what a column without a word for it holds."""


def parts_of(page: Page, first: int, columns: Sequence[int]) -> Iterator[list[int]]:
    """The columns cut where an empty one stands between them: no word above, nothing below."""
    part: list[int] = []
    for column in columns:
        reach = page.merged_to(first - 1, part[-1]) if part else 0
        if part and any(_is_empty(page, first, c) for c in range(reach + 1, column)):
            yield part
            part = []
        part.append(column)
    if part:
        yield part


def _is_empty(page: Page, first: int, column: int) -> bool:
    """But for labels: what is signed below a table makes no column."""
    cells = (page.cells(row).get(column) for row in range(first, first + ROWS_LOOKED_AT))
    return all(cell is None or is_label(cell.text) for cell in cells)


class Part:
    """Columns of a header row without an empty one between them."""

    def __init__(
        self,
        page: Page,
        first: int,
        columns: Sequence[int],
        headings: Mapping[int, Heading],
    ) -> None:
        self.page, self.first, self.columns = page, first, list(columns)
        self.beyond: set[int] = set()
        self.lost: list[int] = []
        self.headings = fans_that_tell_apart(page, [headings[c] for c in columns if c in headings])
        self.headings = sorted([*self.headings, *self._strangers()], key=lambda h: h.column)
        understood = {h.column for h in self.headings}
        cells = page.cells(first - 1)
        strange = [cells[c] for c in columns if c in cells and c not in understood]
        self.holds_goods = any(_is_value(c) or page.known.is_product(c.text) for c in strange)
        if not self.holds_goods and self.has_quantity:
            self._look_below()
        if self.has_distributors and not self.is_table:
            self.headings = [h for h in self.headings if not h.fan]

    @property
    def holds_values(self) -> bool:
        """Whether some of its words are no headings."""
        return len({h.column for h in self.headings}) < len(self.columns)

    @property
    def last(self) -> int:
        """The last column of its own."""
        return max(c for c in self.columns if c not in self.beyond)

    def meanings(self) -> set[Meaning]:
        return {h.meaning for h in self.headings}

    @property
    def is_across(self) -> bool:
        """Distributors down, products across."""
        return any(h.fan and h.fan.kind is FanKind.PRODUCT for h in self.headings)

    @property
    def has_stages(self) -> bool:
        """Series down, stages across."""
        return any(h.fan and h.fan.kind is FanKind.STAGE for h in self.headings)

    @property
    def has_identity(self) -> bool:
        if self.is_across:
            return bool(self.meanings() & WHOSE)
        if self.has_stages and Meaning.SERIES in self.meanings():
            return True
        return bool(self.meanings() & IDENTITIES) or set(NAME_PARTS) <= self.meanings()

    @property
    def has_quantity(self) -> bool:
        return any(h.meaning in QUANTITIES for h in self.headings)

    @property
    def is_table(self) -> bool:
        return (
            not self.holds_goods
            and self.has_quantity
            and self.has_identity
            and len(self.meanings()) >= 2
            and (
                not self.has_distributors or self._begins_with(IDENTITIES) or self._counts_for_them
            )
            and (not self.is_across or self._begins_with(WHOSE) or self._says_whose)
        )

    @property
    def has_distributors(self) -> bool:
        """Whether names of distributors stand over columns, as they do over those of a matrix, and
        beside the labels of any order."""
        return any(h.fan and h.fan.kind is FanKind.DISTRIBUTOR for h in self.headings)

    def _begins_with(self, wanted: Set[Meaning]) -> bool:
        """Whether the first row below, but for titles, names a product or a distributor."""
        known = self.page.known
        is_known = known.is_product if wanted is IDENTITIES else known.names_customer
        rows = (self.page.cells(r) for r in range(self.first, self.first + ROWS_LOOKED_AT))
        below = next((cells for cells in rows if len(cells) > 1), {})
        names = [h.column for h in self.headings if h.meaning in wanted]
        return any(c in below and is_known(without_unit(below[c].text)) for c in names)

    @property
    def _counts_for_them(self) -> bool:
        """`产品` at the side of distributors with figures below them, whatever products."""
        said = any(meaning_of(h.header) in IDENTITIES for h in self.headings)
        counted = {
            self.page.known.customer_key(h.fan.text)
            for h in self.headings
            if h.fan and h.fan.kind is FanKind.DISTRIBUTOR
            if _mostly(self.page, self.first, h.column, _is_number_text)
        }
        return said and bool(counted)

    @property
    def _says_whose(self) -> bool:
        """`客户名称` at the side of several products."""
        said = any(h.meaning in WHOSE and h.header for h in self.headings)
        return said and len({h.fan.text for h in self.headings if h.fan}) > 1

    def join(self, other: Part) -> None:
        self.columns += other.columns
        self.beyond.update(other.columns)
        self.headings = sorted([*self.headings, *other.headings], key=lambda h: h.column)

    def _strangers(self) -> Iterator[Heading]:
        """Among names over columns of figures, one that nobody knows is a name all the same."""
        named = [h for h in self.headings if h.fan and h.fan.kind in NAMES]
        understood = {h.column for h in self.headings}
        if not named or len({h.fan.kind for h in named if h.fan}) > 1:
            return
        first, row = min(h.column for h in named), self.first - 1
        fan = named[0].fan
        for column in self.columns:
            cell = self.page.cells(row).get(column)
            if column in understood or cell is None or _is_value(cell) or column < first - 1:
                continue
            if fan and _mostly(self.page, self.first, column, _is_number_text):
                own = replace(fan, text=without_unit(cell.text), row=row, column=column)
                yield Heading(counted_by(cell.text), cell.text, row, column, own)

    def _is_series(self, text: str) -> bool:
        """`金装` at the side of stages."""
        stages = {h.fan.text for h in self.headings if h.fan and h.fan.kind is FanKind.STAGE}
        return any(self.page.known.is_product(f"{text}{stage}") for stage in stages)

    def _look_below(self) -> None:
        """A header that has no word for what stands down its side is told it by what stands there."""
        known, wanted = self.page.known, Meaning.NAME
        holds: Callable[[str], bool] = known.is_product
        if self.is_across:
            holds, wanted = known.names_customer, Meaning.DISTRIBUTOR
        elif self.has_stages:
            holds, wanted = self._is_series, Meaning.SERIES
        if self.has_identity:
            return
        settled = {h.column for h in self.headings if h.meaning not in (*WHOSE, *IDENTITIES)}
        before = range(max(0, self.columns[0] - 2), self.columns[0])
        for column in (*before, *self.columns):
            above = self.page.cells(self.first - 1).get(column)
            if above is not None and holds(above.text):
                continue  # a line of a table, and no header
            if column not in settled and _mostly(self.page, self.first, column, holds):
                self.columns = sorted({*self.columns, column})
                old = next((h.header for h in self.headings if h.column == column), "")
                if above is not None and wanted is Meaning.SERIES:
                    old = old or above.text  # which may say the weight: `900克装`
                kept = [h for h in self.headings if h.column != column]
                side = Heading(wanted, old, self.first - 1, column)
                self.headings = sorted([side, *kept], key=lambda h: h.column)
                return


def _is_number_text(text: str) -> bool:
    return quantity_of(text) is not None


def _is_value(cell: Cell) -> bool:
    """A number, with a unit or without."""
    return is_number(cell) or quantity_of(cell.text) is not None


def _mostly(page: Page, first: int, column: int, holds: Callable[[str], bool]) -> bool:
    rows = range(first, first + ROWS_LOOKED_AT)
    filled = [c.text for r in rows if (c := page.cells(r).get(column)) and c.text]
    return bool(filled) and sum(map(holds, filled)) * 2 > len(filled)


def tables_among(parts: Sequence[Part]) -> list[Part]:
    """The tables among the parts of a header row. A part that names products and no quantity beside
    a table is a list to look things up in."""
    blocks: list[Part] = []
    for part in parts:
        if part.holds_goods or not part.headings:
            continue
        if not part.is_table and part.holds_values and blocks:
            continue  # labels with their values beside a header
        before = blocks[-1] if blocks else None
        if before is not None and not before.is_table:
            if part.is_table:
                part.lost = [*before.lost, *(before.columns if before.has_quantity else [])]
                blocks[-1] = part
            else:
                before.join(part)
        elif before is not None and not part.has_identity:
            before.join(part)
        elif before is None or part.has_quantity:
            blocks.append(part)
    return [block for block in blocks if block.is_table]
