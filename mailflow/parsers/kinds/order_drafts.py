"""Which tables of a page are one order, and where that cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mailflow.domain.document import Doubt, DoubtKind, OrderLine
from mailflow.domain.funding import Funding
from mailflow.domain.naming import KnownNames, normalised
from mailflow.parsers.kinds.order_blocks import Block
from mailflow.parsers.kinds.order_head import without_signer
from mailflow.parsers.kinds.order_totals import sum_of
from mailflow.parsers.labels import Labelled
from mailflow.parsers.layout import is_same
from mailflow.parsers.meanings import Label, Meaning
from mailflow.parsers.sums import Reach

SETTLES = frozenset(
    {
        *(Label.ORDER_DATE, Label.ORDER_NUMBER, Label.CONSIGNEE, Label.PHONE, Label.ADDRESS),
        *(Label.DELIVERY_ADDRESS, Label.CONSIGNEE_PHONE, Label.SHIP_TO),
    }
)
"""Labels that say of an order what another order would say otherwise."""


_PAGE = re.compile(
    r"[-—(（]?\s*(?:第\s*\S{1,3}\s*页.{0,12}|共\s*\d+\s*页|接上页|转下页|上接.*|续表?|[（(]续[)）]|page\s*\d+.{0,9}|\d+\s*/\s*\d+)\s*[-—)）]?",
    re.IGNORECASE,
)
"""What a program prints between two pages."""


MOST_PAGES = 50
"""Further down nobody looks for the total of all pages."""


@dataclass(slots=True)
class Draft:
    """Tables that are read as one order."""

    blocks: list[Block]
    doubts: list[Doubt] = field(default_factory=list)
    _said: dict[Label, set[str]] = field(default_factory=dict)
    _heard: int = 0

    def said(self) -> Mapping[Label, set[str]]:
        """What its labels say, compared; each table is looked at once, for there may be hundreds."""
        for block in self.blocks[self._heard :]:
            for label in _labels_of(block):
                self._said.setdefault(label.label, set()).add(normalised(label.text))
        self._heard = len(self.blocks)
        return self._said

    @property
    def labels(self) -> list[Labelled]:
        return [x for b in self.blocks for x in _labels_of(b)]


def _labels_of(block: Block) -> Iterator[Labelled]:
    yield from block.head.labels
    yield from without_signer(block.foot.labels)


def drafts_of(blocks: Sequence[Block], known: KnownNames) -> list[Draft]:
    """The later table goes on with the order above it where it is told apart only by how it is
    paid, stands beside it, or is the next page of it. One with a name of its own is another order.
    Where neither is certain, both are asked about."""
    drafts: list[Draft] = []
    for number, block in enumerate(blocks):
        before = drafts[-1] if drafts else None
        if before is None or _is_of_another(block, before, known):
            drafts.append(Draft([block]))
        elif _goes_on(block, before) or _is_summed_up(before, blocks[number : number + MOST_PAGES]):
            before.doubts.extend(_halfway(block, before))
            before.blocks.append(block)
        else:
            doubt = _unclear(block)
            before.doubts.append(doubt)
            drafts.append(Draft([block], [doubt]))
        drafts[-1].doubts.extend(_strays(block))
        if before is not None:
            before.doubts.extend(_strays(block))
    return drafts


def _halfway(block: Block, before: Draft) -> Iterator[Doubt]:
    """A second half beside a first one that ended under a title of its own: does that go on?"""
    last = before.blocks[-1]
    title = last.rows.open_section
    if not _is_beside(block, before) or block.section is not None or title is None:
        return
    if title != last.section and title.funding is not Funding.CASH:
        at = block.table.page.place(block.table.header.top, block.table.left)
        yield Doubt(DoubtKind.TABLE_UNCLEAR, at, found=title.title.text)


def _strays(block: Block) -> Iterator[Doubt]:
    """How a table is paid that stands between two of them may be said of either."""
    for label in (*block.head.stray, *block.foot.stray):
        at = block.table.page.place(label.row, label.column)
        yield Doubt(DoubtKind.TABLE_UNCLEAR, at, found=label.text)


def _is_of_another(block: Block, before: Draft, known: KnownNames) -> bool:
    """Whether it has a name of its own that is not simply said again."""
    if not block.distributor:
        return _names_per_line(block) and not is_same(
            block.table.header, before.blocks[-1].table.header
        )
    own = {known.customer_key(w.text) for w in block.distributor}
    theirs = {known.customer_key(w.text) for b in before.blocks for w in b.distributor}
    if not own & theirs:
        return True
    return not (_is_beside(block, before) or block.section or _is_next_page(block, before))


def _names_per_line(block: Block) -> bool:
    return any(read.whose for read in block.rows.lines) or any(
        read.fan and read.fan.kind == "distributor" for read in block.rows.lines
    )


def _goes_on(block: Block, before: Draft) -> bool:
    if _is_beside(block, before):
        return True
    if block.section is not None:
        return not _says_otherwise(block, before)
    if not _is_next_page(block, before):
        return False
    return _adds_up_with(block, before) or not _is_closed(before)


def _is_beside(block: Block, before: Draft) -> bool:
    return any(b.table.header.top == block.table.header.top for b in before.blocks)


def _is_next_page(block: Block, before: Draft) -> bool:
    """The same header again, under words that say nothing new."""
    last = before.blocks[-1].table.header
    if not is_same(last, block.table.header) or _says_otherwise(block, before):
        return False
    if _adds_up_with(block, before) or _ends_a_page(before):
        return True
    if (goes_on := _numbers_go_on(block, before)) is not None:
        return goes_on
    said = {t.text for b in before.blocks for t in (*b.head.titles, *b.foot.titles)}
    between = block.table.header.top - before.blocks[-1].rows.last
    if not block.head.titles and between > 1 and not before.blocks[-1].rows.totals:
        return False  # nothing tells two pages from two orders
    return all(t.text in said or _PAGE.fullmatch(t.text.strip()) for t in block.head.titles)


def _ends_a_page(before: Draft) -> bool:
    words = [t.word for t in before.blocks[-1].rows.totals if t.word]
    return bool(words) and words[-1].reach is Reach.PAGE


def _adds_up_with(block: Block, before: Draft) -> bool:
    """Whether the total of this table is that of both, and not its own."""
    own = [read.line for read in block.rows.lines]
    theirs = [read.line for b in before.blocks for read in b.rows.lines]
    for stated in block.rows.totals:
        if stated.word and stated.word.reach in (Reach.TABLE, Reach.ALL) and stated.number:
            alone, both = sum_of(own, stated), sum_of([*theirs, *own], stated)
            if both == stated.number != alone:
                return True
    return False


def _is_summed_up(before: Draft, rest: Sequence[Block]) -> bool:
    """Whether a total further down is that of all pages from the first on, and of no fewer."""
    first = before.blocks[-1]
    lines = [read.line for b in before.blocks for read in b.rows.lines]
    own: list[OrderLine] = []
    for block in rest:
        same = is_same(first.table.header, block.table.header)
        if not same or block.section is not None or _says_otherwise(block, before):
            return False
        own += [read.line for read in block.rows.lines]
        for stated in block.rows.totals:
            if stated.word and stated.word.reach in (Reach.TABLE, Reach.ALL) and stated.number:
                return sum_of([*lines, *own], stated) == stated.number != sum_of(own, stated)
    return False


def _numbers_go_on(block: Block, before: Draft) -> bool | None:
    """Whether the line numbers are counted on from the page before; None where there are none."""
    first, last = block.rows.lines[0], before.blocks[-1].rows.lines[-1]
    numbers = [
        number_in_row(read.row, b) for read, b in ((first, block), (last, before.blocks[-1]))
    ]
    if numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0] == numbers[1] + 1


def number_in_row(row: int, block: Block) -> int | None:
    column = block.table.column(Meaning.LINE_NO)
    cell = None if column is None else block.table.page.cells(row).get(column)
    is_number = cell is not None and cell.text.isdecimal() and len(cell.text) < 9
    return int(cell.text) if cell is not None and is_number else None


def _is_closed(before: Draft) -> bool:
    return before.blocks[-1].rows.is_closed


def _says_otherwise(block: Block, before: Draft) -> bool:
    said = before.said()
    return any(
        x.label in SETTLES and normalised(x.text) not in said.get(x.label, ())
        for x in block.head.labels
    )


def _unclear(block: Block) -> Doubt:
    """At what the lower table says of itself, else at its header."""
    page, table = block.table.page, block.table
    own = [x for x in block.head.labels if x.label in SETTLES]
    at = page.place(own[0].row, own[0].column) if own else page.place(table.header.top, table.left)
    return Doubt(DoubtKind.TABLE_UNCLEAR, at, found=str(at))
