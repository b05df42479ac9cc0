"""Where on a page the tables of reports are: header rows of one or two storeys, and their bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailflow.domain.quantity import Unit
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Cell
from mailflow.parsers.kinds.field_reading import field_of
from mailflow.parsers.kinds.fields import COUNTS, Field
from mailflow.parsers.page import Page
from mailflow.parsers.values import number_of
from mailflow.parsers.vocabulary import unit_of

FEWEST = 2
"""Columns with a known word that make a header."""
LYING = frozenset({Field.ON_HAND, Field.QUANTITY, Field.CLOSING})
"""What columns of warehouses below one word count, if they count what lies there."""
NAMES = frozenset({Field.PRODUCT, Field.PRODUCT_CODE, Field.CODE, Field.NAME})
MONEY = frozenset({Field.AMOUNT, Field.PRICE})
GROUPED = frozenset({*COUNTS, Field.AMOUNT})


@dataclass(frozen=True, slots=True)
class Headed:
    """A column of a header; `field` None where nobody knows what it means."""

    column: int
    header: str
    row: int
    field: Field | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A header with the rows below it; `bodies` are several where the header is said again, as on
    every page of a print."""

    top: int
    headed: tuple[Headed, ...]
    bodies: tuple[range, ...]
    headers: tuple[range, ...]

    @property
    def left(self) -> int:
        return min(h.column for h in self.headed)

    @property
    def right(self) -> int:
        return max(h.column for h in self.headed)

    @property
    def fields(self) -> frozenset[Field]:
        return frozenset(h.field for h in self.headed if h.field)

    def rows(self) -> Iterator[int]:
        for body in self.bodies:
            yield from body


def report_tables(page: Page) -> list[ReportTable]:
    """Every table of a page from the top; none where no row is a header."""
    found: list[tuple[range, tuple[Headed, ...]]] = []
    skip = -1
    for row, cells in page.grid.rows.items():
        if row <= skip or not _may_be_header(cells):
            continue
        headed, bottom = _header(page, row)
        if headed:
            found.append((range(row, bottom + 1), headed))
            skip = bottom
    return _together(page, found)


def _together(page: Page, found: Sequence[tuple[range, tuple[Headed, ...]]]) -> list[ReportTable]:
    tables: list[ReportTable] = []
    for number, (rows, headed) in enumerate(found):
        last = found[number + 1][0].start if number + 1 < len(found) else page.grid.last_row + 1
        body = range(rows.stop, last)
        before = tables[-1] if tables else None
        if before is not None and _words(before.headed) == _words(headed):
            tables[-1] = ReportTable(
                before.top, before.headed, (*before.bodies, body), (*before.headers, rows)
            )
        else:
            tables.append(ReportTable(rows.start, headed, (body,), (rows,)))
    return tables


def _words(headed: Sequence[Headed]) -> tuple[tuple[int, str], ...]:
    return tuple((h.column, h.header) for h in headed)


def _may_be_header(cells: Mapping[int, Cell]) -> bool:
    return len(cells) >= FEWEST and all(c.number is None and c.day is None for c in cells.values())


def _header(page: Page, row: int) -> tuple[tuple[Headed, ...], int]:
    """The columns of the header that begins in a row, and its last row; none where it is no header."""
    one = _one_storey(page, row)
    two = _two_storeys(page, row)
    if two and _told(two) > max(_told(one), _told(_one_storey(page, row + 1))):
        return two, row + 1
    if not _is_header(one):
        return (), row
    below = page.cells(row + 1)
    if _may_be_header(below) and _says_again(one, below):
        return one, row + 1
    return one, row


def _told(headed: Sequence[Headed]) -> int:
    """How many different things the columns mean; each warehouse is one of its own."""
    return len(
        {(h.field, h.unit, h.field is Field.AT_PLACE and h.column) for h in headed if h.field}
    )


def _known(headed: Sequence[Headed]) -> int:
    """The name of a warehouse is a header beside goods; elsewhere it is a value: `仓库 | 郑州仓`."""
    goods = any(h.field in NAMES for h in headed)
    return sum(h.field is not None and (goods or h.field is not Field.AT_PLACE) for h in headed)


def _is_header(headed: Sequence[Headed]) -> bool:
    known, values = _known(headed), sum(number_of(h.header) is not None for h in headed)
    enough = 5 * known >= 3 * len(headed) if known == FEWEST else 2 * known >= len(headed)
    if len(headed) == FEWEST and headed[0].field is Field.UNIT and unit_of(headed[1].header):
        return False  # `单位 | 箱`: a label with its value
    labels = sum(h.header.rstrip().endswith((":", "：")) for h in headed)
    return known >= FEWEST and enough and not values and 2 * labels < len(headed)


def _one_storey(page: Page, row: int) -> tuple[Headed, ...]:
    return tuple(
        Headed(column, text, row, *(field_of(text) or (None, None)))
        for column, text in page.texts(row)
    )


def _says_again(headed: Sequence[Headed], below: Mapping[int, Cell]) -> bool:
    """The row below is the same header in another language."""
    fields = {h.column: h.field for h in headed}
    read = {c: field_of(cell.text) for c, cell in below.items()}
    same = sum(r is not None and fields.get(c) is r[0] for c, r in read.items())
    return same >= FEWEST and 2 * same > len(read)


def _two_storeys(page: Page, row: int) -> tuple[Headed, ...]:
    """`期初库存` over `箱` and `听`, `库存` over `可用` and `锁定`; what has no word below it, alone."""
    lower = dict(page.texts(row + 1))
    if not lower or not _may_be_header(page.cells(row + 1)):
        return ()
    upper = _reaching(page, row, lower)
    if not any(list(upper.values()).count(word) > 1 for word in upper.values()):
        return ()
    headed = []
    for column in sorted(upper.keys() | lower.keys()):
        above, below = upper.get(column), lower.get(column)
        if below is None:
            if above is not None and column in page.cells(row):
                headed.append(Headed(column, above, row, *(field_of(above) or (None, None))))
            continue
        read = _both(above, below)
        text = f"{above} {below}" if above and above != below else below
        headed.append(Headed(column, text, row + 1, *(read or (None, None))))
    return tuple(headed) if _is_header(headed) else ()


def _reaching(page: Page, row: int, lower: Mapping[int, str]) -> dict[int, str]:
    """The words of the upper storey over all columns they stand over: as far as they are merged,
    else over empty cells that have words below them."""
    upper = page.spread(row)
    for column in sorted(lower):
        before = column - 1
        goes_on = column not in upper and before in upper and before in lower
        is_merged = page.merged_to(row, before) > before or (row, before) in page.anchors
        if goes_on and not is_merged:
            upper[column] = upper[before]
    return upper


def _both(above: str | None, below: str) -> tuple[Field, Unit | None] | None:
    own = field_of(below)
    if above is None or above == below:
        return own
    over, unit = field_of(above), unit_of(below)
    if over and over[0] in COUNTS:
        if own and own[0] in MONEY and over[0] is not Field.QUANTITY:
            return Field.OTHER, None  # what goods in store are worth is no price of theirs
        if unit:
            return over[0], unit
        if own is None or own[0] is Field.QUANTITY:
            return over[0], own[1] if own else over[1]
        if own[0] is Field.AT_PLACE:
            return (own[0], own[1] or over[1]) if over[0] in LYING else None
        if over[0] is Field.QUANTITY and own[0] in COUNTS:
            return own[0], own[1] or over[1]
    joined = field_of(f"{above}{below}")
    if joined and joined[0] not in (over[0] if over else None, own[0] if own else None):
        return joined
    return own or (over if over and over[0] not in GROUPED else None)
