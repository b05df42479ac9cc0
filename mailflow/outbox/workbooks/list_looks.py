"""How a dispatch list looks: black on white, figures largest, boxes to write in left white."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from xlsxwriter.format import Format

from mailflow.domain.value import dataclass
from mailflow.outbox.workbooks.quick_book import Kit, kit_of
from mailflow.outbox.workbooks.text_book import TextBook

FONT, FIGURES = "Microsoft YaHei", "Arial"
"""Both are on every Windows and known to WPS; elsewhere the nearest sans serif stands in."""

COLUMNS = {
    "line_no": 34,
    "sku": 118,
    "name": 268,
    "spec": 98,
    "cases": 78,
    "tins": 58,
    "shipped": 60,
    "shortage": 46,
    "batch": 88,
    "remark": 72,
}
"""What each column holds and its width in pixels; on A4 their sum is shown at about 5/6."""

WIDTHS = tuple(COLUMNS.values())
LAST = len(COLUMNS) - 1
LINE_POINTS, SMALL_POINTS, SHIP_POINTS = 13, 10.5, 15

RULE, STRIPE = "#6E6E6E", "#EFEFEF"
_BOX = {"border": 1, "border_color": RULE}
_WRAP = {"text_wrap": True}
_FIGURE = {"font_name": FIGURES, "align": "center", "shrink": True}

_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_size": 26, "bold": True},
    "number": {"font_name": FIGURES, "font_size": 30, "bold": True, "align": "right"},
    "special": {"font_size": 20, "bold": True, "align": "center", "border": 5},
    "label": {"font_size": 12, "font_color": "#404040"},
    "value": {"font_size": 14, **_WRAP},
    "strong": {"font_size": SHIP_POINTS, "bold": True, **_WRAP},
    "ship_label": {"font_size": 12, "border": 2, "align": "center", **_WRAP},
    "ship": {"font_size": SHIP_POINTS, "bold": True, "border": 2, "indent": 1, **_WRAP},
    "head": {"font_size": 11.5, "bold": True, "align": "center", "bottom": 2, "top": 2, "left": 1}
    | {"right": 1, "bg_color": "#DADADA", **_WRAP},
    "total": {"font_size": 15, "bold": True, "align": "right", "top": 2, "bottom": 2, "indent": 1},
    "total_figure": {"font_size": 22, "bold": True, "top": 2, "bottom": 2, **_FIGURE},
    "total_note": {"font_size": 13, "bold": True, "top": 2, "bottom": 2, "indent": 1},
    "note": {"font_size": 13, "valign": "top", **_WRAP},
    "small": {"font_size": 11, "font_color": "#404040", **_WRAP},
    "sign": {"font_size": 12, "valign": "top", "align": "left", "indent": 1, **_BOX, **_WRAP},
    "blank": {"font_size": 12, **_BOX},
}

_LINE_LOOKS: Mapping[str, Mapping[str, object]] = {
    "line_no": {"font_size": 12, **_FIGURE},
    "sku": {"font_name": FIGURES, "font_size": LINE_POINTS, "bold": True, "indent": 1, **_WRAP},
    "name": {"font_size": LINE_POINTS, "indent": 1, **_WRAP},
    "spec": {"font_size": SMALL_POINTS, "align": "center", "shrink": True},
    "cases": {"font_size": 22, "bold": True, **_FIGURE},
    "loose": {"font_size": 15, "bold": True, "align": "center", "border": 5, **_WRAP},
    "tins": {"font_size": 15, **_FIGURE},
    "short": {"font_size": 15, "bold": True, **_FIGURE},
    "remark": {"font_size": SMALL_POINTS, "align": "center", **_WRAP},
}


@dataclass(frozen=True, slots=True)
class Looks:
    """`lines` holds the looks of odd lines and of even, shaded ones."""

    of: Mapping[str, Format]
    lines: tuple[Mapping[str, Format], Mapping[str, Format]]


@cache
def list_kit() -> Kit[Looks]:
    # Figures of this font have the same width in every program.
    return kit_of(_looks_in, FIGURES, 10)


def _looks_in(book: TextBook) -> Looks:
    def made(look: Mapping[str, object], **more: object) -> Format:
        base = {"font_name": FONT, "valign": "vcenter"}
        return book.add_format({**base, **more, **look})

    return Looks(
        of={name: made(look) for name, look in _LOOKS.items()},
        lines=(
            {name: made(look, **_BOX) for name, look in _LINE_LOOKS.items()},
            {name: made(look, **_BOX, bg_color=STRIPE) for name, look in _LINE_LOOKS.items()},
        ),
    )
