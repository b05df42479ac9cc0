"""A block is a table with what is written around it: whose it is, how it is paid, what it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.quantity import Unit
from mailflow.domain.sheet import Written
from mailflow.parsers.around import Around, around, between, names_in
from mailflow.parsers.kinds.order_above import Above, pack_said
from mailflow.parsers.kinds.order_read import Rows
from mailflow.parsers.kinds.order_rows import read_rows
from mailflow.parsers.layout import Table, is_same, share_columns, tables_of
from mailflow.parsers.meanings import NAMING, Label
from mailflow.parsers.page import Page
from mailflow.parsers.sections import LONGEST_TITLE, Section, section_of, sets_apart
from mailflow.parsers.vocabulary import unit_said

MOST_CARRIED = 40
"""Labels and titles above headers without a line that still count for the next one."""
LABELLED_NAMES = (Label.DISTRIBUTOR, Label.DISTRIBUTOR_CODE)


@dataclass(slots=True)
class Block:
    """`distributor` is what labels and titles above it say; `head` and `foot` are all they say."""

    table: Table
    rows: Rows
    head: Around
    foot: Around
    distributor: tuple[Written, ...]
    section: Section | None
    unit: Unit | None


MOST_COLUMNS = 16_384
"""What a sheet may have at most (ECMA-376)."""


def blocks_of(page: Page) -> list[Block]:
    """Every table of a page that has lines, with what belongs to it: strip by strip where tables
    stand side by side.

    What stands over tables side by side is said of all of them, unless it names one distributor
    for each.
    """
    strips = _strips(tables_of(page))
    if len(strips) < 2:
        return [block for strip in strips for block in _blocks(page, strip, None, None)]
    widths = list(_widths(strips))
    named = [_named_above(page, s, w) for s, w in zip(strips, widths, strict=True)]
    found: list[Block] = []
    if len(set(filter(None, named))) > 1:
        for strip, width in zip(strips, widths, strict=True):
            found += _blocks(page, strip, width, None)
        return found
    top = min(t.header.top for strip in strips for t in strip)
    shared = around(page, range(top))
    for strip, width in zip(strips, widths, strict=True):
        labels = [x for x in shared.labels if not found or x.label is Label.UNIT]
        head = Around(labels, _over(page, shared.titles, width))
        head.add(around(page, range(top, strip[0].header.top), width))
        found += _blocks(page, strip, width, head)
    return found


def _strips(tables: Sequence[Table]) -> list[list[Table]]:
    """Tables that have columns in common stand below each other; others side by side."""
    strips: list[list[Table]] = []
    for table in tables:
        own = [s for s in strips if any(share_columns(table.header, t.header) for t in s)]
        merged = [t for s in own for t in s]
        strips = [s for s in strips if s not in own]
        strips.append([*merged, table])
    for strip in strips:
        strip.sort(key=lambda t: (t.header.top, t.header.left))
    return sorted(strips, key=lambda s: min(t.header.left for t in s))


def _widths(strips: Sequence[Sequence[Table]]) -> Iterator[range]:
    """Each strip reaches to where the next begins: what is said above a table may be wider than it,
    and what stands beside all tables is of the last."""
    lefts = [min(t.header.left for t in strip) for strip in strips]
    return (range(*pair) for pair in pairwise([*lefts, MOST_COLUMNS]))


def _over(page: Page, titles: Sequence[Written], columns: range) -> list[Written]:
    """The titles that reach over some columns, and what is said of the unit of all."""
    return [
        t
        for t in titles
        if t.at is None
        or unit_said(t.text)
        or (t.at.column < columns.stop and page.merged_to(t.at.row, t.at.column) >= columns.start)
    ]


def _named_above(page: Page, strip: Sequence[Table], columns: range) -> frozenset[str]:
    head = around(page, range(strip[0].header.top), columns)
    return frozenset(page.known.customer_key(w.text) for w in _distributor_of(page, head))


def _blocks(
    page: Page, strip: Sequence[Table], columns: range | None, shared: Around | None
) -> list[Block]:
    """The tables of one strip from the top. `columns` cut off what stands beside them; `shared` is
    what stands above all strips."""
    found: list[Block] = []
    carried = Around()
    start, unit = 0, None
    for number, table in enumerate(strip):
        if number == 0 and shared is not None:
            foot, head = Around(), shared
        else:
            foot, head = between(page, range(start, table.header.top), columns, is_first=not found)
        if found:
            found[-1].foot.add(foot)
        head.put_first(carried)
        right = table.header.right
        head.titles = [
            t for t in head.titles if t.at is None or t.at.column < right or unit_said(t.text)
        ]
        unit = _unit_of(head, unit)
        before = found[-1] if found and is_same(found[-1].table.header, table.header) else None
        block = _block(page, table, head, unit, before=before, is_later=bool(found))
        start = max(start, block.rows.last + 1)
        carried = Around() if block.rows.lines else head.last(MOST_CARRIED)
        if block.rows.lines:
            found.append(block)
    if found:
        below = range(start, page.grid.last_row + 1)
        found[-1].foot.add(around(page, below, columns))
        _name_from_below(page, found)
    return found


def _name_from_below(page: Page, blocks: Sequence[Block]) -> None:
    """Whose an order is that says so only in its foot, in a name that is a distributor's."""
    if any(b.distributor or any(x.whose for x in b.rows.lines) for b in blocks):
        return
    if any(b.section is None for b in blocks[1:]):
        return  # perhaps of somebody else
    named = [
        page.written(x.text, x.row, x.column)
        for x in blocks[-1].foot.labels
        if x.label in (*LABELLED_NAMES, Label.PARTY) and page.known.names_customer(x.text)
    ]
    for block in blocks:
        block.distributor = tuple(named)


