"""What is doubted of a table's columns once their meanings are settled: nothing is dropped silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.funding import funding_title
from mailflow.parsers.column_products import contradictions
from mailflow.parsers.columns import Columns
from mailflow.parsers.grid import Cell
from mailflow.parsers.headings import FanKind, Heading
from mailflow.parsers.meanings import IDENTITIES, QUANTITIES, Label, Meaning
from mailflow.parsers.vague_words import VAGUE
from mailflow.parsers.values import date_of, number_of, quantity_of
from mailflow.parsers.vocabulary import key, label_of, meaning_of

FAR = 3
"""Columns right of a table in which words may still be about its lines."""
_DENIAL = re.compile(
    r"已?(?:取消|关闭|终止|删除|冻结|驳回|退回|拒绝|作废)|未审[核批]?|未批准?|未通过|不同意|不批准?"
    r"|取消.*|不订|不要|不发|暂不.*|暂缓|暂停|作废|删除?|停产|停售|停|缺货|断货|待定|待确认|待发|否|不|×|✗|✘|╳|x|n|no|退|退货|换货|换"
    r"|(?:示|样|范|举)?例\d*[:：.、]?|例如|已发|已订|下月|下次|cancel(?:led)?|hold|example|sample|e\.g\.",
    re.IGNORECASE,
)


_GIVES = re.compile(
    r"[送赠搭]\s*[\d一二两三四五六七八九十]|\d\s*[+＋]\s*\d|^市?费$|^返利|^货补|^F$"
)
"""Beside a line under a word nobody understands."""
_SHARE = re.compile(r"[1-9]\d*(?:\.\d+)?\s*[%％]")
_NO_GIFT = re.compile("否|无|不|没有|n|no|none|false|[-/]", re.IGNORECASE)
_OF_GIFTS = re.compile("赠|gift|free|bonus")
"""Under `是否赠品` none of them is given; under `实订` nothing is ordered."""
_TICK = re.compile("[√✓✔☑vy]|是|要|订|yes|ok", re.IGNORECASE)
_LETTER = re.compile("[A-Z]")
_DAY = re.compile(
    r"(?:要货|到货|交货|送货|发货|提货|需求|要求|期望).*(?:日期?|时间)$"
    r"|^(?:订单|下单|制单|单据|业务|开单)?日期$|^orderdate$|deliver.*date|requireddate|shipdate"
)
SAME_TIME = timedelta(days=7)
_DEALT_WITH = re.compile("实发|已发|未发|已交|未交|剩余|shipped")


def unclear(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """Columns of numbers nobody understands, and gifts: never dropped without a word."""
    gifts = [h.column for h in columns.header.headings if h.meaning is Meaning.GIFT]
    known = {h.column for h in kept}
    hidden = columns.page.grid.hidden_columns
    open_columns = [*columns.open_columns(), *columns.header.lost]
    strange = [c for c in open_columns if c not in known and c not in hidden]
    yield from _denied(columns, kept)
    yield from _twice_named(columns, kept)
    yield from _far_words(columns, kept)
    yield from _dealt_with(columns, kept)
    yield from _days_apart(columns)
    yield from _table_not_read(columns)
    yield from contradictions(columns, kept)
    vague = [h.column for h in kept if h.meaning is Meaning.OTHER and key(h.header) in VAGUE]
    # Words right of a table under no word of their own are remarks; single letters are none.
    bare = [h.column for h in kept if h.meaning is Meaning.REMARK and not h.header]
    for column in sorted({*gifts, *strange, *vague, *bare}):
        text = columns.header.texts.get(column, "")
        if column not in gifts and columns.contents.numbers_lines(
            column, left_of=columns.first_name
        ):
            continue
        values = {r: c for r, c in columns.contents.values(column).items() if r in columns.goods}
        if not text and values.keys() != columns.contents.values(column).keys():
            continue  # a list of its own beside the table
        asked = _strange if column not in vague else _told_otherwise
        asked = _shares if column in gifts else asked
        if column in gifts and _OF_GIFTS.search(key(text)):
            values = {r: c for r, c in values.items() if not _NO_GIFT.fullmatch(c.text.strip())}
        holding = [] if column in bare else [r for r, c in values.items() if asked(c)]
        holding = holding or _lettered(columns, values)
        holding = holding or ([] if column in (*vague, *bare) else _left_out(columns, values))
        if holding:
            yield Doubt(
                DoubtKind.AMBIGUOUS_COLUMN,
                columns.page.place(holding[0], column),
                found=_told(text, values.get(holding[0])),
                headers=columns.words_over(column),
            )


def _told(header: str, cell: Cell | None) -> str:
    return ": ".join(part for part in (header, cell.text if cell else "") if part)


def _left_out(columns: Columns, values: Mapping[int, Cell]) -> list[int]:
    """The lines without a tick in a column of ticks, where others have one: are they ordered?"""
    if not values or not all(_TICK.fullmatch(c.text.strip()) for c in values.values()):
        return []
    figures = [h.column for h in columns.header.headings if h.meaning in QUANTITIES]
    counted = {
        r for c in figures for r, cell in columns.contents.values(c).items() if _counts(cell)
    }
    return sorted(r for r in counted & columns.goods if r not in values)


def _lettered(columns: Columns, values: Mapping[int, Cell]) -> list[int]:
    """Lines of which letters make several sorts, `A` and `B`, or `A` and none: paid alike?"""
    texts = {r: c.text.strip() for r, c in values.items()}
    if not texts or not all(map(_LETTER.fullmatch, texts.values())):
        return []
    if len(set(texts.values())) == 1 and texts.keys() >= columns.goods:
        return []
    return sorted(r for r in texts if texts[r] != texts[min(texts)]) or sorted(texts)


def _table_not_read(columns: Columns) -> Iterator[Doubt]:
    """Products beside figures of their own, under a word that makes all of them something else."""
    page = columns.page
    below: dict[int, Meaning | None] = {}
    for heading in columns.header.headings:
        if heading.meaning is Meaning.OTHER and (
            cell := page.cells(heading.row).get(heading.column)
        ):
            below[heading.column] = meaning_of(cell.text)
    if not any(meaning in QUANTITIES for meaning in below.values()):
        return
    for column in (c for c, meaning in below.items() if meaning in IDENTITIES):
        for row, cell in columns.contents.values(column).items():
            if page.known.is_product(cell.text):
                at = page.place(row, column)
                yield Doubt(DoubtKind.TABLE_UNCLEAR, at, found=cell.text)
                return


def _days_apart(columns: Columns) -> Iterator[Doubt]:
    """Lines of one table that are wanted on days far from each other: one of them may wait."""
    for column, header in columns.header.texts.items():
        if not _DAY.search(key(header)):
            continue
        values = columns.contents.values(column)
        days = {r: c.day or date_of(c.text) for r, c in values.items() if r in columns.goods}
        known = [(day, r) for r, day in days.items() if day]
        for day, row in known[1:]:
            if abs(day - known[0][0]) > SAME_TIME:
                at = columns.page.place(row, column)
                yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=f"{header}: {day}")
                break


def _denied(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """Where a line's number should stand, `取消` or `例` may say that it is none."""
    for heading in (h for h in kept if h.meaning is Meaning.LINE_NO):
        values = columns.contents.values(heading.column)
        row = next((r for r, c in values.items() if r in columns.goods and _denies(c)), None)
        if row is not None:
            at = columns.page.place(row, heading.column)
            yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=values[row].text)


