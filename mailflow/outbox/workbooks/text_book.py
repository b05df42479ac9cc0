"""How every workbook of ours begins: made in memory, and no text in it ever acts."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import _preserve_whitespace

A4 = 9
LONGEST_KEPT = 200
"""Signs of a text whose form is remembered: names and labels come again in every book."""


class TextBook(xlsxwriter.Workbook):  # type: ignore[misc]  # the library has no types
    """No text becomes a formula, a link, a number or markup (reliability O04, O05). Columns are
    measured in digits of the font."""

    def __init__(self, out: BinaryIO, font: str, points: int) -> None:
        super().__init__(
            out,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": font, "font_size": points},
            },
        )

    def _get_packager(self) -> Packager:
        return TextPackager()


class TextPackager(Packager):  # type: ignore[misc]  # the library has no types
    def _write_shared_strings_file(self) -> None:
        table = self.workbook.str_table
        if table.count:
            strings = _Strings()
            strings.string_table = table
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


class _Strings(SharedStrings):  # type: ignore[misc]  # the library has no types
    """The library takes a text that begins with `<r>` and ends with `</r>` for markup of its own
    and writes it as it is. Texts of ours come from strangers, and are never markup."""

    def _write_sst_strings(self) -> None:
        strings = self.string_table.string_array
        self.fh.write("".join([(_kept if len(s) <= LONGEST_KEPT else _item)(s) for s in strings]))


def _item(text: str) -> str:
    escaped = SharedStrings._escape_control_characters(text)
    space = ' xml:space="preserve"' if _preserve_whitespace(escaped) else ""
    return f"<si><t{space}>{html.escape(escaped, quote=False)}</t></si>"


_kept = lru_cache(maxsize=4096)(_item)


def text_book(out: BinaryIO, font: str, points: int) -> TextBook:
    return TextBook(out, font, points)
