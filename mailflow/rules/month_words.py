"""`报表进度 2026-11`, `month 2026-11`: a mail that asks whose reports are in, and nothing else."""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.month import Month
from mailflow.domain.pattern import pattern
from mailflow.domain.value import dataclass

_MONTH = r"(?:(?P<{0}year>20\d\d)\s*[-年/.]\s*)?(?P<{0}month>1[0-2]|0?[1-9])\s*(?:月份?)?"
_ASKED = pattern(
    r"(?:(?:re|回复|答复)\s*[:：]\s*)?(?:请|麻烦)?(?:发|给|要|查)?(?:一份|一下)?\s*"
    rf"(?:{_MONTH.format('early_')}\s*的?\s*)?"
    r"(?:(?:经销商)?(?:库存)?报表(?:上报|提交|交表|上交)?(?:进度|情况)表?|reports? (?:progress|status))"
    rf"\s*[:：]?\s*(?:{_MONTH.format('late_')})?\s*[。.?？]?",
    re.IGNORECASE,
)
_PLAIN = pattern(
    r"month\s*[:：]?\s*(?P<late_year>20\d\d)-(?P<late_month>1[0-2]|0?[1-9])", re.IGNORECASE
)
_REPLY = pattern(r"\s*(?:re|回复|答复)\s*[:：]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GridWanted:
    """`month` is None where none is named."""

    month: Month | None = None


def grid_asked(subject: str, first: str) -> GridWanted | None:
    """By the subject or the first own line; None where other words stand there too, or the two name
    different months. Words of his own in a reply are for a person."""
    in_subject, in_line = _wanted(subject), _wanted(first)
    if in_line is None and first.strip() and _REPLY.match(subject):
        return None
    if in_subject and in_line and in_subject != in_line:
        return None
    return in_line or in_subject


def _wanted(text: str) -> GridWanted | None:
    text = unicodedata.normalize("NFKC", text).strip()
    found = _ASKED.fullmatch(text) or _PLAIN.fullmatch(text)
    if found is None:
        return None
    said = found.groupdict()
    named = [k for k in ("early", "late") if said.get(f"{k}_month")]
    if len(named) > 1:
        return None
    if not named:
        return GridWanted()
    year, number = said[f"{named[0]}_year"], said[f"{named[0]}_month"]
    return GridWanted(Month(int(year) if year else None, int(number)))
