"""A workbook is saved without touching a disk: a sandboxed child may not write files."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

Formulas = Mapping[str, Mapping[str, str]]
"""By sheet and address; the cells hold the values that were shown."""

_WRITTEN = re.compile(rb'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
"""A cell with a formula as openpyxl writes it: without the value."""


class _Writer(ExcelWriter):
    """openpyxl's own writer but for two steps: it passes every sheet through a temporary file, and
    cannot write a formula together with its value."""

    def __init__(self, book: Workbook, archive: ZipFile, formulas: Formulas) -> None:
        super().__init__(book, archive)
        self._parts = archive
        self._formulas = formulas

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        values: dict[bytes, bytes] = {}
        for address, formula in self._formulas.get(ws.title, {}).items():
            values[address.encode()] = _shown(ws[address].value)
            ws[address].value = formula
        out = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._parts.writestr(ws.path[1:], _with_values(out.getvalue(), values))
        self.manifest.append(ws)


def _shown(value: Any) -> bytes:
    return repr(value).encode() if isinstance(value, int | float) else b""


def _with_values(xml: bytes, values: Mapping[bytes, bytes]) -> bytes:
    """A program that does not calculate, as on a telephone, shows the value."""
    if not values:
        return xml
    return _WRITTEN.sub(lambda m: m[1] + b"<v>" + values.get(m[2], b"") + b"</v>", xml)


def saved(book: Workbook, formulas: Formulas) -> bytes:
    """`formulas` are put into their cells, each with the value that stands there now."""
    if formulas:
        # A sender who had switched that off would mend a quantity and see no amount follow.
        book.calculation.calcMode = "auto"
        book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive, formulas).save()
    return out.getvalue()
