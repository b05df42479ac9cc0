"""Labels and their values: beside, below, or inside one cell, several pairs in a row or a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from mailflow.domain.value import dataclass
from mailflow.parsers.grid import Address, Cell
from mailflow.parsers.meanings import Label
from mailflow.parsers.page import Page
from mailflow.parsers.sums import totals_in
from mailflow.parsers.values import capital_money_of, date_of, money_of, quantity_of
from mailflow.parsers.vocabulary import counted, label_of

_PAIR = re.compile(r"([^\s:：|;；,，]{1,24}(?: [A-Za-z#.&/-]+){0,3})\s*[:：]\s*")
_BRACKETED = re.compile(r"\s*[(（\[【](.*)[)）\]】]\s*", re.DOTALL)
_MAY_BE_UNIT = frozenset({Label.UNIT, Label.PARTY, Label.DISTRIBUTOR})
_MONEY_UNITS = frozenset({"元", "人民币", "RMB", "元/听", "元/箱", "人民币元", "万元"})
_EDGES = " \t\n\u3000,，;；|"
_COLON = frozenset((":", "："))
_CODE = re.compile(r"[A-Za-z]*[-_]?\d[\w-]*", re.ASCII)
_COMPANY = re.compile(r"公司|商行|商贸|经营部|经销部|门市|店$|(?i:\b(?:co\.|ltd|inc)\b)")
WHOSE = (Label.DISTRIBUTOR, Label.DISTRIBUTOR_CODE)
MONEY = (Label.FUNDING, Label.ORDER_TYPE)
SUMS = (Label.CASH_TOTAL, Label.EXPENSE_TOTAL)
TOTALS = frozenset({*SUMS, Label.AMOUNT_TOTAL, Label.CASES_TOTAL, Label.TINS_TOTAL})
FARTHEST = 4
"""Columns a value may stand away from its label."""
LONGEST_LABEL = 4
"""Signs of a label that stands right behind another value without a space: `胡娟电话：`."""
PARTS_OF_A_DATE = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """`value` is the cell's value where it has a cell of its own, else only its text counts."""

    label: Label
    text: str
    row: int
    column: int
    value: Cell | None = None
    word: str = ""


def labels_in(
    page: Page, rows: Iterable[int], columns: range | None = None
) -> tuple[list[Labelled], list[Address]]:
    """Every label with a value in these rows, in reading order, and the cells they stand in.

    What is right below the rows may be the header of a table, and is no value.
    """
    found: list[Labelled] = []
    taken: dict[Address, None] = {}
    within = frozenset(rows)
    for row in sorted(within):
        for column, cell in page.cells(row).items():
            if (row, column) in taken or not cell.text or (columns and column not in columns):
                continue
            pairs = list(_inside(cell.text, row, column))
            if pairs:
                found.extend(pairs)
                taken[row, column] = None
            elif label := label_of(cell.text):
                at = _value_of(page, row, column, label)
                if at is not None and at[0] in within and _is_value_of(page, label, at):
                    taken[row, column] = None
                    taken.update(dict.fromkeys(_cells_of(page, label, at)))
                    found.append(_labelled(page, label, at, cell.text))
                    found.extend(_name_behind(page, label, at))
    return found, list(taken)


def _is_value_of(page: Page, label: Label, at: Address) -> bool:
    """A sum is a figure: `现金` beside `赠品` are titles of two tables."""
    cell = page.cells(at[0])[at[1]]
    if label not in TOTALS or cell.number is not None:
        return True
    text = cell.text
    figures = (money_of(text), quantity_of(text), capital_money_of(text))
    return any(figure is not None for figure in figures) or any(totals_in(text))


def is_label(text: str) -> bool:
    """A label by itself or with its value behind it; a text that ends in a colon wants a value."""
    return (
        label_of(text) is not None
        or text.rstrip().endswith((":", "："))
        or any(label_of(m[1]) for m in _PAIR.finditer(text))
    )


def says_its_value(text: str) -> bool:
    """`收货地址：临江路18号` in one cell: a label of the sheet, whatever stands below it."""
    return any(_inside(text, 0, 0))


def _labelled(page: Page, label: Label, at: Address, word: str) -> Labelled:
    cell = page.cells(at[0])[at[1]]
    cells = _cells_of(page, label, at)
    if len(cells) > 1:
        text = "".join(page.cells(row)[column].text for row, column in cells)
        return Labelled(label, text, *at, None, word)
    return Labelled(_meant(label, cell.text), cell.text, *at, cell, word)


def _cells_of(page: Page, label: Label, at: Address) -> list[Address]:
    """The cells of a value: a date may stand in several, `2026 | 年 | 11 | 月 | 9 | 日`."""
    if label is not Label.ORDER_DATE or (first := page.cells(at[0])[at[1]]).day is not None:
        return [at]
    cells, text = [at], first.text
    for column in range(at[1] + 1, at[1] + 1 + PARTS_OF_A_DATE):
        cell = page.cells(at[0]).get(column)
        if cell is None or not re.fullmatch(r"(?:\d{1,4})?[年月日号]?|[-/.]", cell.text):
            break
        cells.append((at[0], column))
        text += cell.text
    return cells if date_of(text) is not None else [at]


