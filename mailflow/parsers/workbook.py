"""One door for workbooks: bytes in, grids out, told by content and never by extension."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from mailflow.domain.attached import RefusedBecause
from mailflow.domain.value import dataclass
from mailflow.parsers.csv_table import read_csv
from mailflow.parsers.formats import Format, format_of
from mailflow.parsers.grid import AttachmentRefused, Grid
from mailflow.parsers.html_tables import read_html
from mailflow.parsers.mhtml import read_mhtml
from mailflow.parsers.ods import read_ods
from mailflow.parsers.spreadsheetml import read_spreadsheetml
from mailflow.parsers.xls import read_xls
from mailflow.parsers.xlsb import read_xlsb
from mailflow.parsers.xlsx import read_xlsx

READERS: Mapping[Format, Callable[[bytes], tuple[Grid, ...]]] = MappingProxyType(
    {
        Format.XLSX: read_xlsx,
        Format.XLS: read_xls,
        Format.XLSB: read_xlsb,
        Format.ODS: read_ods,
        Format.CSV: read_csv,
        Format.HTML: read_html,
        Format.XML_2003: read_spreadsheetml,
        Format.MHTML: read_mhtml,
    }
)


@dataclass(frozen=True, slots=True)
class Book:
    """What an attachment held, and in which format it really was."""

    format: str
    grids: tuple[Grid, ...]


def read_book(raw: bytes) -> Book:
    """Raises `AttachmentRefused`, whose detail is the format where that is the reason."""
    if not raw.strip(b"\0 \r\n\t"):
        raise AttachmentRefused(RefusedBecause.EMPTY, "no bytes")
    found = format_of(raw)
    if found is Format.ENCRYPTED:
        raise AttachmentRefused(RefusedBecause.ENCRYPTED, "workbook")
    if found is Format.ZIP:
        raise AttachmentRefused(RefusedBecause.UNSUPPORTED, "nested-zip")
    reader = READERS.get(found)
    if reader is None:
        raise AttachmentRefused(RefusedBecause.UNSUPPORTED, found.value)
    return Book(found.value, _told_apart(reader(raw)))


def _told_apart(grids: tuple[Grid, ...]) -> tuple[Grid, ...]:
    """No two sheets have one name: pages have none, and damaged books repeat them."""
    names = [grid.name for grid in grids]
    if len(set(names)) == len(names):
        return grids
    taken: set[str] = set()
    apart: list[Grid] = []
    for grid in grids:
        number, name = 1, grid.name
        while name in taken or (number > 1 and name in names):
            number += 1
            name = f"{grid.name} ({number})".strip()
        taken.add(name)
        apart.append(replace(grid, name=name))
    return tuple(apart)
