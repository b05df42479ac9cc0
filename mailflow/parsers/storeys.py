"""Two rows that are one header: what stands above which word, and whether that makes sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mailflow.parsers.grid import Address, Cell
from mailflow.parsers.headings import FIGURES, Word, fan_of
from mailflow.parsers.labels import says_its_value
from mailflow.parsers.meanings import MONEY, QUANTITIES, SHIP_TO, WHOSE, Meaning
from mailflow.parsers.page import Page
from mailflow.parsers.values import date_of, date_readings, number_of
from mailflow.parsers.vocabulary import label_of, meaning_of, unit_of

MEASURES = frozenset({"元", "rmb", "cny", "¥", "￥", "kg", "g", "克", "%", "ml", "cbm"})
GROUPS = frozenset(Meaning) - {*WHOSE, *SHIP_TO, Meaning.REMARK}
"""What a word over several columns may mean; labels mean other things."""
LONGEST_GROUP = 10

Storeys = Mapping[int, tuple[Word | None, Word | None]]
"""The words of each column, the upper and the lower one; those of one storey are lower ones."""


def one_storey(page: Page, row: int) -> Storeys:
    return {column: (None, word) for column, word in _words(page, row).items()}


def is_number(cell: Cell) -> bool:
    return cell.number is not None or cell.day is not None or number_of(cell.text) is not None


def _words(page: Page, row: int) -> dict[int, Word]:
    return {column: Word(text, (row, column)) for column, text in page.texts(row)}


def two_storeys(page: Page, row: int, is_header: Callable[[int, Storeys], bool]) -> Storeys | None:
    """The columns of two rows that are one header; None where they are not. `is_header` tells
    whether the words of a row are a header by themselves."""
    upper, lower = _upper(page, row), _words(page, row + 1)
    reach = _reach(upper)
    if not _may_be_lower(page, row + 1, lower) or not _stand_below(upper, lower, reach):
        return None
    by_itself = is_header(row + 1, one_storey(page, row + 1))
    if by_itself and not _is_group_row(page, row, reach, lower):
        if not is_header(row, one_storey(page, row)):
            return None
    elif not by_itself and not all(_is_word(page, w) for w in lower.values()):
        return None
    columns = sorted(upper.keys() | lower.keys())
    return {
        c: (upper.get(c) if c in lower or upper[c].at[1] == c else None, lower.get(c))
        for c in columns
    }


def _reach(upper: Mapping[int, Word]) -> dict[Address, int]:
    """Over how many columns each word stands."""
    reach: dict[Address, int] = {}
    for word in upper.values():
        reach[word.at] = reach.get(word.at, 0) + 1
    return reach


def _may_be_lower(page: Page, row: int, lower: Mapping[int, Word]) -> bool:
    """Words only, no product, and not just the title of the first part, as `赠品`."""
    words = list(lower.values())
    if not words or any(is_number(c) for c in page.cells(row).values()):
        return False
    if any(page.known.is_product(w.text) and meaning_of(w.text) is None for w in words):
        return False
    return len({w.text for w in words}) > 1 or fan_of(page, words[0]) is None


def _stand_below(
    upper: Mapping[int, Word], lower: Mapping[int, Word], reach: Mapping[Address, int]
) -> bool:
    """Whether each lower word stands below nothing, below a word over several, or says the same."""
    return bool(upper) and all(
        column not in upper
        or reach[upper[column].at] > 1
        or _says_the_same(upper[column].text, word.text)
        for column, word in lower.items()
    )


def _upper(page: Page, row: int) -> dict[int, Word]:
    """The words of a row over all the columns they reach over: as far as they are merged, else over
    empty cells that have words below them."""
    words = _words(page, row)
    for top, left, _, right in page.grid.merges_over(row):
        anchor = page.grid.at(top, left)
        if anchor and anchor.text:
            for column in range(left, right + 1):
                words.setdefault(column, Word(anchor.text, (top, left)))
    below = page.cells(row + 1)
    for column in sorted(below):
        if column not in words and column - 1 in words and column - 1 in below:
            before = words[column - 1]
            if (row, column) not in page.anchors and page.merged_to(*before.at) == before.at[1]:
                words[column] = before
    return words


def _says_the_same(upper: str, lower: str) -> bool:
    """`品名` over `Description`, `单价` over `元/听`, anything over `（元）`."""
    above, below = meaning_of(upper), meaning_of(lower)
    if above is not None and below is not None:
        return (
            above is below
            or Meaning.NUMBER_OR_CODE in (above, below)
            or ({above, below} <= set(QUANTITIES))
        )
    return unit_of(lower) is not None or _is_aside(lower)


def _is_aside(text: str) -> bool:
    """`（元）`, `kg`: a word that belongs to the one above it."""
    return text.strip().startswith(("(", "（", "[")) or text.strip().casefold() in MEASURES


def _is_word(page: Page, word: Word) -> bool:
    text = word.text
    return bool(meaning_of(text) or unit_of(text) or fan_of(page, word)) or _is_aside(text)


def _is_group_row(
    page: Page, row: int, reach: Mapping[Address, int], lower: Mapping[int, Word]
) -> bool:
    """A row of words that each stand over several columns, right above a header of one storey."""
    cells = page.cells(row)
    if any(is_number(c) or date_of(c.text) or date_readings(c.text) for c in cells.values()):
        return False
    if max(reach.values(), default=0) < 2 or (
        len(reach) == 1 and len(lower) <= max(reach.values())
    ):
        return False  # no group, or a title over all of them
    for at, count in reach.items():
        text = page.cells(at[0])[at[1]].text
        if says_its_value(text) and fan_of(page, Word(text, at)) is None:
            return False
        if count == 1:
            told = lower.get(at[1])
            if not (_says_the_same(text, told.text) if told else _is_heading(page, text, at)):
                return False
            continue
        is_word = _is_group_word(text) or fan_of(page, Word(text, at)) is not None
        if page.merged_to(*at) > at[1]:
            if not is_word and not _is_name_of_group(text):
                return False  # a label over several columns, or its value
            continue
        below = [w.text for c, w in lower.items() if at[1] <= c < at[1] + count]
        if not is_word or not all(map(_is_of_figures, below)):
            return False  # a label and its value, say
    return True


def _is_group_word(text: str) -> bool:
    """`币种` may head a column, and beside its value it is the label of the whole sheet."""
    meaning = meaning_of(text)
    return meaning in GROUPS and not (meaning is Meaning.OTHER and label_of(text) is not None)


def _is_heading(page: Page, text: str, at: Address) -> bool:
    """A word that has the whole height of a header to itself."""
    known = meaning_of(text) is not None or fan_of(page, Word(text, at)) is not None
    return known or _is_name_of_group(text)


def _is_name_of_group(text: str) -> bool:
    """`产品信息`: words of our own making over columns, no label and no value."""
    short = len(text) <= LONGEST_GROUP and not any(sign.isdigit() for sign in text)
    return short and label_of(text) is None and meaning_of(text) is None


def _is_of_figures(text: str) -> bool:
    return meaning_of(text) in (*FIGURES, *MONEY, Meaning.TOTAL) or unit_of(text) is not None
