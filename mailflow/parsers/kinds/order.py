"""An order: tables of products and quantities, with labels around them that say whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mailflow.domain.document import (
    Column,
    Doubt,
    DoubtKind,
    Order,
    RowKind,
    RowRead,
    Total,
)
from mailflow.domain.funding import funding_title
from mailflow.domain.naming import KnownNames
from mailflow.domain.settlement import Recalled
from mailflow.domain.sheet import Span, Written
from mailflow.parsers.grid import Grid
from mailflow.parsers.headings import FanKind
from mailflow.parsers.kinds.order_above import pack_called, with_pack
from mailflow.parsers.kinds.order_asides import comments_on, units_denied
from mailflow.parsers.kinds.order_blocks import Block, blocks_of
from mailflow.parsers.kinds.order_drafts import Draft, drafts_of
from mailflow.parsers.kinds.order_head import (
    all_of,
    labelled_sums,
    order_date,
    ship_to,
    ship_to_of_lines,
    written_sums,
)
from mailflow.parsers.kinds.order_read import Read
from mailflow.parsers.kinds.order_totals import Covering, coverings, totals_of
from mailflow.parsers.labels import Labelled
from mailflow.parsers.meanings import Label
from mailflow.parsers.page import Page

LONGEST_NOTE = 200


def orders_in(
    grid: Grid, attachment: str, format_: str, known: KnownNames, hints: Sequence[Written]
) -> list[Order]:
    """Every order of a sheet, from the top."""
    page, called = Page(grid, attachment, known), pack_called(hints)
    own = (Written(grid.name),) if grid.name else ()
    orders: list[Order] = []
    for number, draft in enumerate(drafts_of(blocks_of(page), known)):
        for order in _Writer(page, draft).orders():
            # What a second table does not say is not filled in by what is said of the first.
            said = (*hints, *own, *order.hints) if number == 0 else order.hints
            lines = tuple(with_pack(line, called) for line in order.lines)
            orders.append(replace(order, format=format_, hints=said, lines=lines))
    return orders


class _Writer:
    """Writes down the orders of one draft."""

    def __init__(self, page: Page, draft: Draft) -> None:
        self.page, self.draft = page, draft
        self.blocks = draft.blocks
        self.labels = _different(draft.labels)
        self.reads = [read for block in self.blocks for read in self._paid(block)]

    def orders(self) -> Iterator[Order]:
        """One; or one for each distributor that rows or columns name."""
        keys = [self._key(read) for read in self.reads]
        names = list(dict.fromkeys(keys))
        owners = [names.index(key) for key in keys]
        totals, unread = totals_of(self._coverings(), self.reads, owners)
        whole = self._whole()
        if unread is not None:
            doubt = Doubt(DoubtKind.TABLE_UNCLEAR, unread.at, found=unread.text)
            whole = replace(whole, doubts=(*whole.doubts, doubt))
        for owner, _ in enumerate(names):
            own = [read for read, who in zip(self.reads, owners, strict=True) if who == owner]
            yield self._order(whole, own, totals[owner])

    def _paid(self, block: Block) -> Iterator[Read]:
        """The lines of a block. How a block is paid by a label above it is said of that block alone
        where there are several."""
        labels = [x for x in block.head.labels if x.label is Label.FUNDING]
        if len(self.blocks) == 1 or not labels or not funding_title(labels[0].text):
            yield from block.rows.lines
            return
        said = self.page.written(labels[0].text, labels[0].row, labels[0].column)
        self.labels = [x for x in self.labels if x not in labels]
        for read in block.rows.lines:
            if read.line.funding is None:
                read = replace(read, line=replace(read.line, funding=said))
            yield read

    def _key(self, read: Read) -> tuple[str, ...]:
        """The distributor of a line; the same for all his names."""
        texts = [w.text for w in read.whose]
        if read.fan is not None and read.fan.kind is FanKind.DISTRIBUTOR:
            texts.append(read.fan.text)
        return tuple(dict.fromkeys(self.page.known.customer_key(t) for t in texts))

    def _coverings(self) -> Iterator[Covering]:
        """One at a time: together they would say of each total all lines that it covers."""
        count = len(self.reads)
        titles = [t for b in self.blocks for t in (*b.head.titles, *b.foot.titles)]
        around = [
            *labelled_sums(self.page, self.labels, count),
            *written_sums(self.page, titles, count),
        ]
        yield from coverings([block.rows for block in self.blocks])
        yield from (Covering(stated, (tuple(range(count)),)) for stated in around)

    def _whole(self) -> Order:
        """What is said of all lines alike."""
        page, labels = self.page, self.labels
        names = [w for block in self.blocks for w in block.distributor]
        return Order(
            attachment=page.attachment,
            where=self._where(),
            format="",
            lines=(),
            distributor=tuple({w.text: w for w in names}.values()),
            number=next(iter(all_of(page, labels, Label.ORDER_NUMBER)), None),
            order_date=order_date(page, labels),
            ship_to=ship_to(page, labels),
            remarks=(
                *all_of(page, labels, Label.REMARK),
                *(said for block in self.blocks for said in comments_on(block)),
            ),
            notes=tuple(self._notes()),
            hints=(*all_of(page, labels, Label.ORDER_TYPE), *self._titles()),
            funding=tuple(all_of(page, labels, Label.FUNDING)),
            doubts=tuple(self._doubts()),
            columns=tuple(self._columns()),
            rows=tuple(self._rows()),
            settled=tuple(dict.fromkeys(self._settled())),
        )

    def _order(self, whole: Order, own: Sequence[Read], totals: Sequence[Total]) -> Order:
        named = [w for read in own[:1] for w in read.whose]
        fan = own[0].fan
        if fan is not None and fan.kind is FanKind.DISTRIBUTOR:
            named.append(self.page.written(fan.text, fan.row, fan.column))
        said = [pair for read in own for pair in read.ship_to]
        where_to, doubts = ship_to_of_lines(said, whole.ship_to)
        return replace(
            whole,
            ship_to=where_to,
            doubts=(*whole.doubts, *doubts),
            lines=tuple(read.line for read in own),
            distributor=tuple({w.text: w for w in (*whole.distributor, *named)}.values()),
            totals=tuple(totals),
        )

    def _where(self) -> Span:
        tables = [(block.table, block.rows.last) for block in self.blocks]
        return self.page.span(
            min(t.header.top for t, _ in tables),
            min(t.left for t, _ in tables),
            max(last for _, last in tables),
            max(t.right for t, _ in tables),
        )

    def _titles(self) -> Iterator[Written]:
        """Titles over the first table may hint at what no title grammar understands."""
        block = self.blocks[0]
        for title in block.head.titles:
            is_section = block.section is not None and block.section.title == title
            if len(title.text) <= LONGEST_HINT and not is_section and _is_title(title.text):
                yield title

    def _notes(self) -> Iterator[Written]:
        for block in self.blocks:
            for title in block.foot.titles:
                if len(title.text) <= LONGEST_NOTE:
                    yield title

    def _doubts(self) -> Iterator[Doubt]:
        yield from dict.fromkeys(self.draft.doubts)
        asked: set[tuple[str, str]] = set()
        for block in self.blocks:
            # Two columns of one meaning are the same two on every page.
            yield from (d for d in block.table.doubts if (d.found, d.expected) not in asked)
            asked |= {(d.found, d.expected) for d in block.table.doubts if d.expected}
            yield from block.rows.doubts
            yield from units_denied(block)
        if self.page.grid.hidden:
            table = self.blocks[0].table
            at = self.page.place(table.header.top, table.left)
            yield Doubt(DoubtKind.TABLE_UNCLEAR, at, found=self.page.grid.name)

    def _columns(self) -> Iterator[Column]:
        seen: set[tuple[int, int]] = set()
        for block in self.blocks:
            for h in block.table.headings:
                if (h.row, h.column) not in seen:
                    seen.add((h.row, h.column))
                    yield Column(h.meaning.value, h.header, self.page.place(h.row, h.column))

    def _settled(self) -> Iterator[Recalled]:
        for block in self.blocks:
            numbers = block.table.header.settled
            for h in block.table.headings:
                if h.column in numbers:
                    yield Recalled(numbers[h.column], h.header, self.page.place(h.row, h.column))

    def _rows(self) -> Iterator[RowRead]:
        for block in self.blocks:
            header, table = block.table.header, block.table
            span = self.page.span(header.top, table.left, header.first - 1, table.right)
            yield RowRead(RowKind.HEADER, span, "")
            yield from block.rows.taken
            for title in block.foot.titles:
                if title.at is not None:
                    row, column = title.at.row, title.at.column
                    yield RowRead(
                        RowKind.NOTE, self.page.span(row, column, row, column), title.text
                    )


LONGEST_HINT = 24


def _is_title(text: str) -> bool:
    """A title, no sentence of the small print."""
    return not any(sign in text for sign in "，。；！,;!")


def _different(labels: Sequence[Labelled]) -> list[Labelled]:
    """Labels that are repeated on every page, once."""
    return list({(x.label, x.text): x for x in reversed(labels)}.values())[::-1]
