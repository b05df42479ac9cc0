"""What the styles of an XML 2003 workbook make of its cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailflow.parsers.looks import OF_PERCENT, USUAL, Look, look_of
from mailflow.parsers.number_formats import PLAIN, Signs, shows_moment, signs_of
from mailflow.parsers.xlsx_parts import Attributes

MOMENTS = frozenset({"generaldate", "longdate", "mediumdate", "shortdate"}) | frozenset(
    {"longtime", "mediumtime", "shorttime"}
)
NUMBERS = frozenset(
    {"generalnumber", "currency", "eurocurrency", "fixed", "standard", "percent", "scientific"}
) | frozenset({"yes/no", "true/false", "on/off", "general", "@"})
"""Formats that have a name instead of a code; the first show a date or a time."""
WHITE = "#FFFFFF"
DEEPEST = 20
"""Styles above a style; more are a circle."""


@dataclass(slots=True)
class _Style:
    """What it says itself; None where it says nothing and the style above it counts."""

    parent: str = ""
    struck: bool | None = None
    white: bool | None = None
    bare: bool | None = None
    moment: bool | None = None
    signs: Signs | None = None


@dataclass(slots=True)
class Styles:
    """By their names, in the order of the workbook: they stand before all sheets."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _known: dict[str, tuple[bool, Look]] = field(default_factory=dict)
    _style: _Style = field(default_factory=_Style)

    def style(self, a: Attributes) -> None:
        self._style = self._styles[a.get("ID", "")] = _Style(a.get("Parent", ""))

    def font(self, a: Attributes) -> None:
        self._style.struck = a.get("StrikeThrough", "0") not in ("0", "false")
        self._style.white = a.get("Color", "").upper() == WHITE

    def interior(self, a: Attributes) -> None:
        nothing = a.get("Pattern", "None") == "None"
        self._style.bare = nothing or a.get("Color", "").upper() == WHITE

    def number_format(self, a: Attributes) -> None:
        code = a.get("Format", "")
        key = code.replace(" ", "").casefold()
        self._style.moment = key in MOMENTS or (key not in NUMBERS and shows_moment(code))
        self._style.signs = PLAIN
        if key == "percent":
            self._style.signs = OF_PERCENT
        elif key not in MOMENTS | NUMBERS and code:
            self._style.signs = signs_of(code)

    def of(self, name: str) -> tuple[bool, Look]:
        """Whether numbers are shown as days or times, and how cells of the style look."""
        if (known := self._known.get(name)) is None:
            known = self._known[name] = self._whole(name) if self._styles else (False, USUAL)
        return known

    def _whole(self, name: str) -> tuple[bool, Look]:
        whole, above = _Style(), name or "Default"
        for _ in range(DEEPEST):
            style = self._styles.get(above)
            if style is None:
                break
            for said in ("struck", "white", "bare", "moment", "signs"):
                if getattr(whole, said) is None:
                    setattr(whole, said, getattr(style, said))
            above = style.parent
        unseen = bool(whole.white) and whole.bare is not False
        look = look_of(struck=bool(whole.struck), unseen=unseen, signs=whole.signs or PLAIN)
        return bool(whole.moment), look
