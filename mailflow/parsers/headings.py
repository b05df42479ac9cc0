"""What one column of a header means, by the words in its one or two storeys."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum

from mailflow.domain.funding import Funding, funding_title, funding_word
from mailflow.domain.quantity import Unit
from mailflow.domain.spelling import plain, remembered
from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Address
from mailflow.parsers.meanings import QUANTITIES, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.vocabulary import (
    is_column_word,
    key,
    meaning_of,
    unit_of,
    unit_said,
    without_unit,
)

FIGURES = frozenset({*QUANTITIES, Meaning.AMOUNT})
COUNTED = (Meaning.CASES, Meaning.TINS)
ROWS_TO_HEADER = 4
"""Between what is said of a table and its header."""
PAID = {Funding.CASH, Funding.EXPENSE}


_STAGE = re.compile(r"第?[1-6一二三四五六]\s*(?:段|阶段)|stage\s*[1-6]", re.IGNORECASE)


class FanKind(StrEnum):
    """What tells several columns of one meaning apart."""

    FUNDING = "funding"
    DISTRIBUTOR = "distributor"
    PRODUCT = "product"
    STAGE = "stage"


@dataclass(frozen=True, slots=True)
class Word:
    """A header cell: its text and its own place, which may be left of where it reaches to."""

    text: str
    at: Address


@dataclass(frozen=True, slots=True)
class Fan:
    """The word over some columns that says whose their figures are, and where it stands."""

    kind: FanKind
    text: str
    row: int
    column: int
    paid: Word | None = None
    """Of a distributor: how this column of his is paid, where he has one for each way."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as understood; `row` is that of the header cell."""

    meaning: Meaning
    header: str
    row: int
    column: int
    fan: Fan | None = None


def heading_of(page: Page, column: int, upper: Word | None, lower: Word | None) -> Heading | None:
    """None where nobody knows what the column means. One storey is a `lower` without `upper`."""
    if (last := lower or upper) and _is_said_of_table(page, column, last):
        return None
    if upper is None or lower is None:
        word = lower or upper
        return _of_one(page, column, word) if word else None
    row = lower.at[0]
    header = f"{upper.text} {lower.text}" if upper.text != lower.text else lower.text
    if (whole := meaning_of(header)) and fan_of(page, upper) is None:
        return Heading(whole, header, row, column)
    below = meaning_of(lower.text)
    if fan := _paid_apart(page, upper, lower):
        meaning = next((m for w in (upper, lower) if (m := counted_by(w.text)) in COUNTED), None)
        return Heading(meaning or Meaning.QUANTITY, header, row, column, fan)
    if (fan := fan_of(page, upper)) and (below in FIGURES or below in (None, Meaning.TOTAL)):
        counted = _counted(lower.text, below)
        return Heading(counted, header, row, column, fan) if counted else None
    above = meaning_of(upper.text)
    if (fan := fan_of(page, lower)) and above in (*QUANTITIES, Meaning.STAGE, None):
        counted = above if above in COUNTED else counted_by(header)
        return Heading(counted, header, row, column, fan)
    meaning = _together(above, below, unit_of(lower.text))
    return Heading(meaning, header, row, column) if meaning else None


def _is_said_of_table(page: Page, column: int, word: Word) -> bool:
    """`Quantities in cans` over the words of a header, or over nothing at all, is said of all below
    and no heading."""
    if unit_said(word.text) is None:
        return False
    filled = (r for r, cells in page.grid.rows.items() if r > word.at[0] and column in cells)
    row = next(filled, None)
    if row is None:
        return True
    is_near = row <= word.at[0] + ROWS_TO_HEADER
    return is_near and meaning_of(page.cells(row)[column].text) is not None


def _of_one(page: Page, column: int, word: Word) -> Heading | None:
    row, text = word.at[0], word.text
    if paid := paid_with(text):
        return Heading(paid[1], text, row, column, Fan(FanKind.FUNDING, paid[0], *word.at))
    if meaning := meaning_of(text):
        return Heading(meaning, text, row, column)
    if (fan := fan_of(page, word)) and fan.kind is not FanKind.FUNDING:
        return Heading(counted_by(text), text, row, column, fan)
    return None


def fan_of(page: Page, word: Word) -> Fan | None:
    """A distributor, a product, a stage or a funding named in a header."""
    text = without_unit(word.text)
    if page.known.names_customer(text):
        return Fan(FanKind.DISTRIBUTOR, text, *word.at)
    if meaning_of(word.text) is None and page.known.is_product(text):
        return Fan(FanKind.PRODUCT, text, *word.at)
    if is_stage(text):
        return Fan(FanKind.STAGE, text, *word.at)
    if funding_title(text) and meaning_of(text) is not Meaning.AMOUNT:
        return Fan(FanKind.FUNDING, text, *word.at)
    return None


@remembered
def is_stage(text: str) -> bool:
    return _STAGE.fullmatch(plain(text).strip()) is not None


def _paid_apart(page: Page, upper: Word, lower: Word) -> Fan | None:
    """A distributor over `现金` and `费用`, or those over distributors."""
    for one, other in ((upper, lower), (lower, upper)):
        if meaning_of(other.text) in FIGURES or funding_title(other.text) is None:
            continue
        fan = fan_of(page, one)
        if fan is not None and fan.kind is FanKind.DISTRIBUTOR:
            return replace(fan, paid=other)
    return None


def counted_by(text: str) -> Meaning:
    """`南阳童之家（箱）` counts cases; without a unit anything."""
    named = meaning_of(f"数量{text[len(without_unit(text)) :]}")
    return named if named in QUANTITIES else Meaning.QUANTITY


def _counted(text: str, meaning: Meaning | None) -> Meaning | None:
    if meaning is Meaning.TOTAL:
        return Meaning.QUANTITY
    if meaning is None and (unit := unit_of(text)):
        return Meaning.CASES if unit is Unit.CASES else Meaning.TINS
    return meaning


@remembered
def paid_with(header: str) -> tuple[str, Meaning] | None:
    """`现金箱数`, `费用数量`: quantities told apart by what pays for them."""
    word = key(header)
    if is_column_word(header):
        return None
    for length in (4, 3, 2):
        if funding_word(word[:length]) in PAID:
            rest = word[length:]
            meaning = meaning_of(f"数量{rest}" if rest.startswith("(") else rest) if rest else None
            if meaning in FIGURES:
                return header[: header.find(word[length - 1]) + 1] or word[:length], meaning
    return None


def _together(above: Meaning | None, below: Meaning | None, unit: Unit | None) -> Meaning | None:
    """Two storeys as one: `订货数量` over `箱`, `单价` over `元/箱`, `库存` over `箱数`."""
    if above in (Meaning.OTHER, Meaning.GIFT) and (below in FIGURES or unit):
        return above
    if above in QUANTITIES and unit:
        return Meaning.CASES if unit is Unit.CASES else Meaning.TINS
    if above is Meaning.UNIT_PRICE and unit:
        return Meaning.CASE_PRICE if unit is Unit.CASES else above
    if above is Meaning.AMOUNT and below is Meaning.TOTAL:
        return above
    if above in QUANTITIES and below is Meaning.TOTAL:
        return Meaning.QUANTITY
    return below or above
