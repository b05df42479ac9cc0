"""Where headers are: rows of one or two storeys whose words name products and quantities.

A header row may hold several tables side by side, and words of lists that are no tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mailflow.parsers.header_parts import Part, parts_of, tables_among
from mailflow.parsers.headings import Heading, Word, heading_of, is_stage
from mailflow.parsers.meanings import IDENTITIES, QUANTITIES, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.settled_columns import MEANING, beside_settled, may_be_settled, settled_in
from mailflow.parsers.storeys import Storeys, is_number, one_storey, two_storeys
from mailflow.parsers.vocabulary import meaning_of

MOST_FANS = 40
"""Names looked up in a row that may be a header of distributors."""


@dataclass(slots=True)
class Header:
    """The header of one table: `first` is the row below it, the columns from `left` up to before
    `right` are its own. `texts` are its words, understood or not."""

    top: int
    first: int
    headings: tuple[Heading, ...]
    left: int
    right: int
    texts: Mapping[int, str] = field(default_factory=dict)
    beyond: frozenset[int] = frozenset()
    """Columns that an empty one cuts off from the rest."""
    lost: frozenset[int] = frozenset()
    """Columns left of the table that are none by themselves."""
    settled: Mapping[int, int] = field(default_factory=dict)
    """Columns whose meaning a person settled, and the number of the settlement."""
    row_texts: Mapping[int, str] = field(default_factory=dict)
    """All words of its rows, those of tables beside it too."""

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        return tuple((column - self.left, text) for column, text in sorted(self.texts.items()))

    @property
    def meanings(self) -> set[Meaning]:
        return {h.meaning for h in self.headings}


def headers_in(page: Page) -> list[Header]:
    """Every header of a page in reading order, those side by side from left to right."""

    def is_header(row: int, storeys: Storeys) -> bool:
        return any(True for _ in _headers(page, row, storeys))

    found: list[Header] = []
    skip = -1
    for row in page.grid.rows:
        if row <= skip or not _may_begin(page, row):
            continue
        for storeys in (two_storeys(page, row, is_header), one_storey(page, row)):
            if storeys and (headers := list(_headers(page, row, storeys))):
                found.extend(headers)
                skip = headers[0].first - 1
                break
    return found


def _may_begin(page: Page, row: int) -> bool:
    """Whether a row holds words of a header; most rows of a sheet do not."""
    cells = page.cells(row).values()
    texts = [c.text for c in cells if c.text and c.number is None]
    words = sum(meaning_of(t) is not None for t in texts)
    if words >= 2:
        return True
    if any(is_number(c) for c in cells):
        return False
    if words == 1 or may_be_settled(page.known.settled, texts) or sum(map(is_stage, texts)) >= 2:
        return True
    return sum(page.known.names_customer(t) for t in texts[:MOST_FANS]) >= 2


def _headers(page: Page, row: int, storeys: Storeys) -> Iterator[Header]:
    """The tables this header row is of; none where it is no header."""
    first = 1 + max(w.at[0] for pair in storeys.values() for w in pair if w)
    headings = {
        c: h for c, (upper, lower) in storeys.items() if (h := heading_of(page, c, upper, lower))
    }
    texts = {c: _text(pair) for c, pair in storeys.items()}
    settled = _settle(page, headings, storeys, texts)
    if not any(h.meaning in QUANTITIES for h in headings.values()):
        return
    parts = list(parts_of(page, first, sorted(storeys)))
    blocks = tables_among([Part(page, first, part, headings) for part in parts])
    left = _first_column(blocks, parts)
    for number, block in enumerate(blocks):
        right = blocks[number + 1].columns[0] if number + 1 < len(blocks) else block.last + 1
        for group in _side_by_side(block.headings):
            start = left if group[0] is block.headings[0] else group[0].column
            end = _next_start(block.headings, group, right)
            own = {c: t for c, t in texts.items() if start <= c < end}
            beyond = frozenset(block.beyond & {h.column for h in group})
            lost = frozenset(block.lost) if start == left else frozenset()
            known = {c: number for c, number in settled.items() if start <= c < end}
            yield Header(row, first, tuple(group), start, end, own, beyond, lost, known, texts)
        left = right


def _settle(
    page: Page, headings: dict[int, Heading], storeys: Storeys, texts: Mapping[int, str]
) -> dict[int, int]:
    """Puts in what was settled of columns of this header, and tells by which settlement. A name over
    a column says whose its figures are, and goes before."""
    settled: dict[int, int] = {}
    found = settled_in(page.known.settled, texts)
    for column in beside_settled(found, texts):
        upper, lower = storeys[column]
        row = max(word.at[0] for word in (upper, lower) if word)
        headings[column] = Heading(Meaning.OTHER, texts[column], row, column)
    for column, one in found.items():
        heading = headings.get(column)
        if heading is None or heading.fan is None:
            upper, lower = storeys[column]
            row = max(word.at[0] for word in (upper, lower) if word)
            headings[column] = Heading(MEANING[one.means], texts[column], row, column)
            settled[column] = one.number
    return settled


def _first_column(blocks: Sequence[Part], parts: Sequence[Sequence[int]]) -> int:
    """Where the first table begins; a column without a word left of it may be its own."""
    if not blocks:
        return 0
    first = min(blocks[0].columns)
    return first if first == 0 or any(first - 1 in part for part in parts) else first - 1


def _text(pair: tuple[Word | None, Word | None]) -> str:
    upper, lower = pair
    return " ".join(w.text for w in (upper, lower) if w)


def _next_start(headings: Sequence[Heading], group: Sequence[Heading], right: int) -> int:
    behind = [h.column for h in headings if h.column > group[-1].column]
    return min([*behind, right])


def _side_by_side(headings: Sequence[Heading]) -> list[list[Heading]]:
    """Cut where names and quantities come again: a second table right beside the first."""
    groups: list[list[Heading]] = [[]]
    for number, heading in enumerate(headings):
        group = groups[-1]
        if heading.meaning in (*IDENTITIES, Meaning.LINE_NO) and _comes_again(
            group, headings[number:]
        ):
            groups.append([])
        groups[-1].append(heading)
    return groups


def _comes_again(group: Sequence[Heading], rest: Sequence[Heading]) -> bool:
    before, behind = {h.meaning for h in group}, {h.meaning for h in rest}
    return (
        bool(before & behind & IDENTITIES)
        and bool(before & set(QUANTITIES))
        and bool(behind & set(QUANTITIES))
    )
