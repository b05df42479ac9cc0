"""What a number format makes of its number: a date or a time is no quantity, and `12箱` is one."""

from __future__ import annotations

import re

from mailflow.domain.value import dataclass

BUILT_IN_MOMENTS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats that a workbook uses without writing them down; 27 and later as Chinese Excel has them."""

_NO_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.|general|e[+-]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")


def shows_moment(code: str) -> bool:
    """By the signs for days and hours outside of quoted text; `#,##0"日"` shows none."""
    bare = _NO_CODE.sub("", code.partition(";")[0]).casefold()
    return bool(_ELAPSED.search(bare)) or not set("ymdhsae").isdisjoint(_BRACKETS.sub("", bare))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a format writes before and behind a number; `hides` where what is shown is not it."""

    before: str = ""
    behind: str = ""
    hides: bool = False


PLAIN = Signs()
_PIECE = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|(.)', re.DOTALL)
_PLACES = frozenset("0#?.,/eE+-@")
_MONEY = re.compile(r"[¥￥$€元\s()（）:+-]|rmb|cny", re.IGNORECASE)
_OTHER_SIZE = re.compile(r"[\d%‰万千百亿十]")


def signs_of(code: str) -> Signs:
    """Of the section for positive numbers. Signs of money and spaces say nothing of a number.

    `0"箱"` has `箱` behind it; `0.0,`, `0%`, `0"0"`, `"5箱"` and `;;;` show something else.
    """
    before, behind, places = "", "", ""
    code = _first_section(code)
    if "general" in code.casefold():
        code = re.sub("general", "0", code, flags=re.IGNORECASE)
    for quoted, escaped, money, plain in _PIECE.findall(code):
        if plain and plain in _PLACES:
            places += plain
            continue
        literal = quoted or escaped or money or plain
        if places.strip("/+-"):
            behind += literal
        else:
            before += literal
    digits = set("0#?@") & set(places)
    scaled = places.rstrip("+-").endswith(",") or ",." in places
    return signs_around(before, behind) if digits and not scaled else Signs(hides=True)


def signs_around(before: str, behind: str) -> Signs:
    """Those that count: what says of another size, as `%`, `万` and figures do, hides the number."""
    before, behind = _MONEY.sub("", before), _MONEY.sub("", behind)
    return Signs(hides=True) if _OTHER_SIZE.search(before + behind) else Signs(before, behind)


def _first_section(code: str) -> str:
    bare = re.sub(r'"[^"]*"?|\\.', lambda m: "\0" * len(m[0]), code)
    end = bare.find(";")
    return code if end < 0 else code[:end]
