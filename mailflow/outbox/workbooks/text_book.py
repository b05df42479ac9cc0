"""How every workbook of ours begins: made in memory, and no text in it ever acts."""

from __future__ import annotations

from typing import BinaryIO

import xlsxwriter

A4 = 9


def text_book(out: BinaryIO, font: str, points: int) -> xlsxwriter.Workbook:
    """No text becomes a formula, a link or a number (reliability O04, O05). Columns are measured in
    digits of the font."""
    return xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": font, "font_size": points},
        },
    )
