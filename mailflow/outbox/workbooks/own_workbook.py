"""A sender's .xlsx is opened to be written again, without anything that acts or reaches out."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from mailflow.outbox.workbooks.plain_formula import is_plain

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
MOST_CELLS = 60_000
"""In a larger workbook formulas become values unseen: reading it twice would take too long."""


@dataclass(slots=True)
class OwnWorkbook:
    """`formulas` are those that may stay, by sheet and address; their cells hold the values
    meanwhile. `lost` says that others became values."""

    book: Workbook
    formulas: dict[str, dict[str, str]] = field(default_factory=dict)
    lost: bool = False


def opened(data: bytes) -> OwnWorkbook:
    """Raises whatever openpyxl raises over odd workbooks."""
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    if not book.worksheets:
        raise ValueError("a workbook without worksheets")
    book.template = False
    own = OwnWorkbook(book)
    _look_at_formulas(own, data)
    for name in [n for n, d in book.defined_names.items() if _reaches_out(d.attr_text)]:
        del book.defined_names[name]
    for sheet in book.worksheets:
        _disarm(sheet)
    return own


def _look_at_formulas(own: OwnWorkbook, data: bytes) -> None:
    """Plain arithmetic stays: whoever mends a quantity must see the amount follow. Everything
    else was a value the sender saw, and stays that value."""
    with ZipFile(io.BytesIO(data)) as parts:
        names = [n for n in parts.namelist() if "worksheets/" in n and n.endswith(".xml")]
        sheets = [parts.read(name) for name in names]
    if not any(_FORMULA.search(sheet) for sheet in sheets):
        return
    if sum(len(_CELL.findall(sheet)) for sheet in sheets) > MOST_CELLS:
        own.lost = True
        return
    book = load_workbook(io.BytesIO(data), keep_links=False)
    for sheet in own.book.worksheets:
        kept = own.formulas[sheet.title] = {}
        for cell in (c for row in book[sheet.title].iter_rows() for c in row):
            if cell.data_type != "f":
                continue
            if not _may_stay(cell.value, sheet[cell.coordinate], own.book.sheetnames):
                own.lost = True
                continue
            kept[cell.coordinate] = str(cell.value)
            if sheet[cell.coordinate].value is None:
                # Nothing was stored beside it, yet the cell is no empty one.
                sheet[cell.coordinate].value = cell.value


def _may_stay(formula: Any, shown: Any, sheets: list[str]) -> bool:
    """Arithmetic that came to a number, or whose result the file does not hold."""
    if not isinstance(formula, str) or not isinstance(shown, Cell):
        return False
    is_number = isinstance(shown.value, int | float) and not isinstance(shown.value, bool)
    return (shown.value is None or is_number) and is_plain(formula, sheets)


def _reaches_out(formula: str | None) -> bool:
    """Whether it names another workbook, as `[1]Prices!A1` does, or a program."""
    return bool(formula) and any(sign in str(formula) for sign in "[|")


def _disarm(sheet: Worksheet) -> None:
    """Links out of the workbook go; a dropdown or a colour rule that needs another one too."""
    for name in [n for n, d in sheet.defined_names.items() if _reaches_out(d.attr_text)]:
        del sheet.defined_names[name]
    validations = sheet.data_validations
    validations.dataValidation = [
        v
        for v in validations.dataValidation
        if not (_reaches_out(v.formula1) or _reaches_out(v.formula2))
    ]
    for area in list(sheet.conditional_formatting):
        if any(_reaches_out(f) for rule in area.rules for f in rule.formula or ()):
            del sheet.conditional_formatting[area.sqref]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.hyperlink is not None and cell.hyperlink.target:
                cell.hyperlink = None
