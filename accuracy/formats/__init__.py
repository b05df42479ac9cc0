"""Every format by its name."""

from __future__ import annotations

from accuracy.formats.format import Format
from accuracy.formats.marked_up import MARKED_UP
from accuracy.formats.old import OLD
from accuracy.formats.open_document import OPEN_DOCUMENT
from accuracy.formats.raw_xlsx import RAW_XLSX
from accuracy.formats.text import TEXT
from accuracy.formats.xlsx import XLSX

FORMATS: tuple[Format, ...] = (*XLSX, *RAW_XLSX, *OLD, *OPEN_DOCUMENT, *MARKED_UP, *TEXT)
BY_NAME = {form.name: form for form in FORMATS}
