"""A sender's .xlsx is opened to be written again, without anything that acts or reaches out."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

_WITHOUT_VALUE = re.compile(
    rb"<c\b[^>]*>\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_PLAIN = re.compile(r"=(?:[A-Z]{1,3}\d{1,7}|SUM|ROUND|PRODUCT|[-+*/().,:\d\s$])+")
"""Arithmetic over cells of the same sheet: nothing that reaches out of it."""


def opened(data: bytes) -> Workbook:
    """Formulas become their values. Raises whatever openpyxl raises over odd workbooks."""
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    if not book.worksheets:
        raise ValueError("a workbook without worksheets")
    book.template = False
    if _lacks_values(data):
        _keep_plain_formulas(book, data)
    for name in [n for n, d in book.defined_names.items() if _reaches_out(d.attr_text)]:
        del book.defined_names[name]
    for sheet in book.worksheets:
        _disarm(sheet)
    return book


def _lacks_values(data: bytes) -> bool:
    with ZipFile(io.BytesIO(data)) as parts:
        return any(
            _WITHOUT_VALUE.search(parts.read(name))
            for name in parts.namelist()
            if "worksheets/" in name and name.endswith(".xml")
        )


def _keep_plain_formulas(book: Workbook, data: bytes) -> None:
    """A formula whose result the file does not hold would leave an empty cell behind."""
    formulas = load_workbook(io.BytesIO(data), keep_links=False)
    for sheet in book.worksheets:
        for row in formulas[sheet.title].iter_rows():
            for cell in row:
                if cell.data_type == "f" and _PLAIN.fullmatch(str(cell.value)):
                    own = sheet.cell(cell.row or 1, cell.column or 1)
                    if isinstance(own, Cell) and own.value is None:
                        own.value = str(cell.value)


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