def _block(
    page: Page,
    table: Table,
    head: Around,
    unit: Unit | None,
    *,
    before: Block | None,
    is_later: bool,
) -> Block:
    """`before` is the page before this one under the same header: its last title goes on."""
    section = _section_above(page, head, is_later=is_later)
    above = Above(section, unit, _pack_above(page, head, table))
    if section is None and before is not None:
        last = before.rows
        above = replace(above, section=last.open_section, over=last.section_over)
    rows = read_rows(table, above)
    if unit is None and (said := _unit_below(page, rows)):
        unit = said
        rows = read_rows(table, replace(above, unit=said))
    columns = range(table.header.left, max(table.header.right, table.right + 1))
    inside = around(page, [row for row in rows.notes if row < rows.last], columns)
    distributor = tuple(_distributor_of(page, head))
    rows.doubts.extend(_set_apart(page, inside, rows, distributor))
    return Block(table, rows, head, inside, distributor, section, unit)


def _unit_of(head: Around, before: Unit | None) -> Unit | None:
    """What is said once of all quantities below; two that disagree say nothing."""
    said = {unit_said(f"单位：{x.text}") for x in head.labels if x.label is Label.UNIT}
    said |= {unit_said(x.text) for x in head.labels if x.label is Label.UNIT}
    said |= {unit_said(t.text) for t in head.titles}
    said.discard(None)
    if not said:
        return before
    return said.pop() if len(said) == 1 else None


def _unit_below(page: Page, rows: Rows) -> Unit | None:
    """`以上单位：箱` at the foot of a table."""
    notes = (text for row in rows.notes for _, text in page.texts(row))
    said = {unit_said(text.strip("()（）[]【】 ").removeprefix("以上")) for text in notes}
    said.discard(None)
    return said.pop() if len(said) == 1 else None


def _pack_above(page: Page, head: Around, table: Table) -> Written | None:
    """The weight said by the sheet's name, a title or the words over the names, the nearest last."""
    names = [h for h in table.headings if h.meaning in NAMING]
    over = [page.written(h.header, h.row, h.column) for h in names if h.header]
    return pack_said([Written(page.grid.name), *head.titles, *over])


def _set_apart(
    page: Page, inside: Around, rows: Rows, distributor: Sequence[Written]
) -> Iterator[Doubt]:
    """Titles among the lines after which they may not be meant as the ones before: `暂不订`,
    `上月欠货`, or another distributor's name."""
    last = max((read.row for read in rows.lines), default=-1)
    own = {page.known.customer_key(w.text) for w in distributor}
    for title in inside.titles:
        if title.at is None or title.at.row > last or len(title.text) > LONGEST_TITLE:
            continue
        named = {page.known.customer_key(name) for name in page.known.customer_within(title.text)}
        if sets_apart(title.text) or named - own:
            yield Doubt(DoubtKind.TABLE_UNCLEAR, title.at, found=title.text)


def _section_above(page: Page, head: Around, *, is_later: bool) -> Section | None:
    """The nearest title that says how the table is paid. Over the first table only what is
    understood counts: its other titles are of the whole sheet."""
    for title in reversed(head.titles):
        if (section := section_of(title)) and (section.funding or is_later):
            return section
    for label in head.labels if is_later else ():
        if label.label is Label.FUNDING:
            written = page.written(label.text, label.row, label.column)
            if section := section_of(written):
                head.labels.remove(label)
                return section
    return None


def _distributor_of(page: Page, head: Around) -> Iterator[Written]:
    """What labels say; a name that may be ours as well only where it is the name of a distributor
    or nobody else is named; and names that stand in titles."""
    strong = [x for x in head.labels if x.label in LABELLED_NAMES]
    weak = [x for x in head.labels if x.label is Label.PARTY]
    known = [x for x in weak if page.known.names_customer(x.text)]
    titled = list(names_in(page, head.titles))
    for label in (*strong, *(known or ([] if strong or titled else weak))):
        yield page.written(label.text, label.row, label.column)
    yield from titled
