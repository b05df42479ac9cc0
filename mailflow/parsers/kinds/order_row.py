"""One row of an order table: its cells by meaning, and what it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.packing import weight_in
from mailflow.domain.quantity import Quantity, Unit
from mailflow.domain.sheet import Place, Written
from mailflow.parsers.columns import OUR_PROPOSAL
from mailflow.parsers.grid import LOOKS, Address, Cell
from mailflow.parsers.headings import FanKind
from mailflow.parsers.layout import Table
from mailflow.parsers.meanings import NAME_PARTS, QUANTITIES, SHIP_TO, WHOSE, Meaning
from mailflow.parsers.values import money_of, number_of, quantity_of
from mailflow.parsers.vocabulary import without_unit

TROUBLES = {
    "formula-without-value": DoubtKind.FORMULA_WITHOUT_VALUE,
    "error-value": DoubtKind.VALUE_UNREADABLE,
    "readers-disagree": DoubtKind.READERS_DISAGREE,
    "long-number": DoubtKind.VALUE_UNREADABLE,
    "struck-out": DoubtKind.SHOWN_OTHERWISE,
    "not-shown": DoubtKind.SHOWN_OTHERWISE,
}
NOTHING_ORDERED = frozenset(("", "-", "--", "—", "–", "－", "/", "\\", "×", "x", "无"))
FIGURES = (*QUANTITIES, Meaning.AMOUNT)


_STAGE = re.compile("[1-6一二三四五六ⅠⅡⅢⅣ]")


class TableRows:
    """What the rows of one table have in common. `unit` is what is said of all its quantities."""

    def __init__(self, table: Table, unit: Unit | None) -> None:
        self.table, self.page, self.grid = table, table.page, table.page.grid
        self.unit = unit
        plain = [h for h in table.headings if not h.fan]
        self.at: Mapping[Meaning, int] = {h.meaning: h.column for h in reversed(plain)}
        self.whose = [m for m in (Meaning.DISTRIBUTOR, Meaning.DISTRIBUTOR_CODE) if m in self.at]
        self.packs = [h.column for h in plain if h.meaning in (Meaning.SPEC, Meaning.PER_CASE)]
        self.per_case = {h.column for h in plain if h.meaning is Meaning.PER_CASE}
        self.names = self._name_columns()
        self.ship_to = [m for m in sorted(SHIP_TO) if m in self.at]
        self.remarks = [h.column for h in plain if h.meaning is Meaning.REMARK]
        self.fans = table.fans
        self.quantities = table.quantities()
        self.of_fan = {fan: table.quantities(fan) for fan in self.fans}
        self.amounts = {h.fan: h.column for h in table.headings if h.meaning is Meaning.AMOUNT}
        self.figures = [(h.column, h.meaning) for h in table.headings if h.meaning in FIGURES]
        self.figure_columns = frozenset(column for column, _ in self.figures)
        self.edges = table.left, table.right
        self.columns = {h.column for h in table.headings if h.meaning is not Meaning.OTHER}
        self.left, self.right = table.header.left, max(table.header.right, table.right + 1)

    def _name_columns(self) -> list[int]:
        """The column of names; where there is none, those whose words together are one."""
        if (column := self.at.get(Meaning.NAME)) is not None:
            return [column]
        if self.table.fan_kind is FanKind.STAGE:
            return [self.at[Meaning.SERIES]]
        if Meaning.CODE in self.at:
            return []
        return [self.at[part] for part in NAME_PARTS if part in self.at]

    def row(self, number: int) -> Row | None:
        """None for a row with nothing between the table's edges."""
        cells = self.grid.rows.get(number)
        if cells is None:
            return None
        if self.left or any(column >= self.right for column in cells):
            cells = {c: cell for c, cell in cells.items() if self.left <= c < self.right}
        return Row(self, number, cells) if cells else None