def _name_behind(page: Page, label: Label, at: Address) -> Iterator[Labelled]:
    """`Sold-to Party | 3008 | 某某商贸有限公司`: the name right behind a code says whose it is too,
    and not always the same."""
    row, column = at
    cell = page.cells(row).get(column + 1)
    if label not in WHOSE or cell is None or not _CODE.fullmatch(page.cells(row)[column].text):
        return
    if _COMPANY.search(cell.text) and not is_label(cell.text):
        yield Labelled(Label.DISTRIBUTOR, cell.text, row, column + 1, cell)


def _inside(text: str, row: int, column: int) -> Iterator[Labelled]:
    """`收货人：胡娟   手机：18895717436` in one cell; a colon with nothing behind it is no pair."""
    if bracketed := _BRACKETED.fullmatch(text):
        text = bracketed[1]
    marks = list(_marks(text))
    for number, (_, end, label, word) in enumerate(marks):
        stop = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        if value := text[end:stop].strip(_EDGES):
            yield Labelled(_meant(label, value), value, row, column, None, word)
    if not marks and (spaced := _behind_space(text)):
        yield Labelled(_meant(*spaced), spaced[1], row, column)


def _meant(label: Label, value: str) -> Label:
    """`单位` is of the goods where a unit stands beside it, else of whom it names; `单位：元` is
    neither."""
    if label in _MAY_BE_UNIT and counted(value):
        return Label.UNIT
    return Label.OTHER if label is Label.UNIT or value in _MONEY_UNITS else label


def _marks(text: str) -> Iterator[tuple[int, int, Label, str]]:
    """Where a label begins, where its colon ends, what it is and its own words."""
    is_first = True
    for match in _PAIR.finditer(text):
        word, start = match[1], match.start()
        label = label_of(word)
        while label is None and " " in word:
            start, word = start + word.index(" ") + 1, word.partition(" ")[2]
            label = label_of(word)
        if label is None and not is_first:
            # A label right behind the value before it.
            for length in range(min(LONGEST_LABEL, len(word) - 1), 1, -1):
                if label := label_of(word[-length:]):
                    start, word = match.end(1) - length, word[-length:]
                    break
        if label is not None:
            is_first = False
            yield start, match.end(), label, word


def _behind_space(text: str) -> tuple[Label, str] | None:
    """`客户 某某商贸有限公司`: a label of Chinese signs, white space, and a value."""
    head, _, tail = unicodedata.normalize("NFKC", text).strip().partition(" ")
    label = label_of(head) if len(head) > 1 and not head.isascii() else None
    if label is None or label in (Label.OTHER, Label.UNIT) or not tail.strip():
        return None
    return None if label_of(tail) or label_of(text) else (label, tail.strip())


def _value_of(page: Page, row: int, column: int, label: Label) -> Address | None:
    """The next filled cell to the right that is no label, else the cell below."""
    last = page.merged_to(row, column)
    cells = page.cells(row)
    below = _below(page, row, column, label)
    if below is not None and last + 1 not in cells and _is_label_at(page, row, column - 1):
        return below  # one of a row of labels, each over its value
    for right in range(last + 1, last + 1 + FARTHEST):
        cell = cells.get(right)
        if cell is not None and cell.text and cell.text.strip() not in _COLON:
            if not _stops(cell.text) or _pays(page, row, right, label):
                return (row, right)
            break
    return below


def _is_label_at(page: Page, row: int, column: int) -> bool:
    cell = page.cells(row).get(column)
    return cell is not None and label_of(cell.text) is not None


def _below(page: Page, row: int, column: int, label: Label) -> Address | None:
    bottom = max((a[2] for a in page.grid.merges_over(row) if a[1] <= column <= a[3]), default=row)
    below = page.cells(bottom + 1).get(column)
    if below is None or not below.text:
        return None
    is_value = not _stops(below.text) or _pays(page, bottom + 1, column, label)
    if not is_value or (label_of(below.text) is None and _is_row_of_labels(page, bottom + 1)):
        return None
    return (bottom + 1, column)


def _stops(text: str) -> bool:
    """Another label, known to us or not: one that wants a value has a colon behind it."""
    return is_label(text)


def _is_row_of_labels(page: Page, row: int) -> bool:
    """`备注` above a row of further labels has no value there."""
    texts = [text for _, text in page.texts(row)]
    return len(texts) > 1 and label_of(texts[0]) is not None


def _pays(page: Page, row: int, column: int, label: Label) -> bool:
    """`费用` beside `付款方式` says what pays; with a sum beside it, it is the label of that sum. A
    unit beside `单位` is the unit, though `箱` is a word for a column too."""
    text = page.cells(row)[column].text
    if label in _MAY_BE_UNIT and counted(text):
        return True
    if label not in MONEY or label_of(text) not in SUMS:
        return False
    beside = page.cells(row).get(column + 1)
    return beside is None or (beside.number is None and money_of(beside.text) is None)
