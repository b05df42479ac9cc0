"""`统计 2026-11`, `report 2026-Q4`: a mail that asks for statistics, and nothing else."""

from __future__ import annotations

import re
import unicodedata

from mailflow.domain.pattern import pattern
from mailflow.domain.period import NoPeriod, Period, period_in

_ASKED = pattern(
    r"(?:re[:：]|回复[:：]|答复[:：])?\s*(?:请?(?:发|给|要|查)?(?:一份|一下)?)?(?:销售)?(?:统计(?:报表|表)?|report|statistics)"
    r"\s*[:：]?\s*(?P<period>\d{4}\s*(?:-\s*(?:\d{1,2}|Q[1-4])|年(?:\s*\d{1,2}\s*月份?|\s*第?\s*[1-4一二三四]\s*季度?)?)?)\s*[。.?？]?",
    re.IGNORECASE,
)
_REPLY = pattern(r"\s*(?:re|回复|答复)\s*[:：]", re.IGNORECASE)
_QUARTERS = str.maketrans("一二三四", "1234")


def statistics_asked(subject: str, first: str) -> Period | None:
    """The period that the subject or the first own line names; None where they name none, or two.

    Who replies with words of his own does not ask again what he asked before: a person reads them.
    """
    if _REPLY.match(subject) and first.strip() and _named(first) is None:
        return None
    named = {period for text in (subject, first) if (period := _named(text)) is not None}
    return named.pop() if len(named) == 1 else None


def _named(text: str) -> Period | None:
    found = _ASKED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    said = re.sub(r"\s|第|月份?|度", "", found["period"]).translate(_QUARTERS)
    said = re.sub(r"年([1-4])季", r"-Q\1", said).replace("年", "-").rstrip("-")
    try:
        return period_in(said)
    except NoPeriod:
        return None