@dataclass(slots=True)
class Row:
    reader: TableRows
    number: int
    cells: Mapping[int, Cell]

    def reached(self, column: int | None) -> tuple[Cell, Address] | None:
        """The cell of this row in a column, or the one that is merged down to it."""
        if column is None:
            return None
        if (cell := self.cells.get(column)) is not None:
            return (cell, (self.number, column)) if cell.text or cell.trouble else None
        if not self.reader.page.anchors:
            return None
        anchor = self.reader.page.above(self.number, column)
        if anchor is None or anchor[0] < self.reader.table.header.first:
            return None
        cell = self.reader.grid.at(*anchor)
        return (cell, anchor) if cell is not None and cell.text else None

    def written(self, meaning: Meaning) -> Written | None:
        found = self.text_at(self.reader.at.get(meaning))
        if found is not None and meaning in WHOSE:
            return Written(without_unit(found.text), found.at)
        return found

    def text_at(self, column: int | None) -> Written | None:
        if column is None:
            return None
        cell, page = self.cells.get(column), self.reader.page
        if cell is not None:
            text = cell.text
            return Written(text, page.place(self.number, column)) if text else None
        found = self.reached(column) if page.anchors else None
        return page.written(found[0].text, *found[1]) if found else None

    def place(self, column: int) -> Place:
        return self.reader.page.place(self.number, column)

    def texts(self) -> list[str]:
        """What stands in the columns that count nothing."""
        figures = self.reader.figure_columns
        return [c.text for column, c in self.cells.items() if column not in figures and c.text]

    def names(self) -> list[str]:
        """Its own words for a product, or those merged down to it where it says anything itself."""
        code = self.reader.at.get(Meaning.CODE)
        if len(self.reader.names) > 1:
            name = self.name()
            return [name.text] if name else []
        columns = [*self.reader.names, *([] if code is None else [code])]
        own = [self.cells[c].text for c in columns if c in self.cells and self.cells[c].text]
        if own or not any(
            c in self.cells for c in (*self.reader.figure_columns, *self.reader.packs)
        ):
            return own
        return [found[0].text for c in columns if (found := self.reached(c))]

    def whose(self) -> list[str]:
        """Who is named at the side of a table of products across."""
        if self.reader.table.fan_kind is not FanKind.PRODUCT:
            return []
        found = [self.written(m) for m in (Meaning.DISTRIBUTOR, Meaning.DISTRIBUTOR_CODE)]
        return [w.text for w in found if w]

    def is_of_product(self) -> bool:
        return any(map(self.reader.page.known.is_product, self.names()))

    def has_figure(self) -> bool:
        """Whether it counts anything, whatever unit stands behind the number."""
        return any(
            _is_figure(c) for column in self.reader.figure_columns if (c := self.cells.get(column))
        )

    def name(self) -> Written | None:
        """Of several columns: series and stage, and the weight the pack states where that is how
        the product is called."""
        found = [w for c in self.reader.names if (w := self.text_at(c))]
        if len(self.reader.names) < 2 or not found:
            return found[0] if found else None
        name = "".join(f"{w.text}段" if _STAGE.fullmatch(w.text.strip()) else w.text for w in found)
        return Written(self._called(name), found[0].at)

    def name_at_stage(self, stage: str) -> Written | None:
        """Of a table of series down and stages across."""
        found = self.name()
        return Written(self._called(f"{found.text}{stage}"), found.at) if found else None

    def _called(self, name: str) -> str:
        spec = self.spec()
        weight = weight_in(spec.text) if spec else None
        whole = [f"{name}{weight}g", f"{name}{weight}"] if weight else []
        return next(filter(self.reader.page.known.is_exact_product, whole), name)

    def spec(self) -> Written | None:
        """All that is said of the pack, in one text."""
        found = [(c, w) for c in self.reader.packs if (w := self.text_at(c))]
        if not found:
            return None
        texts = [
            f"{w.text}听/箱"
            if c in self.reader.per_case and number_of(w.text) is not None and len(found) > 1
            else w.text
            for c, w in found
        ]
        return Written(" ".join(texts), found[0][1].at)

    def remark(self) -> Written | None:
        said = [w for c in self.reader.remarks if (w := self.text_at(c))]
        found = [w for w in said if not w.text.startswith(OUR_PROPOSAL)]
        return Written(" ".join(w.text for w in found), found[0].at) if found else None

    def troubles(self) -> Iterator[Doubt]:
        """Cells whose value is not to be believed, in columns that matter; a row that is struck out
        once, at its quantity."""
        looks = []
        for column, cell in self.cells.items():
            if not cell.trouble or column not in self.reader.columns:
                continue
            if cell.trouble in LOOKS:
                looks.append(column)
            else:
                yield Doubt(TROUBLES[cell.trouble], self.place(column), cell.text)
        looks.sort(key=lambda column: column not in self.reader.figure_columns)
        for column in looks[:1]:
            cell = self.cells[column]
            yield Doubt(TROUBLES[cell.trouble], self.place(column), cell.text)


def is_nothing(quantities: Sequence[Quantity]) -> bool:
    """Blank, zero or a dash: on a list of many, none of this."""
    return all(
        not q.shared
        and not q.loose
        and (q.number == 0 or (q.number is None and q.text.strip() in NOTHING_ORDERED))
        for q in quantities
    )


def _is_figure(cell: Cell) -> bool:
    """A quantity without a product beside it: a number, whatever unit stands behind it."""
    if cell.trouble or cell.number is not None:
        return cell.number != Decimal(0)
    return quantity_of(cell.text) is not None or money_of(cell.text) is not None
