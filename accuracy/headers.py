"""The header row of a table, in one row or two, its words plain or dressed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from accuracy import words
from accuracy.brush import Brush
from accuracy.form import Form


def paint_header(brush: Brush, form: Form) -> None:
    """One row, or two where the words of a column stand below each other."""
    if brush.header in _TWO_ROWS:
        _TWO_ROWS[brush.header](brush, form)
        return
    for at, heading in enumerate(form.headings):
        brush.put(at, dressed(heading.word, brush.header, brush.rng), heading.key)
    brush.row += 1


def _two_storeys(brush: Brush, form: Form) -> None:
    """Words of one group stand under a merged one; the others are merged over both rows."""
    at = 0
    while at < len(form.headings):
        upper = form.headings[at].upper
        if not upper:
            heading = form.headings[at]
            brush.put(at, heading.word, heading.key)
            brush.page.merge(brush.row, brush.left + at, brush.row + 1, brush.left + at)
            at += 1
            continue
        first = at
        while at < len(form.headings) and form.headings[at].upper == upper:
            heading = form.headings[at]
            brush.page.put(brush.row + 1, brush.left + at, heading.word, heading.key)
            at += 1
        brush.put(first, upper)
        brush.page.merge(brush.row, brush.left + first, brush.row, brush.left + at - 1)
    brush.row += 2


def dressed(word: str, header: str, rng: Random) -> str:
    """The same word with a star, a break, spaces or a colon."""
    if header != "dressed":
        return word
    bare = word.isascii() or len(word) < 2 or "\n" in word
    return rng.choice(
        (
            word,
            f"*{word}",
            f"{word}*",
            f"△{word}",
            f"{word}：",
            word if bare or "（" in word else " ".join(word),
            word if bare or "（" in word else f"{word[:2]}\n{word[2:]}".strip(),
            word.replace("（", "\n（"),
            word.replace("（", "(").replace("）", "）"),
        )
    )


UNITS_BELOW = {
    "cases": ("箱数", "（箱）"),
    "tins": ("听数", "（听）"),
    "price": ("单价", "（元/听）"),
    "case_price": ("单价", "（元/箱）"),
    "amount": ("金额", "（元）"),
}


def _units_below(brush: Brush, form: Form) -> None:
    """`数量` with `（箱）` in the row below; what has no unit has nothing below it."""
    for at, heading in enumerate(form.headings):
        word, unit = UNITS_BELOW.get(heading.field, (heading.word, ""))
        if heading.field in ("cases", "tins") and not (form.has("cases") and form.has("tins")):
            word = "订货数量"
        brush.put(at, word, heading.key)
        brush.page.put(brush.row + 1, brush.left + at, unit)
        if not unit:
            brush.page.merge(brush.row, brush.left + at, brush.row + 1, brush.left + at)
    brush.row += 2


def _languages_below(brush: Brush, form: Form) -> None:
    """Chinese words, and under them the English ones."""
    for at, heading in enumerate(form.headings):
        brush.put(at, heading.word, heading.key)
        english = words.ENGLISH.get(heading.field, ("",))
        brush.page.put(brush.row + 1, brush.left + at, brush.rng.choice(english))
    brush.row += 2


_TWO_ROWS: dict[str, Callable[[Brush, Form], None]] = {
    "two": _two_storeys,
    "units below": _units_below,
    "languages below": _languages_below,
}