def _twice_named(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """Two columns of figures for one distributor, told apart by nothing."""
    seen: set[tuple[str, str, Meaning]] = set()
    for h in kept:
        if h.fan is None or h.fan.kind is FanKind.FUNDING:
            continue
        paid = h.fan.paid.text if h.fan.paid else ""
        who = (columns.page.known.customer_key(h.fan.text), paid, h.meaning)
        if who in seen and columns.contents.values(h.column):
            yield Doubt(
                DoubtKind.AMBIGUOUS_COLUMN, columns.page.place(h.row, h.column), found=h.header
            )
        seen.add(who)


def _far_words(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """`费用` or `取消` a little right of a line, under no header of its own."""
    last = max(h.column for h in kept) + 1 if kept else 0
    for column in range(last + 1, min(last + FAR, columns.header.right + FAR)):
        if column in columns.header.texts or columns.page.cells(columns.header.first - 1).get(
            column
        ):
            continue
        for row, cell in columns.contents.values(column).items():
            if label_of(cell.text) is Label.OTHER:
                continue
            if row in columns.goods and (funding_title(cell.text) or _denies(cell)):
                at = columns.page.place(row, column)
                yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=cell.text)
                return


def _dealt_with(columns: Columns, kept: Sequence[Heading]) -> Iterator[Doubt]:
    """Columns that say how much of the lines was shipped or is left: a sheet that was dealt with
    already, unless they repeat what is ordered."""
    ordered = [columns.contents.values(h.column) for h in kept if h.meaning in QUANTITIES]
    for heading in columns.header.headings:
        if heading.meaning is not Meaning.OTHER or not _DEALT_WITH.search(key(heading.header)):
            continue
        for row, cell in columns.contents.values(heading.column).items():
            same = any(row in values and values[row].text == cell.text for values in ordered)
            if row in columns.goods and _counts(cell) and not same:
                at = columns.page.place(row, heading.column)
                yield Doubt(DoubtKind.AMBIGUOUS_COLUMN, at, found=f"{heading.header}: {cell.text}")
                break


def _denies(cell: Cell) -> bool:
    """`取消`, `×`, `否` beside a line: is it ordered?"""
    if _DENIAL.fullmatch(cell.text.strip()) is None:
        return False
    return meaning_of(cell.text) in (None, Meaning.OTHER, Meaning.GIFT)  # `No` may be a header's


def _strange(cell: Cell) -> bool:
    return _counts(cell) or _told_otherwise(cell)


def _shares(cell: Cell) -> bool:
    """`10%` under `赠送比例` gives as much as a number does."""
    return _strange(cell) or _SHARE.search(cell.text) is not None


def _told_otherwise(cell: Cell) -> bool:
    return _denies(cell) or _gives(cell)


def _gives(cell: Cell) -> bool:
    """`10送1`, `费`: more than what is ordered, or not for money."""
    return _GIVES.search(cell.text.strip()) is not None


def _counts(cell: Cell) -> bool:
    if cell.trouble == "formula-without-value":
        return True
    number = cell.number if cell.number is not None else number_of(cell.text)
    if number is None and (read := quantity_of(cell.text)):
        number = read[0]
    return number is not None and number != Decimal(0)
