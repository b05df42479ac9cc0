"""A workbook is saved without touching a disk: a sandboxed child may not write files."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter


class _Writer(ExcelWriter):
    """openpyxl's own writer but for one step: it passes every sheet through a temporary file."""

    def __init__(self, book: Workbook, archive: ZipFile) -> None:
        super().__init__(book, archive)
        self._parts = archive

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        out = io.BytesIO()
        writer: Any = WorksheetWriter(ws, out)
        writer.write()
        ws._rels = writer._rels
        self._parts.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _Writer(book, archive).save()
    return out.getvalue()
