"""What the columns of a table mean once it is seen what stands in them (rulings of the desk, 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from mailflow.domain.document import Doubt, DoubtKind
from mailflow.domain.funding import funding_title
from mailflow.parsers.column_contents import Contents, saying_more
from mailflow.parsers.headers import Header
from mailflow.parsers.headings import FIGURES, Fan, Heading
from mailflow.parsers.labels import is_label
from mailflow.parsers.meanings import IDENTITIES, MONEY, QUANTITIES, WHOSE, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.settled_columns import columns_with
from mailflow.parsers.vague_words import PAYING, VAGUE
from mailflow.parsers.values import number_of
from mailflow.parsers.vocabulary import key, unit_of

SEVERAL = frozenset(
    {
        Meaning.OTHER,
        Meaning.OTHER_NAME,
        Meaning.REMARK,
        Meaning.SPEC,
        Meaning.PER_CASE,
        Meaning.GIFT,
    }
)
"""What a table may have several columns of."""
NEVER_SILENT = frozenset({*FIGURES, *MONEY, *WHOSE, Meaning.FUNDING, Meaning.UNIT, Meaning.GIFT})
OUR_PROPOSAL = "←"
"""With this a proposal begins that a marked copy has beside a row; it comes back unread."""


@dataclass
class Columns:
    """The columns of one header, with the rows of all tables it stands over."""

    page: Page
    header: Header
    bodies: Sequence[range]

    @cached_property
    def contents(self) -> Contents:
        return Contents(self.page, self.bodies)

    @property
    def first_name(self) -> int:
        names = [h.column for h in self.header.headings if h.meaning in IDENTITIES]
        return min(names, default=0)

    def settled(self) -> tuple[tuple[Heading, ...], list[Doubt]]:
        """Each column with one meaning; where two could have the same, that is asked."""
        doubts: list[Doubt] = []
        chosen: dict[tuple[Meaning, Fan | None], Heading] = {}
        kept: list[Heading] = []
        for heading in (*self._understood(doubts), *self._without_words()):
            role = (heading.meaning, heading.fan)
            rival = chosen.get(role)
            if rival and heading.meaning not in SEVERAL:
                verdict = self._between(rival, heading)
                if verdict is None:
                    doubts.append(self._rivals(rival, heading))
                if verdict is not heading:
                    continue
                kept.remove(rival)
            chosen[role] = heading
            kept.append(heading)
        kept.sort(key=lambda h: h.column)
        return tuple(kept), doubts

    def _rivals(self, one: Heading, other: Heading) -> Doubt:
        return Doubt(
            DoubtKind.AMBIGUOUS_COLUMN,
            self.page.place(other.row, other.column),
            found=f"{one.header} / {other.header}",
            expected=other.meaning.value,
            headers=self.words_over(one.column, other.column),
        )

    def words_over(self, *columns: int) -> tuple[str, ...]:
        """Where a word stands over several columns, with its place among them: `数量#2`."""
        return tuple(
            self._word_over(c, text) for c in columns if (text := self.header.texts.get(c))
        )

    def _word_over(self, column: int, text: str) -> str:
        alike = columns_with(key(text), self.header.row_texts)
        return text if len(alike) < 2 else f"{text}#{alike.index(column) + 1}"

    def _understood(self, doubts: list[Doubt]) -> Iterator[Heading]:
        for heading in self.header.headings:
            heading = self._by_content(heading)
            if heading.column not in self.header.beyond or self._lines_up(heading, doubts):
                yield heading

    def _by_content(self, heading: Heading) -> Heading:
        meaning, column, known = heading.meaning, heading.column, self.page.known
        has = self.header.meanings
        if meaning is Meaning.NUMBER_OR_CODE:
            meaning = Meaning.LINE_NO if self.contents.counts_up(column) else Meaning.CODE
        elif meaning is Meaning.TOTAL:
            meaning = Meaning.OTHER if Meaning.AMOUNT in has else Meaning.AMOUNT
            if self._has_fans:
                meaning = Meaning.QUANTITY
        elif meaning is Meaning.CORNER:
            is_whose = self.contents.mostly(column, known.names_customer)
            meaning = Meaning.DISTRIBUTOR if is_whose else Meaning.NAME
        elif meaning is Meaning.NAME and Meaning.CODE not in has:
            meaning = (
                Meaning.CODE if self.contents.mostly(column, known.is_product_code) else meaning
            )
        elif meaning is Meaning.UNIT and self.contents.mostly(column, known.names_customer):
            meaning = Meaning.DISTRIBUTOR
        elif meaning is Meaning.FUNDING and key(heading.header) in VAGUE:
            tells = self.contents.tells_funding(column) or (
                key(heading.header) in PAYING and self.contents.pays_strangely(column, self.goods)
            )
            meaning = meaning if tells else Meaning.OTHER
        elif meaning is Meaning.OTHER_NAME and Meaning.FUNDING not in has:
            meaning = Meaning.FUNDING if self.contents.is_paid(column) else meaning
        return heading if meaning is heading.meaning else replace(heading, meaning=meaning)

    @property
    def _has_fans(self) -> bool:
        return any(h.fan for h in self.header.headings)

    @cached_property
    def goods(self) -> frozenset[int]:
        """Rows in which the table names a product or counts something."""
        own = [h for h in self.header.headings if h.column not in self.header.beyond]
        # Who signs below the table, `审核：`, is none of its lines.
        counted = {
            r
            for h in own
            if h.meaning in FIGURES
            for r, cell in self.contents.values(h.column).items()
            if cell.number is not None or not is_label(cell.text)
        }
        names = [h.column for h in own if h.meaning in IDENTITIES]
        known = self.page.known.is_product
        named = {
            r for c in names for r, cell in self.contents.values(c).items() if known(cell.text)
        }
        return frozenset(counted | named)

    def _lines_up(self, heading: Heading, doubts: list[Doubt]) -> bool:
        """Whether a column that an empty one cuts off belongs to the table: a list to look things
        up in has rows of its own. Where that is open and matters, it is asked."""
        values = self.contents.values(heading.column)
        if not values or not values.keys() <= self.goods:
            return False
        if heading.meaning not in NEVER_SILENT:
            return True
        names = [h.column for h in self.header.headings if h.meaning in IDENTITIES]
        lines = {row for column in names[:1] for row in self.contents.values(column)}
        if lines <= values.keys():
            return True
        row = min(values)
        doubts.append(
            Doubt(
                DoubtKind.AMBIGUOUS_COLUMN,
                self.page.place(row, heading.column),
                found=f"{heading.header}: {values[row].text}",
                headers=self.words_over(heading.column),
            )
        )
        return False

    def _between(self, one: Heading, other: Heading) -> Heading | None:
        """The column of two that really holds the meaning; None where both might."""
        first, second = self.contents.values(one.column), self.contents.values(other.column)
        if not second:
            return one
        if not first:
            return other
        if one.meaning in QUANTITIES and (same := saying_more(first, second)) is not None:
            return (one, other)[same]
        if {r: c.text for r, c in first.items()} == {r: c.text for r, c in second.items()}:
            return one
        if holds := self._test_of(one.meaning):
            fits = [self.contents.mostly(h.column, holds) for h in (one, other)]
            if fits[0] != fits[1]:
                return one if fits[0] else other
        if one.meaning is Meaning.LINE_NO:
            return one
        return None

    def _test_of(self, meaning: Meaning) -> Callable[[str], bool] | None:
        known = self.page.known
        tests: Mapping[Meaning, Callable[[str], bool]] = {
            Meaning.NAME: known.is_product,
            Meaning.CODE: known.is_product,
            Meaning.UNIT: lambda text: unit_of(text) is not None,
            Meaning.FUNDING: lambda text: funding_title(text) is not None,
            Meaning.DISTRIBUTOR: known.names_customer,
            Meaning.DISTRIBUTOR_CODE: known.names_customer,
        }
        return tests.get(meaning)

    def open_columns(self) -> list[int]:
        """Columns under the header, and the one right of those understood, that no heading explains."""
        understood = {h.column for h in self.header.headings}
        left = min(understood)
        first = self.header.left if self.header.left else max(0, left - 1)
        last = max(understood - self.header.beyond) + 1
        ends = range(first, max(self.header.right, last + 1))
        beside = self.page.cells(self.header.first - 1).keys() - self.header.texts.keys()
        return [c for c in ends if c not in understood and c not in beside]

    def _without_words(self) -> Iterator[Heading]:
        """Columns whose header says nothing we know and whose every cell is a product's code, a unit or a funding."""
        has = self.header.meanings
        for column in self.open_columns():
            values = {r: c for r, c in self.contents.values(column).items() if r in self.goods}
            texts = {c.text for c in values.values() if c.text}
            if not texts:
                continue
            row, header = self.header.first - 1, self.header.texts.get(column, "")
            if Meaning.CODE not in has and all(map(self.page.known.is_product_code, texts)):
                yield Heading(Meaning.CODE, header, row, column)
            elif Meaning.UNIT not in has and all(unit_of(t) for t in texts):
                yield Heading(Meaning.UNIT, header, row, column)
            elif Meaning.FUNDING not in has and self.contents.tells_funding(column, self.goods):
                yield Heading(Meaning.FUNDING, header, row, column)
            elif not header and self._is_note_beside(column):
                yield Heading(Meaning.REMARK, header, row, column)

    def _is_note_beside(self, column: int) -> bool:
        """Words somebody wrote right of some lines."""
        cells = self.contents.values(column)
        is_beside = column > max(h.column for h in self.header.headings)
        words = any(
            number_of(c.text) is None and not c.text.startswith(OUR_PROPOSAL)
            for c in cells.values()
        )
        return is_beside and words and cells.keys() <= self.goods
